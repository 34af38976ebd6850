"""Walking a JSON Schema: every place where a schema stands, and no place where data does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import is_
from typing import Any

from samewire.brand import BRAND
from samewire.export.definition_keys import REF, key_of
from samewire.graph import reversed_edges
from samewire.scalars.view import JsonSchema

_ONE = (
    "items",
    "additionalProperties",
    "propertyNames",
    "not",
    "contentSchema",
    "x-samewire-content",
)
_MANY = ("anyOf", "oneOf", "allOf", "prefixItems")
_NAMED = ("properties", "$defs", "patternProperties")
_PLACES = {key: place for place, key in enumerate((*_ONE, *_MANY, *_NAMED))}
_KEYS = frozenset(_PLACES)


def children(schema: JsonSchema) -> Iterator[JsonSchema]:
    if _KEYS.isdisjoint(schema):
        return  # as most do
    for key in _places(schema):
        inside = parts(key, schema[key]) or {}
        yield from (one for one in inside.values() if isinstance(one, dict))


def parts(key: str, value: Any) -> Mapping[Any, Any] | None:
    """The schemas that stand at a key, by their names or numbers; ``None`` where none can stand."""
    if key in _NAMED:
        return value if isinstance(value, dict) else None
    if key in _MANY:
        return dict(enumerate(value))
    return {0: value} if key in _ONE else None


def _places(schema: JsonSchema) -> Sequence[str]:
    """The keys at which schemas stand, in one order for all schemas."""
    found = [key for key in schema if key in _PLACES]
    return sorted(found, key=_PLACES.__getitem__) if len(found) > 1 else found


def rewrite(schema: JsonSchema, change: Callable[[JsonSchema], JsonSchema]) -> JsonSchema:
    """
    The schema with ``change`` applied to every schema in it, the innermost first. ``change`` returns another object for another
    schema; what stays as it is stays the same object.
    """
    if _KEYS.isdisjoint(schema):
        return change(schema)
    result = schema
    for key in _places(schema):
        value: Any = schema[key]
        made: Any = value
        if key in _MANY:
            ones = [rewrite(one, change) if isinstance(one, dict) else one for one in value]
            made = value if all(map(is_, ones, value)) else ones
        elif not isinstance(value, dict):
            continue
        elif key in _ONE:
            made = rewrite(value, change)
        else:
            named = {
                name: rewrite(one, change) if isinstance(one, dict) else one
                for name, one in value.items()
            }
            made = value if all(map(is_, named.values(), value.values())) else named
        if made is not value:
            result = {**result, key: made}
    return change(result)


def users(bodies: Mapping[str, JsonSchema]) -> dict[str, list[str]]:
    """The definitions that refer to each definition."""
    return reversed_edges({key: refs(body) for key, body in bodies.items()})


def refs(schema: Any) -> Iterator[str]:  # any JSON value
    """The definition keys that a schema refers to, in order, repeats included."""
    found: list[str] = []
    _collect(schema, found)
    return iter(found)


def _collect(schema: JsonSchema, found: list[str]) -> None:
    if "$ref" in schema:
        found.append(key_of(schema))
    if BRAND in schema:
        found.append(str(schema[BRAND]).removeprefix(REF))
    if _KEYS.isdisjoint(schema):
        return
    for key in _places(schema):
        value = schema[key]
        if key in _ONE:
            value = (value,)
        elif key in _NAMED:
            value = value.values() if isinstance(value, dict) else ()
        for one in value:
            if isinstance(one, dict):
                _collect(one, found)
