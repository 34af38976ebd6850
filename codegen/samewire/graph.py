"""
Strongly connected components.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping


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
