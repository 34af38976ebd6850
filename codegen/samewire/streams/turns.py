"""
Turns that outlive the request that started them: a page that is reloaded replays the turn from its start and follows it.

A turn is one stream of events about a topic: the reply in a chat, a run of a job. One process runs a turn, its owner. Any process
that shares the store can follow it and stop it. Clients know ids of topics that are not theirs, so each of the three asks first
whether the caller may use the topic.
"""

from __future__ import annotations

import asyncio
import inspect
import secrets
from collections.abc import Awaitable, Callable
from functools import partial
from types import TracebackType
from typing import Final, Generic, Literal, Self, TypeAlias, TypeVar

from samewire.streams.frames import FrameWriter
from samewire.streams.interruption import last_frames, outcome_of
from samewire.streams.limits import UNLIMITED, Slot, StreamLimits
from samewire.streams.observing import StreamFacts
from samewire.streams.production import (
    ErrorText,
    OnEnd,
    Production,
    require_asyncio,
)
from samewire.streams.protocol import EventProtocol, OrderGuard
from samewire.streams.sources import Source, checked
from samewire.streams.store import MemoryStore, Store
from samewire.streams.turn import POLLS, Join, Turn

INTERRUPTED: Final = "The stream was interrupted."
"""What clients are shown of a turn whose owner has died, or that the store has lost."""

_SOON: Final = 0.05

CallerT_contra = TypeVar("CallerT_contra", contravariant=True)
EventT = TypeVar("EventT")

Authorize: TypeAlias = Callable[[CallerT_contra, str], Awaitable[None] | None]
"""
Raises an exception unless this caller may use the topic of this id, as an ``HTTPException`` of the framework.

It may be called with an id that the client made up, as that of a chat: let the caller have one that nobody has, and make that
atomic, as by ``INSERT ... ON CONFLICT DO NOTHING``.
"""


def anyone(_caller: object, _topic: str, /) -> None:
    """``Turns(authorize=anyone)``: anyone who knows a topic's id may read, stop and replace its turn."""


class TurnRunningError(RuntimeError):
    """The topic has an unfinished turn."""


class ShutdownError(RuntimeError):
    """The process that runs the turn is shutting down."""


class TurnLostError(RuntimeError):
    """The store lost the turn, or a follower ended it because its owner's lease expired."""


class BaseTurns(Generic[EventT, CallerT_contra]):
    """The base of turns for all protocols; see :class:`Turns`."""

    def __init__(  # noqa: PLR0913  # options, by name
        self,
        protocol: EventProtocol[EventT],
        store: Store | None = None,
        *,
        authorize: Authorize[CallerT_contra],
        lease: float = 15.0,
        drain: float = 0.0,
        interrupted: str = INTERRUPTED,
        limits: StreamLimits = UNLIMITED,
    ) -> None:
        self.protocol = protocol
        self.store: Store = store or MemoryStore()
        self._authorize = authorize
        self._lease = lease
        self._pulse = min(1.0, lease / 3)
        self._drain = drain
        self._interrupted = interrupted
        self._limits = limits
        self._owned: dict[str, tuple[str, Production[EventT], asyncio.Task[None]]] = {}

    async def __aenter__(self) -> Self:
        require_asyncio()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        tasks = [task for _, _, task in self._owned.values()]
        if tasks and self._drain > 0:
            await asyncio.wait(tasks, timeout=self._drain)
        stopped = ShutdownError("the process is being stopped")
        for _, production, _ in self._owned.values():
            production.stop("error", stopped, self._interrupted)
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.store.aclose()

    async def stop(self, topic: str, /, *, by: CallerT_contra, within: float = 5.0) -> bool:
        """
        Ends the topic's running turn in whichever process it runs. Returns whether there was one.

        The turn is over when this returns: its owner has ``within`` seconds to end it; after that, this call ends it.
        """
        await self.check(topic, by)
        turn_id = await self.store.ask_to_stop(topic)
        if turn_id is None:
            return False
        await self._see_stopped(topic, turn_id, within)
        return True

    async def check(self, topic: str, /, by: CallerT_contra) -> None:
        """Calls ``authorize`` for a topic, for routes that serve its stored data. Raises what ``authorize`` raises."""
        answer: object = self._authorize(by, topic)
        if inspect.isawaitable(answer):
            answer = await answer
        if answer is not None:
            raise TypeError(f"authorize refuses by raising an exception; it returned {answer!r}")

    async def _begin(  # noqa: PLR0913  # options, by name
        self,
        topic: str,
        turn_id: str,
        production: partial[Production[EventT]],
        *,
        by: CallerT_contra,
        running: Literal["stop", "refuse"],
        within: float,
        continued: bytes = b"",
    ) -> Turn:
        """
        Runs a production as the topic's turn, when the one that runs still is over, and gives its first reader. ``production`` is
        made then, with its place among the streams that are counted.
        """
        slot = self._slot(topic, by, running)
        try:
            await self._take(topic, turn_id, running, within, continued)
            facts = StreamFacts(self.protocol.name, topic, turn_id)
            made = production(slot=slot, facts=facts)
        except BaseException:
            slot.release()
            raise
        task = asyncio.create_task(self._own(topic, turn_id, made), name="samewire owner")
        self._owned[turn_id] = topic, made, task
        task.add_done_callback(lambda _: self._owned.pop(turn_id))
        return self._reader(topic, turn_id)

    def _slot(self, topic: str, by: CallerT_contra, running: Literal["stop", "refuse"]) -> Slot:
        """A place among the streams of this process: where there is none, that of the turn which this one stops."""

        def in_place() -> bool:
            return running == "stop" and any(topic == one for one, *_ in self._owned.values())

        return self._limits.begin(by, in_place=in_place)

    async def _take(
        self,
        topic: str,
        turn_id: str,
        running: Literal["stop", "refuse"],
        within: float,
        continued: bytes,
    ) -> None:
        """Makes the turn the topic's, when the one that runs still is over."""
        while other := await self.store.open(
            topic, turn_id, lease=self._lease, continued=continued
        ):
            if running == "refuse" and await self.store.state(topic, other) == "running":
                raise TurnRunningError(self.protocol.busy.format(topic=repr(topic)))
            await self.store.ask_to_stop(topic)
            await self._see_stopped(topic, other, within)

    def _reader(
        self, topic: str, turn_id: str, *, join: Join | None = None, after: int = 0
    ) -> Turn:
        return Turn(
            self.protocol,
            self.store,
            topic,
            turn_id,
            poll=self._lease / POLLS,
            error_text=self._interrupted,
            join=join,
            after=after,
        )

    async def _see_stopped(self, topic: str, turn_id: str, within: float) -> None:
        if turn_id in self._owned:
            self._owned[turn_id][1].stop("abort")
        loop = asyncio.get_running_loop()
        until = loop.time() + within
        while await self.store.state(topic, turn_id) == "running":
            if loop.time() >= until:
                break
            await asyncio.sleep(_SOON)
        if await self.store.state(topic, turn_id) in {"running", "abandoned"}:
            last = await last_frames(self.store, topic, turn_id, self.protocol)
            await self.store.finish(topic, turn_id, last)

    async def _own(self, topic: str, turn_id: str, production: Production[EventT]) -> None:
        """Writes what ``production`` makes to the store, until it or somebody else ends the turn."""
        last = b""
        try:
            while (batch := await production.read(self._pulse)) is not None:
                progress = await self.store.append(topic, turn_id, batch, lease=self._lease)
                if progress == "over":
                    await self._stop_ended(topic, turn_id, production)
                    return
                if progress == "stopping":
                    production.stop("abort")
            last = production.ending()
            if not production.stopped:
                await self._closed(topic, turn_id, production)
            await self.store.finish(topic, turn_id, last)
        except asyncio.CancelledError as error:
            production.stop("error", error, self._interrupted)
            await self.store.finish(topic, turn_id, last or production.ending())
            raise
        except Exception as error:
            self.protocol.log.exception("turn %s of %r can't be written", turn_id, topic)
            production.stop("error", error, self._interrupted)
        finally:
            await production.close()

    async def _stop_ended(self, topic: str, turn_id: str, production: Production[EventT]) -> None:
        """Stops a turn that somebody else has ended, with the outcome that its followers see."""
        if await outcome_of(self.store, topic, turn_id, self.protocol) == "abort":
            production.stop("abort")
            return
        error = TurnLostError(f"the turn {turn_id} of {topic!r} is over in the store")
        production.stop("error", error, self._interrupted)

    async def _closed(self, topic: str, turn_id: str, production: Production[EventT]) -> None:
        """
        Waits for ``on_end``, and keeps the turn alive meanwhile.

        A turn is over when what ``on_end`` stores is there: a page that is reloaded finds the one or the other.
        """
        closing = asyncio.create_task(production.close())
        try:
            while not (await asyncio.wait({closing}, timeout=self._pulse))[0]:
                await self.store.append(topic, turn_id, b"", lease=self._lease)
        finally:
            await asyncio.shield(closing)


class Turns(BaseTurns[EventT, CallerT_contra]):
    """
    Starts, follows and stops turns of a protocol. A topic has at most one turn at a time.

    ``authorize`` is called before each of the three, with the ``by`` of the call (the HTTP request, a user) and the topic's id.
    To refuse, it raises an exception. :func:`anyone` never refuses.

    ``lease`` is the number of seconds after which an owner without a sign of life counts as dead; a follower then ends the
    turn. Owners renew the lease every second, so keep it well above the longest time that the event loop may block. Clients
    then see ``interrupted``. ``limits`` are those of the worker's streams.

    Use it as an asynchronous context manager around the application's lifetime. On exit, the turns of this process have
    ``drain`` seconds to finish. Then they end with an error, and their sources are cancelled and awaited.
    """

    async def start(  # noqa: PLR0913  # options, by name
        self,
        topic: str,
        source: Source[EventT],
        *,
        by: CallerT_contra,
        guard: OrderGuard[EventT] | None = None,
        observe: Callable[[EventT], object] | None = None,
        error_text: ErrorText | None = None,
        on_end: OnEnd | None = None,
        grace: float = 5.0,
        running: Literal["stop", "refuse"] = "stop",
        within: float = 5.0,
    ) -> Turn:
        """
        Runs ``source`` as the topic's turn, with or without readers, and returns its first reader. Events are numbered.

        The options are those of :class:`~samewire.streams.starlette.EventResponse`. By default, a running turn of the topic is
        stopped first, within ``within`` seconds.

        Raises:
            TurnRunningError: the topic has a turn, and ``running`` is ``"refuse"``.
            RefusedError: as many streams run here as ``limits`` allow. A turn takes the place of one that it stops here.
            TypeError: ``source`` makes no events.
            Exception: what ``authorize`` raises, before anything is done to the topic.

        """
        checked(source)
        await self.check(topic, by)
        turn_id = secrets.token_hex(8)
        writer = FrameWriter(self.protocol, guard=guard, observe=observe, name=turn_id)
        production = partial(
            Production, source, writer, error_text=error_text, on_end=on_end, grace=grace
        )
        return await self._begin(topic, turn_id, production, by=by, running=running, within=within)

    async def follow(
        self, topic: str, *, by: CallerT_contra, last_event_id: str | None = None
    ) -> Turn | None:
        """
        Returns a reader of the topic's running turn, from its start; ``None`` if there is none.

        With a disconnected client's ``Last-Event-ID``, the reader starts after that event of its turn, which may be over;
        ``None`` if the store no longer has the turn.
        """
        await self.check(topic, by)
        if last_event_id is not None:
            turn_id, _, number = last_event_id.rpartition(".")
            if not (turn_id and number.isascii() and number.isdigit()):
                return None
            if await self.store.state(topic, turn_id) == "lost":
                return None
            return self._reader(topic, turn_id, after=int(number))
        running = await self.store.running(topic)
        return None if running is None else self._reader(topic, running)
