"""Ends a turn whose owner cannot."""

from __future__ import annotations

from typing import Any

from samewire.streams.protocol import EventProtocol, Outcome
from samewire.streams.store import START, Store


async def last_frames(
    store: Store,
    topic: str,
    turn: str,
    protocol: EventProtocol[Any],
    error_text: str | None = None,
) -> bytes:
    """The last frames of a stopped or failed turn: they close what it left open, and end it."""
    last = protocol.aborted() if error_text is None else protocol.failed(error_text)
    alone, cursor = protocol.frame(last) + protocol.done, START
    try:
        replay = protocol.replay(await store.continued(topic, turn))
        while (page := await store.read(topic, turn, cursor, wait=0)).frames:
            replay.feed(page.frames)
            cursor = page.cursor
    except ValueError:  # of an application whose events have keys of their own
        return alone
    # What is gone can't be closed.
    return alone if page.state == "lost" else replay.close(error_text) + protocol.done


async def outcome_of(store: Store, topic: str, turn: str, protocol: EventProtocol[Any]) -> Outcome:
    """How somebody else ended a turn, by its last frames. A turn that the store lost counts as an error."""
    last, cursor = b"", START
    while (page := await store.read(topic, turn, cursor, wait=0)).frames:
        last, cursor = page.frames, page.cursor
    if page.state == "lost":
        is_over = await store.state(topic, turn) == "over"  # its first frames are dropped alone
        return "abort" if is_over else "error"
    return "abort" if protocol.outcome_of(last) == "abort" else "error"
