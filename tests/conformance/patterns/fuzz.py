"""Random patterns, by a grammar of each dialect that leaves out what is always refused."""

from __future__ import annotations

from random import Random

from samewire.patterns import Dialect

_RUST_SETS = (
    *(
        r"\d",
        r"\w",
        r"\s",
        r"\D",
        r"\W",
        r"\S",
        r"\pL",
        r"\p{Lu}",
        r"\PL",
        r"\p{greek}",
        r"\P{Lu}",
        r"\p{scx=Latin}",
    ),
    *(
        "[a-c]",
        "[^a]",
        "[^a-cK]",
        r"[\wé]",
        r"[^\w-]",
        r"[\W_]",
        r"[^\Wk]",
        "[[:alpha:]]",
        "[[:^digit:]-]",
        r"[\p{Lu}_]",
    ),
    *(
        "[a-z&&[^aeiou]]",
        r"[\w&&[^\d_]]",
        r"[\w--[a-m]]",
        "[a-m~~g-z]",
        "[a[^b]]",
        r"[^a[\s]]",
        "[]a]",
        "[a^-]",
        r"[\S\n]",
    ),
    *(
        "[À-ÿ]",
        "[α-ω]",
        "[😀-😂]",
        r"[\P{Lu}x]",
        r"[^\P{Lu}x]",
        "[&a-z]",
        "[k-s]",
        r"[\d\D]",
        r"(?-u:\w)",
        "[[:punct:]]",
    ),
)
_PYTHON_SETS = (
    *(
        r"\d",
        r"\w",
        r"\s",
        r"\D",
        r"\W",
        r"\S",
        "[a-c]",
        "[^a]",
        "[^a-cK]",
        r"[\wé]",
        r"[^\w-]",
        r"[\W_]",
        r"[^\Wk]",
    ),
    *(
        "[a&&b]",
        "[[a]",
        "[]a]",
        "[^]a]",
        "[a^-]",
        r"[\S\n]",
        "[À-ÿ]",
        "[α-ω]",
        "[😀-😂]",
        "[k-s]",
        r"[\d\D]",
        r"[\b\0]",
    ),
)
_CHARS = (
    "a",
    "b",
    "k",
    "s",
    "i",
    "é",
    "ß",
    "σ",
    "K",
    "_",
    "-",
    "1",
    " ",
    "😀",
    r"\.",
    r"\n",
    r"\/",
    "/",
    "}",
    r"\-",
)
_RUST_ZERO_WIDTH = (
    "^",
    "$",
    r"\b",
    r"\B",
    r"\A",
    r"\z",
    r"\<",
    r"\>",
    r"\b{start}",
    r"\b{end-half}",
    r"\b{start-half}",
    r"(?-u:\b)",
)
_PYTHON_ZERO_WIDTH = ("^", "$", r"\b", r"\B", r"\A", r"\Z")
_COUNTS = ("?", "*", "+", "{2}", "{1,2}", "{0,3}", "{2,}", "*?", "+?", "??")


def random_pattern(dialect: Dialect, random: Random) -> str:
    grammar = _Grammar(dialect, random)
    opening = random.choice(("", "", "", "^", "(?i)", "(?i)^", "(?m)", "(?s)", "(?im)", "(?x) "))
    if dialect == "python-re" and random.random() < 0.1:
        opening = random.choice(("(?a)", "(?ai)"))
    body = grammar.branches(3)
    if random.random() < 0.5:
        return f"{opening.removesuffix('^')}^(?:{body})$"
    return opening + body + random.choice(("", "", "$"))


class _Grammar:
    def __init__(self, dialect: Dialect, random: Random) -> None:
        self.rust = dialect == "rust-regex"
        self.random = random
        self.groups = 0
        self.open = 0

    def branches(self, depth: int) -> str:
        number = self.random.choice((1, 1, 1, 2, 3))
        return "|".join(self.sequence(depth) for _ in range(number))

    def sequence(self, depth: int) -> str:
        return "".join(self.item(depth) for _ in range(self.random.choice((0, 1, 1, 2, 2, 3))))

    def item(self, depth: int) -> str:
        chance = self.random.random()
        if chance < 0.16:
            return self.random.choice(_RUST_ZERO_WIDTH if self.rust else _PYTHON_ZERO_WIDTH)
        if chance < 0.2 and self.rust:
            return self.random.choice(("(?i)", "(?-i)", "(?s)", "(?m)", "(?U)"))
        if chance < 0.25 and not self.rust and self.groups:
            return rf"(?:\{self.random.randint(1, self.groups)})"
        atom = self.group(depth) if depth and chance < 0.5 else self.atom()
        if self.random.random() < 0.35:
            atom += self.random.choice(_COUNTS)
            if self.random.random() < 0.1:
                atom += "+"
        return atom

    def atom(self) -> str:
        pool: tuple[str, ...] = (*_CHARS, ".", ".")
        if self.random.random() < 0.4:
            pool = _RUST_SETS if self.rust else _PYTHON_SETS
        return self.random.choice(pool)

    def group(self, depth: int) -> str:
        flags = self.random.choice(("i", "-i", "s", "m", "i-s"))
        openings = ["(", "(", "(?:", "(?:", f"(?{flags}:"]
        if not self.rust:
            openings += ["(?=", "(?!", "(?>", "(?<=", "(?<!", "(?a:", "(?ai:"]
        opening = self.random.choice(openings)
        if opening.startswith("(?<"):
            return f"{opening}{self.atom()})"
        inside = self.branches(depth - 1)
        if opening == "(":
            self.groups += 1
        return f"{opening}{inside})"
