"""
What a serializer function returns, where its core schema does not say so.
"""

from __future__ import annotations

import datetime as dt
import math
import operator
from collections.abc import Callable, Mapping
from typing import Any, cast

from pydantic_core import core_schema

from samewire.coreschema import choices, unwrapped, variant

# What these functions return does not stand in an annotation: builtins, and methods by the class that has them.
_RETURNED: Mapping[Callable[..., object], type] = {
    **dict.fromkeys((ascii, bin, chr, format, hex, oct, repr), str),
    **dict.fromkeys((len, ord, hash, math.ceil, math.floor, math.trunc), int),
}
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
