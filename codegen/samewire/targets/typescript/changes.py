"""
Which schemas return another value than they received, by the keys of the definitions.

What the guard of any other type accepts comes back from its schema as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    dropping: list[str] = []
    renaming: list[str] = []
    for name, definition in definitions.items():
        for each in inside(definition.type):
            if isinstance(each, ir.Object):
                if each.extra is ir.STRIP:
                    dropping.append(name)
                if each.names:
                    renaming.append(name)
    users = users_of(definitions)
    return Changes(frozenset(reachable(dropping, users)), frozenset(reachable(renaming, users)))


def users_of(definitions: Mapping[str, ir.Definition]) -> dict[str, list[str]]:
    """The definitions that refer to each."""
    users: dict[str, list[str]] = {name: [] for name in definitions}
    for name, definition in definitions.items():
        for used in references(definition.type):
            users[used].append(name)
    return users
