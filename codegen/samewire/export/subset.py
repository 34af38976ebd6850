"""A schema document without some of its definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from samewire.export import walk
from samewire.extensions import extensions


def dependents(names: Iterable[str], users: Mapping[str, Iterable[str]]) -> set[str]:
    """``names`` and all that use them, directly or through others."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += users.get(name, ())
    return found


def without(document: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """``document`` less the definitions ``names`` and those that depend on them, as roots too."""
    definitions: Mapping[str, dict[str, Any]] = document["$defs"]
    users: dict[str, list[str]] = {}
    for name, definition in definitions.items():
        for used in walk.refs(definition):
            users.setdefault(used, []).append(name)
    gone = dependents(names, users)
    kept = {name: definition for name, definition in definitions.items() if name not in gone}
    roots = {
        key: [name for name in document[key] if name not in gone]
        for key in ("x-samewire-emits", "x-samewire-accepts")
    }
    rest = dict(document)
    for one in extensions():
        # Without one of the definitions that its keyword names, it would say too little.
        if one.keyword in rest and one.definitions(rest[one.keyword]) & gone:
            del rest[one.keyword]
    return {**rest, **roots, "$defs": kept}
