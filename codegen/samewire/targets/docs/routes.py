"""The routes of a contract as entries of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import quote, urlencode

from samewire import ir
from samewire.extensions.routes.model import Response, Route
from samewire.targets.docs.page import Answer, Example, Part, RouteEntry
from samewire.targets.docs.spans import Line, Span, blocks, joined, json_text, line, source
from samewire.targets.docs.types import Types, fragment
from samewire.targets.fixtures.literals import literal
from samewire.targets.typescript.expressions import (
    Call,
    Entry,
    Expression,
    Name,
    ObjectLiteral,
)
from samewire.targets.typescript.layout import print_doc
from samewire.targets.typescript.layout_expressions import layout
from samewire.targets.typescript.syntax import Code, identifier, property_key
from samewire.values.errors import NoValueError
from samewire.walk import references

_PARAMETER: Final = re.compile(r"\{(?P<name>[^{}:]+)(?P<kind>:path)?[^{}]*\}")
_KINDS: Final[Mapping[str, str]] = {
    "json": "JSON",
    "text": "text",
    "empty": "no body",
    "events": "server-sent events, each",
    "lines": "JSON lines, each",
    "form": "a form",
    "multipart": "a multipart form",
    "raw": "a body of another media type",
    "unknown": "any body",
    "problem": "the body of a request that does not fit, with what is wrong and where",
}


def described_by_routes(
    contract: ir.Contract, names: Mapping[str, str], routes: tuple[Route, ...]
) -> dict[str, str]:
    """The anchors of types that are the parameters of a route and nothing else, and so are described there."""
    elsewhere = {key for each in contract.definitions for key in references(each.type)}
    for route in routes:
        elsewhere.update(filter(None, (one.type for one in route.responses.values())))
        elsewhere.update(filter(None, (route.body.type if route.body else None,)))
    anchors: dict[str, str] = {}
    for route in routes:
        for key in route.parameters.values():
            if key not in elsewhere:
                anchors.setdefault(key, f"{fragment('route', route.name)}.{names[key]}")
    return anchors


def entries(routes: tuple[Route, ...], types: Types, *, called: bool) -> tuple[RouteEntry, ...]:
    """``called``: ``routes.ts`` is there to call them by."""
    for route in routes:
        _note_uses(route, types)
    ordered = sorted(routes, key=lambda route: (route.path, route.method, route.name))
    return tuple(_entry(route, types, called=called) for route in ordered)


def _note_uses(route: Route, types: Types) -> None:
    def note(key: str | None, what: str) -> None:
        if key is not None:
            anchor = fragment("route", route.name)
            types.use(key, line(Span(f"{route.method} {route.path}", "code", anchor), f" {what}"))

    note(route.body.type if route.body else None, "body")
    for part, key in route.parameters.items():
        if not types.anchors[key].startswith("route-"):
            note(key, part)
        for inside in references(types.output.definitions[key].type):
            note(inside, part)
    for status, response in route.responses.items():
        note(response.type, status)


def _entry(route: Route, types: Types, *, called: bool) -> RouteEntry:
    return RouteEntry(
        anchor=fragment("route", route.name),
        name=route.name,
        method=route.method,
        path=route.path,
        deprecated=() if route.deprecated else None,
        about=blocks(route.description or ""),
        parts=tuple(_part(route, part, key, types) for part, key in route.parameters.items()),
        body=_body(route, types),
        answers=tuple(_answer(status, one, types) for status, one in route.responses.items()),
        request=source(_request(route, types), {}),
        call=source(_call(route, types), {}) if called else (),
    )


def _part(route: Route, part: str, key: str, types: Types) -> Part:
    definition, name = types.output.definitions[key], types.output.names[key]
    anchor = f"{fragment('route', route.name)}.{name}"
    return Part(part, name, anchor, types.rows(definition, anchor))


def _body(route: Route, types: Types) -> Line:
    body = route.body
    if body is None:
        return ()
    kind = _KINDS.get(body.kind, body.kind)
    files = joined(
        ", ",
        (
            line(
                Span(name, "code"),
                f" ({'required' if required else 'optional'}{', one or more' if many else ''})",
            )
            for name, (required, many) in body.files.items()
        ),
    )
    return line(
        kind,
        (Span(": "), *types.link(body.type)) if body.type else (),
        line("; files ", files) if files else (),
        "" if body.required else "; may be left out",
    )


def _answer(status: str, response: Response, types: Types) -> Answer:
    kind = _KINDS.get(response.kind, response.kind)
    if response.type is None:
        return Answer(status, line(kind, " any" if response.kind == "lines" else ""), Example())
    what = line(kind, ": ", types.link(response.type))
    return Answer(status, what, types.example(response.type))


# --- What is sent -----------------------------------------------------------------------------------------------------


def _value(key: str | None, types: Types) -> ir.Json:
    try:
        return {} if key is None else types.value(key)
    except NoValueError:
        return {}


def _texts(part: str, route: Route, types: Types) -> list[tuple[str, str]]:
    """Parameters as they are sent: a list is one for each of its items."""
    found = _value(route.parameters.get(part), types)
    return list(_pairs(found))


def _pairs(value: ir.Json) -> Iterator[tuple[str, str]]:
    for name, each in value.items() if isinstance(value, dict) else ():
        for one in each if isinstance(each, list) else (each,):
            if one is not None:
                yield name, one if isinstance(one, str) else json_text(one)


def _request(route: Route, types: Types) -> str:
    """The request in HTTP syntax."""
    texts = dict(_texts("path", route, types))

    def filled(match: re.Match[str]) -> str:
        safe = "/" if match["kind"] else ""
        return quote(texts.get(match["name"], match["name"]).encode("utf-8", "replace"), safe)

    query = urlencode(_texts("query", route, types), errors="replace")
    lines = [f"{route.method} {_PARAMETER.sub(filled, route.path)}{f'?{query}' if query else ''}"]
    lines += [f"{name}: {text}" for name, text in _texts("headers", route, types)]
    if cookies := _texts("cookies", route, types):
        lines.append("cookie: " + "; ".join(f"{name}={text}" for name, text in cookies))
    body = route.body
    if body is not None and body.kind == "json":
        sent = json_text(_value(body.type, types), indent=2)
        lines += ["content-type: application/json", "", sent]
    elif body is not None and body.kind == "form":
        form = urlencode(list(_pairs(_value(body.type, types))), errors="replace")
        lines += ["content-type: application/x-www-form-urlencoded", "", form]
    elif body is not None:
        lines.append(f"content-type: {body.media or 'multipart/form-data'}")
    return "\n".join(lines)


def _call(route: Route, types: Types) -> str:
    """The call by what ``routes.ts`` exports, below the imports of what makes values in it."""
    imported: set[str] = set()
    given = [
        Entry(Code(part), _literal(key, types, imported)) for part, key in route.parameters.items()
    ]
    if route.body is not None:
        given.append(Entry(Code("body"), _body_literal(route, types, imported)))
    arguments = (Name(Code(f"api.{identifier(route.name)}")), ObjectLiteral(tuple(given)))
    called = print_doc(layout(Call(Name(Code("await call")), arguments)))
    streams = any(one.kind in ("events", "lines") for one in route.responses.values())
    whole = f"for await (const item of {called}) {{\n  // ...\n}}" if streams else f"{called};"
    imports = types.output.value_imports(imported)
    return "\n".join((*imports, "", whole)) if imports else whole


def _literal(key: str, types: Types, imported: set[str]) -> Expression:
    return literal(_value(key, types), ir.Ref(key), types.output, imported)


def _body_literal(route: Route, types: Types, imported: set[str]) -> Expression:
    body = route.body
    if body is None or body.type is None:
        fields: tuple[Entry, ...] = ()
    else:
        made = _literal(body.type, types, imported)
        if not body.files or not isinstance(made, ObjectLiteral):
            return made
        fields = tuple(each for each in made.entries if isinstance(each, Entry))
    files = (
        Entry(property_key(name), Name(Code("[file]" if many else "file")))
        for name, (_, many) in (body.files if body else {}).items()
    )
    return ObjectLiteral((*fields, *files))
