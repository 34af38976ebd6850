"""Rust's regex syntax (Pydantic's default engine) to the tree."""

from __future__ import annotations

from dataclasses import replace

from samewire.patterns.ast import (
    Anchor,
    Boundary,
    Chars,
    Empty,
    Flags,
    Group,
    Node,
    Repeat,
    alternation,
    concat,
)
from samewire.patterns.charset import ANY, NOT_NEWLINE, char
from samewire.patterns.errors import PatternError
from samewire.patterns.rust_class import bracketed
from samewire.patterns.rust_scan import RustScanner

DEEPEST = 100
_HIGHEST_COUNT = 2**32 - 1
_FLAGS = {
    "i": "ignore_case",
    "m": "multi_line",
    "s": "dot_all",
    "x": "verbose",
    "u": "unicode",
    "U": "swap_greed",
}
_SIGNS: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_LOOK_AROUND = ("?=", "?!", "?<=", "?<!")


def parse_rust(pattern: str, flags: Flags) -> tuple[Node, tuple[str, ...]]:
    """
    The tree, and remarks on what reads differently than it looks.

    Raises PatternError.
    """
    parser = _Parser(pattern, flags)
    tree = parser.branches(0)
    if parser.scan.peek():
        raise parser.scan.invalid(parser.scan.pos, "this parenthesis closes nothing")
    return tree, tuple(parser.scan.remarks)


class _Parser:
    __slots__ = ("groups", "names", "scan")

    def __init__(self, pattern: str, flags: Flags) -> None:
        self.scan = RustScanner(pattern, flags)
        self.groups = 0
        self.names: set[str] = set()

    def branches(self, depth: int) -> Node:
        """Up to the ``)`` of the group or the end. Flags set inside hold for the branches that follow."""
        found = [self.sequence(depth)]
        while self.scan.accept("|"):
            found.append(self.sequence(depth))
        return alternation(found)

    def sequence(self, depth: int) -> Node:
        scan = self.scan
        items: list[
            Node | None
        ] = []  # None where flags were set: nothing a quantifier could repeat
        while True:
            scan.skip_space()
            c = scan.peek()
            if not c or c in "|)":
                return concat([item for item in items if item is not None])
            if c in "?*+{":
                items.append(self.repeat(items, c))
            elif c == "(":
                items.append(self.group(depth))
            else:
                items.append(self.primitive(c))

    def primitive(self, c: str) -> Node:
        scan, start = self.scan, self.scan.pos
        match c:
            case "\\":
                found = scan.escape()
                if isinstance(found, Anchor | Boundary):
                    return found
                return Chars(
                    char(found) if isinstance(found, int) else found, scan.fold, (start, scan.pos)
                )
            case "[":
                return Chars(bracketed(scan), scan.fold, (start, scan.pos))
        scan.pos += 1
        match c:
            case ".":
                if not scan.flags.unicode:
                    scan.check_negation(start)
                return Chars(ANY if scan.flags.dot_all else NOT_NEWLINE)
            case "^":
                return Anchor.LINE_START if scan.flags.multi_line else Anchor.TEXT_START
            case "$":
                return Anchor.LINE_END if scan.flags.multi_line else Anchor.TEXT_END
            case _:
                return Chars(char(ord(c)), scan.fold, (start, scan.pos))

    # --- Repeats ------------------------------------------------------------------------------------------------------

    def repeat(self, items: list[Node | None], sign: str) -> Node:
        scan, start = self.scan, self.scan.pos
        body = items.pop() if items else None
        if body is None:
            raise scan.invalid(start, "there is nothing to repeat")
        scan.pos += 1
        if sign == "{":
            low, high = self.counts(start)
            scan.skip_space()
        else:
            low, high = _SIGNS[sign]
        lazy = scan.accept("?") != scan.flags.swap_greed
        if sign == "+" and isinstance(body, Repeat) and body.at == (start - 1, start):
            scan.remarks.append(
                f"{scan.text[start - 1 : scan.pos]!r} at position {start - 1} isn't possessive in Rust's regex:"
                " the second + repeats the repeat"
            )
        return _repeated(Repeat(body, low, high, lazy, (start, scan.pos)))

    def counts(self, start: int) -> tuple[int, int | None]:
        """What stands in braces. The lower count may be left out, an upper one then not."""
        scan = self.scan
        scan.skip_space()
        low = scan.decimal()
        high = low
        if scan.peek() == ",":
            scan.next()
            high = None if scan.peek() == "}" else scan.decimal()
            if scan.peek() == "}" and scan.text[scan.pos - 1] != "," and high is None:
                raise scan.invalid(start, "a count is missing")
        if scan.peek() != "}":
            raise scan.invalid(start, "the count isn't closed; a literal brace is written \\{")
        scan.pos += 1
        if low is None and high is None:
            raise scan.invalid(start, "a count is missing; a literal brace is written \\{")
        low = low or 0
        if max(low, high or 0) > _HIGHEST_COUNT or (high is not None and high < low):
            raise scan.invalid(start, "the counts are out of order or too high")
        return low, high

    # --- Groups -------------------------------------------------------------------------------------------------------

    def group(self, depth: int) -> Node | None:
        scan, start = self.scan, self.scan.pos
        if depth >= DEEPEST:
            raise scan.invalid(start, f"groups are nested deeper than {DEEPEST}", "flatten them")
        scan.next()
        if any(scan.accept(prefix) for prefix in _LOOK_AROUND):
            hint = "set regex_engine='python-re' on the model"
            raise scan.invalid(start, "Rust's regex has no look-around", hint)
        outer = scan.flags
        number, name = 0, None
        if scan.accept("?P<") or scan.accept("?<"):
            name = self.name(start)
            self.groups = number = self.groups + 1
        elif scan.accept("?"):
            if self.flags(start):
                return None
        else:
            self.groups = number = self.groups + 1
        body = self.branches(depth + 1)
        if not scan.accept(")"):
            raise PatternError(scan.text[start:], start, "the group isn't closed", "add the )")
        scan.flags = outer
        return Group(body, number, name) if number else body

    def name(self, start: int) -> str:
        scan = self.scan
        end = scan.text.find(">", scan.pos)
        name = scan.text[scan.pos : end] if end >= 0 else ""
        scan.pos = end + 1 if end >= 0 else len(scan.text)
        plain = name.replace("_", "a").replace(".", "0").replace("[", "0").replace("]", "0")
        if not plain.isalnum() or not plain[0].isalpha() or name in self.names:
            raise scan.invalid(start, "the name isn't one, or was given to another group")
        self.names.add(name)
        return name

    def flags(self, start: int) -> bool:
        """Sets the flags listed; whether they are all there is: ``(?i)``, against the group ``(?i:``."""
        scan = self.scan
        listed, seen = "", scan.flags
        while (c := scan.peek()) and c not in ":)":
            scan.pos += 1
            if c == "R":
                hint = r"write line ends as \r?\n"
                raise scan.invalid(start, "JavaScript has no CRLF mode", hint)
            if c in listed or (c != "-" and c not in _FLAGS):
                raise scan.invalid(start, "a flag is unknown or given twice")
            if c != "-":
                seen = replace(seen, **{_FLAGS[c]: "-" not in listed})
            listed += c
        alone = scan.accept(")")
        if not (alone or scan.accept(":")) or listed.endswith("-") or (alone and not listed):
            raise scan.invalid(start, "the flags aren't complete")
        scan.flags = seen
        return alone


def _repeated(outer: Repeat) -> Node:
    """
    The repeat. A repeat of a repeat becomes one where both are ``?``, ``*`` or ``+``.

    ``(?:a+)+`` takes the same strings as ``a+``, but exponential time in a backtracking engine.
    """
    match outer:
        case Repeat(Repeat(body, 0 | 1 as low, 1 | None as high), 0 | 1, 1 | None):
            most = 1 if high == outer.max == 1 else None
            return replace(outer, body=body, min=low * outer.min, max=most)
        case Repeat(Empty()):
            return outer.body
        case _:
            return outer
