"""Points in time, with a UTC offset or without."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from pydantic_core import SchemaValidator, core_schema

from samewire.scalars import decoded, temporal
from samewire.scalars.base import Draw, Near, Place, UnrepresentableError
from samewire.scalars.decoded import Choices, Form
from samewire.scalars.spelling import Spelling
from samewire.scalars.temporal import OFFSET, TIME, Moment, Zone
from samewire.scalars.temporal_numbers import as_read_moment
from samewire.scalars.view import CoreSchema, JsonSchema, View
from samewire.scalars.zoned import Zoned

_SYNTAX: Final = re.compile(rf"\d{{4}}-\d\d-\d\dT{TIME}{OFFSET}", re.ASCII)
# A bound may lack its seconds, and have a space before its time.
_BOUND: Final = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII
)
PROMISED: Final[Mapping[str, Zone]] = {"aware": Zone.AWARE, "utc": Zone.NAIVE}
"""What a ``datetime`` without a declared zone has, by the promise that the configuration makes."""
_ZONE_HINT: Final = (
    'annotate it as AwareDatetime or NaiveDatetime, or say it of all in the configuration: datetimes = "aware" (each has a UTC'
    ' offset) or datetimes = "utc" (none has one, and all are UTC)'
)
_INVALID: Final = (
    ("not a date", "no date at all"),
    ("2024-02-30T03:04:05Z", "a day that February lacks"),
    ("2024-13-01T03:04:05Z", "a month 13"),
    ("2024-01-02T24:00:00Z", "hour 24"),
    ("2024-01-02T03:60:00Z", "minute 60"),
    ("2024-01-02T03:04:05+25:00", "an offset beyond a day"),
    ("2024-01-02", "no time"),
    ("03:04:05", "no date"),
    ("0000-01-02T03:04:05Z", "year 0"),
    ("12024-01-02T03:04:05Z", "a year of five digits"),
    ("2024-1-2T03:04:05Z", "single digits"),
    ("Tue, 02 Jan 2024 03:04:05 GMT", "an HTTP date"),
)


@dataclass(frozen=True, slots=True)
class DateTime(Zoned[dt.datetime]):
    annotations = ("datetime", "AwareDatetime", "NaiveDatetime")
    kinds = ("datetime",)
    format = "date-time"
    camel_case = "dateTime"
    function = "DateTime"
    day_patterns: ClassVar = {
        Spelling.WRITTEN: f"{temporal.DAY_PATTERN}T",
        Spelling.READ: f"{temporal.DAY_PATTERN}[Tt _]",
    }
    python = dt.datetime
    syntax = _SYNTAX
    readable = re.compile(r"\d{4}-\d\d-\d\d[Tt _]\d\d:\d\d.*", re.ASCII)
    reader = SchemaValidator(core_schema.datetime_schema())

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:
        promised = PROMISED.get(view.datetimes)
        if promised is not None and core.get("tz_constraint") is None:
            core = {**core, "tz_constraint": promised.value}
        return super(DateTime, cls).export(core, view)

    @classmethod
    def read_from_numbers(cls, core: CoreSchema, view: View) -> JsonSchema | None:
        return None if core.get("tz_constraint") == "naive" else as_read_moment(core, view)

    @classmethod
    def place(cls, text: str) -> Place | None:
        if not _BOUND.fullmatch(text):
            return None
        try:
            moment = dt.datetime.fromisoformat(text)
        except ValueError:
            return None
        return ("naive", moment) if moment.tzinfo is None else ("aware", moment)

    def decoded(self, choices: Choices) -> Form | None:
        if choices.dates == "string":
            return None
        if self.zone is Zone.ANY:
            message = "a datetime that may lack a UTC offset is not always an instant"
            raise UnrepresentableError("date-zone", message, _ZONE_HINT)
        is_instant = self.zone is Zone.AWARE or choices.utc
        if choices.dates == "temporal":
            if not is_instant:
                return decoded.temporal("PlainDateTime", "plainDateTimes", choices)
            codec = "awareInstants" if self.zone is Zone.AWARE else "utcInstants"
            return decoded.temporal("Instant", codec, choices)
        codec = "awareDates" if self.zone is Zone.AWARE else "utcDates"
        return Form("Date", codec, zod="date", maker="new Date") if is_instant else None

    def examples(self) -> Iterator[Moment]:
        for zone in (dt.UTC, None):
            yield dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=zone)
        yield from temporal.at_bounds(self)
        zones = (None, *temporal.ZONES)
        for index, zone in enumerate(zones):
            day = temporal.DATES[index % len(temporal.DATES)]
            clock = temporal.CLOCKS[index % len(temporal.CLOCKS)]
            yield dt.datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=zone)

    def invalid(self) -> Iterable[Near]:
        return _INVALID

    def draw(self, draw: Draw) -> str:
        limits = [
            None if each is None else self.limit(each)
            for each in (self.bounds.low, self.bounds.high)
        ]
        aware = any(each is not None and each.tzinfo is not None for each in limits)
        low, high = (
            None
            if each is None
            else (each.astimezone(dt.UTC) if each.tzinfo else each).replace(tzinfo=None)
            for each in limits
        )
        moment = draw.date_time(low or dt.datetime.min, high or dt.datetime.max)  # noqa: DTZ901 - as it reads
        zone = temporal.draw_zone(draw, self.zone)
        if zone is None or not aware:
            return temporal.written(moment.replace(tzinfo=zone))
        try:
            return temporal.written(moment.replace(tzinfo=dt.UTC).astimezone(zone))
        except OverflowError:
            return temporal.written(moment.replace(tzinfo=dt.UTC))
