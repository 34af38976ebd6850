"""
JavaScript's regex syntax to the tree: ECMA-262, section 22.2.1, with the flag ``u`` or ``v``.

Without these flags JavaScript forgives much (Annex B): ``\\-`` and a lone ``}`` stand for themselves, ``[\\w-.]`` has three
members. The reader takes what has one meaning; what only another language understands (``\\A``, ``(?i)``, ``a++``) is an error.

Under the flag ``i`` a set folds as JavaScript folds it where it is printed again under ``i``: see :mod:`samewire.patterns.regex`.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from samewire.patterns.ast import (
    Anchor,
    Backref,
    Boundary,
    Chars,
    Edge,
    Group,
    Look,
    Node,
    Repeat,
    alternation,
    concat,
)
from samewire.patterns.charset import ANY, JS_NOT_LINE_END, CharSet, char
from samewire.patterns.ecma_class import ClassReader
from samewire.patterns.errors import PatternSyntaxError

__all__ = ["parse_ecma"]

DEEPEST: Final = 100
_GROUP: Final = re.compile(
    r"\(\?(?:(?P<look><?[=!])|(?P<plain>:)|<(?P<name>[A-Za-z_$][\w$]*)>)", re.ASCII
)
_GROUPS: Final = re.compile(
    r"\\.|\[(?:\\.|[^\]\\])*|\((?:\?<(?![=!])(?P<name>[^>]*)>|(?!\?))", re.DOTALL
)
"""Finds the capture groups, which a reference may name before they open; passes over escapes and classes."""
_QUANTIFIER: Final = re.compile(r"(?:([*+?])|\{([0-9]+)(,([0-9]*))?\})(\?)?")
_UP_TO: Final = re.compile(r"\{,[0-9]+\}")
_REFERENCE: Final = re.compile(r"k<(?P<name>[A-Za-z_$][\w$]*)>|(?P<number>[1-9][0-9]*)", re.ASCII)
_SIGNS: Final[dict[str, tuple[int, int | None]]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}

_Atom: TypeAlias = tuple[Node, bool]
"""A node, and whether a quantifier may follow it."""


def parse_ecma(source: str, flags: str = "u") -> Node:
    """
    The tree of a pattern, for ``flags`` of i, m, s, and u or v.

    Raises:
        PatternSyntaxError: JavaScript would not read it, or it takes strings of several characters as if they were one.

    """
    reader = _Reader(source, flags)
    tree = reader.alternatives()
    if reader.pos < len(source):
        raise PatternSyntaxError("has a ) without its (", r"write \) for the character")
    return tree


class _Reader(ClassReader):
    def __init__(self, source: str, flags: str) -> None:
        super().__init__(source, sets="v" in flags, ignore_case="i" in flags)
        self.multi_line = "m" in flags
        self.dot: CharSet = ANY if "s" in flags else JS_NOT_LINE_END
        self.depth = 0
        self.opened = 0
        found = [group for group in _GROUPS.finditer(source) if group[0][0] == "("]
        self.groups = len(found)
        self.names = {group["name"]: at for at, group in enumerate(found, 1) if group["name"]}
        self.named: set[str] = set()

    # --- Structure ----------------------------------------------------------------------------------------------------

    def alternatives(self) -> Node:
        branches = [self._sequence()]
        while self.accept("|"):
            branches.append(self._sequence())
        return alternation(branches)

    def _sequence(self) -> Node:
        items: list[Node] = []
        while self.pos < len(self.text) and self.text[self.pos] not in "|)":
            items.append(self._repeated(*self._atom()))
        return concat(items)

    def _repeated(self, body: Node, repeatable: bool) -> Node:
        start = self.pos
        quantifier = _QUANTIFIER.match(self.text, start)
        if quantifier is None:
            return body
        if not repeatable:
            raise _nothing_to_repeat(quantifier)
        self.pos = quantifier.end()
        sign, low, comma, high, lazy = quantifier.groups()
        least, most = _SIGNS[sign] if sign else (int(low), int(low))
        if comma:
            most = int(high) if high else None
        if most is not None and least > most:
            raise PatternSyntaxError(f"has {quantifier[0]!r}, whose limits are the wrong way round")
        return Repeat(body, least, most, bool(lazy), (start, self.pos))

    def _atom(self) -> _Atom:
        start = self.pos
        self.pos += 1
        match self.text[start]:
            case "(":
                return self._group(start)
            case "^":
                return self._line_end(ahead=False) if self.multi_line else Anchor.TEXT_START, False
            case "$":
                return self._line_end(ahead=True) if self.multi_line else Anchor.TEXT_END, False
            case ".":
                return Chars(self.dot, at=(start, self.pos)), True
            case "[":
                return Chars(self.bracketed(), at=(start, self.pos)), True
            case "\\":
                return self._escape(start)
            case "*" | "+" | "?" | "{":
                self._check_literal(start)
        return Chars(char(ord(self.text[start])), at=(start, self.pos)), True

    def _line_end(self, *, ahead: bool) -> Node:
        """No character there, or one that ends a line."""
        return Look(Chars(JS_NOT_LINE_END), ahead, negative=True)

    def _check_literal(self, start: int) -> None:
        """A ``{`` that opens no quantifier is a character."""
        if quantifier := _QUANTIFIER.match(self.text, start):
            raise _nothing_to_repeat(quantifier)
        if _UP_TO.match(self.text, start):
            raise PatternSyntaxError(
                "has a {,n}", "write {0,n}: without the 0, JavaScript takes it for text"
            )

    # --- Groups -------------------------------------------------------------------------------------------------------

    def _group(self, start: int) -> _Atom:
        if not self.text.startswith("?", self.pos):
            return self._capture(None), True
        group = _GROUP.match(self.text, start)
        if group is None:
            shown = self.text[start : start + 4]
            hint = "flags go in x-samewire-pattern-flags, a group's name in (?<name>...)"
            raise PatternSyntaxError(f"has {shown!r}, a group that JavaScript does not have", hint)
        self.pos = group.end()
        if name := group["name"]:
            if name in self.named:
                raise PatternSyntaxError(f"has two groups called {name!r}")
            self.named.add(name)
            return self._capture(name), True
        if look := group["look"]:
            return Look(self._body(), "<" not in look, "!" in look), False
        return self._body(), True

    def _capture(self, name: str | None) -> Node:
        self.opened = number = self.opened + 1
        return Group(self._body(), number, name)

    def _body(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise PatternSyntaxError(f"nests groups deeper than {DEEPEST}", "flatten them")
        found = self.alternatives()
        if not self.accept(")"):
            raise PatternSyntaxError("has a ( without its )")
        self.depth -= 1
        return found

    # --- Escapes ------------------------------------------------------------------------------------------------------

    def _escape(self, start: int) -> _Atom:
        if self.accept("b"):
            return Boundary(Edge.BOUNDARY, self.word), False
        if self.accept("B"):
            return Boundary(Edge.INSIDE, self.word), False
        if reference := _REFERENCE.match(self.text, self.pos):
            self.pos = reference.end()
            return Backref(self._number(reference), at=(start, self.pos)), True
        return Chars(self.escape(in_class=False), at=(start, self.pos)), True

    def _number(self, reference: re.Match[str]) -> int:
        named = reference["name"]
        number = self.names.get(named, 0) if named else int(reference["number"])
        if not 0 < number <= self.groups:
            shown = named or reference["number"]
            raise PatternSyntaxError(f"refers to the group {shown!r}, which it does not have")
        return number


def _nothing_to_repeat(quantifier: re.Match[str]) -> PatternSyntaxError:
    return PatternSyntaxError(
        f"has {quantifier[0]!r} with nothing before it that it can repeat",
        "repeat a group, (?:...), or escape the character",
    )
