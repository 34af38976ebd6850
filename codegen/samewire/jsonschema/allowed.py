"""Which JSON types a schema allows, directly and through references."""

from __future__ import annotations

from collections.abc import Sequence

from samewire.jsonschema.conjunction import Conjunction
from samewire.jsonschema.scope import Scope
from samewire.lower.references import implied_types, resolve, type_names
from samewire.lower.scope import Site
from samewire.schema import keywords


def types_of(sites: Sequence[Site], scope: Scope) -> list[str] | None:
    """The types that every schema allows, in the order of the first that says so; ``None`` if no schema names any."""
    named = [type_names(site, scope) for site in sites if site.has("type")]
    if not named:
        return None
    first, *others = named
    for types in others:
        first = [common for name in first if (common := _common(name, types)) is not None]
    return first


def _common(name: str, types: Sequence[str]) -> str | None:
    if name in types or (name == "integer" and "number" in types):
        return name
    return "integer" if name == "number" and "integer" in types else None


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
    return None if target is None else implied_types(target, scope)
