"""One reader of a turn, in whichever process it is."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from samewire.ui_stream.chunks import ErrorChunk
from samewire.ui_stream.interruption import interrupted
from samewire.ui_stream.production import Outcome
from samewire.ui_stream.replay import insert_after_start
from samewire.ui_stream.sse import DONE
from samewire.ui_stream.store import START, Store

log = logging.getLogger("samewire.ui_stream")

POLLS: Final = 3
"""How often a reader looks after a turn's owner within a lease."""

_RETRY_AFTER: Final = 0.05
"""Seconds before a read that failed is tried again."""


class Turn:
    """One reader of a turn, at its start when it is made. For one :class:`~samewire.ui_stream.starlette.UIStreamResponse`."""

    def __init__(  # noqa: PLR0913  # options, by name
        self,
        store: Store,
        chat_id: str,
        turn_id: str,
        *,
        poll: float,
        error_text: str,
        rebuilds: bool = False,
    ) -> None:
        self.chat_id = chat_id
        self.turn_id = turn_id
        self._store = store
        self._poll = poll
        self._failing_since: float | None = None
        self._error_text = error_text
        self._cursor = START
        self._rebuilds = rebuilds
        self._continued: bytes | None = None
        self._over = False
        self._last = ErrorChunk(error_text=error_text).to_sse() + DONE

    async def read(self, wait: float | None = None, /) -> bytes | None:
        """The frames since the last call; ``b""`` after ``wait`` seconds without one; ``None`` when there are no more."""
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
                log.exception("turn %s of chat %r can't be read", self.turn_id, self.chat_id)
                self._over = True
                return b""
            await asyncio.sleep(min(_RETRY_AFTER, wait))
            return b""
        self._failing_since = None
        return frames

    def ending(self) -> bytes:
        """What the turn's own last frames leave to be said: nothing, or that it was interrupted."""
        last, self._last = self._last, b""
        return last

    def stop(self, _outcome: Outcome, _error: BaseException | None = None, /) -> None:
        """Stops reading. The turn goes on."""
        self._over = True

    async def close(self) -> None:
        """Stops reading. The turn goes on."""
        self._over = True

    async def _page(self, wait: float) -> bytes:
        if self._rebuilds and self._continued is None:
            self._continued = await self._store.continued(self.chat_id, self.turn_id)
        page = await self._store.read(self.chat_id, self.turn_id, self._cursor, wait=wait)
        self._cursor = page.cursor
        match page.state:
            case "over":
                self._over, self._last = True, b""
            case "lost":
                self._over = True
            case "abandoned" if not page.frames:
                turn = self.chat_id, self.turn_id
                last = await interrupted(self._store, *turn, self._error_text)
                if await self._store.finish(*turn, last, if_abandoned=True):
                    log.error("turn %s of chat %r lost its owner", self.turn_id, self.chat_id)
            case _:
                pass
        return self._with_continued(page.frames) if self._rebuilds else page.frames

    def _with_continued(self, frames: bytes) -> bytes:
        """The frames with those of the message that the turn continues after their ``start``."""
        whole = insert_after_start(frames, self._continued) if self._continued else frames
        self._rebuilds = whole is None
        return frames if whole is None else whole
