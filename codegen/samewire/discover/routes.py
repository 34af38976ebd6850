"""
The routes of applications: which there are, by which names, and which are left out.

Read off the routes of the imported application, as ``samewire.discover.fastapi`` reads their types.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pydantic.fields import FieldInfo

from samewire.discover import fastapi, litestar, ninja, ninja_routes
from samewire.discover.applications import CALL, Application, application_in, called
from samewire.discover.imports import load_module
from samewire.discover.ninja_routes import NinjaFound, NinjaReader
from samewire.discover.objects import Exclusions, lookup
from samewire.discover.operations import LeftOutError
from samewire.discover.roots import Root
from samewire.discover.route import Found, Reader, Route
from samewire.discover.route_names import route_names
from samewire.errors import Diagnostic, DiscoverError


@dataclass(frozen=True, slots=True)
class Named:
    """
    Applications, the functions of hidden routes that are named beside them, and what is named and neither. ``specs`` are the
    specifications of the applications.
    """

    applications: Sequence[Application]
    specs: Sequence[str] = ()
    functions: Mapping[Callable[..., object], str] = field(default_factory=dict)
    problems: Sequence[Diagnostic] = ()


@dataclass(frozen=True, slots=True)
class Routes:
    """Routes by name, the roots that they need beside those of ``emits`` and ``accepts``, and what was left out."""

    routes: tuple[Route, ...] = ()
    emits: tuple[Root, ...] = ()
    accepts: tuple[Root, ...] = ()
    skipped: tuple[Diagnostic, ...] = ()


def routes_of(
    specs: Sequence[str], where: str, exclude: Exclusions, *, unknown: bool = False
) -> Routes:
    """
    The routes of the applications that ``specs`` name, with the hidden ones whose functions it names as well.

    ``unknown``: routes that declare no type of their response are among them, with a response that is ``unknown``.

    Raises:
        DiscoverError: with all that is wrong with what is named.

    """
    found = named(specs, where)
    empty = [
        _without_routes(spec, where)
        for spec, application in zip(found.specs, found.applications, strict=True)
        if not any(_found_in(application, where, found.functions))
    ]
    found = replace(found, problems=(*found.problems, *empty))
    return routes_in(found, where, exclude, unknown=unknown)


def _without_routes(spec: str, where: str) -> Diagnostic:
    message = f"{spec} has no route once its module is imported"
    hint = (
        "add its routes where it is made, and not when it starts (lifespan) or in a module that it does not import; "
        "or name the router that has them"
    )
    return Diagnostic("no-models", where, message, hint)


def routes_in(named: Named, where: str, exclude: Exclusions, *, unknown: bool = False) -> Routes:
    """As :func:`routes_of`, of what is named."""
    shown = named.functions
    found: dict[tuple[str, str], Found] = {}
    owners: dict[tuple[str, str], Application] = {}
    skipped: list[Diagnostic] = []
    for application in named.applications:
        for each in _found_in(application, where, shown):
            if isinstance(each, Diagnostic):
                skipped.append(each)
                continue
            key = (each.method, each.path)
            owner = owners.setdefault(key, application)
            known = found.setdefault(key, each)
            if owner is not application and known.endpoint is not each.endpoint:
                skipped.append(Diagnostic("route-skipped", " ".join(key), *_TWICE))
    unused = set(shown) - {each.endpoint for each in found.values()}
    problems = [*named.problems, *(_no_endpoint(shown[function], where) for function in unused)]
    if problems:
        raise DiscoverError(*dict.fromkeys(problems))
    ordered = [found[key] for key in sorted(found, key=lambda key: (key[1], key[0]))]
    names = route_names([(each.identifier, each.method, each.path) for each in ordered])
    shared: dict[str, Mapping[str, FieldInfo]] = {}
    readers = [
        NinjaReader(name, each, where, exclude, shared, unknown)
        if isinstance(each, NinjaFound)
        else Reader(name, each, where, exclude, shared, unknown)
        for name, each in sorted(zip(names, ordered, strict=True), key=lambda pair: pair[0])
    ]
    read = _read_all(readers)
    return replace(read, skipped=(*read.skipped, *dict.fromkeys(skipped)))


_TWICE: Final = (
    "is also a route of an application named earlier, which takes precedence",
    "give each application its own contract",
)

# --- Which routes -----------------------------------------------------------------------------------------------------


def named(specs: Sequence[str], where: str) -> Named:
    """What specifications name."""
    applications: list[Application] = []
    named_by: list[str] = []
    functions: dict[Callable[..., object], str] = {}
    problems: list[Diagnostic] = []
    for spec in specs:
        module, _, path = spec.partition(":")
        try:
            value: object = lookup(load_module(module, where), path.removesuffix(CALL), where)
            if path.endswith(CALL):
                value = called(value, spec, where)
        except DiscoverError as error:
            problems += error.diagnostics
            continue
        application = application_in(value) or application_in(value, ninja.is_application)
        if application is not None:
            applications.append(application)
            named_by.append(spec)
        elif inspect.isroutine(value):
            functions[value] = spec
        else:
            hint = (
                "name a FastAPI or Django Ninja application, a FastAPI router, or the "
                "function of a hidden route"
            )
            if application_in(value, litestar.is_application) is not None:
                hint = "routes are read from FastAPI and Django Ninja: name it under emits and accepts, for its types"
            problems.append(Diagnostic("not-a-type", where, f"{spec} has no routes", hint))
    return Named(applications, named_by, functions, problems)


def _found_in(
    application: Application, where: str, shown: Mapping[Callable[..., object], str]
) -> Iterator[Found | Diagnostic]:
    """The routes of an application, and which of them are left out before they are read."""
    if ninja.is_application(application):
        yield from ninja_routes.found_in(application, where, shown)
        return
    problem = _says_422(application)
    for prefix, route in fastapi.routes_in(application):
        if (why := _unlisted(route, shown)) is not None:
            label, reason = why
            path = f"{prefix}{getattr(route, 'path', '')}"
            if reason:
                yield Diagnostic("route-skipped", f"{label} {path}", reason)
            continue
        yield from _methods(prefix, route, problem=problem)


def _no_endpoint(spec: str, where: str) -> Diagnostic:
    message = f"{spec} is the function of no route in the applications that are named here"
    hint = f"name its application as well, or write {spec}() if it makes an application"
    return Diagnostic("not-a-type", where, message, hint)


def _unlisted(
    route: fastapi.FastAPIRoute, shown: Mapping[Callable[..., object], str]
) -> tuple[str, str] | None:
    """What a route that is no operation is called, and why it is left out; ``None`` for one that is."""
    if fastapi.is_mount(route):
        return "MOUNT", "is an application that declares no types"
    if not getattr(route, "methods", None):
        return "WS", "is a WebSocket"
    if getattr(route, "include_in_schema", True) or route.endpoint in shown:
        return None
    if not hasattr(route, "dependant"):
        return "", ""  # the documentation that FastAPI serves
    return "/".join(sorted(route.methods)), "is hidden; name its function to have it"


def _methods(prefix: str, route: fastapi.FastAPIRoute, *, problem: bool) -> Iterator[Found]:
    for method in sorted(route.methods):
        if method != "HEAD" or route.methods == {"HEAD"}:
            yield Found(route, method, f"{prefix}{route.path}", problem)


def _says_422(application: Application) -> bool:
    """Whether a request that does not fit is answered as FastAPI does, and not by a handler of the application's own."""
    handlers = getattr(application, "exception_handlers", {})
    error = sys.modules["fastapi.exceptions"].RequestValidationError
    own = sys.modules.get("fastapi.exception_handlers")
    if error not in handlers or own is None:
        return True
    return handlers[error] is own.request_validation_exception_handler


def _read_all(readers: Sequence[Reader]) -> Routes:
    routes: list[Route] = []
    emits: list[Root] = []
    accepts: list[Root] = []
    skipped: list[Diagnostic] = []
    for reader in readers:
        try:
            route = reader.read()
        except LeftOutError as error:
            skipped.append(error.at(reader.label))
            continue
        routes.append(route)
        skipped += reader.notes
        emits += reader.emits
        accepts += reader.accepts
    return Routes(tuple(routes), _once(emits), _once(accepts), tuple(skipped))


def _once(roots: Sequence[Root]) -> tuple[Root, ...]:
    return merged((), roots)


def merged(roots: Sequence[Root], more: Sequence[Root]) -> tuple[Root, ...]:
    """All roots, each once, with the routes of both."""
    by_key: dict[tuple[object, ...], Root] = {}
    for root in (*roots, *more):
        known = by_key.setdefault((root.source, root.dump, root.suffix), root)
        labels = tuple(dict.fromkeys((*known.routes, *root.routes)))
        by_key[root.source, root.dump, root.suffix] = replace(known, routes=labels)
    return tuple(by_key.values())
