"""Redis under load and in trouble: many turns on one worker, killed connections, a blocked event loop, a restart."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Connection, ConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from samewire.ui_stream import (
    Chunk,
    FinishChunk,
    FinishStepChunk,
    StartChunk,
    StartStepChunk,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
)
from samewire.ui_stream.production import Ended
from samewire.ui_stream.redis import RedisStore
from samewire.ui_stream.store import MemoryStore, Page
from samewire.ui_stream.turns import INTERRUPTED, Turn, Turns, anyone

from tests.ui_stream.redis_server import RedisServer, running_redis

WORDS = 6
MANY = 300


async def source(
    name: str, pause: float, joined: asyncio.Event | None = None
) -> AsyncIterator[Chunk]:
    """Ends when all have ``joined`` who are to read it."""
    yield StartChunk(message_id=name)
    yield StartStepChunk()
    yield TextStartChunk(id="1")
    for at in range(WORDS):
        await asyncio.sleep(pause)
        yield TextDeltaChunk(id="1", delta=f"{name}-{at} ")
    if joined is not None:
        await joined.wait()
    yield TextEndChunk(id="1")
    yield FinishStepChunk()
    yield FinishChunk(finish_reason="stop")


async def whole(turn: Turn | None) -> bytes:
    assert turn is not None
    found = b""
    while (batch := await turn.read(5)) is not None:
        found += batch
    return found + turn.ending()


def problems(name: str, body: bytes) -> list[str]:
    """What is wrong with what a reader got."""
    facts = {
        "words": all(body.count(b'"delta":"%b-%d "' % (name.encode(), at)) == 1 for at in range(WORDS)),
        "one end": body.count(b'"type":"finish","finishReason"') == 1,
        "no error": b'"type":"error"' not in body,
        "done": body.count(b"[DONE]") == 1,
    }  # fmt: skip
    return [fact for fact, is_so in facts.items() if not is_so]


async def run_turns(
    store: RedisStore,
    count: int,
    pause: float,
    trouble: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Runs so many turns at once, each with a reader from the start and one that resumes it."""
    names, joined = [f"c{number}" for number in range(count)], asyncio.Event()
    async with Turns(store, authorize=anyone, lease=10) as turns:
        started = await asyncio.gather(
            *(turns.start(name, source(name, pause, joined), by=None) for name in names)
        )
        resumed = await asyncio.gather(*(turns.follow(name, by=None) for name in names))
        joined.set()
        reading = [asyncio.create_task(whole(turn)) for turn in (*started, *resumed)]
        if trouble is not None:
            await trouble()
        bodies = await asyncio.gather(*reading)
    wrong = {name: found for name, body in zip(names * 2, bodies, strict=True) if (found := problems(name, body))}  # fmt: skip
    assert wrong == {}


@pytest.fixture
def server(tmp_path: Path) -> Any:
    with running_redis(tmp_path, durable=True) as server:
        yield server


def connections(store: RedisStore) -> int:
    pool: Any = store._redis.connection_pool  # noqa: SLF001
    return len(pool._available_connections) + len(pool._in_use_connections)  # noqa: SLF001


def test_many_turns_on_one_worker(server: RedisServer) -> None:
    async def run() -> None:
        store = RedisStore.from_url(server.url)
        await run_turns(store, MANY, pause=0.2)
        assert connections(store) <= 40

    asyncio.run(run())


@pytest.mark.parametrize("text", [False, True])
def test_a_small_pool_of_the_applications_own(server: RedisServer, text: bool) -> None:
    async def run() -> None:
        pool = ConnectionPool.from_url(
            server.url, max_connections=6, decode_responses=text, protocol=2 if text else 3
        )
        async with Redis.from_pool(pool) as client:
            await run_turns(RedisStore(client), 40, pause=0.1)

    asyncio.run(run())


@pytest.mark.parametrize("options", [{"max_connections": 1}, {"single_connection_client": True}])
def test_a_client_of_one_connection_is_refused(options: dict[str, Any]) -> None:
    """It would wait for frames with every command behind it."""
    with pytest.raises(ValueError, match="a pool of two or more"):
        RedisStore(Redis(**options))


def test_killed_connections_cost_nobody_a_turn(server: RedisServer) -> None:
    async def run() -> None:
        async def kill() -> None:
            async with Redis.from_url(server.url) as admin:
                for _ in range(10):
                    await asyncio.sleep(0.15)
                    await admin.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")  # type: ignore[no-untyped-call]  # of redis

        await run_turns(RedisStore.from_url(server.url), 20, pause=0.3, trouble=kill)

    asyncio.run(run())


def test_a_restart_costs_nobody_a_turn(server: RedisServer) -> None:
    async def run() -> None:
        async def restart() -> None:
            await asyncio.sleep(0.5)
            await asyncio.to_thread(server.restart)

        await run_turns(RedisStore.from_url(server.url), 20, pause=0.4, trouble=restart)

    asyncio.run(run())


def test_a_blocked_event_loop_costs_nobody_a_turn(server: RedisServer) -> None:
    """For longer than a client waits for an answer, which is there when the loop goes on."""

    async def run() -> None:
        async def block() -> None:
            await asyncio.sleep(0.3)
            time.sleep(1.5)  # noqa: ASYNC251  # what is tested

        client = Redis.from_url(server.url, socket_timeout=1.0)
        try:
            # A read may block for two seconds, so each of them times out as well.
            await run_turns(RedisStore(client), 5, pause=0.3, trouble=block)
        finally:
            await client.aclose()

    asyncio.run(run())


def test_the_last_frames_are_sent_until_the_lease_is_over(
    server: RedisServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """As all others of the owner; commands of others are given up before."""
    monkeypatch.setattr("samewire.streams.redis._RETRY_FOR", 0.2)

    async def run() -> None:
        store = RedisStore.from_url(server.url)
        outcomes: list[str] = []

        restarting: list[asyncio.Task[None]] = []

        async def on_end(ended: Ended) -> None:
            outcomes.append(ended.outcome)
            server.process.terminate()
            await asyncio.to_thread(server.process.wait)
            restarting.append(asyncio.create_task(asyncio.to_thread(server.restart, 1.0)))

        async with Turns(store, authorize=anyone, lease=20) as turns:
            turn = await turns.start("c", source("c", 0.01), by=None, on_end=on_end)
            assert problems("c", await whole(turn)) == []
            assert outcomes == ["finish"]
            await asyncio.gather(*restarting)

    asyncio.run(run())
    assert "lost its owner" not in caplog.text


def test_a_server_that_is_away_is_not_stormed(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many commands and readers wait for it, a few try; so those that wait get through when it is back."""
    tries = 0

    class Refused(Connection):
        async def connect(self) -> None:
            nonlocal tries
            tries += 1
            await asyncio.sleep(0)
            raise RedisConnectionError("away")

    monkeypatch.setattr("samewire.streams.redis._RETRY_FOR", 0.5)

    async def run() -> None:
        client = Redis.from_pool(
            ConnectionPool(connection_class=Refused, retry=Retry(NoBackoff(), 0))
        )
        store = RedisStore(client)
        commands = (store.running(f"c{number}") for number in range(400))
        answers = await asyncio.gather(*commands, return_exceptions=True)
        assert {type(answer) for answer in answers} == {RedisConnectionError}
        assert tries < 4 * 400

        waiting = (store._reader.entries(f"c{number}", 0, 0.5) for number in range(400))  # noqa: SLF001
        tries_of_commands = tries
        assert await asyncio.gather(*waiting) == [[]] * 400
        assert tries - tries_of_commands < 20
        await store.aclose()

    asyncio.run(run())


@pytest.mark.parametrize("prefix", ["samewire", "{samewire}"])
def test_a_cluster_needs_a_hash_tag(tmp_path: Path, prefix: str) -> None:
    async def run(server: RedisServer) -> None:
        async with Redis.from_url(server.url) as client:
            await client.execute_command("CLUSTER", "ADDSLOTSRANGE", 0, 16383)  # type: ignore[no-untyped-call]  # of redis
            await ready(client)
            if prefix.startswith("{"):
                await run_turns(RedisStore(client, prefix=prefix), 5, pause=0.01)
                return
            async with Turns(RedisStore(client), authorize=anyone) as turns:
                with pytest.raises(RuntimeError, match=r'prefix="\{samewire\}"'):
                    await turns.start("c", source("c", 0), by=None)

    async def ready(client: Redis) -> None:
        async with asyncio.timeout(60):
            while "cluster_state:ok" not in str(await client.execute_command("CLUSTER", "INFO")):  # type: ignore[no-untyped-call]  # noqa: ASYNC110  # of redis
                await asyncio.sleep(0.05)

    with running_redis(tmp_path, cluster=True) as server:
        asyncio.run(run(server))


class Flaky(MemoryStore):
    """Reads fail until a time."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.until = time.monotonic() + seconds
        self.failures = 0

    async def read(self, chat: str, turn: str, after: int, *, wait: float) -> Page:
        if time.monotonic() < self.until:
            self.failures += 1
            raise ConnectionResetError("gone")
        return await super().read(chat, turn, after, wait=wait)


@pytest.mark.parametrize(("seconds", "ends"), [(0.6, b"finish"), (60, INTERRUPTED.encode())])
def test_a_read_that_fails_is_tried_again_until_the_lease_is_over(
    seconds: float, ends: bytes
) -> None:
    async def run() -> None:
        store = Flaky(seconds)
        async with Turns(store, authorize=anyone, lease=1.2) as turns:
            turn = await turns.start("c", source("c", 0.01), by=None)
            before = time.monotonic()
            assert ends in await whole(turn)
            assert time.monotonic() - before < 3
        assert 5 < store.failures < 100

    asyncio.run(run())
