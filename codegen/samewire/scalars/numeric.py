"""Bounds of numbers, as numbers."""

from __future__ import annotations

from decimal import Decimal

from samewire.scalars.bounds import NUMERIC
from samewire.scalars.view import CoreSchema, JsonSchema


def numeric_bounds(core: CoreSchema) -> JsonSchema:
    step = core.get("multiple_of")
    return inequalities(core) | ({} if step is None else {"multipleOf": _json_number(step)})


def inequalities(core: CoreSchema) -> JsonSchema:
    return {
        name: _json_number(core[key])
        for key, name in NUMERIC.items()
        if core.get(key) is not None and abs(core[key]) != float("inf")
    }


def _json_number(value: float | Decimal) -> int | float:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
