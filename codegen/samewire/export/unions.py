"""Unions, told apart by a tag or not, and what may be null."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Final

from pydantic_core import PydanticOmit

from samewire.coreschema import CoreSchema, choices, variant
from samewire.coreschema.kinds import is_only_python
from samewire.export.context import Context
from samewire.export.enums import NEVER
from samewire.export.refusals import is_refused
from samewire.scalars.view import JsonSchema, is_strict

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
            "in this union Pydantic takes a text, or any other iterable, for the "
            "Iterable[...] before its own type, and checks the items only when it writes "
            "them",
            "put Iterable[...] last in the union, or use list[...]",
        )
    members: list[JsonSchema] = []
    without_form: list[JsonSchema] = []
    with inside(context, schema):
        for core in choices(schema):
            try:
                member = context.generate_inner(core)
                (without_form if is_unread(context, core, member) else members).append(member)
            except PydanticOmit:
                # SkipJsonSchema[None]: hidden from readers of the schema, but sent and read all the same.
                if core["type"] == "none":
                    members.append({"type": "null"})
    if not (members := members or without_form):
        raise PydanticOmit
    return any_of(members)


def inside(context: Context, schema: CoreSchema) -> AbstractContextManager[None]:
    """The members of a union. One with a tag, or of which the first that fits is taken, is no smarter than what is around it."""
    smart = schema["type"] == "union" and schema.get("mode", "smart") == "smart"
    return context.inside_union(smart=smart or context.in_smart_union)


def lax_or_strict(context: Context, schema: CoreSchema) -> JsonSchema:
    return any_of([context.generate_inner(branch) for branch in branches(context, schema)])


def branches(context: Context, schema: CoreSchema) -> list[CoreSchema]:
    """
    The schemas that may read a value of one that differs by strictness. A smart union tries the strict one in lax mode too.

    Backends may read leniently what they write, even with a model that is strict.
    """
    lax, strict = schema["lax_schema"], schema["strict_schema"]
    is_in_strict_mode = is_strict(schema, context.view)
    if is_in_strict_mode and not context.emits:
        return [strict]
    tries_strict = is_in_strict_mode or context.in_smart_union
    return (
        [lax, strict] if tries_strict and not is_only_python(variant(strict) or strict) else [lax]
    )


def nullable(context: Context, schema: CoreSchema) -> JsonSchema:
    inner, null = context.generate_inner(schema["schema"]), {"type": "null"}
    return null if is_unread(context, schema["schema"], inner) else any_of([inner, null])


def is_unread(context: Context, core: CoreSchema, schema: JsonSchema) -> bool:
    """Whether a type is refused as nothing in JSON is read as its values, so that beside others or a default it adds none."""
    return not context.emits and is_only_python(core) and is_refused(schema)


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
