"""Walking a JSON Schema: every place where a schema stands, and no place where data does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
_PLACES = frozenset((*_ONE, *_MANY, *_NAMED))


def children(schema: JsonSchema) -> Iterator[JsonSchema]:
    if _PLACES.isdisjoint(schema):  # so are most
        return
    for key in _ONE:
        if isinstance(schema.get(key), dict):
            yield schema[key]
    for key in _MANY:
        yield from (one for one in schema.get(key, ()) if isinstance(one, dict))
    for key in _NAMED:
        if isinstance(schema.get(key), dict):
            yield from (one for one in schema[key].values() if isinstance(one, dict))


def rewrite(schema: JsonSchema, change: Callable[[JsonSchema], JsonSchema]) -> JsonSchema:
    """A copy in which ``change`` was applied to every schema, the innermost first."""
    if _PLACES.isdisjoint(schema):
        return change(dict(schema))
    result = dict(schema)
    for key in _ONE:
        if isinstance(result.get(key), dict):
            result[key] = rewrite(result[key], change)
    for key in _MANY:
        if key in result:
            result[key] = [
                rewrite(one, change) if isinstance(one, dict) else one for one in result[key]
            ]
    for key in _NAMED:
        if isinstance(result.get(key), dict):
            result[key] = {
                name: rewrite(one, change) if isinstance(one, dict) else one
                for name, one in result[key].items()
            }
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
    for child in children(schema):
        _collect(child, found)
