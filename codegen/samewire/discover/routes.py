"""
The routes of applications, whole: methods, paths, parameters, bodies and every declared response, with the roots that they need.

Read off the routes of the imported application, as ``samewire.discover.fastapi`` reads their types. What a request has as
text (parameters, form fields) becomes one model for each part of the request, whose keys are those on the wire.
"""

from __future__ import annotations

import http
import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Final, Literal, TypeAlias

from annotated_types import MinLen

from samewire.discover import fastapi
from samewire.discover.applications import CALL, Application, application_in, called
from samewire.discover.imports import load_module
from samewire.discover.objects import Exclusions, lookup
from samewire.discover.parameters import (
    GROUPS,
    LeftOutError,
    form_fields,
    is_file,
    is_sequence,
    parameter_model,
    parameters_of,
    without_none,
)
from samewire.discover.roots import Root
from samewire.discover.route_names import route_names
from samewire.errors import Diagnostic, DiscoverError

ResponseKind: TypeAlias = Literal["json", "text", "empty", "events", "lines", "problem", "unknown"]
BodyKind: TypeAlias = Literal["json", "form", "multipart", "text", "bytes"]
_FORMS: Final[Mapping[str, BodyKind]] = {
    "application/x-www-form-urlencoded": "form",
    "multipart/form-data": "multipart",
}
_TEXT: Final = re.compile(r"text/(?!event-stream)")
_RAW: Final[Mapping[object, BodyKind]] = {str: "text", bytes: "bytes"}
_WITHOUT_BODY: Final = ("204", "205", "304")
_NEVER_SENT: Final = ("CONNECT", "TRACE", "TRACK")
_STATUS: Final = re.compile(r"[1-5][0-9][0-9]|[1-5]XX|default")


@dataclass(frozen=True, slots=True)
class Response:
    """What one status says. ``problem`` is FastAPI's own body of a 422; ``unknown`` is declared without a type."""

    kind: ResponseKind
    root: Root | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """
    ``files`` are the fields of a form that are files, each with whether it is required and whether there may be many.

    ``media`` is the media type of text and bytes.
    """

    kind: BodyKind
    root: Root | None = None
    required: bool = True
    files: Mapping[str, tuple[bool, bool]] = field(default_factory=dict)
    media: str | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """
    One method of one route. ``path`` is a template as Starlette has it: ``/files/{name:path}``.

    ``parameters`` are roots by the part of the request that has them: ``path``, ``query``, ``headers``, ``cookies``.
    """

    name: str
    method: str
    path: str
    parameters: Mapping[str, Root]
    body: Body | None
    responses: Mapping[str, Response]
    description: str | None = None
    deprecated: bool = False

    @property
    def label(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Routes:
    """Routes by name, the roots that they need beside those of ``emits`` and ``accepts``, and what was left out."""

    routes: tuple[Route, ...] = ()
    emits: tuple[Root, ...] = ()
    accepts: tuple[Root, ...] = ()
    skipped: tuple[Diagnostic, ...] = ()


def routes_of(specs: Sequence[str], where: str, exclude: Exclusions) -> Routes:
    """
    The routes of the applications that ``specs`` name, with the hidden ones whose functions it names as well.

    Raises:
        DiscoverError: with all that is wrong with what is named.

    """
    applications, shown, problems = named(specs, where)
    return routes_in(applications, where, exclude, shown, problems)


def routes_in(
    applications: Sequence[Application],
    where: str,
    exclude: Exclusions,
    shown: Mapping[Callable[..., object], str] = {},
    problems: Sequence[Diagnostic] = (),
) -> Routes:
    """As :func:`routes_of`, of applications; ``shown`` are the functions of the hidden routes that are named."""
    found: dict[tuple[str, str], _Found] = {}
    skipped: list[Diagnostic] = []
    for application in applications:
        problem = _says_422(application)
        for prefix, route in fastapi.routes_in(application):
            if (why := _unlisted(route, shown)) is not None:
                label, reason = why
                path = f"{prefix}{getattr(route, 'path', '')}"
                if reason:
                    skipped.append(Diagnostic("route-skipped", f"{label} {path}", reason))
                continue
            for each in _methods(prefix, route, problem=problem):
                found.setdefault((each.method, each.path), each)
    unused = set(shown) - {each.route.endpoint for each in found.values()}
    problems = [*problems, *(_no_endpoint(shown[function], where) for function in unused)]
    if problems:
        raise DiscoverError(*dict.fromkeys(problems))
    ordered = [found[key] for key in sorted(found, key=lambda key: (key[1], key[0]))]
    names = route_names([(each.identifier, each.method, each.path) for each in ordered])
    read = _read_all(dict(zip(names, ordered, strict=True)), where, exclude)
    return replace(read, skipped=(*read.skipped, *dict.fromkeys(skipped)))


# --- Which routes -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    route: fastapi.FastAPIRoute
    method: str
    path: str
    says_422: bool

    @property
    def identifier(self) -> str:
        """The operation id that the author chose, or the name of the function."""
        route = self.route
        own = getattr(route, "operation_id", None)
        chosen = getattr(route, "unique_id", None)
        method = min(route.methods).lower()
        made = re.sub(r"\W", "_", f"{route.name}{route.path_format}")
        defaults = {f"{made}_{one.lower()}" for one in route.methods}
        if own is None and isinstance(chosen, str) and chosen not in defaults:
            own = chosen
        if isinstance(own, str) and len(route.methods) > 1:
            own = f"{own}_{self.method.lower()}" if self.method.lower() != method else own
        return own if isinstance(own, str) else str(route.name)


def named(
    specs: Sequence[str], where: str
) -> tuple[list[Application], dict[Callable[..., object], str], list[Diagnostic]]:
    """The applications and the functions that are named, and what is neither."""
    applications: list[Application] = []
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
        application = application_in(value)
        if application is not None:
            applications.append(application)
        elif inspect.isroutine(value):
            functions[value] = spec
        else:
            hint = "name an application, a router, or the function of a hidden route"
            problems.append(Diagnostic("not-a-type", where, f"{spec} has no routes", hint))
    return applications, functions, problems


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


def _methods(prefix: str, route: fastapi.FastAPIRoute, *, problem: bool) -> Iterator[_Found]:
    for method in sorted(route.methods):
        if method != "HEAD" or route.methods == {"HEAD"}:
            yield _Found(route, method, f"{prefix}{route.path}", problem)


def _says_422(application: Application) -> bool:
    """Whether a request that does not fit is answered as FastAPI does, and not by a handler of the application's own."""
    handlers = getattr(application, "exception_handlers", {})
    error = sys.modules["fastapi.exceptions"].RequestValidationError
    own = sys.modules.get("fastapi.exception_handlers")
    if error not in handlers or own is None:
        return True
    return handlers[error] is own.request_validation_exception_handler


# --- One route --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reader:
    """Reads one route; the roots that it needs are gathered."""

    name: str
    found: _Found
    where: str
    exclude: Exclusions
    emits: list[Root] = field(default_factory=list)
    accepts: list[Root] = field(default_factory=list)

    @property
    def pascal(self) -> str:
        return self.name[:1].upper() + self.name[1:]

    @property
    def label(self) -> str:
        return f"{self.found.method} {self.found.path}"

    def read(self) -> Route:
        route = self.found.route
        if not hasattr(route, "dependant"):
            raise LeftOutError("is a route of Starlette's, which declares no types")
        if self.found.method in _NEVER_SENT:
            raise LeftOutError(f"fetch does not send {self.found.method}")
        groups = parameters_of(route, self.found.path)
        parameters = {
            group: self.accept(
                self.pascal + GROUPS[group],
                parameter_model(self.pascal + GROUPS[group], group, fields, route.endpoint),
            )
            for group, fields in groups.items()
            if fields
        }
        body = self.body()
        responses = self.responses(has_input=bool(parameters) or body is not None)
        return Route(
            self.name,
            self.found.method,
            self.found.path,
            parameters,
            body,
            responses,
            _description(route),
            bool(getattr(route, "deprecated", False)),
        )

    def accept(self, name: str, type_: object) -> Root:
        module = self.found.route.endpoint.__module__
        return self.root((name, f"{module}:{name}", type_, None, None), self.accepts)

    def root(self, parts: fastapi.RootParts, roots: list[Root]) -> Root:
        name, source, type_, dump, suffix = parts
        if source in self.exclude.names:
            raise LeftOutError(f"its type {name} is left out by `exclude`")
        root = Root(name, type_, source, True, dump, suffix, (self.label,))
        roots.append(root)
        return root

    # --- Bodies

    def body(self) -> Body | None:
        route = self.found.route
        if route.body_field is None:
            return None
        if self.found.method in ("GET", "HEAD"):
            raise LeftOutError(f"takes a body, which fetch does not send with {self.found.method}")
        info = route.body_field.field_info
        media = str(getattr(info, "media_type", "application/json"))
        if media in _FORMS:
            return self.form(_FORMS[media])
        required = bool(info.is_required())
        if "json" not in media:
            return self.raw(media, info, required=required)
        (parts,) = fastapi.accepted(route, self.pascal)
        return Body("json", self.root(parts, self.accepts), required)

    def raw(self, media: str, info: Any, *, required: bool) -> Body:  # a FieldInfo
        """A body that FastAPI hands to the function as it comes."""
        type_ = without_none(info.annotation)
        kind = _RAW.get(type_)
        if kind is None or (kind == "bytes" and info.metadata):
            raise LeftOutError(
                f"takes a body of {media} that is neither str nor bytes without limits"
            )
        if kind == "bytes":
            return Body(kind, None, required, media=media)
        text = Annotated[(str, *info.metadata, MinLen(1))]  # an empty body is none
        return Body(kind, self.accept(f"{self.pascal}Body", text), required, media=media)

    def form(self, kind: BodyKind) -> Body:
        route = self.found.route
        fields = form_fields(route)
        files = {
            name: (info.is_required(), is_sequence(without_none(info.annotation)))
            for name, info in fields.items()
            if is_file(info)
        }
        texts = {name: info for name, info in fields.items() if name not in files}
        name = f"{self.pascal}Form"
        model = parameter_model(name, "form", texts, route.endpoint) if texts else None
        root = None if model is None else self.accept(name, model)
        required = any(info.is_required() for info in fields.values())
        return Body(kind, root, required, files)

    # --- Responses

    def responses(self, *, has_input: bool) -> dict[str, Response]:
        route = self.found.route
        made = dict(self.declared())
        status = str(route.status_code or 200)
        declared = made.pop(status, None)
        try:
            success: Response | None = self.success(int(status))
        except LeftOutError:
            # A function that makes its own Response may say by `responses` what that is.
            success = declared if declared is not None and declared.root is not None else None
            if success is None and not any(key.startswith("2") for key in made):
                raise
        if success is not None:
            made = {status: success, **made}
        if has_input and self.found.says_422 and "422" not in made:
            made["422"] = Response("problem")
        return made

    def declared(self) -> Iterator[tuple[str, Response]]:
        """What ``responses`` has."""
        route = self.found.route
        for declared, response in route.responses.items():
            key = str(declared).upper() if str(declared) != "default" else "default"
            if not _STATUS.fullmatch(key):
                raise LeftOutError(f"declares a response for {key!r}, which is no status")
            if model := response.get("model"):
                parts = fastapi.called_after(self.pascal, model, route, f"Response{key.title()}")
                yield key, Response("json", self.root((*parts, None, None), self.emits))
            else:
                yield key, Response("empty" if key in _WITHOUT_BODY else "unknown")

    def success(self, status: int) -> Response:
        route = self.found.route
        if str(status) in _WITHOUT_BODY or status < http.HTTPStatus.OK:
            return Response("empty")
        media = fastapi.media_type(route.response_class)
        item = getattr(route, "stream_item_type", None)
        if item is None and _TEXT.match(media):
            return Response("text")
        if item is None and route.response_field is None:
            annotation = inspect.signature(route.endpoint).return_annotation
            if annotation in (None, "None"):
                return Response("empty")
            name = annotation if isinstance(annotation, str) else annotation.__name__
            if name.endswith("Response") or "json" not in media:
                what = name if name.endswith("Response") else media
                raise LeftOutError(f"returns {what}, which declares no type")
            raise LeftOutError("declares no type of its response")
        (parts,) = fastapi.returned(route, self.where, self.pascal) or (None,)
        if parts is None:
            raise LeftOutError(f"returns {media}")
        kind: ResponseKind = "json"
        if item is not None:
            kind = "events" if media == "text/event-stream" else "lines"
        return Response(kind, self.root(parts, self.emits))


def _description(route: fastapi.FastAPIRoute) -> str | None:
    """The summary, if the author wrote one, and the description up to a form feed, where FastAPI ends it too."""
    summary, text = getattr(route, "summary", None), getattr(route, "description", None)
    parts = [part.partition("\f")[0].strip() for part in (summary, text) if isinstance(part, str)]
    return "\n\n".join(part for part in parts if part) or None


def _read_all(found: Mapping[str, _Found], where: str, exclude: Exclusions) -> Routes:
    routes: list[Route] = []
    emits: list[Root] = []
    accepts: list[Root] = []
    skipped: list[Diagnostic] = []
    for name in sorted(found):
        reader = _Reader(name, found[name], where, exclude)
        try:
            route = reader.read()
        except LeftOutError as error:
            skipped.append(Diagnostic("route-skipped", reader.label, str(error)))
            continue
        routes.append(route)
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
