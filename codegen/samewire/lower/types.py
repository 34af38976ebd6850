"""
From schemas to types.

What is lowered is never one schema but all that hold at once: a property that two members of ``allOf`` describe, a
reference with keywords beside it. They are taken apart into what each says itself and the alternatives it leaves
(``anyOf``, ``oneOf``); alternatives are multiplied out, and what is left is lowered type by type.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from samewire import ir
from samewire.lower.allowed import adds_nothing, types_of
from samewire.lower.arrays import array_type
from samewire.lower.choices import alternatives
from samewire.lower.conjunction import Conjunction, conjunction, without_references
from samewire.lower.excluded import excluded
from samewire.lower.formats import constrains
from samewire.lower.literals import literal_type, values_of
from samewire.lower.numbers import integer_type, number_type
from samewire.lower.objects import object_type
from samewire.lower.references import resolve
from samewire.lower.scope import MAX_COPIES, MAX_DEPTH, Scope, Site
from samewire.lower.strings import string_type
from samewire.lower.unions import union
from samewire.schema import keywords
from samewire.schema.pointers import Pointer
from samewire.schema.text import NAME_PARTS

EVERY_TYPE: Final = ("null", "boolean", "number", "string", "array", "object")


def lower_all(sites: Sequence[Site], scope: Scope) -> ir.Type:
    """The type of the values for which all of the schemas hold."""
    return _lower(conjunction(sites, scope), sites[0].pointer, scope)


def _lower(parts: Conjunction, pointer: Pointer, scope: Scope) -> ir.Type:
    scope.copies += scope.copying > 0
    if scope.depth >= MAX_DEPTH:
        message = f"nested more than {MAX_DEPTH} levels deep without a name"
        scope.refuse("too-deep", pointer, message, NAME_PARTS)
        return ir.Never()
    if scope.copies > MAX_COPIES:
        message = f"more than {MAX_COPIES} schemas would have to be written out where keywords stand beside references and choices"
        scope.refuse("too-large", (), message, NAME_PARTS)
        return ir.Never()
    scope.depth += 1
    try:
        return _lower_parts(parts, pointer, scope)
    finally:
        scope.depth -= 1


def _lower_parts(parts: Conjunction, pointer: Pointer, scope: Scope) -> ir.Type:
    if parts.impossible:
        return ir.Never()
    if len(parts.references) == 1 and not parts.choices and adds_nothing(parts, scope):
        return _reference(parts.references[0], scope)
    if parts.references:
        return _merged(without_references(parts, scope), pointer, scope)
    if parts.choices:
        return alternatives(parts, scope, lambda each: _lower(each, pointer, scope))
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
    """References and what stands beside them, written out in one. Inside of that the same may not come up again."""
    pointers = parts.pointers()
    if pointers in scope.merging:
        message = (
            "a recursive definition together with other keywords has no end when it is written out"
        )
        scope.refuse(
            "no-exact-form",
            pointer,
            message,
            "give the combination a name in $defs, and refer to that inside of it",
        )
        return ir.Never()
    scope.merging.add(pointers)
    try:
        with scope.copy():
            return _lower(parts, pointer, scope)
    finally:
        scope.merging.discard(pointers)


# --- Types ------------------------------------------------------------------------------------------------------------


def _own(parts: Conjunction, scope: Scope) -> ir.Type:
    types = types_of(parts.own, scope)
    values = values_of(parts.own, scope)
    left_out = excluded(parts.own)
    if values is not None:
        kept = [value for value in values if left_out.admits(value)]
        return literal_type(kept, types, parts.own, scope)
    if types is None and (_narrows(parts) or left_out.sites):
        types = list(EVERY_TYPE)
    if types is not None:
        lower = partial(_of_type, parts=parts, scope=scope)
        return union([left_out.of_type(name, lower, scope) for name in types])
    return _any_value(parts.own, scope)


def _any_value(sites: Sequence[Site], scope: Scope) -> ir.Type:
    for site in sites:
        if scope.text(site, "x-samewire-type") == "json":
            return ir.JsonValue()
        if site.has("x-samewire-type"):
            scope.invalid(site, "x-samewire-type", '"json"')
    return ir.Unknown()


def _of_type(name: str, more: Sequence[Site], parts: Conjunction, scope: Scope) -> ir.Type:
    own = [*parts.own, *more]
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
            return string_type(own, scope)
        case "array":
            return array_type(own, scope)
        case _:
            return object_type(own, scope, parts.remaining)


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
        return not constrains(site)
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
