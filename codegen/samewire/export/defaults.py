"""
Defaults: as documentation, and as values that Pydantic sends without having validated them.

Pydantic does not validate a default unless it is told to (``validate_default``), so ``count: int = None`` is null on the wire until
somebody sets it, and ``tags: list[str] = Field(default_factory=list, min_length=1)`` is empty. This module finds what is sent for a
default; ``unvalidated`` compares that with the field's type when all definitions are there.
"""

from __future__ import annotations

import collections.abc
import functools
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, cast

from pydantic import PydanticSchemaGenerationError, ValidationError
from pydantic_core import (
    PydanticSerializationError,
    PydanticUndefined,
    SchemaSerializer,
    SchemaValidator,
    core_schema,
)

from samewire.coreschema import CoreSchema, layers, unwrapped
from samewire.coreschema.versions import given
from samewire.dump import nested
from samewire.export import factories, walk
from samewire.export.context import Context
from samewire.export.hooks import ANNOTATIONS
from samewire.export.jsonable import in_order, jsonable
from samewire.scalars.view import JsonSchema

NO_DEFAULT: Final = object()
SENT: Final = "x-samewire-sent"
"""The key of a :class:`Sent` in a schema, until ``unvalidated`` takes it out; never in the document."""

_PLAIN: Final = (str, bool, int, type(None))
_AS_FOUND: Final = frozenset(
    (
        *("str", "int", "float", "bool", "literal", "any", "model", "list", "dict"),
        *("date", "datetime", "time", "timedelta", "uuid", "decimal"),
    )
)
"""Kinds that write a value of no class but those in :data:`_PLAIN` as JSON has it, whether it is of their type or not."""
_EMPTY: Final[Mapping[type, str]] = {list: "list", dict: "dict", set: "set", frozenset: "frozenset"}
_SHAPES: Final = frozenset(("uri", "multi-host-uri", "email", "name-email"))
"""Formats of which the rest of the generator knows the shape alone."""
_CONFIG: Final = (
    "ser_json_bytes",
    "ser_json_inf_nan",
    "ser_json_temporal",
    "ser_json_timedelta",
    "serialize_by_alias",
)


@dataclass(frozen=True, slots=True)
class Sent:
    """
    What is sent for a field that was not set.

    ``fits``: whether the value is of the field's type, where Pydantic has said so; ``None`` leaves it to the schema. ``varies``:
    the value is another one each time.
    """

    where: str
    value: Any  # JSON
    fits: bool | None = None
    varies: bool = False


# --- Documentation ----------------------------------------------------------------------------------------------------


def with_default(context: Context, schema: CoreSchema) -> JsonSchema:
    """The type of a value, with its default as documentation."""
    inner = context.generate_inner(schema["schema"])
    if "default" not in schema or is_missing(schema["default"]):
        return inner
    value = _shown(context, schema)
    return inner if value is NO_DEFAULT else {**inner, "default": value}


def _shown(context: Context, core: CoreSchema) -> object:
    """What documentation shows of a default: what is sent for it, or a value that is read as it."""
    if context.emits:
        # The author's code may raise, such as a serializer that takes no value of another type.
        with suppress(Exception):
            value = core["default"]
            if _is_validated(context, core):
                value = _validated(context, core, value)
            return _writer(context, core, selects=False)(value)
    return encode_default(context, core["default"])


def is_missing(value: object) -> bool:
    """Whether a default is Pydantic's ``MISSING`` sentinel, under any of the names it has had since 2.12."""
    return repr(value) in ("MISSING", "<MISSING>") or value is PydanticUndefined


def encode_default(context: Context, value: object) -> object:
    """
    A default as it is on the wire; :data:`NO_DEFAULT` for one that has no JSON form, which is documentation lost, not a type.
    """
    try:
        return jsonable(
            value,
            by_alias=context.dump.by_alias,
            bytes_mode=context.view.config.get("val_json_bytes", "utf8"),
        )
    except (PydanticSerializationError, PydanticSchemaGenerationError, ValueError):
        return NO_DEFAULT


# --- What is sent -----------------------------------------------------------------------------------------------------


def with_sent(
    context: Context, core: CoreSchema, schema: JsonSchema, *, field: str | None = None
) -> JsonSchema:
    """
    ``schema``, the type that is emitted for ``core``, with what is sent for its default, unless that is surely of the type.

    ``field`` is the kind of field, whose key the dump options may leave out; ``None``: the value has no key, such as that of a root
    model or a part of a named tuple.
    """
    if core["type"] != "default" or _is_validated(context, core):
        return schema
    # Only models know which fields were set.
    if field == "model-field" and context.dump.exclude_unset:
        return schema
    sent = _sent(context, core, schema, with_key=field is not None)
    if sent is None or (sent.fits is None and surely_has(schema, sent.value)):
        return schema
    return {**schema, SENT: sent}


def _is_validated(context: Context, core: CoreSchema) -> bool:
    own = core.get("validate_default")
    return bool(context.view.config.get("validate_default") if own is None else own)


def _sent(context: Context, core: CoreSchema, schema: JsonSchema, *, with_key: bool) -> Sent | None:
    """``None`` if nothing is sent, or what is sent can't be told."""
    try:
        value = value_of(context, core)
        if value is NO_DEFAULT or is_missing(value):
            return None
        again = core["default"] if "default" in core else _made(core)
        if with_key and _is_left_out(context, core, value, again):
            return None
        write = _writer(context, core)
        written = write(value)
        varies = _has_no_order(value) or write(again) != written
        fits = None
        if _SHAPES & _formats(schema):
            valid = _validated(context, core, value)
            fits = valid is not NO_DEFAULT and write(valid) == written
    except (Exception, SystemExit):  # noqa: BLE001 - what a validator or a serializer of the user's raises
        return None
    return Sent(context.place.where, written, fits, varies)


def _is_left_out(context: Context, core: CoreSchema, value: object, again: object) -> bool:
    """Whether the dump options leave the key of a default out; ``again`` is what Pydantic compares it with."""
    if value is None and context.dump.exclude_none:
        return True
    compared = context.dump.exclude_defaults and not core.get("default_factory_takes_data", False)
    return compared and bool(value == again)


def value_of(context: Context, core: CoreSchema) -> object:
    """The default of a field, whose factory is called once in a run; :data:`NO_DEFAULT` if it raises or does not come back."""
    if "default_factory" not in core:
        return core.get("default", NO_DEFAULT)
    factory = core["default_factory"]
    if id(factory) not in context.made:
        try:
            context.made[id(factory)] = _made(core)
        except factories.FactoryError as error:
            context.made[id(factory)] = NO_DEFAULT
            context.lost_defaults[context.place.where] = f"{factories.name_of(factory)} {error}"
        except Exception:  # noqa: BLE001 - it is the user's
            context.made[id(factory)] = NO_DEFAULT
    return context.made[id(factory)]


def _made(core: CoreSchema) -> object:
    factory = core["default_factory"]
    # A factory that needs other fields raises here: their values are not known.
    takes_data = core.get("default_factory_takes_data")
    return factories.call(functools.partial(factory, {}) if takes_data else factory)


def _writer(context: Context, core: CoreSchema, *, selects: bool = True) -> Callable[[object], Any]:
    """A function that says what Pydantic sends for a value of a field; ``selects``: without what the dump options leave out."""
    kind, dump = unwrapped(core)["type"], context.dump

    @functools.cache
    def serializer() -> SchemaSerializer:
        return SchemaSerializer(_alone(context, core), _config(context))

    def write(value: object) -> Any:
        plain = type(value) in _PLAIN and kind in _AS_FOUND
        empty = kind == _EMPTY.get(type(value)) and not value
        if value is None and _writes_null(core):
            return None
        if (plain or empty) and not any("serialization" in layer for layer in layers(core)):
            # Without a look at what may stand inside, which in a chain of models is all of them.
            return [] if isinstance(value, set | frozenset) else value
        text = serializer().to_json(
            value,
            **given(by_alias=dump.by_alias),
            exclude_none=selects and dump.exclude_none,
            exclude_defaults=selects and dump.exclude_defaults,
            exclude_unset=selects and dump.exclude_unset,
            round_trip=dump.round_trip,
            include=nested(dump.include) if selects and dump.include is not None else None,
            exclude=nested(dump.exclude) if selects and dump.exclude else None,
            warnings=False,
        )
        return in_order(value, json.loads(text, parse_constant=_no_json))

    return write


def _writes_null(core: CoreSchema) -> bool:
    """Whether ``None`` is written by a nullable schema, which does not ask what it wraps."""
    for layer in layers(core):
        if "serialization" in layer:
            return False
        if layer["type"] == "nullable":
            return True
    return False


def _no_json(constant: str) -> float:
    raise ValueError(constant)


def _validated(context: Context, core: CoreSchema, value: object) -> object:
    """What Pydantic makes of a value; :data:`NO_DEFAULT` if it does not take it."""
    try:
        return SchemaValidator(_alone(context, core)).validate_python(value)
    except ValidationError:
        return NO_DEFAULT


def _alone(context: Context, core: CoreSchema) -> core_schema.CoreSchema:
    """A core schema with the definitions that it refers to."""
    inside = context.references.schemas(core)
    definitions = {
        inner["schema_ref"]: target
        for inner in inside
        if (target := context.references.target(inner)) is not None
    }
    if not definitions:
        return core
    return core_schema.definitions_schema(
        core,
        cast("list[core_schema.CoreSchema]", [*definitions.values()]),
    )


def _config(context: Context) -> core_schema.CoreConfig:
    config = context.view.config
    known = {key: config[key] for key in _CONFIG if config.get(key) is not None}
    return cast("core_schema.CoreConfig", known)


def _has_no_order(value: object) -> bool:
    """Whether a value holds a set of several items, which are sent in any order."""
    match value:
        case collections.abc.Set():
            return len(value) > 1
        case list() | tuple():
            return any(map(_has_no_order, value))
        case collections.abc.Mapping():
            return any(map(_has_no_order, value.values()))
        case _:
            return any(map(_has_no_order, vars(value).values())) if _has_fields(value) else False


def _has_fields(value: object) -> bool:
    return hasattr(type(value), "__pydantic_fields__") and hasattr(value, "__dict__")


# --- Whether a schema surely has a value ------------------------------------------------------------------------------


def surely_has(schema: JsonSchema, value: Any) -> bool:
    """Whether a value is of a type by what stands in its schema alone, as nearly every default is."""
    if "anyOf" in schema:
        return any(surely_has(one, value) for one in schema["anyOf"])
    keywords = {key for key in schema if key not in ANNOTATIONS and key != "$comment"}
    if not keywords:
        return True
    if "const" in schema or "enum" in schema:
        values = [schema["const"]] if "const" in schema else schema["enum"]
        return any(type(one) is type(value) and one == value for one in values)
    match schema.get("type"), value:
        case ("null", None) | ("string", str()) | ("boolean" | "integer" | "number", bool()):
            return keywords == {"type"} and isinstance(value, bool) is (schema["type"] == "boolean")
        case ("integer" | "number", int()):
            return keywords == {"type"}
        case ("array", []):
            return not schema.get("minItems")
        case ("object", dict()) if not value:
            return not schema.get("required") and not schema.get("minProperties")
        case _:
            return False


def _formats(schema: JsonSchema) -> set[str]:
    return set(_formats_in(schema))


def _formats_in(schema: JsonSchema) -> Iterator[str]:
    if isinstance(schema.get("format"), str):
        yield schema["format"]
    for child in walk.children(schema):
        yield from _formats_in(child)
