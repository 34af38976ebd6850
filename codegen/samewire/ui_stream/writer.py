"""
A writer for replies: it opens and closes what the order of chunks asks for.

It writes through the function that :func:`~samewire.ui_stream.production.written` gives.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import count
from types import TracebackType
from typing import Any, Final, Self, TypeAlias, TypeVar, Unpack, overload
from uuid import uuid4

from samewire.ui_stream._base import MISSING, Text
from samewire.ui_stream.call_writer import Call, output_chunk
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
from samewire.ui_stream.shared import Citation, FinishReason, ProviderMetadata
from samewire.ui_stream.tools import CallFields, Tool

InputT = TypeVar("InputT")
OutputT = TypeVar("OutputT")

Send: TypeAlias = Callable[[Chunk], Awaitable[None]]
_OUTSIDE: Final = (DataChunk, MessageMetadataChunk, SteeringMessageChunk, ErrorChunk, AbortChunk)
"""Chunks that need no step."""


class Say:
    """
    Adds a piece to a text: ``await say("Hello")``.

    ``provider_metadata`` (a signature of reasoning, say) and ``citations`` are sent when the text is left.
    """

    def __init__(self, add: Callable[[Text], Awaitable[None]]) -> None:
        self._add = add
        self.provider_metadata: ProviderMetadata | None = None
        self.citations: list[Citation] | None = None

    async def __call__(self, piece: Text) -> None:
        await self._add(piece)


class Writer:
    """
    Writes one reply: ``start`` on entering, ``finish`` on leaving, and a step around what needs one.

    A text or a call whose block raises is closed, so that the reply may go on in another way. When the writer's own block raises,
    nothing more is written: the response closes what is open and says that the reply failed.
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
        try:
            yield
        except Exception:
            await self._end_step()
            raise
        await self._end_step()

    def text(self) -> AbstractAsyncContextManager[Say]:
        """A text: ``async with w.text() as say: await say("Hello")``."""
        key = f"text-{next(self._ids)}"

        def end(said: Say) -> Chunk:
            return TextEndChunk(
                id=key, citations=said.citations, provider_metadata=said.provider_metadata
            )

        return self._block(
            TextStartChunk(id=key), lambda piece: TextDeltaChunk(id=key, delta=piece), end
        )

    def reasoning(self) -> AbstractAsyncContextManager[Say]:
        """As :meth:`text`, of what the model thinks."""
        key = f"reasoning-{next(self._ids)}"

        def end(said: Say) -> Chunk:
            return ReasoningEndChunk(id=key, provider_metadata=said.provider_metadata)

        return self._block(
            ReasoningStartChunk(id=key), lambda piece: ReasoningDeltaChunk(id=key, delta=piece), end
        )

    @overload
    def tool(
        self,
        tool: Tool[InputT, OutputT],
        tool_call_id: str | None = None,
        **fields: Unpack[CallFields],
    ) -> AbstractAsyncContextManager[Call[InputT, OutputT]]: ...

    @overload
    def tool(
        self, tool: str, tool_call_id: str | None = None, **fields: Unpack[CallFields]
    ) -> AbstractAsyncContextManager[Call[Any, Any]]: ...

    def tool(
        self,
        tool: Tool[Any, Any] | str,
        tool_call_id: str | None = None,
        **fields: Unpack[CallFields],
    ) -> AbstractAsyncContextManager[Call[Any, Any]]:
        """
        A call of a tool, or of a dynamic one by its name. ``fields`` are those of the call: a title, say.

        It must have its input when the block is left; its output may come in a later reply. If the block raises, the call fails.

        Raises:
            RuntimeError: on leaving, the call has no input.

        """
        key = tool_call_id or f"call-{uuid4().hex[:12]}"
        return self._call(Call(self.send, tool, key, fields))

    async def result(
        self, tool: Tool[Any, OutputT] | str, tool_call_id: str, output: OutputT
    ) -> None:
        """The output of a call that the continued message has."""
        await self.send(output_chunk(tool, tool_call_id, output))

    @asynccontextmanager
    async def _block(
        self,
        start: Chunk,
        delta: Callable[[Text], Chunk],
        end: Callable[[Say], Chunk],
    ) -> AsyncIterator[Say]:
        say = Say(lambda piece: self._send(delta(piece)))
        await self.send(start)
        try:
            yield say
        except Exception:
            await self._send(end(say))  # who catches it may go on with the reply
            raise
        await self._send(end(say))

    @asynccontextmanager
    async def _call(self, call: Call[Any, Any]) -> AsyncIterator[Call[Any, Any]]:
        try:
            yield call
        except Exception:
            await call.interrupt()
            raise
        call.check_input()

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
