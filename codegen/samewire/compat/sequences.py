"""Compares arrays and tuples: their lengths, and the elements at each position."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from samewire import ir
from samewire.compat.comparing import Comparing
from samewire.compat.mismatch import Kind, Mismatch, inside
from samewire.compat.words import expected_is
from samewire.values.depth import element
from samewire.values.strings import counted

_MOST_MADE: Final = 2_000


@dataclass(frozen=True, slots=True)
class _Sequence:
    prefix: tuple[ir.Type, ...]
    rest: ir.Type | None
    low: int
    high: int | None
    unique: bool


def _sequence(type_: ir.Array | ir.Tuple) -> _Sequence:
    match type_:
        case ir.Array(items, low, high, unique):
            return _Sequence((), items, low or 0, high, unique)
        case ir.Tuple(prefix, rest, low, high):
            most = len(prefix) if rest is None else None
            return _Sequence(prefix, rest, low, high if high is not None else most, False)


def compare(
    relation: Comparing, produced: ir.Array | ir.Tuple, accepted: ir.Array | ir.Tuple
) -> list[Mismatch]:
    mine, other = _sequence(produced), _sequence(accepted)
    found = _lengths(relation, mine, other)
    if other.unique and not mine.unique and (mine.high is None or mine.high > 1):
        found += _repeated(relation, mine, other)
    for at in range(max(len(mine.prefix), len(other.prefix)) + 1):
        if mine.high is not None and at >= mine.high:
            break
        if other.high is not None and at >= other.high:
            break  # the length says so
        found += _element(relation, mine, other, at)
    return found


def _element(relation: Comparing, mine: _Sequence, other: _Sequence, at: int) -> list[Mismatch]:
    first = element(mine.prefix, mine.rest, at)
    second = element(other.prefix, other.rest, at)
    if not relation.produced.possible(first):
        return []
    is_rest = at >= len(mine.prefix) and at >= len(other.prefix)
    step = "[]" if is_rest else f"[{at}]"

    def around(value: ir.Json) -> ir.Json:
        made = _value(relation, mine, other, max(mine.low, at + 1)) or []
        return [*made[:at], value, *made[at + 1 :]]

    return inside(relation.of(first, second), step, around)


def _repeated(relation: Comparing, mine: _Sequence, other: _Sequence) -> list[Mismatch]:
    """Nothing where each item that comes twice is one that is not taken once: that is said of the item."""
    value = _value(relation, mine, other, max(mine.low, 2))
    if value is None:
        return [_unproven("lengths")]
    types = (element(other.prefix, other.rest, at) for at in range(len(value)))
    fit = all(map(relation.takes, types, value))
    return [Mismatch(Kind.UNIQUE, value)] if fit else []


def _lengths(relation: Comparing, mine: _Sequence, other: _Sequence) -> list[Mismatch]:
    wrong: list[int] = []
    if mine.low < other.low:
        wrong.append(mine.low)
    if other.high is not None and (mine.high is None or mine.high > other.high):
        wrong.append(max(other.high + 1, mine.low))
    detail = expected_is(counted(other.low, other.high, "item"))
    found = []
    for length in wrong:
        value = _value(relation, mine, other, length)
        found.append(_unproven("lengths") if value is None else Mismatch(Kind.ITEMS, value, detail))
    return found


def _value(
    relation: Comparing, sequence: _Sequence, other: _Sequence, length: int
) -> list[ir.Json] | None:
    """A value of that length, if it has some and one can be made; with items that the other side takes, where there are some."""
    if length > _MOST_MADE:
        return None
    types = [element(sequence.prefix, sequence.rest, at) for at in range(length)]
    if not all(map(relation.produced.possible, types)):
        return None
    if sequence.unique and sequence.rest is not None and length > 1:
        return relation.distinct(sequence.rest, length)

    @cache
    def item(first: ir.Type, second: ir.Type) -> ir.Json:
        return relation.taken(first, second, relation.smallest(first))

    return [item(each, element(other.prefix, other.rest, at)) for at, each in enumerate(types)]


def _unproven(what: str) -> Mismatch:
    return Mismatch(Kind.UNPROVEN, None, f"whether its {what} fit")
