"""Alternatives: ``anyOf`` and ``oneOf``, each member combined with the schemas beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from samewire import ir
from samewire.jsonschema.conjunction import Choice, Conjunction, conjunction
from samewire.jsonschema.scope import DERIVED, MAX_OVERRUNS, DerivedSite, Exclusive, Scope
from samewire.lower.discriminators import note_mapping
from samewire.lower.scope import Site
from samewire.lower.unions import checked, union

MAX_EXCLUSIVE: Final = 32
"""How many members of a ``oneOf`` may be written out without the values of the others: each speaks of all others."""


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
        note_mapping(choice.site, choice.tag, members, scope)
    elif choice.keyword == "oneOf":
        scope.exclusives.append(Exclusive(choice.site.at("oneOf"), tuple(members)))
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
    at = choice.site.at("oneOf", DERIVED)
    too_many = len(choice.members) > MAX_EXCLUSIVE or scope.overruns > MAX_OVERRUNS
    if too_many or any(member.has("$ref") for member in choice.members):
        # What has a name goes by it.
        scope.written_out[at] = False
    if scope.written_out.get(at, True):
        exclusive = _exclusive(choice)
        with scope.trial():
            types = _members(exclusive, parts, scope, lower)
            plain = not any(isinstance(one, ir.Union | ir.Nullable | ir.Checked) for one in types)
            scope.written_out[at] = plain and not scope.failing
        if scope.written_out[at]:
            return union(_members(exclusive, parts, scope, lower))
    members = _members(choice, parts, scope, lower)
    if choice.tag is not None:
        note_mapping(choice.site, choice.tag, members, scope)
    return checked(union(members), [ir.OneOf(tuple(members))])


def _exclusive(choice: Choice) -> Choice:
    """The same with each member as what the others leave of it."""
    members = tuple(
        DerivedSite(
            {
                "allOf": [
                    member.schema,
                    *({"not": other.schema} for other in choice.members if other is not member),
                ]
            },
            (*member.pointer, DERIVED),
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
