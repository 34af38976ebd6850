"""Exports types and shows one definition, for tables of given and want."""

from __future__ import annotations

from typing import Any

from samewire.discover import Root
from samewire.export import Export, ExportOptions, export_contract


def root(kind: object, name: str | None = None) -> Root:
    name = name or str(getattr(kind, "__name__", "Root"))
    module = getattr(kind, "__module__", "app") if isinstance(kind, type) else "app"
    qualname = kind.__qualname__ if isinstance(kind, type) else name
    return Root(name=name, type=kind, source=f"{module}:{qualname}", explicit=True)


def export(
    *, emits: tuple[object, ...] = (), accepts: tuple[object, ...] = (), **options: Any
) -> Export:
    return export_contract(
        "test",
        [root(one) for one in emits],
        [root(one) for one in accepts],
        ExportOptions(**options),
    )


def emitted(kind: object, **options: Any) -> dict[str, Any]:
    """The schema of a type that is not a class, as it is emitted."""
    return _single(export_contract("test", [root(kind, "Root")], [], ExportOptions(**options)))


def accepted(kind: object, **options: Any) -> dict[str, Any]:
    return _single(export_contract("test", [], [root(kind, "Root")], ExportOptions(**options)))


def _single(result: Export) -> dict[str, Any]:
    assert not result.diagnostics, result.diagnostics
    (schema,) = (each for each in result.document["$defs"].values() if "x-samewire-root" in each)
    return {
        key: value
        for key, value in schema.items()
        if key not in ("x-samewire-root", "x-samewire-source")
    }


def definitions(result: Export) -> dict[str, Any]:
    found: dict[str, Any] = result.document["$defs"]
    return found
