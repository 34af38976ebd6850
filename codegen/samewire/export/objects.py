"""
Models, dataclasses and typed dictionaries: which keys are there, and what holds for the keys that are not declared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from pydantic import BaseModel

from samewire.coreschema import CoreSchema
from samewire.coreschema.versions import own_config
from samewire.dump import EACH
from samewire.export import aliases, brands, defaults, documentation, keys, presence, serializers
from samewire.export.stream_order import order_of
from samewire.scalars.view import JsonSchema

if TYPE_CHECKING:
    from samewire.export.context import Context


def model(context: Context, schema: CoreSchema) -> JsonSchema:
    cls = cast("type[BaseModel]", schema["cls"])
    config = own_config(cls) or {}
    if context.emits and config.get("polymorphic_serialization"):
        instead = serializers.polymorphic(context, cls)
        if instead is not None:
            return instead
    with context.inside_class(cls, config):
        result = dict(context.generate_inner(schema["schema"]))
        extra_behavior = schema.get("extra_behavior") or config.get("extra")
        if cls.__pydantic_root_model__:
            result = brands.placed(context, context.place.annotation, result)
        if cls.__pydantic_root_model__ and context.emits:
            result = defaults.with_sent(context, schema["schema"], result)
        if not cls.__pydantic_root_model__:
            result = _with_unknown_keys(context, result, extra_behavior)
        return {**documentation.of_class(cls, config), **_order(context, cls), **result}


def dataclass(context: Context, schema: CoreSchema) -> JsonSchema:
    cls = schema["cls"]
    own = own_config(cls)
    with context.inside_class(cls, own):
        result = dict(context.generate_inner(schema["schema"]))
        # That of the class, or of the model around in which Pydantic built the schema first: others there refer to the same schema.
        extra = (schema.get("config") or {}).get("extra_fields_behavior")
        if extra == "allow" and context.emits:
            extra = (
                "ignore"  # a dataclass keeps further keys as attributes, and does not write them
            )
        result = _with_unknown_keys(context, result, extra)
        return {**documentation.of_class(cls, own or {}), **_order(context, cls), **result}


def typed_dict(context: Context, schema: CoreSchema) -> JsonSchema:
    cls = schema.get("cls")
    own = own_config(cls)
    # What is written follows the configuration around: Pydantic reads that of the typed dictionary for validation only.
    emits = context.emits
    with context.inside_class(cls, None if emits else own):
        total = schema.get("total", True)
        fields = (
            (name, field, field.get("required", total)) for name, field in schema["fields"].items()
        )
        computed = schema.get("computed_fields", [])
        result = _object(context, fields, computed)
        if (extras := schema.get("extras_schema")) is not None:
            result["additionalProperties"] = context.generate_inner(extras) or True
        core_config = schema.get("config") or {}
        behavior = (
            schema.get("extra_behavior")
            or (own if own is not None else context.view.config).get("extra")
            or core_config.get("extra_fields_behavior")
        )
        result = _with_unknown_keys(context, result, behavior)
        docs = documentation.of_class(cls, own or {}) if cls else {}
        return {**docs, **_order(context, cls), **result}


def model_fields(context: Context, schema: CoreSchema) -> JsonSchema:
    fields = ((name, field, True) for name, field in schema["fields"].items())
    result = _object(context, fields, schema.get("computed_fields", []))
    if (extras := schema.get("extras_schema")) is not None:
        result["additionalProperties"] = context.generate_inner(extras) or True
    if (names := schema.get("extras_keys_schema")) is not None:
        key = keys.as_string(context, context.generate_inner(names))
        if key not in ({}, {"type": "string"}):
            result["additionalProperties"] = context.refuse(
                "dict-key",
                "limits the keys of extra fields, which has no exact form beside declared fields",
                "let any string be a key, or use a field that is a dict",
            )
    return result


def dataclass_fields(context: Context, schema: CoreSchema) -> JsonSchema:
    fields = [
        (field["name"], field, True)
        for field in schema["fields"]
        if field.get("init", True)
        if not (field.get("init_only", False) and context.emits)
    ]
    if context.emits:
        fields = _in_order(schema, fields)
    return _object(context, fields, schema.get("computed_fields", []))


def _in_order(
    schema: CoreSchema, fields: list[tuple[str, CoreSchema, bool]]
) -> list[tuple[str, CoreSchema, bool]]:
    """Fields with ``init=False`` are not read but are written."""
    written = {name: (name, field, required) for name, field, required in fields}
    return [
        written.get(field["name"], (field["name"], field, True))
        for field in schema["fields"]
        if not field.get("init_only", False)
    ]


def _object(
    context: Context,
    fields: Iterable[tuple[str, CoreSchema, bool]],
    computed: Iterable[CoreSchema],
) -> JsonSchema:
    emits, excluded = context.emits, context.options.exclude_fields
    made = _Properties(context)
    for name, field, declared_required in fields:
        if emits and not context.dump.keeps(name):
            continue
        with context.place.inside(name), context.dumping(context.dump.below(name, EACH)):
            if excluded and context.place.where in excluded:
                continue
            property_of = presence.emitted if emits else presence.accepted
            property_ = property_of(context, field, declared_required)
            if property_ is not None:
                property_ = _branded(context, name, property_)
                names = aliases.written if emits else aliases.read
                made.add(name, names(context, name, field), property_)
    dump = context.dump
    if emits and not (dump.exclude_computed_fields or dump.round_trip):
        _add_computed(context, computed, made)
    return made.schema()


def _branded(context: Context, name: str, property_: presence.Property) -> presence.Property:
    owner = context.place.owner
    if not context.options.brands or (context.emits and brands.serialized(owner, name)):
        return property_
    annotation = context.place.annotation
    return replace(property_, schema=brands.placed(context, annotation, property_.schema))


class _Properties:
    """The properties of an object, as its fields are added."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.properties: JsonSchema = {}
        self.required: list[str] = []
        self.names: list[list[aliases.Name]] = []
        self.heads: set[str] = set()  # of paths, which several fields may share
        self.wire = context.wire_names.setdefault((context.mode, context.place.owner), {})

    def add(self, name: str, paths: Sequence[aliases.Path], property_: presence.Property) -> None:
        """A field under its names."""
        path = aliases.chosen(paths)
        if path is None:
            schema = self.context.refuse(
                "alias-path",
                "is only read from the end of an array, which has no exact form",
                "add a name that is a key: AliasChoices('name', AliasPath(...))",
            )
            path, property_ = (name,), presence.Property(schema, property_.required)
        key, rest = str(path[0]), path[1:]
        self.wire[name] = name if rest else key
        if key in self.properties and not (rest and key in self.heads):
            self.properties[key] = _two_fields(self.context, key)
            return
        schema = {**property_.schema, **documentation.of_field(self.context, name)}
        if rest:
            self.heads.add(key)
            existing = self.properties.get(key)
            schema = aliases.nested(existing, rest, schema, required=property_.required)
        self.properties[key] = schema
        if property_.required and key not in self.required:
            self.required.append(key)
        entry = aliases.names_of(paths)
        if entry is not None:
            self.names.append(entry)

    def schema(self) -> JsonSchema:
        result: JsonSchema = {"type": "object", "properties": self.properties}
        if self.required:
            result["required"] = self.required
        if self.names:
            result[aliases.NAMES] = self.names
        return result


def _two_fields(context: Context, key: str) -> JsonSchema:
    return context.refuse(
        "duplicate-key",
        f"another field has the key {key!r} already",
        "give one of them another alias, or exclude it",
    )


def _add_computed(context: Context, computed: Iterable[CoreSchema], made: _Properties) -> None:
    for field in computed:
        name = field["property_name"]
        if not context.dump.keeps(name):
            continue
        with context.place.inside(name), context.dumping(context.dump.below(name, EACH)):
            if context.place.where in context.options.exclude_fields:
                continue
            property_ = presence.computed(context, field)
            if property_ is not None:
                for annotation in brands.computed(context.place.owner, name):
                    schema = brands.placed(context, annotation, property_.schema)
                    property_ = replace(property_, schema=schema)
                key = field.get("alias", name) if aliases.by_alias(context) else name
                read_only = presence.Property(
                    {**property_.schema, "readOnly": True}, property_.required
                )
                made.add(name, [(key,)], read_only)


def _order(context: Context, cls: type[Any] | None) -> JsonSchema:
    return order_of(cls, context.wire_names.get((context.mode, cls), {}))


# --- Unknown keys -----------------------------------------------------------------------------------------------------


def _with_unknown_keys(context: Context, result: JsonSchema, behavior: str | None) -> JsonSchema:
    """
    The model's ``extra`` and the contract's policy, as ``additionalProperties``: ``False`` rejects, absent strips, else keeps.

    Extras that the model keeps are data, so no policy touches them.
    """
    if "properties" not in result:
        return result
    typed = result.pop("additionalProperties", True)
    options = context.options
    emits = context.emits
    policy = options.unknown_keys_emits if emits else options.unknown_keys_accepts
    if behavior == "allow" and not (emits and context.dump.include is not None):
        return {**result, "additionalProperties": typed}
    left_out = any(name.startswith(f"{context.place.where}.") for name in options.exclude_fields)
    if policy == "keep":
        return {**result, "additionalProperties": True}
    if policy == "reject" or (policy == "model" and behavior == "forbid"):
        # A field that the user left out is still sent, so its key can't be refused.
        return result if left_out and emits else {**result, "additionalProperties": False}
    return result
