"""Lists what a plan generates: every type of every contract, its directions, its origin, and its problems."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from samewire.config import Config
from samewire.errors import Diagnostic
from samewire.export import Export
from samewire.export.walk import refs
from samewire.graph import reachable
from samewire.pipeline import Built
from samewire.schema import python_source
from samewire.selection import Selected

DIRECTIONS: Final = ("emits", "accepts")


@dataclass(frozen=True, slots=True)
class ListedType:
    """
    A type by its name in the schema document, with the Python object, or the place in a file, that it comes from.

    ``roots`` are the types through which a contract reaches it, itself where the contract names it. ``routes`` are those of an
    application that send or take it, as ``emits`` or ``accepts`` and ``GET /users``.
    """

    name: str
    source: str | None
    directions: tuple[str, ...]
    roots: tuple[str, ...]
    routes: tuple[tuple[str, str], ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def is_root(self) -> bool:
        return self.name in self.roots


@dataclass(frozen=True, slots=True)
class ListedContract:
    name: str
    schema: str
    output: str
    types: tuple[ListedType, ...]


def listed(config: Config, built: Built) -> tuple[ListedContract, ...]:
    """The contracts of a plan; those that failed are in its findings."""
    plan = built.plan
    texts = {file.path: file.text for file in plan.files}
    models = {selected.config.name: (selected, export) for selected, export in built.contracts}
    about = (*plan.diagnostics, *plan.warnings)
    contracts = []
    for contract in config.contracts:
        path = plan.schema_path(contract.name)
        if path in texts and contract.name not in plan.failed:
            definitions = json.loads(texts[path])["$defs"]
            routes = _routes(*models[contract.name]) if contract.name in models else {}
            types = tuple(_types(definitions, routes, about))
            contracts.append(ListedContract(contract.name, path, contract.output, types))
    return tuple(contracts)


def _types(
    definitions: Mapping[str, dict[str, Any]],
    routes: Mapping[str, list[tuple[str, str]]],
    about: Sequence[Diagnostic],
) -> Iterator[ListedType]:
    uses = {name: tuple(refs(definition)) for name, definition in definitions.items()}
    marked = any("x-samewire-root" in definition for definition in definitions.values())
    reached: dict[str, dict[str, None]] = {name: {} for name in definitions}
    directions: dict[str, set[str]] = {name: set() for name in definitions}
    for root, definition in definitions.items():
        whose = definition.get("x-samewire-root", () if marked else ("emits",))
        for name in reachable([root], uses) if whose else ():
            reached[name][root] = None
            directions[name].update(whose)
    for name, definition in definitions.items():
        source = python_source(definition)
        roots = (name,) if name in reached[name] else tuple(reached[name])
        yield ListedType(
            name,
            source,
            tuple(one for one in DIRECTIONS if one in directions[name]),
            roots,
            tuple(dict.fromkeys(routes.get(name, ()))),
            tuple(one for one in about if source is not None and _is_about(one, source)),
        )


def _is_about(diagnostic: Diagnostic, source: str) -> bool:
    """Whether a diagnostic is about a type or something in it."""
    where = diagnostic.where
    return where.startswith(source) and where[len(source) : len(source) + 1] in ("", ".", " ", "/")


def _routes(selected: Selected, export: Export) -> dict[str, list[tuple[str, str]]]:
    """The routes of each definition that is what one of them sends or takes, with the direction."""
    definitions: dict[tuple[object, ...], str] = {}
    for one in export.described:
        if one.root:
            dump = one.dump if one.direction == "emits" else None
            definitions.setdefault((one.direction, id(one.type), dump), one.definition)
    by_definition: dict[str, list[tuple[str, str]]] = {}
    for direction, roots in (("emits", selected.emits), ("accepts", selected.accepts)):
        for root in roots:
            dump = (root.dump or selected.options.dump) if direction == "emits" else None
            name = definitions.get((direction, id(root.type), dump))
            if name is not None:
                by_definition.setdefault(name, []).extend(
                    (direction, route) for route in root.routes
                )
    return by_definition
