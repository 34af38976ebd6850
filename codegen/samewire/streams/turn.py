"""One reader of a turn, in whichever process it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from samewire.streams.frames import after_frame
from samewire.streams.interruption import last_frames
from samewire.streams.protocol import EventProtocol, Outcome
from samewire.streams.store import START, Store

POLLS: Final = 3
"""How often a reader looks after a turn's owner within a lease."""

_RETRY_AFTER: Final = 0.05
"""Seconds before a read that failed is tried again."""


Join: TypeAlias = Callable[[bytes, bytes], bytes | None]
"""The first frames of a turn with those of what it continues; ``None`` while there are not enough of them."""


class Turn:
    """Reads one turn from its start, or after one of its frames. Use one reader per response."""

    def __init__(  # noqa: PLR0913  # options, by name
        self,
        protocol: EventProtocol[Any],
        store: Store,
        topic: str,
        turn_id: str,
        *,
        poll: float,
        error_text: str,
        join: Join | None = None,
        after: int = 0,
    ) -> None:
        self.topic = topic
        self.turn_id = turn_id
        self._protocol = protocol
        self._store = store
        self._poll = poll
        self._failing_since: float | None = None
        self._error_text = error_text
        self._cursor = START
        self._after = after
        self._join = join
        self._continued: bytes | None = None
        self._over = False
        self._last = protocol.frame(protocol.failed(error_text)) + protocol.done

    async def read(self, wait: float | None = None, /) -> bytes | None:
        """Returns the frames since the last call; ``b""`` after ``wait`` seconds without one; ``None`` if there are no more."""
        loop = asyncio.get_running_loop()
        until = None if wait is None else loop.time() + wait
        while not self._over:
            left = self._poll if until is None else min(self._poll, until - loop.time())
            frames = await self._page_or_nothing(max(left, 0))
            if frames:
                return frames
            if until is not None and loop.time() >= until:
                return b""
        return None

    async def _page_or_nothing(self, wait: float) -> bytes:
        """
        The next frames. A read that fails is tried again until the owner's lease would be over: the turn itself goes on.

        A page changes nothing, and what ends an abandoned turn does so once.
        """
        loop = asyncio.get_running_loop()
        try:
            frames = await self._page(wait)
        except Exception:
            self._failing_since = self._failing_since or loop.time()
            if loop.time() - self._failing_since >= self._poll * POLLS:
                self._protocol.log.exception(
                    "turn %s of %r can't be read", self.turn_id, self.topic
                )
                self._over = True
                return b""
            await asyncio.sleep(min(_RETRY_AFTER, wait))
            return b""
        self._failing_since = None
        return frames

    def ending(self) -> bytes:
        """Returns the final frames that the turn itself did not write: nothing, or that it was interrupted."""
        last, self._last = self._last, b""
        return last

    def stop(self, _outcome: Outcome, _error: BaseException | None = None, /) -> None:
        """Stops reading. The turn continues."""
        self._over = True

    async def close(self) -> None:
        """Stops reading. The turn continues."""
        self._over = True

    async def _page(self, wait: float) -> bytes:
        if self._join is not None and self._continued is None:
            self._continued = await self._store.continued(self.topic, self.turn_id)
        page = await self._store.read(self.topic, self.turn_id, self._cursor, wait=wait)
        self._cursor = page.cursor
        match page.state:
            case "over":
                self._over, self._last = True, b""
            case "lost":
                self._over = True
            case "abandoned" if not page.frames:
                await self._end_abandoned()
            case _:
                pass
        return self._with_continued(self._unseen(page.frames))

    async def _end_abandoned(self) -> None:
        turn, protocol = (self.topic, self.turn_id), self._protocol
        last = await last_frames(self._store, *turn, protocol, self._error_text)
        if await self._store.finish(*turn, last, if_abandoned=True):
            protocol.log.error("turn %s of %r lost its owner", self.turn_id, self.topic)

    def _unseen(self, frames: bytes) -> bytes:
        """The frames after the one that the reader has."""
        if not self._after:
            return frames
        unseen = after_frame(frames, self.turn_id, self._after)
        if unseen is None:
            return b""
        self._after = 0
        return unseen

    def _with_continued(self, frames: bytes) -> bytes:
        """The frames with those of what the turn continues."""
        if self._join is None:
            return frames
        whole = self._join(frames, self._continued) if self._continued else frames
        if whole is None:
            return frames
        self._join = None
        return whole
