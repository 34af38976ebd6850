"""
A day of trouble in seconds: many turns on two workers, readers that leave and come back, stops, failures, connections that are
killed at random, and a restart of Redis. Each stream has one end, and all who read it to its end got the same bytes.

``SAMEWIRE_STRESS_TURNS=2000`` runs as many turns at once.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError
from samewire.ui_stream import (
    DONE,
    AbortChunk,
    Chunk,
    ErrorChunk,
    FinishChunk,
    FinishStepChunk,
    StartChunk,
    StartStepChunk,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
)
from samewire.ui_stream.production import ERROR_TEXT, Ended, Outcome
from samewire.ui_stream.redis import RedisStore
from samewire.ui_stream.turns import Turn, Turns, anyone

from tests.ui_stream.redis_server import RedisServer, running_redis

TURNS = int(os.environ.get("SAMEWIRE_STRESS_TURNS", "120"))
WORDS = 20
PAUSE = max(0.15, TURNS / 1000)
"""Seconds between two words of a turn, so that one process has the time for all of them."""
LEASE = 60.0
"""Nobody's owner dies here: whoever is told so was told wrong."""

Kind: TypeAlias = Literal["finishes", "fails", "is stopped"]
OUTCOMES: dict[Kind, tuple[Outcome, ...]] = {
    "finishes": ("finish",),
    "fails": ("error",),
    "is stopped": ("abort", "finish"),  # if it came too late
}
BEGIN: tuple[Chunk, ...] = (StartStepChunk(), TextStartChunk(id="1"))
CLOSE: tuple[Chunk, ...] = (TextEndChunk(id="1"), FinishStepChunk())


@dataclass
class Case:
    """One turn, and all that was seen of it."""

    name: str
    kind: Kind
    rng: random.Random
    ended: list[Ended] = field(default_factory=list)
    whole: list[bytes] = field(default_factory=list)
    """What those got who read to the end."""
    cut: list[bytes] = field(default_factory=list)
    """What those got who left."""

    def chunks(self) -> list[Chunk]:
        """What the source says, if it is not stopped."""
        words = [TextDeltaChunk(id="1", delta=f"{self.name}-{at} ") for at in range(WORDS)]
        start = StartChunk(message_id=self.name)
        if self.kind == "fails":
            return [start, *BEGIN, *words]
        return [start, *BEGIN, *words, *CLOSE, FinishChunk(finish_reason="stop")]

    async def source(self) -> AsyncIterator[Chunk]:
        for chunk in self.chunks():
            if isinstance(chunk, TextDeltaChunk):
                await asyncio.sleep(self.rng.uniform(0, 2 * PAUSE))
            yield chunk
        if self.kind == "fails":
            raise RuntimeError("of the model")

    def problems(self) -> list[str]:
        """What is wrong with what was seen."""
        if len(self.ended) != 1 or self.ended[0].outcome not in OUTCOMES[self.kind]:
            return [f"ended with {self.ended}"]
        bodies = set(self.whole)
        if len(bodies) > 1:
            return [f"{len(bodies)} different bodies: {bodies}"]
        found = [f"the body is {body!r}" for body in bodies if not self._is_right(body)]
        return found + [
            f"no beginning of {body!r}: {one!r}"
            for body in bodies
            for one in self.cut
            if not body.startswith(one)
        ]

    def _is_right(self, body: bytes) -> bool:
        whole = b"".join(chunk.to_sse() for chunk in self.chunks())
        closed = b"".join(chunk.to_sse() for chunk in CLOSE)
        match self.ended[0].outcome:
            case "finish":
                return body == whole + DONE
            case "error":
                return body == whole + closed + ErrorChunk(error_text=ERROR_TEXT).to_sse() + DONE
            case _:
                # Wherever it came: before the text, or after some of its words.
                said, end, rest = body.partition(AbortChunk().to_sse())
                said = said.removesuffix(CLOSE[1].to_sse()).removesuffix(CLOSE[0].to_sse())
                return bool(end) and rest == DONE and whole.startswith(said)


async def read(turn: Turn, case: Case, *, leaves: bool) -> None:
    """Reads a turn to its end, or leaves after a while without a word, as a client does whose connection is lost."""
    body = b""
    until = asyncio.get_running_loop().time() + case.rng.uniform(0, WORDS * PAUSE)
    while (batch := await turn.read(PAUSE)) is not None:
        body += batch
        if leaves and asyncio.get_running_loop().time() > until:
            await turn.close()
            case.cut.append(body)
            return
    case.whole.append(body + turn.ending())


async def reader(turns: Turns[None], case: Case, *, leaves: bool) -> None:
    """Joins the turn at any time while it runs."""
    await asyncio.sleep(case.rng.uniform(0, WORDS * PAUSE / 2))
    turn = await turns.follow(case.name, by=None)
    if turn is not None:
        await read(turn, case, leaves=leaves)


async def cancelled_reader(turns: Turns[None], case: Case) -> None:
    """A reader whose task is cancelled, wherever that is."""
    with suppress(TimeoutError):
        async with asyncio.timeout(case.rng.uniform(0, WORDS * PAUSE)):
            await reader(turns, case, leaves=False)


async def stop(turns: Turns[None], case: Case) -> None:
    await asyncio.sleep(case.rng.uniform(0, WORDS * PAUSE / 2))
    assert await turns.stop(case.name, by=None, within=LEASE)


async def run(case: Case, owner: Turns[None], other: Turns[None]) -> None:
    """One turn with all of its readers."""
    turn = await owner.start(case.name, case.source(), by=None, on_end=case.ended.append)
    async with asyncio.TaskGroup() as group:
        group.create_task(read(turn, case, leaves=case.rng.random() < 0.5))
        for turns in (owner, other):
            group.create_task(reader(turns, case, leaves=True))
            group.create_task(cancelled_reader(turns, case))
            group.create_task(reader(turns, case, leaves=False))
        if case.kind == "is stopped":
            group.create_task(stop(case.rng.choice((owner, other)), case))


async def trouble(server: RedisServer, rng: random.Random, done: asyncio.Event) -> int:
    """Kills connections at random until it is ``done``, and once the server; how many it killed."""
    killed, restarts_after = 0, 10
    async with Redis.from_url(server.url) as admin:
        while not done.is_set():
            await asyncio.sleep(0.1)
            restarts_after -= 1
            if restarts_after == 0:
                await asyncio.to_thread(server.restart)
            with suppress(RedisError):
                for client in await admin.client_list():
                    if client["cmd"] != "client|list" and rng.random() < 0.3:
                        killed += await admin.client_kill_filter(_id=client["id"])
    return killed


def test_a_day_of_trouble(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "samewire.ui_stream")
    rng = random.Random("stress")

    def kind() -> Kind:
        return rng.choices(("finishes", "fails", "is stopped"), (6, 1, 3))[0]

    cases = [Case(f"c{at}", kind(), random.Random(f"case {at}")) for at in range(TURNS)]

    async def test(server: RedisServer) -> None:
        done = asyncio.Event()
        stores = [RedisStore.from_url(server.url) for _ in range(2)]
        first, second = (Turns(store, authorize=anyone, lease=LEASE) for store in stores)
        async with first, second:
            troubling = asyncio.create_task(trouble(server, rng, done))
            await asyncio.gather(*(run(case, *rng.sample((first, second), 2)) for case in cases))
            done.set()
            assert await troubling > 0
            for store in stores:
                assert not store._reader._waiting  # noqa: SLF001  # nobody waits any more
                assert not store._own  # noqa: SLF001
        names = Counter(task.get_name() for task in asyncio.all_tasks())
        assert not {name for name in names if name.startswith("samewire")}

    with running_redis(tmp_path, durable=True) as server:
        asyncio.run(test(server))
    wrong = {case.name: found for case in cases if (found := case.problems())}
    assert wrong == {}
    assert all(sum(len(getattr(case, seen)) for case in cases) > TURNS for seen in ("whole", "cut"))
