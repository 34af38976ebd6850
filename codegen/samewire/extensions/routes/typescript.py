"""``routes.ts``: each route as a constant of its own, so that bundlers drop those that are not called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from samewire import ir
from samewire.extensions.routes.model import Body, Response, Route, Routes
from samewire.render import environment
from samewire.targets.typescript.annotations import (
    Annotation,
    Field,
    Reference,
    TypeLiteral,
    UnionType,
    Word,
    layout_type,
)
from samewire.targets.typescript.comments import comment
from samewire.targets.typescript.expressions import (
    Call,
    Constant,
    Entry,
    Expression,
    Member,
    Name,
    ObjectLiteral,
    Pure,
    text,
)
from samewire.targets.typescript.layout import print_doc
from samewire.targets.typescript.layout_expressions import layout_declaration
from samewire.targets.typescript.output import Output
from samewire.targets.typescript.syntax import Code, identifier, property_key, type_key

FILE: Final = "routes.ts"
_SCHEMAS: Final = Name(Code("s"))
_UNDEFINED: Final = Word(Code("undefined"))
READERS: Final = {
    "json": "readJson",
    "text": "readText",
    "empty": "readNothing",
    "events": "readEvents",
    "lines": "readLines",
    "raw": "readRaw",
    "unknown": "readAnything",
}
WRITERS: Final = {
    "json": "writeJson",
    "form": "writeForm",
    "multipart": "writeMultipart",
    "text": "writeText",
    "bytes": "writeBytes",
}
_UNTYPED: Final = {"text": "string", "empty": "undefined", "raw": "Response"}
_STREAMED: Final = frozenset({"events", "lines"})


@dataclass(frozen=True, slots=True)
class RoutesView:
    header: Code
    imports: tuple[Code, ...]
    schemas_module: Code | None
    types_module: Code | None
    routes: tuple[Code, ...]


def files(contract: ir.Contract, output: Output) -> dict[str, str]:
    """The file of a contract's routes, where it has any."""
    routes = contract.extension(Routes)
    if routes is None:
        return {}
    named = any(_typed(route) for route in routes.routes)
    view = RoutesView(
        output.header,
        output.runtime_imports({"Route", *_needed(routes, output)}),
        output.module("schemas") if named else None,
        output.module("types") if named else None,
        tuple(_declaration(route, output) for route in routes.routes),
    )
    # What calls the routes stands beside them even where all bodies are empty.
    return {FILE: environment("routes").get_template("routes.ts.jinja").render(file=view)}


def _typed(route: Route) -> bool:
    responses = (response.type for response in route.responses.values())
    return bool(route.parameters or (route.body and route.body.type) or any(responses))


def _needed(routes: Routes, output: Output) -> Iterator[str]:
    """The names of the runtime library that the routes use."""
    for route in routes.routes:
        sent = (*route.parameters.values(), *((route.body.type,) if route.body else ()))
        if not output.decoding.types.isdisjoint(sent):
            yield "encoderOf"
        if route.body is not None:
            yield WRITERS[route.body.kind]
            if route.body.files and route.body.type is not None:
                yield "FormBody"
            if route.body.kind == "bytes":
                yield "RawBytes"
        for response in route.responses.values():
            if response.kind == "problem":
                yield from ("problem", "ValidationProblem")
            else:
                yield READERS[response.kind]


def _declaration(route: Route, output: Output) -> Code:
    name = identifier(route.name)
    types = Reference(Code("Route"), (_arguments(route, output), _answers(route, output)))
    left = (f"export const {name}: ", layout_type(types))
    about = f"`{route.method} {route.path}`"
    described = f"{about}\n\n{route.description}" if route.description else about
    doc = ir.Doc(description=described, deprecated=route.deprecated)
    return Code(
        f"{comment(doc, route.name)}{print_doc(layout_declaration(left, _value(route, output)))}"
    )


# --- Types ------------------------------------------------------------------------------------------------------------


def _arguments(route: Route, output: Output) -> Annotation:
    parts = [
        (part, _type(key, output), _is_required(key, output))
        for part, key in route.parameters.items()
    ]
    if route.body is not None:
        parts.append(("body", _body_type(route.body, output), route.body.required))
    if not parts:
        return Reference(Code("Record"), (Word(Code("never")), Word(Code("never"))))
    return TypeLiteral(
        tuple(_field(Code(part), type_, required) for part, type_, required in parts)
    )


def _field(key: Code, type_: Annotation, required: bool) -> Field:
    return Field(key, type_) if required else Field(Code(f"{key}?"), UnionType((type_, _UNDEFINED)))


def _body_type(body: Body, output: Output) -> Annotation:
    if body.kind == "bytes":
        return Reference(Code("RawBytes"))
    blob = Reference(Code("Blob"))
    files = TypeLiteral(
        tuple(
            _field(
                type_key(name),
                Reference(Code("ReadonlyArray"), (blob,)) if many else blob,
                required,
            )
            for name, (required, many) in body.files.items()
        )
    )
    if body.type is None:
        return files
    texts = _type(body.type, output)
    return Reference(Code("FormBody"), (texts, files)) if body.files else texts


def _is_required(key: str, output: Output) -> bool:
    type_ = output.definitions[key].type
    return not isinstance(type_, ir.Object) or any(one.required for one in type_.properties)


def _answers(route: Route, output: Output) -> Annotation:
    return TypeLiteral(
        tuple(
            Field(_status(status), _answer(response, output))
            for status, response in route.responses.items()
        )
    )


def _status(status: str) -> Code:
    return Code(status) if status.isdecimal() else type_key(status)


def _answer(response: Response, output: Output) -> Annotation:
    if response.kind == "problem":
        return Reference(Code("ValidationProblem"))
    if response.type is None:
        type_: Annotation = Word(Code(_UNTYPED.get(response.kind, "unknown")))
    else:
        type_ = _type(response.type, output)
    return Reference(Code("AsyncIterable"), (type_,)) if response.kind in _STREAMED else type_


def _type(key: str, output: Output) -> Annotation:
    return Reference(Code(f"t.{identifier(output.names[key])}"))


# --- Values -----------------------------------------------------------------------------------------------------------


def _value(route: Route, output: Output) -> Expression:
    entries = [
        _entry("name", text(route.name)),
        _entry("method", text(route.method)),
        _entry("path", text(route.path)),
        _entry(
            "parameters",
            ObjectLiteral(
                tuple(_entry(part, _sent(key, output)) for part, key in route.parameters.items())
            ),
        ),
    ]
    if route.body is not None:
        entries.append(_entry("body", _body(route.body, output)))
    responses = tuple(
        Entry(
            Code(status) if status.isdecimal() else property_key(status),
            _response(response, output),
        )
        for status, response in route.responses.items()
    )
    entries.append(_entry("responses", ObjectLiteral(responses)))
    return ObjectLiteral(tuple(entries))


def _body(body: Body, output: Output) -> Expression:
    entries = [_entry("kind", text(body.kind)), _entry("required", _flag(body.required))]
    if body.type is not None:
        entries.append(_entry("schema", _sent(body.type, output)))
    if body.files:
        files = tuple(
            Entry(
                property_key(name),
                ObjectLiteral((_entry("required", _flag(required)), _entry("many", _flag(many)))),
            )
            for name, (required, many) in body.files.items()
        )
        entries.append(_entry("files", ObjectLiteral(files)))
    if body.media is not None:
        entries.append(_entry("mediaType", text(body.media)))
    entries.append(_entry("write", Name(Code(WRITERS[body.kind]))))
    return ObjectLiteral(tuple(entries))


def _flag(value: bool) -> Constant:
    return Constant(Code("true" if value else "false"))


def _response(response: Response, output: Output) -> Expression:
    if response.kind == "problem":
        return Name(Code("problem"))
    entries = [_entry("kind", text(response.kind))]
    if response.type is not None:
        entries.append(_entry("schema", _schema(response.type, output)))
    entries.append(_entry("read", Name(Code(READERS[response.kind]))))
    return ObjectLiteral(tuple(entries))


def _schema(key: str, output: Output) -> Expression:
    return Member(_SCHEMAS, identifier(output.validators[key]))


def _sent(key: str, output: Output) -> Expression:
    """The schema of what is sent, which encodes what is decoded elsewhere."""
    schema = _schema(key, output)
    if key not in output.decoding.types:
        return schema
    return Pure(Call(Name(Code("encoderOf")), (schema,)))


def _entry(key: str, value: Expression) -> Entry:
    return Entry(Code(key), value)
