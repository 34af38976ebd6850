"""
Turns that outlive the request that started them: a page that is reloaded replays the turn from its start and follows it.

One process runs a turn, its owner. Any process that shares the store can follow it and stop it. A client chooses the ids of its
chats, so each of the three asks first whether the caller may use the chat.
"""

from __future__ import annotations

import secrets
from functools import partial
from typing import Final, Literal

from samewire.streams.limits import UNLIMITED, StreamLimits
from samewire.streams.production import ErrorText, OnEnd, Production
from samewire.streams.sources import checked
from samewire.streams.store import Store
from samewire.streams.turn import Turn
from samewire.streams.turns import (
    Authorize,
    BaseTurns,
    CallerT_contra,
    ShutdownError,
    TurnLostError,
    TurnRunningError,
    anyone,
)
from samewire.ui_stream.chunks import Chunk
from samewire.ui_stream.frames import EVERY_CLIENT, Encode, Guard, Observe
from samewire.ui_stream.guard import StreamGuard
from samewire.ui_stream.messages import UIMessage
from samewire.ui_stream.production import Source
from samewire.ui_stream.protocol import CHUNKS, frame_writer
from samewire.ui_stream.replay import empties, insert_after_start, rebuilt

__all__ = [
    "INTERRUPTED",
    "Authorize",
    "ShutdownError",
    "Turn",
    "TurnLostError",
    "TurnRunningError",
    "Turns",
    "anyone",
]

INTERRUPTED: Final = "The reply was interrupted."
"""What clients are shown of a turn whose owner has died, or that the store has lost."""


class Turns(BaseTurns[Chunk, CallerT_contra]):
    """
    Starts, follows and stops turns. A chat has at most one turn at a time.

    ``authorize`` is called before each of the three, with the ``by`` of the call (the HTTP request, a user) and the chat's id.
    To refuse, it raises an exception: a client chooses the id, which may be that of somebody else's chat. :func:`anyone` never
    refuses.

    ``lease`` is the number of seconds after which an owner without a sign of life counts as dead; a follower then ends the
    turn. Owners renew the lease every second, so keep it well above the longest time that the event loop may block. Clients
    then see ``interrupted``. ``limits`` are those of the worker's streams.

    Use it as an asynchronous context manager around the application's lifetime. On exit, the turns of this process have
    ``drain`` seconds to finish. Then they end with an error, and their sources are cancelled and awaited.
    """

    def __init__(  # noqa: PLR0913  # options, by name
        self,
        store: Store | None = None,
        *,
        authorize: Authorize[CallerT_contra],
        lease: float = 15.0,
        drain: float = 0.0,
        interrupted: str = INTERRUPTED,
        limits: StreamLimits = UNLIMITED,
    ) -> None:
        super().__init__(
            CHUNKS,
            store,
            authorize=authorize,
            lease=lease,
            drain=drain,
            interrupted=interrupted,
            limits=limits,
        )

    async def start(  # noqa: PLR0913  # options, by name
        self,
        chat_id: str,
        source: Source,
        *,
        by: CallerT_contra,
        continues: UIMessage | None = None,
        guard: Guard | None = None,
        encode: Encode = EVERY_CLIENT,
        observe: Observe | None = None,
        error_text: ErrorText | None = None,
        on_end: OnEnd | None = None,
        grace: float = 5.0,
        running: Literal["stop", "refuse"] = "stop",
        within: float = 5.0,
    ) -> Turn:
        """
        Runs ``source`` as the chat's turn, with or without readers, and returns its first reader.

        The options are those of :class:`~samewire.ui_stream.starlette.UIStreamResponse`. By default, a running turn of the chat
        is stopped first, within ``within`` seconds.

        Raises:
            TurnRunningError: the chat has a turn, and ``running`` is ``"refuse"``.
            RefusedError: as many streams run here as ``limits`` allow. A turn takes the place of one that it stops here.
            TypeError: ``source`` makes no chunks.
            Exception: what ``authorize`` raises, before anything is done to the chat.

        """
        checked(source, "chunks")
        await self.check(chat_id, by)
        writer = frame_writer(guard or StreamGuard(continues=continues), encode, observe)
        production = partial(
            Production, source, writer, error_text=error_text, on_end=on_end, grace=grace
        )
        return await self._begin(
            chat_id,
            secrets.token_hex(16),
            production,
            by=by,
            running=running,
            within=within,
            continued=rebuilt(continues, encode) if continues and empties(encode) else b"",
        )

    async def follow(
        self, chat_id: str, *, by: CallerT_contra, rebuild: bool = True
    ) -> Turn | None:
        """
        Returns a reader of the chat's running turn, from its start; ``None`` if there is none.

        If the turn continues a message, the reader first sends the parts of that message, because clients empty the message
        when they resume. Clients before 5.0.233, 6.0.250 and 7.0.61 keep it: nothing is added for them, or without ``rebuild``.
        """
        await self.check(chat_id, by)
        turn_id = await self.store.running(chat_id)
        join = insert_after_start if rebuild else None
        return None if turn_id is None else self._reader(chat_id, turn_id, join=join)
