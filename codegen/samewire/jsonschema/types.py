"""
From schemas to types.

What is lowered is never one schema but all that hold at once: a property that two members of ``allOf`` describe, a
reference with keywords beside it. They are taken apart into what each says itself and the alternatives it leaves
(``anyOf``, ``oneOf``); alternatives are multiplied out, and what is left is lowered type by type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from samewire import ir
from samewire.jsonschema.allowed import adds_nothing, types_of
from samewire.jsonschema.arrays import array_type
from samewire.jsonschema.choices import alternatives
from samewire.jsonschema.conditions import allowed, checks_of, with_conditions
from samewire.jsonschema.conjunction import Conjunction, conjunction, without_references
from samewire.jsonschema.excluded import excluded
from samewire.jsonschema.limits import has_format
from samewire.jsonschema.literals import limited, undecided
from samewire.jsonschema.objects import object_type
from samewire.jsonschema.scope import (
    LEFT_OUT,
    MAX_COPIES,
    MAX_SIZE,
    MAX_TRIED,
    DerivedSite,
    Scope,
    is_inside,
)
from samewire.lower.literals import values_of
from samewire.lower.numbers import integer_type, number_type
from samewire.lower.references import resolve
from samewire.lower.scope import MAX_DEPTH, Site
from samewire.lower.strings import content_checks, string_type
from samewire.lower.types import any_value, refuse_depth
from samewire.lower.unions import checked, union
from samewire.lower.unlisted import unlisted
from samewire.open import OPEN
from samewire.schema import keywords
from samewire.schema.pointers import Pointer
from samewire.schema.text import NAME_PARTS

EVERY_TYPE: Final = ("null", "boolean", "number", "string", "array", "object")


def lower_all(sites: Sequence[Site], scope: Scope) -> ir.Type:
    """The type of the values for which all of the schemas hold."""
    return _lower(conjunction(sites, scope), sites[0].pointer, scope)


def _lower(parts: Conjunction, pointer: Pointer, scope: Scope) -> ir.Type:
    scope.copies += scope.copying > 0
    scope.tried += scope.trials > 0
    if scope.depth >= MAX_DEPTH:
        refuse_depth(Site(None, pointer), scope)
        return ir.Never()
    if scope.copies > MAX_COPIES or scope.tried > MAX_TRIED:
        message = f"more than {MAX_COPIES} schemas would have to be written out where keywords stand beside references and choices"
        scope.refuse("too-large", (), message, NAME_PARTS)
        return ir.Never()
    scope.depth += 1
    try:
        type_ = _lower_parts(parts, pointer, scope)
    finally:
        scope.depth -= 1
    if scope.is_too_large(type_):
        message = f"takes more than {MAX_SIZE} types to write out, most of them several times"
        scope.refuse("too-large", pointer, message, NAME_PARTS)
        return ir.Never()
    return type_


def _lower_parts(parts: Conjunction, pointer: Pointer, scope: Scope) -> ir.Type:
    if parts.impossible:
        return ir.Never()
    parts = with_conditions(parts, scope, lambda inner: _lower(inner, pointer, scope))
    if parts.conditions:
        checks = checks_of(parts, scope)
        return checked(_lower(replace(parts, conditions=[]), pointer, scope), checks)
    if len(parts.references) == 1 and not parts.choices and adds_nothing(parts, scope):
        return _reference(parts.references[0], scope)
    if parts.references:
        return _merged(parts, pointer, scope)
    if parts.choices:
        return alternatives(parts, scope, lambda inner: _lower(inner, pointer, scope))
    return _own(parts, scope)


def _reference(site: Site, scope: Scope) -> ir.Type:
    target = resolve(site, scope)
    if target is None:
        return ir.Never()
    if target.pointer in scope.names:
        return ir.Ref(scope.names[target.pointer])
    with scope.copy():
        return scope.type_of(target)


def _merged(parts: Conjunction, pointer: Pointer, scope: Scope) -> ir.Type:
    """
    References and what stands beside them, written out in one. Inside of that the same may not come up again: there the first
    reference stays one, and the rest is checked.
    """
    together = without_references(parts, scope)
    pointers = together.pointers()
    if pointers not in scope.merging:
        scope.merging.add(pointers)
        try:
            with scope.copy():
                return _lower(together, pointer, scope)
        finally:
            scope.merging.discard(pointers)
    first, *others = [_reference(site, scope) for site in parts.references]
    beside = replace(parts, said=[*parts.own])
    if beside.said or beside.choices:
        beside.said += allowed(parts, scope)
        others.append(_lower(beside, pointer, scope))
    return checked(first, [ir.AllOf(type_) for type_ in others])


# --- Types ------------------------------------------------------------------------------------------------------------


def _own(parts: Conjunction, scope: Scope) -> ir.Type:
    if (site := _not_listed(parts.own)) is not None:
        return unlisted(site, scope)
    types = types_of(parts.own, scope)
    values = values_of(parts.own, scope)
    left_out = excluded(parts.own)
    _note_unreadable(parts, values, scope)
    if values is not None:
        kept = [value for value in values if left_out.admits(value)]
        undecided_checks = [ir.AllOf(_own_of(site, scope)) for site in undecided(kept, parts.own)]
        return checked(
            limited(kept, types, parts.own, scope), [*undecided_checks, *left_out.checks(scope)]
        )
    if types is None and (_narrows(parts) or left_out.derived):
        types = list(EVERY_TYPE)
    if types is not None:
        of_type = partial(_type_by_name, own=parts.own, remaining=parts.remaining, scope=scope)
        return union([left_out.of_type(name, of_type(name), scope) for name in types])
    return _any_value(parts.own, scope)


def _not_listed(own: Sequence[Site]) -> Site | None:
    """What an open type does not list, if nothing but its type is said besides."""
    marked = [site for site in own if site.has(OPEN)]
    beside = [site.schema for site in own if not site.has(OPEN)]
    alone = len(marked) == 1 and all(
        one == {"type": marked[0].schema.get("type")} for one in beside
    )
    return marked[0] if alone else None


def _own_of(site: Site, scope: Scope) -> ir.Type:
    """What one schema says by itself, without the schemas that it says more through."""
    said = {key: value for key, value in site.schema.items() if key in keywords.OWN}
    return scope.type_of(Site(said, site.pointer))


def _note_unreadable(parts: Conjunction, values: object, scope: Scope) -> None:
    """Notes a complement that lists every type but one of an undeclared property: a check says it better."""
    declared = values is not None or any(
        site.has("type") for site in parts.own if not isinstance(site, DerivedSite)
    )
    if not declared and any(
        isinstance(site, DerivedSite) and is_inside(site.pointer) and site.has("type", LEFT_OUT)
        for site in parts.own
    ):
        scope.unreadable = True


def _any_value(sites: Sequence[Site], scope: Scope) -> ir.Type:
    types = [any_value(site, scope) for site in sites]
    return next((type_ for type_ in types if type_ != ir.Unknown()), ir.Unknown())


def _type_by_name(name: str, own: Sequence[Site], remaining: Site | None, scope: Scope) -> ir.Type:
    match name:
        case "null":
            return ir.Null()
        case "boolean":
            return ir.Boolean()
        case "integer":
            return integer_type(own, scope)
        case "number":
            return number_type(own, scope)
        case "string":
            return checked(string_type(own, scope), list(content_checks(own, scope)))
        case "array":
            return array_type(own, scope)
        case _:
            return object_type(own, scope, remaining)


def _narrows(parts: Conjunction) -> bool:
    """Whether a keyword limits the values of one type, where those of every other are allowed as well."""
    return parts.remaining is not None or any(
        not _says_nothing(key, site)
        for site in parts.own
        for narrowing in keywords.NARROWING.values()
        for key in narrowing.intersection(site.schema)
    )


def _says_nothing(keyword: str, site: Site) -> bool:
    if keyword in ("format", "contentEncoding"):
        return not has_format(site)
    if keyword in ("minContains", "maxContains"):
        return not site.has("contains")
    match site.schema[keyword]:
        case bool() as value:
            return value == (keyword != "uniqueItems") and keyword != "contains"
        case 0:
            return keyword in ("minLength", "minItems", "minProperties")
        case [] | {}:
            return keyword != "contains" and not site.schema[keyword]
        case _:
            return False
