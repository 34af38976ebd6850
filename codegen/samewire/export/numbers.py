"""
Numbers, and text that stands for them.
"""

from __future__ import annotations

from decimal import Decimal

from pydantic import ByteSize

from samewire.export.view import (
    BOUND_KEYS,
    MAX_SAFE_INTEGER,
    WHITE,
    CoreSchema,
    JsonSchema,
    View,
    is_strict,
)

# Null that stands for a number, not for None: no option that leaves None out leaves this out.
NON_FINITE: JsonSchema = {"type": "null", "$comment": "infinity or NaN"}


def integer(schema: CoreSchema, view: View) -> JsonSchema:
    result: JsonSchema = {"type": "integer", **_numeric_bounds(schema)}
    if view.safe_integers:
        if "minimum" not in result and "exclusiveMinimum" not in result:
            result["minimum"] = -MAX_SAFE_INTEGER
        if "maximum" not in result and "exclusiveMaximum" not in result:
            result["maximum"] = MAX_SAFE_INTEGER
    return result


def number(schema: CoreSchema, view: View) -> JsonSchema:
    result: JsonSchema = {"type": "number", **_numeric_bounds(schema)}
    if view.finite_floats or not _may_be_non_finite(schema, view):
        return result
    if view.config.get("ser_json_inf_nan", "null") == "strings" and (
        view.emits or not is_strict(schema, view)
    ):
        return {"anyOf": [result, {"type": "string", "enum": _non_finite_texts(schema)}]}
    if not view.emits:
        return result
    # Pydantic writes infinities and NaN as null ("ser_json_inf_nan"); its own schema does not say so.
    return {"anyOf": [result, NON_FINITE]}


def decimal(schema: CoreSchema, view: View) -> JsonSchema:
    """Pydantic writes a ``Decimal`` as text and reads text or a number."""
    text: JsonSchema = {"type": "string", "format": "decimal"}
    for key, name in (("max_digits", "max-digits"), ("decimal_places", "decimal-places")):
        if schema.get(key) is not None:
            text[f"x-samewire-{name}"] = schema[key]
    if schema.get("multiple_of") is not None:
        text["x-samewire-multiple-of"] = str(schema["multiple_of"])
    text |= {
        f"format{name}": str(schema[key])
        for key, name in BOUND_KEYS.items()
        if schema.get(key) is not None
    }
    if schema.get("allow_inf_nan", False):
        text["x-samewire-allow-special"] = True
    if view.emits:
        return text
    as_number = _decimal_as_number(schema)
    return {"anyOf": [as_number, text]} if as_number else text


_PLAIN_DIGITS = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
_DIGITS = rf"{_PLAIN_DIGITS}(?:[eE][-+]?[0-9]+)?"


def complex_(view: View) -> JsonSchema:
    """As Rust's ``Display`` writes the two parts, the real one left out if it is 0; read like Python's ``complex``."""
    if view.emits:
        part = r"(?:[0-9]+(?:\.[0-9]+)?|inf)"
        signed = f"(?:-?{part}|NaN)"
        return {"type": "string", "pattern": f"^(?:{signed}[-+](?:{part}|NaN)|{signed})j$"}
    part = f"(?:{_DIGITS}|[iI][nN][fF](?:[iI][nN][iI][tT][yY])?|[nN][aA][nN])"
    text = f"^(?:[-+]?{part}(?:[-+]{part}?[jJ])?|[-+]?{part}?[jJ])$"
    return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": text}]}


def fraction(view: View) -> JsonSchema:
    """Written in lowest terms, read like Python's ``Fraction``, but for exponents of more digits, which Pydantic limits."""
    if view.emits:
        return {"type": "string", "pattern": "^(?:0|-?[1-9][0-9]*(?:/[1-9][0-9]*)?)$"}
    text = f"^[-+]?(?:[0-9]+/0*[1-9][0-9]*|{_PLAIN_DIGITS}(?:[eE][-+]?[0-9]{{1,3}})?)$"
    return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": text}]}


def byte_size() -> JsonSchema:
    """What ``pydantic.ByteSize`` reads: a number of bytes, or text with one of its units, less what it would ignore after it."""
    units = sorted(ByteSize.byte_sizes, key=lambda unit: (-len(unit), unit))
    either_case = "|".join(
        "".join(f"[{letter}{letter.upper()}]" for letter in unit) for unit in units
    )
    # As many digits as a float holds without overflow.
    text = rf"^{WHITE}*[0-9]{{0,200}}\.?[0-9]{{1,50}}{WHITE}*(?:{either_case})?$"
    return {
        "anyOf": [{"type": "string", "pattern": text}, {"type": "integer", "minimum": 0}],
    }


def _decimal_as_number(schema: CoreSchema) -> JsonSchema | None:
    """The number that may stand for a decimal in input; ``None`` where its limits on digits have no form for a number."""
    result: JsonSchema = {"type": "number", **_numeric_bounds(schema)}
    places, digits = schema.get("decimal_places"), schema.get("max_digits")
    if digits is not None and places is None:
        return None
    if places is not None:
        if "multipleOf" in result:
            return None
        result["multipleOf"] = 1 if places == 0 else float(Decimal(1).scaleb(-places))
        if places:
            result["x-samewire-decimal-places"] = places
    if digits is not None and places is not None:
        limit = 10 ** (digits - places)
        if "maximum" not in result or result["maximum"] >= limit:
            result.pop("maximum", None)
            if result.get("exclusiveMaximum", limit) >= limit:
                result["exclusiveMaximum"] = limit
        if "minimum" not in result or result["minimum"] <= -limit:
            result.pop("minimum", None)
            if result.get("exclusiveMinimum", -limit) <= -limit:
                result["exclusiveMinimum"] = -limit
    return result


def _numeric_bounds(schema: CoreSchema) -> JsonSchema:
    keys = {
        "ge": "minimum",
        "gt": "exclusiveMinimum",
        "le": "maximum",
        "lt": "exclusiveMaximum",
        "multiple_of": "multipleOf",
    }
    return {
        name: _json_number(schema[key])
        for key, name in keys.items()
        if schema.get(key) is not None and abs(schema[key]) != float("inf")
    }


def _json_number(value: float | Decimal) -> int | float:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _may_be_non_finite(schema: CoreSchema, view: View) -> bool:
    """NaN fails every comparison, so a float with any bound below and above is finite; one bound leaves one infinity."""
    if not schema.get("allow_inf_nan", view.config.get("allow_inf_nan", True)):
        return False
    below = any(schema.get(key) not in (None, float("-inf")) for key in ("ge", "gt"))
    above = any(schema.get(key) not in (None, float("inf")) for key in ("le", "lt"))
    return not (below and above)


def _non_finite_texts(schema: CoreSchema) -> list[str]:
    below = schema.get("ge") is not None or schema.get("gt") is not None
    above = schema.get("le") is not None or schema.get("lt") is not None
    texts = [] if above else ["Infinity"]
    texts += [] if below else ["-Infinity"]
    return texts if below or above else [*texts, "NaN"]
