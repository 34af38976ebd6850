"""
Dates, times and durations, as text or as numbers.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Literal, TypeAlias

from pydantic_core import to_json

from samewire.export.view import (
    BOUND_KEYS,
    MAX_SAFE_INTEGER,
    CoreSchema,
    JsonSchema,
    View,
    is_strict,
)


def datetime(schema: CoreSchema, view: View) -> JsonSchema:
    if (mode := _as_number(view)) is not None:
        return _number_of_time(schema, mode)
    return {"type": "string", "format": "date-time", **_zone(schema), **_text_bounds(schema)}


def date(schema: CoreSchema, view: View) -> JsonSchema:
    if (mode := _as_number(view)) is not None:
        return _number_of_time(schema, mode)
    return {"type": "string", "format": "date", **_text_bounds(schema)}


def time(schema: CoreSchema, view: View) -> JsonSchema:
    if (mode := _as_number(view)) is not None:
        return _number_of_time(schema, mode)
    return {"type": "string", "format": "time", **_zone(schema), **_text_bounds(schema)}


def timedelta(schema: CoreSchema, view: View) -> JsonSchema:
    text: JsonSchema = {"type": "string", "format": "duration", **_text_bounds(schema)}
    mode = _as_number(replace(view, mode="serialization"), of_a_duration=True)
    if view.emits:
        return text if mode is None else _number_of_time(schema, mode)
    if mode == "seconds" and not is_strict(schema, view):
        # What is written as seconds is read as seconds, as far as a timedelta goes.
        seconds = {**_SECONDS, **_number_of_time(schema, mode)}
        return {"anyOf": [seconds, text]}
    return text


_SECONDS: JsonSchema = {
    "minimum": int(dt.timedelta.min.total_seconds()),
    "exclusiveMaximum": int(dt.timedelta.max.total_seconds()),
}
TimeUnit: TypeAlias = Literal["seconds", "milliseconds"]


def _as_number(view: View, *, of_a_duration: bool = False) -> TimeUnit | None:
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


def _number_of_time(schema: CoreSchema, unit: TimeUnit) -> JsonSchema:
    """
    Bounds as pydantic-core writes the values at them. Beyond 2^53 microseconds, where a double has not all of them, a value next to
    an exclusive bound may be written as the bound itself.

    Pydantic compares as they read what has a UTC offset and what has none, and writes the one as an instant, the other as if it
    were in UTC: such bounds are wider, by the offsets that there may be.
    """
    result: JsonSchema = {"type": "number"}
    for key, name in (
        ("ge", "minimum"),
        ("gt", "exclusiveMinimum"),
        ("le", "maximum"),
        ("lt", "exclusiveMaximum"),
    ):
        if schema.get(key) is None:
            continue
        shift = _shift(schema, schema[key], lower=name.lower().endswith("minimum"))
        if shift is None:
            continue
        number = float(to_json(schema[key], temporal_mode=unit))
        number += shift * (1 if unit == "seconds" else 1000)
        if abs(number) * (10**6 if unit == "seconds" else 10**3) > MAX_SAFE_INTEGER:
            result[name.replace("exclusiveM", "m")] = number
        else:
            result[name] = int(number) if number.is_integer() else number
    return result


_LARGEST_OFFSET = 86_399  # seconds, of a time zone in Python


def _shift(schema: CoreSchema, bound: object, *, lower: bool) -> int | None:
    """
    How many seconds beyond a bound, as it is written, a value may be written that is within it; ``None`` if it may be anywhere.
    """
    zone = schema.get("tz_constraint")
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


def _zone(schema: CoreSchema) -> JsonSchema:
    match schema.get("tz_constraint"):
        case None:
            return {}
        case "naive":
            return {"x-samewire-timezone": "naive"}
        case _:  # "aware", or an offset in seconds: the offset itself is not checked
            return {"x-samewire-timezone": "aware"}


def _text_bounds(schema: CoreSchema) -> JsonSchema:
    return {
        f"format{name}": _wire_text(schema[key])
        for key, name in BOUND_KEYS.items()
        if schema.get(key) is not None
    }


def _wire_text(value: dt.date | dt.time | dt.timedelta) -> str:
    return to_json(value).decode().strip('"')
