"""Graphs of named nodes: reachability, strongly connected components, and equivalent nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence


def reachable(start: Iterable[str], edges: Mapping[str, Iterable[str]]) -> set[str]:
    """The nodes in ``start`` and all nodes that edges lead to from there."""
    nodes: set[str] = set()
    pending = list(start)
    while pending:
        node = pending.pop()
        if node not in nodes:
            nodes.add(node)
            pending += edges.get(node, ())
    return nodes


def reversed_edges(edges: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """The nodes that have an edge to each node."""
    sources: dict[str, list[str]] = {}
    for node, targets in edges.items():
        for target in targets:
            sources.setdefault(target, []).append(node)
    return sources


def alike(
    groups: Iterable[Sequence[str]],
    labels: Mapping[str, str],
    edges: Mapping[str, Sequence[str]],
) -> dict[str, str]:
    """
    For each node of each group the first one of the group that is alike: of the same label, and with edges to nodes that are alike.

    A greatest fixed point, so that nodes in a cycle may be alike: all of a group are taken to be, until a label or an edge differs.

    >>> alike([["a", "b"], ["c", "d"]], dict(a="", b="", c="1", d="2"), dict(a="b", b="a", c="a", d="b"))
    {'a': 'a', 'b': 'a', 'c': 'c', 'd': 'd'}
    """
    members = {group[0]: group for group in groups}
    group_of = {node: first for first, group in members.items() for node in group}
    first = dict(group_of)
    sources = reversed_edges({node: edges[node] for node in group_of})
    pending = set(members)
    while pending:
        signatures: dict[tuple[str, ...], str] = {}
        group = members[pending.pop()]
        classes = {
            node: signatures.setdefault(
                (first[node], labels[node], *(first.get(target, target) for target in edges[node])),
                node,
            )
            for node in group
        }
        if any(first[node] != classes[node] for node in group):
            first |= classes
            pending |= {group_of[source] for node in group for source in sources.get(node, ())}
    return first


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
