"""The definitions of a foreign document: which of its schemas have a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from samewire.graph import components
from samewire.scalars.spelling import SPELLING
from samewire.schema.keywords import APPLICATORS, OWN, subschemas
from samewire.schema.pointers import Pointer, find, free_name, parse

CONTAINERS: Final = ("$defs", "definitions")
ROOT_NAME: Final = "Root"


def definitions(document: Mapping[str, Any]) -> dict[Pointer, str]:
    """
    The name of each definition, by the pointer of its schema.

    These are the entries of ``$defs`` and ``definitions``; the document itself, if it describes values, by its title; and
    schemas that are neither but contain references to themselves, by the last part of their pointers.
    """
    names: dict[Pointer, str] = {}
    for container in CONTAINERS:
        entries = document.get(container)
        if isinstance(entries, dict):
            names.update({(container, name): name for name in entries})
    if _describes_values(document, names):
        title = document.get("title")
        whole = title if isinstance(title, str) and title else ROOT_NAME
        names[()] = free_name((whole,), names.values())
    for pointer in _recursive(document, names):
        names[pointer] = free_name(pointer, names.values())
    return names


def _describes_values(document: Mapping[str, Any], names: Mapping[Pointer, str]) -> bool:
    """Whether a document is itself a schema, and not only another name for one of its definitions."""
    about_formats = {SPELLING.name}  # which holds for all of them
    said = (OWN | APPLICATORS).intersection(document) - about_formats
    ref = document.get("$ref")
    return bool(said) and not (said == {"$ref"} and isinstance(ref, str) and parse(ref) in names)


def _recursive(document: Mapping[str, Any], names: Mapping[Pointer, str]) -> list[Pointer]:
    """Targets of references that are no definitions, and that lead back to themselves."""
    edges: dict[str, tuple[str, ...]] = {}
    targets: dict[str, Pointer] = {}
    pending: list[Pointer] = sorted(names)
    while pending:
        start = pending.pop()
        new = {
            str(pointer): pointer
            for pointer in _targets(find(document, start))
            if pointer not in names
        }
        edges[str(start)] = tuple(new)
        pending += [pointer for key, pointer in new.items() if key not in targets]
        targets |= new
    groups = components(sorted(targets), edges)
    loops = [group for group in groups if len(group) > 1 or group[0] in edges[group[0]]]
    return [targets[pointer] for group in loops for pointer in sorted(group)]


def _targets(schema: Any) -> Iterator[Pointer]:
    """Where the references inside a schema lead, as far as they lead into its document."""
    pending = [schema]
    while pending:
        schema = pending.pop()
        if isinstance(schema, dict):
            ref = schema.get("$ref")
            target = parse(ref) if isinstance(ref, str) else None
            if target is not None:
                yield target
            pending += [inner for path, inner in subschemas(schema) if path[0] not in CONTAINERS]
