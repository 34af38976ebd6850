"""Dates, times and durations: as Python has them, and as Pydantic writes them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from pydantic_core import SchemaValidator, ValidationError, core_schema, to_json

from samewire import ir

Temporal: TypeAlias = ir.DateTime | ir.Date | ir.Time | ir.Duration
Moment: TypeAlias = dt.datetime | dt.date | dt.time | dt.timedelta

_TIME: Final = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?"
_OFFSET: Final = r"(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?"
_SYNTAX: Final = {
    ir.Date: re.compile(r"\d{4}-\d\d-\d\d", re.ASCII),
    ir.Time: re.compile(_TIME + _OFFSET, re.ASCII),
    ir.DateTime: re.compile(rf"\d{{4}}-\d\d-\d\dT{_TIME}{_OFFSET}", re.ASCII),
    ir.Duration: re.compile(
        r"-?P(?!$)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d{1,6})?S)?)?",
        re.ASCII,
    ),
}
_READERS: Final = {
    ir.Date: SchemaValidator(core_schema.date_schema()),
    ir.Time: SchemaValidator(core_schema.time_schema()),
    ir.DateTime: SchemaValidator(core_schema.datetime_schema()),
    ir.Duration: SchemaValidator(core_schema.timedelta_schema()),
}
ZONES: Final = (
    dt.UTC,
    dt.timezone(dt.timedelta(hours=5, minutes=30)),
    dt.timezone(-dt.timedelta(hours=8)),
    dt.timezone(dt.timedelta(hours=23, minutes=59)),
    dt.timezone(-dt.timedelta(hours=23, minutes=59)),
    dt.timezone(dt.timedelta(minutes=19)),
)
_TICK: Final = dt.timedelta(microseconds=1)
_DAY: Final = dt.timedelta(days=1)
_LONGEST: Final = dt.timedelta(days=999_999_999, hours=23, minutes=59, seconds=59)

_DATES: Final = ("2024-02-29", "1970-01-01", "0001-01-01", "9999-12-31", "1999-12-31", "2000-10-10")
_CLOCKS: Final = ("03:04:05", "00:00:00", "23:59:59.999999", "12:00:00.000678", "07:08:09.120000")
_DURATIONS: Final = (
    dt.timedelta(),
    dt.timedelta(seconds=1),
    dt.timedelta(days=1),
    -_DAY,
    _TICK,
    -_TICK,
    -dt.timedelta(seconds=1, milliseconds=500),
    dt.timedelta(days=400, hours=26, minutes=1, seconds=1, microseconds=20),
    -dt.timedelta(days=800),
    _LONGEST,
    dt.timedelta.min,
)


def written(moment: Moment) -> str:
    return to_json(moment).decode().strip('"')


def read(text: str, kind: type[Temporal]) -> Moment | None:
    """What a text stands for, if the wire may have it like that."""
    if not _SYNTAX[kind].fullmatch(text):
        return None
    try:
        found: Moment = _READERS[kind].validate_python(text)
    except ValidationError:
        return None
    return found


def limit(text: str, kind: type[Temporal]) -> Moment:
    """A bound, which the user may have written in any form that Pydantic reads."""
    found: Moment = _READERS[kind].validate_python(text)
    return found


def fits(format_: Temporal, text: str) -> bool:
    found = read(text, type(format_))
    return found is not None and admits(format_, found)


def admits(format_: Temporal, moment: Moment) -> bool:
    if isinstance(format_, ir.DateTime | ir.Time) and format_.zone is not ir.Zone.ANY:
        aware = getattr(moment, "tzinfo", None) is not None
        if aware is not (format_.zone is ir.Zone.AWARE):
            return False
    bounds, kind = format_.bounds, type(format_)
    return (
        (bounds.ge is None or _order(moment, limit(bounds.ge, kind)) >= 0)
        and (bounds.gt is None or _order(moment, limit(bounds.gt, kind)) > 0)
        and (bounds.le is None or _order(moment, limit(bounds.le, kind)) <= 0)
        and (bounds.lt is None or _order(moment, limit(bounds.lt, kind)) < 0)
    )


def span(format_: Temporal) -> tuple[Moment | None, Moment | None]:
    """The bounds, whether they are in it or not."""
    bounds, kind = format_.bounds, type(format_)
    low, high = bounds.ge or bounds.gt, bounds.le or bounds.lt
    return (
        None if low is None else limit(low, kind),
        None if high is None else limit(high, kind),
    )


def _order(moment: Moment, bound: Moment) -> int:
    """Negative, 0 or positive. Two times of which one has no offset are compared as they read."""
    left, right = _place(moment, bound), _place(bound, moment)
    return 0 if left == right else -1 if left < right else 1


def _place(moment: Moment, other: Moment) -> dt.timedelta:
    offset = dt.timedelta()
    match moment:
        case dt.timedelta():
            return moment
        case dt.datetime():
            day, clock = moment.date(), moment.timetz()
        case dt.date():
            day, clock = moment, dt.time()
        case _:
            day, clock = dt.date(1970, 1, 1), moment
    if clock.tzinfo is not None and getattr(other, "tzinfo", None) is not None:
        offset = clock.utcoffset() or offset
    since = dt.datetime.combine(day, clock.replace(tzinfo=None)) - dt.datetime(1, 1, 1)  # noqa: DTZ001 - as it reads
    return since - offset


def edges(format_: Temporal) -> Iterator[str]:
    """Texts at the edges of what the format admits, and some that are written in another way than most."""
    seen: set[str] = set()
    for moment in (*_common(format_), *_at_bounds(format_), *_rare(format_)):
        text = written(moment)
        if text not in seen and fits(format_, text):
            seen.add(text)
            yield text


def _common(format_: Temporal) -> Iterator[Moment]:
    match format_:
        case ir.Date():
            yield dt.date(2024, 1, 2)
        case ir.Duration():
            yield dt.timedelta(hours=1)
        case ir.Time() | ir.DateTime():
            clock = dt.time(3, 4, 5)
            for tz in (dt.UTC, None):
                moment = dt.datetime.combine(dt.date(2024, 1, 2), clock, tz)
                yield moment if isinstance(format_, ir.DateTime) else moment.timetz()


def _rare(format_: Temporal) -> Iterator[Moment]:
    match format_:
        case ir.Date():
            yield from map(dt.date.fromisoformat, _DATES)
        case ir.Duration():
            yield from _DURATIONS
        case ir.Time() | ir.DateTime():
            clocks = [dt.time.fromisoformat(each) for each in _CLOCKS]
            days = [dt.date.fromisoformat(each) for each in _DATES]
            zones = (None, *ZONES)
            for index in range(max(len(zones), len(days))):
                day, clock = days[index % len(days)], clocks[index % len(clocks)]
                moment = dt.datetime.combine(day, clock, zones[index % len(zones)])
                yield moment if isinstance(format_, ir.DateTime) else moment.timetz()


def _at_bounds(format_: Temporal) -> Iterator[Moment]:
    """The bounds themselves and the nearest value on either side, with each kind of offset that a time may have."""
    bounds, kind = format_.bounds, type(format_)
    for text in (bounds.ge, bounds.gt, bounds.le, bounds.lt):
        if text is None:
            continue
        for moment in _around(limit(text, kind)):
            yield moment
            if isinstance(moment, dt.datetime | dt.time):
                yield moment.replace(tzinfo=None)
                for zone in ZONES[:3]:
                    yield _in_zone(moment, zone)


def _around(bound: Moment) -> Iterator[Moment]:
    yield bound
    step = _DAY if type(bound) is dt.date else _TICK
    for by in (step, -step):
        moved = shifted(bound, by)
        if moved is not None:
            yield moved


def shifted(moment: Moment, by: dt.timedelta) -> Moment | None:
    try:
        if isinstance(moment, dt.time):
            whole = dt.datetime.combine(dt.date(1970, 1, 2), moment) + by
            return whole.timetz() if whole.date() == dt.date(1970, 1, 2) else None
        return moment + by
    except OverflowError:
        return None


def _in_zone(moment: dt.datetime | dt.time, zone: dt.timezone) -> Moment:
    """The same instant with another offset; what has none gets it, and what would leave the years of Python keeps its own."""
    if moment.tzinfo is None or isinstance(moment, dt.time):
        return moment.replace(tzinfo=zone)
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment
