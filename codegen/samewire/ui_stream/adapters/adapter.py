"""What the adapters of all vendors share: a reply, its calls of the model, and what is left of them."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from inspect import isawaitable, iscoroutine
from typing import Any, ClassVar, Final

from samewire.ui_stream.adapters.calls import Calls, ToolCall
from samewire.ui_stream.adapters.values import Usage
from samewire.ui_stream.chunks import Chunk, FinishChunk, StartChunk
from samewire.ui_stream.messages import UIMessage
from samewire.ui_stream.reducer import MessageReducer
from samewire.ui_stream.shared import FinishReason
from samewire.ui_stream.tool_parts import CallPart, DynamicToolCallUIPart
from samewire.ui_stream.tools import Tool

_log: Final = logging.getLogger("samewire.ui_stream")


_WAITING: Final = ("input-available", "approval-requested", "approval-responded")
"""States of a call whose output may come in the reply that continues its message."""


def usage_metadata(usage: Usage) -> dict[str, Any]:
    return {"usage": usage}


class Adapter(Calls, ABC):
    """
    Chunks of one reply from a vendor's events, objects of its classes or their JSON. It never imports the vendor's package.

    Args:
        message_id: the message's, if the server makes it.
        continues: the message that the reply continues (``request.continues``).
        tools: all that the contract knows; a call of any other is then dynamic. Of a :class:`~samewire.ui_stream.Tool` the input is
            validated. Without ``tools`` every call is one of a tool known by name.
        message_metadata: what the reply's ``finish`` says of the tokens used; by default ``{"usage": ...}``. ``None``: nothing.

    """

    ignored: ClassVar[Mapping[str, str]] = {}
    """Types of events that make no chunk, with the reason."""

    def __init__(
        self,
        *,
        message_id: str | None = None,
        continues: UIMessage | None = None,
        tools: Iterable[Tool[Any, Any] | str] | None = None,
        message_metadata: Callable[[Usage], Any] | None = usage_metadata,
    ) -> None:
        parts = [] if continues is None else continues.parts
        calls = [one for one in parts if isinstance(one, CallPart)]
        super().__init__(tools, (one.tool_call_id for one in calls), count=len(parts))
        for part in calls:
            if getattr(part, "state", "") in _WAITING:
                self._continue_call(part)
        self.usage = Usage()
        """Tokens of all calls of the model so far."""
        self._used_before = self.usage
        self.finish_reason: FinishReason | None = None
        """Of the last call of the model; ``None`` while it runs."""
        self.unknown: Counter[str] = Counter()
        """How many events of types came that this version of Samewire does not know; the first of each is logged."""
        self._start = StartChunk(message_id=message_id if continues is None else continues.id)
        self._reducer = MessageReducer(continues, id=self._start.message_id or "reply")
        self._needs_step = continues is not None
        self._message_metadata = message_metadata

    @property
    def message(self) -> UIMessage:
        """The message so far, including outputs: what the model receives after its tools ran."""
        return self._reducer.message

    def within(self, messages: Iterable[UIMessage]) -> list[UIMessage]:
        """Returns ``messages`` with the message so far: appended, or in place of the one that it continues."""
        found, message = [*messages], self.message
        if all(one.id != message.id for one in found):
            return [*found, message]
        return [message if one.id == message.id else one for one in found]

    def _continue_call(self, part: CallPart) -> None:
        approved = getattr(getattr(part, "approval", None), "approved", None)
        call = ToolCall(
            part.tool_call_id,
            part.tool_name,
            getattr(part, "input", None),
            dynamic=True if isinstance(part, DynamicToolCallUIPart) else None,
            tool=self.typed(part.tool_name),
            provider_executed=True if part.provider_executed else None,
            denied=approved is False,
            note=self.note,
        )
        self.continue_call(call, to_run=approved is True and not part.provider_executed)

    # --- A reply ---

    async def reply(self, events: Any) -> AsyncIterator[Chunk]:
        """
        Yields the whole reply, from ``start`` to ``finish``, of one model call.

        ``events`` is what the vendor's client returns: an asynchronous iterator, a context manager that yields one, or an
        awaitable of either. It is closed when the reply ends or is abandoned. Its exceptions pass through: the response closes
        what is open and sends ``error``.
        """
        try:
            yield self.start()
            async for chunk in self.step(events):
                yield chunk
        finally:
            if iscoroutine(events):
                events.close()  # of no effect on one that has run
        for chunk in self.finish():
            yield chunk

    def start(self) -> Chunk:
        return self.note(self._start)

    async def step(self, events: Any) -> AsyncIterator[Chunk]:
        """Yields the chunks of one model call, for replies with several calls; :attr:`calls` then has the tools to run."""
        async with _opened(events) as stream:
            self.begin()
            async for event in stream:
                for chunk in self.feed(event):
                    yield chunk
        for chunk in self.end():
            yield chunk

    def finish(self) -> list[Chunk]:
        """Closes the step and the reply."""
        if self._needs_step:  # or the client posts again for ever
            self.inside()
        self.end_step()
        said = self._message_metadata if self.usage != Usage() else None
        fields = {} if said is None else {"message_metadata": said(self.usage)}
        self.write(FinishChunk(finish_reason=self.finish_reason, **fields))
        return self._sent(self.drain())

    # --- One event at a time ---

    def begin(self) -> None:
        """A call of the model begins."""
        self.finish_reason = None
        self._used_before = self.usage
        self.begin_step()

    def feed(self, event: Any) -> list[Chunk]:
        """
        The chunks of one event.

        Raises:
            ModelError: the event says that the model failed.

        """
        self.take(event)
        return self._sent(self.drain())

    def end(self) -> list[Chunk]:
        """The events of a call of the model are over."""
        self.end_blocks()
        if self.finish_reason is None:
            _log.warning("%s: the model's events ended before the end", type(self).__name__)
            self.finish_reason = "interrupted"
        return self._sent(self.drain())

    @abstractmethod
    def take(self, event: Any) -> None:
        """Writes what an event comes to."""

    def begin_step(self) -> None:
        self._needs_step = False
        super().begin_step()

    def used(self, usage: Usage) -> None:
        """The tokens of this call of the model so far."""
        self.usage = self._used_before + usage

    def pass_over(self, kind: str) -> None:
        """An event of a type that makes no chunk, or is not known."""
        if kind in self.ignored:
            return
        if kind not in self.unknown:
            _log.warning(
                "%s does not know the event %r and leaves it out", type(self).__name__, kind
            )
        self.unknown[kind] += 1

    def note(self, chunk: Chunk) -> Chunk:
        self._reducer.apply(chunk)
        return chunk

    def _sent(self, chunks: list[Chunk]) -> list[Chunk]:
        return [self.note(chunk) for chunk in chunks]


@asynccontextmanager
async def _opened(events: Any) -> AsyncIterator[Any]:
    stream = await events if isawaitable(events) else events
    if not hasattr(stream, "__aiter__"):
        async with stream as inner:
            yield inner
        return
    try:
        yield stream
    finally:
        close: Callable[[], Awaitable[None] | None] | None
        close = getattr(stream, "aclose", None) or getattr(stream, "close", None)
        closing = close() if close is not None else None
        if closing is not None:
            await closing
