"""
Defaults: as documentation, and as values that are written though no validation would let them through.

Pydantic does not validate a default unless it is told to (``validate_default``), so ``count: int = None`` is null on the wire until
somebody sets it, and ``name: str = Field("", min_length=1)`` is empty.
"""

from __future__ import annotations

import collections.abc
import json
from collections.abc import Mapping
from typing import Any, Final, cast

from pydantic import PydanticSchemaGenerationError, TypeAdapter
from pydantic_core import (
    PydanticSerializationError,
    PydanticUndefined,
    SchemaError,
    SchemaValidator,
)

from samewire.coreschema import layers, unwrapped
from samewire.export import presence, serializers
from samewire.export.context import Context
from samewire.scalars.view import JsonSchema

NO_DEFAULT: Final = object()

_SCALARS = (
    *("int", "float", "decimal", "str", "bool", "literal", "enum"),
    *("date", "datetime", "time", "timedelta", "uuid"),
)


def with_default(context: Context, schema: Mapping[str, Any], inner: JsonSchema) -> JsonSchema:
    """The type of a value that has a default; ``inner`` is the type without it."""
    if "default" not in schema or is_missing(schema["default"]):
        return inner
    value = encode_default(context, schema["default"])
    if value is NO_DEFAULT:
        return inner
    if context.mode == "serialization" and is_stray(context, schema):
        alone: JsonSchema = {"type": "null"} if value is None else {"const": value}
        members = inner["anyOf"] if set(inner) == {"anyOf"} else [inner]
        inner = inner if alone in members else {"anyOf": [*members, alone]}
    return {**inner, "default": value}


def is_stray(context: Context, schema: Mapping[str, Any]) -> bool:
    """Whether a field is written with its default as it stands, and that is no value of its type, as far as can be told."""
    if schema["type"] != "default" or "default" not in schema:
        return False
    if context.dump.exclude_defaults or context.dump.exclude_unset:
        return False
    checked = schema.get("validate_default")
    if checked or (checked is None and context.view.config.get("validate_default")):
        return False
    core, default = schema["schema"], schema["default"]
    if default is None and presence.may_be_none(context, core):
        return False
    if any(map(serializers.is_authors, layers(core))):
        return False
    core = unwrapped(core)
    if core["type"] == "definition-ref":
        core = context.core_schemas.get(core["schema_ref"], core)
    if serializers.is_authors(core):
        return False
    return default is None or (core["type"] in _SCALARS and not _is_value(core, default))


def _is_value(core: Mapping[str, Any], value: object) -> bool:
    if core["type"] == "enum" and any(value == member.value for member in core["members"]):
        return True
    alone = {key: core[key] for key in core if key not in ("ref", "serialization", "metadata")}
    try:
        return SchemaValidator(cast("Any", alone)).isinstance_python(value, strict=True)
    except (SchemaError, TypeError):
        return True


def is_missing(value: object) -> bool:
    """Whether a default is Pydantic's ``MISSING`` sentinel, under any of the names it has had since 2.12."""
    return repr(value) in ("MISSING", "<MISSING>") or value is PydanticUndefined


def encode_default(context: Context, value: object) -> object:
    """
    A default as it is on the wire; :data:`NO_DEFAULT` for one that has no JSON form, which is documentation lost, not a type.
    """
    ordered: object = value
    if isinstance(value, collections.abc.Set) and not hasattr(value, "__members__"):
        ordered = sorted(value, key=repr)
    try:
        text = TypeAdapter(Any).dump_json(ordered, by_alias=context.dump.by_alias)
        return json.loads(text)
    except (PydanticSerializationError, PydanticSchemaGenerationError, ValueError):
        return NO_DEFAULT
