"""
Stores for the frames of running turns, so that a reloaded page finds them: the interface, and a store in memory.

A topic (a chat, a job) has at most one running turn. Its owner appends frames and by doing so renews its lease; whoever ends the
turn does so by :meth:`Store.finish`, which only the first of all who try succeeds in: the owner, somebody who stops it, or a
follower who finds its lease expired. All of them learn of the end from the store.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol, TypeAlias

Progress: TypeAlias = Literal["running", "stopping", "over"]
"""What an owner learns of its turn: somebody wants it to stop, or has ended it, or it is not in the store any more."""

State: TypeAlias = Literal["running", "over", "abandoned", "lost"]
"""
What a follower learns of a turn: ``over``: these are the last frames; ``abandoned``: its owner's lease has expired;
``lost``: it is not in the store any more, or not from here on.
"""

START: Final = 0
"""Where a turn's frames begin."""


@dataclass(frozen=True, slots=True)
class Page:
    """Frames of a turn, the cursor after them, and the turn's state. There may be more frames unless it is ``over`` or ``lost``."""

    frames: bytes
    cursor: int
    state: State


class Store(Protocol):
    """
    The interface of a store. Each method is atomic, also between processes. Times are in seconds. ``topic`` and ``turn`` are
    any text: the id of a chat or a job; a ``turn`` is used once.
    """

    async def open(
        self, topic: str, turn: str, /, *, lease: float, continued: bytes = b""
    ) -> str | None:
        """
        Makes ``turn`` the topic's running turn, or returns the id of the one that is running. ``continued`` is stored with the
        turn: frames of what it continues, for readers that follow from the start.
        """

    async def continued(self, topic: str, turn: str, /) -> bytes:
        """The ``continued`` that the turn was opened with; empty if the turn does not exist."""

    async def append(self, topic: str, turn: str, frames: bytes, /, *, lease: float) -> Progress:
        """Adds ``frames``, which may be empty, unless the turn is over, and renews the lease."""

    async def finish(
        self, topic: str, turn: str, frames: bytes, /, *, if_abandoned: bool = False
    ) -> bool:
        """
        Adds the last ``frames`` and ends the turn. Returns whether it was running (and, with ``if_abandoned``, its lease had
        expired).
        """

    async def ask_to_stop(self, topic: str, /) -> str | None:
        """Tells the owner of the running turn to stop. Returns the turn's id, if there is one."""

    async def running(self, topic: str, /) -> str | None:
        """The topic's unfinished turn, which may be abandoned, if it can be read from its start."""

    async def state(self, topic: str, turn: str, /) -> State:
        """The state of a turn."""

    async def read(self, topic: str, turn: str, after: int, /, *, wait: float) -> Page:
        """Returns the frames after the cursor ``after``; waits up to ``wait`` seconds if there are none."""

    async def aclose(self) -> None:
        """Closes what the store itself opened."""


@dataclass(slots=True)
class _Turn:
    lease: float
    continued: bytes = b""
    progress: Progress = "running"
    first: int = START
    """The cursor before the first of the frames that are left."""
    frames: list[bytes] = field(default_factory=list)
    size: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def cursor(self) -> int:
        return self.first + len(self.frames)

    def add(self, frames: bytes) -> None:
        self.frames.append(frames)
        self.size += len(frames)
        self.tell()

    def tell(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()


class MemoryStore:
    """
    A store in memory, for one process.

    Finished turns are kept for ``keep`` seconds, for their followers. A turn with more than ``limit`` bytes cannot be resumed:
    only its last frames are kept, for readers that follow closely.
    """

    def __init__(self, *, keep: float = 60.0, limit: int = 16 * 2**20) -> None:
        self._keep = keep
        self._limit = limit
        self._turns: dict[tuple[str, str], _Turn] = {}
        self._latest: dict[str, str] = {}

    async def open(
        self, topic: str, turn: str, *, lease: float, continued: bytes = b""
    ) -> str | None:
        latest = self._latest.get(topic)
        if latest is not None and self._turns[topic, latest].progress != "over":
            return latest
        self._latest[topic] = turn
        self._turns[topic, turn] = _Turn(_now() + lease, continued)
        return None

    async def continued(self, topic: str, turn: str) -> bytes:
        record = self._turns.get((topic, turn))
        return b"" if record is None else record.continued

    async def append(self, topic: str, turn: str, frames: bytes, *, lease: float) -> Progress:
        record = self._turns.get((topic, turn))
        if record is None or record.progress == "over":
            return "over"
        record.lease = _now() + lease
        if frames:
            record.add(frames)
            self._trim(record)
        return record.progress

    async def finish(
        self, topic: str, turn: str, frames: bytes, *, if_abandoned: bool = False
    ) -> bool:
        record = self._turns.get((topic, turn))
        if record is None or record.progress == "over":
            return False
        if if_abandoned and record.lease > _now():
            return False
        record.progress = "over"
        record.add(frames)
        asyncio.get_running_loop().call_later(self._keep, self._forget, topic, turn)
        return True

    async def ask_to_stop(self, topic: str) -> str | None:
        latest = self._latest.get(topic)
        if latest is None or self._turns[topic, latest].progress == "over":
            return None
        self._turns[topic, latest].progress = "stopping"
        return latest

    async def running(self, topic: str) -> str | None:
        latest = self._latest.get(topic)
        if latest is None:
            return None
        record = self._turns[topic, latest]
        return latest if record.progress != "over" and record.first == START else None

    async def state(self, topic: str, turn: str) -> State:
        record = self._turns.get((topic, turn))
        return "lost" if record is None else _state(record)

    async def read(self, topic: str, turn: str, after: int, *, wait: float) -> Page:
        record = self._turns.get((topic, turn))
        if record is not None and record.cursor <= after and record.progress != "over":
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await record.changed.wait()
        if record is None or after < record.first:
            return Page(b"", after, "lost")
        return Page(b"".join(record.frames[after - record.first :]), record.cursor, _state(record))

    async def aclose(self) -> None:
        """Nothing is open."""

    def _trim(self, turn: _Turn) -> None:
        if turn.size > self._limit:
            half = (len(turn.frames) + 1) // 2
            turn.first += half
            del turn.frames[:half]
            turn.size = sum(map(len, turn.frames))

    def _forget(self, topic: str, turn: str) -> None:
        del self._turns[topic, turn]
        if self._latest[topic] == turn:
            del self._latest[topic]


def _state(turn: _Turn) -> State:
    if turn.progress == "over":
        return "over"
    return "running" if turn.lease > _now() else "abandoned"


def _now() -> float:
    return asyncio.get_running_loop().time()
