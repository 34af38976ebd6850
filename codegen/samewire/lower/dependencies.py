"""Which definitions a definition depends on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from samewire import ir
from samewire.graph import components
from samewire.lower.scope import Scope, shown
from samewire.walk import same_value


def in_order(types: Mapping[str, ir.Type], scope: Scope) -> dict[str, ir.Type]:
    """
    The definitions, each after those that it is made of.

    One that is made of itself, with no array or object in between, says nothing about its values and is refused.
    """
    edges = {name: tuple(dict.fromkeys(made_of(type_))) for name, type_ in types.items()}
    ordered: dict[str, ir.Type] = {}
    for group in components(sorted(types), edges):
        if len(group) > 1 or group[0] in edges[group[0]]:
            path = " -> ".join(shown(name) for name in [*sorted(group), min(group)])
            message = f"a definition that leads back to itself without an array or an object in between: {path}"
            hint = "replace the reference by what it is to be"
            scope.refuse("cyclic-ref", scope.pointers[min(group)], message, hint)
        ordered.update((name, types[name]) for name in group)
    return ordered


def made_of(type_: ir.Type) -> Iterator[str]:
    match type_:
        case ir.Ref(name):
            yield name
        case ir.Nullable(inner):
            yield from made_of(inner)
        case ir.Union(members):
            for member in members:
                yield from made_of(member)
        case ir.Checked(inner, checks):
            for part in (inner, *(one for check in checks for one in same_value(check))):
                yield from made_of(part)
