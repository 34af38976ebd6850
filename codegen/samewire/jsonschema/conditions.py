"""
Conditions (``not``, ``if``, dependencies on a key): written out as types where possible, otherwise checked.

``if`` the kind is a card ``then`` there is a number: that is a union of cards and everything else, and better as one. A schema of
many negated keywords is a long union as a type, and one check.
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
from samewire.jsonschema.scope import DERIVED, MAX_OVERRUNS, Scope, is_inside
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
    conditional = [choice for choice in parts.choices if choice.condition is not None]
    if conditional:
        parts = _tried(parts, conditional, scope, lower)
    if prod(len(choice.members) for choice in parts.choices) > MAX_PRODUCT:
        also = [Condition("also", (_alone(choice),)) for choice in parts.choices[1:]]
        parts = replace(parts, choices=parts.choices[:1], conditions=[*parts.conditions, *also])
    if parts.remaining is not None and (parts.choices or parts.conditions):
        rest = Condition("unevaluatedProperties", (parts.remaining,))
        parts = replace(parts, remaining=None, conditions=[*parts.conditions, rest])
    return parts


def _tried(
    parts: Conjunction,
    conditional: list[Choice],
    scope: Scope,
    lower: Callable[[Conjunction], ir.Type],
) -> Conjunction:
    others = [choice for choice in parts.choices if choice.condition is None]
    kept = [choice for choice in conditional if scope.written_out.get(choice.site.pointer)]
    for choice in conditional:
        at = choice.site.pointer
        if at not in scope.written_out:
            scope.written_out[at] = True
            tried = replace(parts, choices=[*others, *kept, choice], conditions=[])
            scope.written_out[at] = _reads_well(tried, scope, lower)
            if scope.written_out[at]:
                kept.append(choice)
            elif scope.trials and not is_inside(at):
                scope.unreadable = True
    choices: list[Choice] = []
    conditions = [*parts.conditions]
    for choice in parts.choices:
        if choice.condition is None or scope.written_out[choice.site.pointer]:
            choices.append(choice)
        else:
            conditions.append(choice.condition)
    return replace(parts, choices=choices, conditions=conditions)


def _reads_well(parts: Conjunction, scope: Scope, lower: Callable[[Conjunction], ir.Type]) -> bool:
    if scope.overruns > MAX_OVERRUNS:
        return False
    with scope.trial():
        type_ = lower(parts)
        if scope.failing:
            return False
    inner = type_.inner if isinstance(type_, ir.Nullable) else type_
    members = inner.members if isinstance(inner, ir.Union) else (inner,)
    properties = sum(len(part.properties) for part in inside(type_) if isinstance(part, ir.Object))
    return len(members) <= MAX_MEMBERS and (len(members) == 1 or properties <= MAX_PROPERTIES)


def _alone(choice: Choice) -> Site:
    """The schema of a choice without what stands beside it."""
    members = [member.schema for member in choice.members]
    return Site({choice.keyword: members}, (*choice.site.pointer, DERIVED))


# --- Checks -----------------------------------------------------------------------------------------------------------


def checks_of(parts: Conjunction, scope: Scope) -> list[ir.Check]:
    """
    The conditions of some schemas, as what is checked of their values.

    A value has one of the types that the schemas allow when it gets to that, so a condition speaks of those only.
    """
    context = allowed(parts, scope)
    return [check for condition in parts.conditions for check in _check(condition, context, scope)]


def allowed(parts: Conjunction, scope: Scope) -> tuple[Site, ...]:
    """A schema of the types that some schemas allow, unless that is all of them."""
    types = types_of(parts.own, scope)
    if types is None and parts.references:
        implied = [implied_by(reference, scope) for reference in parts.references]
        types = next((sorted(names) for names in implied if names is not None), None)
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
            then, otherwise = (_or_anything(branch, context, scope) for branch in others)
            if (then, otherwise) != (ir.Unknown(), ir.Unknown()):
                yield ir.IfThenElse(scope.type_of(first, *context), then, otherwise)
        case "unevaluatedProperties":
            yield from unevaluated_properties(first, scope)
        case _:
            yield from unevaluated_items(first, scope)


def _or_anything(site: Site, context: tuple[Site, ...], scope: Scope) -> ir.Type:
    return ir.Unknown() if site.schema is True else scope.type_of(site, *context)
