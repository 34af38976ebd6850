"""
Which definitions are recursive, and which of those a guard could be asked about many times for one object.

In ``Node = A | B``, where A and B both have children of type ``Node``, the guard of A may look at all children and then fail, and
that of B looks at them again. The time doubles with each level. A guard of such a definition remembers its verdicts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from samewire import ir
from samewire.graph import components, reachable
from samewire.targets.typescript.changes import users_of
from samewire.targets.typescript.unions import flat_members, may_meet
from samewire.walk import inside, references, same_value


@dataclass(frozen=True, slots=True)
class Recursion:
    """``deep``: definitions from which a recursive one can be reached. ``repeated``: those whose guard has to remember."""

    deep: frozenset[str] = frozenset()
    repeated: frozenset[str] = frozenset()


def recursion(definitions: Mapping[str, ir.Definition]) -> Recursion:
    edges = {name: references(definition.type) for name, definition in definitions.items()}
    users = users_of(definitions)
    deep: set[str] = set()
    repeated: set[str] = set()
    for circle in components(definitions, edges):
        if len(circle) == 1 and circle[0] not in edges[circle[0]]:
            continue
        leading_back = reachable(circle, users)
        deep |= leading_back
        if any(_repeats(definitions[name].type, leading_back, definitions) for name in circle):
            repeated.update(circle)
    return Recursion(frozenset(deep), frozenset(repeated))


def _repeats(
    type_: ir.Type, circle: Collection[str], definitions: Mapping[str, ir.Definition]
) -> bool:
    """Whether one value in it may be tried with two types that lead into the circle."""
    return any(
        all(any(name in circle for name in references(each)) for each in pair)
        for one in inside(type_)
        for pair in _tried_both(one, definitions)
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
