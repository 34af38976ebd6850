"""The end of a turn that somebody else has begun, and can't or doesn't end."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from typing import Final, Literal

from samewire.ui_stream.chunks import AbortChunk, Chunk, ErrorChunk
from samewire.ui_stream.client import ChunkReader, InvalidChunkError
from samewire.ui_stream.guard import StreamGuard
from samewire.ui_stream.messages import UIMessage
from samewire.ui_stream.reducer import MessageReducer
from samewire.ui_stream.sse import DONE
from samewire.ui_stream.store import START, Store

# What the turn's own guard has let through is not to be complained of again.
_QUIET: Final = logging.getLogger("samewire.ui_stream.replayed")
_QUIET.setLevel(logging.CRITICAL)


async def aborted(store: Store, chat: str, turn: str) -> bytes:
    """The last frames of a turn that is stopped: what closes the blocks that it left open, and ``abort``."""
    return await _end(store, chat, turn, lambda guard: guard.abort(), AbortChunk())


async def interrupted(store: Store, chat: str, turn: str, error_text: str) -> bytes:
    """As :func:`aborted`, with ``error``."""
    last = ErrorChunk(error_text=error_text)
    return await _end(store, chat, turn, lambda guard: guard.fail(error_text), last)


async def outcome_of(store: Store, chat: str, turn: str) -> Literal["abort", "error"]:
    """How somebody else has ended a turn, by its last frames. One that the store has lost is an error to its followers."""
    last, cursor = b"", START
    while (page := await store.read(chat, turn, cursor, wait=0)).frames:
        last, cursor = page.frames, page.cursor
    if page.state == "lost":
        is_over = await store.state(chat, turn) == "over"  # its first frames are dropped alone
        return "abort" if is_over else "error"
    chunks = [event[6:] for event in last.split(b"\n\n") if event.startswith(b"data: {")]
    return "abort" if chunks and json.loads(chunks[-1])["type"] == "abort" else "error"


async def _end(
    store: Store,
    chat: str,
    turn: str,
    close: Callable[[StreamGuard], Iterable[Chunk]],
    last: Chunk,
) -> bytes:
    reader, cursor = ChunkReader(unknown="skip"), START
    chunks: Iterable[Chunk] = (last,)
    try:
        guard = StreamGuard(log=_QUIET, continues=await _continued(store, chat, turn))
        while (page := await store.read(chat, turn, cursor, wait=0)).frames:
            for chunk in reader.feed(page.frames):
                guard.feed(chunk)
            cursor = page.cursor
    except InvalidChunkError:
        pass  # of an application whose chunks have keys of their own
    else:
        # What is gone can't be closed.
        chunks = (last,) if page.state == "lost" else close(guard)
    return b"".join(chunk.to_sse() for chunk in chunks) + DONE


async def _continued(store: Store, chat: str, turn: str) -> UIMessage | None:
    """The message that a turn continues, as far as its followers are given it: an end of such a turn needs a step."""
    frames = await store.continued(chat, turn)
    if not frames:
        return None
    reducer = MessageReducer()
    try:
        for chunk in ChunkReader(unknown="skip").feed(frames):
            reducer.apply(chunk)
    except ValueError:  # of an application whose chunks have keys of their own
        return None
    return reducer.message
