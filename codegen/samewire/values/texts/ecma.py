"""
JavaScript patterns to the tree that the dialects of Python are parsed into.

For sources that ``lower`` has let through: what is no pattern has been refused there. After ECMA-262, section 22.2.1, with the
flag ``u`` or ``v``.
"""

from __future__ import annotations

import re
from typing import Final

from samewire.patterns.ast import (
    Anchor,
    Backref,
    Boundary,
    Chars,
    Edge,
    Fold,
    Group,
    Look,
    Node,
    Repeat,
    alternation,
    concat,
)
from samewire.patterns.charset import (
    ANY,
    ASCII_DIGIT,
    ASCII_WORD,
    And,
    CharSet,
    Not,
    Prop,
    Ranges,
    char,
    difference,
    union,
)

SPACE: Final = Ranges(
    (
        (0x09, 0x0D),
        (0x20, 0x20),
        (0xA0, 0xA0),
        (0x1680, 0x1680),
        (0x2000, 0x200A),
        (0x2028, 0x2029),
        (0x202F, 0x202F),
        (0x205F, 0x205F),
        (0x3000, 0x3000),
        (0xFEFF, 0xFEFF),
    )
)
_NOT_LINE: Final = Not(Ranges(((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))))
_LOOKS: Final = (
    ("(?<=", False, False),
    ("(?<!", False, True),
    ("(?=", True, False),
    ("(?!", True, True),
)
_QUANTIFIER: Final = re.compile(r"(?:([*+?])|\{(\d+)(,(\d*))?\})(\?)?")
_NAME: Final = re.compile(r"\(\?<([^>]+)>")
_SIGNS: Final[dict[str, tuple[int, int | None]]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_ESCAPED: Final = {"t": 0x09, "n": 0x0A, "v": 0x0B, "f": 0x0C, "r": 0x0D, "0": 0}
_CODE: Final = re.compile(
    r"x([0-9A-Fa-f]{2})|u\{([0-9A-Fa-f]+)\}"
    r"|u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})"
)


def parse(source: str, flags: str) -> Node:
    """
    The tree of a pattern.

    Raises:
        ValueError: it isn't one.

    """
    parser = _Parser(source, flags)
    tree = parser.branches()
    if parser.at < len(source):
        raise ValueError(f"nothing opens the group that closes at {parser.at} of {source!r}")
    return tree


class _Parser:
    def __init__(self, source: str, flags: str) -> None:
        self.source = source
        self.at = 0
        self.groups = 0
        self.names: dict[str, int] = {}
        self.fold = Fold.SIMPLE if "i" in flags else Fold.NONE
        self.lines = "m" in flags
        self.dot: CharSet = ANY if "s" in flags else _NOT_LINE
        self.sets = "v" in flags

    def accept(self, text: str) -> bool:
        if self.source.startswith(text, self.at):
            self.at += len(text)
            return True
        return False

    def take(self) -> str:
        if self.at >= len(self.source):
            raise ValueError(f"{self.source!r} ends too early")
        self.at += 1
        return self.source[self.at - 1]

    def chars(self, wanted: CharSet) -> Chars:
        return Chars(wanted, self.fold)

    # --- Structure ----------------------------------------------------------------------------------------------------

    def branches(self) -> Node:
        found = [self.branch()]
        while self.accept("|"):
            found.append(self.branch())
        return alternation(found)

    def branch(self) -> Node:
        items: list[Node] = []
        while self.at < len(self.source) and self.source[self.at] not in "|)":
            items.append(self.repeated(self.atom()))
        return concat(items)

    def repeated(self, body: Node) -> Node:
        found = _QUANTIFIER.match(self.source, self.at)
        if found is None:
            return body
        self.at = found.end()
        sign, low, comma, high, lazy = found.groups()
        least, most = _SIGNS[sign] if sign else (int(low), int(low))
        if comma:
            most = int(high) if high else None
        return Repeat(body, least, most, bool(lazy))

    def atom(self) -> Node:
        if self.source[self.at] == "(":
            return self.group()
        match self.take():
            case "^":
                return Anchor.LINE_START if self.lines else Anchor.TEXT_START
            case "$":
                return Anchor.LINE_END if self.lines else Anchor.TEXT_END
            case ".":
                return self.chars(self.dot)
            case "[":
                return self.chars(self.bracketed())
            case "\\":
                return self.escape()
            case plain:
                return self.chars(char(ord(plain)))

    def group(self) -> Node:
        for prefix, ahead, negative in _LOOKS:
            if self.accept(prefix):
                return Look(self.body(), ahead, negative)
        if self.accept("(?:"):
            return self.body()
        self.groups = number = self.groups + 1
        if named := _NAME.match(self.source, self.at):
            self.at = named.end()
            self.names[named[1]] = number
            return Group(self.body(), number, named[1])
        self.at += 1
        return Group(self.body(), number)

    def body(self) -> Node:
        found = self.branches()
        if not self.accept(")"):
            raise ValueError(f"a group of {self.source!r} isn't closed")
        return found

    # --- Escapes ------------------------------------------------------------------------------------------------------

    def escape(self) -> Node:
        if self.accept("b"):
            return Boundary(Edge.BOUNDARY, ASCII_WORD)
        if self.accept("B"):
            return Boundary(Edge.INSIDE, ASCII_WORD)
        if self.accept("k<"):
            end = self.source.index(">", self.at)
            name, self.at = self.source[self.at : end], end + 1
            if name not in self.names:
                raise ValueError(f"{self.source!r} refers to {name!r} before it")
            return Backref(self.names[name], self.fold)
        if found := re.compile(r"[1-9]\d*").match(self.source, self.at):
            self.at = found.end()
            return Backref(int(found[0]), self.fold)
        return self.chars(self.set_escape())

    def set_escape(self) -> CharSet:
        """Behind the backslash, in a class and outside."""
        if found := _CODE.match(self.source, self.at):
            self.at = found.end()
            return char(_code(found))
        letter = self.take()
        match letter:
            case "d":
                return ASCII_DIGIT
            case "D":
                return Not(ASCII_DIGIT)
            case "w":
                return ASCII_WORD
            case "W":
                return Not(ASCII_WORD)
            case "s":
                return SPACE
            case "S":
                return Not(SPACE)
            case "p" | "P":
                end = self.source.index("}", self.at)
                named = Prop((rf"\p{self.source[self.at : end + 1]}",), closed=False)
                self.at = end + 1
                return named if letter == "p" else Not(named)
            case "c":
                return char(ord(self.take()) % 32)
            case "b":
                return char(0x08)
            case _:
                return char(_ESCAPED.get(letter, ord(letter)))

    def bracketed(self) -> CharSet:
        """Behind the opening bracket."""
        negated = self.accept("^")
        found: list[CharSet] = []
        while not self.accept("]"):
            if self.sets and self.accept("&&"):
                found = [And((union(found), self.operand()))]
            elif self.sets and self.accept("--"):
                found = [difference(union(found), self.operand())]
            else:
                found.append(self.span())
        inside = union(found)
        return Not(inside) if negated else inside

    def span(self) -> CharSet:
        low = self.operand()
        if self.source[self.at : self.at + 1] != "-" or self.source[self.at + 1 :][:1] in ("]", ""):
            return low
        if not (isinstance(low, Ranges) and (not self.sets or self.source[self.at + 1] != "-")):
            return low
        self.at += 1
        high = self.operand()
        if isinstance(high, Ranges):
            return Ranges(((low.spans[0][0], high.spans[0][0]),))
        return union([low, char(ord("-")), high])

    def operand(self) -> CharSet:
        if self.accept("\\"):
            return self.set_escape()
        if self.sets and self.accept("["):
            return self.bracketed()
        return char(ord(self.take()))


def _code(found: re.Match[str]) -> int:
    two, braced, high, low, four = found.groups()
    if high:
        return 0x10000 + (int(high, 16) - 0xD800) * 0x400 + int(low, 16) - 0xDC00
    return int(two or braced or four, 16)
