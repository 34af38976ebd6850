"""
The order of declarations: definitions before their uses, and cycles cut where zod can cut them.

A validator is a constant, so what it names has to be declared before it. In a cycle that can't be; there the properties of
objects may name what comes later, since zod reads a getter only when it parses. So within a cycle objects come first, and
aliases (unions, arrays, records) after the ones they name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from samewire import ir
from samewire.walk import inside


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
    All definitions, each after those it refers to wherever that is possible.

    The result depends on the definitions only, not on the order they are given in.
    """
    by_name = {
        definition.name: definition
        for definition in sorted(definitions, key=lambda each: each.name)
    }
    edges = {name: references(definition.type) for name, definition in by_name.items()}
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


def references(type_: ir.Type) -> tuple[str, ...]:
    """The names of all definitions that a type refers to, in order of appearance, each once."""
    return tuple(dict.fromkeys(each.name for each in inside(type_) if isinstance(each, ir.Ref)))


def components(nodes: Iterable[str], edges: Mapping[str, tuple[str, ...]]) -> list[list[str]]:
    """
    The strongly connected components of a graph, each before those that have an edge to it (R. Tarjan, 1972).

    Without recursion, since a chain of definitions may be longer than Python's stack. Edges to unknown nodes are ignored.
    """
    known = list(nodes)
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: dict[str, int] = {}
    result: list[list[str]] = []

    def visit(name: str) -> Iterator[str]:
        """Enters a node and yields the neighbours to be visited before it is left."""
        index[name] = low[name] = len(index)
        on_stack[name] = len(stack)
        stack.append(name)
        for neighbour in edges[name]:
            if neighbour not in edges:
                continue
            if neighbour not in index:
                yield neighbour
                low[name] = min(low[name], low[neighbour])
            elif neighbour in on_stack:
                low[name] = min(low[name], index[neighbour])
        if low[name] == index[name]:
            start = on_stack[name]
            component = stack[start:][::-1]
            del stack[start:]
            for each in component:
                del on_stack[each]
            result.append(component)

    for root in known:
        if root not in index:
            _run(visit, root)
    return result


def _run(visit: Callable[[str], Iterator[str]], root: str) -> None:
    """Depth first through generators that yield the nodes to go to."""
    active = [visit(root)]
    while active:
        neighbour = next(active[-1], None)
        if neighbour is None:
            active.pop()
        else:
            active.append(visit(neighbour))
