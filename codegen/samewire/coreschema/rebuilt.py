"""Core schemas with the schemas inside replaced."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from samewire.coreschema.code import validator_function
from samewire.coreschema.functions import is_pydantics
from samewire.coreschema.wrappers import WRAPPERS, CoreSchema

_ITEMS: Final = ("items_schema", "keys_schema", "values_schema")
_VARIANTS: Final = ("lax_schema", "strict_schema", "json_schema", "python_schema")


def with_alternatives(
    core: CoreSchema, change: Callable[[CoreSchema], CoreSchema]
) -> CoreSchema | None:
    """
    The schema with each of those changed that one of its values has: what it wraps, its variants, the choices of a union.

    ``None`` if its values are of no other schema. A changed schema has no ``ref``: it is not the type of that name any more.

    >>> with_alternatives({"type": "nullable", "schema": {"type": "int"}}, lambda core: {**core, "gt": 1})
    {'type': 'nullable', 'schema': {'type': 'int', 'gt': 1}}
    """
    match core:
        case {"type": kind, "schema": inner} if kind in WRAPPERS:
            return with_parts(core, schema=change(inner))
        case {"type": "lax-or-strict" | "json-or-python"}:
            return with_parts(core, **{key: change(core[key]) for key in _VARIANTS if key in core})
        case {"type": "union", "choices": members}:
            return with_parts(core, choices=[_choice(member, change) for member in members])
        case {"type": "tagged-union", "choices": members}:
            return with_parts(
                core,
                choices={
                    tag: member if isinstance(member, str | int) else change(member)
                    for tag, member in members.items()
                },
            )
        case {"type": "chain", "steps": [*before, last]}:
            return with_parts(core, steps=[*before, change(last)])
        case _:
            return None


def with_items(core: CoreSchema, change: Callable[[CoreSchema], CoreSchema]) -> CoreSchema:
    """A container with the schemas of its items, keys and values changed."""
    items = {key: change(core[key]) for key in _ITEMS if isinstance(core.get(key), Mapping)}
    if isinstance(core.get("items_schema"), list):
        items["items_schema"] = [change(item) for item in core["items_schema"]]  # type: ignore[assignment]  # of a tuple
    return with_parts(core, **items)


def text_steps(core: CoreSchema) -> tuple[CoreSchema, list[CoreSchema]] | None:
    """What stands before a pattern, or other limits on text, that Pydantic checks with a schema of its own; and those."""
    match core:
        case {"type": "chain", "steps": [first, *rest]} if rest and all(map(_is_of_text, rest)):
            return first, [step["schema"] for step in rest]
        case _:
            return None


def _is_of_text(step: CoreSchema) -> bool:
    return (
        step["type"] == "function-wrap"
        and step["schema"]["type"] == "str"
        and is_pydantics(validator_function(step))
    )


def _choice(member: Any, change: Callable[[CoreSchema], CoreSchema]) -> Any:
    if isinstance(member, tuple | list):
        return (change(member[0]), *member[1:])
    return change(member)


def with_parts(core: CoreSchema, **parts: Any) -> CoreSchema:
    """A schema with other parts, which is not the type of its ``ref`` any more."""
    return {**{key: part for key, part in core.items() if key != "ref"}, **parts}
