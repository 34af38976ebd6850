"""Alternatives: ``anyOf`` and ``oneOf``, each member together with what holds beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from samewire import ir
from samewire.lower.conjunction import Choice, Conjunction, conjunction
from samewire.lower.excluded import checked
from samewire.lower.scope import DERIVED, MAX_LOST, OneOf, Scope, Site, TagValue, shown
from samewire.lower.unions import union
from samewire.schema.pointers import parse


def alternatives(
    parts: Conjunction, scope: Scope, lower: Callable[[Conjunction], ir.Type]
) -> ir.Type:
    """
    The union that the first choice makes of all that holds.

    What is in A and in one of B and C is in one of "A and B" and "A and C"; and in exactly one of the former if in exactly
    one of the latter. Alone, the members of a choice stay what they are, references included.
    """
    choice = parts.choices[0]
    if choice.keyword == "oneOf" and choice.site.at("oneOf") in scope.checked:
        return _only_one(choice, parts, scope, lower)
    members = _members(choice, parts, scope, lower)
    if choice.tag is not None:
        _note_mapping(choice, members, scope)
    elif choice.keyword == "oneOf":
        scope.one_ofs.append(OneOf(choice.site.at("oneOf"), tuple(members)))
    return union(members, choice.tag)


def _members(
    choice: Choice, parts: Conjunction, scope: Scope, lower: Callable[[Conjunction], ir.Type]
) -> list[ir.Type]:
    others = parts.choices[1:]
    if parts.own or others:
        return [_together(member, parts, others, scope, lower) for member in choice.members]
    return [scope.type_of(member) for member in choice.members]


def _only_one(
    choice: Choice, parts: Conjunction, scope: Scope, lower: Callable[[Conjunction], ir.Type]
) -> ir.Type:
    """Members that overlap: each with what the others leave where that is as simple as they are, or else counted."""
    exclusive = _exclusive(choice)
    at = exclusive.site.at("oneOf", DERIVED)
    if scope.lost > MAX_LOST or any(member.has("$ref") for member in choice.members):
        # What has a name goes by it.
        scope.written_out[at] = False
    if scope.written_out.get(at, True):
        with scope.trial():
            found = _members(exclusive, parts, scope, lower)
            plain = not any(isinstance(each, ir.Union | ir.Nullable | ir.Checked) for each in found)
            scope.written_out[at] = plain and not scope.failing
    if scope.written_out[at]:
        return union(_members(exclusive, parts, scope, lower))
    members = _members(choice, parts, scope, lower)
    if choice.tag is not None:
        _note_mapping(choice, members, scope)
    return checked(union(members), [ir.OneOf(tuple(members))])


def _exclusive(choice: Choice) -> Choice:
    """The same with each member as what the others leave of it."""
    members = tuple(
        Site(
            {
                "allOf": [
                    member.schema,
                    *({"not": other.schema} for other in choice.members if other is not member),
                ]
            },
            (*member.pointer, DERIVED),
            derived=True,
        )
        for member in choice.members
    )
    return Choice("anyOf", choice.site, members)


def _together(
    member: Site,
    parts: Conjunction,
    others: list[Choice],
    scope: Scope,
    lower: Callable[[Conjunction], ir.Type],
) -> ir.Type:
    together = Conjunction(said=[*parts.said], choices=[*others])
    together.join(conjunction([member], scope))
    with scope.copy():
        return lower(together)


def _note_mapping(choice: Choice, members: list[ir.Type], scope: Scope) -> None:
    mapping = choice.site.schema["discriminator"].get("mapping", {})
    pointer = choice.site.at("discriminator", "mapping")
    if not isinstance(mapping, dict):
        scope.refuse(
            "invalid-keyword", pointer, f"mapping is an object of references, not {shown(mapping)}"
        )
        return
    for value, ref in mapping.items():
        at = (*pointer, value)
        name = _named(ref, scope)
        if name is None:
            scope.refuse(
                "invalid-keyword",
                at,
                f"{shown(ref)} is neither a reference to a definition nor the name of one",
            )
        else:
            scope.tag_values.append(TagValue(at, choice.tag or "", value, name, tuple(members)))


def _named(ref: Any, scope: Scope) -> str | None:
    """The definition that a mapping leads to: OpenAPI has references there, or names."""
    if not isinstance(ref, str):
        return None
    pointer = parse(ref)
    if pointer is not None:
        return scope.names.get(pointer)
    return ref if ref in scope.names.values() else None
