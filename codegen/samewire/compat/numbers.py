"""Numbers: bounds and multiples, compared by their values."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from operator import gt, lt

from samewire import ir
from samewire.compat import formats
from samewire.compat.ends import End, is_inside
from samewire.compat.mismatch import Kind, Mismatch
from samewire.compat.words import expected_is, instead, limited
from samewire.values import numbers

Numeric = ir.Integer | ir.Number


def compare(produced: Numeric, accepted: Numeric) -> list[Mismatch]:
    if produced == accepted or _is_empty(produced):
        return []
    expected = expected_is(limited(accepted))
    steps = [abs(type_.multiple_of) for type_ in (produced, accepted) if type_.multiple_of]
    most = numbers.SAFE * min(steps, default=math.inf)  # beyond, a float has no room for the answer
    for value in _candidates(produced, accepted):
        if abs(value) > most:
            continue
        if holds(produced, value) and not holds(accepted, value):
            kind = _kind(accepted, value)
            detail = instead(produced, accepted) if kind is Kind.TYPE else expected
            return [Mismatch(kind, value, detail)]
    if _is_proved(produced, accepted):
        return []
    return [Mismatch(Kind.UNPROVEN, 0, expected)]


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
    low, high = _ends(produced)
    least, most = _ends(accepted)
    return is_inside(low, least, gt) and is_inside(high, most, lt)


def _ends(type_: Numeric) -> tuple[End | None, End | None]:
    if isinstance(type_, ir.Integer):
        first, last = numbers.integer_range(type_)
        return None if first is None else End(first), None if last is None else End(last)
    low, high = _interval(type_)
    return (
        None if low is None else End(low, type_.ge is None),
        None if high is None else End(high, type_.le is None),
    )


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
