"""
Turns in Redis, for several processes: ``pip install samewire[redis]``. Redis 6.2 or later, or what speaks its protocol.

For each topic there is a hash that says which turn it has and how far that one is, and for each turn a stream of frames. All
changes are scripts, hence atomic, by the server's clock. One command reads the streams of all topics, so a cluster must keep all
keys together.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self, cast
from urllib.parse import quote
from uuid import uuid4

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.commands.core import AsyncScript
from redis.exceptions import ResponseError

from samewire.streams.redis_reader import (
    PAGE,
    RETRY_AFTER,
    TRANSIENT,
    Entry,
    RedisReader,
    entries_of,
    text,
)
from samewire.streams.store import Page, Progress, State

_CLOCK: Final = """
local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)
"""

# KEYS: the topic's hash, one of another topic's. ARGV: turn, lease, ttl in ms, frames of what the turn continues.
_OPEN: Final = (
    _CLOCK
    + """
local known = redis.call('HMGET', KEYS[1], 'turn', 'progress')
if known[1] and known[2] ~= 'over' then return known[1] end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'turn', ARGV[1], 'progress', 'running', 'lease', now + ARGV[2], 'cursor', 0, 'size', 0)
if ARGV[4] ~= '' then redis.call('HSET', KEYS[1], 'continued', ARGV[4]) end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return false
"""
)

# KEYS: the topic's hash, the turn's stream. ARGV: turn, lease, ttl in ms, cursor after the frames, frames, limit in bytes.
_APPEND: Final = (
    _CLOCK
    + """
local known = redis.call('HMGET', KEYS[1], 'turn', 'progress', 'cursor')
if known[1] ~= ARGV[1] or known[2] == 'over' then return 'over' end
redis.call('HSET', KEYS[1], 'lease', now + ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
if tonumber(ARGV[4]) > tonumber(known[3]) then
  redis.call('XADD', KEYS[2], ARGV[4] .. '-0', 'frames', ARGV[5])
  redis.call('HSET', KEYS[1], 'cursor', ARGV[4])
  if redis.call('HINCRBY', KEYS[1], 'size', #ARGV[5]) > tonumber(ARGV[6]) then
    redis.call('XTRIM', KEYS[2], 'MAXLEN', math.floor(redis.call('XLEN', KEYS[2]) / 2))
    redis.call('HSET', KEYS[1], 'size', math.floor(ARGV[6] / 2), 'trimmed', 1)
  end
end
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return known[2]
"""
)

# KEYS: the topic's hash, the turn's stream. ARGV: turn, frames, keep in ms, only if abandoned, a name for this call.
_FINISH: Final = (
    _CLOCK
    + """
local known = redis.call('HMGET', KEYS[1], 'turn', 'progress', 'cursor', 'lease', 'by')
if known[1] ~= ARGV[1] then return 0 end
if known[2] == 'over' then return known[5] == ARGV[5] and 1 or 0 end
if ARGV[4] == '1' and tonumber(known[4]) > now then return 0 end
redis.call('XADD', KEYS[2], (known[3] + 1) .. '-0', 'frames', ARGV[2], 'over', 1)
redis.call('HSET', KEYS[1], 'progress', 'over', 'cursor', known[3] + 1, 'by', ARGV[5])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return 1
"""
)

# KEYS: the topic's hash.
_ASK: Final = """
local known = redis.call('HMGET', KEYS[1], 'turn', 'progress')
if not known[1] or known[2] == 'over' then return false end
redis.call('HSET', KEYS[1], 'progress', 'stopping')
return known[1]
"""

# KEYS: the topic's hash. ARGV: turn.
_STATE: Final = (
    _CLOCK
    + """
local known = redis.call('HMGET', KEYS[1], 'turn', 'progress', 'lease')
if known[1] ~= ARGV[1] then return 'lost' end
if known[2] == 'over' then return 'over' end
return tonumber(known[3]) > now and 'running' or 'abandoned'
"""
)

_COMMANDS: Final = 32
"""Commands of a store that are on their way at the same time. Each has a connection; a hundred turns need no more."""

_RETRY_FOR: Final = 5.0
"""Seconds for which a command is sent again that is none of a turn's owner, for whom it is the lease."""


@dataclass(slots=True)
class _OwnTurn:
    """A turn that this process runs: its lease in seconds, and the cursor after the frames that it has sent."""

    lease: float
    cursor: int = 0


class RedisStore:
    """
    A store of turns that several processes share.

    ``redis`` is the application's client. ``prefix`` starts all keys; in a cluster, use a hash tag such as ``"{samewire}"``.
    Keys without writes for ``ttl`` seconds expire, finished turns after ``keep`` seconds. A turn with more than ``limit`` bytes
    cannot be resumed: only its last frames are kept, for readers that follow closely.

    For any number of turns and followers, the store uses one connection to wait for frames and up to 32 for commands, or half
    of the client's pool, which has at least two. It retries commands that fail for lack of a connection; those of a turn's
    owner until the turn's lease expires. A restart of Redis that keeps its data, or a failover, ends no turn.
    """

    def __init__(
        self,
        redis: Redis,
        *,
        prefix: str = "samewire",
        ttl: float = 600.0,
        keep: float = 60.0,
        limit: int = 16 * 2**20,
    ) -> None:
        self._redis = redis
        self._owns_redis = False
        self._prefix = prefix
        self._ttl = _ms(ttl)
        self._keep = _ms(keep)
        self._limit = limit
        self._own: dict[str, _OwnTurn] = {}
        self._reader = RedisReader(redis, f"{prefix}:wake:{uuid4().hex}")
        most = getattr(redis.connection_pool, "max_connections", None) or _COMMANDS * 2
        if most == 1 or redis.single_connection_client:
            raise ValueError(
                "RedisStore waits for frames on one connection and sends commands on others:"
                " pass a client with a pool of two or more"
            )
        self._commands = asyncio.Semaphore(min(_COMMANDS, most // 2))
        self._open = redis.register_script(_OPEN)
        self._append = redis.register_script(_APPEND)
        self._finish = redis.register_script(_FINISH)
        self._ask = redis.register_script(_ASK)
        self._state = redis.register_script(_STATE)

    @classmethod
    def from_url(cls, url: str, **options: Any) -> Self:
        """A store with a client of its own, which :meth:`aclose` closes. ``options`` are those of the class."""
        # The client's own retries wait for seconds, with a connection, where a lease has to be renewed.
        store = cls(Redis.from_url(url, retry=Retry(NoBackoff(), 1)), **options)
        store._owns_redis = True
        return store

    async def aclose(self) -> None:
        """Ends the read for those who wait, and closes the client that :meth:`from_url` made."""
        await self._reader.aclose()
        if self._owns_redis:
            await self._redis.aclose()

    async def open(
        self, topic: str, turn: str, *, lease: float, continued: bytes = b""
    ) -> str | None:
        args: list[Any] = [turn, _ms(lease), self._ttl, continued]
        keys = [self._topic(topic), self._reader.wake]
        try:
            answer = await self._retried(lambda: self._open(keys=keys, args=args))
        except ResponseError as error:
            if "same slot" not in str(error):
                raise
            message = (
                "Redis is a cluster, which reads the streams of several topics at once only if their keys"
                f' have one hash tag: pass RedisStore(prefix="{{{self._prefix}}}")'
            )
            raise RuntimeError(message) from error
        if answer is not None and text(answer) != turn:
            return text(answer)
        self._own[turn] = _OwnTurn(lease)
        return None

    async def continued(self, topic: str, turn: str) -> bytes:
        latest, frames = await self._retried(
            lambda: self._redis.hmget(self._topic(topic), ["turn", "continued"])
        )
        if latest is None or text(latest) != turn or frames is None:
            return b""
        return frames if isinstance(frames, bytes) else bytes(frames.encode())

    async def append(self, topic: str, turn: str, frames: bytes, *, lease: float) -> Progress:
        own = self._own.get(turn)
        if own is None:
            return "over"
        # The cursor makes a command that is sent again after a lost answer add nothing.
        own.cursor += 1 if frames else 0
        args = [turn, _ms(lease), self._ttl, own.cursor, frames, self._limit]
        answer = await self._call(self._append, topic, turn, args=args, retry_for=lease)
        progress = cast("Progress", text(answer))
        if progress == "over":
            self._own.pop(turn, None)
        return progress

    async def finish(
        self, topic: str, turn: str, frames: bytes, *, if_abandoned: bool = False
    ) -> bool:
        args = [turn, frames, self._keep, int(if_abandoned), uuid4().hex]
        own = None if if_abandoned else self._own.get(turn)
        retry_for = None if own is None else own.lease
        answer = await self._call(self._finish, topic, turn, args=args, retry_for=retry_for)
        if answer or not if_abandoned:
            self._own.pop(turn, None)
        return bool(answer)

    async def ask_to_stop(self, topic: str) -> str | None:
        answer = await self._call(self._ask, topic)
        return None if answer is None else text(answer)

    async def running(self, topic: str) -> str | None:
        turn, progress, trimmed = await self._retried(
            lambda: self._redis.hmget(self._topic(topic), ["turn", "progress", "trimmed"])
        )
        if turn is None or progress is None or trimmed is not None or text(progress) == "over":
            return None
        return text(turn)

    async def state(self, topic: str, turn: str) -> State:
        return await self._state_of(topic, turn)

    async def read(self, topic: str, turn: str, after: int, *, wait: float) -> Page:
        key = self._frames(topic, turn)
        entries = await self._entries(key, after, wait)
        if not entries:
            # Who waits calls again until the lease is over.
            state = await self._state_of(topic, turn, retry_for=0 if wait > 0 else None)
            # The end may have come since, and a new turn of the topic: the frames are kept for a while.
            entries = await self._entries(key, after, 0) if state in {"over", "lost"} else []
            if not entries:
                return Page(b"", after, state)
        first, last = entries[0], entries[-1]
        if first.cursor != after + 1:
            return Page(b"", after, "lost")
        frames = b"".join(entry.frames for entry in entries)
        return Page(frames, last.cursor, "over" if last.over else "running")

    async def _state_of(self, topic: str, turn: str, *, retry_for: float | None = None) -> State:
        answer = await self._call(self._state, topic, args=[turn], retry_for=retry_for)
        return cast("State", text(answer))

    async def _entries(self, key: str, after: int, wait: float) -> list[Entry]:
        if wait > 0:
            return await self._reader.entries(key, after, wait)
        return entries_of(
            await self._retried(lambda: self._redis.xread({key: f"{after}-0"}, count=PAGE))
        )

    async def _call(
        self,
        script: AsyncScript,
        topic: str,
        turn: str | None = None,
        *,
        args: Sequence[Any] = (),
        retry_for: float | None = None,
    ) -> Any:
        """Runs a script on a topic's keys."""
        keys = (
            [self._topic(topic)]
            if turn is None
            else [self._topic(topic), self._frames(topic, turn)]
        )
        return await self._retried(lambda: script(keys=keys, args=args), retry_for)

    async def _retried(
        self, command: Callable[[], Awaitable[Any]], retry_for: float | None = None
    ) -> Any:
        """
        What Redis answers to a command, which is sent again for so many seconds: what was done is done once.

        One that failed keeps its turn while it waits. Without that, thousands would call a server that is away.
        """
        loop = asyncio.get_running_loop()
        patience = _RETRY_FOR if retry_for is None else retry_for
        until: float | None = None
        while True:
            async with self._commands:
                try:
                    return await command()
                except TRANSIENT:
                    until = until or loop.time() + patience
                    if loop.time() + RETRY_AFTER >= until:
                        raise
                    await asyncio.sleep(RETRY_AFTER)

    def _topic(self, topic: str) -> str:
        return f"{self._prefix}:{{{quote(topic, safe='')}}}"

    def _frames(self, topic: str, turn: str) -> str:
        return f"{self._topic(topic)}:{turn}"


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
