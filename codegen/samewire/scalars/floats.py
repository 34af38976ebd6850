"""Floats: numbers, and what stands for infinity and NaN."""

from __future__ import annotations

from typing import Final

from samewire.scalars.base import Scalar, UnrepresentableError
from samewire.scalars.keywords import flag
from samewire.scalars.numeric import numeric_bounds
from samewire.scalars.view import CoreSchema, JsonSchema, View, is_strict

# Of a core schema: a multiple that Pydantic checks in a function, by Python's own remainder.
EXACT_MULTIPLE_OF: Final = "samewire-exact-multiple-of"
REMAINDER: Final = flag("x-samewire-remainder")
# Null that stands for a number, not for None: no option that leaves None out leaves this out.
NON_FINITE: Final[JsonSchema] = {"type": "null", "$comment": "infinity or NaN"}


class Float(Scalar):
    annotations = ("float", "FiniteFloat")
    kinds = ("float",)

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:
        written = view.config.get("ser_json_inf_nan", "null")
        if view.emits and written == "constants":
            raise UnrepresentableError(
                "not-json",
                "ser_json_inf_nan='constants' writes NaN and Infinity, which is not JSON",
                "use 'null' or 'strings', or set allow_inf_nan=False",
            )
        result: JsonSchema = {"type": "number", **numeric_bounds(core)}
        if (step := core.get(EXACT_MULTIPLE_OF)) is not None:
            if "multipleOf" in result:
                raise UnrepresentableError(
                    "no-json-form",
                    "several multiple_of, of which each is checked",
                    "write one multiple_of",
                )
            result |= {"multipleOf": step, REMAINDER.name: True}
        if view.finite_floats or not _may_be_non_finite(core, view):
            return result
        if written == "strings" and (view.emits or not is_strict(core, view)):
            return {"anyOf": [result, {"type": "string", "enum": _non_finite_texts(core)}]}
        if not view.emits:
            return result
        # Pydantic writes infinities and NaN as null ("ser_json_inf_nan"); its own schema does not say so.
        return {"anyOf": [result, NON_FINITE]}


def _may_be_non_finite(core: CoreSchema, view: View) -> bool:
    """NaN fails every comparison, so a float with any bound below and above is finite; one bound leaves one infinity."""
    if not core.get("allow_inf_nan", view.config.get("allow_inf_nan", True)):
        return False
    if EXACT_MULTIPLE_OF in core:
        return False  # the remainder is NaN
    below = any(core.get(key) not in (None, float("-inf")) for key in ("ge", "gt"))
    above = any(core.get(key) not in (None, float("inf")) for key in ("le", "lt"))
    return not (below and above)


def _non_finite_texts(core: CoreSchema) -> list[str]:
    below = core.get("ge") is not None or core.get("gt") is not None
    above = core.get("le") is not None or core.get("lt") is not None
    texts = [] if above else ["Infinity"]
    texts += [] if below else ["-Infinity"]
    return texts if below or above else [*texts, "NaN"]
