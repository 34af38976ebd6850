"""A schema document without some of its definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from samewire.export import walk

_STREAM: Final = "x-samewire-ui-stream"


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
    rest = {
        key: value for key, value in document.items() if key != _STREAM or not _names(value) & gone
    }
    return {**rest, **roots, "$defs": kept}


def _names(stream: Mapping[str, Any]) -> set[str]:
    """The definitions that the keyword of a UI stream names; without one of them it would say too little."""
    tools = (name for tool in stream.get("tools", {}).values() for name in tool.values())
    data = stream.get("data", {}).values()
    return {stream["chunk"], stream.get("metadata", ""), *data, *tools}
