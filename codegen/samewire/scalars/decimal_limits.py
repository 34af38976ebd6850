"""Limits on decimal numbers, as Pydantic checks them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import MAX_PREC, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Final

_USUAL: Final = Context(prec=28, traps=[InvalidOperation, DivisionByZero, Overflow])
_EXACT: Final = Context(prec=MAX_PREC)


def has_digits(value: Decimal, most: int | None, places: int | None) -> bool:
    """Pydantic's limits; each holds for the number as it is or without its trailing zeros."""
    forms = [_digits(value), _digits(value.normalize(_EXACT))]
    if most is not None and all(count > most for count, _ in forms):
        return False
    if places is not None and all(behind > places for _, behind in forms):
        return False
    if most is not None and places is not None:
        return any(count - behind <= max(most - places, 0) for count, behind in forms)
    return True


def _digits(value: Decimal) -> tuple[int, int]:
    """How many digits there are, and how many of them behind the point."""
    _, all_, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        return 0, 0
    if exponent >= 0:
        return len(all_) + exponent, 0
    return max(len(all_), -exponent), -exponent


def is_multiple(value: Decimal, step: str) -> bool:
    # Pydantic divides with the precision of Python's default context, and refuses what needs more.
    try:
        quotient = _USUAL.divide(value, Decimal(step))
        return _USUAL.remainder(quotient, 1) == 0
    except ArithmeticError:
        return False


def longest(whole: int, behind: int) -> Iterator[str]:
    text = "9" * whole or "0"
    if behind:
        text += "." + "9" * behind
    yield from (text, f"-{text}")
