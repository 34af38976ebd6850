"""Streams of a protocol of the application's own: one end whatever happens, and a client that was cut off goes on where it was."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field
from samewire.streams import Block, EventStream, First, Last, OrderError, ordered
from samewire.streams.event_source import Event, EventParser
from samewire.streams.protocol import Ended
from samewire.streams.redis import RedisStore
from samewire.streams.sources import written
from samewire.streams.starlette import EventResponse, turn_routes
from samewire.streams.store import MemoryStore, Store
from samewire.streams.turn import Turn
from samewire.streams.turns import INTERRUPTED, Turns, anyone
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request

from tests.ui_stream.redis_server import redis_server
from tests.ui_stream.serving import ask, serving, settled, until

NODE = Block("node", key="node", once=True)


@ordered(First())
class Began(BaseModel):
    type: Literal["began"] = "began"
    run_id: str = Field(serialization_alias="runId")


@ordered(NODE.opens())
class NodeBegan(BaseModel):
    type: Literal["node-began"] = "node-began"
    node: str


@ordered(NODE.continues())
class Output(BaseModel):
    type: Literal["output"] = "output"
    node: str
    value: Any


@ordered(NODE.closes(ok=False))
class NodeEnded(BaseModel):
    type: Literal["node-ended"] = "node-ended"
    node: str
    ok: bool


@ordered(Last())
class Done(BaseModel):
    type: Literal["done"] = "done"
    result: str


@ordered(Last(interrupts=True))
class Failed(BaseModel):
    type: Literal["failed"] = "failed"
    error: str


@ordered(Last(interrupts=True))
class Stopped(BaseModel):
    type: Literal["stopped"] = "stopped"


RunEvent = Annotated[
    Began | NodeBegan | Output | NodeEnded | Done | Failed | Stopped, Field(discriminator="type")
]
RUN: EventStream[Any] = EventStream(RunEvent, error=lambda text: Failed(error=text), abort=Stopped)
HEAD = [Began(run_id="r"), NodeBegan(node="a"), Output(node="a", value=1)]
WHOLE = [*HEAD, NodeEnded(node="a", ok=True), Done(result="42")]


def types_of(body: bytes) -> list[str]:
    return [json.loads(event.data)["type"] for event in parsed(body)]


def parsed(body: bytes) -> list[Event]:
    return EventParser().feed(body)


async def source(events: list[BaseModel], error: Exception | None = None) -> AsyncIterator[Any]:
    for event in events:
        yield event
    if error is not None:
        raise error


def served(made: Callable[[], Any], **options: Any) -> tuple[bytes, list[Ended]]:
    ended: list[Ended] = []

    async def stream(_: Request) -> EventResponse[Any]:
        return EventResponse(RUN, made(), on_end=ended.append, **options)

    app = Starlette()
    app.add_route("/events", stream)
    answer = ask(app, "GET", "/events")
    assert answer.headers["content-type"] == "text/event-stream"
    assert "x-vercel-ai-ui-message-stream" not in answer.headers
    return answer.content, ended


# --- A response -------------------------------------------------------------------------------------------------------


def test_events_are_sent_as_the_contract_has_them() -> None:
    body, ended = served(lambda: source(WHOLE))
    assert body.startswith(b'data: {"type":"began","runId":"r"}\n\n')
    assert types_of(body) == [event.type for event in WHOLE]
    assert [one.outcome for one in ended] == ["finish"]
    assert b"id: " not in body
    assert b"[DONE]" not in body


def test_dump_options_are_those_of_the_contract() -> None:
    plain: EventStream[Any] = EventStream(
        RunEvent,
        error=lambda text: Failed(error=text),
        abort=Stopped,
        dump={"by_alias": False, "exclude_defaults": True},
    )
    assert plain.frame(Began(run_id="r")) == b'data: {"run_id":"r"}\n\n'


CLOSED = ["began", "node-began", "output", "node-ended", "failed"]


@pytest.mark.parametrize(
    ("events", "error", "types", "outcome"),
    [
        (HEAD, ValueError("secret"), CLOSED, "error"),
        (HEAD, None, CLOSED, "error"),
        ([*HEAD, Failed(error="own")], None, CLOSED, "error"),
        ([*HEAD, Stopped()], None, [*CLOSED[:4], "stopped"], "abort"),
        ([*WHOLE, Output(node="a", value=2)], None, [event.type for event in WHOLE], "finish"),
        ([*HEAD, "no event"], None, CLOSED, "error"),
        ([], None, ["failed"], "error"),
    ],
    ids=["raises", "stops early", "fails itself", "is stopped", "goes on", "no event", "nothing"],
)
def test_there_is_one_end(
    events: list[Any], error: Exception | None, types: list[str], outcome: str
) -> None:
    body, ended = served(lambda: source(events, error))
    assert types_of(body)[-len(types) :] == types
    assert sum(name in {"done", "failed", "stopped"} for name in types_of(body)) == 1
    assert [one.outcome for one in ended] == [outcome]
    assert b"secret" not in body


def test_what_a_source_may_be() -> None:
    async def produce(write: Any) -> None:
        for event in WHOLE:
            await write(event)

    whole = b"".join(map(RUN.frame, WHOLE))
    assert served(lambda: iter(WHOLE))[0] == whole
    assert served(lambda: written(produce))[0] == whole
    with pytest.raises(TypeError, match="makes no events"):
        EventResponse(RUN, produce)  # type: ignore[arg-type]  # as a beginner does


def test_a_strict_guard_is_for_tests() -> None:
    body, ended = served(lambda: source(HEAD[1:]), guard=RUN.guard(strict=True))
    assert types_of(body)[-1] == "failed"
    assert isinstance(ended[0].error, OrderError)


def test_silence_is_filled() -> None:
    async def slow() -> AsyncIterator[Any]:
        yield HEAD[0]
        await asyncio.sleep(0.2)
        yield Done(result="42")

    body, _ = served(slow, heartbeat=0.02)
    assert b": keep-alive\n\n" in body
    assert types_of(body) == ["began", "done"]


def test_wrong_protocols_are_refused() -> None:
    class Other(BaseModel):
        error: str

    with pytest.raises(TypeError, match="Other ends a stream and is no event of it"):
        EventStream(RunEvent, error=lambda text: Other(error=text), abort=Stopped)
    with pytest.raises(TypeError, match="pass outcome="):
        EventStream(
            RunEvent,
            error=lambda text: Failed(error=text),
            abort=lambda: Failed(error="stopped"),
        )
    one: EventStream[Any] = EventStream(
        RunEvent,
        error=lambda text: Failed(error=text),
        abort=lambda: Failed(error="stopped"),
        outcome=lambda event: "abort" if event.error == "stopped" else "error",
    )
    assert [one.outcome(Failed(error=text)) for text in ("stopped", "x")] == ["abort", "error"]


def test_a_protocol_without_an_order() -> None:
    class Tick(BaseModel):
        n: int

    class Problem(BaseModel):
        problem: str

    ticks: EventStream[Any] = EventStream(
        Tick | Problem,
        error=lambda text: Problem(problem=text),
        abort=lambda: Problem(problem="stopped"),
        outcome=lambda _: "error",
    )

    async def stream(_: Request) -> EventResponse[Any]:
        return EventResponse(ticks, source([Tick(n=1), Tick(n=2)]))

    app = Starlette()
    app.add_route("/events", stream)
    assert ask(app, "GET", "/events").content == b'data: {"n":1}\n\ndata: {"n":2}\n\n'


# --- Turns ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with redis_server(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture(params=["memory", "redis"])
def with_store(
    request: pytest.FixtureRequest,
) -> Callable[[Callable[[Store], Awaitable[None]]], None]:
    url = request.getfixturevalue("redis_url") if request.param == "redis" else None

    async def run(test: Callable[[Store], Awaitable[None]]) -> None:
        store = MemoryStore() if url is None else RedisStore.from_url(url, prefix=test.__qualname__)
        try:
            await test(store)
        finally:
            await store.aclose()
        await settled()

    return lambda test: asyncio.run(run(test))


async def whole(turn: Turn | None) -> bytes:
    assert turn is not None
    found = b""
    while (batch := await turn.read(5)) is not None:
        found += batch
    return found + turn.ending()


def test_a_client_goes_on_after_any_event(with_store: Any) -> None:
    async def test(store: Store) -> None:
        async with Turns(RUN, store, authorize=anyone) as turns:
            turn = await turns.start("job", source(WHOLE), by=None)
            body = await whole(turn)
            events = parsed(body)
            ids = [event.id for event in events]
            assert ids == [f"{turn.turn_id}.{at}" for at in range(1, 6)]
            # The turn is over, and known for a while.
            for at, name in enumerate(ids):
                rest = await whole(await turns.follow("job", by=None, last_event_id=name))
                assert parsed(rest) == events[at + 1 :]
            for unknown in ("other.1", "", "x", f"{turn.turn_id}.", f"{turn.turn_id}.²"):
                assert await turns.follow("job", by=None, last_event_id=unknown) is None
            assert await turns.follow("job", by=None) is None

    with_store(test)


def test_a_client_goes_on_while_the_turn_runs(with_store: Any) -> None:
    async def test(store: Store) -> None:
        more = asyncio.Event()

        async def slow() -> AsyncIterator[Any]:
            for event in HEAD:
                yield event
            yield b": a comment\n\n"
            await more.wait()
            for event in WHOLE[3:]:
                yield event

        async with Turns(RUN, store, authorize=anyone) as turns:
            turn = await turns.start("job", slow(), by=None)
            begun = b""
            while begun.count(b"data: ") < 3:
                begun += await turn.read(5) or b""
            second = parsed(begun)[1].id
            follower = await turns.follow("job", by=None, last_event_id=second)
            assert follower is not None
            third = b""
            while b"data: " not in third:
                third += await follower.read(5) or b""
            assert types_of(third) == ["output"]
            more.set()
            assert types_of(await whole(follower)) == ["node-ended", "done"]
            assert types_of(begun + await whole(turn)) == [event.type for event in WHOLE]

    with_store(test)


@pytest.mark.parametrize("own", [True, False])
def test_a_stop_closes_what_is_open(own: bool, with_store: Any) -> None:
    async def test(store: Store) -> None:
        ended: list[Ended] = []

        async def endless() -> AsyncIterator[Any]:
            for event in HEAD:
                yield event
            await asyncio.Event().wait()

        async with Turns(RUN, store, authorize=anyone) as turns:
            turn = await turns.start("job", endless(), by=None, on_end=ended.append)
            begun = b""
            while begun.count(b"data: ") < 3:
                begun += await turn.read(5) or b""
            if own:
                assert await turns.stop("job", by=None)
            else:  # from a process that does not run it, and its owner does not answer
                await Turns(RUN, store, authorize=anyone).stop("job", by=None, within=0)
            body = begun + await whole(turn)
            assert types_of(body) == [*CLOSED[:4], "stopped"]
            assert not await turns.stop("job", by=None)
            await until(lambda: ended)  # its owner finds out at its next sign of life
        assert [one.outcome for one in ended] == ["abort"]

    with_store(test)


def test_a_turn_whose_owner_died_is_ended_by_its_followers(with_store: Any) -> None:
    async def test(store: Store) -> None:
        await store.open("job", "t", lease=0.05)
        frames = b"".join(map(RUN.frame, HEAD))
        await store.append("job", "t", frames, lease=0.05)
        turns = Turns(RUN, store, authorize=anyone, lease=0.05)
        body = await whole(await turns.follow("job", by=None))
        assert types_of(body) == CLOSED
        assert json.loads(parsed(body)[-1].data) == {"type": "failed", "error": INTERRUPTED}

    with_store(test)


def test_over_http() -> None:
    """What ``readEvents`` and a browser's ``EventSource`` ask for; another user is refused."""

    async def authorize(request: Request, topic: str) -> None:
        if request.headers.get("x-user") != "ada":
            raise HTTPException(404, f"There is no {topic}.")

    async def run() -> None:
        turns = Turns(RUN, authorize=authorize)
        app = Starlette(routes=turn_routes(turns, "/runs"))

        async def start(request: Request) -> EventResponse[Any]:
            turn = await turns.start("a/b", source(WHOLE), by=request)
            return EventResponse(RUN, turn)

        app.add_route("/runs", start, methods=["POST"])
        ada = {"x-user": "ada"}
        async with turns, serving(app) as client:
            events = parsed((await client.post("/runs", headers=ada)).content)
            assert len(events) == len(WHOLE)
            last = {**ada, "last-event-id": events[2].id}
            answer = await client.get("/runs/a/b/events", headers=last)
            assert parsed(answer.content) == events[3:]
            assert (await client.get("/runs/a/b/events", headers=ada)).status_code == 204
            assert (await client.post("/runs/a/b/stop", headers=ada)).status_code == 204
            for method, path in (("GET", "events"), ("POST", "stop")):
                refused = await client.request(method, f"/runs/a/b/{path}")
                assert (refused.status_code, refused.text) == (404, "There is no a/b.")

    asyncio.run(run())


def test_options_of_a_start_are_refused_for_its_response() -> None:
    turn = Turn(RUN, MemoryStore(), "c", "t", poll=1, error_text="")
    with pytest.raises(TypeError, match="pass on_end to Turns.start"):
        EventResponse(RUN, turn, on_end=lambda _: None)


def test_an_end_that_moves_a_block_is_refused() -> None:
    @ordered(Last(interrupts=True), NODE.closes())
    class Broke(BaseModel):
        type: Literal["broke"] = "broke"
        node: str = ""

    with pytest.raises(TypeError, match="Broke ends a stream that failed or was stopped, so it"):
        EventStream(Began | NodeBegan | Broke | Stopped, error=lambda _: Broke(), abort=Stopped)


def test_what_has_no_classes_is_no_protocol() -> None:
    with pytest.raises(TypeError, match=r"not a class of events, nor a union of such: list\[int\]"):
        EventStream(list[int], error=lambda _: [1], abort=lambda: [2])
