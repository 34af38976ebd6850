"""
Sets of code points: what one character of the text may be.

A set is an expression over ranges and named properties. Properties stay symbolic (``\\w`` has 144,000 members), so an expression
is evaluated to ranges only where no property takes part; :mod:`samewire.patterns.spell` prints the rest with look-aheads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias, assert_never

Span: TypeAlias = tuple[int, int]
"""First and last code point, both included."""

LAST_CODE_POINT = 0x10FFFF
SURROGATES = (0xD800, 0xDFFF)


@dataclass(frozen=True, slots=True)
class Ranges:
    """Code points listed as spans, in the order they were written."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Prop:
    """
    A set JavaScript has a name for: ``items`` are class atoms, the set is their union.

    ``closed`` tells whether the set holds, with each character, all that fold to the same. ``spans`` are its members where these
    are few and fixed.
    """

    items: tuple[str, ...]
    closed: bool
    spans: tuple[Span, ...] | None = None


@dataclass(frozen=True, slots=True)
class Union:
    parts: tuple[CharSet, ...]


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[CharSet, ...]


@dataclass(frozen=True, slots=True)
class Not:
    of: CharSet


CharSet: TypeAlias = Ranges | Prop | Union | And | Not

NEVER = Ranges(())
ANY = Not(NEVER)
NOT_NEWLINE = Not(Ranges(((0x0A, 0x0A),)))

ASCII_WORD = Prop(
    (r"\w",), closed=False, spans=((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
)
ASCII_DIGIT = Prop((r"\d",), closed=True, spans=((0x30, 0x39),))
WHITE_SPACE = Ranges(
    (
        (0x09, 0x0D),
        (0x20, 0x20),
        (0x85, 0x85),
        (0xA0, 0xA0),
        (0x1680, 0x1680),
        (0x2000, 0x200A),
        (0x2028, 0x2029),
        (0x202F, 0x202F),
        (0x205F, 0x205F),
        (0x3000, 0x3000),
    )
)
"""What Unicode calls White_Space, for good."""
SPACES = frozenset(chr(code) for low, high in WHITE_SPACE.spans for code in range(low, high + 1))
ASCII_SPACE = Ranges(((0x09, 0x0D), (0x20, 0x20)))

JS_NOT_LINE_END = Not(Ranges(((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))))
"""JavaScript's ``.``"""
JS_SPACE = Prop(
    (r"\s",),
    closed=True,
    spans=(
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
    ),
)
JS_WORD_IGNORING_CASE = Prop(
    (r"\w",),
    closed=True,
    spans=(*(ASCII_WORD.spans or ()), (0x17F, 0x17F), (0x212A, 0x212A)),
)
"""JavaScript's ``\\w`` under ``iu``, which takes what folds to a letter of ASCII."""


def char(code_point: int) -> Ranges:
    return Ranges(((code_point, code_point),))


def union(parts: Iterable[CharSet]) -> CharSet:
    """All of the parts, in the order given; nested unions are opened and neighbouring ranges joined."""
    opened = [
        item for part in parts for item in (part.parts if isinstance(part, Union) else (part,))
    ]
    kept: list[CharSet] = []
    for listed, items in groupby(opened, key=lambda item: isinstance(item, Ranges)):
        if listed:
            kept += _joined(items)
        else:
            kept += [item for item in dict.fromkeys(items) if item not in kept]
    if any(isinstance(item, Not) and item.of in kept for item in kept):
        return ANY
    if not kept:
        return NEVER
    return kept[0] if len(kept) == 1 else Union(tuple(kept))


def _joined(items: Iterable[CharSet]) -> list[CharSet]:
    spans = [span for item in items if isinstance(item, Ranges) for span in item.spans]
    return [Ranges(tuple(spans))] if spans else []


def difference(left: CharSet, right: CharSet) -> CharSet:
    return And((left, Not(right)))


def symmetric_difference(left: CharSet, right: CharSet) -> CharSet:
    return Union((difference(left, right), difference(right, left)))


def normal(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same code points as sorted spans that neither overlap nor touch."""
    merged: list[Span] = []
    for low, high in sorted(spans):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return tuple(merged)


def complement(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """All other code points; ``spans`` must be normal."""
    gaps: list[Span] = []
    start = 0
    for low, high in spans:
        if low > start:
            gaps.append((start, low - 1))
        start = high + 1
    if start <= LAST_CODE_POINT:
        gaps.append((start, LAST_CODE_POINT))
    return tuple(gaps)


def evaluate(chars: CharSet) -> tuple[Span, ...] | None:
    """The members as normal spans, or None if a property without known members takes part."""
    match chars:
        case Ranges(spans):
            return normal(spans)
        case Prop(_, _, spans):
            return spans
        case Not(of):
            inner = evaluate(of)
            return None if inner is None else complement(inner)
        case Union(parts):
            members: list[Span] = []
            for part in parts:
                inner = evaluate(part)
                if inner is None:
                    return None
                members.extend(inner)
            return normal(members)
        case And(parts):
            return evaluate(Not(Union(tuple(Not(part) for part in parts))))
        case _:
            assert_never(chars)


def contains(spans: tuple[Span, ...], code_point: int) -> bool:
    return any(low <= code_point <= high for low, high in spans)
