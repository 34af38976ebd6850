"""Dictionaries: what the keys are as strings in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, cast

from pydantic_core import SchemaValidator, core_schema

from samewire.coreschema import CoreSchema, choices
from samewire.decode import DECODE
from samewire.export import type_hints
from samewire.export.containers import of_items
from samewire.export.context import Context
from samewire.export.definition_keys import key_of
from samewire.export.enums import NEVER
from samewire.export.unions import any_of
from samewire.open import OPEN
from samewire.scalars.bounds import NUMERIC, Bounds
from samewire.scalars.decimals import Decimal
from samewire.scalars.floats import NON_FINITE
from samewire.scalars.intervals import integer_pattern
from samewire.scalars.spelling import Spelling
from samewire.scalars.temporal_numbers import is_moment_in_numbers
from samewire.scalars.view import JsonSchema

# Python's repr of a float, as pydantic-core writes it in a key, and what it reads there.
_WRITTEN = r"-?(?:(?:0|[1-9][0-9]*)\.[0-9]+|[1-9](?:\.[0-9]+)?e[-+][0-9]{2,3})"
_READ = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?"
_INFINITY = "(?:inf|Infinity)"

_BOOLEANS: JsonSchema = {"type": "string", "enum": ["true", "false"]}


def dictionary(context: Context, core: CoreSchema) -> JsonSchema:
    counts = {"values_schema": {"type": "int"}} if core["type"] == "counter" else {}
    return of_items(context, partial(_dictionary, context, {**counts, **core}))


def _dictionary(context: Context, schema: CoreSchema) -> JsonSchema:
    any_schema = core_schema.any_schema()
    values = context.generate_inner(schema.get("values_schema") or any_schema)
    keys = schema.get("keys_schema") or any_schema
    names = as_string(context, context.generate_inner(keys))
    if context.emits and (by_str := tuple(_written_by_str(context, keys))):
        names = _texts_of(context, by_str)
    if not context.emits:
        names = _readable(names, tuple(_choices(context, keys)))
    if names == NEVER:
        return {"type": "object", "properties": {}, "additionalProperties": False}
    result: JsonSchema = {"type": "object", "additionalProperties": values}
    if names not in ({}, {"type": "string"}):
        result["propertyNames"] = names
    if schema.get("min_length") is not None:
        result["minProperties"] = schema["min_length"]
    if schema.get("max_length") is not None:
        result["maxProperties"] = schema["max_length"]
    return result


def _written_by_str(context: Context, core: Mapping[str, Any]) -> Iterator[type[Any]]:
    """The root models among keys, of which Pydantic writes what ``str`` makes of the instance, and not what is in it."""
    match core:
        case {"serialization": {"function": _}}:
            return
        case {"type": "model", "root_model": True, "cls": cls}:
            yield cls
        case {"type": "union"}:
            for choice in choices(core):
                yield from _written_by_str(context, choice)
        case {"type": "definition-ref", "schema_ref": core_ref}:
            target = context.references.core_of(core_ref)
            yield from () if target is None else _written_by_str(context, target)
        case {"schema": {"type": _} as inner}:
            yield from _written_by_str(context, inner)


def _texts_of(context: Context, classes: Iterable[type[Any]]) -> JsonSchema:
    """Any text, if the author of each class says which."""
    for cls in classes:
        if not type_hints.defined_elsewhere(cls.__str__):
            return context.refuse(
                "dict-key",
                f"a dict whose keys are {cls.__qualname__}, a root model, of which str() is written: root=...",
                f"give {cls.__qualname__} a __str__ that returns the key, or use the type inside of it",
            )
    return {"type": "string"}


def _choices(context: Context, core: Mapping[str, Any]) -> Iterator[SchemaValidator]:
    """What reads the keys of a type that are those of an enumeration or a literal."""
    match core["type"]:
        case "literal" | "enum":
            alone = {
                name: core[name]
                for name in core
                if name not in ("ref", "serialization", "metadata")
            }
            yield SchemaValidator(core_schema.dict_schema(keys_schema=cast("Any", alone)))
        case "union":
            for choice in choices(core):
                yield from _choices(context, choice)
        case "chain":
            yield from _choices(context, core["steps"][0])
        case "definition-ref":
            target = context.references.core_of(core["schema_ref"])
            yield from () if target is None else _choices(context, target)
        case _:
            if isinstance(inner := core.get("schema"), Mapping):
                yield from _choices(context, inner)


def _readable(names: JsonSchema, validators: Sequence[SchemaValidator]) -> JsonSchema:
    """``names`` less those that Pydantic writes and does not read: the text of a number, or None, is no value of a literal."""
    if "anyOf" in names:
        return any_of([_readable(one, validators) for one in names["anyOf"]])
    if names.get("const") == _text(None):
        return NEVER
    if "enum" not in names or names["enum"][:2] == _BOOLEANS["enum"]:
        return names
    kept = [text for text in names["enum"] if any(_reads(one, text) for one in validators)]
    return {**names, "enum": kept} if kept else NEVER


def _reads(validator: SchemaValidator, key: str) -> bool:
    try:
        validator.validate_json(json.dumps({key: None}))
    except ValueError:
        return False
    return True


def as_string(context: Context, key: JsonSchema) -> JsonSchema:
    """The strings that keys of this type are in JSON, as pydantic-core writes them."""
    if OPEN in key:
        return {
            **as_string(context, {each: key[each] for each in key if each != OPEN}),
            OPEN: key[OPEN],
        }
    if "$ref" in key:
        return _referenced(context, key)
    if "anyOf" in key or "oneOf" in key:
        # Null that stands for infinity is that elsewhere, but infinity is a key by its own name. A moment is a key as its text.
        choices_ = [one for one in key.get("anyOf") or key["oneOf"] if one != NON_FINITE]
        if not context.emits:
            choices_ = [one for one in choices_ if not is_moment_in_numbers(one)]
        # A decimal may be a number elsewhere, but a key is text.
        decimal = any(one.get("format") == "decimal" for one in choices_)
        members = [
            as_string(context, one)
            for one in choices_
            if not (decimal and one.get("type") == "number")
        ]
        if len(members) == 1:
            return members[0]
        members = _with_booleans_as_numbers(context, members, choices_)
        return {} if {} in members else {"anyOf": members}
    if "const" in key or "enum" in key:
        values = [key["const"]] if "const" in key else key["enum"]
        return {"type": "string", "enum": [_text(value) for value in values]}
    if is_moment_in_numbers(key):
        # Which no text of a number shows.
        key = {name: value for name, value in key.items() if name != "multipleOf"}
    match key.get("type"):
        case "integer":
            return {
                "type": "string",
                "pattern": integer_pattern(*_limits(key)),
                **_multiples(key),
            }
        case "number" if "x-samewire-remainder" in key or "multipleOf" in key:
            return context.refuse(
                "dict-key",
                "a dict whose keys are multiples of a float, which cannot be checked in text",
                "use a list of pairs, or Decimal keys",
            )
        case "number":
            return _floats(key, emits=context.emits and not _writes_numbers_for_times(context))
        case "boolean":
            return _BOOLEANS
        case "null":
            return {"type": "string", "const": "None"}
        case "array" | "object":
            return context.refuse(
                "dict-key",
                "a dict whose keys are not scalars: Pydantic joins their parts with "
                "commas, which cannot be read back",
                "use a list of pairs, or a key type that is a string",
            )
        case _:
            return {name: value for name, value in key.items() if name != DECODE}


def _writes_numbers_for_times(context: Context) -> bool:
    """Whether dates and durations are numbers here, which are whole in a key where they can be, unlike floats."""
    configs = (context.view.config, context.root_config, *context.view.inferred)
    return any(
        config.get(key, "iso8601") != "iso8601"
        for config in configs
        for key in ("ser_json_temporal", "ser_json_timedelta")
    )


def _multiples(key: JsonSchema) -> JsonSchema:
    step = key.get("multipleOf")
    return {} if step is None else Decimal(multiple_of=str(step), spelling=Spelling.READ).document()


def _floats(key: JsonSchema, *, emits: bool) -> JsonSchema:
    """Floats in their bounds; infinity is in those that it is compared with, and no NaN is."""
    finite, infinity, nan = (_WRITTEN, "inf", "nan") if emits else (_READ, _INFINITY, "nan|NaN")
    limits = {name: key[keyword] for name, keyword in NUMERIC.items() if keyword in key}
    if not limits:
        return {"type": "string", "pattern": f"^(?:{finite}|-?{infinity}|{nan})$"}
    bounds = Bounds(**{name: repr(float(value)) for name, value in limits.items()})
    limited = {
        **Decimal(bounds=bounds, spelling=Spelling.READ).document(),
        "pattern": f"^{finite}$",
    }
    if {"le", "lt"} & limits.keys() and {"ge", "gt"} & limits.keys():
        return limited
    sign = "-" if {"le", "lt"} & limits.keys() else ""
    infinite = {"type": "string", "pattern": f"^{sign}{infinity}$"}
    return {"anyOf": [limited, infinite]}


def _with_booleans_as_numbers(
    context: Context, members: list[JsonSchema], choices_: Sequence[JsonSchema]
) -> list[JsonSchema]:
    """A number's part of a union, if it comes first, writes ``True`` as Python does."""
    kinds = [one.get("type") for one in choices_]
    numbers = [kinds.index(kind) for kind in ("integer", "number") if kind in kinds]
    if "boolean" not in kinds or not numbers or min(numbers) > kinds.index("boolean"):
        return members
    texts = [] if context.emits else _BOOLEANS["enum"]
    as_python: JsonSchema = {"type": "string", "enum": [*texts, "True", "False"]}
    return [as_python if one == _BOOLEANS else one for one in members]


def _referenced(context: Context, key: JsonSchema) -> JsonSchema:
    """A reference stays one when the definition is a string already; else the strings are written out here."""
    target = context.definitions.get(cast("Any", key_of(key)))
    if target is None or target.get("type") == "string":
        return key
    return as_string(context, target)


def _limits(key: JsonSchema) -> tuple[int | None, int | None]:
    low = [
        key[name] + offset
        for name, offset in (("minimum", 0), ("exclusiveMinimum", 1))
        if name in key
    ]
    high = [
        key[name] - offset
        for name, offset in (("maximum", 0), ("exclusiveMaximum", 1))
        if name in key
    ]
    return (max(low) if low else None, min(high) if high else None)


def _text(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case None:
            return "None"
        case list():  # a tuple, as a value of an enumeration
            return ",".join(map(_text, value))
        case _:
            return str(value)
