"""
The roots of a FastAPI application: what its routes return, dumped with each route's own options, and the bodies they take.

Read off the routes of the imported application and of those that are mounted in it, so what is found is what FastAPI itself will
do. Left out are routes with ``include_in_schema=False``, responses that are not JSON, forms, files and parameters.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import create_model

from samewire.discover.applications import Application, application_in
from samewire.discover.operations import Direction, RootParts, named_after, pascal
from samewire.dump import EACH, DumpOptions, Path
from samewire.errors import Diagnostic, DiscoverError

FastAPIRoute: TypeAlias = (
    Any  # fastapi.routing.APIRoute, or since 0.130 a view of one; an optional import
)
DEEPEST_MOUNT = 16  # an application that is mounted in itself has no end


def roots_of(
    application: Application, direction: Direction, where: str
) -> Iterator[tuple[RootParts, tuple[str, ...]]]:
    """
    What the routes of ``application`` send, or what they are sent, each with its routes: ``GET /users``.

    Raises:
        DiscoverError: a route picks items of its response by their index.

    """
    roots: dict[tuple[object, ...], tuple[RootParts, dict[str, None]]] = {}
    for prefix, route in routes_in(application):
        if not getattr(route, "include_in_schema", False) or not hasattr(route, "dependant"):
            continue
        for root in _emitted(route, where) if direction == "emits" else accepted(route):
            key = (root[1], root[3], root[4])  # a router may be included twice
            roots.setdefault(key, (root, {}))[1][_label(prefix, route)] = None
    for root, routes in roots.values():
        yield root, tuple(routes)


def _label(prefix: str, route: FastAPIRoute) -> str:
    methods = ",".join(sorted(getattr(route, "methods", None) or ["WS"]))
    return f"{methods} {prefix}{route.path}"


def routes_in(
    application: Application, prefix: str = "", depth: int = 0
) -> Iterator[tuple[str, FastAPIRoute]]:
    """The routes of an application and of all that are mounted in it, each after the path that it is mounted at."""
    for route in _contexts(application.routes):
        mounted = application_in(getattr(route, "app", None)) if is_mount(route) else None
        if mounted is None:
            yield prefix, route
        elif depth < DEEPEST_MOUNT:
            yield from routes_in(mounted, f"{prefix}{getattr(route, 'path', '')}", depth + 1)


def mounted_in(
    application: Application, prefix: str = "", depth: int = 0
) -> Iterator[tuple[str, Application]]:
    """An application and all that are mounted in it, each with the path that it is mounted at."""
    yield prefix, application
    for route in _contexts(application.routes):
        mounted = application_in(getattr(route, "app", None)) if is_mount(route) else None
        if mounted is not None and depth < DEEPEST_MOUNT:
            yield from mounted_in(mounted, f"{prefix}{getattr(route, 'path', '')}", depth + 1)


def _contexts(routes: Iterable[FastAPIRoute]) -> Iterator[FastAPIRoute]:
    """
    The routes, those of included routers with the options that these were included with.

    Included routers stay together since FastAPI 0.137, which has no function for this yet; before that there are only routes.
    """
    function = getattr(sys.modules["fastapi.routing"], "iter_route_contexts", None)
    if function is not None:
        yield from function(routes)
        return
    for route in routes:
        if hasattr(route, "effective_route_contexts"):
            yield from route.effective_route_contexts()
        else:
            yield route


def is_mount(route: FastAPIRoute) -> bool:
    """Whether an application stands behind a path."""
    starlette = sys.modules["starlette.routing"]
    return isinstance(getattr(route, "original_route", route), (starlette.Mount, starlette.Host))


# --- Responses --------------------------------------------------------------------------------------------------------


def _emitted(route: FastAPIRoute, where: str) -> Iterator[RootParts]:
    if not _is_json(route.response_class):
        return
    yield from returned(route, where)
    for status, response in route.responses.items():
        # How the route itself writes these is not declared: the contract's own options hold.
        if model := response.get("model"):
            yield (*_called(model, route, f"Response{pascal(str(status))}"), None, None)


def returned(route: FastAPIRoute, where: str, name: str | None = None) -> tuple[RootParts, ...]:
    """What a route returns itself, or each item of what it streams; what has no name of its own is called after ``name``."""
    if not _is_json(route.response_class):
        return ()
    item = getattr(route, "stream_item_field", None)
    if route.response_field is None and item is None:
        return ()
    type_ = route.response_model if item is None else route.stream_item_type
    dump = _dump(route, where)
    suffix = f"In{name or pascal(route.name)}" if dump.selects else None
    what = "Response" if item is None else "Item"
    return ((*called_after(name, type_, route, what), dump, suffix),)


def _is_json(response_class: Any) -> bool:  # an optional import
    media = media_type(response_class)
    return "json" in media or media == "text/event-stream"


def media_type(response_class: Any) -> str:  # an optional import
    """What a response is by its class; the name of the class if it says nothing, as for files and redirects."""
    cls = getattr(response_class, "value", response_class)  # FastAPI marks defaults by a wrapper
    return str(getattr(cls, "media_type", None) or getattr(cls, "__name__", "application/json"))


def _dump(route: FastAPIRoute, where: str) -> DumpOptions:
    include, exclude = route.response_model_include, route.response_model_exclude
    return DumpOptions(
        by_alias=route.response_model_by_alias,
        exclude_none=route.response_model_exclude_none,
        exclude_defaults=route.response_model_exclude_defaults,
        exclude_unset=route.response_model_exclude_unset,
        include=None if include is None else frozenset(_paths(include, route, where)),
        exclude=frozenset() if exclude is None else frozenset(_paths(exclude, route, where)),
    )


def _paths(
    selection: Any, route: FastAPIRoute, where: str
) -> Iterator[Path]:  # pydantic.main.IncEx
    items = (
        selection.items() if isinstance(selection, Mapping) else ((key, True) for key in selection)
    )
    for key, inner in items:
        if not isinstance(key, str):
            raise DiscoverError(
                Diagnostic(
                    "dump-selection",
                    where,
                    f"the route {route.name} selects items of its response by index "
                    f"({key!r}), and one item has no type of its own",
                    f'pick from all of them: {{"{EACH}": ...}}',
                )
            )
        if inner is False:
            continue
        if isinstance(inner, bool) or inner is ...:
            yield (key,)
        else:
            yield from ((key, *path) for path in _paths(inner, route, where))


# --- Bodies -----------------------------------------------------------------------------------------------------------


def accepted(route: FastAPIRoute, name: str | None = None) -> Iterator[RootParts]:
    """The JSON body that a route takes; what has no name of its own is called after ``name``."""
    body = route.body_field
    if body is None or "json" not in getattr(body.field_info, "media_type", ""):
        return
    info = body.field_info
    type_ = info.annotation
    if isinstance(type_, type) and type_.__name__.startswith("Body_"):
        # Several parameters, or an embedded one: FastAPI makes a model of them, and a name for it.
        own = f"{name or pascal(route.name)}Body"
        type_ = create_model(own, __base__=type_, __module__=route.endpoint.__module__, __doc__="")
    elif info.metadata:
        type_ = Annotated[(type_, *info.metadata)]
    yield (*called_after(name, type_, route, "Body"), None, None)


# --- Names ------------------------------------------------------------------------------------------------------------


def _called(type_: Any, route: FastAPIRoute, what: str) -> tuple[str, str, object]:  # a type
    """A model goes by its own name, any other type by that of the function behind the route."""
    return called_after(None, type_, route, what)


def called_after(
    name: str | None, type_: Any, route: FastAPIRoute, what: str
) -> tuple[str, str, object]:
    """As :func:`_called`; ``name`` is that of the route where its function's does not tell it from others."""
    return named_after(type_, route.endpoint.__module__, f"{name or pascal(route.name)}{what}")
