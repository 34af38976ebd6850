"""The frames of all turns that are followed in one process, by one blocking read of Redis."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Final

from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ReadOnlyError
from redis.exceptions import TimeoutError as RedisTimeoutError

TRANSIENT: Final = (RedisConnectionError, RedisTimeoutError, ReadOnlyError, OSError)
"""What a restart or a failover of Redis makes of a command, which may be sent again."""

RETRY_AFTER: Final = 0.05
"""Seconds before it is."""

BLOCK: Final = 2.0
"""Seconds for which a read may block: less than any socket timeout."""

PAGE: Final = 250
"""Entries of one turn in an answer."""

_TOGETHER: Final = 0.001
"""Seconds in which those who got frames come back for more, so that they share the next read."""

_WAKE_TTL: Final = 60_000
"""Milliseconds for which the stream that wakes the reader is kept."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Frames of a turn, and whether they are its last; ``cursor`` counts a turn's entries from 1."""

    cursor: int
    frames: bytes
    over: bool


@dataclass(frozen=True, slots=True)
class _Waiter:
    after: int
    entries: asyncio.Future[list[Entry]]


class RedisReader:
    """
    Reads the streams that somebody waits for, all with one ``XREAD`` and its connection.

    ``wake`` is a stream of this reader's own: an entry ends a read that has begun without a stream that somebody waits for by now.
    """

    def __init__(self, redis: Redis, wake: str) -> None:
        self._redis = redis
        self.wake = wake
        self._woken = "0-0"
        self._waiting: dict[str, list[_Waiter]] = {}
        self._reading: asyncio.Task[None] | None = None
        self._waking: asyncio.Task[None] | None = None
        self._blocked = False

    async def entries(self, key: str, after: int, wait: float) -> list[Entry]:
        """
        The entries of the stream ``key`` after a cursor; waits up to ``wait`` seconds if there are none, or no connection.

        Raises:
            Exception: what the client raised from the read, for another reason than that it has no connection.

        """
        waiter = _Waiter(after, asyncio.get_running_loop().create_future())
        self._waiting.setdefault(key, []).append(waiter)
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read(), name="samewire reader")
        elif self._blocked and self._waking is None:
            self._waking = asyncio.create_task(self._end_read(), name="samewire wake")
        try:
            done, _ = await asyncio.wait({waiter.entries}, timeout=wait)
            return waiter.entries.result() if done else []
        finally:
            waiter.entries.cancel()
            waiters = self._waiting[key]
            waiters.remove(waiter)
            if not waiters:
                del self._waiting[key]

    async def aclose(self) -> None:
        """Ends the read. Whoever waits gets no entries."""
        if self._reading is not None:
            self._reading.cancel()
        tasks = [task for task in (self._reading, self._waking) if task is not None]
        await asyncio.gather(*tasks, return_exceptions=True)
        for waiters in self._waiting.values():
            for waiter in waiters:
                _resolve(waiter, [])

    async def _read(self) -> None:
        while self._waiting:
            asked = {key: tuple(waiters) for key, waiters in self._waiting.items()}
            after = {key: min(one.after for one in waiters) for key, waiters in asked.items()}
            streams: dict[Any, Any] = {key: f"{cursor}-0" for key, cursor in after.items()}
            self._blocked = True
            try:
                answer = await self._redis.xread(
                    {**streams, self.wake: self._woken}, count=PAGE, block=round(BLOCK * 1000)
                )
            except TRANSIENT:
                # Told of each failure, thousands who wait would do nothing but come back for the next.
                await asyncio.sleep(RETRY_AFTER)
            except Exception as error:  # noqa: BLE001  # for those who wait
                for waiters in asked.values():
                    for waiter in waiters:
                        _resolve(waiter, error)
            else:
                self._deliver(streams_of(answer), asked)
            finally:
                self._blocked = False
            await asyncio.sleep(_TOGETHER)

    def _deliver(self, answer: dict[str, list[Any]], asked: dict[str, tuple[_Waiter, ...]]) -> None:
        for name, _ in answer.pop(self.wake, []):
            self._woken = text(name)
        for key, raw in answer.items():
            entries = [_entry(name, fields) for name, fields in raw]
            for waiter in asked[key]:
                later = [entry for entry in entries if entry.cursor > waiter.after]
                if later:
                    _resolve(waiter, later)

    async def _end_read(self) -> None:
        try:
            async with self._redis.pipeline(transaction=False) as pipeline:
                pipeline.xadd(self.wake, {"wake": 1}, maxlen=1)
                pipeline.pexpire(self.wake, _WAKE_TTL)
                await pipeline.execute()
        except Exception:  # noqa: BLE001  # the read ends by itself, a little later
            return
        finally:
            self._waking = None


def entries_of(answer: Any) -> list[Entry]:
    """The entries of the one stream that was asked for."""
    return [_entry(name, fields) for raw in streams_of(answer).values() for name, fields in raw]


def streams_of(answer: Any) -> dict[str, list[Any]]:
    """An answer to ``XREAD`` by stream, in the shapes that RESP2 and RESP3 give it."""
    if not answer:
        return {}
    if not isinstance(answer, dict):
        return {text(key): raw for key, raw in answer}
    return {
        text(key): raw[0] if len(raw) == 1 and isinstance(raw[0], list) else raw
        for key, raw in answer.items()
    }


def _entry(name: bytes | str, fields: dict[Any, Any]) -> Entry:
    by_name = {text(key): value for key, value in fields.items()}
    frames = by_name["frames"]
    cursor = int(text(name).partition("-")[0])
    return Entry(
        cursor, frames if isinstance(frames, bytes) else frames.encode(), "over" in by_name
    )


def text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _resolve(waiter: _Waiter, result: list[Entry] | Exception) -> None:
    if waiter.entries.done():
        return
    if isinstance(result, Exception):
        waiter.entries.set_exception(result)
    else:
        waiter.entries.set_result(result)
