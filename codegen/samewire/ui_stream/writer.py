"""
A writer for replies: it opens and closes what the order of chunks asks for.

It writes through the function that :func:`~samewire.ui_stream.production.written` gives.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import count
from types import TracebackType
from typing import Any, Final, Generic, Self, TypeAlias, TypeVar
from uuid import uuid4

from samewire.ui_stream._base import MISSING, Text
from samewire.ui_stream.chunks import (
    AbortChunk,
    Chunk,
    DataChunk,
    ErrorChunk,
    FinishChunk,
    FinishStepChunk,
    MessageMetadataChunk,
    ReasoningDeltaChunk,
    ReasoningEndChunk,
    ReasoningStartChunk,
    StartChunk,
    StartStepChunk,
    SteeringMessageChunk,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
)
from samewire.ui_stream.messages import UIMessage
from samewire.ui_stream.shared import FinishReason
from samewire.ui_stream.tool_chunks import (
    ToolApprovalRequestChunk,
    ToolInputDeltaChunk,
    ToolInputStartChunk,
    ToolOutputErrorChunk,
)
from samewire.ui_stream.tools import Tool

InputT = TypeVar("InputT")
OutputT = TypeVar("OutputT")

Send: TypeAlias = Callable[[Chunk], Awaitable[None]]
Say: TypeAlias = Callable[[Text], Awaitable[None]]
"""Adds a piece to a text."""

_OUTSIDE: Final = (DataChunk, MessageMetadataChunk, SteeringMessageChunk, ErrorChunk, AbortChunk)
"""Chunks that need no step."""


class Call(Generic[InputT, OutputT]):
    """A call of a tool: its input, as a whole or in pieces of JSON before, and what comes of it."""

    def __init__(self, writer: Writer, tool: Tool[InputT, OutputT], tool_call_id: str) -> None:
        self.id: Final = tool_call_id
        self._writer = writer
        self._tool = tool
        self._begun = False
        self._has_input = False

    async def delta(self, text: Text) -> None:
        """A piece of the input as the model writes it."""
        if not self._begun:
            begun = ToolInputStartChunk(tool_call_id=self.id, tool_name=self._tool.name)
            await self._writer.send(begun)
            self._begun = True
        await self._writer.send(ToolInputDeltaChunk(tool_call_id=self.id, input_text_delta=text))

    async def input(self, value: InputT) -> None:
        """The whole input, validated."""
        await self._writer.send(self._tool.call(self.id, value))
        self._has_input = True

    async def ask(self, approval_id: str | None = None) -> str:
        """Asks the user to approve the call; the reply that continues this message goes on. Gives the approval's identifier."""
        self.check_input()
        approval = approval_id or f"approval-{self.id}"
        chunk = ToolApprovalRequestChunk(approval_id=approval, tool_call_id=self.id)
        await self._writer.send(chunk)
        return approval

    async def preliminary(self, output: OutputT) -> None:
        """An output that another one replaces."""
        self.check_input()
        await self._writer.send(self._tool.result(self.id, output, preliminary=True))

    async def output(self, output: OutputT) -> None:
        """The output, validated."""
        self.check_input()
        await self._writer.send(self._tool.result(self.id, output))

    async def fail(self, error_text: Text) -> None:
        """The tool failed; the model and the user are told why."""
        self.check_input()
        await self._writer.send(ToolOutputErrorChunk(tool_call_id=self.id, error_text=error_text))

    def check_input(self) -> None:
        """Raises RuntimeError if the call has no input."""
        if not self._has_input:
            raise RuntimeError(f"the call {self.id!r} of {self._tool.name!r} has no input yet")


class Writer:
    """
    Writes one reply: ``start`` on entering, ``finish`` on leaving, and a step around what needs one.

    When the block raises, nothing more is written: the response closes what is open and says that the reply failed.
    """

    def __init__(self, send: Send, start: StartChunk, *, needs_step: bool) -> None:
        self._send = send
        self._start = start
        self._in_step = False
        self._needs_step = needs_step
        self._ids = count(1)
        self.finish_reason: FinishReason | None = None
        """Of the ``finish``."""
        self.message_metadata: Any = MISSING
        """Of the ``finish``."""

    async def __aenter__(self) -> Self:
        await self._send(self._start)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            return
        if self._needs_step:  # or the client posts again for ever
            await self._begin_step()
        await self._end_step()
        fields = {} if self.message_metadata is MISSING else {"message_metadata": self.message_metadata}  # fmt: skip
        await self._send(FinishChunk(finish_reason=self.finish_reason, **fields))

    async def send(self, chunk: Chunk) -> None:
        """Writes any other chunk: a file, a source, a data chunk. Opens a step for one that needs it."""
        if not self._in_step and not isinstance(chunk, _OUTSIDE):
            await self._begin_step()
        await self._send(chunk)

    async def data(self, chunk: DataChunk) -> None:
        """Writes a data chunk."""
        await self.send(chunk)

    async def metadata(self, message_metadata: Any) -> None:
        """Adds to the metadata of the message."""
        await self.send(MessageMetadataChunk(message_metadata=message_metadata))

    @asynccontextmanager
    async def step(self) -> AsyncIterator[None]:
        """A call of the model, apart from the one before it."""
        await self._end_step()
        await self._begin_step()
        yield
        await self._end_step()

    @asynccontextmanager
    async def text(self) -> AsyncIterator[Say]:
        """A text: ``async with w.text() as say: await say("Hello")``."""
        key = f"text-{next(self._ids)}"

        async def say(piece: Text) -> None:
            await self._send(TextDeltaChunk(id=key, delta=piece))

        await self.send(TextStartChunk(id=key))
        yield say
        await self._send(TextEndChunk(id=key))

    @asynccontextmanager
    async def reasoning(self) -> AsyncIterator[Say]:
        """As :meth:`text`, of what the model thinks."""
        key = f"reasoning-{next(self._ids)}"

        async def say(piece: Text) -> None:
            await self._send(ReasoningDeltaChunk(id=key, delta=piece))

        await self.send(ReasoningStartChunk(id=key))
        yield say
        await self._send(ReasoningEndChunk(id=key))

    @asynccontextmanager
    async def tool(
        self, tool: Tool[InputT, OutputT], tool_call_id: str | None = None
    ) -> AsyncIterator[Call[InputT, OutputT]]:
        """
        A call of a tool. It must have its input when the block is left; its output may come in a later reply.

        Raises:
            RuntimeError: on leaving, the call has no input.

        """
        call = Call(self, tool, tool_call_id or f"call-{uuid4().hex[:12]}")
        yield call
        call.check_input()

    async def result(self, tool: Tool[Any, OutputT], tool_call_id: str, output: OutputT) -> None:
        """The output of a call that the continued message has."""
        await self.send(tool.result(tool_call_id, output))

    async def _begin_step(self) -> None:
        self._in_step, self._needs_step = True, False
        await self._send(StartStepChunk())

    async def _end_step(self) -> None:
        if self._in_step:
            self._in_step = False
            await self._send(FinishStepChunk())


def write(
    send: Send,
    *,
    message_id: str | None = None,
    message_metadata: Any = MISSING,
    continues: UIMessage | None = None,
) -> Writer:
    """
    A writer of one reply, for ``async with``::

        async def produce(send):
            async with write(send) as w:
                async with w.text() as say:
                    await say("Hello")

        UIStreamResponse(written(produce))

    ``continues`` is the message that the reply continues, whose ``message_id`` it then has.
    """
    key = message_id if continues is None else continues.id
    fields = {} if message_metadata is MISSING else {"message_metadata": message_metadata}
    start = StartChunk(message_id=key, **fields)
    return Writer(send, start, needs_step=continues is not None)
