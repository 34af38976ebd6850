"""Types that are made of a route, in the words of its author: ``GetItemQuery.size`` is query parameter size of GET /item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel

from samewire.discover.objects import standing
from samewire.errors import Diagnostic, first_names

if TYPE_CHECKING:
    from samewire.discover import Root
    from samewire.discover.route import Route

_PARTS: Final = {"path": "path", "query": "query", "headers": "header", "cookies": "cookie"}


def with_routes(diagnostics: Iterable[Diagnostic], routes: Iterable[Route]) -> list[Diagnostic]:
    """Diagnostics with the part of a request or response that their place is, where the place is in no module of the user's."""
    said = dict(_places(routes))
    return [
        replace(one, where=f"{one.where} ({said[one.where]})") if one.where in said else one
        for one in diagnostics
    ]


def _places(routes: Iterable[Route]) -> Iterator[tuple[str, str]]:
    parts: dict[str, tuple[Root, str, str, list[str]]] = {}
    for route in routes:
        for root, whole, field in _roots(route):
            if standing(root.source) is None:
                parts.setdefault(root.source, (root, whole, field, []))[3].append(route.label)
    for source, (root, whole, field, labels) in parts.items():
        owner = f"of {first_names(labels, 1)}"
        yield source, f"{whole} {owner}"
        if isinstance(root.type, type) and issubclass(root.type, BaseModel):
            for name, info in root.type.model_fields.items():
                yield f"{source}.{name}", f"{field} {info.alias or name} {owner}"


def _roots(route: Route) -> Iterator[tuple[Root, str, str]]:
    """What a route sends and takes, with words for the whole and for a field of it."""
    for part, root in route.parameters.items():
        yield root, f"{_PARTS[part]} parameters", f"{_PARTS[part]} parameter"
    if route.body is not None and route.body.root is not None:
        what = "form" if route.body.kind in ("form", "multipart") else "body"
        yield route.body.root, what, f"{what} field"
    for status, response in route.responses.items():
        if response.root is not None:
            yield response.root, f"response {status}", f"response {status}, field"
