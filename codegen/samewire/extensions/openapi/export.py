"""
FastAPI's own document with the types of the contract in it, as ``x-samewire-openapi``.

Where a route has a type of the contract, the schema that FastAPI has there becomes a reference to its definition. All else stays:
what is left out by ``routes`` is as FastAPI describes it.
"""

from __future__ import annotations

import copy
import http
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from samewire.discover.openapi import COMPONENTS, METHODS, renamed
from samewire.discover.parameters import is_sequence
from samewire.extensions.openapi import KEYWORD, REF
from samewire.extensions.routes.export import route_keys
from samewire.scalars.view import JsonSchema

if TYPE_CHECKING:
    from samewire.discover import Root
    from samewire.discover.responses import Response
    from samewire.discover.route import Body, Route
    from samewire.export.exporter import Exporter

Referring: TypeAlias = "Callable[[Root], str | None]"
"""The reference to the definition of a root; ``None`` if it is left out."""

_PLACES: Final = {"path": "path", "query": "query", "headers": "header", "cookies": "cookie"}
_CONVERTOR: Final = re.compile(r"{(\w+):\w+}")
_PROBLEM: Final = "HTTPValidationError"
_FILE: Final = {"type": "string", "contentMediaType": "application/octet-stream"}
_FORMS: Final = {"form": "application/x-www-form-urlencoded", "multipart": "multipart/form-data"}


@dataclass(frozen=True, slots=True)
class ExportedDocument:
    """``own`` is FastAPI's, and ``keys`` has the key of each root that a route needs."""

    own: Mapping[str, Any]
    routes: tuple[Route, ...]
    keys: Mapping[int, str]
    bodies: Mapping[str, JsonSchema] = field(default_factory=dict)

    def written(self, names: Mapping[str, str]) -> JsonSchema:
        def referring(root: Root) -> str | None:
            name = names.get(self.keys[id(root)])
            return None if name is None else f"#/$defs/{_escaped(name)}"

        document: dict[str, Any] = copy.deepcopy(dict(self.own))
        components = document.pop("components", {})
        own = components.pop("schemas", {})
        for route in self.routes:
            if route.method.lower() in METHODS:
                path = _CONVERTOR.sub(r"{\1}", route.path)
                item = document.setdefault("paths", {}).setdefault(path, {})
                known = route.method.lower() in item
                operation = item.setdefault(route.method.lower(), _bare(route))
                _fill(operation, route, own, referring, known=known)
        left = _left(document, components, own)
        taken = set(names.values())
        clashing = {name: _free(name, taken | left.keys()) for name in left if name in taken}
        document, components, left = (
            renamed(each, clashing) for each in (document, components, left)
        )
        schemas = {clashing.get(name, name): schema for name, schema in left.items()}
        if schemas:
            components["schemas"] = schemas
        return {KEYWORD: {**document, **({"components": components} if components else {})}}


def exported(exporter: Exporter) -> ExportedDocument | None:
    options = exporter.context.options
    if options.openapi is None:
        return None
    return ExportedDocument(options.openapi, options.routes, route_keys(exporter))


def _bare(route: Route) -> dict[str, Any]:
    """An operation of which FastAPI's document has nothing: a route that is not in it, and is named."""
    made: dict[str, Any] = {"operationId": route.name}
    if route.description is not None:
        made["description"] = route.description
    if route.deprecated:
        made["deprecated"] = True
    return made


def _fill(
    operation: dict[str, Any],
    route: Route,
    own: Mapping[str, Any],
    referring: Referring,
    *,
    known: bool,
) -> None:
    for part, root in route.parameters.items():
        if (ref := referring(root)) is not None:
            _fill_parameters(operation.setdefault("parameters", []), part, root, ref)
    if route.body is not None:
        _fill_body(operation, route.body, own, referring)
    responses = operation.setdefault("responses", {})
    for status, response in route.responses.items():
        if known and response.root is None and status not in responses:
            continue  # FastAPI says what it knows of it, and a 422 if anything that the function takes can be wrong
        made = responses.setdefault(status, {"description": _phrase(status)})
        _fill_response(made, response, referring)


# --- Parameters -------------------------------------------------------------------------------------------------------


def _fill_parameters(parameters: list[Any], part: str, root: Root, ref: str) -> None:
    place = _PLACES[part]
    known = {_key(each, place): each for each in parameters if each.get("in") == place}
    for info in vars(root.type)["__pydantic_fields__"].values():
        name = info.alias
        parameter = known.get(name)
        if parameter is None:
            parameter = {"name": name, "in": place}
            parameters.append(parameter)
        parameter["required"] = place == "path" or info.is_required()
        if place == "query" and is_sequence(info.annotation):
            parameter |= {"style": "form", "explode": True}
        parameter["schema"] = {REF: _property(ref, name)}


def _key(parameter: Mapping[str, Any], place: str) -> str:
    name = str(parameter.get("name"))
    return name.lower() if place == "header" else name


# --- Bodies -----------------------------------------------------------------------------------------------------------


def _fill_body(
    operation: dict[str, Any], body: Body, own: Mapping[str, Any], referring: Referring
) -> None:
    ref = None if body.root is None else referring(body.root)
    if body.media is not None or (body.root is not None and ref is None):
        return  # of text and bytes FastAPI says all there is
    made = operation.setdefault("requestBody", {})
    made["required"] = body.required
    content = made.setdefault("content", {})
    if body.kind == "json":
        for entry in _json_entries(content):
            entry["schema"] = {REF: ref}
        return
    entry = content.setdefault(_FORMS[body.kind], {})
    if not body.files:
        entry["schema"] = {REF: ref}
        return
    before = _resolved(entry.get("schema", {}), own).get("properties", {})
    files = {
        name: {key: one for key, one in (before.get(name) or _file(many)).items() if key != "title"}
        for name, (_, many) in body.files.items()
    }
    texts = {} if body.root is None else vars(body.root.type)["__pydantic_fields__"].values()
    needed = [info.alias for info in texts if info.is_required()]
    needed += [name for name, (required, _) in body.files.items() if required]
    entry["schema"] = {
        "type": "object",
        "properties": {
            **{info.alias: {REF: _property(str(ref), info.alias)} for info in texts},
            **files,
        },
        **({"required": needed} if needed else {}),
    }


def _file(many: bool) -> JsonSchema:
    return {"type": "array", "items": dict(_FILE)} if many else dict(_FILE)


def _resolved(schema: Mapping[str, Any], own: Mapping[str, Any]) -> Mapping[str, Any]:
    name = str(schema.get("$ref", "")).removeprefix(COMPONENTS)
    found: Mapping[str, Any] = own.get(name, schema)
    return found


# --- Responses --------------------------------------------------------------------------------------------------------


def _fill_response(made: dict[str, Any], response: Response, referring: Referring) -> None:
    ref = None if response.root is None else referring(response.root)
    if response.root is not None and ref is None:
        return
    match response.kind:
        case "json":
            for entry in _json_entries(made.setdefault("content", {})):
                entry["schema"] = {REF: ref}
        case "lines":
            content = made.setdefault("content", {})
            media = next((key for key in content if "json" in key), "application/jsonl")
            content[media] = {"itemSchema": {} if ref is None else {REF: ref}}
        case "events":
            content = made.setdefault("content", {})
            content["text/event-stream"] = {"itemSchema": _event(str(ref))}
        case "text" if not made.get("content"):
            made["content"] = {"text/plain": {"schema": {"type": "string"}}}
        case "problem" if not made.get("content"):
            schema = {"$ref": f"{COMPONENTS}{_PROBLEM}"}
            made["content"] = {"application/json": {"schema": schema}}
        case _:
            pass


def _json_entries(content: dict[str, Any]) -> list[dict[str, Any]]:
    """What is said of a body as JSON, under each media type that has a schema."""
    found = [one for key, one in content.items() if "json" in key and "schema" in one]
    return found or [content.setdefault("application/json", {})]


def _event(ref: str) -> JsonSchema:
    """A server-sent event, whose data is JSON."""
    data = {
        "type": "string",
        "contentMediaType": "application/json",
        "contentSchema": {REF: ref},
    }
    fields = {
        "data": data,
        "event": {"type": "string"},
        "id": {"type": "string"},
        "retry": {"type": "integer", "minimum": 0},
    }
    return {"type": "object", "properties": fields, "required": ["data"]}


def _phrase(status: str) -> str:
    try:
        return http.HTTPStatus(int(status)).phrase
    except ValueError:
        return "Response"


# --- FastAPI's own schemas --------------------------------------------------------------------------------------------


def _left(document: object, components: object, own: Mapping[str, Any]) -> dict[str, Any]:
    """The schemas of FastAPI's that are still referred to, in their order."""
    own = {_PROBLEM: _PROBLEM_SCHEMA, "ValidationError": _ERROR_SCHEMA} | dict(own)
    pending = [*_referred(document), *_referred(components)]
    reached: set[str] = set()
    while pending:
        name = pending.pop()
        if name in own and name not in reached:
            reached.add(name)
            pending += _referred(own[name])
    left = {name: own[name] for name in own if name in reached}
    if "detail" in left.get(_PROBLEM, {}).get("properties", {}):
        left[_PROBLEM] = {**left[_PROBLEM], "required": ["detail"]}
    return left


_ERROR_SCHEMA: Final[JsonSchema] = {
    "type": "object",
    "title": "ValidationError",
    "properties": {
        "loc": {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}},
        "msg": {"type": "string"},
        "type": {"type": "string"},
        "input": {},
        "ctx": {"type": "object"},
    },
    "required": ["loc", "msg", "type"],
}
_PROBLEM_SCHEMA: Final[JsonSchema] = {
    "type": "object",
    "title": _PROBLEM,
    "properties": {"detail": {"type": "array", "items": {"$ref": f"{COMPONENTS}ValidationError"}}},
}


def _referred(value: object) -> Iterator[str]:
    match value:
        case dict():
            for each in value.values():
                yield from _referred(each)
        case list():
            for each in value:
                yield from _referred(each)
        case str() if value.startswith(COMPONENTS):
            yield value.removeprefix(COMPONENTS)
        case _:
            return


def _free(name: str, taken: set[str]) -> str:
    name = f"{name}OfFastAPI"
    while name in taken:
        name += "_"
    return name


def _property(ref: str, name: str) -> str:
    return f"{ref}/properties/{_escaped(name)}"


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1").replace("%", "%25")
