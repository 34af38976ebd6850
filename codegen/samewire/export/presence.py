"""
Whether a field's key is on the wire, and whether it may be null there.

Emitted: a key is always written unless something leaves it out: ``Field(exclude=True)``, ``exclude_if``, the ``MISSING``
sentinel, a typed dictionary that need not have it, or the dump options. Accepted: a key must be there when Pydantic requires it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from pydantic_core import PydanticOmit

from samewire.coreschema import WRAPPERS, choices, layers, unwrapped
from samewire.coreschema.metadata import has_annotation_hooks
from samewire.coreschema.versions import modern_serialization
from samewire.export import decisions, defaults, type_hints, unions
from samewire.export.context import Context
from samewire.export.definition_keys import Key, key_of
from samewire.export.documentation import attempt
from samewire.export.enums import NEVER
from samewire.export.options import Declared
from samewire.scalars.view import JsonSchema


@dataclass(frozen=True, slots=True)
class Property:
    """What is on the wire for a field, and whether its key is always there."""

    schema: JsonSchema
    required: bool


def emitted(context: Context, field: Mapping[str, Any], declared_required: bool) -> Property | None:
    if field.get("serialization_exclude"):
        return None
    schema = _generate(context, field)
    if schema is None:
        return None
    core = field["schema"]
    dump = context.dump
    has_default = core["type"] == "default"
    in_model = field["type"] == "model-field"
    none_left_out = dump.exclude_none or _left_out(field, None)
    required = (
        (declared_required or (field["type"] == "typed-dict-field" and _is_filled_in(core)))
        and field.get("serialization_exclude_if") is None
        and not _allows_missing(core)
        and not (dump.exclude_none and may_be_none(context, core))
        and not (dump.exclude_defaults and _has_known_default(core))
        # Only models know which fields were set (pydantic, "Serialization", exclude_unset).
        and not (dump.exclude_unset and has_default and in_model)
    )
    if none_left_out and not _serializes_itself(core):
        if schema.get("type") == "null":
            return Property(dict(NEVER), required=False)
        schema = without_null(context, schema)
    schema = without_false_default(context, schema)
    if not _is_left_out_by_default(context, field):
        schema = defaults.with_sent(context, core, schema, field=field["type"])
    return Property(schema, required)


def _is_filled_in(core: Mapping[str, Any]) -> bool:
    """Whether validation adds the default of a typed dictionary's key that is not there."""
    has_value = "default" in core or "default_factory" in core
    return core["type"] == "default" and has_value and core.get("on_error") != "omit"


def _is_left_out_by_default(context: Context, field: Mapping[str, Any]) -> bool:
    """Whether ``exclude_if`` leaves the default out."""
    core = field["schema"]
    if core["type"] != "default" or field.get("serialization_exclude_if") is None:
        return False
    value = defaults.value_of(context, core)
    return value is not defaults.NO_DEFAULT and _left_out(field, value)


def accepted(
    context: Context, field: Mapping[str, Any], declared_required: bool
) -> Property | None:
    required = declared_required and field["schema"]["type"] != "default"
    schema = _generate(context, field)
    if schema is None and required:
        schema = _shown(context, field)
    if schema is None:
        return None
    if not required and unions.is_unread(context, unwrapped(field["schema"], ("default",)), schema):
        return Property(dict(NEVER), required=False)
    if _left_out(field, None) and _hides_null(field["schema"]):
        # Null is neither written nor meant to be read: the field is there, or it is not.
        schema = without_null(context, schema)
    return Property(without_false_default(context, schema), required)


def computed(context: Context, field: Mapping[str, Any]) -> Property | None:
    try:
        schema = context.generate_inner(cast("Any", field))
    except PydanticOmit:
        return None
    exclude_none = context.dump.exclude_none
    core = field["return_schema"]
    required = field.get("serialization_exclude_if") is None and not (
        exclude_none and may_be_none(context, core)
    )
    return Property(
        without_null(context, schema) if exclude_none or _left_out(field, None) else schema,
        required,
    )


def _has_known_default(core: Mapping[str, Any]) -> bool:
    """Whether there is a default to compare with: a factory that takes other fields is not called for that."""
    return core["type"] == "default" and not core.get("default_factory_takes_data", False)


def _generate(context: Context, field: Mapping[str, Any]) -> JsonSchema | None:
    try:
        return dict(context.generate_inner(cast("Any", field)))
    except PydanticOmit:
        return None


def _shown(context: Context, field: Mapping[str, Any]) -> JsonSchema | None:
    """A field that is hidden from readers of the schema, but has to be sent."""
    with context.showing_hidden():
        return _generate(context, field)


# --- None and missing -------------------------------------------------------------------------------------------------


def _left_out(field: Mapping[str, Any], value: object) -> bool:
    """Whether ``exclude_if`` leaves this value out. A predicate that can't take it does not."""
    predicate = field.get("serialization_exclude_if")
    if predicate is None:
        return False
    return attempt(lambda: bool(predicate(value)), otherwise=False)


def _serializes_itself(core: Mapping[str, Any]) -> bool:
    """A custom serializer may write null for a value that is not ``None``."""
    return any(
        layer.get("serialization", {}).get("type", "").startswith("function")
        for layer in map(modern_serialization, layers(core))
    )


def _hides_null(core: Mapping[str, Any]) -> bool:
    """Whether ``None`` stands in the annotation as ``SkipJsonSchema[None]``."""
    return any(
        choice["type"] == "none" and has_annotation_hooks(choice)
        for choice in choices(unwrapped(core))
    )


def _allows_missing(core: Mapping[str, Any]) -> bool:
    inner = unwrapped(core)
    return inner["type"] == "missing-sentinel" or any(map(_allows_missing, choices(inner)))


def may_be_none(context: Context, core: Mapping[str, Any]) -> bool:
    """Whether the Python value can be ``None``, which is what ``exclude_none`` looks at."""
    match core["type"]:
        case "json-or-python":
            return may_be_none(context, core["json_schema"])
        case "lax-or-strict":
            return any(may_be_none(context, branch) for branch in unions.branches(context, core))
        case "nullable" | "none" | "any":
            return True
        case "literal":
            return None in core["expected"]
        case "enum":
            # With use_enum_values a validated field holds the value, a default still the member.
            by_value = context.view.config.get("use_enum_values", False)
            return by_value and any(member.value is None for member in core["members"])
        case "union" | "tagged-union":
            with unions.inside(context, core):
                return any(may_be_none(context, choice) for choice in choices(core))
        case "definition-ref":
            if core["schema_ref"].startswith("pydantic.types.JsonValue:"):
                return True
            target = context.references.core_of(core["schema_ref"])
            return target is not None and may_be_none(context, target)
        case "default":
            own = defaults.value_of(context, core)
            return own is None or may_be_none(context, core["schema"])
        case "definitions":
            return may_be_none(context, core["schema"])
        case "json":
            return "schema" not in core or may_be_none(context, core["schema"])
        case "chain":
            return may_be_none(context, core["steps"][-1])
        case "function-plain":
            return _may_give_none(context, core)
        case kind:
            return kind in WRAPPERS and may_be_none(context, core["schema"])


def _may_give_none(context: Context, core: Mapping[str, Any]) -> bool:
    """Whether a plain validator may return ``None``: as the user has decided, or as it is annotated."""
    function = core["function"]["function"]
    if not type_hints.defined_elsewhere(function):
        return False  # those of Pydantic's own types make an instance, or fail
    site = decisions.of_field(
        context.place.owner, context.place.where, function, context.place.annotation
    )
    declared = core.get("serialization", {}).get("schema")
    match context.decisions.on(site):
        case _, Declared() as decision:
            return type_hints.allows_none(decision.type)
        case _, "fields" if declared is not None:
            return may_be_none(context, declared)
        case _:
            return type_hints.allows_none(type_hints.returned(function))


def without_null(context: Context, schema: JsonSchema) -> JsonSchema:
    """``schema`` less the value null; a definition that allows null is written out in place."""
    if "$ref" in schema:
        key = key_of(schema)
        target = context.definitions.get(key, {})
        core = context.references.core_schemas.get(Key.parse(key).core_ref, {})
        # A root model or a member of an enumeration that holds None is not None itself.
        if not _has_null(target) or core.get("type") in ("model", "enum", "dataclass"):
            return schema
        annotations = {key: value for key, value in schema.items() if key != "$ref"}
        return {**without_null(context, target), **annotations}
    if "anyOf" in schema:
        members = [without_null(context, one) for one in schema["anyOf"] if one != {"type": "null"}]
        rest = {key: value for key, value in schema.items() if key != "anyOf"}
        if rest.get("default", ...) is None:
            rest.pop("default")
        return {**members[0], **rest} if len(members) == 1 else {**rest, "anyOf": members}
    if "enum" in schema and None in schema["enum"] and "x-enum-varnames" not in schema:
        return {**schema, "enum": [value for value in schema["enum"] if value is not None]}
    return schema


def without_false_default(context: Context, schema: JsonSchema) -> JsonSchema:
    """``schema`` less a default of null where null is no value of it: the key is left out then."""
    if schema.get("default", ...) is None and not _allows_null(context, schema):
        return {key: value for key, value in schema.items() if key != "default"}
    return schema


def _allows_null(context: Context, schema: Mapping[str, Any]) -> bool:
    if "$ref" in schema:
        target = context.definitions.get(key_of(schema))
        return target is None or _allows_null(context, target)
    if "anyOf" in schema or "oneOf" in schema:
        members = schema.get("anyOf", schema.get("oneOf", ()))
        return any(_allows_null(context, one) for one in members)
    if "const" in schema or "enum" in schema:
        return None in schema.get("enum", [schema.get("const", ...)])
    return schema.get("type") in (None, "null") and "not" not in schema


def _has_null(schema: Mapping[str, Any]) -> bool:
    return {"type": "null"} in schema.get("anyOf", []) or (
        None in schema.get("enum", []) and "x-enum-varnames" not in schema
    )
