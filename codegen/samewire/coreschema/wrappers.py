"""
Schemas that wrap another one, and the choices of unions.

A value of a wrapper is a value of what it wraps, but for what the wrapper itself adds: a default, null, a function that checks or
changes. For serialization a wrapper is transparent: pydantic-core serializes with what stands inside.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, TypeAlias

CoreSchema: TypeAlias = Mapping[str, Any]

FUNCTIONS: Final = ("function-before", "function-after", "function-wrap")
"""Validators around a schema. ``function-plain`` is none of them: it stands in the place of a schema."""

WRAPPERS: Final = (*FUNCTIONS, "default", "nullable", "custom-error")
"""All that have one schema under the key ``schema`` and are of its type."""


def layers(core: CoreSchema, through: Collection[str] = WRAPPERS) -> Iterator[CoreSchema]:
    """The schema and all that it wraps, from the outside; the last one is no wrapper of a kind in ``through``."""
    yield core
    while core["type"] in through:
        core = core["schema"]
        yield core


def unwrapped(core: CoreSchema, through: Collection[str] = WRAPPERS) -> CoreSchema:
    """
    The schema inside of all wrappers of the kinds in ``through``.

    >>> unwrapped({"type": "default", "schema": {"type": "int"}, "default": 0})
    {'type': 'int'}
    """
    while core["type"] in through:
        core = core["schema"]
    return core


def variant(core: CoreSchema) -> CoreSchema | None:
    """The schema of JSON in lax mode, of one that differs by mode or by input; ``None`` for any other."""
    match core:
        case {"type": "lax-or-strict", "lax_schema": inner}:
            return inner  # type: ignore[no-any-return]  # a core schema
        case {"type": "json-or-python", "json_schema": inner}:
            return inner  # type: ignore[no-any-return]  # a core schema
        case _:
            return None


def choices(core: CoreSchema) -> list[CoreSchema]:
    """The members of a union, tagged or not, without labels; empty for what is no union."""
    match core:
        case {"type": "union", "choices": members}:
            return [member[0] if isinstance(member, tuple | list) else member for member in members]
        case {"type": "tagged-union"}:
            return list(tagged_choices(core).values())
        case _:
            return []


def tagged_choices(core: CoreSchema) -> dict[Any, CoreSchema]:
    """The members of a tagged union by tag. A tag may stand for another tag."""
    members: dict[Any, CoreSchema] = {}
    for tag, member in core["choices"].items():
        while isinstance(member, str | int):
            member = core["choices"][member]  # noqa: PLW2901  # follows the tag to its schema
        members[tag] = member
    return members
