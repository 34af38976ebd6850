"""
Graphs of named nodes: what can be reached, and strongly connected components.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping


def reachable(start: Iterable[str], edges: Mapping[str, Iterable[str]]) -> set[str]:
    """The nodes in ``start`` and all that edges lead to from there."""
    nodes: set[str] = set()
    pending = list(start)
    while pending:
        node = pending.pop()
        if node not in nodes:
            nodes.add(node)
            pending += edges.get(node, ())
    return nodes


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
