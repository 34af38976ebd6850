"""An application's own contract: the protocol with some of its classes narrowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, reduce
from operator import or_
from types import GenericAlias
from typing import Annotated, Any, Literal, TypeVar, Unpack, cast, get_args, get_origin

from pydantic import Discriminator, GetCoreSchemaHandler, Tag, TypeAdapter
from pydantic_core import CoreSchema

from samewire.ui_stream import unions
from samewire.ui_stream._base import WireModel, omittable
from samewire.ui_stream.chunks import (
    Chunk,
    DataChunk,
    FinishChunk,
    MessageMetadataChunk,
    StartChunk,
)
from samewire.ui_stream.clients import Clients
from samewire.ui_stream.demands import check, demands
from samewire.ui_stream.encoder import Encoder, EncoderOptions
from samewire.ui_stream.messages import ChatRequest, UIMessage
from samewire.ui_stream.parts import DataUIPart, UIPart
from samewire.ui_stream.targets import targets_of
from samewire.ui_stream.tool_chunks import ToolOutputAvailableChunk
from samewire.ui_stream.tool_parts import NamedDynamicToolUIPart, NamedToolUIPart
from samewire.ui_stream.tools import Tool, narrowed, tagged

ModelT = TypeVar("ModelT", bound=WireModel)


class UIStream:
    """
    What an application sends and takes, in one place.

    ``chunks`` are subclasses of the protocol's chunks, each of which takes the place of the one that it narrows; those of
    :class:`DataChunk` take the place of the general one together. ``metadata`` types the metadata of messages and of the chunks
    that carry it, ``tools`` the calls and results of tools. What is not named stays as the protocol has it. Once tools are named
    there are no others, unless ``dynamic_tools``: then chunks of tools stay general, since nothing in them tells a named tool
    from a dynamic one for sure.

    ``uses`` names further chunks of the protocol that are sent though nothing narrows them, and ``targets`` the clients that the
    stream is for (see :class:`~samewire.ui_stream.Encoder`): what they cannot take is an error here and not in the middle of a
    reply.

    Use it as an annotation, so that type checkers know the types and Pydantic and the generator see them narrowed::

        copilot = UIStream(PlanChunk, metadata=Metadata, tools=[find_block])
        CopilotChunk = Annotated[UIMessageChunk, copilot]
        CopilotMessage = Annotated[UIMessage, copilot]
        CopilotRequest = Annotated[ChatRequest, copilot]

    A subclass of :class:`UIMessage` or :class:`ChatRequest` may stand in their place. The types themselves are ``chunk``, ``part``,
    ``message`` and ``request``.

    Raises:
        TypeError: a class that narrows no chunk, or two that narrow the same.
        TargetError: a chunk or a field that is named here, or a tool's approval, which a target's clients lack.

    """

    def __init__(
        self,
        *chunks: type[Chunk],
        metadata: Any = None,
        tools: Iterable[Tool[Any, Any]] = (),
        dynamic_tools: bool = False,
        uses: Iterable[type[Chunk]] = (),
        targets: str | Iterable[str] | None = None,
    ) -> None:
        self.targets = None if targets is None else tuple(one.name for one in targets_of(targets))
        self.metadata = metadata
        self.tools = tuple(tools)
        _refuse_twins(tool.prefix for tool in self.tools)
        data = [one for one in chunks if issubclass(one, DataChunk)]
        members = _standard_chunks()
        if metadata is not None:
            members |= _with_metadata(metadata)
        if self.tools and not dynamic_tools:
            members |= _with_tools(self.tools)
        members |= _narrowing(chunks, by_tools=bool(self.tools and not dynamic_tools))
        self._demands = demands(chunks, self.tools, uses)
        if self.targets is not None:
            check(self._demands, targets_of(self.targets))
        results = [tool.result_chunk for tool in self.tools]
        general = [] if data else [DataChunk]
        self._classes: tuple[type[Chunk], ...] = (*_classes(members.values()), *general, *results)
        self.chunk = tagged(list(members.values()))
        if not data:
            self.chunk = Annotated[
                Annotated[self.chunk, Tag("standard")] | Annotated[DataChunk, Tag("data-")],
                Discriminator(unions.chunk_kind),
            ]
        self.chunk = Annotated[self.chunk, Clients()]
        self.part = _parts(data, self.tools, dynamic_tools=dynamic_tools)
        self._data = data
        self._dynamic_tools = dynamic_tools
        self._made: dict[type[WireModel], type[WireModel]] = {}
        self.message = self._message(UIMessage)
        self.request = self._request(ChatRequest)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        if source in (unions.UIMessageChunk, Chunk):
            return handler.generate_schema(self.chunk)
        if source is unions.UIMessagePart:
            return handler.generate_schema(self.part)
        if isinstance(source, type) and issubclass(source, UIMessage):
            return handler.generate_schema(self._message(source))
        if isinstance(source, type) and issubclass(source, ChatRequest):
            return handler.generate_schema(self._request(source))
        message = f"a UIStream annotates UIMessageChunk, UIMessagePart, UIMessage or ChatRequest, or a subclass; not {source!r}"
        raise TypeError(message)

    def __samewire_ui_stream__(self, source: Any) -> dict[str, Any] | None:
        """
        What a frontend may know by name, if ``source`` is the chunks; each type as a class and the key of one of its properties.

        ``metadata`` is a type or ``None``, ``data`` has one for each name, ``tools`` a dictionary with ``input``, ``output`` and
        ``prefix``. The generator reads this wherever it meets it and needs nothing else of this package.
        """
        if source not in (unions.UIMessageChunk, Chunk):
            return None
        typed = None if self.metadata is None else _with_metadata(self.metadata)
        return {
            "metadata": typed and (typed["message-metadata"], "messageMetadata"),
            "data": {_tag(one).removeprefix("data-"): (one, "data") for one in self._data},
            "tools": {
                tool.name: {
                    "input": (tool.chunks["tool-input-available"], "input"),
                    "output": (tool.result_chunk, "output"),
                    "prefix": tool.prefix,
                }
                for tool in self.tools
            },
            "dynamic_tools": self._dynamic_tools,
        }

    # --- Sending ------------------------------------------------------------------------------------------------------

    def encoder(
        self, targets: str | Iterable[str] | None = None, **options: Unpack[EncoderOptions]
    ) -> Encoder:
        """
        Returns an encoder that sends what this contract allows, to the clients of ``targets``, or of the contract's.

        Raises:
            TargetError: they lack a chunk or a field that the contract names, or approvals that a tool of it needs.

        """
        made = Encoder(self.targets if targets is None else targets, contract=self, **options)
        check(self._demands, made.targets)
        return made

    @property
    def tool_names(self) -> frozenset[str] | None:
        """The tools that may be called; ``None`` for any."""
        closed = self.tools and not self._dynamic_tools
        return frozenset(tool.name for tool in self.tools) if closed else None

    def admits(self, cls: type[Chunk]) -> bool:
        """Whether every chunk of this class belongs to the contract."""
        return issubclass(cls, self._classes)

    def admitted(self, chunk: Chunk) -> Chunk:
        """
        Returns the same chunk as the contract's class.

        Raises:
            ValidationError: the contract has no such chunk.

        """
        fields = {
            info.alias or name: getattr(chunk, name)
            for name, info in type(chunk).model_fields.items()
            if not info.exclude and (name == "type" or name in chunk.model_fields_set)
        }
        return cast("Chunk", self._adapter.validate_python(fields))

    @cached_property
    def _adapter(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.chunk)

    # --- Types --------------------------------------------------------------------------------------------------------

    def _message(self, base: type[UIMessage]) -> type[UIMessage]:
        fields: dict[str, Any] = {"parts": (GenericAlias(list, (self.part,)), ...)}
        if self.metadata is not None:
            fields["metadata"] = (omittable(self.metadata), None)
        return self._narrowed_once(base, fields)

    def _request(self, base: type[ChatRequest]) -> type[ChatRequest]:
        message = self._message(get_args(base.model_fields["messages"].annotation)[0])
        return self._narrowed_once(base, {"messages": (GenericAlias(list, (message,)), ...)})

    def _narrowed_once(self, base: type[ModelT], fields: dict[str, Any]) -> type[ModelT]:
        """One class however often it is asked for: the generator tells types apart by identity."""
        if base not in self._made:
            self._made[base] = narrowed(base, base.__name__, **fields)
        return cast("type[ModelT]", self._made[base])


# --- Chunks -----------------------------------------------------------------------------------------------------------


def _standard_chunks() -> dict[str, Any]:
    """Every fixed type with its class, in the protocol's order."""
    union = get_args(unions.StandardChunk.__value__)[0]
    return {cls.model_fields["type"].default: cls for cls in get_args(union)}


def _with_metadata(metadata: Any) -> dict[str, Any]:
    optional = (omittable(metadata), None)
    return {
        "start": narrowed(StartChunk, "StartChunk", message_metadata=optional),
        "message-metadata": narrowed(
            MessageMetadataChunk, "MessageMetadataChunk", message_metadata=(metadata, ...)
        ),
        "finish": narrowed(FinishChunk, "FinishChunk", message_metadata=optional),
    }


def _with_tools(tools: Sequence[Tool[Any, Any]]) -> dict[str, Any]:
    """A result does not say which tool it is of, so its output is any tool's."""
    outputs = reduce(or_, (tool.output for tool in tools))
    made: dict[str, Any] = {
        tag: tagged([tool.chunks[tag] for tool in tools], by="tool_name") for tag in tools[0].chunks
    }
    name = ToolOutputAvailableChunk.__name__
    result = narrowed(ToolOutputAvailableChunk, name, output=(outputs, ...))
    return {**made, "tool-output-available": result}


def _narrowing(chunks: Sequence[type[Chunk]], *, by_tools: bool) -> dict[str, type[Chunk]]:
    """The application's own classes by their type."""
    standard = _standard_chunks()
    named: dict[str, type[Chunk]] = {}
    for cls in chunks:
        tag = _tag(cls)
        base = standard.get(tag, DataChunk if tag.startswith("data-") else None)
        if base is None or not issubclass(cls, base) or cls is base:
            wanted = f"no subclass of {base.__name__}" if base else "not a type of chunk"
            message = f"{cls.__name__}: its type is {tag!r}, but it is {wanted}"
            raise TypeError(message)
        if tag in named:
            message = f"{named[tag].__name__} and {cls.__name__} both narrow {tag!r}, and clients can't tell them apart"
            raise TypeError(message)
        if by_tools and "tool_name" in base.model_fields:
            message = f"{cls.__name__} narrows {tag!r}, which `tools` does already; leave it out"
            raise TypeError(message)
        named[tag] = cls
    return named


def _tag(cls: type[Chunk]) -> str:
    """The one value that ``type`` has in a chunk class."""
    field = cls.model_fields.get("type")
    values = get_args(field.annotation) if field and get_origin(field.annotation) is Literal else ()
    if len(values) != 1 or field is None or field.default != values[0]:
        message = f'{cls.__name__}: its `type` has no single value; write type: Literal["data-name"] = "data-name"'
        raise TypeError(message)
    return str(values[0])


def _classes(members: Iterable[Any]) -> Iterable[type[Chunk]]:
    """The classes in unions of them."""
    for member in members:
        if isinstance(member, type):
            yield member
        else:
            yield from _classes(
                get_args(member)[:1] if get_origin(member) is Annotated else get_args(member)
            )


# --- Parts ------------------------------------------------------------------------------------------------------------


def _parts(
    data: Sequence[type[DataChunk]], tools: Sequence[Tool[Any, Any]], *, dynamic_tools: bool
) -> Any:
    """The union of a message's parts: by type alone where every type is a word."""
    closed = list(get_args(get_args(unions.StandardUIPart.__value__)[0]))
    if tools and not dynamic_tools:
        closed.remove(NamedDynamicToolUIPart)
    closed += [tool.part for tool in tools] + [_data_part(one) for one in data]
    union = tagged(closed)
    general: list[Any] = [] if tools else [Annotated[NamedToolUIPart, Tag("tool-")]]
    if not data:
        general.append(Annotated[DataUIPart, Tag("data-")])
    if not general:
        return union

    open_kinds = {get_args(one)[1].tag for one in general}

    def kind(value: object) -> str:
        tag = unions.kind(value)
        return tag if tag in open_kinds else "closed"

    return Annotated[reduce(or_, general, Annotated[union, Tag("closed")]), Discriminator(kind)]


def _data_part(chunk: type[DataChunk]) -> type[UIPart]:
    """What a data chunk leaves in the message: ``PlanChunk`` a ``PlanUIPart``."""
    type_, data = chunk.model_fields["type"], chunk.model_fields["data"]
    return narrowed(
        DataUIPart,
        f"{chunk.__name__.removesuffix('Chunk')}UIPart",
        like=chunk,
        type=(type_.annotation, type_.default),
        data=(data.rebuild_annotation(), ...),
    )


def _refuse_twins(prefixes: Iterable[str]) -> None:
    twins = [prefix for prefix, count in Counter(prefixes).items() if count > 1]
    if twins:
        raise TypeError(f"two tools whose classes would begin with {twins[0]}; pass prefix= to one")
