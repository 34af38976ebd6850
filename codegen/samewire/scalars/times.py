"""Times of day, with a UTC offset or without."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from pydantic_core import SchemaValidator, core_schema

from samewire.scalars import decoded, temporal
from samewire.scalars.base import Draw, Near, Place, UnrepresentableError
from samewire.scalars.bounds import NUMERIC
from samewire.scalars.decoded import Choices, Form
from samewire.scalars.spelling import Spelling
from samewire.scalars.temporal import OFFSET, TIME, Moment, Zone
from samewire.scalars.temporal_numbers import (
    Unit,
    as_number,
    as_read_seconds,
    unit_of,
    within,
)
from samewire.scalars.view import CoreSchema, JsonSchema, View, is_strict
from samewire.scalars.zoned import Zoned

_SYNTAX: Final = re.compile(TIME + OFFSET, re.ASCII)
# A bound may lack its seconds.
_BOUND: Final = re.compile(r"\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?P<zone>Z|[+-]\d\d:\d\d)?", re.ASCII)
_INVALID: Final = (
    ("24:00:00", "hour 24"),
    ("03:60:00", "minute 60"),
    ("03:04:60", "second 60"),
    ("3:04:05", "a single digit"),
    ("03:04:05+25:00", "an offset beyond a day"),
    ("noon", "no time at all"),
    ("2024-01-02T03:04:05Z", "a date as well"),
)


# Half a microsecond more is rounded to a whole day.
_SECONDS: Final[JsonSchema] = {"minimum": 0, "maximum": 86_399.999_999_5}


@dataclass(frozen=True, slots=True)
class Time(Zoned[dt.time]):
    annotations = ("time",)
    kinds = ("time",)
    format = "time"
    camel_case = "time"
    function = "Time"
    day_patterns: ClassVar = {Spelling.WRITTEN: "", Spelling.READ: ""}
    python = dt.time
    syntax = _SYNTAX
    readable = re.compile(r"\d\d:\d\d.*", re.ASCII)
    reader = SchemaValidator(core_schema.time_schema())

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:
        if view.times == "naive":
            core = {**core, "tz_constraint": "naive"}
        return super(Time, cls).export(core, view)

    @classmethod
    def written_as_number(cls, core: CoreSchema, unit: Unit) -> JsonSchema:
        end = 86_399.999_999 if unit == "seconds" else 86_399_999.999
        return within(as_number(core, unit), {"minimum": 0, "maximum": end})

    @classmethod
    def read_from_numbers(cls, core: CoreSchema, view: View) -> JsonSchema | None:
        """What is written as seconds is read as seconds, in UTC."""
        bounds = (core.get(name) for name in NUMERIC)
        moves = any(isinstance(bound, dt.time) and bound.tzinfo is not None for bound in bounds)
        is_written = unit_of(replace(view, mode="serialization")) == "seconds"
        if not is_written or is_strict(core, view) or moves or core.get("tz_constraint") == "naive":
            return None
        return within(as_read_seconds(core), _SECONDS)

    def decoded(self, choices: Choices) -> Form | None:
        if choices.dates != "temporal":
            return None
        if self.zone is Zone.NAIVE:
            return decoded.temporal("PlainTime", "plainTimes", choices)
        message = "a time that may have a UTC offset is no Temporal.PlainTime, which has none"
        hint = 'say it of all in the configuration: times = "naive" (none has a UTC offset)'
        raise UnrepresentableError("date-zone", message, hint)

    @classmethod
    def place(cls, text: str) -> Place | None:
        found = _BOUND.fullmatch(text)
        if not found:
            return None
        try:
            moment = dt.time.fromisoformat(text)
        except ValueError:
            return None
        return (found["zone"] or "naive", moment.replace(tzinfo=None))

    def examples(self) -> Iterator[Moment]:
        for zone in (dt.UTC, None):
            yield dt.time(3, 4, 5, tzinfo=zone)
        yield from temporal.at_bounds(self)
        for index, zone in enumerate((None, *temporal.ZONES)):
            clock = temporal.CLOCKS[index % len(temporal.CLOCKS)]
            yield dt.time.fromisoformat(clock).replace(tzinfo=zone)
        yield from map(dt.time.fromisoformat, temporal.CLOCKS)

    def invalid(self) -> Iterable[Near]:
        return _INVALID

    def draw(self, draw: Draw) -> str:
        low, high = (
            None if each is None else self.limit(each)
            for each in (self.bounds.low, self.bounds.high)
        )
        clock = draw.time(
            dt.time.min if low is None else low.replace(tzinfo=None),
            dt.time.max if high is None else high.replace(tzinfo=None),
        )
        offset = None if low is None else low.tzinfo
        return temporal.written(clock.replace(tzinfo=temporal.draw_zone(draw, self.zone, offset)))
