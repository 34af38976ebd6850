"""
Turns in Redis, for several processes: ``pip install samewire[redis]``. Redis 6.2 or later, or what speaks its protocol.

For each chat there is a hash that says which turn it has and how far that one is, and for each turn a stream of frames. Both have
the chat in their key's hash tag, so that a cluster keeps them together. All changes are scripts, hence
atomic, by the server's clock.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Self, cast
from urllib.parse import quote
from uuid import uuid4

from redis.asyncio import Redis

from samewire.ui_stream.store import Page, Progress, State

_CLOCK: Final = """
local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)
"""

# KEYS: the chat's hash. ARGV: turn, lease, ttl in ms, frames of the message that the turn continues.
_OPEN: Final = (
    _CLOCK
    + """
local found = redis.call('HMGET', KEYS[1], 'turn', 'progress')
if found[1] and found[2] ~= 'over' then return found[1] end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'turn', ARGV[1], 'progress', 'running', 'lease', now + ARGV[2], 'cursor', 0, 'size', 0)
if ARGV[4] ~= '' then redis.call('HSET', KEYS[1], 'continued', ARGV[4]) end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return false
"""
)

# KEYS: the chat's hash, the turn's stream. ARGV: turn, lease, ttl in ms, cursor after the frames, frames, limit in bytes.
_APPEND: Final = (
    _CLOCK
    + """
local found = redis.call('HMGET', KEYS[1], 'turn', 'progress', 'cursor')
if found[1] ~= ARGV[1] or found[2] == 'over' then return 'over' end
redis.call('HSET', KEYS[1], 'lease', now + ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
if tonumber(ARGV[4]) > tonumber(found[3]) then
  redis.call('XADD', KEYS[2], ARGV[4] .. '-0', 'frames', ARGV[5])
  redis.call('HSET', KEYS[1], 'cursor', ARGV[4])
  if redis.call('HINCRBY', KEYS[1], 'size', #ARGV[5]) > tonumber(ARGV[6]) then
    redis.call('XTRIM', KEYS[2], 'MAXLEN', math.floor(redis.call('XLEN', KEYS[2]) / 2))
    redis.call('HSET', KEYS[1], 'size', math.floor(ARGV[6] / 2), 'trimmed', 1)
  end
end
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return found[2]
"""
)

# KEYS: the chat's hash, the turn's stream. ARGV: turn, frames, keep in ms, only if abandoned, a name for this call.
_FINISH: Final = (
    _CLOCK
    + """
local found = redis.call('HMGET', KEYS[1], 'turn', 'progress', 'cursor', 'lease', 'by')
if found[1] ~= ARGV[1] then return 0 end
if found[2] == 'over' then return found[5] == ARGV[5] and 1 or 0 end
if ARGV[4] == '1' and tonumber(found[4]) > now then return 0 end
redis.call('XADD', KEYS[2], (found[3] + 1) .. '-0', 'frames', ARGV[2], 'over', 1)
redis.call('HSET', KEYS[1], 'progress', 'over', 'cursor', found[3] + 1, 'by', ARGV[5])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return 1
"""
)

# KEYS: the chat's hash.
_ASK: Final = """
local found = redis.call('HMGET', KEYS[1], 'turn', 'progress')
if not found[1] or found[2] == 'over' then return false end
redis.call('HSET', KEYS[1], 'progress', 'stopping')
return found[1]
"""

# KEYS: the chat's hash. ARGV: turn.
_STATE: Final = (
    _CLOCK
    + """
local found = redis.call('HMGET', KEYS[1], 'turn', 'progress', 'lease')
if found[1] ~= ARGV[1] then return 'lost' end
if found[2] == 'over' then return 'over' end
return tonumber(found[3]) > now and 'running' or 'abandoned'
"""
)

_BLOCK: Final = 2.0
"""Seconds for which a read may block: less than any socket timeout."""

_PAGE: Final = 1000
"""Entries in an answer."""


class RedisStore:
    """
    Turns that several processes share.

    ``redis`` is the application's client, ``prefix`` begins all keys. What is not written to for ``ttl`` seconds is dropped, a
    turn that is over after ``keep`` seconds. One of which more than ``limit`` bytes were written can't be resumed any more:
    only its last frames are kept, for those who follow it closely.

    For each turn that is followed here, one connection waits for its frames, so the client's pool must not be a small one.
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
        self._cursors: dict[str, int] = {}
        self._reading: dict[tuple[str, int], asyncio.Future[list[_Entry]]] = {}
        self._open = redis.register_script(_OPEN)
        self._append = redis.register_script(_APPEND)
        self._finish = redis.register_script(_FINISH)
        self._ask = redis.register_script(_ASK)
        self._state = redis.register_script(_STATE)

    @classmethod
    def from_url(cls, url: str, **options: Any) -> Self:
        """A store with a client of its own, which :meth:`aclose` closes. ``options`` are those of the class."""
        store = cls(Redis.from_url(url), **options)
        store._owns_redis = True
        return store

    async def aclose(self) -> None:
        """Leaves the reads that nobody waits for, and closes the client that :meth:`from_url` made."""
        for reading in self._reading.values():
            reading.cancel()
        await asyncio.gather(*self._reading.values(), return_exceptions=True)
        if self._owns_redis:
            await self._redis.aclose()

    async def open(
        self, chat: str, turn: str, *, lease: float, continued: bytes = b""
    ) -> str | None:
        found = await self._open(
            keys=[self._chat(chat)], args=[turn, _ms(lease), self._ttl, continued]
        )
        if found is not None and _text(found) != turn:
            return _text(found)
        self._cursors[turn] = 0
        return None

    async def continued(self, chat: str, turn: str) -> bytes:
        found, frames = await self._redis.hmget(self._chat(chat), ["turn", "continued"])
        if found is None or _text(found) != turn or frames is None:
            return b""
        return frames if isinstance(frames, bytes) else frames.encode()

    async def append(self, chat: str, turn: str, frames: bytes, *, lease: float) -> Progress:
        if turn not in self._cursors:
            return "over"
        # The cursor makes a call that the client repeats after a lost answer add nothing.
        self._cursors[turn] += 1 if frames else 0
        found = await self._append(
            keys=[self._chat(chat), self._frames(chat, turn)],
            args=[turn, _ms(lease), self._ttl, self._cursors[turn], frames, self._limit],
        )
        progress = cast("Progress", _text(found))
        if progress == "over":
            self._cursors.pop(turn, None)
        return progress

    async def finish(
        self, chat: str, turn: str, frames: bytes, *, if_abandoned: bool = False
    ) -> bool:
        found = await self._finish(
            keys=[self._chat(chat), self._frames(chat, turn)],
            args=[turn, frames, self._keep, int(if_abandoned), uuid4().hex],
        )
        if found:
            self._cursors.pop(turn, None)
        return bool(found)

    async def ask_to_stop(self, chat: str) -> str | None:
        found = await self._ask(keys=[self._chat(chat)])
        return None if found is None else _text(found)

    async def running(self, chat: str) -> str | None:
        turn, progress, trimmed = await self._redis.hmget(
            self._chat(chat), ["turn", "progress", "trimmed"]
        )
        if turn is None or progress is None or trimmed is not None or _text(progress) == "over":
            return None
        return _text(turn)

    async def state(self, chat: str, turn: str) -> State:
        return cast("State", _text(await self._state(keys=[self._chat(chat)], args=[turn])))

    async def read(self, chat: str, turn: str, after: int, *, wait: float) -> Page:
        key = self._frames(chat, turn)
        entries = await self._entries(key, after, wait)
        if not entries:
            state = await self.state(chat, turn)
            # The end may have come since, and its frames with it.
            entries = await self._entries(key, after, 0) if state == "over" else []
            if not entries:
                return Page(b"", after, state)
        first, last = entries[0], entries[-1]
        if first.cursor != after + 1:
            return Page(b"", after, "lost")
        frames = b"".join(entry.frames for entry in entries)
        return Page(frames, last.cursor, "over" if last.over else "running")

    async def _entries(self, key: str, after: int, wait: float) -> list[_Entry]:
        if wait <= 0:
            return _entries(await self._redis.xread({key: f"{after}-0"}, count=_PAGE))
        # All who wait at the same place share one call, and its connection. It goes on when some of them leave.
        reading = self._reading.get((key, after))
        if reading is None:
            reading = asyncio.ensure_future(self._blocked(key, after))
            self._reading[key, after] = reading
            reading.add_done_callback(partial(self._read, (key, after)))
        done, _ = await asyncio.wait({reading}, timeout=wait)
        return reading.result() if done else []

    async def _blocked(self, key: str, after: int) -> list[_Entry]:
        return _entries(
            await self._redis.xread({key: f"{after}-0"}, count=_PAGE, block=_ms(_BLOCK))
        )

    def _read(self, place: tuple[str, int], reading: asyncio.Future[list[_Entry]]) -> None:
        del self._reading[place]
        if not reading.cancelled():
            reading.exception()  # which is for those who wait, if any do

    def _chat(self, chat: str) -> str:
        return f"{self._prefix}:{{{quote(chat, safe='')}}}"

    def _frames(self, chat: str, turn: str) -> str:
        return f"{self._chat(chat)}:{turn}"


@dataclass(frozen=True, slots=True)
class _Entry:
    cursor: int
    frames: bytes
    over: bool


def _entries(answer: Any) -> list[_Entry]:
    """The entries of the one stream that was asked for, in the shapes that RESP2 and RESP3 give them."""
    if not answer:
        return []
    entries = next(iter(answer.values())) if isinstance(answer, dict) else answer[0][1]
    if isinstance(answer, dict) and len(entries) == 1 and isinstance(entries[0], list):
        entries = entries[0]
    return [_entry(name, fields) for name, fields in entries]


def _entry(name: bytes | str, fields: dict[Any, Any]) -> _Entry:
    by_name = {_text(key): value for key, value in fields.items()}
    frames = by_name["frames"]
    cursor = int(_text(name).partition("-")[0])
    return _Entry(
        cursor, frames if isinstance(frames, bytes) else frames.encode(), "over" in by_name
    )


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
