"""The guard of a UI message stream."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator
from typing import Any, Final, TypedDict, Unpack

from samewire.streams import CLOSED, Broken, Continued, Guard, Known
from samewire.streams.events import event_classes
from samewire.ui_stream._base import MISSING, Text
from samewire.ui_stream.chunks import (
    AbortChunk,
    Chunk,
    ErrorChunk,
    FinishChunk,
    MessageMetadataChunk,
    StartChunk,
)
from samewire.ui_stream.messages import ChatRequest, UIMessage
from samewire.ui_stream.order import CALL
from samewire.ui_stream.parts import UIPart
from samewire.ui_stream.shared import FinishReason
from samewire.ui_stream.tool_parts import CallPart, DynamicToolCallUIPart
from samewire.ui_stream.unions import UIMessageChunk

_log = logging.getLogger("samewire.ui_stream")

_STATES: Final = {
    "input-available": "called",
    "approval-requested": "approval-requested",
    "output-available": CLOSED,
    "output-error": CLOSED,
    "output-denied": CLOSED,
    # Clients disagree on input that goes on in another reply, and the model writes it anew.
    "input-streaming": CLOSED,
}


_CLASSES: Final = event_classes(UIMessageChunk)


class FinishFields(TypedDict, total=False):
    """Further fields of a :class:`~samewire.ui_stream.FinishChunk`."""

    message_metadata: Any


class StreamGuard:
    """
    Lets the chunks of one reply pass in an order that every client takes; see ``docs/stream-order.md`` for the rules.

    ``continues`` is the assistant message that the reply goes on with, or the request that says so: outputs and approvals may then
    come for its calls, ``start`` carries its id or none, and there is at least one step. ``strict`` is for tests.

    >>> guard = StreamGuard()
    >>> [chunk.type for chunk in guard.run([TextDeltaChunk(id="t", delta="hello")])]
    ['start', 'start-step', 'text-start', 'text-delta', 'text-end', 'finish-step', 'finish']
    """

    __slots__ = ("_guard", "feed")

    def __init__(
        self,
        *,
        strict: bool = False,
        continues: UIMessage | ChatRequest | None = None,
        log: logging.Logger | None = None,
    ) -> None:
        message = continues.continues if isinstance(continues, ChatRequest) else continues
        continued = None if message is None else continuation(message)
        self._guard: Guard[Chunk] = Guard(
            _CLASSES, strict=strict, continued=continued, log=log or _log, repair=_metadata_of_start
        )
        self.feed: Callable[[Chunk], tuple[Chunk, ...]] = self._guard.feed
        """
        What to send for a chunk: usually itself; nothing, or a few chunks, where it is out of order.

        Raises :class:`~samewire.streams.OrderError` in strict mode. The guard is then as it was before.
        """

    @property
    def over(self) -> bool:
        """Whether a ``finish``, ``error`` or ``abort`` has passed."""
        return self._guard.over

    def finish(
        self, finish_reason: FinishReason | None = None, **fields: Unpack[FinishFields]
    ) -> tuple[Chunk, ...]:
        """Returns what closes everything that is open, and ``finish``; nothing if the stream is over. Also works in strict mode."""
        return self._guard.close(FinishChunk(finish_reason=finish_reason, **fields))

    def fail(self, error_text: Text) -> tuple[Chunk, ...]:
        """Like :meth:`finish`, with ``error``."""
        return self._guard.close(ErrorChunk(error_text=error_text))

    def abort(self, reason: Text | None = None) -> tuple[Chunk, ...]:
        """Like :meth:`finish`, with ``abort``."""
        return self._guard.close(AbortChunk(reason=reason))

    def end(self) -> tuple[Chunk, ...]:
        """
        Returns the chunks that are missing at the end of the producer.

        Raises:
            OrderError: in strict mode, if anything is.

        """
        return self._guard.end()

    def run(self, chunks: Iterable[Chunk]) -> Iterator[Chunk]:
        """Yields a whole reply. Exceptions of the producer pass through, and the reply is then not ended."""
        return self._guard.run(chunks)

    def arun(self, chunks: AsyncIterable[Chunk]) -> AsyncIterator[Chunk]:
        """The asynchronous form of :meth:`run`."""
        return self._guard.arun(chunks)


def continuation(message: UIMessage) -> Continued:
    """What a reply that continues ``message`` goes on with."""
    calls: dict[str, Known] = {}
    for part in message.parts:
        call = _call(part)
        if call is not None:
            calls[call[0]] = call[1]
    return Continued({CALL: calls}, {"message_id": message.id})


def _call(part: UIPart) -> tuple[str, Known] | None:
    if not isinstance(part, CallPart):
        return None
    dynamic = isinstance(part, DynamicToolCallUIPart)
    state: str = getattr(part, "state", "")
    approval = getattr(part, "approval", None)
    if state == "approval-responded":
        known = "approved" if getattr(approval, "approved", False) else "denied"
    elif state == "output-available" and getattr(part, "preliminary", None):
        known = "preliminary"
    else:
        known = _STATES.get(state, CLOSED)
    same = {"tool_name": part.tool_name, "dynamic": dynamic}
    return part.tool_call_id, Known(known, same, getattr(approval, "id", None))


def _metadata_of_start(chunk: Any, broken: Broken) -> list[Chunk] | None:
    """A second ``start`` may bring metadata, which has a chunk of its own."""
    if (
        broken.rule == "first-again"
        and isinstance(chunk, StartChunk)
        and chunk.message_metadata is not MISSING
        and chunk.message_metadata is not None
    ):
        return [MessageMetadataChunk(message_metadata=chunk.message_metadata)]
    return None
