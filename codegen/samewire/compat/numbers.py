"""Numbers: bounds and multiples, compared by their values."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from samewire import ir
from samewire.compat import formats
from samewire.compat.mismatch import Kind, Mismatch
from samewire.values import numbers

Numeric = ir.Integer | ir.Number


def compare(produced: Numeric, accepted: Numeric) -> list[Mismatch]:
    if produced == accepted or _is_empty(produced):
        return []
    for value in _candidates(produced, accepted):
        if holds(produced, value) and not holds(accepted, value):
            return [Mismatch(_kind(accepted, value), value, _words(accepted))]
    if _is_proved(produced, accepted):
        return []
    return [Mismatch(Kind.UNPROVEN, 0, f"whether these numbers are {_words(accepted)}")]


def _is_empty(type_: Numeric) -> bool:
    if not isinstance(type_, ir.Integer):
        return False
    low, high = numbers.integer_range(type_)
    return low is not None and high is not None and low > high


def holds(type_: Numeric, value: float) -> bool:
    if isinstance(type_, ir.Integer):
        return numbers.holds_integer(type_, value)
    return numbers.holds_number(type_, value)


def _kind(accepted: Numeric, value: float) -> Kind:
    if isinstance(accepted, ir.Integer) and not float(value).is_integer():
        return Kind.TYPE
    low, high = _interval(accepted)
    inside = (low is None or value >= low) and (high is None or value <= high)
    at_open_end = value in (accepted.gt, accepted.lt)
    return Kind.MULTIPLE if inside and not at_open_end and accepted.multiple_of else Kind.RANGE


def _words(type_: Numeric) -> str:
    signs = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    parts = [
        f"{words} {value}"
        for name, words in signs.items()
        if (value := getattr(type_, name)) is not None
    ]
    if type_.multiple_of is not None:
        parts.append(f"a multiple of {type_.multiple_of}")
    whole = "an integer" if isinstance(type_, ir.Integer) else "a number"
    return " and ".join([whole, *parts])


def _interval(type_: Numeric) -> tuple[float | None, float | None]:
    """The ends, whether or not they belong to it."""
    low = type_.ge if type_.ge is not None else type_.gt
    high = type_.le if type_.le is not None else type_.lt
    return low, high


def _candidates(produced: Numeric, accepted: Numeric) -> Iterator[float]:
    """Values at which the two could differ, the plainest first."""
    yield from (0, 1, -1, 2, 3, 10)
    ends = [end for type_ in (produced, accepted) for end in _interval(type_) if end is not None]
    steps = [abs(type_.multiple_of) for type_ in (produced, accepted) if type_.multiple_of]
    for end in ends:
        for step in (0, *steps, 1):
            yield from (end, end + step, end - step)
    for step in steps:
        yield from (numbers.multiple(count, step) for count in (1, 2, 3, 5, 7, -1))
        for end in ends:
            nearest = math.floor(Fraction(end) / Fraction(step))
            yield from (numbers.multiple(nearest + by, step) for by in (-1, 0, 1, 2))
    for type_ in (produced, accepted):
        if isinstance(type_, ir.Number) and type_.decimal is not None:
            yield from filter(math.isfinite, map(float, type_.decimal.edges()))
    if isinstance(produced, ir.Number):
        yield from (0.5, 1.5, -0.5, 1e300, -1e300, 0.1)
        for end in ends:
            yield from (math.nextafter(end, math.inf), math.nextafter(end, -math.inf), end + 0.5)
        if len(ends) > 1:
            yield (min(ends) + max(ends)) / 2
    yield from (10**15, -(10**15))


def _is_proved(produced: Numeric, accepted: Numeric) -> bool:
    if isinstance(accepted, ir.Number) and (accepted.decimal or accepted.remainder):
        return produced == accepted or _are_decimals_proved(produced, accepted)
    if isinstance(produced, ir.Number) and isinstance(accepted, ir.Integer):
        return False
    if accepted.multiple_of is not None:
        step = produced.multiple_of or (1 if isinstance(produced, ir.Integer) else None)
        if (
            step is None
            or (Fraction(repr(step)) / Fraction(repr(accepted.multiple_of))).denominator != 1
        ):
            return False
    return _is_inside(produced, accepted)


def _are_decimals_proved(produced: Numeric, accepted: ir.Number) -> bool:
    if not isinstance(produced, ir.Number) or accepted.decimal is None:
        return False
    same = (produced.multiple_of, produced.remainder) == (accepted.multiple_of, accepted.remainder)
    return (
        same
        and formats.is_proved(produced.decimal, accepted.decimal)
        and _is_inside(produced, accepted)
    )


def _is_inside(produced: Numeric, accepted: Numeric) -> bool:
    if isinstance(produced, ir.Integer):
        first, last = numbers.integer_range(produced)
        ends: list[float | None] = [first, last]
        return all(end is None or holds_bounds(accepted, end) for end in ends) and (
            (first is not None or (accepted.ge is None and accepted.gt is None))
            and (last is not None or (accepted.le is None and accepted.lt is None))
        )
    return _low_is_inside(produced, accepted) and _high_is_inside(produced, accepted)


def holds_bounds(type_: Numeric, value: float) -> bool:
    return (
        (type_.ge is None or value >= type_.ge)
        and (type_.gt is None or value > type_.gt)
        and (type_.le is None or value <= type_.le)
        and (type_.lt is None or value < type_.lt)
    )


def _low_is_inside(produced: Numeric, accepted: Numeric) -> bool:
    if accepted.ge is None and accepted.gt is None:
        return True
    if accepted.ge is not None:
        low = produced.ge if produced.ge is not None else produced.gt
        return low is not None and low >= accepted.ge
    limit = accepted.gt or 0
    if produced.gt is not None:
        return produced.gt >= limit
    return produced.ge is not None and produced.ge > limit


def _high_is_inside(produced: Numeric, accepted: Numeric) -> bool:
    if accepted.le is None and accepted.lt is None:
        return True
    if accepted.le is not None:
        high = produced.le if produced.le is not None else produced.lt
        return high is not None and high <= accepted.le
    limit = accepted.lt or 0
    if produced.lt is not None:
        return produced.lt <= limit
    return produced.le is not None and produced.le < limit


def pieces(produced: ir.Integer, members: list[Numeric]) -> list[ir.Type]:
    """The integers cut at the ends of some other types, so that each piece is in one of these as a whole or not at all."""
    low, high = numbers.integer_range(produced)
    cuts: set[int] = set()
    for member in members:
        first, last = _interval(member)
        if first is not None:
            cuts |= {math.floor(first), math.ceil(first), math.floor(first) + 1}
        if last is not None:
            cuts |= {math.floor(last), math.ceil(last) + 1}
    inner = sorted(
        cut for cut in cuts if (low is None or cut > low) and (high is None or cut <= high)
    )
    starts: list[int | None] = [low, *inner]
    ends: list[int | None] = [*(cut - 1 for cut in inner), high]
    return [
        ir.Integer(ge=start, le=end, multiple_of=produced.multiple_of)
        for start, end in zip(starts, ends, strict=True)
    ]
