"""
The routes of a Django Ninja API: method, path, parameters, JSON body and responses of each operation.

Ninja reads parameters by Pydantic from text, as FastAPI does. Their names and the models that they are fields of are read off the
models that it makes of a function's signature.
"""

from __future__ import annotations

import re
import sys
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from annotated_types import Ge
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from samewire.discover import ninja
from samewire.discover.applications import Application
from samewire.discover.imports import summary
from samewire.discover.operations import LeftOutError, RootParts, named_after
from samewire.discover.parameters import GROUPS, is_sequence, without_none
from samewire.discover.responses import ANY_SUCCESS, Response
from samewire.discover.route import NEVER_SENT, Body, Found, Reader, Route
from samewire.dump import DumpOptions
from samewire.errors import Diagnostic, DiscoverError

_GROUPS: Final = {"path": "path", "query": "query", "header": "headers", "cookie": "cookies"}
_PLACE: Final = re.compile(r"{(?:(\w+):)?(\w+)}")
_CONVERTORS: Final = ("", "str", "int", "path")


def found_in(
    api: Application, where: str, shown: Mapping[Callable[..., object], str]
) -> Iterator[Found | Diagnostic]:
    """
    The operations of an API, under their paths in the project's URLs; and why those are left out that are hidden.

    Raises:
        DiscoverError: the URLs of the project do not have the API.

    """
    prefix, problem = _prefix(api, where), _says_422(api)
    for path, operation in ninja.mounted(api):
        whole = re.sub("/+", "/", f"{prefix}{path}")
        for method in sorted(operation.methods):
            if operation.include_in_schema or operation.view_func in shown:
                yield NinjaFound(operation, method, whole, problem, api)
            else:
                reason = "is hidden; name its function to have it"
                yield Diagnostic("route-skipped", f"{method} {whole}", reason)


def _prefix(api: Application, where: str) -> str:
    try:
        prefix: str = sys.modules["django.urls"].reverse(f"{api.urls_namespace}:api-root")
    except Exception as error:  # whatever the URLs of the project import
        message = f"cannot find the path of the API {api.title}: {summary(error)}"
        hint = "set DJANGO_SETTINGS_MODULE to settings whose ROOT_URLCONF has its `urls`"
        raise DiscoverError(Diagnostic("routes-unplaced", where, message, hint)) from error
    return prefix


def _says_422(api: Application) -> bool:
    """Whether a request that does not fit is answered as Ninja does, and not by a handler of the API's own."""
    errors = sys.modules["ninja.errors"]
    handler = api._exception_handlers.get(errors.ValidationError)  # noqa: SLF001  # there is no public way
    own: object = errors._default_validation_error  # noqa: SLF001
    return getattr(handler, "func", None) is own


@dataclass(frozen=True, slots=True)
class NinjaFound(Found):
    """``route`` is an operation of Ninja's, which may not be bound to the ``api`` yet, and ``path`` a template of Django's."""

    api: Application

    @property
    def endpoint(self) -> Callable[..., object]:
        function: Callable[..., object] = self.route.view_func
        return function

    @property
    def identifier(self) -> str:
        own = self.route.operation_id
        return str(own or self.endpoint.__name__)


@dataclass(slots=True)
class NinjaReader(Reader):
    found: NinjaFound

    def read(self) -> Route:
        operation = self.found.route
        if self.found.method in NEVER_SENT:
            raise LeftOutError(f"fetch does not send {self.found.method}")
        template, limits = _template(self.found.path)
        fields: dict[str, dict[str, FieldInfo]] = {group: {} for group in GROUPS}
        for model in operation.models:
            source = model.__ninja_param_source__
            if source in _GROUPS:
                fields[_GROUPS[source]] |= _fields(model, _GROUPS[source])
            elif source != "body":
                raise LeftOutError(f"takes a {source}, which Samewire supports only for FastAPI")
        path = fields["path"]
        for name, limit in limits.items():
            path[name] = _limited(name, path.get(name), limit)
        if unknown := sorted(path.keys() - limits.keys()):
            raise LeftOutError(f"reads {', '.join(unknown)}, which its path does not have")
        parameters = {
            group: self.parameters(group, infos) for group, infos in fields.items() if infos
        }
        body = self.body()
        responses = self.responses(has_input=bool(parameters) or body is not None)
        return Route(
            self.name,
            self.found.method,
            template,
            parameters,
            body,
            responses,
            operation.description or None,
            bool(operation.deprecated),
        )

    def body(self) -> Body | None:
        operation = self.found.route
        for _, type_, _ in ninja.accepted(self.found.api, operation):
            if self.found.method in ("GET", "HEAD"):
                raise LeftOutError(
                    f"takes a body, which fetch does not send with {self.found.method}"
                )
            (model,) = (one for one in operation.models if one.__ninja_param_source__ == "body")
            required = any(info.is_required() for info in model.model_fields.values())
            root = self.root(self._parts(type_, "Body"), self.accepts)
            return Body("json", root, required)
        return None

    def responses(self, *, has_input: bool) -> dict[str, Response]:
        operation = self.found.route
        if getattr(operation, "stream_format", None) is not None:
            raise LeftOutError("streams, which Samewire supports only for FastAPI")
        made: dict[str, Response] = {}
        if self.unknown and all(
            each is ninja.not_set() for each in operation.response_models.values()
        ):
            made[ANY_SUCCESS] = self.noted(Response("unknown"))
        else:
            for status, type_ in ninja.sent(self.found.api, operation).items():
                response = Response("empty") if type_ is None else self._json(status, type_)
                for key in (ANY_SUCCESS, "default") if status is ... else (str(status),):
                    made[key] = response
        if has_input and self.found.says_422 and "422" not in made:
            made["422"] = Response("problem")
        return made

    def _json(self, status: object, type_: object) -> Response:
        dump = ninja.dump_of(self.found.route)
        parts = self._parts(type_, ninja.response_name(status), dump)
        return Response("json", self.root(parts, self.emits))

    def _parts(self, type_: object, what: str, dump: DumpOptions | None = None) -> RootParts:
        module = self.found.endpoint.__module__
        return (*named_after(type_, module, f"{self.pascal}{what}"), dump, None)


# --- Parameters -------------------------------------------------------------------------------------------------------


def _template(path: str) -> tuple[str, dict[str, str]]:
    """A path of Django's as Starlette writes it, and the convertor of each place in it."""
    convertors = {match[2]: match[1] or "" for match in _PLACE.finditer(path)}
    for convertor in convertors.values():
        if convertor not in _CONVERTORS:
            raise LeftOutError(
                f"has a path with the convertor {convertor}, whose texts are not known"
            )
    return _PLACE.sub(
        lambda match: f"{{{match[2]}{':path' if match[1] == 'path' else ''}}}", path
    ), convertors


def _limited(name: str, info: FieldInfo | None, convertor: str) -> FieldInfo:
    if info is None:
        return FieldInfo.from_annotation(int if convertor == "int" else str)
    if convertor != "int":
        return info
    if info.annotation is not int:
        raise LeftOutError(f"path parameter {name}: the convertor int and the type differ")
    limited: Any = Annotated[(int, *info.metadata, Ge(0))]  # its pattern has no sign
    return FieldInfo.from_annotation(limited)


def _fields(model: Any, group: str) -> dict[str, FieldInfo]:  # a ninja.params.models.ParamModel
    """The parameters of one part of a request by their names on the wire."""
    found: dict[str, FieldInfo] = {}
    lists = set(getattr(model, "__ninja_collection_fields__", ()))
    for key, info in _flat(model.model_fields):
        if is_sequence(without_none(info.annotation)) != (key in lists):
            raise LeftOutError(
                f"{group} parameter {key}: it is no list for Ninja, or one of one item"
            )
        found[key.replace("_", "-").lower() if group == "headers" else key] = info
    return found


def _flat(fields: Mapping[str, FieldInfo]) -> Iterator[tuple[str, FieldInfo]]:
    """Fields with those of models in them, whose own names Ninja leaves out."""
    for name, info in fields.items():
        alias = info.alias or name
        if info.validation_alias not in (None, alias):
            raise LeftOutError(f"reads {name} under another alias than it is declared with")
        inner = info.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            if not info.is_required() and any(
                each.is_required() for each in inner.model_fields.values()
            ):
                raise LeftOutError(
                    f"takes {inner.__name__} as parameters that are optional as a whole"
                )
            yield from _flat(inner.model_fields)
        elif any(map(_is_model, typing.get_args(inner))):
            raise LeftOutError(f"takes {name}, a model of parameters that may be another type")
        else:
            yield alias, info


def _is_model(type_: object) -> bool:
    return isinstance(type_, type) and issubclass(type_, BaseModel)
