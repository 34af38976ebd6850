"""Python's ``re`` syntax (Pydantic's ``regex_engine='python-re'`` and compiled patterns) to the tree."""

from __future__ import annotations

import re
import sys
from dataclasses import replace

from samewire.patterns.ast import (
    Anchor,
    Atomic,
    Backref,
    Boundary,
    Chars,
    Edge,
    Flags,
    Group,
    Look,
    Node,
    Repeat,
    alternation,
    concat,
)
from samewire.patterns.charset import ANY, NOT_NEWLINE
from samewire.patterns.errors import PatternError
from samewire.patterns.python_scan import OCTAL, PythonScanner, fold, word
from samewire.patterns.width import Width, width

DEEPEST = 100
_HIGHEST_COUNT = 2**32 - 1
_DIGITS = frozenset("0123456789")
_WHITE_SPACE = frozenset(" \t\n\r\v\f")
_FLAGS = {"i": "ignore_case", "m": "multi_line", "s": "dot_all", "x": "verbose"}
_COUNTS = re.compile(r"(?!\})([0-9]*)(,([0-9]*))?\}")
_WHOLE_FLAGS = re.compile(r"\?([aiLmsux]+)\)")
_SCOPED_FLAGS = re.compile(r"\?([aiLmsux]*)(?:-([imsx]+))?:")
_SIGNS: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_LOOKS = (("?=", True, False), ("?!", True, True), ("?<=", False, False), ("?<!", False, True))
_NOT_INSIDE_EMPTY = sys.version_info < (3, 14)
"""Before Python 3.14, ``\\B`` doesn't match in an empty string."""


def parse_python(pattern: str, flags: Flags) -> tuple[Node, tuple[str, ...]]:
    """
    The tree; the remarks beside it are always none, for nothing in this syntax reads differently than it looks.

    Raises PatternError.
    """
    parser = _Parser(pattern, flags)
    tree = parser.branches(flags, 0)
    if parser.scan.peek():
        raise parser.scan.invalid(parser.scan.pos, "this parenthesis closes nothing")
    return tree, ()


class _Parser:
    __slots__ = ("behind", "closed", "flags", "groups", "names", "scan")

    def __init__(self, pattern: str, flags: Flags) -> None:
        self.scan = PythonScanner(pattern, unicode=flags.unicode)
        self.flags = flags  # of the whole pattern
        self.groups = 0
        self.closed: dict[int, Width] = {}  # widths of the groups that may be referred to
        self.names: dict[str, int] = {}
        self.behind: int | None = None  # groups opened before the outermost look-behind around

    def branches(self, flags: Flags, depth: int) -> Node:
        found = [self.sequence(flags, depth, first=True)]
        while self.scan.accept("|"):
            flags = flags if depth else self.flags
            found.append(self.sequence(flags, depth, first=False))
        return alternation(found)

    def sequence(self, flags: Flags, depth: int, *, first: bool) -> Node:
        scan = self.scan
        items: list[Node] = []
        no_repeat = "there is nothing to repeat"  # why a quantifier can't follow, if it can't
        while (c := scan.peek()) and c not in "|)":
            start = scan.pos
            scan.pos += 1
            if flags.verbose and (c in _WHITE_SPACE or c == "#"):
                self.skip_comment(c)
            elif c == "(" and scan.accept("?#"):
                scan.until(")", start)
            elif c == "(" and (whole := _WHOLE_FLAGS.match(scan.text, scan.pos)):
                scan.pos = whole.end()
                if depth or not first or items:
                    raise scan.invalid(start, "flags for the whole pattern stand at its start")
                flags = self.flags = self.changed(self.flags, whole[1], "", start)
                scan.unicode = flags.unicode
            elif c in "?*+" or (c == "{" and _COUNTS.match(scan.text, scan.pos)):
                if no_repeat:
                    raise scan.invalid(start, no_repeat)
                items.append(self.repeat(items.pop(), c, start))
                no_repeat = "a repeat can't be repeated"
            else:
                item = self.item(c, flags, depth, start)
                items.append(item)
                bare = c != "(" and isinstance(item, Anchor | Boundary)
                no_repeat = "there is nothing to repeat" if bare else ""
        return concat(items)

    def skip_comment(self, c: str) -> None:
        if c == "#":
            end = self.scan.text.find("\n", self.scan.pos)
            self.scan.pos = len(self.scan.text) if end < 0 else end + 1

    def item(self, c: str, flags: Flags, depth: int, start: int) -> Node:
        scan = self.scan
        match c:
            case "(":
                return self.group(flags, depth, start)
            case "\\":
                return self.escape(flags, start)
            case "[":
                return Chars(scan.bracketed(flags), fold(flags), (start, scan.pos))
            case ".":
                return Chars(ANY if flags.dot_all else NOT_NEWLINE)
            case "^":
                return Anchor.LINE_START if flags.multi_line else Anchor.TEXT_START
            case "$":
                return Anchor.LINE_END if flags.multi_line else Anchor.FINAL_LINE_END
            case _:
                return Chars(
                    scan.ranged(ord(c), ord(c), flags, start), fold(flags), (start, scan.pos)
                )

    def escape(self, flags: Flags, start: int) -> Node:
        scan = self.scan
        letter = scan.peek()
        scan.pos += 1
        match letter:
            case "":
                raise scan.invalid(start, "the pattern ends with a backslash")
            case "A":
                return Anchor.TEXT_START
            case "Z" | "z":
                return Anchor.TEXT_END
            case "b":
                return Boundary(Edge.BOUNDARY, word(flags))
            case "B":
                return Boundary(
                    Edge.INSIDE_NOT_EMPTY if _NOT_INSIDE_EMPTY else Edge.INSIDE, word(flags)
                )
        if (found := scan.category(letter, flags, start)) is not None:
            return Chars(found, fold(flags), (start, scan.pos))
        if letter == "0":
            value = int(letter + scan.take_while(OCTAL, 2), 8)
        elif letter in _DIGITS:
            return self.reference_or_octal(letter, flags, start)
        else:
            value = scan.character(letter, start)
        return Chars(scan.ranged(value, value, flags, start), fold(flags), (start, scan.pos))

    def reference_or_octal(self, first: str, flags: Flags, start: int) -> Node:
        """``\\12`` is a group; ``\\123``, three octal digits, is a character."""
        scan = self.scan
        digits = first + scan.take_while(_DIGITS, 1)
        if len(digits) == 2 and set(digits) <= OCTAL and scan.peek() in OCTAL:
            digits += scan.take_while(OCTAL, 1)
            if (value := int(digits, 8)) > 0o377:
                raise scan.invalid(start, "an octal escape goes up to \\377")
            return Chars(scan.ranged(value, value, flags, start), fold(flags), (start, scan.pos))
        return self.reference(int(digits), flags, start)

    def reference(self, number: int, flags: Flags, start: int) -> Node:
        if number not in self.closed:
            raise self.scan.invalid(start, "no group before this place has that number or name")
        if self.behind is not None and number > self.behind:
            raise self.scan.invalid(start, "the group is in the same look-behind")
        return Backref(number, fold(flags), (start, self.scan.pos))

    def repeat(self, body: Node, sign: str, start: int) -> Node:
        scan = self.scan
        low, high = _SIGNS.get(sign, (0, None))
        if sign == "{" and (counts := _COUNTS.match(scan.text, scan.pos)):
            scan.pos = counts.end()
            low = int(counts[1] or 0)
            highest = counts[3] if counts[2] else counts[1]
            high = int(highest) if highest else None
            if max(low, high or 0) >= _HIGHEST_COUNT or (high is not None and high < low):
                raise scan.invalid(start, "the counts are out of order or too high")
        lazy = scan.accept("?")
        possessive = not lazy and scan.accept("+")
        node = Repeat(body, low, high, lazy, (start, scan.pos))
        return Atomic(node) if possessive else node

    # --- Groups -------------------------------------------------------------------------------------------------------

    def group(self, flags: Flags, depth: int, start: int) -> Node:
        """The position is behind the opening parenthesis; comments and flags for the whole pattern are dealt with."""
        scan = self.scan
        if depth >= DEEPEST:
            raise scan.invalid(start, f"groups are nested deeper than {DEEPEST}", "flatten them")
        if scan.accept("?P<"):
            return self.capture(flags, depth, start, scan.until(">", start))
        if scan.accept("?P="):
            return self.reference(self.names.get(scan.until(")", start), 0), flags, start)
        if scan.accept("?("):
            hint = "write both cases as an alternation"
            raise scan.invalid(start, "JavaScript has no conditional groups", hint)
        if scan.accept("?>"):
            return Atomic(self.body(flags, depth, start))
        for prefix, ahead, negative in _LOOKS:
            if scan.accept(prefix):
                return self.look(flags, depth, start, ahead=ahead, negative=negative)
        if scoped := _SCOPED_FLAGS.match(scan.text, scan.pos):
            scan.pos = scoped.end()
            return self.body(self.changed(flags, scoped[1], scoped[2] or "", start), depth, start)
        if scan.accept("?"):
            raise scan.invalid(start, "re knows no such group")
        return self.capture(flags, depth, start, None)

    def body(self, flags: Flags, depth: int, start: int) -> Node:
        found = self.branches(flags, depth + 1)
        if not self.scan.accept(")"):
            raise PatternError(self.scan.text[start:], start, "the group isn't closed", "add the )")
        return found

    def capture(self, flags: Flags, depth: int, start: int, name: str | None) -> Node:
        self.groups = number = self.groups + 1
        if name is not None:
            if name in self.names or not name.isidentifier():
                raise self.scan.invalid(start, "the name isn't one, or was given to another group")
            self.names[name] = number
        body = self.body(flags, depth, start)
        self.closed[number] = width(body, self.closed)
        return Group(body, number, name)

    def look(self, flags: Flags, depth: int, start: int, *, ahead: bool, negative: bool) -> Node:
        outermost = not ahead and self.behind is None
        if outermost:
            self.behind = self.groups
        body = self.body(flags, depth, start)
        if outermost:
            self.behind = None
        least, most = width(body, self.closed)
        if not ahead and least != most:
            raise self.scan.invalid(start, "a look-behind takes a fixed number of characters")
        return Look(body, ahead, negative)

    def changed(self, flags: Flags, on: str, off: str, start: int) -> Flags:
        if "L" in on or {"a", "u"} <= set(on) or set(on) & set(off):
            raise self.scan.invalid(start, "these flags don't go together")
        values = {_FLAGS[c]: True for c in on if c in _FLAGS}
        values |= {_FLAGS[c]: False for c in off}
        if "a" in on or "u" in on:
            values["unicode"] = "u" in on
        return replace(flags, **values)
