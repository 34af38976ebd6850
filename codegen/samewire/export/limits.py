"""
Limits that Pydantic checks in a function, since the type below has no word for them: those of a union, or behind a validator.

``Annotated[str | list[str], Field(max_length=2)]`` is a function around the union. The limit holds for each member by itself;
a member that can't be compared with it makes Python raise, so no value of it ever gets through.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from samewire import scalars
from samewire.coreschema import metadata
from samewire.export.context import Context
from samewire.export.definition_keys import key_of
from samewire.export.enums import NEVER
from samewire.scalars.bounds import KEYWORDS, NUMERIC
from samewire.scalars.floats import NON_FINITE
from samewire.scalars.view import JsonSchema

_FUNCTIONS: Final[Mapping[str, str]] = {
    "min_length_validator": "min_length",
    "max_length_validator": "max_length",
    "greater_than_validator": "gt",
    "greater_than_or_equal_validator": "ge",
    "less_than_validator": "lt",
    "less_than_or_equal_validator": "le",
}
_LENGTHS: Final[Mapping[str, tuple[str, str, str]]] = {
    "min_length": ("minLength", "minItems", "minProperties"),
    "max_length": ("maxLength", "maxItems", "maxProperties"),
}
CONTENT: Final = "x-samewire-content"
# What no text is compared with, if it is not of a format that stands for one.
_NO_TEXTS: Final = (int, float, Decimal, dt.date, dt.time, dt.timedelta)
# How Pydantic notes the limit in its own schema, in words that JSON Schema may not have.
_NOTES: Final = frozenset(
    (*NUMERIC, *NUMERIC.values(), *(word for words in _LENGTHS.values() for word in words))
)


def of(core: Mapping[str, Any]) -> tuple[str, Any] | None:
    """The limit that a ``function-after`` schema checks, if Pydantic itself put it there: its name and value."""
    if core["type"] != "function-after":
        return None
    function = core["function"]["function"]
    if not isinstance(function, functools.partial):
        return None
    inner = function.func
    name = _FUNCTIONS.get(getattr(inner, "__name__", ""))
    if name is None or inner.__module__ != "pydantic._internal._validators":
        return None
    return name, function.keywords[name]


def without_notes(core: Mapping[str, Any]) -> Mapping[str, Any]:
    """``core`` without what Pydantic notes of its limit."""
    return metadata.without_notes(core, _NOTES)


def limited(context: Context, schema: JsonSchema, name: str, value: Any) -> JsonSchema:  # any limit
    """``schema`` with a limit on its values."""
    if "$ref" in schema:
        target = context.definitions.get(key_of(schema))
        if target is None or target.get("type") == "object":
            return schema  # a class with a length or an order of its own
        return limited(context, target, name, value)
    for many in ("anyOf", "oneOf"):
        if many in schema:
            members = [limited(context, one, name, value) for one in schema[many]]
            kept = [one for one in members if one != NEVER]
            return {**schema, many: kept} if kept else NEVER
    if schema == NON_FINITE or "not" in schema:
        return schema
    if CONTENT in schema:
        return {**schema, CONTENT: limited(context, schema[CONTENT], name, value)}
    given = schema.get("enum", [schema["const"]] if "const" in schema else None)
    if given is not None:
        values = [one for one in given if _holds(name, value, one)]
        rest = {key: schema[key] for key in schema if key in ("type", "description", "title")}
        return {**rest, "enum": values} if values else NEVER
    keys = _LENGTHS.get(name)
    return (
        _of_length(context, schema, keys, value) if keys else _bounded(context, schema, name, value)
    )


def _of_length(
    context: Context, schema: JsonSchema, keys: tuple[str, str, str], value: int
) -> JsonSchema:
    match schema.get("type"):
        case "string" if (format_ := scalars.format_of(schema)) is not None:
            if format_.has_length_of_text(emits=context.mode == "serialization"):
                return _tightened(schema, keys[0], value)
            return context.refuse(
                "no-json-form",
                f"a limit on the length of a value that is read from another text, of the format {schema['format']}",
                "check it in a validator; for a URL as it is read, use UrlConstraints(max_length=...)",
            )
        case "string" if schema.get("format") in (None, "password"):
            return _tightened(schema, keys[0], value)
        case "array":
            return _tightened(schema, keys[1], value)
        case "object":
            return _tightened(schema, keys[2], value) if "properties" not in schema else schema
        case "string" | None:
            return schema
        case _:
            return NEVER


def _bounded(context: Context, schema: JsonSchema, name: str, value: Any) -> JsonSchema:  # as above
    number = isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
    match schema.get("type"):
        case "integer" | "number":
            return _tightened(schema, NUMERIC[name], float(value)) if number else NEVER
        case "string" if (format_ := scalars.ordered(schema)) is not None:
            text = format_.bound(value)
            return NEVER if text is None else {**schema, KEYWORDS[name]: text}
        case "string" if not isinstance(value, _NO_TEXTS):
            return context.refuse(
                "no-json-form",
                f"a limit of {value!r}, with which texts can't be compared in a schema",
                "check it in a validator",
            )
        case "boolean" | None:
            return schema
        case _:
            return NEVER


def _tightened(schema: JsonSchema, key: str, value: float) -> JsonSchema:
    narrower = max if "min" in key.lower() else min
    exact = int(value) if float(value).is_integer() else value
    return {**schema, key: narrower(schema[key], exact) if key in schema else exact}


def _holds(name: str, limit: Any, value: Any) -> bool:  # as above
    try:
        match name:
            case "min_length":
                return bool(len(value) >= limit)
            case "max_length":
                return bool(len(value) <= limit)
            case "gt":
                return bool(value > limit)
            case "ge":
                return bool(value >= limit)
            case "lt":
                return bool(value < limit)
            case _:
                return bool(value <= limit)
    except TypeError:
        return False
