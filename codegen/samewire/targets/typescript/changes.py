"""
Which schemas give back something else than they got, by the keys of the definitions.

What the guard of any other type accepts comes back from its schema as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from samewire import ir
from samewire.graph import reachable
from samewire.walk import inside, references


@dataclass(frozen=True, slots=True)
class Changes:
    """``dropping`` are those that drop the keys that a type does not declare, ``renaming`` those that take keys by other names."""

    dropping: frozenset[str]
    renaming: frozenset[str]


def changes(definitions: Mapping[str, ir.Definition]) -> Changes:
    users = users_of(definitions)

    def of(holds: Callable[[ir.Object], bool]) -> frozenset[str]:
        own = (
            name
            for name, definition in definitions.items()
            if any(isinstance(each, ir.Object) and holds(each) for each in inside(definition.type))
        )
        return frozenset(reachable(own, users))

    return Changes(
        dropping=of(lambda each: each.extra is ir.STRIP), renaming=of(lambda each: bool(each.names))
    )


def users_of(definitions: Mapping[str, ir.Definition]) -> dict[str, list[str]]:
    """The definitions that refer to each."""
    users: dict[str, list[str]] = {name: [] for name in definitions}
    for name, definition in definitions.items():
        for used in references(definition.type):
            users[used].append(name)
    return users
