"""
Which definitions are recursive, and for which of them a guard could check one object many times.

In ``Node = A | B``, where A and B both have children of type ``Node``, the guard of A may look at all children and then fail, and
that of B looks at them again. The time doubles with each level. A guard of such a definition remembers its verdicts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from samewire import ir
from samewire.graph import components, reachable, reversed_edges
from samewire.targets.typescript.unions import flat_members, may_meet
from samewire.walk import inside, references, same_value


@dataclass(frozen=True, slots=True)
class Recursion:
    """``deep`` are definitions that reach a recursive one; ``repeated`` are those whose guard must remember results."""

    deep: frozenset[str] = frozenset()
    repeated: frozenset[str] = frozenset()


def recursion(definitions: Mapping[str, ir.Definition]) -> Recursion:
    edges = {name: references(definition.type) for name, definition in definitions.items()}
    users = reversed_edges(edges)
    recursive: list[str] = []
    repeated: set[str] = set()
    for circle in components(definitions, edges):
        if len(circle) == 1 and circle[0] not in edges[circle[0]]:
            continue
        recursive += circle
        pairs = [
            pair
            for name in circle
            for one in inside(definitions[name].type)
            for pair in _tried_both(one, definitions)
        ]
        if pairs and _leads_twice(pairs, reachable(circle, users)):
            repeated.update(circle)
    return Recursion(frozenset(reachable(recursive, users)), frozenset(repeated))


def _leads_twice(pairs: Iterable[tuple[ir.Type, ir.Type]], leading_back: Collection[str]) -> bool:
    """Whether both types of a pair, with which one value may be tried, lead into the circle."""
    return any(
        all(any(name in leading_back for name in references(each)) for each in pair)
        for pair in pairs
    )


def _tried_both(
    type_: ir.Type, definitions: Mapping[str, ir.Definition]
) -> Iterator[tuple[ir.Type, ir.Type]]:
    match type_:
        case ir.Union(members):
            for pair in combinations(flat_members(members, definitions), 2):
                if may_meet(*pair, definitions):
                    yield pair
        case ir.Checked(inner, checks):
            named = [each for check in checks for each in same_value(check)]
            # A condition of a choice is written twice.
            yield from combinations((inner, *named, *named), 2)
        case _:
            pass
