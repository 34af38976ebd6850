"""
The JSON of routes, by the names of the routes: from the function ``adapter_for``, or in the mapping ``ADAPTERS``.

Type checkers compare each overload of a function with each, which takes seconds for some hundred routes. They look a key up in
no time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, TypeAlias

from samewire import ir
from samewire.extensions.routes.model import TYPED, Route, Routes
from samewire.targets.python.syntax import call, docstring, scalar, text

NAME: Final = "adapter_for"
MAPPING: Final = "ADAPTERS"
PROBLEM: Final = "ValidationProblem"
_RESPONSE: Final = "response"
_REQUEST: Final = "request"
Form: TypeAlias = Literal["function", "mapping"]
Parts: TypeAlias = Mapping[str | int, str]
"""Types by what is asked for: a status, or one of the two words above."""


def exported(source: str) -> tuple[str, ...]:
    """What the module offers besides, given :func:`source_of`."""
    if not source:
        return ()
    name = MAPPING if source.startswith("_Parts") else NAME
    return (name, *((PROBLEM,) if PROBLEM in source else ()))


def source_of(contract: ir.Contract, names: Mapping[str, str], form: Form) -> str:
    """The source of the adapters, or nothing if no route has JSON. ``names`` are the names of the types, by definition."""
    found = contract.extension(Routes)
    bodies = {
        f"{contract.name}.{route.name}": parts
        for route in (found.routes if found else ())
        if (parts := _parts(route, names))
    }
    if not bodies:
        return ""
    if form == "mapping":
        return _mapping(bodies)
    shown = _dict((text(name), _parts_shown(parts)) for name, parts in bodies.items())
    return "\n\n".join((f"_BODIES: Final = {call('Bodies', (shown,))}", *_functions(bodies)))


def _mapping(bodies: Mapping[str, Parts]) -> str:
    """A TypedDict of the routes, and one for all routes that have the same types at the same places."""
    kinds: dict[str, str] = {}
    routes: dict[str, str] = {}
    for name, parts in bodies.items():
        types = _dict((text(str(key)), f"TypeAdapter[{type_}]") for key, type_ in parts.items())
        routes[name] = kinds.setdefault(types, f"_Parts{len(kinds)}")
    values = _dict(
        (
            text(name),
            call(
                "LazyAdapters",
                (_dict((text(str(key)), type_) for key, type_ in parts.items()),),
            ),
        )
        for name, parts in bodies.items()
    )
    of_routes = _dict((text(name), kind) for name, kind in routes.items())
    doc = docstring(
        """What reads and writes the JSON of a route: of a successful "response", of the response with a status such as "404",
or of the "request". Of a response that streams it reads one item."""
    )
    return "\n\n".join(
        (
            *(_typed_dict(name, types) for types, name in kinds.items()),
            _typed_dict("_Routes", of_routes),
            f"{MAPPING}: Final = {call('cast', (text('_Routes'), values))}\n{doc}",
        )
    )


def _typed_dict(name: str, types: str) -> str:
    return f"{name} = {call('TypedDict', (text(name), types))}"


def _parts(route: Route, names: Mapping[str, str]) -> Parts:
    answers: dict[str | int, str] = {}
    for status, response in route.responses.items():
        type_ = PROBLEM if response.kind == "problem" else names.get(response.type or "")
        if type_ is not None:
            answers[int(status) if status.isdecimal() else status] = type_
    successes = dict.fromkeys(type_ for status, type_ in answers.items() if str(status)[0] == "2")
    whole: dict[str | int, str] = {_RESPONSE: " | ".join(successes)} if successes else {}
    body = route.body
    if body is not None and body.type is not None and body.kind in TYPED:
        whole[_REQUEST] = names[body.type]
    return whole | answers


def _dict(entries: Iterator[tuple[str, str]]) -> str:
    return f"{{{', '.join(f'{key}: {value}' for key, value in entries)}}}"


def _parts_shown(parts: Parts) -> str:
    return _dict((scalar(key), type_) for key, type_ in parts.items())


def _functions(bodies: Mapping[str, Parts]) -> Iterator[str]:
    """An overload for all routes that have a type at the same places, since type checkers compare each with each."""
    routes: dict[tuple[str, tuple[str | int, ...]], list[str]] = {}
    for name, parts in bodies.items():
        places: dict[str, list[str | int]] = {}
        for key, type_ in parts.items():
            places.setdefault(type_, []).append(key)
        for type_, keys in places.items():
            routes.setdefault((type_, tuple(keys)), []).append(name)
    heads = [
        _head(_literal(names), _literal(keys), type_, default=_RESPONSE in keys)
        for (type_, keys), names in routes.items()
    ]
    if len(heads) > 1:
        yield from (f"@overload\n{head} ..." for head in heads)
        heads = [_head("str", "str | int", "Any", default=True)]
    yield f"{heads[0]}{_BODY}"


def _head(route: str, part: str, type_: str, *, default: bool) -> str:
    given = f" = {text(_RESPONSE)}" if default else ""
    return f"def {NAME}(route: {route}, part: {part}{given}) -> TypeAdapter[{type_}]:"


_BODY: Final = '''
    """
    What reads and writes the JSON of a route: of a successful response, of the response with a status, or of the request.
    Of a response that streams it reads one item.
    """
    return _BODIES.adapter(route, part)'''


def _literal(values: Iterable[str | int]) -> str:
    return f"Literal[{', '.join(map(scalar, values))}]"
