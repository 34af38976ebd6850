"""Durations: ISO 8601 as Pydantic writes it, signed, with fractions of seconds and years of 365 days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, Self

from pydantic_core import SchemaValidator, core_schema

from samewire.scalars import decoded, spelling, temporal
from samewire.scalars.base import Draw, Near, Place
from samewire.scalars.bounds import NO_BOUNDS, Bounds
from samewire.scalars.checks import Limit, Predicate
from samewire.scalars.decoded import Choices, Form
from samewire.scalars.keywords import Keyword, Keywords
from samewire.scalars.spelling import SPELLING, Spelling
from samewire.scalars.temporal import Moment, Temporal
from samewire.scalars.temporal_numbers import as_number, as_read_seconds, unit_written
from samewire.scalars.view import Config, CoreSchema, JsonSchema, View, is_strict

_PARTS: Final = (
    r"P(?=[0-9T])(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?(?:(?P<weeks>[0-9]+)W)?(?:(?P<days>[0-9]+)D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]+)H)?(?:(?P<minutes>[0-9]+)M)?(?:(?P<seconds>[0-9]+(?:\.[0-9]%s)?)S)?)?"
)
_SYNTAX: Final = re.compile("-?" + _PARTS % "{1,6}")
# A bound may have a plus sign and more digits.
_BOUND: Final = re.compile("(?P<sign>[+-]?)" + _PARTS % "+")
# Pydantic's: a year has 365 days and a month 30.
_UNITS: Final = {
    "years": 365 * 86400,
    "months": 30 * 86400,
    "weeks": 7 * 86400,
    "days": 86400,
    "hours": 3600,
    "minutes": 60,
    "seconds": 1,
}
_WRITTEN_PATTERN: Final = (
    r"-?P(?!$)(?:[1-9]\d*Y)?(?:[1-9]\d{0,2}D)?"
    r"(?:T(?=\d)(?:[12]?\dH)?(?:[1-5]?\dM)?(?:[1-5]?\d(?:\.\d{1,6})?S)?)?"
)
_READABLE_PATTERN: Final = r"[+-]?P(?=[\dT])(?:\d+[YMWD])*(?:\d+[.,]\d*[YMWD](?=T?$))?(?:T(?:\d+[HMS])*(?:\d+[.,]\d*[HMS])?)?"
_CLOCK_PATTERN: Final = r"[+-]?(?=.)(?:\d+ ?[Dd](?:ays?|AYS?)?(?:,? ?(?=[\d:])|,? ?$))?(?:\d*:[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?)?"
_SECONDS: Final[JsonSchema] = {
    "minimum": int(dt.timedelta.min.total_seconds()),
    "exclusiveMaximum": int(dt.timedelta.max.total_seconds()),
}
_EXAMPLES: Final = (
    dt.timedelta(),
    dt.timedelta(seconds=1),
    dt.timedelta(days=1),
    -dt.timedelta(days=1),
    temporal.TICK,
    -temporal.TICK,
    -dt.timedelta(seconds=1, milliseconds=500),
    dt.timedelta(days=400, hours=26, minutes=1, seconds=1, microseconds=20),
    -dt.timedelta(days=800),
    dt.timedelta(days=999_999_999, hours=23, minutes=59, seconds=59),
    dt.timedelta.min,
)
_INVALID: Final = (
    ("P", "nothing in it"),
    ("PT", "nothing behind the T"),
    ("1 hour", "words"),
    ("P1S", "seconds before the T"),
    ("PT1.5.5S", "two points"),
    ("P1000000000D", "a billion days"),
)


def _step(value: object) -> str | None:
    found = _BOUND.fullmatch(value) if isinstance(value, str) else None
    return None if found is None else found[0]


MULTIPLE_OF: Final = Keyword("x-samewire-multiple-of-duration", "an ISO 8601 duration", _step)


@dataclass(frozen=True, slots=True)
class Duration(Temporal[dt.timedelta]):
    bounds: Bounds = NO_BOUNDS
    multiple_of: str | None = None
    spelling: Spelling = Spelling.WRITTEN

    annotations = ("timedelta",)
    kinds = ("timedelta",)
    python = dt.timedelta
    syntax = _SYNTAX
    readable = re.compile(r".*[:DPdHMSWY].*", re.ASCII)
    reader = SchemaValidator(core_schema.timedelta_schema())
    keywords = (MULTIPLE_OF, SPELLING)

    # --- The document -------------------------------------------------------------------------------------------------

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:
        text = replace(
            cls.of_core(core, view.config), spelling=temporal.spelled_in(view)
        ).document()
        unit = unit_written(view)
        if view.emits:
            return text if unit is None else as_number(core, unit)
        if unit == "seconds" and not is_strict(core, view):
            # What is written as seconds is read as seconds, as far as a timedelta goes.
            return {"anyOf": [{**_SECONDS, **as_read_seconds(core)}, text]}
        return text

    @classmethod
    def of_core(cls, core: CoreSchema, config: Config) -> Self:  # noqa: ARG003 - it has no part in it
        step = core.get("multiple_of")
        return cls(
            cls.bounds_of(core),
            None if step is None else temporal.written(cls.reader.validate_python(step)),
        )

    @classmethod
    def named(cls) -> Mapping[str, Self]:
        return {"duration": cls()}

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        return tuple(cls(spelling=each) for each in Spelling)

    def limited(self, keywords: Keywords) -> Self:
        return type(self)(
            keywords.bounds(), keywords.one(MULTIPLE_OF), keywords.one(SPELLING) or Spelling.WRITTEN
        )

    def document(self) -> JsonSchema:
        step = {} if self.multiple_of is None else {MULTIPLE_OF.name: self.multiple_of}
        spelled = spelling.document(self.spelling)
        return {"type": "string", "format": "duration", **spelled, **step, **self.bounds.document()}

    def standard(self) -> JsonSchema:
        match self.spelling:
            case Spelling.WRITTEN:
                return {"pattern": f"^{_WRITTEN_PATTERN}$"}
            case Spelling.READ:
                return {"pattern": f"^(?:{_READABLE_PATTERN}|{_CLOCK_PATTERN})$"}
            case Spelling.STANDARD:
                return {"format": "duration"}

    @classmethod
    def place(cls, text: str) -> Place | None:
        found = _BOUND.fullmatch(text)
        if not found:
            return None
        seconds = sum(Fraction(found[name] or 0) * unit for name, unit in _UNITS.items())
        return "duration", -seconds if found["sign"] == "-" else seconds

    # --- TypeScript ---------------------------------------------------------------------------------------------------

    def label(self) -> str:
        return spelling.label("duration", self.spelling)

    def predicate(self) -> Predicate:
        name = spelling.predicate("Duration", self.spelling)
        return Predicate(name, "Invalid ISO duration")

    def comparison(self) -> str:
        return "compareDurations"

    def limits(self) -> tuple[Limit, ...]:
        step = self.multiple_of
        if step is None:
            return ()
        message = f"Invalid ISO duration: must be a multiple of {step}"
        return (Predicate("isDurationMultipleOf", message, (step,)),)

    def decoded(self, choices: Choices) -> Form | None:
        if choices.dates != "temporal":
            return None
        return decoded.temporal("Duration", "temporalDurations", choices)

    # --- Values -------------------------------------------------------------------------------------------------------

    def examples(self) -> Iterator[Moment]:
        yield dt.timedelta(hours=1)
        yield from temporal.at_bounds(self)
        yield from _EXAMPLES
        if self.multiple_of is not None:
            step = self.limit(self.multiple_of)
            yield from (step, -step, step * 3)

    def admits(self, moment: dt.timedelta) -> bool:
        step = None if self.multiple_of is None else self.limit(self.multiple_of)
        return self.within(moment) and not (step and moment % step)

    def invalid(self) -> Iterable[Near]:
        return _INVALID

    def draw(self, draw: Draw) -> str:
        low, high = self.bounds.low, self.bounds.high
        drawn = draw.timedelta(
            dt.timedelta.min if low is None else self.limit(low),
            dt.timedelta.max if high is None else self.limit(high),
        )
        step = None if self.multiple_of is None else self.limit(self.multiple_of)
        return temporal.written(drawn if step is None else drawn // step * step)
