"""
Which types a schema allows: what it says itself, and what can be seen of a schema that it refers to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from samewire.lower.conjunction import Conjunction
from samewire.lower.literals import type_name
from samewire.lower.references import resolve
from samewire.lower.scope import Scope, Site, did_you_mean, shown
from samewire.schema import keywords

_MAX_STEPS: Final = 64
"""How far references are followed, to save a copy; what is further away is copied."""


def types_of(sites: Sequence[Site], scope: Scope) -> list[str] | None:
    """The types that every schema allows, in the order of the first that says so; ``None`` if none does."""
    given = [_named(site, scope) for site in sites if site.has("type")]
    if not given:
        return None
    first, *others = given
    for types in others:
        first = [each for name in first if (each := _common(name, types)) is not None]
    return first


def _common(name: str, types: Sequence[str]) -> str | None:
    if name in types or (name == "integer" and "number" in types):
        return name
    return "integer" if name == "number" and "integer" in types else None


def _named(site: Site, scope: Scope) -> list[str]:
    given = site.schema["type"]
    names = given if isinstance(given, list) and given else [given]
    for name in names:
        if name not in keywords.TYPES:
            hint = did_you_mean(name, keywords.TYPES) if isinstance(name, str) else None
            message = f"{shown(name)} is not a type of JSON Schema"
            scope.refuse("invalid-keyword", site.at("type"), message, hint)
    known = dict.fromkeys(name for name in names if name in keywords.TYPES)
    return [name for name in known if not (name == "integer" and "number" in known)]


def adds_nothing(parts: Conjunction, scope: Scope) -> bool:
    """Whether what stands beside a reference is at most the type that its target has anyway."""
    if parts.remaining is not None:
        return False
    if any(keywords.OWN.intersection(site.schema) != {"type"} for site in parts.own):
        return False
    allowed = types_of(parts.own, scope)
    if allowed is None:
        return True
    implied = implied_by(parts.references[0], scope)
    return implied is not None and all(_common(name, allowed) == name for name in implied)


def implied_by(reference: Site, scope: Scope) -> frozenset[str] | None:
    """Types that all values are of that a reference refers to, where that is plain to see."""
    target = resolve(reference, scope)
    return None if target is None else _implied(target, scope, 0)


def _implied(site: Site, scope: Scope, steps: int) -> frozenset[str] | None:
    """Types that all values of a schema are of, where that is plain to see."""
    schema = site.schema
    if not isinstance(schema, dict) or steps > _MAX_STEPS:
        return None
    if site.pointer in scope.implied:
        return scope.implied[site.pointer]
    scope.implied[site.pointer] = None
    found: frozenset[str] | None = None
    if "type" in schema:
        found = frozenset(_named(site, scope))
    elif isinstance(
        values := schema.get("enum", [schema["const"]] if "const" in schema else None), list
    ):
        found = frozenset(map(type_name, values))
    elif "$ref" in schema:
        target = resolve(site, scope)
        found = None if target is None else _implied(target, scope, steps + 1)
    elif site.has("anyOf", "oneOf"):
        members = scope.schemas(site, "anyOf" if site.has("anyOf") else "oneOf")
        each = [_implied(member, scope, steps + 1) for member in members]
        known = [one for one in each if one is not None]
        found = frozenset().union(*known) if known and len(known) == len(each) else None
    scope.implied[site.pointer] = found
    return found
