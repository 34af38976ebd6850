"""
What FastAPI says of an application by itself: its OpenAPI document, with those of all applications that are mounted in it.

It has what types do not: operation ids, tags, summaries, examples, security schemes, servers.
"""

from __future__ import annotations

import copy
import math
import re
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from samewire.discover.applications import Application
from samewire.discover.fastapi import mounted_in
from samewire.discover.imports import summary
from samewire.errors import Diagnostic

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
COMPONENTS: Final = "#/components/schemas/"
ORIGINAL: Final = "__samewire_original__"
"""The attribute of a patched ``app.openapi`` that has the function before it was patched."""


def own_document(applications: Sequence[Application]) -> tuple[dict[str, Any], list[Diagnostic]]:
    """The documents of applications and of those mounted in them as one, and why any is missing."""
    whole: dict[str, Any] = {}
    failed: list[Diagnostic] = []
    for application in applications:
        for prefix, each in mounted_in(application):
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter(
                        "ignore"
                    )  # about operation ids, which are told apart here
                    own = _document_of(each)
            except Exception as error:  # noqa: BLE001  # whatever FastAPI raises for a type that it can't describe
                name = getattr(each, "title", None) or type(each).__name__
                message = f"FastAPI cannot build an OpenAPI document for {name}: {summary(error)}"
                hint = "its routes have neither tags nor summaries; see /openapi.json"
                failed.append(Diagnostic("openapi-failed", prefix or "/", message, hint))
                continue
            if own is not None:
                _merge(whole, _plain(own), prefix)
    return whole, failed


def _document_of(application: Application) -> Mapping[str, Any] | None:
    own: Callable[[], Mapping[str, Any]] | None = getattr(application, "openapi", None)
    if own is not None:
        # What is served may be the document that is made of this one.
        return copy.deepcopy(getattr(own, ORIGINAL, own)())
    if isinstance(application, sys.modules["fastapi.routing"].APIRouter):
        utils = sys.modules["fastapi.openapi.utils"]
        document: Mapping[str, Any] = utils.get_openapi(
            title="API", version="0.1.0", routes=application.routes
        )
        return document
    return None  # an application of Starlette's


def _plain(value: Any) -> Any:
    """Without numbers that JSON does not have, and with the methods of a path in one order."""
    if isinstance(value, dict):
        return {
            key: _plain(each)
            for key, each in value.items()
            if not (isinstance(each, float) and not math.isfinite(each))
        }
    return list(map(_plain, value)) if isinstance(value, list | tuple) else value


def _merge(whole: dict[str, Any], own: dict[str, Any], prefix: str) -> None:
    paths = {f"{prefix}{path}": _in_order(item) for path, item in own.pop("paths", {}).items()}
    components = own.pop("components", {})
    known = whole.get("components", {}).get("schemas", {})
    clashing = {
        name: _free(name, prefix, {*known, *components.get("schemas", {})})
        for name, schema in components.get("schemas", {}).items()
        if known.get(name, schema) != schema
    }
    paths, components = renamed(paths, clashing), renamed(components, clashing)
    _tell_apart(
        paths,
        {each["operationId"] for _, _, each in operations(whole) if "operationId" in each},
        prefix,
    )
    for key, value in own.items():
        whole.setdefault(key, value)
    held = whole.setdefault("paths", {})
    for path, item in paths.items():
        held[path] = {**item, **held.get(path, {})}
    for kind, entries in components.items():
        into = whole.setdefault("components", {}).setdefault(kind, {})
        for name, entry in entries.items():
            into.setdefault(clashing.get(name, name) if kind == "schemas" else name, entry)


def _in_order(item: dict[str, Any]) -> dict[str, Any]:
    """FastAPI goes through a set of methods, whose order is another in each process, and calls all after one of them."""
    made = {key: value for key, value in item.items() if key not in METHODS}
    own = [method for method in METHODS if method in item]
    shared = len({item[method].get("operationId") for method in own}) < len(own)
    for method in own:
        operation = item[method]
        identifier = operation.get("operationId")
        if shared and isinstance(identifier, str):
            stem = re.sub(rf"_(?:{'|'.join(own)})$", "", identifier)
            operation = {**operation, "operationId": f"{stem}_{method}"}
        made[method] = operation
    return made


def _tell_apart(paths: Mapping[str, Any], taken: set[str], prefix: str) -> None:
    """An application that is mounted may have an operation id of the one around it."""
    for _, _, operation in operations({"paths": paths}):
        if operation.get("operationId") in taken:
            operation["operationId"] += "_" + "_".join(re.findall(r"\w+", prefix))


def _free(name: str, prefix: str, taken: set[str]) -> str:
    name = f"{name}In{''.join(word.title() for word in re.findall('[A-Za-z0-9]+', prefix))}"
    while name in taken:
        name += "_"
    return name


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Paths, methods and operations."""
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """A document that calls components of schemas otherwise."""
    if not names:
        return value
    match value:
        case dict():
            return {key: renamed(each, names) for key, each in value.items()}
        case list():
            return [renamed(each, names) for each in value]
        case str() if value.startswith(COMPONENTS):
            name = value.removeprefix(COMPONENTS)
            return f"{COMPONENTS}{names.get(name, name)}"
        case _:
            return value
