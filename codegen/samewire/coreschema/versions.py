"""What differs between versions of Pydantic: asked of the one that is installed, never told by its number."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any, Final

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo
from pydantic_core import SchemaValidator, core_schema

from samewire.absent import ExcludeIf, leave_out
from samewire.coreschema.wrappers import CoreSchema

_CONFIGURATION: Final = ConfigDict.__required_keys__ | ConfigDict.__optional_keys__


def own_config(cls: object) -> dict[str, Any] | None:
    """
    The configuration of a model, or of a dataclass or typed dictionary that has one; ``None`` for what has none.

    Without the keys that the installed Pydantic does not know: it ignores them.
    """
    for attribute in ("model_config", "__pydantic_config__"):
        config = getattr(cls, attribute, None)
        if isinstance(config, dict):
            return {key: value for key, value in config.items() if key in _CONFIGURATION}
    return None


def supported(function: Callable[..., Any], **options: Any) -> dict[str, Any]:
    """
    The arguments that a function of the installed Pydantic has.

    >>> from pydantic_core import to_json
    >>> supported(to_json, by_alias=True, since_next_year=1)
    {'by_alias': True}
    """
    known = _parameters(function)
    return {name: value for name, value in options.items() if name in known}


def given(**options: Any) -> dict[str, Any]:
    """The arguments that are not ``None``, which was no value of ``by_alias`` before Pydantic 2.11: it is left to the model."""
    return {name: value for name, value in options.items() if value is not None}


@functools.cache
def _parameters(function: Callable[..., Any]) -> frozenset[str]:
    return frozenset(inspect.signature(function).parameters)


@functools.cache
def models_stand_alone() -> bool:
    """
    Whether a model inside another type is read and written by its own validator and serializer, with what they refer to.

    Before Pydantic 2.11, what several models of one root refer to is built once, with the configuration of the root.
    """

    class Own(BaseModel):
        own: int

    fields = core_schema.model_fields_schema(
        {"other": core_schema.model_field(core_schema.int_schema())}
    )
    inside = core_schema.list_schema(core_schema.model_schema(Own, fields))
    return SchemaValidator(inside).isinstance_python([{"own": 1}])


def modern_serialization(schema: CoreSchema) -> CoreSchema:
    """
    A core schema with its serialization as the newest Pydantic has it.

    Before Pydantic 2.12 ``SerializeAsAny`` and type variables without a value are functions of Pydantic's own, and there is no
    ``exclude_if``, for which ``samewire.absent`` has a serializer of the model.
    """
    match schema.get("serialization"):
        case {"function": function} if function is leave_out:
            rest = {key: value for key, value in schema.items() if key != "serialization"}
            return _with_exclude_if(rest, schema["cls"].model_fields)
        case {"type": "function-wrap", "schema": {"type": "any"}, "function": function} if getattr(
            function, "__module__", ""
        ).startswith("pydantic.") and function.__qualname__.partition(".")[0] in (
            "SerializeAsAny",
            "GenerateSchema",
        ):
            return {**schema, "serialization": {"type": "any"}}
        case _:
            return schema


def _with_exclude_if(schema: CoreSchema, declared: Mapping[str, FieldInfo]) -> CoreSchema:
    if schema["type"] != "model-fields":
        return {**schema, "schema": _with_exclude_if(schema["schema"], declared)}
    fields = {
        name: {**field, "serialization_exclude_if": mark.predicate}
        for name, field in schema["fields"].items()
        for mark in declared[name].metadata
        if isinstance(mark, ExcludeIf)
    }
    return {**schema, "fields": {**schema["fields"], **fields}}


def modern(schema: CoreSchema) -> CoreSchema:
    """
    A core schema as the newest Pydantic has it. Its parts are left as they are.

    A ``NamedTuple`` is a call of its class before Pydantic 2.14. What it reads and writes is the same: an array of all fields, and
    in what is read those at the end that have a default may be left off.
    """
    if schema["type"] != "call":
        return schema
    cls = schema["function"]
    if not (isinstance(cls, type) and issubclass(cls, tuple) and hasattr(cls, "_fields")):
        return schema
    fields = [
        {"type": "named-tuple-field", "name": argument["name"], "schema": argument["schema"]}
        for argument in schema["arguments_schema"]["arguments_schema"]
    ]
    ref = {"ref": schema["ref"]} if "ref" in schema else {}
    return {"type": "named-tuple", "cls": cls, "fields": fields, **ref}
