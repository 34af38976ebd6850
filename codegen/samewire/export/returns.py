"""
What a function takes and returns, where its core schema does not say so.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import operator
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath
from typing import Any, Final, cast

from pydantic import PydanticUserError, TypeAdapter
from pydantic.errors import PydanticUndefinedAnnotation
from pydantic_core import SchemaError, core_schema

from samewire.coreschema import choices, schemas, unwrapped, validator_function, variant
from samewire.export import type_hints

# What these functions return does not stand in an annotation: builtins and others, and methods by the class that has them.
_RETURNED: Mapping[Callable[..., object], type] = {
    **dict.fromkeys((ascii, bin, chr, format, hex, oct, repr), str),
    **dict.fromkeys((len, ord, hash, math.ceil, math.floor, math.trunc), int),
    **dict.fromkeys((json.dumps, PurePath.as_posix, PurePath.as_uri, Path.as_uri), str),
}
_LISTING: Final = (list, tuple, set, frozenset, sorted)
_LISTED: Final = ("list", "set", "frozenset", "tuple", "deque")
_TEXT = (
    "upper lower strip lstrip rstrip title capitalize casefold swapcase join format replace zfill"
)
_OF_METHODS: Mapping[type, Mapping[str, type]] = {
    str: dict.fromkeys(_TEXT.split(), str),
    bytes: dict.fromkeys(("hex", "decode"), str),
    dt.date: {**dict.fromkeys(("ctime", "isoformat", "strftime"), str), "toordinal": int},
    dt.datetime: {**dict.fromkeys(("ctime", "isoformat", "strftime"), str), "timestamp": float},
    dt.time: dict.fromkeys(("isoformat", "strftime"), str),
    dt.timedelta: {"total_seconds": float},
}
_SCHEMAS: Mapping[type, core_schema.CoreSchema] = {
    str: core_schema.str_schema(),
    int: core_schema.int_schema(),
    float: core_schema.float_schema(),
}


def of_known_function(function: Callable[..., object]) -> core_schema.CoreSchema | None:
    """What a function without annotations returns that is written in C: a builtin, or a method such as ``datetime.isoformat``."""
    owner = getattr(function, "__objclass__", None) or type(getattr(function, "__self__", None))
    known = _OF_METHODS.get(owner, {}).get(getattr(function, "__name__", ""))
    if known is None:
        try:
            known = _RETURNED.get(function)
        except TypeError:  # not hashable
            return None
    return None if known is None else _SCHEMAS[known]


def of_listing(
    core: Mapping[str, Any], function: Callable[..., object]
) -> core_schema.CoreSchema | None:
    """What ``list``, ``sorted`` and the like make of a type with items of one kind, if these are written by their values."""
    inner = declared(core)
    if not any(function is one for one in _LISTING) or inner["type"] not in _LISTED:
        return None
    items = inner.get("items_schema")
    if inner["type"] == "tuple":
        is_variadic = inner.get("variadic_item_index") == 0 and len(inner["items_schema"]) == 1
        items = inner["items_schema"][0] if is_variadic else None
    if items is None or any(
        each["type"] not in _SAME_EVERYWHERE or "serialization" in each for each in schemas(items)
    ):
        return None
    return core_schema.list_schema(items)


# Of these Pydantic writes the same whatever class a value has, and under every configuration.
_SAME_EVERYWHERE: Final = frozenset(
    (
        *("int", "str", "bool", "none", "decimal", "uuid", "literal", "any"),
        *("nullable", "union", "list", "set", "frozenset", "tuple", "dict"),
    )
)
_BY_CONFIGURATION: Final = frozenset(("float", "bytes", "date", "time", "datetime", "timedelta"))


def of_function(
    function: Callable[..., object], cls: type[Any] | None, *, same_configuration: bool
) -> core_schema.CoreSchema | None:
    """
    What is written of the values that a function returns whose type Pydantic was not told: as its annotation says, or as is known
    of functions in C. ``cls`` is the class that has the function, if any, whose type variables it may return.

    Pydantic writes what it finds in the value then: all keys of an instance, and dates as the configuration of the dumped class
    says, which is the ``same_configuration`` as that of the class around, or not.
    """
    if (known := of_known_function(function)) is not None:
        return known
    annotation = type_hints.with_arguments(type_hints.returned(function), cls, function)
    returned = _schema_of(annotation, function)
    exact = _SAME_EVERYWHERE | _BY_CONFIGURATION if same_configuration else _SAME_EVERYWHERE
    same = returned is not None and {inner["type"] for inner in schemas(returned)} <= exact
    return returned if same else None


def taken(function: Callable[..., object]) -> core_schema.CoreSchema | None:
    """What a validator takes, as its first argument is annotated."""
    return _schema_of(type_hints.taken(function), function)


def _schema_of(annotation: Any, function: Callable[..., object]) -> core_schema.CoreSchema | None:
    if annotation is type_hints.UNSTATED:
        return None
    try:
        adapter = TypeAdapter(annotation)
        # A name that can't be read, as in the bound of a type variable, may leave it without a schema and raise nothing.
        if not adapter.pydantic_complete:
            return None
        schema = adapter.core_schema
    except (PydanticUserError, PydanticUndefinedAnnotation, SchemaError):
        return None
    # A class that this very function makes is no better known than the function.
    return (
        None if any(validator_function(inner) == function for inner in schemas(schema)) else schema
    )


def is_pydantics_own(function: Callable[..., object]) -> bool:
    target = getattr(function, "__func__", function)
    if isinstance(target, operator.attrgetter):
        return target.__reduce__()[1:] == (("value",),)  # of enumerations
    if target in (int, str, float):
        return True
    module = getattr(target, "__module__", None) or ""
    public = getattr(target, "__name__", "").startswith("model_dump")
    return module.partition(".")[0] in ("pydantic", "pydantic_core") and not public


# Types whose text is what ``str`` makes of the value.
_LIKE_STR = ("str", "uuid", "date", "decimal", "url", "multi-host-url", "lax-or-strict")


def converted(
    core: Mapping[str, Any], function: Callable[..., object]
) -> core_schema.CoreSchema | None:
    """What ``int``, ``str`` or ``float`` make of a type, as far as that differs from how it is written anyway."""
    if function not in (int, str, float):
        return None
    inner = declared(core)
    same = inner["type"] in _LIKE_STR if function is str else inner["type"] == function.__name__
    return None if same else _SCHEMAS[cast("type", function)]


def declared(core: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema that the value has apart from its serializer, without wrappers."""
    return unwrapped(core)


def says_nothing(schema: Mapping[str, Any]) -> bool:
    """Whether a type is ``Any``, or has it among its choices."""
    inner = unwrapped(schema)
    if (json := variant(inner)) is not None:
        return says_nothing(json)
    match inner["type"]:
        case "any":
            return True
        case "union":
            return any(map(says_nothing, choices(inner)))
        case _:
            return False


def is_wide(schema: Mapping[str, Any] | None) -> bool:
    """Whether a type says nothing of its values: ``Any``, or a ``dict`` or ``list`` of ``Any``, of whatever kind."""
    if schema is None:
        return True
    inner = unwrapped(schema)
    if (json := variant(inner)) is not None:
        return is_wide(json)
    match inner:
        case {"type": "any"}:
            return True
        case {"type": "dict" | "ordered-dict" | "frozendict"}:
            return is_wide(inner.get("values_schema"))
        case {"type": "list" | "set" | "frozenset" | "generator" | "deque"}:
            return is_wide(inner.get("items_schema"))
        case {"type": "tuple"}:
            return all(map(is_wide, inner["items_schema"]))
        case {"type": "union"}:
            return all(map(is_wide, choices(inner)))
        case _:
            return False
