"""
Hundreds of streams at once over a real socket: clients that leave, sources that fail, turns that are stopped and resumed.

After each round no stream may lack its end, no task may be left, and memory must be what it was. ``make soak``; a short run is
among the tests.
"""

from __future__ import annotations

import asyncio
import gc
import random
import resource
import socket
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from samewire.ui_stream import (
    DONE,
    Chunk,
    FinishChunk,
    FinishStepChunk,
    StartChunk,
    StartStepChunk,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
)
from samewire.ui_stream.client import ChunkReader
from samewire.ui_stream.production import Ended, Source
from samewire.ui_stream.starlette import UIStreamResponse, turn_routes
from samewire.ui_stream.store import MemoryStore
from samewire.ui_stream.turns import Turns, anyone
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

PAUSE = 0.02
"""Seconds between two chunks, at most."""


@dataclass(slots=True)
class Stream:
    """What is known of one stream, on the server's side."""

    kind: str
    begun: int = 0
    left: int = 0
    ends: list[str] = field(default_factory=list)


class SourceError(Exception):
    """What sources fail with."""


@dataclass
class Backend:
    """The application under test, and its books."""

    turns: Turns[object]
    streams: dict[str, Stream] = field(default_factory=dict)
    responses: Counter[str] = field(default_factory=Counter)

    def app(self) -> Any:
        routes = [
            Route("/plain/{name}/{kind}", self.plain, methods=["POST"]),
            Route("/turn/{name}/as/{kind}", self.turn, methods=["POST"]),
            *turn_routes(self.turns, "/turn"),
        ]
        return self.recorded(Starlette(routes=routes))

    async def plain(self, request: Request) -> Response:
        return UIStreamResponse(self.source(request), on_end=self.on_end(request), heartbeat=0.01)

    async def turn(self, request: Request) -> Response:
        name = request.path_params["name"]
        turn = await self.turns.start(
            name, self.source(request), on_end=self.on_end(request), by=None
        )
        return UIStreamResponse(turn, heartbeat=0.01)

    def source(self, request: Request) -> Source:
        kind, name = request.path_params["kind"], request.path_params["name"]
        stream = self.streams[name] = Stream(kind)
        rng = random.Random(name)
        return in_thread(stream, rng) if kind == "thread" else reply(stream, rng)

    def on_end(self, request: Request) -> Any:
        def ended(end: Ended) -> None:
            self.streams[request.path_params["name"]].ends.append(end.outcome)

        return ended

    def recorded(self, app: Any) -> Any:
        """Counts how each response ended, as the server saw it."""

        async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
            bodies: list[tuple[bytes, bool]] = []

            async def seen(message: Message) -> None:
                if message["type"] == "http.response.body":
                    bodies.append(
                        (message.get("body", b"")[-len(DONE) :], message.get("more_body", False))
                    )
                await send(message)

            await app(scope, receive, seen)
            finals = [body for body, more in bodies if not more]
            early = [body for body, more in bodies if more and body.endswith(DONE)]
            if scope["type"] == "http" and scope["path"].startswith(("/plain", "/turn")):
                match finals:
                    case []:
                        self.responses["cut"] += 1
                    case [last] if last.endswith(DONE) and not early:
                        self.responses["ended"] += 1
                    case [b""]:
                        self.responses["ended" if len(early) == 1 else "empty"] += 1
                    case _:
                        self.responses["wrong"] += 1

        return wrapped


async def reply(stream: Stream, rng: random.Random) -> AsyncIterator[Chunk]:
    stream.begun += 1
    try:
        for chunk in chunks(stream, rng):
            if rng.random() < 0.3:
                await asyncio.sleep(rng.random() * PAUSE)
            yield chunk
    finally:
        try:
            await asyncio.sleep(rng.random() * PAUSE)
        finally:
            stream.left += 1


def in_thread(stream: Stream, rng: random.Random) -> Iterator[Chunk]:
    stream.begun += 1
    try:
        for chunk in chunks(stream, rng):
            time.sleep(rng.random() * PAUSE / 10)
            yield chunk
    finally:
        stream.left += 1


def chunks(stream: Stream, rng: random.Random) -> Iterator[Chunk]:
    fails = rng.randrange(60) if stream.kind == "failing" else -1
    yield StartChunk(message_id="m")
    yield StartStepChunk()
    yield TextStartChunk(id="1")
    for at in range(rng.randrange(20, 60)):
        if at == fails:
            raise SourceError
        yield TextDeltaChunk(id="1", delta="word " * rng.randrange(1, 40))
    yield TextEndChunk(id="1")
    yield FinishStepChunk()
    yield FinishChunk(finish_reason="stop")


# --- Clients ----------------------------------------------------------------------------------------------------------


async def request(
    port: int, method: str, path: str, *, leave: float | None, slow: bool = False
) -> bytes | None:
    """The bytes of a response without its head; ``None`` after leaving, some seconds into it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"{method} {path} HTTP/1.0\r\nhost: a\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    found = bytearray()
    try:
        async with asyncio.timeout(leave):
            writer.write(head.encode())
            while some := await reader.read(2000):
                found += some
                if slow:
                    await asyncio.sleep(PAUSE / 4)
            return body_of(bytes(found))
    except TimeoutError:
        writer.transport.abort()
        return None
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


def body_of(response: bytes) -> bytes:
    """Without its head, and without its chunks: httptools writes them for HTTP/1.0 as well."""
    head, _, body = response.partition(b"\r\n\r\n")
    if b"transfer-encoding: chunked" not in head.lower():
        return body
    found = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        found, body = found + body[: int(size, 16)], body[int(size, 16) + 2 :]
    return found


async def client(port: int, name: str, problems: list[str]) -> None:
    rng = random.Random(f"client {name}")
    what = rng.choice(["plain", "plain", "turn"])
    kind = rng.choice(["whole", "failing", "thread" if what == "plain" else "whole"])
    leave = rng.random() * PAUSE * 20 if rng.random() < 0.4 else None
    path = f"/plain/{name}/{kind}" if what == "plain" else f"/turn/{name}/as/{kind}"
    body = await request(port, "POST", path, leave=leave, slow=rng.random() < 0.2)
    if body is not None:
        problems += complete(name, body, kind)
    if what == "turn":
        if rng.random() < 0.3:
            await request(port, "POST", f"/turn/{name}/stop", leave=None)
        resumed = await asyncio.gather(
            *(request(port, "GET", f"/turn/{name}/stream", leave=None) for _ in range(2))
        )
        problems += [problem for one in resumed if one for problem in complete(name, one, None)]


def complete(name: str, body: bytes, kind: str | None) -> list[str]:
    """What is wrong with a stream that was read to its end."""
    reader = ChunkReader()
    types = [chunk.type for chunk in reader.feed(body)]
    ends = [one for one in types if one in {"finish", "abort", "error"}]
    if body.count(DONE) != 1 or not body.endswith(DONE) or len(ends) != 1 or types[-1] != ends[0]:
        return [f"{name} ({kind}): ends {ends}, last bytes {body[-60:]!r}"]
    if types.count("text-start") != types.count("text-end"):
        return [f"{name}: a text was left open"]
    return []


# --- Rounds -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Round:
    streams: int
    seconds: float
    responses: dict[str, int]
    outcomes: dict[str, int]
    problems: list[str]
    tasks: int
    """Tasks left, beyond those before the round."""
    blocks: int
    """Blocks of memory that Python has allocated."""
    rss: int
    """Bytes of memory that the process has from the system."""


async def soak(rounds: int, streams: int) -> AsyncIterator[Round]:
    async with serving() as (backend, port):
        for number in range(rounds):
            yield await one_round(backend, port, f"{number}", streams)


@asynccontextmanager
async def serving() -> AsyncIterator[tuple[Backend, int]]:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(1024)
    async with Turns(MemoryStore(keep=0.1), authorize=anyone) as turns:
        backend = Backend(turns)
        server = uvicorn.Server(uvicorn.Config(backend.app(), log_level="error", lifespan="off"))
        task = asyncio.create_task(server.serve([listening]))
        while not server.started:  # noqa: ASYNC110  # uvicorn has no event for it
            await asyncio.sleep(0.01)
        try:
            yield backend, listening.getsockname()[1]
        finally:
            server.should_exit = True
            await task


async def one_round(backend: Backend, port: int, number: str, streams: int) -> Round:
    before = len(asyncio.all_tasks())
    begun = time.monotonic()
    backend.streams.clear()
    backend.responses.clear()
    problems: list[str] = []
    names = [f"{number}-{at}" for at in range(streams)]
    await asyncio.gather(*(client(port, name, problems) for name in names))
    seconds = time.monotonic() - begun
    tasks = await settled(before)
    for name, stream in backend.streams.items():
        if stream.begun != stream.left or len(stream.ends) != 1:
            problems.append(f"{name}: {stream}")
    if backend.responses["wrong"]:
        problems.append(f"{backend.responses['wrong']} responses with another end")
    outcomes = Counter(end for stream in backend.streams.values() for end in stream.ends)
    gc.collect()
    return Round(
        streams=len(backend.streams),
        seconds=seconds,
        responses=dict(backend.responses),
        outcomes=dict(outcomes),
        problems=problems,
        tasks=tasks,
        blocks=sys.getallocatedblocks(),
        rss=rss(),
    )


async def settled(before: int) -> int:
    """How many tasks there are more than ``before``, after the time that a cleanup may take and a store keeps turns."""
    for _ in range(100):
        await asyncio.sleep(0.05)
        left = len(asyncio.all_tasks()) - before
        if left <= 0:
            break
    await asyncio.sleep(0.2)
    return len(asyncio.all_tasks()) - before


def rss() -> int:
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


async def main() -> int:
    rounds, streams = (int(word) for word in (sys.argv[1:] or ["30", "500"]))
    bad = 0
    print("round streams  seconds  tasks left   blocks  RSS MB  responses, outcomes")
    at = 0
    async for one in soak(rounds, streams):
        at += 1
        figures = f"{one.seconds:8.1f} {one.tasks:11} {one.blocks:8} {one.rss / 2**20:7.1f}"
        print(f"{at:5} {one.streams:7} {figures}  {one.responses} {one.outcomes}", flush=True)
        for problem in one.problems:
            print(f"  {problem}")
        bad += len(one.problems) + (one.tasks != 0)
    return 1 if bad else 0


if __name__ == "__main__":
    import logging

    logging.disable(logging.CRITICAL)  # sources that fail are logged, as they should be
    sys.exit(asyncio.run(main()))
