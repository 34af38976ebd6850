"""The routes of a contract as ``x-samewire-routes``, whose types are definitions of the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from samewire.export.definition_keys import Key
from samewire.export.forms import ACCEPTS
from samewire.extensions.routes import KEYWORD
from samewire.scalars.view import JsonSchema

if TYPE_CHECKING:
    from samewire.discover.route import Route
    from samewire.export.exporter import Exporter


@dataclass(frozen=True, slots=True)
class ExportedRoutes:
    """``keys`` has the key of each root that a route needs: as emitted by its dump options, or as accepted."""

    routes: tuple[Route, ...]
    keys: Mapping[int, str]
    bodies: Mapping[str, JsonSchema] = field(default_factory=dict)

    def written(self, names: Mapping[str, str]) -> JsonSchema:
        said = {
            route.name: one
            for route in self.routes
            if (one := self._route(route, names)) is not None
        }
        return {KEYWORD: said} if said else {}

    def _route(self, route: Route, names: Mapping[str, str]) -> dict[str, Any] | None:
        """One route, ``None`` where a type of it is left out."""

        def name(root: object) -> str:
            return names[self.keys[id(root)]]

        try:
            parameters = {part: name(root) for part, root in route.parameters.items()}
            responses: dict[str, Any] = {
                status: {"kind": response.kind}
                | ({} if response.root is None else {"type": name(response.root)})
                for status, response in sorted(route.responses.items())
            }
            body: dict[str, Any] | None = None
            if route.body is not None:
                body = {
                    "kind": route.body.kind,
                    **({} if route.body.root is None else {"type": name(route.body.root)}),
                    "required": route.body.required,
                }
                if route.body.media is not None:
                    body["media"] = route.body.media
                if route.body.files:
                    body["files"] = {
                        file: {"required": required, "many": many}
                        for file, (required, many) in route.body.files.items()
                    }
        except KeyError:
            return None
        said: dict[str, Any] = {
            "method": route.method,
            "path": route.path,
            "parameters": parameters,
            **({} if body is None else {"body": body}),
            "responses": responses,
        }
        if route.description is not None:
            said["description"] = route.description
        if route.deprecated:
            said["deprecated"] = True
        return said


def exported(exporter: Exporter) -> ExportedRoutes | None:
    routes = exporter.context.options.routes
    return ExportedRoutes(routes, route_keys(exporter)) if routes else None


def route_keys(exporter: Exporter) -> dict[int, str]:
    """The key of each root that a route needs, by its identity."""
    keys: dict[int, str] = {}
    for route in exporter.context.options.routes:
        accepted = [*route.parameters.values(), route.body.root if route.body else None]
        for root in accepted:
            if root is not None:
                keys[id(root)] = str(Key.of_root(ACCEPTS, root.source))
        for response in route.responses.values():
            if response.root is not None:
                keys[id(response.root)] = exporter.key(response.root)
    return keys
