"""``discriminator``: the key that distinguishes the members of a union, and the values in its mapping."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from samewire import ir
from samewire.lower.dependencies import made_of
from samewire.lower.scope import Discriminator, Scope, Site, shown
from samewire.lower.tags import Tag, Tags
from samewire.schema.pointers import parse


def tag_of(site: Site, scope: Scope) -> str | None:
    match site.schema.get("discriminator"):
        case None:
            return None
        case {"propertyName": str(name)}:
            return name
        case _:
            scope.invalid(site, "discriminator", 'an object with the key "propertyName"')
            return None


def note_mapping(site: Site, tag: str, members: Sequence[ir.Type], scope: Scope) -> None:
    """Notes the mapping of a discriminator, to be checked when every definition is lowered."""
    mapping = site.schema["discriminator"].get("mapping", {})
    pointer = site.at("discriminator", "mapping")
    if not isinstance(mapping, dict):
        message = f"mapping is an object of references, not {shown(mapping)}"
        scope.refuse("invalid-keyword", pointer, message)
        return
    named: list[tuple[str, str]] = []
    for value, ref in mapping.items():
        name = _named(ref, scope)
        if name is None:
            message = f"{shown(ref)} is neither a reference to a definition nor the name of one"
            scope.refuse("invalid-keyword", (*pointer, value), message)
        else:
            named.append((value, name))
    if named:
        scope.discriminators.append(Discriminator(pointer, tag, tuple(named), tuple(members)))


def _named(ref: Any, scope: Scope) -> str | None:
    """The definition that a mapping leads to: OpenAPI has references there, or names."""
    if not isinstance(ref, str):
        return None
    pointer = parse(ref)
    if pointer is not None:
        return scope.names.get(pointer)
    return ref if ref in scope.pointers else None


def check_mappings(types: dict[str, ir.Type], scope: Scope) -> None:
    tags = Tags(types)
    for discriminator in scope.discriminators:
        members = _members(discriminator.members, types)
        for value, name in discriminator.mapping:
            at = (*discriminator.pointer, value)
            names = f"{shown(value)} is to name {shown(name)}, which"
            if name not in members:
                message, hint = f"{names} is not among the members", "drop it, or add the member"
                scope.refuse("discriminator-mapping", at, message, hint)
                continue
            texts = _texts(tags.values(ir.Ref(name), discriminator.tag))
            if texts and value not in texts:
                message = f"{names} has {shown(discriminator.tag)} {', '.join(sorted(texts))}"
                hint = "drop it: the members say which values they have"
                scope.refuse("discriminator-mapping", at, message, hint)


def _texts(values: Iterable[Tag] | None) -> set[str]:
    return {value if isinstance(value, str) else json.dumps(value) for _, value in values or ()}


def _members(members: Sequence[ir.Type], types: Mapping[str, ir.Type]) -> set[str]:
    """The names of all definitions that a union is made of."""
    names: set[str] = set()
    waiting = [name for member in members for name in made_of(member)]
    while waiting:
        name = waiting.pop()
        if name not in names:
            names.add(name)
            waiting += made_of(types[name])
    return names
