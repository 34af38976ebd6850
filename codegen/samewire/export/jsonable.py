"""
Python values as JSON whose order depends on the values alone.

A set has no order of its own: that of its texts is another in each process (``PYTHONHASHSEED``). So every array that is written for
a set is sorted, wherever the set stands: inside a model, a dataclass, a tuple, a dictionary, another set.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import json
from collections import deque
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, RootModel, TypeAdapter

from samewire.coreschema.versions import given
from samewire.scalars.bounds import NUMERIC
from samewire.scalars.view import JsonSchema

BytesMode: TypeAlias = Literal["utf8", "base64", "hex"]

_BOUNDS: Final = frozenset(NUMERIC.values())


def jsonable(value: object, *, by_alias: bool | None = None, bytes_mode: BytesMode = "utf8") -> Any:
    """
    ``value`` as Pydantic writes it where its type is not declared.

    Raises:
        PydanticSerializationError, PydanticSchemaGenerationError, ValueError: it has no JSON form.

    """
    if value is None or type(value) is bool or (type(value) is str and value.isascii()):
        return value
    text = _anything(bytes_mode).dump_json(value, **given(by_alias=by_alias))
    return in_order(value, json.loads(text))


@functools.cache
def _anything(bytes_mode: BytesMode) -> TypeAdapter[Any]:
    return TypeAdapter(Any, config=ConfigDict(ser_json_bytes=bytes_mode))


def canonical(schema: JsonSchema) -> JsonSchema:
    """
    A schema that does not tell versions of Pydantic, or runs of Python, apart.

    Bounds are whole numbers if they can be, null is the last of its choices, and the examples of a set are in order, of which
    Pydantic has made arrays.
    """
    changed: JsonSchema = {}
    if not _BOUNDS.isdisjoint(schema):
        bounds = ((key, schema[key]) for key in _BOUNDS & schema.keys())
        changed |= {key: int(bound) for key, bound in bounds if _is_whole(bound)}
    match schema.get("anyOf"):
        case [{"type": "null"} as null, *others] if others and len(null) == 1:
            changed["anyOf"] = [*others, null]
    if schema.get("uniqueItems") and isinstance(schema.get("examples"), list):
        changed["examples"] = [
            sorted(one, key=_place) if isinstance(one, list) else one for one in schema["examples"]
        ]
    return {**schema, **changed} if changed else schema


def _is_whole(bound: object) -> bool:
    return isinstance(bound, float) and bound.is_integer()


def in_order(value: object, written: Any) -> Any:
    """What was written for a value, its sets in order."""
    match value, written:
        case AbstractSet(), list():
            # One and the same set gives its members in the same order every time.
            members = [in_order(*pair) for pair in _pairs(value, written)]
            return sorted(members, key=_place)
        case list() | tuple() | deque(), list():
            return [in_order(*pair) for pair in _pairs(value, written)]
        case Mapping(), dict():
            pairs = _pairs(value.values(), written.values())
            return dict(zip(written, (in_order(*pair) for pair in pairs), strict=True))
        case enum.Enum(), _:
            return in_order(value.value, written)
        case RootModel(), _:
            return in_order(value.root, written)
        case _, dict():
            return {**written, **dict(_attributes(value, written))}
        case _:
            return written


def _pairs(values: Any, written: Any) -> Iterator[tuple[Any, Any]]:
    """Values with what was written for each; a serializer that makes another number of them keeps its order."""
    if len(values) != len(written):
        return ((None, one) for one in written)
    return zip(values, written, strict=True)


def _attributes(value: object, written: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The keys of a model or dataclass that its fields, computed ones included, are written under."""
    for name, aliases in _names(value):
        key = next((one for one in (*aliases, name) if one in written), None)
        if key is not None and isinstance(written[key], list | dict):
            yield key, in_order(getattr(value, name, None), written[key])


def _names(value: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    cls: type[Any] = type(value)
    if isinstance(value, BaseModel):
        fields: Mapping[str, Any] = {**cls.model_fields, **cls.model_computed_fields}
        for name in value.model_extra or {}:
            yield name, ()
    else:
        fields = getattr(cls, "__pydantic_fields__", {})
    for name, field in fields.items():
        aliases = (getattr(field, "serialization_alias", None), field.alias)
        yield name, tuple(one for one in aliases if one is not None)
    if dataclasses.is_dataclass(value):
        yield from (
            (field.name, ()) for field in dataclasses.fields(value) if field.name not in fields
        )


def _place(written: Any) -> tuple[int, float, str]:
    """Numbers by their value, and everything else by its text."""
    if isinstance(written, int | float) and not isinstance(written, bool):
        return 0, written, ""
    return 1, 0, json.dumps(written, sort_keys=True)
