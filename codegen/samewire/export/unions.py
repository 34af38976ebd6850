"""Unions, told apart by a tag or not, and what may be null."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic_core import PydanticOmit

from samewire.coreschema import CoreSchema, choices
from samewire.export.context import Context
from samewire.export.enums import NEVER
from samewire.scalars.view import JsonSchema

# What nothing iterable becomes a value of, and what comes to the same.
_HARMLESS: Final = {
    "generator",
    "none",
    "bool",
    "int",
    "float",
    "decimal",
    "date",
    "time",
    "datetime",
}


def plain(context: Context, schema: CoreSchema) -> JsonSchema:
    if context.emits and _takes_before(choices(schema)):
        return context.refuse(
            "lazy-items",
            "Pydantic takes a text, or whatever else is iterable, for the Iterable[...] before its own type in this union, "
            "and looks at the items only when it writes them",
            "put Iterable[...] last in the union, or use list[...]",
        )
    members = []
    for core in choices(schema):
        try:
            members.append(context.generate_inner(core))
        except PydanticOmit:
            # SkipJsonSchema[None]: hidden from readers of the schema, but sent and read all the same.
            if core["type"] == "none":
                members.append({"type": "null"})
    if not members:
        raise PydanticOmit
    return any_of(members)


def _takes_before(members: Sequence[CoreSchema]) -> bool:
    """Whether an ``Iterable`` takes the values of a later member: its items are validated when they are asked for."""
    kinds = [member["type"] for member in members]
    return "generator" in kinds and any(
        kind not in _HARMLESS for kind in kinds[kinds.index("generator") :]
    )


def tagged(context: Context, schema: CoreSchema) -> JsonSchema:
    members: list[JsonSchema] = []
    hidden = False
    for choice in choices(schema):
        try:
            member = context.generate_inner(choice)
        except PydanticOmit:
            hidden = True
            continue
        if member not in members and member != NEVER:
            members.append(member)
    if not members and hidden:
        raise PydanticOmit
    if not members:
        return NEVER
    names = _tag_names(schema["discriminator"])
    if len(members) == 1 and (not names or context.emits):
        return members[0]
    if not names:
        return any_of(members)
    # The name on the wire depends on the members' aliases, which are complete only at the end: see ``resolved``.
    return {"oneOf": members, "x-samewire-tags": names}


def any_of(members: Sequence[JsonSchema]) -> JsonSchema:
    """One of the members, each once, unions among them flattened and null last, as people write it."""
    flat: list[JsonSchema] = []
    for member in members:
        if set(member) == {"anyOf"}:
            flat += [one for one in member["anyOf"] if one not in flat]
        elif member != NEVER and member not in flat:
            flat.append(member)
    flat.sort(key=lambda one: one.get("type") == "null")
    if not flat:
        return NEVER
    return flat[0] if len(flat) == 1 else {"anyOf": flat}


def _tag_names(discriminator: object) -> list[str]:
    """The keys that may hold the tag; none for a callable discriminator, whose decision can't leave Python."""
    if isinstance(discriminator, str):
        return [discriminator]
    if isinstance(discriminator, list):
        paths = [path if isinstance(path, list) else [path] for path in discriminator]
        return [path[0] for path in paths if len(path) == 1 and isinstance(path[0], str)]
    return []
