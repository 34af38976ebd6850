"""Integers of any size."""

from __future__ import annotations

from samewire.scalars.base import Scalar
from samewire.scalars.numeric import numeric_bounds
from samewire.scalars.view import MAX_SAFE_INTEGER, CoreSchema, JsonSchema, View


class Integer(Scalar):
    annotations = ("int",)
    kinds = ("int",)

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:
        result: JsonSchema = {"type": "integer", **numeric_bounds(core)}
        if view.safe_integers:
            if "minimum" not in result and "exclusiveMinimum" not in result:
                result["minimum"] = -MAX_SAFE_INTEGER
            if "maximum" not in result and "exclusiveMaximum" not in result:
                result["maximum"] = MAX_SAFE_INTEGER
        return result
