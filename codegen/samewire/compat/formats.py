"""Formats of texts and their limits, compared by what they stand for."""

from __future__ import annotations

from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

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
        case _:
            return accepted is True and default is False  # a flag that lets more pass


def _is_bounds_wider(produced: Bounds, accepted: Bounds, format_: Format) -> bool:
    try:
        return _is_low_wider(produced, accepted, format_) and _is_high_wider(
            produced, accepted, format_
        )
    except TypeError:  # with a UTC offset and without
        return False


def _is_low_wider(produced: Bounds, accepted: Bounds, format_: Format) -> bool:
    if accepted.low is None:
        return True
    if produced.low is None:
        return False
    mine, other = _value(format_, produced.low), _value(format_, accepted.low)
    return bool(
        mine > other or (mine == other and (accepted.gt is None or produced.gt is not None))
    )


def _is_high_wider(produced: Bounds, accepted: Bounds, format_: Format) -> bool:
    if accepted.high is None:
        return True
    if produced.high is None:
        return False
    mine, other = _value(format_, produced.high), _value(format_, accepted.high)
    return bool(
        mine < other or (mine == other and (accepted.lt is None or produced.lt is not None))
    )


def _value(format_: Format, text: str) -> Any:
    """What a bound stands for, which has an order."""
    value = format_.value(text)
    if isinstance(value, str):
        raise TypeError(text)
    return value
