"""
Characters and sets, spelled so that JavaScript reads them alike in ``new RegExp(source, "u")`` and in a ``/source/u`` literal.

Nothing printed here can end the literal or hide in an editor: ``/`` and line terminators are escaped, and outside ASCII only
letters, digits, punctuation and symbols of left-to-right scripts appear as themselves, unless they are another character's double
(the Kelvin sign) or could be composed with a neighbour. Which those are is read from Unicode 3.2, the one table that is the same in
every Python.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from unicodedata import ucd_3_2_0

from samewire.patterns.charset import (
    ANY,
    JS_NOT_LINE_END,
    NEVER,
    And,
    CharSet,
    Not,
    Prop,
    Ranges,
    Span,
    Union,
    complement,
    evaluate,
    normal,
    union,
)

_SYNTAX = frozenset("^$\\.*+?()[]{}|/")
_CLASS_SYNTAX = frozenset("\\[]/")
_NAMED = {0x09: r"\t", 0x0A: r"\n", 0x0B: r"\v", 0x0C: r"\f", 0x0D: r"\r"}
_DOUBLED = frozenset("&!#$%*+,.:;<=>?@^`~")
"""Written twice in a row inside a class, these would be operators (or errors) under the ``v`` flag."""


class Level(IntEnum):
    """How tightly a piece of a pattern holds together."""

    CHOICE = 0  # a|b
    SEQUENCE = 1  # ab
    ATOM = 2  # what a quantifier may follow


_LONG_LIST = 200
_JAMO = ("\u1100", "\u11ff")
_SINCE_HIDDEN = frozenset("\xad\u1885\u1886")
"""Punctuation and letters in Unicode 3.2, a format character and marks today."""


@dataclass(frozen=True, slots=True)
class Piece:
    """JavaScript source of a part of a pattern."""

    text: str
    level: Level

    def at(self, level: Level) -> str:
        """The text, in a group unless it holds together at least that tightly."""
        return self.text if self.level >= level else f"(?:{self.text})"


def literal(code_point: int) -> str:
    """One character, outside a class."""
    char = chr(code_point)
    return f"\\{char}" if char in _SYNTAX else _plain(code_point)


def chars(wanted: CharSet, ignore_case: bool = False) -> Piece:
    """One character of the set, under the flags ``u`` or ``iu``."""
    return _chars(_simple(wanted, ignore_case), ignore_case)


def _plain(code_point: int) -> str:
    """A character that isn't syntax where it stands."""
    if code_point in _NAMED:
        return _NAMED[code_point]
    char = chr(code_point)
    if 0x20 <= code_point < 0x7F or (code_point > 0xA0 and _is_readable(char)):
        return char
    if code_point < 0x100:
        return f"\\x{code_point:02x}"
    if code_point < 0x10000:
        return f"\\u{code_point:04x}"
    return f"\\u{{{code_point:x}}}"


def _is_readable(char: str) -> bool:
    kind, direction = ucd_3_2_0.category(char), ucd_3_2_0.bidirectional(char)
    return (
        kind[0] in "LNPS"
        and direction not in ("R", "AL", "AN")
        and ucd_3_2_0.normalize("NFKC", char) == char
        and not _JAMO[0] <= char <= _JAMO[1]
        and char not in _SINCE_HIDDEN
    )


def _chars(wanted: CharSet, ignore_case: bool) -> Piece:
    match wanted:
        case Ranges(((low, high),)) if low == high:
            return Piece(literal(low), Level.ATOM)
        case Prop((item,)):
            return Piece(item, Level.ATOM)
        case Not(Prop((item,), closed)) if closed or not ignore_case:
            return Piece(_opposite(item), Level.ATOM)
        case _ if wanted == JS_NOT_LINE_END:
            return Piece(".", Level.ATOM)
        case _ if wanted == ANY:
            return Piece(r"[\s\S]", Level.ATOM)
        case _ if wanted == NEVER:
            return Piece(r"[^\s\S]", Level.ATOM)
        case Not(inner) if _fits_class(inner, ignore_case):
            return Piece(f"[^{_class_body(inner)}]", Level.ATOM)
        case And(parts):
            return _all_of(parts, ignore_case)
        case Union(parts) if not _fits_class(wanted, ignore_case):
            texts = [_chars(part, ignore_case).at(Level.SEQUENCE) for part in parts]
            return Piece("|".join(texts), Level.CHOICE)
        case _:
            return Piece(f"[{_class_body(wanted)}]", Level.ATOM)


def _all_of(parts: tuple[CharSet, ...], ignore_case: bool) -> Piece:
    """The last part that lists what it takes consumes the character; look-aheads say the rest."""
    positive: list[CharSet] = [part for part in parts if not isinstance(part, Not)]
    consumer = positive[-1] if positive else parts[-1]
    guards = []
    for part in parts:
        match part:
            case _ if part is consumer:
                pass
            case Not(of):
                guards.append(f"(?!{_chars(of, ignore_case).text})")
            case _:
                guards.append(f"(?={_chars(part, ignore_case).text})")
    return Piece("".join(guards) + _chars(consumer, ignore_case).at(Level.ATOM), Level.SEQUENCE)


def _simple(wanted: CharSet, ignore_case: bool) -> CharSet:
    """An equal set in a form that prints: negations pushed inwards, ranges computed where only ranges take part."""
    match wanted:
        case Ranges() | Prop():
            return wanted
        case Not(of):
            inner = _simple(of, ignore_case)
            match inner:
                case Not(twice):
                    return twice
                case Union(parts) if not _fits_class(inner, ignore_case):
                    return _simple(And(tuple(Not(part) for part in parts)), ignore_case)
                case And(parts):
                    return _simple(Union(tuple(Not(part) for part in parts)), ignore_case)
                case _:
                    return Not(inner)
        case Union(parts):
            whole = union([_simple(part, ignore_case) for part in parts])
            if not isinstance(whole, Union) or _fits_class(whole, ignore_case):
                return whole
            return _computed(whole) or _grouped(whole, ignore_case)
        case And(parts):
            return _computed(wanted) or And(tuple(_simple(part, ignore_case) for part in parts))


def _computed(wanted: CharSet) -> CharSet | None:
    if (spans := evaluate(wanted)) is None:
        return None
    outside = complement(spans)
    return Not(Ranges(outside)) if len(outside) < len(spans) else Ranges(spans)


def _grouped(whole: Union, ignore_case: bool) -> CharSet:
    """The parts that fit into one class together, then the others."""
    together = [part for part in whole.parts if _fits_class(part, ignore_case)]
    apart = tuple(part for part in whole.parts if part not in together)
    return Union((union(together), *apart)) if together else whole


def _fits_class(wanted: CharSet, ignore_case: bool) -> bool:
    """
    Whether the set can be listed between brackets.

    A negated property is left out under ``i``, where JavaScript folds after the negation (``\\P{Lu}`` takes every letter) and both
    dialects before it.
    """
    match wanted:
        case Ranges() | Prop():
            return True
        case Not(Prop((_,), closed)):
            return closed or not ignore_case
        case Union(parts):
            return all(_fits_class(part, ignore_case) for part in parts)
        case _:
            return False


def _class_body(wanted: CharSet) -> str:
    """What stands between the brackets. A hyphen that is first or last is a plain one."""
    atoms: list[Span | str] = []
    for part in wanted.parts if isinstance(wanted, Union) else (wanted,):
        match part:
            case Ranges(spans):
                atoms.extend(spans)
            case Prop(items):
                atoms.extend(items)
            case Not(Prop((item,))):
                atoms.append(_opposite(item))
    atoms = _without_repeats(atoms)
    text = ""
    for position, atom in enumerate(atoms):
        match atom:
            case str():
                text += atom
            case (0x2D, 0x2D) if position in (0, len(atoms) - 1):
                text += "-"
            case (low, high):
                text += _class_char(low, text)
                text += "-" + _class_char(high, "-") if high > low else ""
    return text


def _class_char(code_point: int, before: str) -> str:
    char = chr(code_point)
    if char in _CLASS_SYNTAX or char == "-" or (char == "^" and not before):
        return f"\\{char}"
    if char in _DOUBLED and before.endswith(char):
        return f"\\x{code_point:02x}"
    return _plain(code_point)


def _without_repeats(atoms: list[Span | str]) -> list[Span | str]:
    """Drops what another atom already holds. A long list is sorted for that."""
    if len(atoms) > _LONG_LIST:
        names = [atom for atom in atoms if isinstance(atom, str)]
        return [*normal(atom for atom in atoms if not isinstance(atom, str)), *dict.fromkeys(names)]
    kept: list[Span | str] = []
    for atom in atoms:
        if any(_holds(other, atom) for other in kept):
            continue
        kept = [other for other in kept if not _holds(atom, other)]
        kept.append(atom)
    return kept


def _holds(outer: Span | str, inner: Span | str) -> bool:
    if isinstance(outer, str) or isinstance(inner, str):
        return outer == inner
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _opposite(item: str) -> str:
    """The class of everything else: ``\\p{L}`` for ``\\P{L}``, ``\\W`` for ``\\w``."""
    return item[0] + item[1].swapcase() + item[2:]
