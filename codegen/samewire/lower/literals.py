"""Literals: the values of ``const`` and ``enum``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from samewire import ir
from samewire.lower.scope import Scope, Site, whole
from samewire.lower.unions import union


def literal_key(value: Any) -> object:
    """Equal for two JSON values that are equal: ``1`` and ``1.0`` are, ``1`` and ``true`` are not."""
    match value:
        case None | bool():
            return ("constant", value)
        case int() | float():
            return ("number", value)
        case str():
            return ("string", value)
        case list():
            return ("array", tuple(map(literal_key, value)))
        case _:
            return ("object", frozenset((key, literal_key(inner)) for key, inner in value.items()))


def values_of(sites: Iterable[Site], scope: Scope) -> list[Any] | None:
    """The values that every ``const`` and ``enum`` has, each once; ``None`` if there is neither."""
    result: dict[object, Any] | None = None
    for site in sites:
        for keyword in ("const", "enum"):
            if not site.has(keyword):
                continue
            values = [site.schema["const"]] if keyword == "const" else site.schema["enum"]
            if not isinstance(values, list) or not values:
                scope.invalid(site, keyword, "a list of at least one value")
                continue
            own: dict[object, Any] = {}
            for value in values:
                own.setdefault(literal_key(value), value)
            result = own if result is None else {key: result[key] for key in result if key in own}
    return None if result is None else list(result.values())


def of_types(values: Iterable[Any], types: Sequence[str] | None) -> list[Any]:
    """Those of the values that have one of the types."""
    return [value for value in values if types is None or _has_type(value, types)]


def literal_type(values: Iterable[Any]) -> ir.Type:
    return union(map(exactly, values))


def exactly(value: Any) -> ir.Type:
    """The type of one value."""
    match value:
        case None:
            return ir.Null()
        case list():
            return ir.Tuple(tuple(map(exactly, value)), min_items=len(value))
        case dict():
            properties = tuple(
                ir.Property(key, exactly(inner), required=True) for key, inner in value.items()
            )
            return ir.Object(properties, ir.REJECT)
        case bool() | str():
            return ir.Literal((value,))
        case _:
            return ir.Literal((whole(value),))


def type_name(value: Any) -> str:
    kind = ir.kind_of(value)
    return "integer" if kind == "number" and value == int(value) else kind


def _has_type(value: Any, types: Sequence[str]) -> bool:
    name = type_name(value)
    return name in types or (name == "integer" and "number" in types)
