"""Compares formats of texts and their limits by their values."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from fractions import Fraction
from operator import gt, lt
from typing import Any

from samewire.compat.ends import End, is_inside
from samewire.scalars.base import Format
from samewire.scalars.bounds import Bounds
from samewire.scalars.decimals import Decimal
from samewire.scalars.spelling import Spelling
from samewire.scalars.temporal import Zone


def is_proved(produced: Format | None, accepted: Format) -> bool:
    """Whether each limit of the accepted format is one of the produced format, or a wider one."""
    if produced is None or type(produced) is not type(accepted):
        return False
    if isinstance(produced, Decimal) and isinstance(accepted, Decimal):
        if not _are_digits_wider(produced, accepted) or not _is_step_wider(produced, accepted):
            return False
        accepted = replace(
            accepted,
            max_digits=produced.max_digits,
            decimal_places=produced.decimal_places,
            multiple_of=produced.multiple_of,
        )
    return all(
        _is_wider(
            getattr(produced, each.name), getattr(accepted, each.name), each.default, produced
        )
        for each in fields(accepted)  # type: ignore[arg-type]  # each format is a dataclass
    )


def _are_digits_wider(produced: Decimal, accepted: Decimal) -> bool:
    """Digits in all, behind the point and before it: where both are limited, those before it are the difference."""
    most, places = accepted.max_digits, accepted.decimal_places
    if most is not None and (produced.max_digits is None or produced.max_digits > most):
        return False
    if places is None:
        return True
    if produced.decimal_places is None or produced.decimal_places > places:
        return False
    return most is None or (produced.max_digits or 0) - produced.decimal_places <= most - places


def _is_step_wider(produced: Decimal, accepted: Decimal) -> bool:
    if accepted.multiple_of is None or produced.multiple_of is None:
        return accepted.multiple_of is None
    return (Fraction(produced.multiple_of) / Fraction(accepted.multiple_of)).denominator == 1


def _is_wider(produced: Any, accepted: Any, default: Any, format_: Format) -> bool:
    if produced == accepted:
        return True
    match accepted:
        case Spelling():
            return produced is Spelling.WRITTEN and accepted is Spelling.READ
        case Zone():
            return accepted is Zone.ANY
        case Bounds():
            return _is_bounds_wider(produced, accepted, format_)
        case None | ():
            return True
        case tuple():  # what there may be, such as schemes
            return bool(produced) and set(produced) <= set(accepted)
        case _:
            return accepted is True and default is False  # a flag that lets more pass


def _is_bounds_wider(produced: Bounds, accepted: Bounds, format_: Format) -> bool:
    try:
        low, high = _ends(produced, format_)
        least, most = _ends(accepted, format_)
        return is_inside(low, least, gt) and is_inside(high, most, lt)
    except TypeError:  # with a UTC offset and without, or without an order
        return False


def _ends(bounds: Bounds, format_: Format) -> tuple[End | None, End | None]:
    low, high = bounds.low, bounds.high
    return (
        None if low is None else _end(_value(low, format_), bounds.gt is not None, 1),
        None if high is None else _end(_value(high, format_), bounds.lt is not None, -1),
    )


def _end(value: object, is_open: bool, inward: int) -> End:
    """Between two days there is none, so that the last one before a day is known."""
    if is_open and isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        if value in (dt.date.min, dt.date.max):
            return End(value, open=True)
        return End(value + dt.timedelta(days=inward))
    return End(value, is_open)


def _value(text: str, format_: Format) -> object:
    """What a bound stands for, which has an order."""
    value = format_.value(text)
    if value is None or isinstance(value, str):
        raise TypeError(text)
    return value
