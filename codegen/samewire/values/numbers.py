"""Numbers of the intermediate representation: the ends of their ranges, and what is near them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from samewire import ir

SAFE: Final = 2**53 - 1
"""The largest integer below which a JavaScript number tells every two apart."""

_INFINITE: Final = 2**1024 - 2**970
_INTEGERS: Final = (
    0,
    1,
    -1,
    2,
    7,
    255,
    -128,
    2**31 - 1,
    2**31,
    -(2**31) - 1,
    SAFE,
    -SAFE,
    2**53,
    -(2**64),
)
_NUMBERS: Final[tuple[float, ...]] = (
    0,
    0.5,
    -1.5,
    1,
    -1,
    1e-7,
    0.1 + 0.2,
    1e21,
    -1e21,
    5e-324,
    1.7976931348623157e308,
    -1.7976931348623157e308,
    SAFE,
    2**53,
    1e16,
    0.1,
    -0.0,
    3.141592653589793,
)


def integer_range(type_: ir.Integer) -> tuple[int | None, int | None]:
    """The least and the greatest that is in it, ``None`` for no limit."""
    low = type_.ge if type_.gt is None else type_.gt + 1
    high = type_.le if type_.lt is None else type_.lt - 1
    step = type_.multiple_of
    if step is not None:
        low = None if low is None else -(-low // step) * step
        high = None if high is None else high // step * step
    return low, high


def is_finite(value: float) -> bool:
    """Whether a JavaScript number of that size is finite."""
    return abs(value) < _INFINITE if isinstance(value, int) else math.isfinite(value)


def holds_integer(type_: ir.Integer, value: float) -> bool:
    if isinstance(value, float):
        if not value.is_integer():
            return False
        value = int(value)
    if not is_finite(value):
        return False
    low, high = integer_range(type_)
    return (
        (low is None or value >= low)
        and (high is None or value <= high)
        and (type_.multiple_of is None or value % type_.multiple_of == 0)
    )


def integer_edges(type_: ir.Integer) -> Iterator[int]:
    low, high = integer_range(type_)
    step = type_.multiple_of or 1
    ends = [end + by for end in (low, high) if end is not None for by in (0, step, -step)]
    plain = [each * step for each in _INTEGERS]
    wanted = dict.fromkeys((*plain[:2], *ends, *plain[2:]))
    yield from (value for value in wanted if holds_integer(type_, value))


def holds_number(type_: ir.Number, value: float) -> bool:
    return (
        is_finite(value)
        and (type_.ge is None or value >= type_.ge)
        and (type_.gt is None or value > type_.gt)
        and (type_.le is None or value <= type_.le)
        and (type_.lt is None or value < type_.lt)
        and (type_.multiple_of is None or _is_multiple(value, type_.multiple_of))
        and not (type_.remainder and math.fmod(value, type_.multiple_of or 1))
        and (type_.decimal is None or type_.decimal.fits(repr(value)))
    )


def _is_multiple(value: float, step: float) -> bool:
    """As a decimal number; beyond 2 ** 53 steps a float has no room for the answer."""
    return (
        abs(value) <= SAFE * step
        and (Fraction(repr(value)) / Fraction(repr(step))).denominator == 1
    )


def number_edges(type_: ir.Number) -> Iterator[float]:
    wanted: dict[str, float] = {}
    for value in (*_NUMBERS[:2], *_number_ends(type_), *_NUMBERS[2:]):
        if holds_number(type_, value):
            wanted.setdefault(repr(value), value)
    yield from wanted.values()


def _number_ends(type_: ir.Number) -> Iterator[float]:
    yield from () if type_.decimal is None else map(float, type_.decimal.edges())
    step = type_.multiple_of
    for bound in (type_.ge, type_.gt, type_.le, type_.lt):
        if bound is None:
            continue
        if step is None:
            yield from (bound, math.nextafter(bound, math.inf), math.nextafter(bound, -math.inf))
            yield from (bound + 1, bound - 1)
        else:
            nearest = round(Fraction(repr(bound)) / Fraction(repr(step)))
            yield from (multiple(nearest + by, step) for by in (0, 1, -1))
    low, high = ((type_.ge, type_.gt), (type_.le, type_.lt))
    ends = [next((end for end in side if end is not None), None) for side in (low, high)]
    if ends[0] is not None and ends[1] is not None:
        yield ends[0] / 2 + ends[1] / 2
    if step is not None:
        yield from (multiple(count, step) for count in (0, 1, -1, 3, 7, 10, 1000))


def multiple(count: int, step: float) -> float:
    """A multiple as a decimal number has it: three times 0.1 is 0.3."""
    exact = Fraction(repr(step)) * count
    return exact.numerator if exact.denominator == 1 else float(exact)


def multiples(type_: ir.Number, reach: int) -> tuple[int, int]:
    """How many steps there may be, the least and the greatest number, not beyond ``reach`` where there is no limit."""
    step = Fraction(repr(type_.multiple_of))
    low = (
        -reach
        if type_.ge is None and type_.gt is None
        else math.ceil(_exact(type_.ge, type_.gt) / step)
    )
    high = (
        reach
        if type_.le is None and type_.lt is None
        else math.floor(_exact(type_.le, type_.lt) / step)
    )
    if type_.gt is not None and low * step == _exact(type_.gt, None):
        low += 1
    if type_.lt is not None and high * step == _exact(type_.lt, None):
        high -= 1
    if type_.ge is None and type_.gt is None:
        low = min(low, high)
    return low, max(high, low) if type_.le is None and type_.lt is None else high


def _exact(first: float | None, second: float | None) -> Fraction:
    found = first if first is not None else second
    return Fraction(repr(found))
