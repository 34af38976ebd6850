"""
Turns that outlive the request that started them: a page that is reloaded replays the turn from its start and follows it.

One process runs a turn, its owner. Any process that shares the store can follow it and stop it. A client chooses the ids of its
chats, so each of the three asks first whether the caller may use the chat.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Final, Generic, Literal, Self, TypeAlias, TypeVar
from uuid import uuid4

from samewire.ui_stream.frames import EVERY_CLIENT, Encode, FrameWriter, Guard, Observe
from samewire.ui_stream.guard import StreamGuard
from samewire.ui_stream.interruption import aborted, outcome_of
from samewire.ui_stream.messages import UIMessage
from samewire.ui_stream.production import (
    ErrorText,
    OnEnd,
    Production,
    Source,
    checked,
    require_asyncio,
)
from samewire.ui_stream.replay import empties, rebuilt
from samewire.ui_stream.store import MemoryStore, Store
from samewire.ui_stream.turn import POLLS, Turn

log = logging.getLogger("samewire.ui_stream")

INTERRUPTED: Final = "The reply was interrupted."
"""What clients are shown of a turn whose owner has died, or that the store has lost."""

_SOON: Final = 0.05

CallerT_contra = TypeVar("CallerT_contra", contravariant=True)

Authorize: TypeAlias = Callable[[CallerT_contra, str], Awaitable[None] | None]
"""
Raises an exception unless this caller may use the chat of this id, as an ``HTTPException`` of the framework.

It is called with an id that the client made up: let the caller have one that nobody has, and make that atomic, as by
``INSERT ... ON CONFLICT DO NOTHING``.
"""


def anyone(_caller: object, _chat_id: str, /) -> None:
    """``Turns(authorize=anyone)``: whoever knows a chat's id may read, stop and replace its turn."""


class TurnRunningError(RuntimeError):
    """The chat has a turn that is not over."""


class ShutdownError(RuntimeError):
    """The process that runs a turn is being stopped."""


class TurnLostError(RuntimeError):
    """The store has lost the turn, or a follower has ended it because its owner gave no sign of life."""


class Turns(Generic[CallerT_contra]):
    """
    Starts, follows and stops turns; a chat has at most one at a time.

    ``authorize`` is called before each of the three, with the ``by`` of the call (the HTTP request, a user) and the chat's id,
    and raises an exception to refuse: a client chooses the id, which may be that of somebody else's chat. :func:`anyone` never
    refuses.

    ``lease``: after so many seconds without a sign of life a turn's owner counts as dead, and whoever follows the turn ends it. An
    owner gives one every second, so keep it well above the longest time that the event loop may be blocked. ``interrupted`` is
    what clients are shown then.

    Use it as an asynchronous context manager around the application's life: on leaving, the turns of this process have ``drain``
    seconds to finish. Then they end with an error, and their sources are cancelled and waited for.
    """

    def __init__(
        self,
        store: Store | None = None,
        *,
        authorize: Authorize[CallerT_contra],
        lease: float = 15.0,
        drain: float = 0.0,
        interrupted: str = INTERRUPTED,
    ) -> None:
        self.store: Store = store or MemoryStore()
        self._authorize = authorize
        self._lease = lease
        self._pulse = min(1.0, lease / 3)
        self._drain = drain
        self._interrupted = interrupted
        self._owned: dict[str, tuple[Production, asyncio.Task[None]]] = {}

    async def __aenter__(self) -> Self:
        require_asyncio()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        tasks = [task for _, task in self._owned.values()]
        if tasks and self._drain > 0:
            await asyncio.wait(tasks, timeout=self._drain)
        stopped = ShutdownError("the process is being stopped")
        for production, _ in self._owned.values():
            production.stop("error", stopped, self._interrupted)
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.store.aclose()

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
        Runs ``source`` as the chat's turn, whoever reads it, and gives its first reader.

        The options are those of :class:`~samewire.ui_stream.starlette.UIStreamResponse`. A turn of the chat that is running still
        is stopped first, within so many seconds, or is not to be.

        Raises:
            TurnRunningError: the chat has a turn, and ``running`` is ``"refuse"``.
            TypeError: ``source`` makes no chunks.
            Exception: what ``authorize`` raises, before anything is done to the chat.

        """
        checked(source)
        await self.check(chat_id, by)
        turn_id = uuid4().hex
        continued = rebuilt(continues, encode) if continues and empties(encode) else b""
        while other := await self.store.open(
            chat_id, turn_id, lease=self._lease, continued=continued
        ):
            if running == "refuse" and await self.store.state(chat_id, other) == "running":
                raise TurnRunningError(f"The chat {chat_id!r} has a reply that is not over.")
            await self.store.ask_to_stop(chat_id)
            await self._see_stopped(chat_id, other, within)
        writer = FrameWriter(guard or StreamGuard(continues=continues), encode, observe)
        production = Production(source, writer, error_text=error_text, on_end=on_end, grace=grace)
        task = asyncio.create_task(self._own(chat_id, turn_id, production), name="samewire owner")
        self._owned[turn_id] = production, task
        task.add_done_callback(lambda _: self._owned.pop(turn_id))
        return self._reader(chat_id, turn_id)

    async def follow(
        self, chat_id: str, *, by: CallerT_contra, rebuild: bool = True
    ) -> Turn | None:
        """
        A reader of the chat's running turn, from its start; ``None`` when there is none.

        Of a turn that continues a message it first gives the parts of that message, since clients empty the message when they
        resume. Those from before 5.0.233, 6.0.250 and 7.0.61 keep it: not for them, or without ``rebuild``.
        """
        await self.check(chat_id, by)
        turn_id = await self.store.running(chat_id)
        return None if turn_id is None else self._reader(chat_id, turn_id, rebuilds=rebuild)

    async def stop(self, chat_id: str, *, by: CallerT_contra, within: float = 5.0) -> bool:
        """
        Ends the chat's running turn with ``abort``, wherever it runs; whether there was one.

        When this returns the turn is over: its owner has ``within`` seconds to end it, then it is ended from here.
        """
        await self.check(chat_id, by)
        turn_id = await self.store.ask_to_stop(chat_id)
        if turn_id is None:
            return False
        await self._see_stopped(chat_id, turn_id, within)
        return True

    async def check(self, chat_id: str, by: CallerT_contra) -> None:
        """What ``authorize`` says of a chat, for the routes that serve its messages: raises what it raises."""
        answer: object = self._authorize(by, chat_id)
        if inspect.isawaitable(answer):
            answer = await answer
        if answer is not None:
            raise TypeError(f"authorize refuses by raising an exception; it returned {answer!r}")

    def _reader(self, chat_id: str, turn_id: str, *, rebuilds: bool = False) -> Turn:
        return Turn(
            self.store,
            chat_id,
            turn_id,
            poll=self._lease / POLLS,
            error_text=self._interrupted,
            rebuilds=rebuilds,
        )

    async def _see_stopped(self, chat_id: str, turn_id: str, within: float) -> None:
        if turn_id in self._owned:
            self._owned[turn_id][0].stop("abort")
        loop = asyncio.get_running_loop()
        until = loop.time() + within
        while await self.store.state(chat_id, turn_id) == "running":
            if loop.time() >= until:
                break
            await asyncio.sleep(_SOON)
        if await self.store.state(chat_id, turn_id) in {"running", "abandoned"}:
            last = await aborted(self.store, chat_id, turn_id)
            await self.store.finish(chat_id, turn_id, last)

    async def _own(self, chat_id: str, turn_id: str, production: Production) -> None:
        """Writes what ``production`` makes to the store, until it or somebody else ends the turn."""
        last = b""
        try:
            while (batch := await production.read(self._pulse)) is not None:
                progress = await self.store.append(chat_id, turn_id, batch, lease=self._lease)
                if progress == "over":
                    await self._stop_ended(chat_id, turn_id, production)
                    return
                if progress == "stopping":
                    production.stop("abort")
            last = production.ending()
            if not production.stopped:
                await self._closed(chat_id, turn_id, production)
            await self.store.finish(chat_id, turn_id, last)
        except asyncio.CancelledError as error:
            production.stop("error", error, self._interrupted)
            await self.store.finish(chat_id, turn_id, last or production.ending())
            raise
        except Exception as error:
            log.exception("turn %s of chat %r can't be written", turn_id, chat_id)
            production.stop("error", error, self._interrupted)
        finally:
            await production.close()

    async def _stop_ended(self, chat_id: str, turn_id: str, production: Production) -> None:
        """Stops a turn that somebody else has ended, with the outcome that its followers see."""
        if await outcome_of(self.store, chat_id, turn_id) == "abort":
            production.stop("abort")
            return
        error = TurnLostError(f"the turn {turn_id} of the chat {chat_id!r} is over in the store")
        production.stop("error", error, self._interrupted)

    async def _closed(self, chat_id: str, turn_id: str, production: Production) -> None:
        """
        Waits for ``on_end``, and keeps the turn alive meanwhile.

        A turn is over when what ``on_end`` stores is there: a page that is reloaded finds the one or the other.
        """
        closing = asyncio.create_task(production.close())
        try:
            while not (await asyncio.wait({closing}, timeout=self._pulse))[0]:
                await self.store.append(chat_id, turn_id, b"", lease=self._lease)
        finally:
            await asyncio.shield(closing)
