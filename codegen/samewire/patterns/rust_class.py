"""
Bracketed classes of Rust's regex: nested, POSIX, and with the set operators ``&&``, ``--`` and ``~~``.

The operators bind equally, from left to right, and weaker than listing.
"""

from __future__ import annotations

from samewire.patterns.ast import Anchor, Boundary
from samewire.patterns.charset import (
    And,
    CharSet,
    Not,
    Ranges,
    char,
    difference,
    symmetric_difference,
    union,
)
from samewire.patterns.rust_scan import RustScanner

_POSIX: dict[str, tuple[tuple[str, str], ...]] = {
    "alnum": (("0", "9"), ("A", "Z"), ("a", "z")),
    "alpha": (("A", "Z"), ("a", "z")),
    "ascii": (("\x00", "\x7f"),),
    "blank": (("\t", "\t"), (" ", " ")),
    "cntrl": (("\x00", "\x1f"), ("\x7f", "\x7f")),
    "digit": (("0", "9"),),
    "graph": (("!", "~"),),
    "lower": (("a", "z"),),
    "print": ((" ", "~"),),
    "punct": (("!", "/"), (":", "@"), ("[", "`"), ("{", "~")),
    "space": (("\t", "\r"), (" ", " ")),
    "upper": (("A", "Z"),),
    "word": (("0", "9"), ("A", "Z"), ("_", "_"), ("a", "z")),
    "xdigit": (("0", "9"), ("A", "F"), ("a", "f")),
}

_OPERATORS = ("&&", "--", "~~")
_DEEPEST = 100


def bracketed(scan: RustScanner, depth: int = 0) -> CharSet:
    """Reads from ``[`` to the ``]`` that closes it."""
    start = scan.pos
    if depth > _DEEPEST:
        raise scan.invalid(start, f"classes are nested deeper than {_DEEPEST}", "flatten the class")
    scan.next()
    negated = scan.peek() == "^"
    if negated:
        scan.next()
        scan.check_negation(start)
    items = _opening(scan)
    result: CharSet | None = None
    operator = ""
    while True:
        scan.skip_space()
        c = scan.peek()
        if not c:
            raise scan.invalid(start, "the class isn't closed")
        if c == "[":
            items.append(_posix(scan) or bracketed(scan, depth + 1))
        elif c == "]":
            scan.pos += 1
            result = _combine(result, operator, union(items))
            return Not(result) if negated else result
        elif scan.text[scan.pos : scan.pos + 2] in _OPERATORS:
            result = _combine(result, operator, union(items))
            operator = scan.text[scan.pos : scan.pos + 2]
            scan.pos += 2
            items = []
        else:
            items.append(_item(scan))


def _opening(scan: RustScanner) -> list[CharSet]:
    """Hyphens in front are plain, and so is a ``]`` that is the first of all."""
    items: list[CharSet] = []
    while scan.peek() == "-":
        items.append(char(ord("-")))
        scan.next()
    if not items and scan.peek() == "]":
        items.append(char(ord("]")))
        scan.next()
    return items


def _combine(left: CharSet | None, operator: str, right: CharSet) -> CharSet:
    match left, operator:
        case None, _:
            return right
        case _, "&&":
            return And((left, right))
        case _, "--":
            return difference(left, right)
        case _:
            return symmetric_difference(left, right)


def _posix(scan: RustScanner) -> CharSet | None:
    """``[:name:]`` or ``[:^name:]``; anything else is left to be read as a nested class."""
    start = scan.pos
    if not scan.accept("[:"):
        return None
    negated = scan.accept("^")
    end = scan.text.find(":", scan.pos)
    name = scan.text[scan.pos : end] if end >= 0 else ""
    if name not in _POSIX or not scan.text.startswith(":]", end):
        scan.pos = start
        return None
    scan.pos = end + 2
    if negated:
        scan.check_negation(start)
    members = Ranges(tuple((ord(low), ord(high)) for low, high in _POSIX[name]))
    return Not(members) if negated else members


def _item(scan: RustScanner) -> CharSet:
    """A character, a range, or an escape that is a set."""
    start = scan.pos
    first = _primitive(scan)
    scan.skip_space()
    if scan.peek() != "-" or _peek_past_space(scan) in ("]", "-"):
        return char(first) if isinstance(first, int) else first
    scan.next()
    last = _primitive(scan)
    if not isinstance(first, int) or not isinstance(last, int):
        raise scan.invalid(start, "a range goes from one character to another, not to a class")
    if first > last:
        raise scan.invalid(start, "the range ends before it starts")
    return Ranges(((first, last),))


def _primitive(scan: RustScanner) -> int | CharSet:
    start = scan.pos
    if not (c := scan.peek()):
        raise scan.invalid(start, "the class isn't closed")
    if c == "\\":
        found = scan.escape()
        if isinstance(found, Anchor | Boundary):
            raise scan.invalid(start, "this assertion is no character and can't be in a class")
    else:
        scan.pos += 1
        found = ord(c)
    if isinstance(found, int) and found > 0x7F and not scan.flags.unicode:
        raise scan.invalid(start, "without the u flag, a class lists ASCII only")
    return found


def _peek_past_space(scan: RustScanner) -> str:
    """
    The character after the current one, white space skipped under ``x``.

    A comment there isn't skipped but only its ``#``, as regex-syntax does it.
    """
    if not scan.flags.verbose:
        return scan.peek(1)
    ahead, in_comment = 1, False
    while c := scan.peek(ahead):
        if c == "#" and not in_comment:
            in_comment = True
        elif not c.isspace():
            return c
        ahead += 1
    return scan.peek(1)
