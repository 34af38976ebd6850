"""
No two modules of the package import each other, whether at run time, in a function or for type checkers alone; and what is early
in the flow of data imports nothing that is late.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import samewire
import samewire.extensions

PACKAGE = Path(samewire.__file__).parent

KNOWN: dict[frozenset[str], str] = {
    frozenset({"samewire.lower", "samewire.jsonschema"}): (
        "lowering loads the engine for schemas from elsewhere on demand, and that lowers with the same parts"
    ),
}
"""Modules that import each other in a circle, with the reason. An entry that is no longer true fails the test."""


LAYERS = (
    *(
        "records",
        "errors",
        "identifiers",
        "graph",
        "dump",
        "absent",
        "open",
        "decode",
        "brand",
        "patterns",
        "coreschema",
        "scalars",
    ),
    *("ir", "walk", "schema", "discover", "lower", "jsonschema", "values", "export"),
)
"""Modules and packages in the order in which data meets them."""

ANYWHERE = ("extensions",)
"""A registry that imports what it names when it is asked."""


def modules() -> dict[str, Path]:
    return {_name(path): path for path in PACKAGE.rglob("*.py")}


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, known: dict[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names):
                yield from (alias.name for alias in names if alias.name in known)
            case ast.ImportFrom(str() as module, names, 0):
                for alias in names:
                    inner = f"{module}.{alias.name}"
                    yield inner if inner in known else module
            case _:
                continue


def graph() -> dict[str, set[str]]:
    known = modules()
    return {
        name: {target for target in imports(path, known) if target in known and target != name}
        for name, path in known.items()
    }


def reachable(start: str, edges: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    pending = [*edges[start]]
    while pending:
        name = pending.pop()
        if name not in seen:
            seen.add(name)
            pending += edges[name]
    return seen


def test_only_known_modules_import_each_other() -> None:
    edges = graph()
    reaches = {name: reachable(name, edges) for name in edges}
    circles = {
        frozenset(other for other in reaches[name] if name in reaches[other])
        for name in edges
        if name in reaches[name]
    }
    # A registry of plug-ins knows the types that they get, and the configuration asks it for their names.
    plug_ins = {
        f"samewire.extensions.{name.replace('-', '_')}" for name in samewire.extensions.BUILT_IN
    }
    registered = {"samewire.targets", "samewire.extensions", *plug_ins}
    registries = {circle for circle in circles if circle & registered}
    assert circles - registries == KNOWN.keys()


def test_a_layer_imports_no_later_one() -> None:
    found: set[frozenset[str]] = set()
    for name, targets in graph().items():
        layer = _layer(name)
        if layer not in LAYERS:
            continue
        for target in map(_layer, targets):
            later = target not in LAYERS or LAYERS.index(target) > LAYERS.index(layer)
            if later and target not in ANYWHERE:
                found.add(frozenset((f"samewire.{layer}", f"samewire.{target}")))
    assert found == KNOWN.keys()


def _layer(name: str) -> str:
    return name.removeprefix("samewire").removeprefix(".").partition(".")[0]
