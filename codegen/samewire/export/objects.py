"""
Models, dataclasses and typed dictionaries: which keys are there, and what holds for the keys that are not declared.
"""

from __future__ import annotations

import dataclasses as stdlib_dataclasses
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from pydantic import BaseModel

from samewire.dump import EACH
from samewire.export import aliases, keys, presence, serializers
from samewire.export.docstrings import clean
from samewire.export.naming import class_key
from samewire.export.stream_order import order_of
from samewire.export.view import JsonSchema

if TYPE_CHECKING:
    from pydantic_core import core_schema

    from samewire.export.generator import WireSchema


def model(generator: WireSchema, schema: core_schema.ModelSchema) -> JsonSchema:
    cls = cast("type[BaseModel]", schema["cls"])
    config = cast("dict[str, Any]", cls.model_config)
    if generator.mode == "serialization" and config.get("polymorphic_serialization"):
        instead = serializers.polymorphic(generator, cls)
        if instead is not None:
            return instead
    with _within(generator, cls, config):
        result = dict(generator.generate_inner(schema["schema"]))
        extra_behavior = schema.get("extra_behavior") or config.get("extra")
        if not cls.__pydantic_root_model__:
            result = _with_unknown_keys(generator, result, extra_behavior)
        return {**_class_docs(cls, config), **_order(generator, cls), **result}


def dataclass(generator: WireSchema, schema: core_schema.DataclassSchema) -> JsonSchema:
    cls = schema["cls"]
    own = cast("dict[str, Any] | None", getattr(cls, "__pydantic_config__", None))
    with _within(generator, cls, own):
        result = dict(generator.generate_inner(schema["schema"]))
        core_config = cast("Mapping[str, Any]", schema.get("config") or {})
        outer = generator.view.config if own is None else {}
        extra = (own or outer).get("extra") or core_config.get("extra_fields_behavior")
        if extra == "allow" and generator.mode == "serialization":
            extra = (
                "ignore"  # a dataclass keeps further keys as attributes, and does not write them
            )
        result = _with_unknown_keys(generator, result, extra)
        return {**_class_docs(cls, own or {}), **_order(generator, cls), **result}


def typed_dict(generator: WireSchema, schema: core_schema.TypedDictSchema) -> JsonSchema:
    cls = schema.get("cls")
    own = cast("dict[str, Any] | None", getattr(cls, "__pydantic_config__", None)) if cls else None
    # What is written follows the configuration around: Pydantic reads that of the typed dictionary for validation only.
    emits = generator.mode == "serialization"
    with _within(generator, cls, None if emits else own):
        total = schema.get("total", True)
        fields = (
            (name, field, field.get("required", total)) for name, field in schema["fields"].items()
        )
        computed = schema.get("computed_fields", [])
        result = _object(
            generator, cast("Iterable[tuple[str, Mapping[str, Any], bool]]", fields), computed
        )
        if (extras := schema.get("extras_schema")) is not None:
            result["additionalProperties"] = generator.generate_inner(extras) or True
        core_config = cast("Mapping[str, Any]", schema.get("config") or {})
        behavior = (
            schema.get("extra_behavior")
            or (own if own is not None else generator.view.config).get("extra")
            or core_config.get("extra_fields_behavior")
        )
        result = _with_unknown_keys(generator, result, behavior)
        docs = _class_docs(cls, own or {}) if cls else {}
        return {**docs, **_order(generator, cls), **result}


def model_fields(generator: WireSchema, schema: core_schema.ModelFieldsSchema) -> JsonSchema:
    fields = (
        (name, cast("Mapping[str, Any]", field), True) for name, field in schema["fields"].items()
    )
    result = _object(generator, fields, schema.get("computed_fields", []))
    if (extras := schema.get("extras_schema")) is not None:
        result["additionalProperties"] = generator.generate_inner(extras) or True
    if (names := schema.get("extras_keys_schema")) is not None:
        key = keys.as_string(generator, generator.generate_inner(names))
        if key not in ({}, {"type": "string"}):
            result["additionalProperties"] = generator.refuse(
                "dict-key",
                "limits the keys of further fields, which has no exact form beside fields that are declared",
                "let any string be a key, or use a field that is a dict",
            )
    return result


def dataclass_fields(generator: WireSchema, schema: core_schema.DataclassArgsSchema) -> JsonSchema:
    fields = [
        (field["name"], cast("Mapping[str, Any]", field), True)
        for field in schema["fields"]
        if field.get("init", True)
        if not (field.get("init_only", False) and generator.mode == "serialization")
    ]
    if generator.mode == "serialization":
        fields = _in_order(schema, fields)
    return _object(generator, fields, schema.get("computed_fields", []))


def _in_order(
    schema: core_schema.DataclassArgsSchema, fields: list[tuple[str, Mapping[str, Any], bool]]
) -> list[tuple[str, Mapping[str, Any], bool]]:
    """Fields with ``init=False`` are not read but are written."""
    written = {name: (name, field, required) for name, field, required in fields}
    return [
        written.get(field["name"], (field["name"], cast("Mapping[str, Any]", field), True))
        for field in schema["fields"]
        if not field.get("init_only", False)
    ]


def _object(
    generator: WireSchema,
    fields: Iterable[tuple[str, Mapping[str, Any], bool]],
    computed: Iterable[core_schema.ComputedField],
) -> JsonSchema:
    properties: JsonSchema = {}
    required: list[str] = []
    choices: dict[str, list[aliases.Path]] = {}
    wire = generator.wire_names.setdefault((generator.mode, generator.owner), {})
    for name, field, typed_dict_required in fields:
        emits = generator.mode == "serialization"
        if emits and not generator.dump.keeps(name):
            continue
        with generator.inside(name), generator.dumping(generator.dump.below(name, EACH)):
            if generator.where in generator.options.exclude_fields:
                continue
            found = (
                presence.emitted(generator, field, typed_dict_required)
                if emits
                else presence.accepted(generator, field, typed_dict_required)
            )
            if found is None:
                continue
            keys = (
                aliases.written(generator, name, field)
                if emits
                else aliases.read(generator, name, field)
            )
            key = keys[0] if isinstance(keys[0], str) else name
            wire[name] = key
            if keys != [key]:
                choices[key] = keys
            if key in properties:
                properties[key] = _two_fields(generator, key)
                continue
            properties[key] = {**found.schema, **_field_docs(generator, name)}
            if found.required:
                required.append(key)
    dump = generator.dump
    if generator.mode == "serialization" and not (dump.exclude_computed_fields or dump.round_trip):
        _add_computed(generator, computed, properties, required)
    result: JsonSchema = {"type": "object", "properties": properties}
    if required:
        result["required"] = required
    if choices:
        result[aliases.CHOICES] = choices
    return result


def _two_fields(generator: WireSchema, key: str) -> JsonSchema:
    return generator.refuse(
        "duplicate-key",
        f"another field has the key {key!r} already",
        "give one of them another alias, or exclude it",
    )


def _add_computed(
    generator: WireSchema,
    computed: Iterable[core_schema.ComputedField],
    properties: JsonSchema,
    required: list[str],
) -> None:
    for field in computed:
        name = field["property_name"]
        if not generator.dump.keeps(name):
            continue
        with generator.inside(name), generator.dumping(generator.dump.below(name, EACH)):
            if generator.where in generator.options.exclude_fields:
                continue
            found = presence.computed(generator, cast("Mapping[str, Any]", field))
            if found is None:
                continue
            key = field.get("alias", name) if aliases.by_alias(generator) else name
            if key in properties:
                properties[key] = _two_fields(generator, key)
                continue
            properties[key] = {**found.schema, "readOnly": True, **_field_docs(generator, name)}
            if found.required:
                required.append(key)


def _order(generator: WireSchema, cls: type[Any] | None) -> JsonSchema:
    return order_of(cls, generator.wire_names.get((generator.mode, cls), {}))


# --- Unknown keys -----------------------------------------------------------------------------------------------------


def _with_unknown_keys(
    generator: WireSchema, result: JsonSchema, behavior: str | None
) -> JsonSchema:
    """
    The model's ``extra`` and the contract's policy, as ``additionalProperties``: ``False`` rejects, absent strips, else keeps.

    Extras that the model keeps are data, so no policy touches them.
    """
    if "properties" not in result:
        return result
    typed = result.pop("additionalProperties", True)
    options = generator.options
    emits = generator.mode == "serialization"
    policy = options.unknown_keys_emits if emits else options.unknown_keys_accepts
    if behavior == "allow" and not (emits and generator.dump.include is not None):
        return {**result, "additionalProperties": typed}
    left_out = any(name.startswith(f"{generator.where}.") for name in options.exclude_fields)
    if policy == "keep":
        return {**result, "additionalProperties": True}
    if policy == "reject" or (policy == "model" and behavior == "forbid"):
        # A field that the user left out is still sent, so its key can't be refused.
        return result if left_out and emits else {**result, "additionalProperties": False}
    return result


# --- Documentation ----------------------------------------------------------------------------------------------------


def _class_docs(cls: type[Any], config: Mapping[str, Any]) -> JsonSchema:
    docs: JsonSchema = {}
    title = config.get("title")
    if title is None and (make_title := config.get("model_title_generator")):
        title = make_title(cls)
    if title is not None and title != cls.__name__:
        docs["title"] = title
    if description := _docstring(cls):
        docs["description"] = description
    extra = config.get("json_schema_extra")
    if isinstance(extra, dict):
        docs |= {
            key: extra[key]
            for key in ("title", "description", "examples", "deprecated")
            if key in extra
        }
    if (message := getattr(cls, "__deprecated__", None)) is not None:
        docs["deprecated"] = True
        if isinstance(message, str) and message:
            docs["x-samewire-deprecated"] = message
    return cast("JsonSchema", json.loads(json.dumps(docs, default=str)))


def _docstring(cls: type[Any]) -> str | None:
    doc = cls.__dict__.get("__doc__") or _generic_origin_doc(cls)
    if not doc or cls is BaseModel:
        return None
    # dataclasses and named tuples without a docstring get their signature as one.
    signature = stdlib_dataclasses.is_dataclass(cls) or issubclass(cls, tuple)
    if signature and doc.startswith(f"{cls.__name__}("):
        return None
    return clean(doc) or None


def _generic_origin_doc(cls: type[Any]) -> str | None:
    metadata = getattr(cls, "__pydantic_generic_metadata__", None)
    origin = metadata["origin"] if metadata else None
    return origin.__dict__.get("__doc__") if origin else None


def _field_docs(generator: WireSchema, name: str) -> JsonSchema:
    """Deprecation messages, which Pydantic's own schema reduces to ``true``."""
    if not generator.owners:
        return {}
    owner = generator.owners[-1]
    info = getattr(owner, "__pydantic_fields__", {}).get(name)
    if info is None:
        decorators = getattr(owner, "__pydantic_decorators__", None)
        computed = decorators.computed_fields.get(name) if decorators else None
        info = computed.info if computed else None
    message = getattr(info, "deprecation_message", None)
    if not message:
        return {}
    return (
        {"deprecated": True, "x-samewire-deprecated": message}
        if message != "deprecated"
        else {"deprecated": True}
    )


# --- Where we are -----------------------------------------------------------------------------------------------------


class _within:  # noqa: N801  # reads as the statement it is used in
    """The configuration and the place that hold while a class's fields are generated."""

    def __init__(
        self, generator: WireSchema, cls: type[Any] | None, config: dict[str, Any] | None
    ) -> None:
        self._generator = generator
        self._cls = cls
        self._config = generator._config_wrapper_stack.push(cast("Any", config))  # noqa: SLF001  # as the stock generator does

    def __enter__(self) -> None:
        self._config.__enter__()
        if self._cls is not None:
            self._generator.place.append(class_key(self._cls))
            self._generator.owners.append(self._cls)

    def __exit__(self, *exc: object) -> None:
        if self._cls is not None:
            self._generator.place.pop()
            self._generator.owners.pop()
        self._config.__exit__(None, None, None)
