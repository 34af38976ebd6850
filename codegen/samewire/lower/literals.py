"""Literals: ``const`` and ``enum``, with whatever else limits them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from samewire import ir
from samewire.lower import numbers
from samewire.lower.formats import constrains
from samewire.lower.scope import Scope, Site, whole
from samewire.lower.strings import admits_length
from samewire.lower.unions import union
from samewire.schema import keywords

_ASKED: Final = {
    "string": keywords.STRING - {"minLength", "maxLength"},
    "array": keywords.ARRAY,
    "object": keywords.OBJECT,
}
"""By type, what is not decided about single values when a schema is lowered."""


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
            return ("object", frozenset((key, literal_key(each)) for key, each in value.items()))


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
            found: dict[object, Any] = {}
            for value in values:
                found.setdefault(literal_key(value), value)
            result = (
                found
                if result is None
                else {key: value for key, value in result.items() if key in found}
            )
    return None if result is None else list(result.values())


def literal_type(
    values: Sequence[Any], types: Sequence[str] | None, sites: Sequence[Site], scope: Scope
) -> ir.Type:
    """Those of the values that have one of the types and are within the limits, without asking what takes a validator."""
    kept = [value for value in values if types is None or _has_type(value, types)]
    kept = [value for value in kept if _is_within(value, sites, scope)]
    return union([exactly(value) for value in kept])


def exactly(value: Any) -> ir.Type:
    """The type of one value."""
    match value:
        case None:
            return ir.Null()
        case list():
            return ir.Tuple(tuple(map(exactly, value)), min_items=len(value))
        case dict():
            properties = tuple(
                ir.Property(key, exactly(each), required=True) for key, each in value.items()
            )
            return ir.Object(properties, ir.REJECT)
        case bool() | str():
            return ir.Literal((value,))
        case _:
            return ir.Literal((whole(value),))


def type_name(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "integer" if value == int(value) else "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def _has_type(value: Any, types: Sequence[str]) -> bool:
    name = type_name(value)
    return name in types or (name == "integer" and "number" in types)


def _is_within(value: Any, sites: Sequence[Site], scope: Scope) -> bool:
    match value:
        case None | bool():
            return True
        case int() | float():
            return numbers.admits(value, sites, scope)
        case str():
            return admits_length(value, sites, scope)
        case _:
            return True


def undecided(values: Sequence[Any], sites: Sequence[Site]) -> list[Site]:
    """What the schemas say of values of these types that takes a validator."""
    present = {type_name(value) for value in values}
    result: list[Site] = []
    for site in sites:
        keywords_ = {
            keyword
            for name in present & set(_ASKED)
            for keyword in _ASKED[name].intersection(site.schema)
            if keyword not in ("format", "contentEncoding") or constrains(site)
        }
        if keywords_:
            others = {key: site.schema[key] for key in site.schema if key not in ("const", "enum")}
            result.append(Site(others, site.pointer, site.derived))
    return result
