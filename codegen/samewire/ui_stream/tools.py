"""A tool whose input and output are models, and the classes of its chunks and parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Annotated, Any, Generic, Literal, TypedDict, TypeVar, Unpack

from pydantic import Field, create_model
from typing_extensions import TypeAliasType

from samewire.ui_stream import tool_chunks as tc
from samewire.ui_stream import tool_parts as tp
from samewire.ui_stream._base import Text, WireModel
from samewire.ui_stream.chunks import Chunk
from samewire.ui_stream.shared import ProviderMetadata, ToolMetadata

InputT = TypeVar("InputT")
OutputT = TypeVar("OutputT")
ModelT = TypeVar("ModelT", bound=WireModel)


class CallFields(TypedDict, total=False):
    """Further fields of a :class:`~samewire.ui_stream.ToolInputAvailableChunk`."""

    provider_executed: bool | None
    provider_metadata: ProviderMetadata | None
    tool_metadata: ToolMetadata | None
    title: Text | None


class ResultFields(TypedDict, total=False):
    """Further fields of a :class:`~samewire.ui_stream.ToolOutputAvailableChunk`."""

    provider_executed: bool | None
    provider_metadata: ProviderMetadata | None
    tool_metadata: ToolMetadata | None
    preliminary: bool | None


class Tool(Generic[InputT, OutputT]):
    """
    A tool by its name, with the types of its input and output.

    Classes made for it begin with the name in PascalCase (``find_block``: ``FindBlockToolInputAvailableChunk``); ``prefix`` is for
    a name that can't begin one. ``needs_approval`` says that calls of it may ask the user first, which not every client can.

    ``chunks`` has the three chunks that carry the tool's name, ``result_chunk`` the output, ``part`` the union of the seven states
    of ``tool-NAME`` (``parts``). What the model or a client may have got wrong is not typed: the input of ``input-streaming`` and
    of an error.
    """

    def __init__(
        self,
        name: str,
        input: type[InputT],  # noqa: A002  # the protocol's word
        output: type[OutputT],
        *,
        prefix: str | None = None,
        needs_approval: bool = False,
    ) -> None:
        self.name = name
        self.needs_approval = needs_approval
        self.input = input
        self.output = output
        self.prefix = prefix or _pascal(name)
        if not self.prefix.isidentifier():
            message = (
                f"Tool({name!r}): {self.prefix!r} can't begin the name of a class; pass prefix="
            )
            raise ValueError(message)
        tool_name = (Literal[(name,)], name)
        self.chunks: dict[str, type[Chunk]] = {
            "tool-input-start": self._typed(tc.ToolInputStartChunk, tool_name=tool_name),
            "tool-input-available": self._typed(
                tc.ToolInputAvailableChunk, tool_name=tool_name, input=(input, ...)
            ),
            "tool-input-error": self._typed(tc.ToolInputErrorChunk, tool_name=tool_name),
        }
        self.result_chunk = self._typed(tc.ToolOutputAvailableChunk, output=(output, ...))
        self.parts = self._parts()
        self.part = TypeAliasType(f"{self.prefix}ToolUIPart", tagged(self.parts, by="state"))

    def call(
        self,
        tool_call_id: str,
        input: InputT,  # noqa: A002  # the protocol's word
        **fields: Unpack[CallFields],
    ) -> tc.ToolInputAvailableChunk:
        """The chunk ``tool-input-available``, its input validated."""
        cls: Any = self.chunks["tool-input-available"]
        made: tc.ToolInputAvailableChunk = cls(tool_call_id=tool_call_id, input=input, **fields)
        return made

    def result(
        self, tool_call_id: str, output: OutputT, **fields: Unpack[ResultFields]
    ) -> tc.ToolOutputAvailableChunk:
        """The chunk ``tool-output-available``, its output validated."""
        return self.result_chunk(tool_call_id=tool_call_id, output=output, **fields)

    def _parts(self) -> tuple[type[tp.ToolCallUIPart], ...]:
        type_ = f"tool-{self.name}"
        name: Any = {"type": (Literal[(type_,)], type_)}
        called: Any = {**name, "input": (self.input, ...)}
        return (
            self._typed(tp.ToolInputStreamingUIPart, **name),
            self._typed(tp.ToolInputAvailableUIPart, **called),
            self._typed(tp.ToolApprovalRequestedUIPart, **called),
            self._typed(tp.ToolApprovalRespondedUIPart, **called),
            self._typed(tp.ToolOutputAvailableUIPart, **called, output=(self.output, ...)),
            self._typed(tp.ToolOutputErrorUIPart, **name),
            self._typed(tp.ToolOutputDeniedUIPart, **called),
        )

    def _typed(self, base: type[ModelT], **fields: Any) -> type[ModelT]:
        return narrowed(base, f"{self.prefix}{base.__name__}", **fields)


def narrowed(
    base: type[ModelT], name: str, like: type[WireModel] | None = None, **fields: Any
) -> type[ModelT]:
    """A subclass of ``base`` with these fields, with the documentation and the module of ``like`` or else of ``base``."""
    like = like or base
    made: type[ModelT] = create_model(
        name, __base__=base, __module__=like.__module__, __doc__=like.__doc__, **fields
    )
    return made


def tagged(members: Sequence[Any], by: str = "type") -> Any:
    """The union of ``members``, told apart by one field."""
    if len(members) == 1:
        return members[0]
    return Annotated[reduce(or_, members), Field(discriminator=by)]


def _pascal(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in re.findall(r"[^\W_]+", name))
