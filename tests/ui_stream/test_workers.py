"""Several worker processes with one Redis: resume and stop anywhere, and what followers see when the owner dies."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
import pytest
from redis.asyncio import Redis
from samewire.ui_stream import AbortChunk, Chunk, DataChunk, ErrorChunk, StartChunk, TextDeltaChunk
from samewire.ui_stream.client import aread_chunks
from samewire.ui_stream.production import Ended
from samewire.ui_stream.redis import RedisStore
from samewire.ui_stream.turns import INTERRUPTED, TurnLostError, Turns, anyone

from tests.ui_stream.redis_server import redis_server
from tests.ui_stream.serving import until

WORKER = Path(__file__).with_name("worker.py")
LEASE = 1.0
NOTICED = LEASE + LEASE / 3 + 2.0
"""Seconds in which a dead owner must be noticed: the lease, the time between two looks, and some for a busy machine."""


class Worker:
    def __init__(self, redis_url: str, stack: ExitStack) -> None:
        command = [sys.executable, str(WORKER), redis_url, str(LEASE)]
        self.process = stack.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE))
        stack.callback(self.process.kill)

    @cached_property
    def url(self) -> str:
        assert self.process.stdout is not None
        return f"http://127.0.0.1:{int(self.process.stdout.readline())}"

    def signal(self, number: int) -> None:
        os.kill(self.process.pid, number)


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[list[Worker]]:
    with ExitStack() as stack:
        url = stack.enter_context(redis_server(tmp_path))
        yield [Worker(url, stack) for _ in range(2)]


def run(test: Callable[[httpx.AsyncClient], Awaitable[None]]) -> None:
    async def running() -> None:
        async with httpx.AsyncClient(timeout=20) as client:
            await test(client)

    asyncio.run(running())


def body(chat: str, **keys: Any) -> dict[str, Any]:
    message = {"id": "u", "role": "user", "parts": [{"type": "text", "text": "hi"}]}
    return {"id": chat, "trigger": "submit-message", "messages": [message], **keys}


async def begun(client: httpx.AsyncClient, worker: Worker, chat: str = "c", **keys: Any) -> None:
    """Starts a turn and leaves when its first words are there."""
    sent = body(chat, **keys)
    async with client.stream("POST", f"{worker.url}/api/chat", json=sent) as response:
        async for chunk in aread_chunks(response.aiter_bytes()):
            if isinstance(chunk, TextDeltaChunk):
                return


async def resumed(client: httpx.AsyncClient, worker: Worker, chat: str = "c") -> list[Chunk]:
    async with client.stream("GET", f"{worker.url}/api/chat/{chat}/stream") as response:
        assert response.status_code == 200
        return [chunk async for chunk in aread_chunks(response.aiter_bytes())]


def said(chunks: list[Chunk]) -> str:
    return "".join(chunk.delta for chunk in chunks if isinstance(chunk, TextDeltaChunk))


async def outcome(client: httpx.AsyncClient, worker: Worker, chat: str = "c") -> str:
    async with asyncio.timeout(5):
        while True:
            ended = (await client.get(f"{worker.url}/ended")).json()
            if chat in ended:
                return str(ended[chat])
            await asyncio.sleep(0.05)


def test_a_turn_of_one_worker_is_resumed_from_another(workers: list[Worker]) -> None:
    async def test(client: httpx.AsyncClient) -> None:
        owner, other = workers
        await begun(client, owner, words=60, pause=0.05)
        for found in await asyncio.gather(*(resumed(client, one) for one in (owner, other) * 3)):
            assert found[0] == StartChunk(message_id="reply-to-c")
            assert said(found) == "".join(f"{at} " for at in range(60))
            assert found[-1].type == "finish"
        for worker in workers:
            gone = await client.get(f"{worker.url}/api/chat/c/stream")
            assert (gone.status_code, gone.content) == (204, b"")
        assert await outcome(client, owner) == "finish"

    run(test)


def test_an_owner_that_is_killed(workers: list[Worker]) -> None:
    async def test(client: httpx.AsyncClient) -> None:
        owner, other = workers
        await begun(client, owner, words=10_000)
        followers = [asyncio.create_task(resumed(client, other)) for _ in range(3)]
        await asyncio.sleep(0.3)
        owner.signal(signal.SIGKILL)
        killed = time.monotonic()
        for found in await asyncio.gather(*followers):
            assert found[-1] == ErrorChunk(error_text=INTERRUPTED)
            assert said(found).startswith("0 1 2 ")
        assert LEASE / 2 < time.monotonic() - killed < NOTICED
        assert (await client.get(f"{other.url}/api/chat/c/stream")).status_code == 204
        await begun(client, other, words=3)
        assert await outcome(client, other) == "finish"

    run(test)


def test_a_turn_that_nobody_followed_when_its_owner_was_killed(workers: list[Worker]) -> None:
    async def test(client: httpx.AsyncClient) -> None:
        owner, other = workers
        await begun(client, owner, words=10_000)
        owner.signal(signal.SIGKILL)
        await asyncio.sleep(LEASE + 0.2)
        found = await resumed(client, other)
        assert (found[0].type, found[-1].type) == ("start", "error")
        assert (await client.get(f"{other.url}/api/chat/c/stream")).status_code == 204

    run(test)


def test_a_stop_from_another_worker(workers: list[Worker]) -> None:
    async def test(client: httpx.AsyncClient) -> None:
        owner, other = workers
        # The second one is silent: its owner learns of the stop when it renews its lease.
        for chat, pause in (("busy", 0.01), ("silent", 30)):
            started = asyncio.Event()
            sent = body(chat, words=1000, pause=pause)
            posted = asyncio.create_task(posted_to_its_end(client, owner, sent, started))
            await started.wait()
            before = time.monotonic()
            assert (await client.post(f"{other.url}/api/chat/{chat}/stop")).status_code == 204
            assert time.monotonic() - before < 2.5
            assert (await posted)[-1] == AbortChunk()
            assert (await client.get(f"{other.url}/api/chat/{chat}/stream")).status_code == 204
            assert await outcome(client, owner, chat) == "abort"

    run(test)


async def posted_to_its_end(
    client: httpx.AsyncClient, worker: Worker, sent: dict[str, Any], started: asyncio.Event
) -> list[Chunk]:
    found: list[Chunk] = []
    async with client.stream("POST", f"{worker.url}/api/chat", json=sent) as response:
        async for chunk in aread_chunks(response.aiter_bytes()):
            found.append(chunk)
            started.set()
    return found


def test_a_stop_of_an_owner_that_hangs(workers: list[Worker]) -> None:
    async def test(client: httpx.AsyncClient) -> None:
        owner, other = workers
        await begun(client, owner, words=10_000)
        follower = asyncio.create_task(resumed(client, other))
        await asyncio.sleep(0.2)
        owner.signal(signal.SIGSTOP)
        try:
            before = time.monotonic()
            assert (await client.post(f"{other.url}/api/chat/c/stop")).status_code == 204
            assert time.monotonic() - before < 6
            seen = (await follower)[-1].type
            assert seen in {"abort", "error"}
        finally:
            owner.signal(signal.SIGCONT)
        # It wakes up, finds that its turn is over, and gives up.
        assert await outcome(client, owner) == seen
        assert (await client.get(f"{owner.url}/api/chat/c/stream")).status_code == 204

    run(test)


def test_an_owner_that_is_shut_down(workers: list[Worker]) -> None:
    async def test(client: httpx.AsyncClient) -> None:
        owner, other = workers
        await begun(client, owner, words=10_000)
        readers = [asyncio.create_task(resumed(client, one)) for one in (other, owner)]
        await asyncio.sleep(0.2)
        owner.signal(signal.SIGTERM)
        for found in await asyncio.gather(*readers):
            assert found[-1] == ErrorChunk(error_text=INTERRUPTED)
        assert [chunk.type for chunk in (await readers[0])[-3:-1]] == ["text-end", "finish-step"]
        assert owner.process.wait(5) in {0, -signal.SIGTERM}

    run(test)


PLAIN = """
import asyncio, sys
from pathlib import Path
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
from samewire.ui_stream import StartChunk, TextDeltaChunk
from samewire.ui_stream.starlette import UIStreamResponse

async def source():
    yield StartChunk()
    while True:
        await asyncio.sleep(0.02)
        yield TextDeltaChunk(id="1", delta="x")

def on_end(ended):
    Path(sys.argv[2]).write_text(ended.outcome)

async def chat(_):
    return UIStreamResponse(source(), on_end=on_end)

app = Starlette(routes=[Route("/", chat)])
config = uvicorn.Config(app, port=int(sys.argv[1]), log_level="error", timeout_graceful_shutdown=0.5)
uvicorn.Server(config).run()
"""


def test_on_end_is_called_when_the_servers_time_runs_out(tmp_path: Path) -> None:
    """Uvicorn cancels the request and ends its process by the signal, with no time for what waits."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = tmp_path / "told"

    async def test(client: httpx.AsyncClient) -> None:
        async with asyncio.timeout(20):
            while True:
                try:
                    async with client.stream("GET", f"http://127.0.0.1:{port}") as response:
                        process.send_signal(signal.SIGTERM)
                        found = [c async for c in aread_chunks(response.aiter_bytes())]
                        assert found[-1].type == "error"
                        return
                except httpx.ConnectError:
                    await asyncio.sleep(0.1)

    command = [sys.executable, "-c", PLAIN, str(port), str(told)]
    with subprocess.Popen(command) as process:
        try:
            run(test)
            process.wait(10)
        finally:
            process.kill()
    assert told.read_text() == "error"


def test_a_session_that_is_deleted_is_over(tmp_path: Path) -> None:
    async def test(url: str) -> None:
        ended: list[Ended] = []
        store = RedisStore.from_url(url)
        async with Turns(store, authorize=anyone, lease=LEASE) as turns:
            turn = await turns.start("c", endless(), on_end=ended.append, by=None)
            follower = await turns.follow("c", by=None)
            assert follower is not None
            async with Redis.from_url(url) as redis:
                assert await redis.delete("samewire:{c}") == 1
            before = time.monotonic()
            for one in (turn, follower):
                while await one.read() is not None:
                    pass
                assert b"error" in one.ending()
            assert time.monotonic() - before < NOTICED
        assert [one.outcome for one in ended] == ["error"]  # as its followers saw
        assert isinstance(ended[0].error, TurnLostError)

    with redis_server(tmp_path) as url:
        asyncio.run(test(url))


def test_a_redis_that_dies(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def test(url: str, stack: ExitStack) -> None:
        ended: list[Ended] = []
        async with Turns(RedisStore.from_url(url), authorize=anyone, lease=LEASE) as turns:
            turn = await turns.start("c", endless(), on_end=ended.append, by=None)
            await turn.read()
            stack.close()
            async with asyncio.timeout(20):
                while await turn.read() is not None:
                    pass
                assert b"error" in turn.ending()
                await until(lambda: ended, 20)
        assert [one.outcome for one in ended] == ["error"]

    with ExitStack() as stack:
        asyncio.run(test(stack.enter_context(redis_server(tmp_path)), stack))
    assert "can't be written" in caplog.text


async def endless() -> AsyncIterator[Chunk]:
    yield StartChunk()
    while True:
        await asyncio.sleep(0.02)
        yield DataChunk(type="data-tick", data=None)
