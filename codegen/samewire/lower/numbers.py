"""Numbers: exact bounds and multiples, from any number of schemas that apply at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from samewire import ir
from samewire.lower.formats import decimal_of
from samewire.lower.scope import Scope, Site, whole
from samewire.scalars.floats import REMAINDER


def integer_type(sites: Sequence[Site], scope: Scope) -> ir.Type:
    """
    Integers in the limits. A limit between two integers moves inward to the next one; ``1 < x`` stays as it is written.
    """
    ge = max(map(math.ceil, limits(sites, "minimum", scope)), default=None)
    gt = max(map(math.floor, limits(sites, "exclusiveMinimum", scope)), default=None)
    le = min(map(math.floor, limits(sites, "maximum", scope)), default=None)
    lt = min(map(math.ceil, limits(sites, "exclusiveMaximum", scope)), default=None)
    if ge is not None and gt is not None:
        ge, gt = (None, gt) if gt >= ge else (ge, None)
    if le is not None and lt is not None:
        le, lt = (None, lt) if lt <= le else (le, None)
    low = ge if gt is None else gt + 1
    high = le if lt is None else lt - 1
    if low is not None and high is not None and low > high:
        return ir.Never()
    multiple = multiple_of(sites, scope)
    # An integer is a multiple of p/q, in lowest terms, if it is one of p.
    step = multiple.numerator if multiple is not None and multiple.numerator != 1 else None
    return ir.Integer(ge=ge, gt=gt, le=le, lt=lt, multiple_of=step)


def number_type(sites: Sequence[Site], scope: Scope) -> ir.Type:
    ge = max(limits(sites, "minimum", scope), default=None)
    gt = max(limits(sites, "exclusiveMinimum", scope), default=None)
    le = min(limits(sites, "maximum", scope), default=None)
    lt = min(limits(sites, "exclusiveMaximum", scope), default=None)
    if ge is not None and gt is not None:
        ge, gt = (None, gt) if gt >= ge else (ge, None)
    if le is not None and lt is not None:
        le, lt = (None, lt) if lt <= le else (le, None)
    low, high = ge if gt is None else gt, le if lt is None else lt
    open_ = gt is not None or lt is not None
    if low is not None and high is not None and (low >= high if open_ else low > high):
        return ir.Never()
    multiple = multiple_of(sites, scope)
    step = None if multiple is None else _json_number(multiple)
    if multiple is not None and step is None:
        message = (
            "the least common multiple of all multipleOf that apply here is not a decimal number"
        )
        scope.refuse("no-exact-form", sites[0].pointer, message, "write one multipleOf")
    return ir.Number(
        ge, gt, le, lt, step, _has_no_remainder(sites, scope), decimal_of(sites, scope)
    )


def limits(sites: Sequence[Site], keyword: str, scope: Scope) -> list[int | float]:
    """The values of a keyword in all schemas that have it."""
    return [value for site in sites if (value := scope.number(site, keyword)) is not None]


def multiple_of(sites: Sequence[Site], scope: Scope) -> Fraction | None:
    """What a number has to be a multiple of, for it to be one of all that the schemas ask for."""
    result: Fraction | None = None
    for site in sites:
        value = scope.number(site, "multipleOf")
        if value is None:
            continue
        if value <= 0:
            scope.invalid(site, "multipleOf", "a number above 0")
            continue
        step = as_written(value)
        if result is None:
            result = step
        else:
            numerator = math.lcm(result.numerator, step.numerator)
            result = Fraction(numerator, math.gcd(result.denominator, step.denominator))
    return result


def _has_no_remainder(sites: Sequence[Site], scope: Scope) -> bool:
    return any(scope.flag(site, REMAINDER.name) for site in sites)


def as_written(value: float) -> Fraction:
    """The number as it is written: 0.1 is a tenth, not the double nearest to it."""
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def _json_number(value: Fraction) -> int | float | None:
    if value.denominator == 1:
        return value.numerator
    try:
        double = float(value)
    except OverflowError:
        return None
    return whole(double) if as_written(double) == value else None
