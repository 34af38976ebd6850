"""Walking a JSON Schema: every place where a schema stands, and no place where data does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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
    for key in _places(schema):
        value = schema[key]
        if key in _MANY:
            yield from (one for one in value if isinstance(one, dict))
        elif not isinstance(value, dict):
            continue
        elif key in _ONE:
            yield value
        else:
            yield from (one for one in value.values() if isinstance(one, dict))


def _places(schema: JsonSchema) -> Sequence[str]:
    """The keys at which schemas stand, in one order for all schemas; most have none or one."""
    if _KEYS.isdisjoint(schema):
        return ()
    found = [key for key in schema if key in _PLACES]
    return sorted(found, key=_PLACES.__getitem__) if len(found) > 1 else found


def rewrite(schema: JsonSchema, change: Callable[[JsonSchema], JsonSchema]) -> JsonSchema:
    """A copy in which ``change`` was applied to every schema, the innermost first."""
    result = dict(schema)
    for key in _places(schema):
        value = schema[key]
        if key in _MANY:
            result[key] = [rewrite(one, change) if isinstance(one, dict) else one for one in value]
        elif not isinstance(value, dict):
            continue
        elif key in _ONE:
            result[key] = rewrite(value, change)
        else:
            result[key] = {
                name: rewrite(one, change) if isinstance(one, dict) else one
                for name, one in value.items()
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
    for key in _places(schema):
        value = schema[key]
        if key in _ONE:
            value = (value,)
        elif key in _NAMED:
            value = value.values() if isinstance(value, dict) else ()
        for one in value:
            if isinstance(one, dict):
                _collect(one, found)
