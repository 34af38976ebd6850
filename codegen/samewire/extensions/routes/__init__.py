"""
The extension ``routes``: the routes of a contract's application as data, ``routes.ts`` (``docs/routes.md``).

A contract has it where its key ``routes`` names applications.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from samewire.extensions import Exported, Extension

if TYPE_CHECKING:
    from samewire import ir
    from samewire.discover import Root
    from samewire.errors import Diagnostic
    from samewire.export.exporter import Exporter
    from samewire.extensions.routes.model import Routes
    from samewire.lower.scope import Scope
    from samewire.scalars.view import JsonSchema
    from samewire.targets.typescript.output import Output

KEYWORD: Final = "x-samewire-routes"


def _of_route(route: Mapping[str, Any]) -> set[str]:
    said = [route.get("body", {}), *route["responses"].values()]
    return {*route["parameters"].values(), *(one["type"] for one in said if "type" in one)}


def _definitions(value: Mapping[str, Any]) -> set[str]:
    return set[str]().union(*map(_of_route, value.values()))


def _kept(value: Mapping[str, Any], names: set[str]) -> Mapping[str, Any] | None:
    """The routes of which all types are left."""
    return {name: route for name, route in value.items() if _of_route(route) <= names} or None


def _export(
    exporter: Exporter,
    _emits: Sequence[Root],
    _roots: Mapping[str, JsonSchema],
    _diagnostics: list[Diagnostic],
) -> Exported | None:
    from samewire.extensions.routes.export import exported  # noqa: PLC0415  # see Extension

    return exported(exporter)


def _lower(scope: Scope) -> Routes | None:
    from samewire.extensions.routes.lower import routes  # noqa: PLC0415  # see Extension

    return routes(scope)


def _files(contract: ir.Contract, output: Output) -> Mapping[str, str]:
    from samewire.extensions.routes.typescript import files  # noqa: PLC0415  # see Extension

    return files(contract, output)


EXTENSION: Final = Extension(
    "routes", KEYWORD, _definitions, _export, _lower, _files, kept=_kept, targets=("zod", "valibot")
)
