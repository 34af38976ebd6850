"""Decimal numbers in text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import MAX_PREC, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Final

from samewire import ir

_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+-]?\d{1,15})?", re.ASCII)
_SPECIAL: Final = re.compile(r"[+-]?(?:Infinity|s?NaN\d*)", re.ASCII)
_USUAL: Final = Context(prec=28, traps=[InvalidOperation, DivisionByZero, Overflow])
_EXACT: Final = Context(prec=MAX_PREC)
_FORMS: Final = (
    "1.50",
    "0",
    "1",
    "-1",
    "-0",
    "0.00",
    "1E+2",
    "0E-10",
    "1.5E-7",
    "-123456789.987654321",
    "12345678901234567890.12345678901234567890",
    "0.1",
    "9",
    "10",
    "99",
    "0.01",
    "0.001",
    "100",
    "1000",
    "1E+30",
)
_SPECIALS: Final = ("NaN", "Infinity", "-Infinity")


def fits(format_: ir.Decimal, text: str) -> bool:
    if _SPECIAL.fullmatch(text):
        bounds = format_.bounds
        free = bounds == ir.NO_BOUNDS and format_.multiple_of is None
        return format_.allow_special and free and not _limits_digits(format_)
    if not _NUMBER.fullmatch(text):
        return False
    try:
        value = Decimal(text)
    except InvalidOperation:
        return False
    return (
        _within(format_.bounds, value)
        and _has_digits(format_, value)
        and _is_multiple(format_, value)
    )


def _limits_digits(format_: ir.Decimal) -> bool:
    return format_.max_digits is not None or format_.decimal_places is not None


def _within(bounds: ir.Bounds, value: Decimal) -> bool:
    return (
        (bounds.ge is None or value >= Decimal(bounds.ge))
        and (bounds.gt is None or value > Decimal(bounds.gt))
        and (bounds.le is None or value <= Decimal(bounds.le))
        and (bounds.lt is None or value < Decimal(bounds.lt))
    )


def _has_digits(format_: ir.Decimal, value: Decimal) -> bool:
    """Pydantic's limits; each holds for the number as it is or without its trailing zeros."""
    forms = [_digits(value)]
    if value:
        forms.append(_digits(value.normalize(_EXACT)))
    most, places = format_.max_digits, format_.decimal_places
    if most is not None and all(digits > most for digits, _ in forms):
        return False
    if places is not None and all(decimals > places for _, decimals in forms):
        return False
    if most is not None and places is not None:
        return any(digits - decimals <= max(most - places, 0) for digits, decimals in forms)
    return True


def _digits(value: Decimal) -> tuple[int, int]:
    """How many digits there are, and how many of them behind the point."""
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        return 0, 0
    if exponent >= 0:
        return len(digits) + exponent, 0
    return max(len(digits), -exponent), -exponent


def _is_multiple(format_: ir.Decimal, value: Decimal) -> bool:
    if format_.multiple_of is None:
        return True
    # Pydantic divides with the precision of Python's default context, and refuses what needs more.
    try:
        return _USUAL.remainder(_USUAL.divide(value, Decimal(format_.multiple_of)), 1) == 0
    except ArithmeticError:
        return False


def edges(format_: ir.Decimal) -> Iterator[str]:
    seen: dict[str, None] = dict.fromkeys(_FORMS)
    seen |= dict.fromkeys(_derived(format_))
    if format_.allow_special:
        seen |= dict.fromkeys(_SPECIALS)
    yield from (text for text in seen if fits(format_, text))


def _derived(format_: ir.Decimal) -> Iterator[str]:
    step = smallest_step(format_)
    for text in (format_.bounds.ge, format_.bounds.gt, format_.bounds.le, format_.bounds.lt):
        if text is not None:
            bound = Decimal(text)
            yield from map(str, (bound, bound + step, bound - step))
            if format_.multiple_of is not None:
                unit = Decimal(format_.multiple_of)
                nearest = (bound / unit).to_integral_value() * unit
                yield from map(str, (nearest, nearest + unit, nearest - unit))
    if format_.multiple_of is not None:
        unit = Decimal(format_.multiple_of)
        yield from map(str, (unit, -unit, unit * 7))
    digits, places = format_.max_digits, format_.decimal_places
    if digits is not None:
        behind = min(places, digits) if places is not None else 0
        yield from _longest(digits - behind, behind)
        yield from _longest(0, digits if places is None else behind)
    elif places is not None:
        yield from _longest(3, places)


def _longest(whole: int, behind: int) -> Iterator[str]:
    text = "9" * whole or "0"
    if behind:
        text += "." + "9" * behind
    yield from (text, f"-{text}")


def smallest_step(format_: ir.Decimal) -> Decimal:
    """The least difference between two numbers that the format tells apart, of those that examples use."""
    if format_.multiple_of is not None:
        return Decimal(format_.multiple_of)
    return Decimal(1).scaleb(-(6 if format_.decimal_places is None else format_.decimal_places))
