"""Days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Self

from pydantic_core import SchemaValidator, core_schema

from samewire.scalars import decoded, temporal
from samewire.scalars.base import Draw, Near, Place
from samewire.scalars.bounds import NO_BOUNDS, Bounds
from samewire.scalars.checks import Predicate
from samewire.scalars.decoded import Choices, Form
from samewire.scalars.keywords import Keywords
from samewire.scalars.temporal import Moment, Temporal
from samewire.scalars.temporal_numbers import as_read_moment, of_days, unit_of, unit_read
from samewire.scalars.view import Config, CoreSchema, JsonSchema, View

_SYNTAX: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DAY: Final = dt.timedelta(days=1)
_INVALID: Final = (
    ("2024-02-30", "a day that February lacks"),
    ("2023-02-29", "a day that only leap years have"),
    ("2024-13-01", "a month 13"),
    ("2024-00-10", "a month 0"),
    ("0000-01-01", "year 0"),
    ("2024-1-2", "single digits"),
    ("02.01.2024", "another order"),
    ("2024-01-02T03:04:05", "a time as well"),
    ("today", "no date at all"),
)


@dataclass(frozen=True, slots=True)
class Date(Temporal[dt.date]):
    bounds: Bounds = NO_BOUNDS

    annotations = ("date",)
    kinds = ("date",)
    python = dt.date
    syntax = _SYNTAX
    readable = _SYNTAX
    reader = SchemaValidator(core_schema.date_schema())

    # --- The document -------------------------------------------------------------------------------------------------

    @classmethod
    def of_core(cls, core: CoreSchema, config: Config) -> Self:  # noqa: ARG003 - it has no part in it
        return cls(cls.bounds_of(core))

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:
        return of_days(super(Date, cls).export(core, view), unit_of(view))

    @classmethod
    def read_from_numbers(cls, core: CoreSchema, view: View) -> JsonSchema | None:
        moment = as_read_moment(core, view)
        return None if moment is None else of_days(moment, unit_read(view))

    @classmethod
    def named(cls) -> Mapping[str, Self]:
        return {"date": cls()}

    def limited(self, keywords: Keywords) -> Self:
        return type(self)(keywords.bounds())

    def document(self) -> JsonSchema:
        return {"type": "string", "format": "date", **self.bounds.document()}

    def standard(self) -> JsonSchema:
        return {"format": "date"}

    @classmethod
    def place(cls, text: str) -> Place | None:
        if not _SYNTAX.fullmatch(text):
            return None
        try:
            return "date", dt.date.fromisoformat(text)
        except ValueError:
            return None

    # --- TypeScript ---------------------------------------------------------------------------------------------------

    def label(self) -> str:
        return "date"

    def predicate(self) -> Predicate:
        return Predicate("isDate", "Invalid ISO date")

    def comparison(self) -> str:
        return "compareText"

    def decoded(self, choices: Choices) -> Form | None:
        if choices.days:
            return Form("Date", "localDays", zod="date")
        if choices.dates != "temporal":
            return None
        return decoded.temporal("PlainDate", "plainDates", choices)

    # --- Values -------------------------------------------------------------------------------------------------------

    def examples(self) -> Iterator[Moment]:
        yield dt.date(2024, 1, 2)
        yield from temporal.at_bounds(self, _DAY)
        yield from map(dt.date.fromisoformat, temporal.DATES)

    def invalid(self) -> Iterable[Near]:
        return _INVALID

    def near(self, text: str) -> Iterator[Near]:  # noqa: ARG002 - one step from the bounds
        return temporal.beyond(self, _DAY)

    def draw(self, draw: Draw) -> str:
        low, high = self.bounds.low, self.bounds.high
        return temporal.written(
            draw.date(
                dt.date.min if low is None else self.limit(low),
                dt.date.max if high is None else self.limit(high),
            )
        )
