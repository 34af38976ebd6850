"""The messages of each chat, and whose it is: in memory, or in Redis where several workers have to find them."""

import json
from collections.abc import Sequence
from typing import Protocol

from pydantic import TypeAdapter
from redis.asyncio import Redis
from samewire.ui_stream import UIMessage

Messages = TypeAdapter(list[UIMessage])


class History(Protocol):
    async def owner(self, chat_id: str, visitor: str) -> str:
        """Whose chat it is: the visitor's, if it was nobody's."""

    async def read(self, chat_id: str) -> list[UIMessage]:
        """The messages of a chat."""

    async def begin(self, chat_id: str, turn: str, messages: Sequence[UIMessage]) -> None:
        """The messages that a turn starts from."""

    async def keep(self, chat_id: str, turn: str, messages: Sequence[UIMessage]) -> None:
        """The messages with the turn's reply, unless another turn has begun meanwhile."""


class MemoryHistory:
    def __init__(self) -> None:
        self._chats: dict[str, tuple[str, bytes]] = {}
        self._owners: dict[str, str] = {}

    async def owner(self, chat_id: str, visitor: str) -> str:
        return self._owners.setdefault(chat_id, visitor)

    async def read(self, chat_id: str) -> list[UIMessage]:
        return Messages.validate_json(self._chats.get(chat_id, ("", b"[]"))[1])

    async def begin(self, chat_id: str, turn: str, messages: Sequence[UIMessage]) -> None:
        self._chats[chat_id] = turn, as_json(messages)

    async def keep(self, chat_id: str, turn: str, messages: Sequence[UIMessage]) -> None:
        if self._chats[chat_id][0] == turn:
            await self.begin(chat_id, turn, messages)


class RedisHistory:
    """A hash a chat, with its owner, its messages and the turn that wrote them."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def owner(self, chat_id: str, visitor: str) -> str:
        await self._redis.hsetnx(f"chat:{chat_id}", "owner", visitor)
        found = await self._redis.hget(f"chat:{chat_id}", "owner")
        return found.decode() if isinstance(found, bytes) else str(found)

    async def read(self, chat_id: str) -> list[UIMessage]:
        return Messages.validate_json(
            await self._redis.hget(f"chat:{chat_id}", "messages") or b"[]"
        )

    async def begin(self, chat_id: str, turn: str, messages: Sequence[UIMessage]) -> None:
        await self._redis.hset(
            f"chat:{chat_id}", mapping={"turn": turn, "messages": as_json(messages)}
        )

    async def keep(self, chat_id: str, turn: str, messages: Sequence[UIMessage]) -> None:
        if await self._redis.hget(f"chat:{chat_id}", "turn") == turn.encode():
            await self.begin(chat_id, turn, messages)


def as_json(messages: Sequence[UIMessage]) -> bytes:
    return json.dumps([json.loads(message.to_json()) for message in messages]).encode()
