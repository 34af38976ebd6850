"""
The messages of each chat, and whose it is: in memory, in a file of SQLite, or in Redis.

All of them keep what a turn starts from and what it came to; a turn that another one has taken the place of keeps nothing.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import threading
from collections.abc import Awaitable, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from samewire.ui_stream.messages import UIMessage
from samewire.ui_stream.reading import RequestLimits, read_request

if TYPE_CHECKING:
    from redis.asyncio import Redis

_ANY_SIZE: Final = RequestLimits(max_parts=10**9, max_depth=10**4)


class Chats(Protocol):
    """A store of chats. ``chat``, ``user`` and ``turn`` are any text; a ``turn`` is used once."""

    async def owner(self, chat: str, user: str) -> str:
        """Returns the chat's owner, and makes ``user`` the owner of a chat without one. Atomic, also between processes."""

    async def read(self, chat: str) -> list[UIMessage]:
        """Returns the messages of a chat; none if it does not exist."""

    async def begin(self, chat: str, turn: str, messages: Sequence[UIMessage]) -> None:
        """Stores the messages with which a turn starts."""

    async def keep(self, chat: str, turn: str, messages: Sequence[UIMessage]) -> bool:
        """Stores the messages with the turn's reply, unless another turn has started since. Returns whether it did."""


def messages_json(messages: Sequence[UIMessage]) -> bytes:
    """As the page reads them: ``useChat({ messages })``."""
    return b"[%b]" % b",".join(message.to_json() for message in messages)


def read_messages(stored: bytes | str) -> list[UIMessage]:
    """Parts of kinds that are not known (any more) stay as they are."""
    body = {"id": "", "trigger": "submit-message", "messages": json.loads(stored)}
    found: list[UIMessage] = read_request(body, misfits="keep", limits=_ANY_SIZE).messages
    return found


class MemoryChats:
    """A store in memory, for one process and for tests."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}
        self._chats: dict[str, tuple[str, bytes]] = {}

    async def owner(self, chat: str, user: str) -> str:
        return self._owners.setdefault(chat, user)

    async def read(self, chat: str) -> list[UIMessage]:
        return read_messages(self._chats.get(chat, ("", b"[]"))[1])

    async def begin(self, chat: str, turn: str, messages: Sequence[UIMessage]) -> None:
        self._chats[chat] = turn, messages_json(messages)

    async def keep(self, chat: str, turn: str, messages: Sequence[UIMessage]) -> bool:
        if self._chats.get(chat, ("",))[0] != turn:
            return False
        await self.begin(chat, turn, messages)
        return True


class SQLiteChats:
    """A store in a file, for the processes of one machine. Its table is ``chats``."""

    def __init__(self, path: str | PathLike[str]) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS chats (id TEXT PRIMARY KEY, owner TEXT NOT NULL DEFAULT '',"
            " turn TEXT NOT NULL DEFAULT '', messages BLOB NOT NULL DEFAULT '[]')"
        )

    async def owner(self, chat: str, user: str) -> str:
        await self._run(
            "INSERT INTO chats (id, owner) VALUES (?, ?)"
            " ON CONFLICT (id) DO UPDATE SET owner = excluded.owner WHERE owner = ''",
            (chat, user),
        )
        rows, _ = await self._run("SELECT owner FROM chats WHERE id = ?", (chat,))
        return str(rows[0][0])

    async def read(self, chat: str) -> list[UIMessage]:
        rows, _ = await self._run("SELECT messages FROM chats WHERE id = ?", (chat,))
        return read_messages(rows[0][0] if rows else b"[]")

    async def begin(self, chat: str, turn: str, messages: Sequence[UIMessage]) -> None:
        await self._run(
            "INSERT INTO chats (id, turn, messages) VALUES (?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET turn = excluded.turn, messages = excluded.messages",
            (chat, turn, messages_json(messages)),
        )

    async def keep(self, chat: str, turn: str, messages: Sequence[UIMessage]) -> bool:
        _, changed = await self._run(
            "UPDATE chats SET messages = ? WHERE id = ? AND turn = ?",
            (messages_json(messages), chat, turn),
        )
        return changed == 1

    def close(self) -> None:
        self._connection.close()

    async def _run(self, statement: str, values: tuple[Any, ...]) -> tuple[list[Any], int]:
        """The rows, and how many were changed."""

        def run() -> tuple[list[Any], int]:
            with self._lock:
                cursor = self._connection.execute(statement, values)
                return cursor.fetchall(), cursor.rowcount

        return await asyncio.to_thread(run)


_KEEP: Final = """
if redis.call('HGET', KEYS[1], 'turn') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'messages', ARGV[2])
return 1
"""


class RedisChats:
    """
    A store with one hash per chat, for any number of processes. ``client`` is a ``redis.asyncio.Redis``; keys start with
    ``prefix``.
    """

    def __init__(self, client: Redis, *, prefix: str = "samewire") -> None:
        self._redis = client
        self._prefix = prefix

    async def owner(self, chat: str, user: str) -> str:
        await _done(self._redis.hsetnx(self._key(chat), "owner", user))
        return _text(await _done(self._redis.hget(self._key(chat), "owner")))

    async def read(self, chat: str) -> list[UIMessage]:
        return read_messages(await _done(self._redis.hget(self._key(chat), "messages")) or b"[]")

    async def begin(self, chat: str, turn: str, messages: Sequence[UIMessage]) -> None:
        fields: Any = {"turn": turn, "messages": messages_json(messages)}
        await _done(self._redis.hset(self._key(chat), mapping=fields))

    async def keep(self, chat: str, turn: str, messages: Sequence[UIMessage]) -> bool:
        body = cast("str", messages_json(messages))
        kept: int = await _done(self._redis.eval(_KEEP, 1, self._key(chat), turn, body))
        return kept == 1

    def _key(self, chat: str) -> str:
        return f"{self._prefix}:messages:{chat}"


async def _done(answer: Any) -> Any:
    """redis-py types the commands of both of its clients in one."""
    return await cast("Awaitable[Any]", answer)


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
