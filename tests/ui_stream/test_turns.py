"""Turns that outlive their request, in memory and in a real Redis: both stores keep the same promises."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from redis.asyncio import Redis
from samewire.ui_stream import (
    AbortChunk,
    Chunk,
    Encoder,
    ErrorChunk,
    FinishChunk,
    FinishStepChunk,
    MessageReducer,
    StartChunk,
    StartStepChunk,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
    UIMessage,
)
from samewire.ui_stream.client import ChunkReader
from samewire.ui_stream.production import Ended
from samewire.ui_stream.redis import RedisStore
from samewire.ui_stream.replay import rebuilt
from samewire.ui_stream.starlette import EXCEPTION_HANDLERS, UIStreamResponse, turn_routes
from samewire.ui_stream.store import MemoryStore, Page, Store
from samewire.ui_stream.turns import ShutdownError, Turn, TurnRunningError, Turns, anyone
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.ui_stream.redis_server import redis_server
from tests.ui_stream.serving import ask, settled, until

Make = Callable[..., Store]
HEAD: list[Chunk] = [StartChunk(message_id="m"), StartStepChunk(), TextStartChunk(id="1")]
TAIL: list[Chunk] = [TextEndChunk(id="1"), FinishStepChunk(), FinishChunk(finish_reason="stop")]
STOPPED = ["text-end", "finish-step", "abort"]


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with redis_server(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture(params=["memory", "redis", "redis-text"])
def made(request: pytest.FixtureRequest) -> Callable[[Callable[[Make], Awaitable[None]]], None]:
    """Runs a test with a function that makes stores of one kind; those of Redis share the server, as processes do."""

    def run(test: Callable[[Make], Awaitable[None]]) -> None:
        asyncio.run(_memory(test) if request.param == "memory" else _redis(test, request))

    return run


async def _memory(test: Callable[[Make], Awaitable[None]]) -> None:
    store: list[Store] = []

    def make(**options: Any) -> Store:
        if not store:
            store.append(
                MemoryStore(**{key: value for key, value in options.items() if key != "ttl"})
            )
        return store[0]

    await test(make)
    await settled()


async def _redis(test: Callable[[Make], Awaitable[None]], request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue("redis_url")
    stores: list[Store] = []
    text = request.param == "redis-text"
    client = Redis.from_url(url, decode_responses=text, protocol=2 if text else 3)
    await client.flushall()

    def make(**options: Any) -> Store:
        stores.append(RedisStore(client, prefix="t", **options))
        return stores[-1]

    try:
        await test(make)
    finally:
        for store in stores:
            await store.aclose()
        await client.aclose()
    await settled()


def delta(text: str) -> Chunk:
    return TextDeltaChunk(id="1", delta=text)


class Source:
    """A turn that goes on when it is told to."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[Chunk | None | Exception] = asyncio.Queue()
        self.seen: list[str] = []

    def say(self, *texts: str) -> None:
        for text in texts:
            self.queue.put_nowait(delta(text))

    def end(self) -> None:
        self.queue.put_nowait(None)

    async def __aiter__(self) -> AsyncIterator[Chunk]:
        try:
            for chunk in HEAD:
                yield chunk
            while (chunk := await self.queue.get()) is not None:
                if isinstance(chunk, Exception):
                    raise chunk
                yield chunk
            for chunk in TAIL:
                yield chunk
        except asyncio.CancelledError:
            self.seen.append("cancelled")
            raise


async def read(turn: Turn, until: int | None = None) -> list[Chunk]:
    """The chunks of a turn to its end, or the first ``until``."""
    reader = ChunkReader()
    found: list[Chunk] = []
    async with asyncio.timeout(10):
        while until is None or len(found) < until:
            frames = await turn.read()
            if frames is None:
                break
            found += reader.feed(frames)
        else:
            return found
    found += reader.feed(turn.ending())
    assert reader.done
    return found


def said(chunks: list[Chunk]) -> str:
    return "".join(chunk.delta for chunk in chunks if isinstance(chunk, TextDeltaChunk))


def types(chunks: list[Chunk]) -> list[str]:
    return [chunk.type for chunk in chunks]


async def followed(turns: Turns[Any], chat: str = "c") -> Turn:
    found = await turns.follow(chat, by=None)
    assert found is not None
    return found


def test_a_turn_is_replayed_from_its_start_and_followed(made) -> None:
    async def test(make: Make) -> None:
        turns, elsewhere = Turns(make(), authorize=anyone), Turns(make(), authorize=anyone)
        assert await turns.follow("c", by=None) is None
        source = Source()
        first = await turns.start("c", source, by=None)
        source.say("a", "b")
        assert types(await read(first, 5)) == [*types(HEAD), "text-delta", "text-delta"]
        await first.close()
        readers = [asyncio.create_task(read(await followed(one))) for one in (turns, elsewhere) * 3]
        source.say("c", "😀\ud83d")
        await asyncio.sleep(0.05)
        readers.append(asyncio.create_task(read(await followed(elsewhere))))
        source.end()
        for found in await asyncio.gather(*readers):
            assert found == [*HEAD, delta("a"), delta("b"), delta("c"), delta("😀\ud83d"), *TAIL]
        assert await turns.follow("c", by=None) is None
        assert await elsewhere.follow("c", by=None) is None
        assert not await elsewhere.stop("c", by=None)

    made(test)


def test_a_chat_may_have_any_name(made) -> None:
    async def test(make: Make) -> None:
        turns = Turns(make(), authorize=anyone)
        names = ["a/b", "{x}y", "}{", "é 😀", "a:b", "%7B"]
        sources = {name: Source() for name in names}
        for name, source in sources.items():
            await turns.start(name, source, by=None)
            source.say(name)
            source.end()
        found = [
            await turns.start(name, iter([*HEAD, delta(name), *TAIL]), by=None) for name in names
        ]
        assert [said(await read(turn)) for turn in found] == names

    made(test)


def test_silence_is_told(made) -> None:
    async def test(make: Make) -> None:
        source = Source()
        async with Turns(make(), authorize=anyone) as turns:
            turn = await turns.start("c", source, by=None)
            await read(turn, 3)
            before = asyncio.get_running_loop().time()
            assert await turn.read(0.1) == b""
            assert 0.09 < asyncio.get_running_loop().time() - before < 1
            assert await turn.read(0) == b""
            source.end()
            assert b"finish" in (await turn.read(5) or b"")

    made(test)


# --- Ends -------------------------------------------------------------------------------------------------------------


def test_a_failure_ends_the_turn_for_all(made) -> None:
    async def test(make: Make) -> None:
        ended: list[Ended] = []
        turns, source = Turns(make(), authorize=anyone), Source()
        turn = await turns.start(
            "c", source, on_end=ended.append, error_text=lambda _: "No.", by=None
        )
        await read(turn, 3)
        source.queue.put_nowait(ValueError("secret"))
        assert (await read(await followed(turns)))[-1] == ErrorChunk(error_text="No.")
        assert types(await read(turn))[-1] == "error"
        await until(lambda: ended)
        assert [one.outcome for one in ended] == ["error"]

    made(test)


@pytest.mark.parametrize("here", [True, False])
def test_a_stop_ends_the_turn_from_any_process(made, here: bool) -> None:
    async def test(make: Make) -> None:
        ended: list[str] = []
        turns, elsewhere, source = (
            Turns(make(), authorize=anyone, lease=2),
            Turns(make(), authorize=anyone, lease=2),
            Source(),
        )
        turn = await turns.start("c", source, on_end=lambda end: ended.append(end.outcome), by=None)
        await read(turn, 3)
        follower = await followed(elsewhere)
        assert await (turns if here else elsewhere).stop("c", by=None, within=3)
        assert types(await read(turn)) == STOPPED
        assert types(await read(follower)) == [*types(HEAD), *STOPPED]
        assert await elsewhere.follow("c", by=None) is None
        assert not await turns.stop("c", by=None)
        await until(lambda: ended and source.seen)
        assert (ended, source.seen) == (["abort"], ["cancelled"])

    made(test)


class Deaf(Source):
    """A source that blocks its cancellation."""

    async def __aiter__(self) -> AsyncIterator[Chunk]:
        try:
            for chunk in HEAD:
                yield chunk
            await self.queue.get()
        except asyncio.CancelledError:
            self.seen.append("cancelled")
            await self.queue.get()


def test_a_turn_is_over_when_what_it_stores_is_there(made: Any) -> None:
    async def test(make: Make) -> None:
        ended: list[str] = []
        followed = asyncio.Event()

        async def on_end(end: Ended) -> None:
            await followed.wait()
            ended.append(end.outcome)

        async with (
            Turns(make(), authorize=anyone, lease=1.5) as turns,
            Turns(make(), authorize=anyone, lease=1.5) as others,
        ):
            turn = await turns.start("c", [*HEAD, *TAIL], on_end=on_end, by=None)
            await asyncio.sleep(2)  # longer than the lease
            resumed = await others.follow("c", by=None)
            assert resumed is not None
            assert not ended
            followed.set()
            for reader in (turn, resumed):
                assert types(await read(reader))[-1] == "finish"
                assert ended == ["finish"]
            assert await others.follow("c", by=None) is None

    made(test)


def test_a_stop_does_not_wait_for_what_a_turn_stores(made: Any) -> None:
    async def test(make: Make) -> None:
        storing, stored = asyncio.Event(), asyncio.Event()

        async def on_end(_: Ended) -> None:
            storing.set()
            await stored.wait()

        async with Turns(make(), authorize=anyone) as turns:
            turn = await turns.start("c", [*HEAD, *TAIL], on_end=on_end, by=None)
            await storing.wait()
            stopped = await turns.stop("c", within=0.1, by=None)
            chunks = await read(turn)
            stored.set()
        assert stopped
        assert types(chunks)[-1] == "finish"

    made(test)


def test_a_stop_does_not_wait_for_a_source_that_does_not_answer(made) -> None:
    async def test(make: Make) -> None:
        turns, source = Turns(make(), authorize=anyone), Deaf()
        turn = await turns.start("c", source, grace=20, by=None)
        await read(turn, 3)
        async with asyncio.timeout(3):
            assert await turns.stop("c", by=None)
            assert types(await read(turn)) == STOPPED
            assert await turns.follow("c", by=None) is None
        async with turns:
            source.end()

    made(test)


def test_a_stop_has_a_deadline_though_the_owner_does_not_answer(made) -> None:
    async def test(make: Make) -> None:
        store = make()
        assert await store.open("c", "t", lease=60) is None
        assert await store.append("c", "t", HEAD[0].to_sse(), lease=60) == "running"
        turns = Turns(make(), authorize=anyone)
        follower = await followed(turns)
        loop = asyncio.get_running_loop()
        before = loop.time()
        assert await turns.stop("c", within=0.3, by=None)
        assert 0.25 < loop.time() - before < 1.5
        assert await read(follower) == [HEAD[0], AbortChunk()]
        # The owner learns of it, and can neither go on nor end it again.
        assert await store.append("c", "t", b"late", lease=60) == "over"
        assert not await store.finish("c", "t", b"late")

    made(test)


def test_a_new_turn_stops_the_old_one(made) -> None:
    async def test(make: Make) -> None:
        turns, elsewhere, old, new = (
            Turns(make(), authorize=anyone, lease=2),
            Turns(make(), authorize=anyone, lease=2),
            Source(),
            Source(),
        )
        first = await turns.start("c", old, by=None)
        await read(first, 3)
        with pytest.raises(TurnRunningError):
            await elsewhere.start("c", Source(), running="refuse", by=None)
        second = await elsewhere.start("c", new, by=None)
        assert types(await read(first)) == STOPPED
        new.say("b")
        new.end()
        assert said(await read(await followed(turns))) == "b"
        assert said(await read(second)) == "b"
        assert old.seen == ["cancelled"]

    made(test)


def test_a_running_turn_may_refuse_another_in_a_sentence() -> None:
    app = FastAPI(exception_handlers=EXCEPTION_HANDLERS)
    turns = Turns(authorize=anyone)

    @app.post("/chat")
    async def chat() -> UIStreamResponse:
        await turns.start("c", Source(), by=None)
        return UIStreamResponse(await turns.start("c", Source(), running="refuse", by=None))

    answer = ask(app, "POST", "/chat")
    assert (answer.status_code, answer.text) == (409, "The chat 'c' has a reply that is not over.")


def test_a_source_that_makes_no_chunks_starts_no_turn() -> None:
    async def run() -> None:
        turns = Turns(authorize=anyone)
        with pytest.raises(TypeError, match="makes no chunks"):
            await turns.start("c", Source, by=None)  # the class
        assert await turns.follow("c", by=None) is None

    asyncio.run(run())


def test_who_may_use_a_chat_is_asked_at_every_door() -> None:
    asked: list[tuple[str, str]] = []

    async def authorize(request: Request, chat_id: str) -> None:
        asked.append((request.method, chat_id))
        if chat_id != "mine/1":
            raise HTTPException(403, "Not yours.")

    turns = Turns(authorize=authorize)

    async def start(request: Request) -> Response:
        chat_id = request.path_params["chat_id"]
        return UIStreamResponse(await turns.start(chat_id, [*HEAD, *TAIL], by=request))

    posted = Route("/chat/{chat_id:path}", start, methods=["POST"])
    app = Starlette(routes=[*turn_routes(turns, "/chat"), posted])
    doors = (("GET", "/stream", 204), ("POST", "/stop", 204), ("POST", "", 200))
    for method, path, status in doors:
        assert ask(app, method, f"/chat/mine%2F1{path}").status_code == status
        answer = ask(app, method, f"/chat/other{path}")
        assert (answer.status_code, answer.text) == (403, "Not yours.")
    assert asked == [(m, chat) for m, _, _ in doors for chat in ("mine/1", "other")]


def test_a_stranger_neither_ends_nor_replaces_nor_reads_a_turn(made) -> None:
    owners = {"c": "victim"}

    def authorize(user: str, chat_id: str) -> None:
        if owners.setdefault(chat_id, user) != user:
            raise PermissionError(chat_id)

    async def test(make: Make) -> None:
        turns, elsewhere = (Turns(make(), authorize=authorize) for _ in range(2))
        source = Source()
        turn = await turns.start("c", source, by="victim")
        await read(turn, 3)
        for manager in (turns, elsewhere):
            planted = Source()
            with pytest.raises(PermissionError):
                await manager.start("c", planted, by="stranger")
            with pytest.raises(PermissionError):
                await manager.stop("c", by="stranger")
            with pytest.raises(PermissionError):
                await manager.follow("c", by="stranger")
        follower = await elsewhere.follow("c", by="victim")
        assert follower is not None
        source.say("a")
        source.end()
        for reader, head in ((turn, []), (follower, HEAD)):
            assert await read(reader) == [*head, delta("a"), *TAIL]
        new = await turns.start("new", [*HEAD, *TAIL], by="stranger")
        assert await read(new) == [*HEAD, *TAIL]
        with pytest.raises(PermissionError):
            await turns.follow("new", by="victim")

    made(test)


def test_an_answer_in_place_of_an_exception_is_a_mistake() -> None:
    """Who returns ``owner == user`` would let everybody in."""

    async def predicate(_user: str, _chat_id: str) -> Any:
        return False

    async def run() -> None:
        with pytest.raises(TypeError, match="authorize refuses by raising"):
            await Turns(authorize=predicate).start("c", Source(), by="stranger")

    asyncio.run(run())


def test_leaving_authorize_out_is_an_error() -> None:
    with pytest.raises(TypeError, match="authorize"):
        Turns()  # type: ignore[call-arg]  # what is tested


def test_a_shutdown_ends_what_runs(made) -> None:
    async def test(make: Make) -> None:
        ended: list[Ended] = []
        source = Source()
        elsewhere = Turns(make(), authorize=anyone)
        async with Turns(make(), authorize=anyone) as turns:
            await read(await turns.start("c", source, on_end=ended.append, by=None), 3)
            follower = await followed(elsewhere)
        assert types(await read(follower))[-1] == "error"
        assert source.seen == ["cancelled"]
        assert isinstance(ended[0].error, ShutdownError)

    made(test)


def test_a_shutdown_lets_turns_finish_that_nobody_reads(made) -> None:
    async def test(make: Make) -> None:
        ended: list[Ended] = []
        leaving = asyncio.Event()

        async def source() -> AsyncIterator[Chunk]:
            for chunk in HEAD:
                yield chunk
            await leaving.wait()
            for chunk in TAIL:
                yield chunk

        elsewhere, endless = Turns(make(), authorize=anyone), Source()
        async with Turns(make(), authorize=anyone, drain=1) as turns:
            await turns.start("finishes", source(), on_end=ended.append, by=None)
            await turns.start("endless", endless, on_end=ended.append, by=None)
            follower = await elsewhere.follow("finishes", by=None)
            assert follower is not None
            asyncio.get_running_loop().call_soon(leaving.set)
        assert types(await read(follower))[-1] == "finish"
        assert [one.outcome for one in ended] == ["finish", "error"]
        assert endless.seen == ["cancelled"]

    made(test)


# --- Owners that die, sessions that expire ----------------------------------------------------------------------------


def test_a_turn_whose_owner_is_dead_ends_for_its_followers_once(made) -> None:
    async def test(make: Make) -> None:
        store = make()
        turns = Turns(make(), authorize=anyone, lease=2, interrupted="Gone.")
        await store.open("c", "t", lease=2)
        await store.append("c", "t", b"".join(chunk.to_sse() for chunk in HEAD), lease=2)
        followers = [asyncio.create_task(read(await followed(turns))) for _ in range(5)]
        await asyncio.sleep(0.1)
        assert not any(one.done() for one in followers)
        for found in await asyncio.gather(*followers):
            closed = [TextEndChunk(id="1"), FinishStepChunk()]
            assert found == [*HEAD, *closed, ErrorChunk(error_text="Gone.")]
        assert await turns.follow("c", by=None) is None
        assert await store.append("c", "t", b"late", lease=2) == "over"

    made(test)


def test_a_dead_turn_can_be_resumed_and_replaced(made) -> None:
    async def test(make: Make) -> None:
        store = make()
        turns = Turns(make(), authorize=anyone, lease=5)
        await store.open("c", "t", lease=0.05)
        await store.append("c", "t", HEAD[0].to_sse(), lease=0.05)
        await asyncio.sleep(0.1)
        follower = await followed(turns)
        new = await turns.start("c", iter([*HEAD, *TAIL]), running="refuse", by=None)
        assert types(await read(follower)) == ["start", "abort"]
        assert types(await read(new)) == types([*HEAD, *TAIL])

    made(test)


def test_an_owner_that_is_alive_but_silent_keeps_its_turn(made) -> None:
    async def test(make: Make) -> None:
        source = Source()
        async with Turns(make(), authorize=anyone, lease=2) as turns:
            turn = await turns.start("c", source, by=None)
            reading = asyncio.create_task(read(turn))
            await asyncio.sleep(2.5)
            source.end()
            assert types(await reading) == types([*HEAD, *TAIL])

    made(test)


def test_of_all_who_end_a_turn_one_does(made) -> None:
    """Executor, stop and expiry, at the same moment, many times."""

    async def test(make: Make) -> None:
        rng = random.Random(7)
        stores = [make() for _ in range(4)]
        for round_ in range(60):
            chat, lease = f"c{round_}", rng.choice([0.0, 60.0])
            await stores[0].open(chat, "t", lease=lease)
            await asyncio.sleep(0.001)
            calls = [
                stores[0].finish(chat, "t", b"finish;"),
                stores[1].finish(chat, "t", b"abort;"),
                stores[2].finish(chat, "t", b"expired;", if_abandoned=True),
                stores[3].finish(chat, "t", b"expired;", if_abandoned=True),
            ]
            rng.shuffle(calls)
            done = await asyncio.gather(*calls)
            assert sum(done) == 1
            page = await stores[1].read(chat, "t", 0, wait=0)
            assert page.frames.count(b";") == 1
            assert page.state == "over"

    made(test)


def test_who_learns_of_the_end_has_the_last_frames(made) -> None:
    """Also one who looks just when it comes."""

    async def read_all(store: Store, chat: str, wait: float) -> bytes:
        frames, cursor = b"", 0
        async with asyncio.timeout(10):
            while True:
                page = await store.read(chat, "t", cursor, wait=wait)
                frames, cursor = frames + page.frames, page.cursor
                if page.state == "over":
                    return frames

    async def test(make: Make) -> None:
        stores = [make() for _ in range(3)]
        for round_ in range(100):
            chat = f"c{round_}"
            await stores[0].open(chat, "t", lease=60)
            waits = [0, 0, 0.0005, 0.001, 0.002]
            reading = [
                asyncio.create_task(read_all(stores[at % 3], chat, wait))
                for at, wait in enumerate(waits)
            ]
            await stores[0].append(chat, "t", b"first;", lease=60)
            await asyncio.sleep(round_ * 0.0001)
            await stores[1].finish(chat, "t", b"last;")
            assert await asyncio.gather(*reading) == [b"first;last;"] * len(waits)

    made(test)


def test_who_looks_late_has_the_frames_of_a_turn_that_was_replaced(made) -> None:
    """Also one whose wait is over before the store has answered."""

    async def test(make: Make) -> None:
        store = make()
        await store.open("c", "t", lease=60)
        await store.append("c", "t", b"first;", lease=60)
        await store.finish("c", "t", b"last;")
        assert await store.open("c", "new", lease=60) is None
        for wait in (1e-9, 1):
            page = await store.read("c", "t", 0, wait=wait)
            assert (page.frames, page.state) == (b"first;last;", "over")

    made(test)


def test_stops_and_starts_at_once(made) -> None:
    async def test(make: Make) -> None:
        managers = [Turns(make(), authorize=anyone, lease=2) for _ in range(3)]
        async with managers[0], managers[1], managers[2]:
            turns: list[Turn] = []

            async def one(manager: Turns[Any]) -> None:
                source = Source()
                source.say("x")
                source.end()
                turns.append(await manager.start("c", source, within=0.5, by=None))
                await manager.stop("c", within=0.5, by=None)

            await asyncio.gather(*(one(manager) for manager in managers * 3))
            for found in await asyncio.gather(*map(read, turns)):
                assert types(found).count("finish") + types(found).count("abort") == 1

    made(test)


def late_reader(turns: Turns[Any], turn: Turn) -> Turn:
    return Turn(turns.protocol, turns.store, turn.topic, turn.turn_id, poll=1, error_text="Lost.")


def test_a_session_that_expired_is_over(made) -> None:
    async def test(make: Make) -> None:
        store = make(keep=1.5)
        turns = Turns(store, authorize=anyone)
        turn = await turns.start("c", iter([*HEAD, *TAIL]), by=None)
        assert types(await read(turn)) == types([*HEAD, *TAIL])
        late = late_reader(turns, turn)
        await asyncio.sleep(2)
        assert types(await read(late)) == ["error"]
        assert (await store.read("c", turn.turn_id, 0, wait=0)).state == "lost"

    made(test)


def test_a_long_turn_can_not_be_resumed_but_goes_on(made) -> None:
    async def test(make: Make) -> None:
        source = Source()
        async with Turns(make(limit=20_000), authorize=anyone) as turns:
            turn = await turns.start("c", source, by=None)
            found = await read(turn, 3)
            for _ in range(30):
                source.say("x" * 1000)
                found += await read(turn, 1)
            assert await turns.follow("c", by=None) is None
            late = late_reader(turns, turn)
            assert types(await read(late)) == ["error"]
            source.end()
            found += await read(turn)
            assert len(said(found)) == 30_000
            assert types(found)[-1] == "finish"

    made(test)


# --- Replies that continue a message ----------------------------------------------------------------------------------

CONTINUED = UIMessage.model_validate(
    {
        "id": "m",
        "role": "assistant",
        "parts": [
            {"type": "step-start"},
            {"type": "text", "text": "before", "state": "done"},
            {"type": "tool-find", "toolCallId": "c", "state": "output-available", "input": {}, "output": 1},
        ],
    }
)  # fmt: skip


def test_who_resumes_is_given_the_message_that_is_continued(made) -> None:
    async def test(make: Make) -> None:
        source = Source()
        async with Turns(make(), authorize=anyone) as turns:
            elsewhere = Turns(make(), authorize=anyone)
            turn = await turns.start("c", source, by=None, continues=CONTINUED)
            assert await read(turn, 3) == HEAD
            resumed = await followed(elsewhere)
            kept = await elsewhere.follow("c", by=None, rebuild=False)
            assert kept is not None
            source.end()
            assert types(await read(turn)) == types(TAIL)
            assert types(await read(kept)) == types([*HEAD, *TAIL])
            message = reduced(await read(resumed))
            assert [part["type"] for part in message["parts"]] == ["step-start", "text", "tool-find", "step-start", "text"]  # fmt: skip
            # A turn that continues nothing follows in the same chat.
            again = Source()
            await turns.start("c", again, by=None)
            resumed = await followed(elsewhere)
            again.end()
            assert types(await read(resumed)) == types([*HEAD, *TAIL])

    made(test)


def reduced(chunks: list[Chunk]) -> dict[str, Any]:
    reducer = MessageReducer()
    for chunk in chunks:
        reducer.apply(chunk)
    return reducer.data


def test_a_stop_of_a_continued_reply_has_a_step(made) -> None:
    """Without it the page of another tab posts its answer again, for ever."""

    async def test(make: Make) -> None:
        store = make()
        frames = rebuilt(CONTINUED, Encoder())
        assert await store.open("c", "t", lease=60, continued=frames) is None
        await store.append("c", "t", StartChunk(message_id="m").to_sse(), lease=60)
        turns = Turns(make(), authorize=anyone)
        follower = await turns.follow("c", by=None, rebuild=False)
        assert follower is not None
        assert await turns.stop("c", by=None, within=0.1)
        assert types(await read(follower)) == ["start", "start-step", "finish-step", "abort"]

    made(test)


class Unreachable(MemoryStore):
    """Each call that a reader makes fails twice."""

    def __init__(self) -> None:
        super().__init__()
        self.failures = {"continued": 2, "read": 2}

    def _fail(self, name: str) -> None:
        self.failures[name] -= 1
        if self.failures[name] >= 0:
            raise ConnectionResetError(name)

    async def continued(self, chat: str, turn: str) -> bytes:
        self._fail("continued")
        return await super().continued(chat, turn)

    async def read(self, chat: str, turn: str, after: int, *, wait: float) -> Page:
        self._fail("read")
        return await super().read(chat, turn, after, wait=wait)


def test_a_reader_whose_store_fails_now_and_then_loses_nothing() -> None:
    async def run() -> None:
        async with Turns(Unreachable(), authorize=anyone) as turns:
            source = Source()
            await turns.start("c", source, by=None, continues=CONTINUED)
            resumed = await followed(turns)
            source.end()
            assert reduced(await read(resumed))["parts"][1]["text"] == "before"

    asyncio.run(run())
