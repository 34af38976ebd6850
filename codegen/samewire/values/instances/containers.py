"""Collections, by core schema."""

from __future__ import annotations

import collections
from collections.abc import Callable, Iterable
from typing import Any

from samewire.coreschema import CoreSchema
from samewire.values.draws import how_many
from samewire.values.random_draws import Draw, Make, RejectedError

_TRIES = 2
"""How often a value is drawn for each place, since it may be one that is there already."""
_MORE = 16
"""How much more often where too few would be invalid."""


def sequence(schema: CoreSchema, item: Make | None) -> Make:
    """Lists, deques and what is iterated over once; without ``item`` only an empty one can be made."""
    low, high = schema.get("min_length") or 0, schema.get("max_length")
    build: Callable[[list[Any]], Any] = collections.deque if schema["type"] == "deque" else list

    def items(draw: Draw, depth: int) -> Any:
        if item is None:
            return build([])
        return build([item(draw, depth + 1) for _ in range(how_many(draw, low, high, depth))])

    return items


def collection_of_distinct(schema: CoreSchema, item: Make | None) -> Make:
    low, high = schema.get("min_length") or 0, schema.get("max_length")
    build = frozenset if schema["type"] == "frozenset" else set

    def items(draw: Draw, depth: int) -> Any:
        if item is None:
            return build()
        wanted = how_many(draw, low, high, depth)
        found: list[Any] = []
        for tried in range(_TRIES * wanted + _MORE * low):
            if len(found) == wanted or (tried >= _TRIES * wanted and len(found) >= low):
                break
            value = item(draw, depth + 1)
            if not any(value == each for each in found):
                found.append(value)
        if len(found) < low:
            raise RejectedError
        try:
            return build(found)
        except TypeError:
            # Inputs of frozen models are dicts; Pydantic takes a list of them.
            return found

    return items


def dictionary(schema: CoreSchema, key: Make | None, value: Make | None) -> Make:
    low, high = schema.get("min_length") or 0, schema.get("max_length")
    build: Callable[[Iterable[Any]], Any] = (
        collections.OrderedDict if schema["type"] == "ordered-dict" else dict
    )

    def items(draw: Draw, depth: int) -> Any:
        if key is None or value is None:
            return build([])
        found: dict[Any, Any] = {}
        wanted = how_many(draw, low, high, depth)
        for tried in range(_TRIES * wanted + _MORE * low):
            if len(found) == wanted or (tried >= _TRIES * wanted and len(found) >= low):
                break
            name = hashable(key(draw, depth))
            if name not in found:
                found[name] = value(draw, depth + 1)
        if len(found) < low:
            raise RejectedError
        return build(found.items())

    return items


def hashable(value: Any) -> Any:
    """The value in a form that a dict takes as a key, and Pydantic for the value."""
    match value:
        case list():
            return tuple(map(hashable, value))
        case tuple():
            return value if type(value) is not tuple else tuple(map(hashable, value))
        case set():
            return frozenset(map(hashable, value))
        case dict():
            return tuple((key, hashable(each)) for key, each in value.items())
        case _:
            return value


def tuple_(schema: CoreSchema, items: list[Make | None]) -> Make:
    """``items`` by position; an item that can't be made ends what is made, but for a variadic one, which is left out."""
    variadic = schema.get("variadic_item_index")
    low, high = schema.get("min_length") or 0, schema.get("max_length")

    def elements(draw: Draw, depth: int) -> Any:
        fixed = len(items) - (variadic is not None)
        more = 0
        if variadic is not None and items[variadic] is not None:
            limit = None if high is None else high - fixed
            more = how_many(draw, max(low - fixed, 0), limit, depth)
        found: list[Any] = []
        for at, make in enumerate(items):
            times = more if at == variadic else 1
            if make is not None:
                found += [make(draw, depth + 1) for _ in range(times)]
        return tuple(found)

    return elements
