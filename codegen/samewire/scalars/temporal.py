"""
What dates, times and durations have in common: how Pydantic writes and reads them, their numbers, and their order.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from abc import abstractmethod
from collections.abc import Iterator
from enum import Enum
from typing import Any, ClassVar, Final, Generic, Self, TypeAlias, TypeVar, cast

from pydantic_core import SchemaValidator, ValidationError, to_json

from samewire.scalars.base import Draw, Near, Ordered
from samewire.scalars.bounds import Bounds
from samewire.scalars.keywords import Keyword
from samewire.scalars.spelling import Spelling, spelling_of
from samewire.scalars.temporal_numbers import Unit, as_number, unit_of
from samewire.scalars.view import CoreSchema, JsonSchema, View

Moment: TypeAlias = dt.datetime | dt.date | dt.time | dt.timedelta
M = TypeVar("M", dt.datetime, dt.date, dt.time, dt.timedelta)

TIME: Final = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?"
OFFSET: Final = r"(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?"
DAY_PATTERN: Final = r"(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
CLOCK_PATTERNS: Final = {
    Spelling.WRITTEN: (
        r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{6})?",
        r"(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)",
    ),
    Spelling.READ: (
        r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?",
        r"(?:[Zz]|[+\u2212-](?:[01]\d|2[0-3]):?[0-5]\d)",
    ),
}
"""A time of day and its UTC offset, in JavaScript's syntax."""
ZONES: Final = (
    dt.UTC,
    dt.timezone(dt.timedelta(hours=5, minutes=30)),
    dt.timezone(-dt.timedelta(hours=8)),
    dt.timezone(dt.timedelta(hours=23, minutes=59)),
    dt.timezone(-dt.timedelta(hours=23, minutes=59)),
    dt.timezone(dt.timedelta(minutes=19)),
)
TICK: Final = dt.timedelta(microseconds=1)
DATES: Final = ("2024-02-29", "1970-01-01", "0001-01-01", "9999-12-31", "1999-12-31", "2000-10-10")
CLOCKS: Final = ("03:04:05", "00:00:00", "23:59:59.999999", "12:00:00.000678", "07:08:09.120000")


class Zone(Enum):
    """Whether a time carries a UTC offset."""

    ANY = "any"
    AWARE = "aware"
    NAIVE = "naive"


ZONE: Final = Keyword(
    "x-samewire-timezone",
    '"aware", "naive" or "any"',
    lambda value: next((zone for zone in Zone if zone.value == value), None),
)


def zone_of(core: CoreSchema) -> Zone:
    match core.get("tz_constraint"):
        case None:
            return Zone.ANY
        case "naive":
            return Zone.NAIVE
        case _:  # "aware", or an offset in seconds: the offset itself is not checked
            return Zone.AWARE


def zone_document(zone: Zone) -> JsonSchema:
    return {} if zone is Zone.ANY else {ZONE.name: zone.value}


def has_zone(zone: Zone, moment: Moment) -> bool:
    if zone is Zone.ANY:
        return True
    return (getattr(moment, "tzinfo", None) is not None) is (zone is Zone.AWARE)


def written(moment: object) -> str:
    return to_json(moment).decode().strip('"')


# --- Order ------------------------------------------------------------------------------------------------------------


def compare(moment: Moment, bound: Moment) -> int:
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


# --- Values -----------------------------------------------------------------------------------------------------------


def spelled_in(view: View) -> Spelling:
    """Django writes milliseconds, and all parts of a duration: ``P0DT00H00M01S``."""
    return Spelling.STANDARD if view.by_django else spelling_of(view)


def _cut_by_django(core: CoreSchema) -> CoreSchema:
    """The bounds of what is left of a time to milliseconds: a moment after ``gt`` may be written as that one."""
    low = core.get("ge", core.get("gt"))
    if not isinstance(low, dt.datetime | dt.time):
        return core
    least = low.replace(microsecond=low.microsecond // 1000 * 1000)
    return {**{key: value for key, value in core.items() if key != "gt"}, "ge": least}


class Temporal(Ordered, Generic[M]):
    """
    ``python`` is the class of the values. ``syntax`` are the texts that the wire may have, ``readable`` those that ``reader``
    may read, less those of other kinds that it takes, such as numbers of seconds.
    """

    __slots__ = ()

    python: ClassVar[type[Moment]]
    syntax: ClassVar[re.Pattern[str]]
    readable: ClassVar[re.Pattern[str]]
    reader: ClassVar[SchemaValidator]

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:
        if (unit := unit_of(view)) is not None:
            return cls.written_as_number(core, unit)
        core = _cut_by_django(core) if view.by_django else core
        text = cls.of_core(core, view.config).spelled(spelled_in(view)).document()
        number = None if view.emits else cls.read_from_numbers(core, view)
        return text if number is None else {"anyOf": [number, text]}

    @classmethod
    def written_as_number(cls, core: CoreSchema, unit: Unit) -> JsonSchema:
        return as_number(core, unit)

    @classmethod
    def read_from_numbers(cls, core: CoreSchema, view: View) -> JsonSchema | None:  # noqa: ARG003 - most are read from text
        return None

    def spelled(self, spelling: Spelling) -> Self:  # noqa: ARG002 - days have one spelling
        return self

    @classmethod
    def bound(cls, value: object) -> str | None:
        return written(value) if type(value) is cls.python else None

    @classmethod
    def bounds_of(cls, core: CoreSchema) -> Bounds:
        """The bounds of a core schema, which Pydantic reads as it reads values: a number is one of seconds."""
        return Bounds.of_core(core, lambda value: written(cls.reader.validate_python(value)))

    @classmethod
    def limit(cls, text: str) -> M:
        return cast("M", cls.reader.validate_python(text))

    @classmethod
    def _strictly_read(cls, text: str) -> M:
        return cast("M", cls.reader.validate_json(json.dumps(text), strict=True))

    def value(self, text: str) -> M | None:
        """The value of a text; ``None`` if it is none, or spelled otherwise."""
        syntax = self.readable if self._spelling is Spelling.READ else self.syntax
        if not syntax.fullmatch(text):
            return None
        try:
            value = (
                self._strictly_read(text) if self._spelling is Spelling.READ else self.limit(text)
            )
        except ValidationError:
            return None
        return None if self._spelling is Spelling.WRITTEN and written(value) != text else value

    @property
    def _spelling(self) -> Spelling:
        """Days have one spelling alone."""
        return getattr(self, "spelling", Spelling.WRITTEN)

    def fits(self, text: str) -> bool:
        moment = self.value(text)
        return moment is not None and self.admits(moment)

    def admits(self, moment: M) -> bool:
        return self.within(moment)

    def within(self, moment: M) -> bool:
        return self.bounds.admit(lambda bound: compare(moment, self.limit(bound)))

    def edges(self) -> Iterator[str]:
        seen: set[str] = set()
        for moment in self.examples():
            text = written(moment)
            if text not in seen and self.fits(text):
                seen.add(text)
                yield text

    @abstractmethod
    def examples(self) -> Iterator[Moment]:
        """Values at the edges, and beyond."""

    def near(self, text: str) -> Iterator[Near]:  # noqa: ARG002 - one step from the bounds
        return beyond(self)


def at_bounds(format_: Temporal[Any], step: dt.timedelta = TICK) -> Iterator[Moment]:
    """The bounds themselves and the nearest value on either side, with each kind of offset that a time may have."""
    for text in format_.bounds.texts:
        bound: Moment = format_.limit(text)
        for moment in (bound, shifted(bound, step), shifted(bound, -step)):
            if moment is None:
                continue
            yield moment
            if isinstance(moment, dt.datetime | dt.time):
                yield moment.replace(tzinfo=None)
                for zone in ZONES[:3]:
                    yield _in_zone(moment, zone)


def beyond(format_: Temporal[Any], step: dt.timedelta = TICK) -> Iterator[tuple[str, str]]:
    """The nearest texts outside of the bounds."""
    bounds = format_.bounds
    for text, by, what in (
        (bounds.ge, -step, "below the least"),
        (bounds.gt, dt.timedelta(), "the limit, which is excluded"),
        (bounds.le, step, "above the greatest"),
        (bounds.lt, dt.timedelta(), "the limit, which is excluded"),
    ):
        moved = None if text is None else shifted(format_.limit(text), by)
        if moved is not None:
            yield written(moved), what


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


def other_zones(moment: dt.datetime | dt.time) -> Iterator[tuple[str, str]]:
    bare = written(moment.replace(tzinfo=None))
    yield bare, "no UTC offset"
    yield f"{bare}Z", "an offset"
    yield f"{bare}+01:00", "an offset"


def draw_zone(draw: Draw, zone: Zone, offset: dt.tzinfo | None = None) -> dt.tzinfo | None:
    match zone:
        case Zone.NAIVE:
            return None
        case Zone.AWARE:
            return offset or draw.choice(ZONES)
        case Zone.ANY:
            return offset or draw.choice((dt.UTC, None, *ZONES))
