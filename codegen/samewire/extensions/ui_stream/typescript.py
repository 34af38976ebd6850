"""
The frontend's half of an application's UI stream: what its messages hold by name, and readers that check what arrives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from samewire import ir
from samewire.errors import Diagnostic, ModelError
from samewire.extensions.ui_stream.model import UIStream, UITool
from samewire.render import environment
from samewire.targets.typescript.annotations import (
    Annotation,
    Field,
    Reference,
    TypeLiteral,
    layout_alias,
    layout_field,
    layout_type,
)
from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Entry,
    Expression,
    Member,
    Name,
    ObjectLiteral,
)
from samewire.targets.typescript.layout import Doc, print_doc, width
from samewire.targets.typescript.layout_expressions import layout_assignment, layout_declaration
from samewire.targets.typescript.output import Output
from samewire.targets.typescript.syntax import Code, identifier, property_key, template_of, type_key

FILES: Final = ("ui-stream", "chunks", "chat")
"""What is known by name; the reader of a response, which needs ``eventsource-parser``; the SDK's half, which needs ``ai``."""

_CHUNK_IMPORTS: Final = (
    "ChunkReadOptions",
    "ChunkSchemas",
    "Continued",
    "EventOrderCheck",
    "EventPolicy",
    "checkedUIChunks",
    "readUIChunks",
)
_CHUNK_EXPORTS: Final = ("Continued", "ContinuedMessage", "StreamError", "parsedEvents")
_CHAT_IMPORTS: Final = ("CheckingTransport", "CheckingTransportOptions", "withCheckedReplies")
_CHAT_NAMES: Final = ("Chunk", "DataParts", "MessageMetadata", "Tools")
_INDENT: Final = 2
_SCHEMAS: Final = Name(Code("s"))
_TAG: Final = "type"
_DATA: Final = "data-"


@dataclass(frozen=True, slots=True)
class UIStreamView:
    """
    What the three files of a UI stream need.

    Each ``..._types`` is the members of an object type and each ``..._schemas`` the entries of an object, a line each; the others
    are declarations. ``..._imports`` and ``..._exports`` are statements. ``data_chunks`` are those of any name.
    """

    header: Code
    types_module: Code
    schemas_module: Code
    names_module: Code
    chunks_module: Code
    chunk_imports: tuple[Code, ...]
    chunk_exports: tuple[Code, ...]
    chat_imports: tuple[Code, ...]
    chunk: Code
    chunk_schemas: tuple[Code, ...]
    data_chunks: Code | None
    metadata: Code | None
    metadata_schema: Code | None
    data_types: tuple[Code, ...]
    data_schema_types: tuple[Code, ...]
    data_schemas: tuple[Code, ...]
    tool_types: tuple[Code, ...]
    tool_schema_types: tuple[Code, ...]
    tool_schemas: tuple[Code, ...]


def files(contract: ir.Contract, output: Output) -> dict[str, str]:
    """The texts of :data:`FILES`, where the contract has a UI stream."""
    stream = contract.extension(UIStream)
    if stream is None:
        return {}
    _refuse_dates(stream, output)
    view, jinja = _view(stream, output), environment("ui-stream")
    return {
        f"{name}.ts": jinja.get_template(f"{name}.ts.jinja").render(file=view) for name in FILES
    }


def _refuse_dates(stream: UIStream, output: Output) -> None:
    """The AI SDK keeps messages as they came, and sends them back as JSON."""
    tools = (key for tool in stream.tools for key in (tool.input, tool.output))
    data = (key for _, key in stream.data)
    parts = (stream.chunk, stream.metadata, *data, *tools)
    decoded = [key for key in dict.fromkeys(parts) if key in output.decoding.types]
    if decoded:
        where = output.definitions[decoded[-1]].source or decoded[-1]
        message = (
            "the chunks of a UI stream stay JSON in the AI SDK, so nothing in them can be decoded"
        )
        hint = "leave dates and decode out of this contract, and give other types a contract of their own"
        raise ModelError(Diagnostic("date-ui-stream", where, message, hint))


def _view(stream: UIStream, output: Output) -> UIStreamView:
    chunks = _chunks(stream.chunk, output.definitions)
    data = dict(stream.data)
    twice = {**data, **{f"{_DATA}{name}": key for name, key in data.items()}}
    return UIStreamView(
        header=output.header,
        types_module=output.module("types"),
        schemas_module=output.module("schemas"),
        names_module=output.module("ui-stream"),
        chunks_module=output.module("chunks"),
        chunk_imports=output.runtime_imports(_CHUNK_IMPORTS),
        chunk_exports=output.runtime_imports(_CHUNK_EXPORTS, "export"),
        chat_imports=(
            *output.runtime_imports(_CHAT_IMPORTS),
            output.import_names("import type", _CHAT_NAMES, "ui-stream"),
        ),
        chunk=_alias("Chunk", stream.chunk, output),
        chunk_schemas=_values(
            {type_: _one_of(keys, output) for type_, keys in chunks.items() if type_ != _DATA},
            indent=2 * _INDENT,
        ),
        data_chunks=_data_chunks(chunks[_DATA], output) if _DATA in chunks else None,
        metadata=None
        if stream.metadata is None
        else _alias("MessageMetadata", stream.metadata, output),
        metadata_schema=None
        if stream.metadata is None
        else _metadata_schema(stream.metadata, output),
        data_types=_types({name: _type(key, output) for name, key in data.items()}),
        data_schema_types=_types(
            {name: _schema_type(key, output) for name, key in twice.items()}, readonly=True
        ),
        data_schemas=_values({name: _value(key, output) for name, key in twice.items()}),
        tool_types=_types({tool.name: _tool_type(tool, output) for tool in stream.tools}),
        tool_schema_types=_types(
            {tool.name: _tool_schema_type(tool, output) for tool in stream.tools}, readonly=True
        ),
        tool_schemas=_values({tool.name: _tool_value(tool, output) for tool in stream.tools}),
    )


def _alias(name: str, key: str, output: Output) -> Code:
    return _code(layout_alias(f"export type {name}", _type(key, output)))


def _metadata_schema(key: str, output: Output) -> Code:
    left = ("export const messageMetadataSchema: ", layout_type(_schema_type(key, output)))
    return _code(layout_declaration(left, _value(key, output)))


# --- Types and values by name -----------------------------------------------------------------------------------------


def _type(key: str, output: Output) -> Annotation:
    return Reference(Code(f"t.{identifier(output.names[key])}"))


def _schema(key: str, output: Output) -> Code:
    return identifier(output.validators[key])


def _schema_type(key: str, output: Output) -> Annotation:
    return Reference(Code(f"typeof s.{_schema(key, output)}"))


def _value(key: str, output: Output) -> Expression:
    return Member(_SCHEMAS, _schema(key, output))


def _tool_type(tool: UITool, output: Output) -> Annotation:
    members = (("input", tool.input), ("output", tool.output))
    return TypeLiteral(tuple(Field(Code(key), _type(of, output)) for key, of in members))


def _tool_schema_type(tool: UITool, output: Output) -> Annotation:
    members = (("input", tool.input), ("output", tool.output))
    return TypeLiteral(
        tuple(Field(Code(f"readonly {key}"), _schema_type(of, output)) for key, of in members)
    )


def _tool_value(tool: UITool, output: Output) -> Expression:
    members = (("input", tool.input), ("output", tool.output))
    return ObjectLiteral(tuple(Entry(Code(key), _value(of, output)) for key, of in members))


def _types(types: Mapping[str, Annotation], *, readonly: bool = False) -> tuple[Code, ...]:
    """``key: type;``, a member a line."""
    before = "readonly " if readonly else ""
    fields = (Field(Code(f"{before}{type_key(name)}"), type_) for name, type_ in types.items())
    return tuple(_line((layout_field(field), ";")) for field in fields)


def _values(values: Mapping[str, Expression], indent: int = _INDENT) -> tuple[Code, ...]:
    """``key: value,``, an entry a line."""
    return tuple(_entry(property_key(name), value, indent) for name, value in values.items())


def _entry(key: Code, value: Expression, indent: int = _INDENT) -> Code:
    return _line((layout_assignment(key, ":", value, short_key=width(key) < 5), ","), indent)


def _line(doc: Doc, indent: int = _INDENT) -> Code:
    return Code(" " * indent + print_doc(doc, column=indent, indentation=indent))


def _code(doc: Doc) -> Code:
    return Code(print_doc(doc))


# --- Chunks -----------------------------------------------------------------------------------------------------------


def _one_of(keys: Iterable[str], output: Output) -> Expression:
    return ArrayLiteral(tuple(_value(key, output) for key in keys))


def _data_chunks(keys: Iterable[str], output: Output) -> Code:
    return _entry(Code("dataChunks"), _one_of(keys, output))


def _chunks(chunk: str, definitions: Mapping[str, ir.Definition]) -> dict[str, list[str]]:
    """The definitions of each type of chunk, in the order of the union; under ``data-`` that of data chunks of any name."""
    found: dict[str, list[str]] = {}
    for key, each in _members(chunk, ir.Ref(chunk), definitions):
        tag = next((one.type for one in each.properties if one.key == _TAG), None)
        types: Iterable[object] = ()
        match tag:
            case ir.Literal(values):
                types = values
            case ir.String() if template_of(tag) == (_DATA, None):
                types = (_DATA,)
        for type_ in types:
            found.setdefault(str(type_), []).append(key)
    return found


def _members(
    key: str, type_: ir.Type, definitions: Mapping[str, ir.Definition]
) -> Iterable[tuple[str, ir.Object]]:
    """The objects of a union, each with the definition that it is or stands in."""
    match type_:
        case ir.Ref(name):
            yield from _members(name, definitions[name].type, definitions)
        case ir.Union(members):
            for member in members:
                yield from _members(key, member, definitions)
        case ir.Object():
            yield key, type_
        case _:
            return
