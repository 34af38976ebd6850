"""
What a document promises about several definitions at once, and what can be seen to hold only when all of them are lowered.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from samewire import ir
from samewire.graph import components
from samewire.lower.disjoint import Disjointness
from samewire.lower.scope import OneOf, Scope, TagValue, shown
from samewire.lower.tags import Tags
from samewire.schema.pointers import Pointer
from samewire.walk import same_value


def in_order(
    types: Mapping[str, ir.Type], pointers: Mapping[str, Pointer], scope: Scope
) -> dict[str, ir.Type]:
    """
    The definitions, each after those that it is made of.

    One that is made of itself, with no array or object in between, says nothing about its values and is refused.
    """
    edges = {name: tuple(dict.fromkeys(_made_of(type_))) for name, type_ in types.items()}
    ordered: dict[str, ir.Type] = {}
    for group in components(sorted(types), edges):
        if len(group) > 1 or group[0] in edges[group[0]]:
            path = " -> ".join(shown(name) for name in [*sorted(group), min(group)])
            message = f"a definition that leads back to itself without an array or an object in between: {path}"
            hint = "replace the reference by what it is to be"
            scope.refuse("cyclic-ref", pointers[min(group)], message, hint)
        ordered.update((name, types[name]) for name in group)
    return ordered


def _made_of(type_: ir.Type) -> Iterator[str]:
    match type_:
        case ir.Ref(name):
            yield name
        case ir.Nullable(inner):
            yield from _made_of(inner)
        case ir.Union(members):
            for member in members:
                yield from _made_of(member)
        case ir.Checked(inner, checks):
            for each in (inner, *(part for check in checks for part in same_value(check))):
                yield from _made_of(each)


def check_promises(types: dict[str, ir.Type], scope: Scope) -> None:
    """What does not hold is refused, or goes to ``scope.failed``, to be lowered as something to be checked."""
    disjointness = Disjointness(types)
    for one_of in scope.one_ofs:
        _check_one_of(one_of, disjointness, scope)
    tags = Tags(types)
    for tag_value in scope.tag_values:
        _check_tag_value(tag_value, tags, scope)
    for pointer, name in scope.keys:
        if not _is_string(ir.Ref(name), types):
            scope.failed.add(pointer)


def _check_one_of(one_of: OneOf, disjointness: Disjointness, scope: Scope) -> None:
    for index, member in enumerate(one_of.members):
        for other in range(index):
            if not disjointness.holds(one_of.members[other], member):
                scope.failed.add(one_of.pointer)
                return


def _check_tag_value(given: TagValue, tags: Tags, scope: Scope) -> None:
    if given.name not in _members(given.members, tags.types):
        message = (
            f"{shown(given.value)} is to name {shown(given.name)}, which is not among the members"
        )
        scope.refuse("discriminator-mapping", given.pointer, message, "drop it, or add the member")
        return
    values = tags.values(ir.Ref(given.name), given.tag)
    texts = {value if isinstance(value, str) else json.dumps(value) for _, value in values or ()}
    if values is not None and given.value not in texts:
        message = f"{shown(given.value)} is to name {shown(given.name)}, which has {shown(given.tag)} {', '.join(sorted(texts))}"
        scope.refuse(
            "discriminator-mapping",
            given.pointer,
            message,
            "drop it: the members say which values they have",
        )


def _members(members: tuple[ir.Type, ...], types: Mapping[str, ir.Type]) -> set[str]:
    """The names of all definitions that a union is made of."""
    found: set[str] = set()
    waiting = [name for member in members for name in _made_of(member)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _made_of(types[name])
    return found


def _is_string(type_: ir.Type, types: Mapping[str, ir.Type]) -> bool:
    while isinstance(type_, ir.Ref):
        type_ = types[type_.name]
    match type_:
        case ir.Literal(values):
            return all(isinstance(value, str) for value in values)
        case ir.EnumType(members):
            return all(isinstance(member.value, str) for member in members)
        case _:
            return isinstance(type_, ir.String)
