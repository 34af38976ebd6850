"""
Replaces the OpenAPI document that FastAPI serves with the exact one.

    from samewire.openapi import patch_openapi

    app = FastAPI()
    ...
    patch_openapi(app, "schema/openapi.json")

Importing this imports nothing else of Samewire.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import Any, Literal, Protocol, TypeAlias

__all__ = ["exact_openapi", "patch_openapi"]

_Document: TypeAlias = dict[str, Any]


class _Application(Protocol):
    """An application of FastAPI."""

    openapi: Callable[[], _Document]


class _Served:
    """In place of ``app.openapi``, of which ``__samewire_original__`` is the method before."""

    def __init__(self, original: Callable[[], _Document], make: Callable[[], _Document]) -> None:
        self.__samewire_original__ = original
        self._make = make
        self._made: _Document | None = None

    def __call__(self) -> _Document:
        if self._made is None:
            self._made = self._make()
        return self._made


def patch_openapi(app: Any, file: str | PathLike[str] | None = None) -> None:
    """
    Makes an application serve the exact document, at ``/openapi.json`` and in its documentation pages.

    ``file`` is the ``openapi.json`` that the target writes, which is read at the first request. Without it the document is made
    then, as ``exact_openapi`` does.
    """
    served: _Application = app
    original = getattr(served.openapi, "__samewire_original__", served.openapi)
    if file is None:
        served.openapi = _Served(original, lambda: exact_openapi(app))
    else:
        path = Path(file)
        served.openapi = _Served(original, lambda: _read(path))


def _read(path: Path) -> _Document:
    try:
        document: _Document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        message = (
            f"{path} does not exist: `samewire generate` writes it for a contract with the "
            "target openapi; a relative path starts at the server's working folder"
        )
        raise FileNotFoundError(message) from error
    return document


def exact_openapi(
    app: Any,
    *,
    openapi: Literal["3.1", "3.2"] = "3.1",
    formats: Literal["exact", "declared"] = "exact",
) -> _Document:
    """
    The document of an application, as the target writes it for a contract with no other options.

    Raises:
        samewire.errors.SamewireError: a type of a route has no exact form; a contract of the configuration can leave it out.

    """
    from samewire.discover import Exclusions  # noqa: PLC0415  # serving a file needs none of it
    from samewire.discover.openapi import own_document  # noqa: PLC0415
    from samewire.discover.routes import Named, routes_in  # noqa: PLC0415
    from samewire.errors import ModelError  # noqa: PLC0415
    from samewire.export import ExportOptions, export_contract  # noqa: PLC0415
    from samewire.lower import lower  # noqa: PLC0415
    from samewire.schema import dumps, load  # noqa: PLC0415
    from samewire.targets.openapi.document import document  # noqa: PLC0415

    routes = routes_in(Named([app]), "openapi", Exclusions())
    own, _ = own_document([app])
    options = ExportOptions(routes=routes.routes, openapi=own)
    export = export_contract("api", routes.emits, routes.accepts, options)
    if export.diagnostics:
        raise ModelError(*export.diagnostics)
    contract = lower(load(dumps(export.document), "api.json"), where="api.json")
    return document(contract, openapi, {}, formats)
