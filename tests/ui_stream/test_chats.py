"""The stores of chats, each of which does the same."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis
from samewire.ui_stream import UIMessage
from samewire.ui_stream.history.chats import (
    Chats,
    MemoryChats,
    RedisChats,
    SQLiteChats,
    messages_json,
)

from tests.ui_stream.redis_server import redis_server

MESSAGES = [
    {"id": "u", "role": "user", "parts": [{"type": "text", "text": "\ud83d 🌍 é"}], "metadata": None},
    {
        "id": "m",
        "role": "assistant",
        "parts": [
            {"type": "step-start"},
            {"type": "of-tomorrow", "x": [1, None]},
            {"type": "tool-f", "toolCallId": "c", "state": "input-available", "input": {"a": None}},
        ],
    },
]  # fmt: skip
ASKED = UIMessage.model_validate(
    {"id": "u", "role": "user", "parts": [{"type": "text", "text": "a"}]}
)


@pytest.fixture(params=["memory", "sqlite", "redis"])
def run(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., None]]:
    """Runs a function with a store that is open."""
    stack = ExitStack()
    url = stack.enter_context(redis_server(tmp_path)) if request.param == "redis" else ""

    @asynccontextmanager
    async def opened() -> AsyncIterator[Chats]:
        if url:
            async with Redis.from_url(url) as client:
                yield RedisChats(client)
        elif request.param == "sqlite":
            store = SQLiteChats(tmp_path / "chats.db")
            yield store
            store.close()
        else:
            yield MemoryChats()

    def run(using: Callable[[Chats], Awaitable[None]]) -> None:
        async def inside() -> None:
            async with opened() as store:
                await using(store)

        asyncio.run(inside())

    with stack:
        yield run


def test_messages_come_back_as_they_were(run: Any) -> None:
    async def using(chats: Chats) -> None:
        assert await chats.read("c") == []
        await chats.begin("c", "1", [ASKED])
        assert await chats.read("c") == [ASKED]
        stored = UIMessage.model_validate(MESSAGES[0])
        await chats.begin("d", "1", [stored])
        assert json.loads(messages_json(await chats.read("d"))) == MESSAGES[:1]
        assert await chats.read("c") == [ASKED]

    run(using)


def test_a_chat_is_whose_it_was_first(run: Any) -> None:
    async def using(chats: Chats) -> None:
        found = await asyncio.gather(*(chats.owner("c", f"user {n}") for n in range(20)))
        assert len({*found}) == 1
        await chats.begin("c", "1", [ASKED])
        assert await chats.owner("c", "somebody") == found[0]
        await chats.begin("e", "1", [ASKED])  # without an owner, as yet
        assert await chats.owner("e", "ada") == await chats.owner("e", "bob") == "ada"
        assert await chats.read("e") == [ASKED]

    run(using)


def test_a_turn_that_was_replaced_keeps_nothing(run: Any) -> None:
    reply = UIMessage(id="m", role="assistant", parts=[])

    async def using(chats: Chats) -> None:
        assert not await chats.keep("c", "1", [reply])
        await chats.begin("c", "1", [ASKED])
        await chats.begin("c", "2", [ASKED])
        assert not await chats.keep("c", "1", [reply])
        assert await chats.read("c") == [ASKED]
        assert await chats.keep("c", "2", [ASKED, reply])
        assert await chats.read("c") == [ASKED, reply]

    run(using)


def test_parts_that_are_not_known_any_more_are_kept(tmp_path: Path) -> None:
    async def using() -> None:
        chats = SQLiteChats(tmp_path / "chats.db")
        raw = json.dumps(MESSAGES)
        chats._connection.execute("INSERT INTO chats (id, messages) VALUES ('c', ?)", (raw,))  # noqa: SLF001
        found = await chats.read("c")
        assert json.loads(messages_json(found)) == MESSAGES
        other = SQLiteChats(tmp_path / "chats.db")  # of another process
        assert await other.read("c") == found
        chats.close()
        other.close()

    asyncio.run(using())
