"""A schema document without some of its definitions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from samewire.export import walk
from samewire.extensions import extensions
from samewire.graph import reachable


def without(document: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """``document`` less the definitions ``names`` and those that depend on them."""
    definitions: Mapping[str, dict[str, Any]] = document["$defs"]
    return _kept(document, definitions.keys() - reachable(names, walk.users(definitions)))


def only(document: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """``document`` with the definitions ``names`` and those that they use."""
    definitions: Mapping[str, dict[str, Any]] = document["$defs"]
    used = {name: tuple(walk.refs(definition)) for name, definition in definitions.items()}
    return _kept(document, reachable(names, used))


def _kept(document: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    definitions = document["$defs"]
    kept = {name: definition for name, definition in definitions.items() if name in names}
    rest = dict(document)
    for one in extensions():
        if one.keyword in rest:
            left = one.left(rest.pop(one.keyword), set(names))
            if left is not None:
                rest[one.keyword] = left
    return {**rest, "$defs": kept}
