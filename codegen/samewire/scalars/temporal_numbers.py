"""
Dates, times and durations that are written as numbers (``ser_json_temporal``, ``ser_json_timedelta``).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final, Literal, TypeAlias

from pydantic_core import to_json

from samewire.coreschema.versions import supported
from samewire.scalars.bounds import NUMERIC
from samewire.scalars.view import MAX_SAFE_INTEGER, CoreSchema, JsonSchema, View, is_strict

Unit: TypeAlias = Literal["seconds", "milliseconds"]

SINCE_1970: Final = "{} since 1970"
_DAY: Final = 86_400
_YEAR_1: Final = -62_135_596_800
_YEAR_10000: Final = 253_402_300_800
_GUESSED_FROM: Final = -20_000_000_000
_GUESSED_TO: Final = 20_000_000_000
_LARGEST_OFFSET: Final = 86_399  # seconds, of a time zone in Python


def unit_of(view: View, *, of_a_duration: bool = False) -> Unit | None:
    """The unit in which points in time are written; ``ser_json_temporal`` goes before the older ``ser_json_timedelta``."""
    if not view.emits:
        return None
    match view.config.get("ser_json_temporal"):
        case "seconds":
            return "seconds"
        case "milliseconds":
            return "milliseconds"
        case None if of_a_duration and view.config.get("ser_json_timedelta") == "float":
            return "seconds"
        case _:
            return None


def unit_written(view: View) -> Unit | None:
    """The unit in which durations are written, where they are read."""
    return unit_of(replace(view, mode="serialization"), of_a_duration=True)


def unit_read(view: View) -> Unit:
    """The unit in which points in time are read from numbers, most often by guess."""
    return "milliseconds" if view.config.get("val_temporal_unit") == "milliseconds" else "seconds"


def as_read_moment(core: CoreSchema, view: View) -> JsonSchema | None:
    """
    The numbers that are read as points in time: where the unit is said, or where such numbers are written. ``None`` for none.

    Pydantic reads a number as an instant in UTC, and guesses at the unit of one beyond 2e10 unless that is said.
    """
    unit = unit_read(view)
    guesses = view.config.get("val_temporal_unit") != unit
    written = unit_of(replace(view, mode="serialization"))
    if is_strict(core, view) or (guesses and written != "seconds"):
        return None
    scale = 1 if unit == "seconds" else 1000
    least, end = (_GUESSED_FROM, _GUESSED_TO) if guesses else (_YEAR_1 * scale, _YEAR_10000 * scale)
    result = as_number({**core, "tz_constraint": 0}, unit)
    result = within(result, {"minimum": least, "exclusiveMaximum": end})
    return {**result, "$comment": SINCE_1970.format(unit)}


def within(schema: JsonSchema, span: JsonSchema) -> JsonSchema:
    """A number with a least and a greatest value, as far as its own bounds are no narrower."""
    result = dict(schema)
    for (name, bound), sign in zip(span.items(), (1, -1), strict=True):
        own = [key for key in result if key.lower().endswith(name[-6:])]
        if not any(result[key] * sign > bound * sign for key in own):
            result = {key: result[key] for key in result if key not in own} | {name: bound}
    return result


def is_moment_in_numbers(schema: JsonSchema) -> bool:
    """Whether it is what :func:`as_read_moment` or :func:`of_days` gives."""
    return str(schema.get("$comment", "")).endswith(SINCE_1970.format(""))


def of_days(schema: JsonSchema, unit: Unit | None) -> JsonSchema:
    """The numbers of midnight, in UTC; what is no number stays."""
    if unit is None or schema.get("type") != "number":
        return schema
    step = _DAY if unit == "seconds" else _DAY * 1000
    return {**schema, "multipleOf": step, "$comment": SINCE_1970.format(unit)}


def as_read_seconds(core: CoreSchema) -> JsonSchema:
    """
    What Pydantic reads, and rounds to microseconds: from half of one beyond an exclusive bound it is another value. The half itself
    is rounded away from zero.
    """
    result = as_number(core, "seconds")
    for name, step in (("minimum", 5e-7), ("maximum", -5e-7)):
        exclusive = f"exclusiveM{name[1:]}"
        bound = result.pop(exclusive, None)
        if bound is not None:
            half = bound + step
            result[name if half * step > 0 else exclusive] = half
    return result


def as_number(core: CoreSchema, unit: Unit) -> JsonSchema:
    """
    Bounds as pydantic-core writes the values at them. Beyond 2^53 microseconds, where a double has not all of them, a value next to
    an exclusive bound may be written as the bound itself.

    Pydantic compares as they read what has a UTC offset and what has none, and writes the one as an instant, the other as if it
    were in UTC: such bounds are wider, by the offsets that there may be.
    """
    result: JsonSchema = {"type": "number"}
    for key, name in NUMERIC.items():
        if core.get(key) is None:
            continue
        shift = _shift(core, core[key], lower=name.lower().endswith("minimum"))
        if shift is None:
            continue
        number = float(
            to_json(core[key], timedelta_mode="float", **supported(to_json, temporal_mode=unit))
        )
        number += shift * (1 if unit == "seconds" else 1000)
        if abs(number) * (10**6 if unit == "seconds" else 10**3) > MAX_SAFE_INTEGER:
            result[name.replace("exclusiveM", "m")] = number
        else:
            result[name] = int(number) if number.is_integer() else number
    return result


def _shift(core: CoreSchema, bound: object, *, lower: bool) -> int | None:
    """
    How many seconds beyond a bound, as it is written, a value may be written that is within it; ``None`` if it may be anywhere.
    """
    zone = core.get("tz_constraint")
    if isinstance(bound, dt.time):
        # Written as it reads, whatever its offset.
        return None if bound.tzinfo is not None and zone != "naive" else 0
    if not isinstance(bound, dt.datetime):
        return 0
    offset = bound.utcoffset()
    shifts: list[int] = []
    if zone != "naive" and offset is not None:
        shifts.append(0)
    elif zone != "naive":
        farthest = _LARGEST_OFFSET if lower else -_LARGEST_OFFSET
        shifts.append(-(zone if isinstance(zone, int) else farthest))
    if zone in (None, "naive"):
        shifts.append(0 if offset is None else round(offset.total_seconds()))
    return (min if lower else max)(shifts)
