"""
The order of declarations: definitions before their uses, with cycles cut where schemas allow it.

A validator is a constant, so what it names has to be declared before it. In a cycle that can't be; there the properties of
objects may name what comes later, since a getter, or a lazy schema, is read only when a value is parsed. So within a cycle
objects come first, and aliases (unions, arrays, records) after the ones they name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from samewire import ir
from samewire.graph import components
from samewire.walk import references


@dataclass(frozen=True, slots=True)
class Ordered:
    """
    A definition in its place. ``later`` are the names it refers to that are not yet declared there, itself included;
    ``recursive`` says whether it can reach itself.
    """

    definition: ir.Definition
    later: frozenset[str]
    recursive: bool


def order(definitions: Iterable[ir.Definition]) -> tuple[Ordered, ...]:
    """
    All definitions, each after those it refers to wherever that is possible. Others than these are declared elsewhere.

    The result depends on the definitions only, not on the order they are given in.
    """
    by_name = {
        definition.name: definition
        for definition in sorted(definitions, key=lambda each: each.name)
    }
    edges = {
        name: tuple(each for each in references(definition.type) if each in by_name)
        for name, definition in by_name.items()
    }
    eager = {
        name: () if isinstance(definition.type, ir.Object) else edges[name]
        for name, definition in by_name.items()
    }
    ordered: list[Ordered] = []
    declared: set[str] = set()
    for component in components(by_name, edges):
        recursive = len(component) > 1 or component[0] in edges[component[0]]
        for name in _within(component, by_name, eager):
            later = frozenset(edges[name]).difference(declared)
            ordered.append(Ordered(by_name[name], later, recursive))
            declared.add(name)
    return tuple(ordered)


def _within(
    component: list[str], by_name: Mapping[str, ir.Definition], eager: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    """One cycle: objects, then aliases after the aliases they name."""
    yield from (name for name in component if isinstance(by_name[name].type, ir.Object))
    aliases = [name for name in sorted(component) if not isinstance(by_name[name].type, ir.Object)]
    inside = {name: tuple(each for each in eager[name] if each in aliases) for name in aliases}
    for part in components(aliases, inside):
        yield from part
