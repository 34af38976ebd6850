"""TypeScript written against the old types: names and brands that it no longer finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from samewire import ir
from samewire.compat.findings import Finding, finding
from samewire.compat.rules import (
    BRAND_CHANGED,
    TYPE_BRANDED,
    TYPE_REMOVED,
    TYPE_RENAMED,
    TYPE_SPLIT,
)
from samewire.compat.versions import Versions
from samewire.walk import references


def changed_names(
    versions: Versions, pairs: set[tuple[str, str]], firm: set[tuple[str, str]]
) -> Iterator[Finding]:
    """
    What TypeScript written against the old names no longer finds.

    ``pairs`` are old and new names that were compared, ``firm`` those that stand in each other's place.
    """
    before, after, contract = versions.before, versions.after, versions.new.name
    others, places = _by_old(pairs), _by_old(firm)
    for name in sorted(before.keys() - after.keys() - versions.lost):
        fresh = [other for other in others.get(name, ()) if other not in before]
        became = (
            [other for other in fresh if versions.are_same(name, other)]
            or [other for other in fresh if versions.have_one_source(name, other)]
            or [other for other in places.get(name, ()) if other not in before]
        )
        if len(became) > 1:
            became = [root for root in became if root in _roots_of(versions, name)]
        if len(became) == 1:
            made = finding(TYPE_RENAMED, contract, None, became[0], name)
            yield replace(made, detail=f"{name} is now {became[0]}", source=after[became[0]].source)
        elif None not in _roots_of(versions, name):  # else that is said of the root
            instead = [other for other in others.get(name, ()) if other in before]
            made = finding(TYPE_REMOVED, contract, None, name, name)
            yield replace(made, detail=f"use {instead[0]}" if len(instead) == 1 else "")
    for name in sorted(before.keys() & after.keys()):
        source = after[name].source
        split = [
            other
            for other in others.get(name, ())
            if other not in before and after[other].source == source is not None
        ]
        if split:
            made = finding(TYPE_SPLIT, contract, None, name, name)
            yield replace(made, detail=f"{split[0]} is what is sent", source=source)


def changed_brands(versions: Versions) -> Iterator[Finding]:
    """Types of both versions that became branded, or no longer are."""
    before, after, contract = versions.before, versions.after, versions.new.name
    fresh = {
        name
        for name, each in after.items()
        if each.brand and not (name in before and before[name].brand)
    }
    known = sorted(before.keys() & after.keys())
    for name in sorted(fresh & _in_use(after, known)):
        made = finding(TYPE_BRANDED, contract, None, name, name)
        yield replace(made, source=after[name].source)
    for name in known:
        old, new = _brands_of(before, name), _brands_of(after, name)
        for key in sorted(old.keys() & new.keys()):
            still = all(brand in after and after[brand].brand for brand in old[key])
            if old[key] != new[key] and still and fresh.isdisjoint(new[key]):
                made = finding(BRAND_CHANGED, contract, None, name, name)
                yield replace(made, path=(key,) if key else (), source=after[name].source)


def _in_use(definitions: Mapping[str, ir.Definition], names: Iterable[str]) -> set[str]:
    return {brand for name in names for brand in references(definitions[name].type)}


def _brands_of(definitions: Mapping[str, ir.Definition], name: str) -> Mapping[str, list[str]]:
    """The brands in a type, by key; under an empty key if the type has no keys."""
    type_ = definitions[name].type
    types = (
        {each.key: each.type for each in type_.properties}
        if isinstance(type_, ir.Object)
        else {"": type_}
    )
    return {
        key: [brand for brand in references(each) if definitions[brand].brand]
        for key, each in types.items()
    }


def _by_old(pairs: set[tuple[str, str]]) -> dict[str, list[str]]:
    others: dict[str, list[str]] = {}
    for name, other in sorted(pairs):
        others.setdefault(name, []).append(other)
    return others


def _roots_of(versions: Versions, name: str) -> list[str | None]:
    """The new name of a root in each direction that it had."""
    return [roots[name] for roots in versions.roots.values() if name in roots]
