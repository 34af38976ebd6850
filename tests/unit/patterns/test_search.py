"""The engine that searches for patterns in Python finds what JavaScript finds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from samewire.patterns import Regex, translate
from samewire.values.patterns import compiled

PATTERNS = (
    *("^a$", "^(?:a|ab)c$", "(?:a*)*b", "a{0,2}?b", "^[^a-c]$", "[]", "[^]", "^.$", "x||y", "a.c", "^[\\s\\S]{2}$"),
    *(r"^\p{Lu}+$", r"\P{L}", r"\p{Script=Greek}", r"\p{Nd}{2}", r"^\w+$", r"\W", r"^\d$", r"\D\d", r"^\s$", r"\S\s"),
    *(r"(?<=a)b", r"(?<!a)b", r"a(?=b)", r"a(?!b)", r"(?<=\p{L})\p{N}", r"(?<![^\n])a(?![^\n])", r"\bx\b", r"\Bx"),
    *(r"^\u{1f600}$", r"[\u{1f600}-\u{1f64f}]", r"^\ud83d$", r"\xe9", r"[\b]", r"\x00", r"\0", r"\cJ", r"[\w-]", r"a\-?b"),
    *(r"(a)\1", r"(?<q>['\"]).*\k<q>", r"^(?:(a)|b)\1$", r"^(?:\+?1)?\d{10}$", r"^#[0-9a-f]{6}$", r"\/", r"^\.{3}$"),
)  # fmt: skip
IGNORING_CASE = (
    "ǰ",
    "^[a-z]$",
    "ſ",
    "k",
    "ß",
    "^straße$",
    "[^a-z]",
    r"\p{Lu}",
    r"\W",
    "ς",
    "[Ω]",
    "İ",
    "^é$",
)
OF_RUST = (
    r"(?i)straße",
    r"\bfoo\b",
    r"(?s).",
    r"(?m)^a$",
    r"[a-z&&[^aeiou]]",
    r"(?-u:\w)",
    r"\w\W",
    r"^\d+\z",
    r"(?x) a b # c",
)
TEXTS = (
    *("", "a", "b", "ab", "abc", "ac", "aab", "aac", "b1", "1b", "x", "xy", "a\nc", "\n", "\r", "\r\n", "\t", " ", "\xa0"),
    *("A", "Z", "É", "é", "e\u0301", "ß", "ẞ", "SS", "straße", "STRASSE", "ſ", "s", "K", "k", "K", "ǰ", "J̌", "İ", "i̇", "ı"),
    *("α", "Σ", "σ", "ς", "Ω", "Ω", "ω", "٣", "٣٣", "42", "९", "\u2028", "\u2029", "\u0085", "\ufeff", "\u200d", "_", "-", "a-b"),
    *("\U0001f600", "\U0001f600\U0001f601", "\U00010400", "\U00010428", "\x00", "\x08", "\x7f", "foo bar", "foobar", "'q'", "'q\""),
    *("#00ff7f", "#00FF7F", "+12125550100", "2125550100", "/", "...", "aa", "bb", "x.y", "a b", "\u4e00", "ﬁ", "Ⅷ", "㎏"),
)  # fmt: skip

REGEXES = (
    *(Regex.parse(pattern, "u") for pattern in PATTERNS),
    *(Regex.parse(pattern, "iu") for pattern in IGNORING_CASE),
    *(translate(pattern, "rust-regex").regex for pattern in OF_RUST),
)
SEARCH = """
import { readFileSync } from "node:fs";
const { patterns, texts } = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(patterns.map(([source, flags]) => texts.map((text) => new RegExp(source, flags).test(text)))));
"""


@pytest.fixture(scope="module")
def in_node(
    run_node: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> list[list[bool]]:
    script = tmp_path_factory.mktemp("search") / "search.mjs"
    script.write_text(SEARCH)
    patterns = [[regex.source, regex.flags] for regex in REGEXES]
    answer: list[list[bool]] = json.loads(
        run_node(Path(script), input=json.dumps({"patterns": patterns, "texts": TEXTS}))
    )
    return answer


def test_the_table_tells_engines_apart(in_node: list[list[bool]]) -> None:
    assert len(in_node) == len(REGEXES)
    assert sum(True in row and False in row for row in in_node) > len(REGEXES) * 0.9


@pytest.mark.parametrize(
    "at", range(len(REGEXES)), ids=[f"/{regex.source}/{regex.flags}" for regex in REGEXES]
)
def test_python_finds_what_javascript_finds(at: int, in_node: list[list[bool]]) -> None:
    pattern = compiled(REGEXES[at])
    here = [pattern.found(text) for text in TEXTS]
    differ = [
        text
        for text, mine, theirs in zip(TEXTS, here, in_node[at], strict=True)
        if mine not in (theirs, None)
    ]
    assert differ == []
    assert None not in here
