"""
A running stream: its own task produces events, and readers take frames in batches.

For asyncio. One task runs the whole source, so that cancel scopes and task groups around its ``yield`` are entered and left in the
same task, in the context of whoever starts it.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import (
    AsyncIterable,
    Awaitable,
    Callable,
)
from contextvars import copy_context
from typing import Final, Generic, Protocol, TypeAlias, TypeVar, runtime_checkable

from samewire.streams.frames import FrameWriter
from samewire.streams.limits import UNLIMITED, LimitError, Slot
from samewire.streams.observing import StreamFacts, watch
from samewire.streams.protocol import Ended, Outcome
from samewire.streams.sources import Source, in_threads

EventT = TypeVar("EventT")

ErrorText: TypeAlias = Callable[[BaseException], str | None]
"""What the client is shown of an exception; ``None`` for :data:`ERROR_TEXT`."""

ERROR_TEXT: Final = "An error occurred."
"""What clients are shown of an exception, as by the AI SDK's own server."""

BUFFER: Final = 64 * 1024
"""Bytes of frames that a source may be ahead of whoever reads them."""

_SLOW: Final[set[asyncio.Task[None]]] = set()
"""Tasks that did not end when they were cancelled; the loop itself holds them weakly."""


OnEnd: TypeAlias = Callable[[Ended], Awaitable[None] | None]


@runtime_checkable
class Body(Protocol):
    """The body of a response."""

    async def read(self, wait: float | None = None, /) -> bytes | None:
        """Returns frames; ``b""`` after ``wait`` seconds without one; ``None`` if only the last frames remain."""

    def ending(self) -> bytes:
        """Returns the last frames, once."""

    def stop(self, outcome: Outcome, error: BaseException | None = None, /) -> None:
        """Ends the stream now."""

    async def close(self) -> None:
        """Lets go of it; if it was not read to its end, its reader went away."""


class Production(Generic[EventT]):
    """
    Runs ``source``, and buffers up to :data:`BUFFER` bytes of frames for :meth:`read`; then the source waits.

    Always call :meth:`close`. ``grace`` is the number of seconds that a cancelled source has for cleanup. ``slot`` is the
    stream's place among the counted streams, released when the production is closed and its source is done. ``facts`` are
    passed to observers.
    """

    def __init__(  # noqa: PLR0913  # options, by name
        self,
        source: Source[EventT],
        frames: FrameWriter[EventT],
        *,
        error_text: ErrorText | None = None,
        on_end: OnEnd | None = None,
        grace: float = 5.0,
        slot: Slot | None = None,
        facts: StreamFacts | None = None,
    ) -> None:
        require_asyncio()
        self._frames = frames
        self.log = frames.log
        self._error_text = error_text
        self._on_end = on_end
        self._grace = grace
        self._pending: list[bytes] = []
        self._size = 0
        self._sent = 0
        self._slot = slot or UNLIMITED.begin(None)
        self._reader: asyncio.Future[bool] | None = None
        self._capacity = asyncio.Event()
        self._stopped: Outcome | None = None
        self._error: BaseException | None = None
        self._text: str | None = None
        self._reported = False
        self._over = False  # later than the task is done: then its error is known
        self._context = copy_context()
        self._watch = self._context.run(watch, facts or StreamFacts(frames.protocol_name))
        frames.watch = self._watch
        self._task = asyncio.create_task(
            self._run(source), name="samewire stream", context=self._context
        )
        self._task.add_done_callback(self._done)
        self._limit_time(self._slot.limits.max_seconds)

    @property
    def stopped(self) -> bool:
        """Whether the stream was ended from outside, and its source may be running still."""
        return self._stopped is not None

    async def read(self, wait: float | None = None) -> bytes | None:
        """Returns the frames since the last call; ``b""`` after ``wait`` seconds without one; ``None`` if there are no more."""
        while not self._pending:
            if self._stopped or self._over:
                return None
            if not await self._changed(wait):
                return b""
        batch = b"".join(self._pending)
        self._pending.clear()
        self._size = 0
        self._capacity.set()
        return batch

    def ending(self) -> bytes:
        """Returns the last frames, once. Call it after :meth:`read` returned ``None``, or after :meth:`stop`."""
        return self._context.copy().run(self._ending)

    def _ending(self) -> bytes:
        if self._frames.ended:
            return b""
        if self._error is None and self._stopped is None:
            try:
                return self._frames.finish()
            except Exception as error:  # noqa: BLE001  # a strict guard's complaint
                self._error = error
        if self._error is not None:
            return self._frames.fail(self._text or self._error_text_of(self._error))
        return self._frames.abort()

    def stop(
        self, outcome: Outcome, error: BaseException | None = None, text: str | None = None
    ) -> None:
        """Ends the stream from outside and cancels the source. The first end counts; clients see ``text``."""
        if self._stopped is None and not self._task.done():
            self._stopped, self._error, self._text = outcome, error, text
            self._task.cancel(f"samewire: {outcome}")
        self._wake()

    async def close(self, outcome: Outcome = "disconnect") -> None:
        """Stops the source if it still runs, waits for its cleanup, and reports how the stream ended."""
        self.stop(outcome)
        try:
            if isinstance(self._error, asyncio.CancelledError):
                await (
                    self._report()
                )  # the server's time is up: its process may end at the next await
            await self._let_end()
            await self._report()
        finally:
            self._task.add_done_callback(lambda _: self._slot.release())

    async def _let_end(self) -> None:
        """Waits for the source, and leaves it to itself if it does not end in its time."""
        _, slow = await asyncio.wait({self._task}, timeout=self._grace)
        if slow:
            self.log.error(
                "a cancelled stream has not ended after %g s: %r", self._grace, self._task
            )
            _SLOW.add(self._task)
            self._task.add_done_callback(_SLOW.discard)
            self._task.cancel()

    async def _report(self) -> None:
        """Tells ``on_end`` and whoever watches, once."""
        if self._reported:
            return
        self._reported = True
        self.ending()  # for whoever observes: a stream that nobody reads has an end, too
        outcome = self._stopped or ("error" if self._error else self._frames.outcome())
        ended = Ended(outcome, self._error)
        if self._watch is not None:
            self._watch.ended(ended)
        if self._on_end is None:
            return
        try:
            reported = self._on_end(ended)
            if inspect.isawaitable(reported):
                await reported
        except Exception:  # the application's function
            self.log.exception("on_end failed")

    async def _run(self, source: Source[EventT]) -> None:
        events = aiter(source if isinstance(source, AsyncIterable) else in_threads(source))
        try:
            async for event in events:
                if self._stopped:
                    return
                frame = self._frames.write(event)
                if not frame:
                    continue
                self._pending.append(frame)
                self._size += len(frame)
                self._wake()
                self._limit_bytes(len(frame))
                if self._size >= BUFFER:
                    self._capacity.clear()
                    await self._capacity.wait()
        finally:
            aclose = getattr(events, "aclose", None)
            if aclose is not None:
                await aclose()

    def _limit_bytes(self, more: int) -> None:
        """Ends the stream after a frame with which it is too long."""
        self._sent += more
        limits = self._slot.limits
        if limits.max_bytes is not None and self._sent > limits.max_bytes:
            raise limits.reached("max_bytes")

    def _limit_time(self, seconds: float | None) -> None:
        if seconds is None:
            return

        def end() -> None:
            self.stop("error", self._slot.limits.reached("max_seconds"))

        timer = asyncio.get_running_loop().call_later(seconds, end)
        self._task.add_done_callback(lambda _: timer.cancel())

    def _done(self, task: asyncio.Task[None]) -> None:
        self._over = True
        if task.cancelled():
            error: BaseException | None = asyncio.CancelledError(
                "the task of the stream was cancelled"
            )
        else:
            error = task.exception()
        if self._stopped is None:
            self._error = error
        elif error is not None and not task.cancelled():
            self.log.error("a stopped stream failed in its cleanup", exc_info=error)
        self._wake()

    def _error_text_of(self, error: BaseException) -> str:
        if isinstance(error, LimitError):
            self.log.warning("%s", error)
        elif self._stopped is None:
            self.log.error("a stream failed", exc_info=error)
        try:
            text = self._error_text(error) if self._error_text else None
        except Exception:  # the application's function
            self.log.exception("error_text failed")
            text = None
        if text is not None and not isinstance(text, str):
            self.log.error("error_text returned %r, which is no text", text)
            text = None
        if text is None:
            return error.text if isinstance(error, LimitError) else ERROR_TEXT
        return text

    async def _changed(self, wait: float | None) -> bool:
        """Whether something happened within ``wait`` seconds."""
        loop = asyncio.get_running_loop()
        self._reader = loop.create_future()
        timer = None if wait is None else loop.call_later(wait, _resolve, self._reader, False)
        try:
            return await self._reader
        finally:
            self._reader = None
            if timer is not None:
                timer.cancel()

    def _wake(self) -> None:
        if self._reader is not None:
            _resolve(self._reader, True)


def require_asyncio() -> None:
    """Raises RuntimeError under another kind of event loop, before anything is begun."""
    try:
        asyncio.get_running_loop()
    except RuntimeError as error:
        message = "samewire serves streams on asyncio, and no event loop of asyncio is running: trio is not supported"
        raise RuntimeError(message) from error


def _resolve(future: asyncio.Future[bool], value: bool) -> None:
    if not future.done():
        future.set_result(value)
