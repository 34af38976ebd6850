"""
One route, whole: its method, path, parameters, body and every declared response, with the roots that they need.

What a request has as text (parameters, form fields) becomes one model for each part of the request, whose keys are those on the
wire.
"""

from __future__ import annotations

import http
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Literal, TypeAlias

from annotated_types import MinLen
from pydantic.fields import FieldInfo

from samewire.discover import fastapi
from samewire.discover.objects import Exclusions
from samewire.discover.operations import LeftOutError, RootParts
from samewire.discover.parameter_names import are_alike, declaration_of
from samewire.discover.parameters import (
    GROUPS,
    form_fields,
    is_file,
    is_sequence,
    parameter_model,
    parameters_of,
    without_none,
)
from samewire.discover.responses import (
    ANY_SUCCESS,
    WAY_OUT,
    Response,
    ResponseKind,
    is_text,
    returns_nothing,
    untyped,
)
from samewire.discover.roots import Root
from samewire.errors import Diagnostic

BodyKind: TypeAlias = Literal["json", "form", "multipart", "text", "bytes"]
_FORMS: Final[Mapping[str, BodyKind]] = {
    "application/x-www-form-urlencoded": "form",
    "multipart/form-data": "multipart",
}
_RAW: Final[Mapping[object, BodyKind]] = {str: "text", bytes: "bytes"}
_WITHOUT_BODY: Final = ("204", "205", "304")
NEVER_SENT: Final = ("CONNECT", "TRACE", "TRACK")
_STATUS: Final = re.compile(r"[1-5][0-9][0-9]|[1-5]XX|default")


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
class Found:
    route: fastapi.FastAPIRoute
    method: str
    path: str
    says_422: bool

    @property
    def endpoint(self) -> Callable[..., object]:
        function: Callable[..., object] = self.route.endpoint
        return function

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


@dataclass(slots=True)
class Reader:
    """
    Reads one route; the roots that it needs are gathered. ``unknown``: a response without a type is ``unknown``, and no reason to
    leave the route out. ``shared`` are the parameters of types that routes have in common, by source.
    """

    name: str
    found: Found
    where: str
    exclude: Exclusions
    shared: dict[str, Mapping[str, FieldInfo]]
    unknown: bool = False
    emits: list[Root] = field(default_factory=list)
    accepts: list[Root] = field(default_factory=list)
    notes: list[Diagnostic] = field(default_factory=list)

    @property
    def pascal(self) -> str:
        return self.name[:1].upper() + self.name[1:]

    @property
    def label(self) -> str:
        return f"{self.found.method} {self.found.path}"

    def read(self) -> Route:
        route = self.found.route
        if not hasattr(route, "dependant"):
            raise LeftOutError("is a Starlette route, which declares no types")
        if self.found.method in NEVER_SENT:
            raise LeftOutError(f"fetch does not send {self.found.method}")
        dependant = route.dependant
        parameters = {
            group: self.parameters(group, fields, declaration_of(dependant, group, fields))
            for group, fields in parameters_of(dependant, self.found.path).items()
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

    def parameters(
        self, group: str, fields: Mapping[str, FieldInfo], declared: str | None = None
    ) -> Root:
        """One type for all routes whose parameters ``declared`` is the source of, and else one for this route."""
        own = self.source(self.pascal + GROUPS[group])
        source = declared or own
        known = self.shared.setdefault(source, fields) if declared else fields
        if not are_alike(known, fields):
            source = own  # another class or function makes the same name
        return self.accept(source, parameter_model(source, group, fields))

    def source(self, name: str) -> str:
        return f"{self.found.endpoint.__module__}:{name}"

    def accept(self, source: str, type_: object) -> Root:
        name = source.rpartition(":")[2]
        return self.root((name, source, type_, None, None), self.accepts)

    def root(self, parts: RootParts, roots: list[Root]) -> Root:
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
        root = self.accept(self.source(f"{self.pascal}Body"), text)
        return Body(kind, root, required, media=media)

    def form(self, kind: BodyKind) -> Body:
        route = self.found.route
        fields = form_fields(route)
        files = {
            name: (info.is_required(), is_sequence(without_none(info.annotation)))
            for name, info in fields.items()
            if is_file(info)
        }
        texts = {name: info for name, info in fields.items() if name not in files}
        source = self.source(f"{self.pascal}Form")
        root = self.accept(source, parameter_model(source, "form", texts)) if texts else None
        required = any(info.is_required() for info in fields.values())
        return Body(kind, root, required, files)

    # --- Responses

    def responses(self, *, has_input: bool) -> dict[str, Response]:
        route = self.found.route
        made = dict(self.declared())
        status = str(route.status_code or 200)
        declared = made.pop(status, None)
        success = self.success(int(status))
        if success is None and declared is not None and declared.root is not None:
            # A function that makes its own Response may say by `responses` what that is.
            success = declared
        if success is not None:
            made = {status: success, **made}
        elif not any(key.startswith("2") for key in made):
            made = {ANY_SUCCESS: self.untyped(), **made}
        if has_input and self.found.says_422 and "422" not in made:
            made["422"] = Response("problem")
        return made

    def untyped(self) -> Response:
        response = untyped(self.found.route, unknown=self.unknown)
        return self.noted(response) if response.kind in ("unknown", "lines") else response

    def noted(self, response: Response) -> Response:
        message = "is typed except for its response, which is unknown"
        self.notes.append(Diagnostic("route-untyped", self.label, message, WAY_OUT))
        return response

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

    def success(self, status: int) -> Response | None:
        """What the route itself answers; ``None`` where no type is declared."""
        route = self.found.route
        if str(status) in _WITHOUT_BODY or status < http.HTTPStatus.OK:
            return Response("empty")
        media = fastapi.media_type(route.response_class)
        item = getattr(route, "stream_item_type", None)
        if item is None and is_text(media):
            return Response("text")
        if item is None and route.response_field is None and returns_nothing(route):
            return Response("empty")
        (parts,) = fastapi.returned(route, self.where, self.pascal) or (None,)
        if parts is None:
            return None
        kind: ResponseKind = "json"
        if item is not None:
            kind = "events" if media == "text/event-stream" else "lines"
        return Response(kind, self.root(parts, self.emits))


def _description(route: fastapi.FastAPIRoute) -> str | None:
    """The summary, if the author wrote one, and the description up to a form feed, where FastAPI ends it too."""
    summary, text = getattr(route, "summary", None), getattr(route, "description", None)
    parts = [part.partition("\f")[0].strip() for part in (summary, text) if isinstance(part, str)]
    return "\n\n".join(part for part in parts if part) or None
