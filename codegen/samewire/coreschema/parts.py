"""Everything inside a core schema, of whatever kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from samewire.coreschema.wrappers import CoreSchema

DATA_KEYS: Final = frozenset(
    (
        "cls",
        "config",
        "default",
        "default_factory",
        "expected",
        "function",
        "members",
        "metadata",
        "serialization",
    )
)
"""The keys of a schema that hold data or code, and no schema."""


def parts(node: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """
    The keys and values of a node in which schemas may stand.

    A dictionary without a type is one of fields or choices, whose keys may be any names.
    """
    data = DATA_KEYS if isinstance(node.get("type"), str) else frozenset[str]()
    return ((key, value) for key, value in node.items() if key not in data)


def schemas(value: Any) -> Iterator[CoreSchema]:  # a core schema, or a part of one
    """Every schema and field inside ``value``, itself included, the outermost first."""
    match value:
        case dict():
            if isinstance(value.get("type"), str):
                yield value
            for _, part in parts(value):
                yield from schemas(part)
        case list() | tuple():
            for part in value:
                yield from schemas(part)
        case _:
            return
