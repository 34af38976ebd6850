"""References: the target of a ``$ref``, and the directly visible keywords there."""

from __future__ import annotations

from typing import Final

from samewire.lower.literals import type_name
from samewire.lower.scope import Scope, Site, did_you_mean, shown
from samewire.schema.keywords import TYPES
from samewire.schema.pointers import MISSING, find, fragment, parse

_MAX_STEPS: Final = 64
"""How far references are followed to see the types behind them."""


def resolve(site: Site, scope: Scope, keyword: str = "$ref") -> Site | None:
    """The target of a reference in a schema; reports a broken one and returns ``None``."""
    ref = scope.text(site, keyword)
    if ref is None:
        return None
    pointer = parse(ref)
    if pointer is None:
        _refuse_elsewhere(ref, site, scope)
        return None
    target = find(scope.document, pointer)
    if target is MISSING:
        hint = did_you_mean(ref, [fragment(known) for known in scope.names])
        scope.refuse("missing-ref", site.at(keyword), f"{shown(ref)} leads nowhere", hint)
        return None
    return Site(target, pointer)


def _refuse_elsewhere(ref: str, site: Site, scope: Scope) -> None:
    if ref.startswith("#"):
        message = f"{shown(ref)} is the name of an anchor"
        hint = 'refer to the place itself, as in "#/$defs/Name"'
    else:
        message = f"{shown(ref)} is in another document"
        hint = "bundle it: copy its schema into $defs, and refer to that"
    scope.refuse("remote-ref", site.at("$ref"), message, hint)


def implied_types(site: Site, scope: Scope, steps: int = 0) -> frozenset[str] | None:
    """JSON types that all values of a schema are known to have."""
    schema = site.schema
    if not isinstance(schema, dict) or steps > _MAX_STEPS:
        return None
    if site.pointer in scope.implied:
        return scope.implied[site.pointer]
    scope.implied[site.pointer] = None
    types: frozenset[str] | None = None
    values = schema.get("enum", [schema["const"]] if "const" in schema else None)
    if "type" in schema:
        types = frozenset(type_names(site, scope))
    elif isinstance(values, list):
        types = frozenset(map(type_name, values))
    elif "$ref" in schema:
        target = resolve(site, scope)
        types = None if target is None else implied_types(target, scope, steps + 1)
    elif site.has("anyOf", "oneOf"):
        members = scope.schemas(site, "anyOf" if site.has("anyOf") else "oneOf")
        types = _union_of_members([implied_types(member, scope, steps + 1) for member in members])
    scope.implied[site.pointer] = types
    return types


def _union_of_members(members: list[frozenset[str] | None]) -> frozenset[str] | None:
    known = [types for types in members if types is not None]
    return frozenset().union(*known) if known and len(known) == len(members) else None


def type_names(site: Site, scope: Scope) -> list[str]:
    """The types that the keyword ``type`` names; an integer is a number."""
    value = site.schema["type"]
    names = value if isinstance(value, list) and value else [value]
    for name in names:
        if name not in TYPES:
            hint = did_you_mean(name, TYPES) if isinstance(name, str) else None
            message = f"{shown(name)} is not a type of JSON Schema"
            scope.refuse("invalid-keyword", site.at("type"), message, hint)
    known = dict.fromkeys(name for name in names if name in TYPES)
    return [name for name in known if not (name == "integer" and "number" in known)]
