"""
Conditions (``not``, ``if``, what depends on a key): written out as types where one would have written these, or else checked.

``if`` the kind is a card ``then`` there is a number: that is a union of cards and everything else, and better as one. A schema of
many keywords turned around is a union that nobody wants to read, and one check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import prod
from typing import Final

from samewire import ir
from samewire.jsonschema.allowed import implied_by, types_of
from samewire.jsonschema.conjunction import Choice, Condition, Conjunction
from samewire.jsonschema.evaluated import unevaluated_items, unevaluated_properties
from samewire.jsonschema.scope import DERIVED, MAX_LOST, Scope, is_inside
from samewire.lower.scope import Site
from samewire.schema.keywords import TYPES
from samewire.walk import inside

MAX_MEMBERS: Final = 6
MAX_PROPERTIES: Final = 150
"""As much as conditions may be written out to; beyond it, reading the alternatives is more work than thinking of the condition."""
MAX_PRODUCT: Final = 100
"""How many combinations of alternatives are written out; beyond it, all choices but one are checked."""


def with_conditions(
    parts: Conjunction, scope: Scope, lower: Callable[[Conjunction], ir.Type]
) -> Conjunction:
    """The same with each condition where it belongs: among the choices or among what is checked."""
    given = [each for each in parts.choices if each.condition is not None]
    if given:
        parts = _tried(parts, given, scope, lower)
    if prod(len(each.members) for each in parts.choices) > MAX_PRODUCT:
        also = [Condition("also", (_alone(each),)) for each in parts.choices[1:]]
        parts = replace(parts, choices=parts.choices[:1], conditions=[*parts.conditions, *also])
    if parts.remaining is not None and (parts.choices or parts.conditions):
        rest = Condition("unevaluatedProperties", (parts.remaining,))
        parts = replace(parts, remaining=None, conditions=[*parts.conditions, rest])
    return parts


def _tried(
    parts: Conjunction, given: list[Choice], scope: Scope, lower: Callable[[Conjunction], ir.Type]
) -> Conjunction:
    others = [each for each in parts.choices if each.condition is None]
    kept = [each for each in given if scope.written_out.get(each.site.pointer)]
    for choice in given:
        at = choice.site.pointer
        if at not in scope.written_out:
            scope.written_out[at] = True
            tried = replace(parts, choices=[*others, *kept, choice], conditions=[])
            scope.written_out[at] = _reads_well(tried, scope, lower)
            if scope.written_out[at]:
                kept.append(choice)
            elif scope.trials and not is_inside(at):
                scope.ugly = True
    choices: list[Choice] = []
    conditions = [*parts.conditions]
    for each in parts.choices:
        if each.condition is None or scope.written_out[each.site.pointer]:
            choices.append(each)
        else:
            conditions.append(each.condition)
    return replace(parts, choices=choices, conditions=conditions)


def _reads_well(parts: Conjunction, scope: Scope, lower: Callable[[Conjunction], ir.Type]) -> bool:
    if scope.lost > MAX_LOST:
        return False
    with scope.trial():
        type_ = lower(parts)
        if scope.failing:
            return False
    inner = type_.inner if isinstance(type_, ir.Nullable) else type_
    members = inner.members if isinstance(inner, ir.Union) else (inner,)
    properties = sum(len(each.properties) for each in inside(type_) if isinstance(each, ir.Object))
    return len(members) <= MAX_MEMBERS and (len(members) == 1 or properties <= MAX_PROPERTIES)


def _alone(choice: Choice) -> Site:
    """The schema of a choice without what stands beside it."""
    members = [each.schema for each in choice.members]
    return Site({choice.keyword: members}, (*choice.site.pointer, DERIVED))


# --- Checks -----------------------------------------------------------------------------------------------------------


def checks_of(parts: Conjunction, scope: Scope) -> list[ir.Check]:
    """
    The conditions of some schemas, as what is checked of their values.

    A value has one of the types that the schemas allow when it gets to that, so a condition speaks of those only.
    """
    context = allowed(parts, scope)
    return [check for each in parts.conditions for check in _check(each, context, scope)]


def allowed(parts: Conjunction, scope: Scope) -> tuple[Site, ...]:
    """A schema of the types that some schemas allow, unless that is all of them."""
    types = types_of(parts.own, scope)
    if types is None and parts.references:
        found = [implied_by(each, scope) for each in parts.references]
        types = next((sorted(each) for each in found if each is not None), None)
    if not types or set(types) >= set(TYPES) - {"integer"}:
        return ()
    return (scope.of_types(types),)


def _check(condition: Condition, context: tuple[Site, ...], scope: Scope) -> Iterator[ir.Check]:
    first, *others = condition.sites
    match condition.keyword:
        case "not":
            yield ir.Not(scope.type_of(first, *context))
        case "also":
            yield ir.AllOf(scope.type_of(first, *context))
        case "if":
            then, otherwise = (_or_anything(each, context, scope) for each in others)
            if (then, otherwise) != (ir.Unknown(), ir.Unknown()):
                yield ir.IfThenElse(scope.type_of(first, *context), then, otherwise)
        case "unevaluatedProperties":
            yield from unevaluated_properties(first, scope)
        case _:
            yield from unevaluated_items(first, scope)


def _or_anything(site: Site, context: tuple[Site, ...], scope: Scope) -> ir.Type:
    return ir.Unknown() if site.schema is True else scope.type_of(site, *context)
