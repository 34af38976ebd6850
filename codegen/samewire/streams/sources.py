"""Sources of a stream's events."""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
)
from contextlib import suppress
from contextvars import copy_context
from typing import Any, Final, TypeAlias, TypeVar

EventT = TypeVar("EventT")

Source: TypeAlias = AsyncIterable[EventT | bytes] | Iterable[EventT | bytes]
"""What makes a stream: events, and frames that are there already. One that is not asynchronous is run in threads."""


def checked(source: Source[EventT], what: str = "events") -> Source[EventT]:
    """Returns ``source``; raises TypeError if it is not a source, before anything is sent."""
    if isinstance(source, AsyncIterable | Iterable):
        return source
    message = (
        f"{source!r} makes no {what}: pass an iterator, as a call of a generator function gives,"
        " or written(function) for a function that takes a writer"
    )
    raise TypeError(message)


_NO_MORE: Final = object()
ItemT = TypeVar("ItemT")


async def in_threads(items: Iterable[ItemT]) -> AsyncGenerator[ItemT]:
    """``items``, each made in a thread of the loop's executor, all in one context."""
    loop, context = asyncio.get_running_loop(), copy_context()
    iterator = iter(items)
    step: asyncio.Future[Any] | None = None
    try:
        while True:
            step = loop.run_in_executor(None, context.run, lambda: next(iterator, _NO_MORE))
            item = await asyncio.shield(step)
            if item is _NO_MORE:
                return
            yield item
    finally:
        # A thread can't be interrupted, and a generator can't be closed while it runs.
        if step is not None and not step.done():
            await asyncio.wait({step})
            with suppress(Exception):  # the source failed after its reader had left
                step.result()
        close = getattr(iterator, "close", None)
        if close is not None:
            await loop.run_in_executor(None, context.run, close)


Write: TypeAlias = Callable[[EventT | bytes], Awaitable[None]]


async def written(
    produce: Callable[[Write[EventT]], Awaitable[None]],
) -> AsyncIterator[EventT | bytes]:
    """
    The events that ``produce`` writes, for code that hands a writer around instead of yielding::

        async def produce(write):
            await write(StartChunk())
            await agent.run(on_token=lambda text: write(TextDeltaChunk(id="1", delta=text)))

        UIStreamResponse(written(produce))

    A write waits while the event before it has not been taken. One that comes when ``produce`` has returned, as from a task that it
    left behind, raises RuntimeError.
    """
    queue: asyncio.Queue[EventT | bytes | None] = asyncio.Queue()
    slot = asyncio.Semaphore(1)
    over = False

    async def write(event: EventT | bytes) -> None:
        await slot.acquire()
        if over:
            slot.release()  # for whoever waits still
            raise RuntimeError(
                "a write after the end: the function that was given the writer is done"
            )
        queue.put_nowait(event)

    async def run() -> None:
        await produce(write)

    task = asyncio.create_task(run())
    task.add_done_callback(lambda _: queue.put_nowait(None))
    try:
        while (event := await queue.get()) is not None:
            slot.release()
            yield event
        await task
    finally:
        over = True
        task.cancel()
        slot.release()
        await asyncio.wait({task})
        if not task.cancelled():
            task.exception()
