"""Bounds of numbers, as numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from samewire.scalars.bounds import NUMERIC
from samewire.scalars.view import CoreSchema, JsonSchema

_KEYS: Final = {**NUMERIC, "multiple_of": "multipleOf"}


def numeric_bounds(core: CoreSchema) -> JsonSchema:
    return {
        name: _json_number(core[key])
        for key, name in _KEYS.items()
        if core.get(key) is not None and abs(core[key]) != float("inf")
    }


def _json_number(value: float | Decimal) -> int | float:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
