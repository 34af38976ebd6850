"""
Bounds of formats, in the format's own text (``formatMinimum``, as ajv-formats has it).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Final, TypeAlias

from samewire import ir
from samewire.lower.scope import Scope, Site
from samewire.schema.keywords import ORDERED
from samewire.schema.pointers import Pointer

_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
# ISO 8601 as Pydantic writes it, with the weeks that it reads.
_DURATION: Final = re.compile(
    r"(?P<sign>[+-]?)P(?=[0-9T])(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?(?:(?P<weeks>[0-9]+)W)?(?:(?P<days>[0-9]+)D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]+)H)?(?:(?P<minutes>[0-9]+)M)?(?:(?P<seconds>[0-9]+(?:\.[0-9]+)?)S)?)?"
)
# Pydantic's: a year has 365 days and a month 30.
_SECONDS: Final = {
    "years": 365 * 86400,
    "months": 30 * 86400,
    "weeks": 7 * 86400,
    "days": 86400,
    "hours": 3600,
    "minutes": 60,
    "seconds": 1,
}
_DATE_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ](?P<time>.*)")
_TIME: Final = re.compile(
    r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?"
)
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Place: TypeAlias = "tuple[str, Any]"
"""A kind of value, and its place among those of its kind; two kinds have no order."""


@dataclass(frozen=True, slots=True)
class _Bound:
    text: str
    kind: str
    place: Any
    exclusive: bool
    lower: bool
    pointer: Pointer

    def is_stricter_than(self, other: _Bound) -> bool:
        if self.place == other.place:
            return self.exclusive and not other.exclusive
        return bool(self.place > other.place) == self.lower


def bounds_of(format_: str, sites: Sequence[Site], scope: Scope) -> ir.Bounds:
    """The strictest bounds of all schemas; where two can't be compared, an error."""
    found = [
        bound for site in sites for key in ORDERED if (bound := _read(site, key, format_, scope))
    ]
    low = _strictest([each for each in found if each.lower], scope)
    high = _strictest([each for each in found if not each.lower], scope)
    return ir.Bounds(
        ge=low.text if low and not low.exclusive else None,
        gt=low.text if low and low.exclusive else None,
        le=high.text if high and not high.exclusive else None,
        lt=high.text if high and high.exclusive else None,
    )


def decimal_of(text: str) -> Decimal | None:
    if not _DECIMAL.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _read(site: Site, keyword: str, format_: str, scope: Scope) -> _Bound | None:
    text = scope.text(site, keyword)
    if text is None:
        return None
    place = _PLACES[format_](text)
    if place is None:
        scope.invalid(site, keyword, f"the text of a {format_}")
        return None
    return _Bound(text, *place, "Exclusive" in keyword, "Minimum" in keyword, site.at(keyword))


def _strictest(bounds: Sequence[_Bound], scope: Scope) -> _Bound | None:
    """Of bounds on the same side."""
    best: _Bound | None = None
    for bound in bounds:
        if best is not None and bound.kind != best.kind:
            message = f"{bound.text} and {best.text} can't be compared"
            scope.refuse("no-exact-form", bound.pointer, message, "keep one of the two bounds")
        elif best is None or bound.is_stricter_than(best):
            best = bound
    return best


# --- Order ------------------------------------------------------------------------------------------------------------


def _date(text: str) -> Place | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        return "date", dt.date.fromisoformat(text)
    except ValueError:
        return None


def _date_time(text: str) -> Place | None:
    split = _DATE_TIME.fullmatch(text)
    if not split or not _TIME.fullmatch(split["time"]):
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return ("naive", moment) if moment.tzinfo is None else ("aware", moment)


def _time(text: str) -> Place | None:
    found = _TIME.fullmatch(text)
    if not found:
        return None
    try:
        moment = dt.time.fromisoformat(text)
    except ValueError:
        return None
    return (found["zone"] or "naive", moment.replace(tzinfo=None))


def _duration(text: str) -> Place | None:
    found = _DURATION.fullmatch(text)
    if not found:
        return None
    seconds = sum(Fraction(found[name] or 0) * unit for name, unit in _SECONDS.items())
    return "duration", -seconds if found["sign"] == "-" else seconds


def _decimal(text: str) -> Place | None:
    number = decimal_of(text)
    return None if number is None else ("decimal", number)


_PLACES: Final[dict[str, Callable[[str], Place | None]]] = {
    "date": _date,
    "date-time": _date_time,
    "time": _time,
    "duration": _duration,
    "decimal": _decimal,
}
