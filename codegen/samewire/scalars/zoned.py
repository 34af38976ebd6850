"""What points in time and times of day have in common: a UTC offset, or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Final, Self, TypeVar

from samewire.scalars import spelling, temporal
from samewire.scalars.base import Near
from samewire.scalars.bounds import NO_BOUNDS, Bounds
from samewire.scalars.checks import Predicate
from samewire.scalars.keywords import Keywords
from samewire.scalars.spelling import SPELLING, Spelling
from samewire.scalars.temporal import ZONE, Temporal, Zone
from samewire.scalars.view import Config, CoreSchema, JsonSchema

Z = TypeVar("Z", dt.datetime, dt.time)

_PREFIXES: Final = {Zone.ANY: "", Zone.AWARE: "aware", Zone.NAIVE: "naive"}
_EXPECTED: Final = {
    Zone.ANY: "",
    Zone.AWARE: " with a UTC offset",
    Zone.NAIVE: " without a UTC offset",
}


@dataclass(frozen=True, slots=True)
class Zoned(Temporal[Z]):
    """
    ``format`` is the name in a document, ``camel_case`` that in generated code, and ``function`` the predicate's. ``day_patterns``
    match what is before the time of day.
    """

    zone: Zone = Zone.ANY
    bounds: Bounds = NO_BOUNDS
    spelling: Spelling = Spelling.WRITTEN

    format: ClassVar[str]
    camel_case: ClassVar[str]
    function: ClassVar[str]
    day_patterns: ClassVar[Mapping[Spelling, str]]
    keywords = (ZONE, SPELLING)

    # --- The document -------------------------------------------------------------------------------------------------

    @classmethod
    def of_core(cls, core: CoreSchema, config: Config) -> Self:  # noqa: ARG003 - it has no part in it
        return cls(temporal.zone_of(core), cls.bounds_of(core))

    @classmethod
    def named(cls) -> Mapping[str, Self]:
        return {cls.format: cls()}

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        return tuple(cls(zone, spelling=each) for each in Spelling for zone in Zone)

    def limited(self, keywords: Keywords) -> Self:
        spelling_ = keywords.one(SPELLING) or Spelling.WRITTEN
        return type(self)(keywords.one(ZONE) or Zone.ANY, keywords.bounds(), spelling_)

    def document(self) -> JsonSchema:
        zone = temporal.zone_document(self.zone)
        spelled = spelling.document(self.spelling)
        return {
            "type": "string",
            "format": self.format,
            **spelled,
            **zone,
            **self.bounds.document(),
        }

    def standard(self) -> JsonSchema:
        if self.spelling is Spelling.STANDARD:
            return {"format": self.format}
        if (self.spelling, self.zone) == (Spelling.WRITTEN, Zone.AWARE):
            return {"format": self.format}  # RFC 3339 asks for an offset
        clock, offset = temporal.CLOCK_PATTERNS[self.spelling]
        zones = {Zone.AWARE: offset, Zone.NAIVE: "", Zone.ANY: f"{offset}?"}
        day = self.day_patterns[self.spelling]
        local = {"format": f"{self.format}-local"} if self.zone is Zone.NAIVE else {}
        return {**local, "pattern": f"^{day}{clock}{zones[self.zone]}$"}

    def spelled(self, spelling: Spelling) -> Self:
        return replace(self, spelling=spelling)

    # --- TypeScript ---------------------------------------------------------------------------------------------------

    def label(self) -> str:
        prefix, name = _PREFIXES[self.zone], self.camel_case
        whole = f"{prefix}{name[:1].upper()}{name[1:]}" if prefix else name
        return spelling.label(whole, self.spelling)

    def predicate(self) -> Predicate:
        zones = () if self.zone is Zone.ANY else (self.zone.value,)
        message = f"Invalid ISO {self.camel_case.lower()}{_EXPECTED[self.zone]}"
        return Predicate(spelling.predicate(self.function, self.spelling), message, zones)

    def comparison(self) -> str:
        return "compareTimes"

    # --- Values -------------------------------------------------------------------------------------------------------

    def admits(self, moment: Z) -> bool:
        return temporal.has_zone(self.zone, moment) and self.within(moment)

    def near(self, text: str) -> Iterator[Near]:
        moment = self.value(text)
        if moment is not None:
            yield from temporal.other_zones(moment)
        yield from temporal.beyond(self)
