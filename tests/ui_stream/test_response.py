"""The response: every stream ends once, whatever happens to its source, its client or its server."""

from __future__ import annotations

import asyncio
import contextvars
import logging
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import anyio
import pytest
from fastapi import FastAPI
from samewire.streams import OrderError
from samewire.streams.production import Production
from samewire.ui_stream import (
    DONE,
    HEADERS,
    AbortChunk,
    Chunk,
    CustomChunk,
    DataChunk,
    Encoder,
    ErrorChunk,
    FinishChunk,
    FinishStepChunk,
    MessageReducer,
    StartChunk,
    StartStepChunk,
    StreamGuard,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
    UIMessage,
    UIStream,
    comment,
)
from samewire.ui_stream.client import ChunkReader, aread_chunks
from samewire.ui_stream.production import BUFFER, Ended, written
from samewire.ui_stream.protocol import CHUNKS
from samewire.ui_stream.starlette import UIStreamResponse
from samewire.ui_stream.store import MemoryStore
from samewire.ui_stream.turns import Turn, Turns, anyone
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.routing import Route

from tests.ui_stream.serving import serving, until

TEXT: list[Chunk] = [
    StartChunk(message_id="m"),
    StartStepChunk(),
    TextStartChunk(id="1"),
    TextDeltaChunk(id="1", delta="a"),
    TextEndChunk(id="1"),
    FinishStepChunk(),
    FinishChunk(finish_reason="stop"),
]
CLOSED_BY_FORCE = ["text-end", "finish-step"]


async def whole() -> AsyncIterator[Chunk]:
    for chunk in TEXT:
        yield chunk


async def opened() -> AsyncIterator[Chunk]:
    for chunk in TEXT[:4]:
        yield chunk


class Client:
    """An ASGI server with one client."""

    def __init__(self, slow: float = 0) -> None:
        self.sent: list[dict[str, Any]] = []
        self.slow = slow
        self.left = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        await asyncio.sleep(self.slow)
        self.sent.append(message)

    async def ask(self, response: UIStreamResponse, http_version: str = "1.1") -> None:
        await response({"type": "http", "http_version": http_version}, self.receive, self.send)

    @property
    def body(self) -> bytes:
        return b"".join(one.get("body", b"") for one in self.sent)

    @property
    def types(self) -> list[str]:
        return [chunk.type for chunk in ChunkReader().feed(self.body)]

    @property
    def ended(self) -> bool:
        """Whether it ended once, and with the frame that says so."""
        more = [one["more_body"] for one in self.sent[1:]]
        return (
            more[-1:] == [False]
            and all(more[:-1])
            and self.body.count(DONE) == 1
            and self.body.endswith(DONE)
        )


def asked(response: Callable[[], UIStreamResponse], **options: Any) -> Client:
    async def run() -> Client:
        client = Client()
        await client.ask(response(), **options)
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return client

    return asyncio.run(run())


def test_a_whole_turn() -> None:
    client = asked(lambda: UIStreamResponse(whole()))
    assert client.sent[0]["status"] == 200
    assert {key.decode(): value.decode() for key, value in client.sent[0]["headers"]} == HEADERS
    assert client.body == b"".join(chunk.to_sse() for chunk in TEXT) + DONE
    assert client.ended


def test_headers_of_ones_own_and_of_http_2() -> None:
    def response() -> UIStreamResponse:
        headers = {"Cache-Control": "no-store", "x-a": "b"}
        return UIStreamResponse(whole(), status_code=201, headers=headers)

    client = asked(response, http_version="2")
    headers = dict(client.sent[0]["headers"])
    assert client.sent[0]["status"] == 201
    assert (headers[b"cache-control"], headers[b"x-a"]) == (b"no-store", b"b")
    assert b"connection" not in headers


def test_what_is_left_open_is_closed() -> None:
    client = asked(lambda: UIStreamResponse(opened()))
    assert client.types[4:] == [*CLOSED_BY_FORCE, "finish"]
    assert client.ended


def test_a_continued_message_gets_its_step() -> None:
    async def source() -> AsyncIterator[Chunk]:
        yield TextStartChunk(id="1")

    message = UIMessage(id="m", role="assistant", parts=[])
    client = asked(lambda: UIStreamResponse(source(), continues=message))
    assert client.types[:2] == ["start", "start-step"]


def test_an_encoder_of_ones_own() -> None:
    def encode(chunk: Chunk) -> bytes:
        return b"" if chunk.type == "start-step" else chunk.to_sse()

    assert "start-step" not in asked(lambda: UIStreamResponse(whole(), encode=encode)).types


class CodedErrorChunk(ErrorChunk):
    code: int


def test_an_end_that_the_contract_has_no_place_for_is_sent_all_the_same(
    caplog: pytest.LogCaptureFixture,
) -> None:
    encode = UIStream(CodedErrorChunk).encoder("7")
    client = asked(lambda: UIStreamResponse(failing(), encode=encode))
    assert client.types[4:] == [*CLOSED_BY_FORCE, "error"]
    assert client.ended
    assert "not the application's contract" in caplog.text


def test_what_a_client_lacks_fails_the_turn_unless_it_is_the_target() -> None:
    async def source() -> AsyncIterator[Chunk]:
        yield StartChunk()
        yield StartStepChunk()
        yield CustomChunk(kind="a.b")

    assert asked(lambda: UIStreamResponse(source())).types == [
        "start",
        "start-step",
        "finish-step",
        "error",
    ]
    client = asked(lambda: UIStreamResponse(source(), encode=Encoder("7")))
    assert client.types == ["start", "start-step", "custom", "finish-step", "finish"]


def test_who_observes_sees_what_is_sent() -> None:
    reducer = MessageReducer()
    client = asked(lambda: UIStreamResponse(failing(), observe=reducer.apply))
    assert [part.type for part in reducer.message.parts] == ["step-start", "text"]
    assert reducer.message.parts[1].state == "done"
    assert reducer.error_text == "An error occurred."
    assert client.types[-1] == "error"


def test_who_observes_sees_the_end_of_a_stream_that_nobody_reads() -> None:
    reducer = MessageReducer()

    async def run() -> None:
        client = Client()
        response = UIStreamResponse(Waiting(), observe=reducer.apply)
        asking = asyncio.create_task(client.ask(response))
        await asyncio.sleep(0.02)
        client.left.set()
        await asking

    asyncio.run(run())
    assert reducer.message.id == "m"
    assert reducer.message.parts[1].state == "done"


@pytest.mark.parametrize("source", [whole, None, 5])
def test_what_makes_no_chunks_is_refused(source: Any) -> None:
    with pytest.raises(TypeError, match="makes no chunks"):
        UIStreamResponse(source)


def test_options_that_a_turn_has_already_are_refused() -> None:
    turn = Turn(CHUNKS, MemoryStore(), "c", "t", poll=1, error_text="")
    with pytest.raises(TypeError, match=r"pass guard, on_end to Turns\.start"):
        UIStreamResponse(turn, on_end=print, guard=StreamGuard())


# --- Sources ----------------------------------------------------------------------------------------------------------


def test_a_sync_generator_runs_in_threads_in_one_context() -> None:
    var = contextvars.ContextVar("var", default="unset")
    seen: list[Any] = []

    def source() -> Iterator[Chunk]:
        try:
            seen.append(var.get())
            var.set("source")
            for chunk in TEXT:
                seen.append((threading.current_thread() is threading.main_thread(), var.get()))
                yield chunk
        finally:
            seen.append("closed")

    def response() -> UIStreamResponse:
        var.set("request")
        return UIStreamResponse(source())

    client = asked(response)
    assert client.ended
    assert seen == ["request", *[(False, "source")] * len(TEXT), "closed"]


def test_a_list_is_a_source() -> None:
    assert asked(lambda: UIStreamResponse(TEXT)).body.startswith(TEXT[0].to_sse())


def test_frames_pass_as_they_are() -> None:
    client = asked(
        lambda: UIStreamResponse([TEXT[0], comment("usage"), *TEXT[1:], comment("late")])
    )
    assert b": usage\n\n" in client.body
    assert client.body.endswith(b": late\n\n" + DONE)


def test_context_of_the_request_reaches_the_source() -> None:
    var = contextvars.ContextVar("var", default="unset")

    async def source() -> AsyncIterator[Chunk]:
        yield DataChunk(type="data-var", data=var.get())

    def response() -> UIStreamResponse:
        var.set("request")
        return UIStreamResponse(source())

    assert b'"request"' in asked(response).body


def test_scopes_and_groups_around_a_yield() -> None:
    async def source() -> AsyncIterator[Chunk]:
        async with anyio.create_task_group() as group, asyncio.TaskGroup() as other:
            group.start_soon(anyio.sleep, 0)
            other.create_task(asyncio.sleep(0))
            with anyio.fail_after(5):
                async with asyncio.timeout(5):
                    for chunk in TEXT:
                        yield chunk
                        await asyncio.sleep(0)

    assert asked(lambda: UIStreamResponse(source())).types == [chunk.type for chunk in TEXT]


def test_a_writer() -> None:
    async def produce(write: Callable[[Chunk | bytes], Awaitable[None]]) -> None:
        async with asyncio.TaskGroup() as group:
            for chunk in TEXT[:4]:
                await group.create_task(write(chunk))
        raise ValueError("secret")

    client = asked(lambda: UIStreamResponse(written(produce)))
    assert client.types[4:] == [*CLOSED_BY_FORCE, "error"]
    assert client.ended


def test_a_writer_is_cancelled_with_its_client() -> None:
    seen: list[str] = []

    async def produce(write: Callable[[Chunk | bytes], Awaitable[None]]) -> None:
        try:
            while True:
                await write(comment("on"))
        finally:
            await asyncio.sleep(0.01)
            seen.append("cleaned up")

    async def run() -> None:
        client = Client()
        asking = asyncio.create_task(client.ask(UIStreamResponse(written(produce))))
        await asyncio.sleep(0.02)
        client.left.set()
        await asking
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(run())
    assert seen == ["cleaned up"]


def test_a_write_after_the_end_is_an_error_and_not_waited_on() -> None:
    async def run() -> tuple[list[str], list[BaseException | None]]:
        late: list[asyncio.Task[None]] = []

        async def produce(write: Callable[[Chunk | bytes], Awaitable[None]]) -> None:
            async def later() -> None:
                await asyncio.sleep(0.01)
                await write(TEXT[1])

            late.extend(asyncio.create_task(later()) for _ in range(3))
            await write(TEXT[0])

        client = Client()
        await client.ask(UIStreamResponse(written(produce)))
        async with asyncio.timeout(1):
            found = await asyncio.gather(*late, return_exceptions=True)
        return client.types, found

    types, found = asyncio.run(run())
    assert types == ["start", "finish"]
    assert all("a write after the end" in str(one) for one in found)


@pytest.mark.parametrize("wrong", [{"type": "text-delta"}, "data: {}\n\n", None])
def test_what_is_no_chunk_is_named(wrong: Any, caplog: pytest.LogCaptureFixture) -> None:
    async def source() -> AsyncIterator[Any]:
        yield TEXT[0]
        yield wrong

    assert asked(lambda: UIStreamResponse(source())).types == ["start", "error"]
    (record,) = (one for one in caplog.records if one.exc_info)
    assert f"not {type(wrong).__name__}: " in str(record.exc_info and record.exc_info[1])


def test_outside_of_asyncio() -> None:
    response = UIStreamResponse(TEXT)
    with pytest.raises(RuntimeError, match="trio is not supported"):
        response({}, Client.receive, Client.send).send(None)  # type: ignore[arg-type]  # never called
    with pytest.raises(RuntimeError, match="trio is not supported"):
        Turns(authorize=anyone).__aenter__().send(None)


def test_a_head_is_answered_without_the_source() -> None:
    ended: list[Ended] = []

    async def run() -> Client:
        client = Client()
        response = UIStreamResponse(opened(), on_end=ended.append)
        scope = {"type": "http", "method": "HEAD"}
        await response(scope, client.receive, client.send)
        return client

    client = asyncio.run(run())
    assert [one["type"] for one in client.sent] == ["http.response.start", "http.response.body"]
    assert not client.body
    assert not client.sent[-1]["more_body"]
    assert not ended


def test_a_source_waits_for_a_slow_client() -> None:
    made = 0

    async def source() -> AsyncIterator[bytes]:
        nonlocal made
        while True:
            made += 1
            yield comment("x" * 1000)

    async def run() -> None:
        client = Client(slow=0.05)
        asking = asyncio.create_task(client.ask(UIStreamResponse(source())))
        await asyncio.sleep(0.5)
        client.left.set()
        await asking
        batches = len(client.sent) - 1
        assert 2 <= batches <= 10
        assert made <= (batches + 2) * (BUFFER // 1000 + 1)
        assert max(len(one["body"]) for one in client.sent[1:]) < BUFFER + 2000

    asyncio.run(run())


# --- Failures ---------------------------------------------------------------------------------------------------------


async def failing() -> AsyncIterator[Chunk]:
    async for chunk in opened():
        yield chunk
    raise ValueError("postgres://user:secret@db")


def test_an_exception_is_logged_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    ended: list[Ended] = []
    client = asked(lambda: UIStreamResponse(failing(), on_end=ended.append))
    *_, last = ChunkReader().feed(client.body)
    assert last == ErrorChunk(error_text="An error occurred.")
    assert client.types[4:] == [*CLOSED_BY_FORCE, "error"]
    assert b"secret" not in client.body
    assert client.ended
    assert "postgres://user:secret@db" in caplog.text
    assert [(one.outcome, str(one.error)) for one in ended] == [
        ("error", "postgres://user:secret@db")
    ]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (lambda error: f"It was a {type(error).__name__}.", "It was a ValueError."),
        (lambda error: None, "An error occurred."),
        (lambda error: 1 / 0, "An error occurred."),
    ],
)
def test_what_is_shown_of_an_exception(shown: Any, expected: str) -> None:
    client = asked(lambda: UIStreamResponse(failing(), error_text=shown))
    *_, last = ChunkReader().feed(client.body)
    assert last == ErrorChunk(error_text=expected)


def test_a_sync_source_that_fails() -> None:
    def source() -> Iterator[Chunk]:
        yield from TEXT[:4]
        raise ValueError("secret")

    assert asked(lambda: UIStreamResponse(source())).types[-1] == "error"


def test_a_chunk_that_has_no_json_fails_the_turn() -> None:
    closed: list[str] = []

    async def source() -> AsyncIterator[Chunk]:
        try:
            yield TEXT[0]
            yield DataChunk(type="data-x", data=object())
            closed.append("went on")
        finally:
            closed.append("closed")

    client = asked(lambda: UIStreamResponse(source()))
    assert client.types == ["start", "error"]
    assert closed == ["closed"]


@pytest.mark.parametrize(
    "error", [asyncio.CancelledError(), BaseExceptionGroup("g", [asyncio.CancelledError()])]
)
def test_a_source_that_cancels_itself_has_failed(error: BaseException) -> None:
    async def source() -> AsyncIterator[Chunk]:
        yield TEXT[0]
        raise error

    client = asked(lambda: UIStreamResponse(source()))
    assert client.types[-1] == "error"
    assert client.ended


def test_a_strict_guard_fails_the_turn() -> None:
    ended: list[Ended] = []
    client = asked(
        lambda: UIStreamResponse(opened(), guard=StreamGuard(strict=True), on_end=ended.append)
    )
    assert client.types[4:] == [*CLOSED_BY_FORCE, "error"]
    assert isinstance(ended[0].error, OrderError)


@pytest.mark.parametrize("fails", [False, True])
def test_the_connection_is_closed_when_on_end_is_done(fails: bool) -> None:
    seen: list[bool] = []

    async def source() -> AsyncIterator[Chunk]:
        yield TEXT[0]
        if fails:
            raise ValueError

    async def run() -> Client:
        client = Client()

        async def on_end(_: Ended) -> None:
            await asyncio.sleep(0.02)
            seen.extend([client.body.endswith(DONE), client.sent[-1]["more_body"]])

        await client.ask(UIStreamResponse(source(), on_end=on_end))
        return client

    assert asyncio.run(run()).ended
    assert seen == [True, True]


@pytest.mark.parametrize("last", [ErrorChunk(error_text="No."), AbortChunk(), TEXT[-1]])
def test_the_outcome_is_what_the_source_says(last: Chunk) -> None:
    ended: list[Ended] = []
    source = [*TEXT[:4], last, TEXT[-1]]
    assert asked(lambda: UIStreamResponse(source, on_end=ended.append)).ended
    assert ended == [Ended(last.type)]  # type: ignore[arg-type]  # one of three


def test_on_end_may_be_asynchronous_and_may_fail(caplog: pytest.LogCaptureFixture) -> None:
    ended: list[str] = []

    async def on_end(end: Ended) -> None:
        await asyncio.sleep(0)
        ended.append(end.outcome)
        raise RuntimeError("database is away")

    assert asked(lambda: UIStreamResponse(whole(), on_end=on_end)).ended
    assert ended == ["finish"]
    assert "database is away" in caplog.text


# --- Silence ----------------------------------------------------------------------------------------------------------


async def silent(seconds: float) -> AsyncIterator[Chunk]:
    yield TEXT[0]
    await asyncio.sleep(seconds)


def test_heartbeats_in_silence_only() -> None:
    beats = asked(lambda: UIStreamResponse(silent(0.3), heartbeat=0.02)).body.count(
        b": keep-alive\n\n"
    )
    assert 2 <= beats <= 15
    assert b": keep" not in asked(lambda: UIStreamResponse(silent(0.05), heartbeat=None)).body
    assert b": keep" not in asked(lambda: UIStreamResponse(silent(0.05))).body


# --- Clients that leave, servers that stop ----------------------------------------------------------------------------


class Waiting:
    """A source that waits for ever, and says how it was left."""

    def __init__(self, cleanup: float = 0, stubborn: bool = False) -> None:
        self.seen: list[str] = []
        self.cleanup = cleanup
        self.stubborn = stubborn

    async def __aiter__(self) -> AsyncIterator[Chunk]:
        try:
            async for chunk in opened():
                yield chunk
            while self.stubborn:
                try:
                    await asyncio.sleep(1)
                except asyncio.CancelledError:
                    self.seen.append("ignored")
                    if len(self.seen) > 1:
                        return
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            self.seen.append("cancelled")
            raise
        finally:
            await asyncio.sleep(self.cleanup)
            self.seen.append("cleaned up")


def test_a_client_that_leaves_cancels_the_source_and_waits_for_its_cleanup() -> None:
    source, ended, after = Waiting(cleanup=0.05), [], []

    async def run() -> Client:
        client = Client()
        response = UIStreamResponse(
            source,
            on_end=lambda end: ended.append((end.outcome, list(source.seen))),
            background=BackgroundTask(after.append, 1),
        )
        asking = asyncio.create_task(client.ask(response))
        await asyncio.sleep(0.02)
        client.left.set()
        await asking
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return client

    client = asyncio.run(run())
    assert ended == [("disconnect", ["cancelled", "cleaned up"])]
    assert DONE not in client.body
    assert after == [1]


def test_a_source_that_does_not_answer_is_left_and_named(caplog: pytest.LogCaptureFixture) -> None:
    source = Waiting(stubborn=True)

    async def run() -> float:
        client = Client()
        asking = asyncio.create_task(client.ask(UIStreamResponse(source, grace=0.05)))
        await asyncio.sleep(0.02)
        client.left.set()
        begun = time.monotonic()
        await asking
        took = time.monotonic() - begun
        await asyncio.sleep(0.01)
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return took

    assert 0.04 < asyncio.run(run()) < 0.5
    assert "has not ended after 0.05 s" in caplog.text
    assert source.seen == ["ignored", "ignored", "cleaned up"]


@pytest.mark.parametrize("how", ["task", "anyio", "timeout", "group"])
def test_a_server_that_cancels_lets_the_stream_end(how: str) -> None:
    source = Waiting(cleanup=0.02)
    ended: list[Ended] = []

    async def run() -> Client:
        client = Client()
        asking = client.ask(UIStreamResponse(source, on_end=ended.append))
        match how:
            case "task":
                task = asyncio.create_task(asking)
                await asyncio.sleep(0.02)
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
            case "anyio":
                with anyio.move_on_after(0.02):
                    await asking
            case "timeout":
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(asking, 0.02)
            case _:
                async with anyio.create_task_group() as group:
                    group.start_soon(lambda: asking)
                    await asyncio.sleep(0.02)
                    group.cancel_scope.cancel()
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return client

    client = asyncio.run(run())
    assert client.types[4:] == [*CLOSED_BY_FORCE, "error"]
    assert client.ended
    assert source.seen == ["cancelled", "cleaned up"]
    assert [one.outcome for one in ended] == ["error"]


def test_a_server_that_cancels_a_slow_send_loses_no_frame() -> None:
    async def run() -> Client:
        client = Client(slow=0.05)
        task = asyncio.create_task(client.ask(UIStreamResponse(Waiting())))
        await asyncio.sleep(0.07)  # in the midst of the first body
        task.cancel()
        await asyncio.wait({task})
        return client

    client = asyncio.run(run())
    assert client.types[:4] == [chunk.type for chunk in TEXT[:4]]
    assert client.ended


def test_a_send_that_fails_means_that_the_client_is_gone() -> None:
    source = Waiting()

    async def run() -> None:
        client = Client()
        send = client.send

        async def broken(message: Any) -> None:
            await send(message)
            if message["type"] == "http.response.body":
                raise OSError("connection reset")

        client.send = broken
        await client.ask(UIStreamResponse(source))

    asyncio.run(run())
    assert source.seen == ["cancelled", "cleaned up"]


def test_a_client_that_left_before_the_start() -> None:
    source = Waiting()

    async def run() -> Client:
        client = Client()
        client.left.set()
        await client.ask(UIStreamResponse(source))
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return client

    assert DONE not in asyncio.run(run()).body


def test_a_thread_at_work_is_waited_for() -> None:
    seen: list[str] = []

    def source() -> Iterator[Chunk]:
        try:
            yield TEXT[0]
            time.sleep(0.1)
            seen.append("worked")
            yield TEXT[1]
        finally:
            seen.append("closed")

    async def run() -> None:
        client = Client()
        asking = asyncio.create_task(client.ask(UIStreamResponse(source())))
        await asyncio.sleep(0.03)
        client.left.set()
        await asking

    asyncio.run(run())
    assert seen == ["worked", "closed"]


# --- A production without a response ----------------------------------------------------------------------------------


def test_a_batch_has_all_that_was_made() -> None:
    async def run() -> None:
        from samewire.ui_stream.protocol import frame_writer

        production = Production(whole(), frame_writer(StreamGuard()))
        assert await production.read(1) == b"".join(chunk.to_sse() for chunk in TEXT)
        assert await production.read(1) is None
        assert production.ending() == DONE
        assert production.ending() == b""
        await production.close()

    asyncio.run(run())


# --- Over a socket ----------------------------------------------------------------------------------------------------


def application(source: Any, ended: list[Ended], **options: Any) -> Any:
    app = FastAPI()

    @app.post("/chat", response_class=UIStreamResponse)
    async def chat() -> UIStreamResponse:
        return UIStreamResponse(source(), on_end=ended.append, **options)

    return app


@pytest.mark.parametrize("middleware", [False, True])
def test_over_a_socket(middleware: bool) -> None:
    ended: list[Ended] = []
    app = application(whole, ended)
    if middleware:
        app.add_middleware(
            BaseHTTPMiddleware, dispatch=lambda request, call_next: call_next(request)
        )

    async def run() -> list[Any]:
        async with serving(app) as client, client.stream("POST", "/chat") as response:
            assert response.headers["x-vercel-ai-ui-message-stream"] == "v1"
            return [chunk async for chunk in aread_chunks(response.aiter_bytes())]

    assert asyncio.run(run()) == TEXT
    assert [one.outcome for one in ended] == ["finish"]


@pytest.mark.parametrize("middleware", [False, True])
def test_a_client_leaves_over_a_socket(middleware: bool) -> None:
    ended: list[Ended] = []
    source = Waiting()
    app = application(lambda: source, ended)
    if middleware:
        app.add_middleware(
            BaseHTTPMiddleware, dispatch=lambda request, call_next: call_next(request)
        )

    async def run() -> None:
        async with serving(app) as client:
            async with client.stream("POST", "/chat") as response:
                await anext(response.aiter_bytes())
            await until(lambda: ended)

    asyncio.run(run())
    assert [one.outcome for one in ended] == ["disconnect"]
    assert source.seen == ["cancelled", "cleaned up"]


def test_a_client_that_reads_nothing_leaves() -> None:
    """The server's send is blocked by then."""
    ended: list[Ended] = []

    async def flood() -> AsyncIterator[bytes]:
        while True:
            yield comment("x" * 60_000)
            await asyncio.sleep(0)

    async def run() -> None:
        async with serving(application(flood, ended)) as client:
            port = client.base_url.port
            _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
            writer.write(b"POST /chat HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n")
            await asyncio.sleep(0.3)
            assert not ended
            writer.transport.abort()
            await until(lambda: ended)

    asyncio.run(run())
    assert [one.outcome for one in ended] == ["disconnect"]


def test_starlette_alone() -> None:
    async def chat(_: Any) -> UIStreamResponse:
        return UIStreamResponse(whole())

    async def run() -> bytes:
        async with serving(Starlette(routes=[Route("/", chat)])) as client:
            return (await client.get("/")).content

    assert asyncio.run(run()).endswith(TEXT[-1].to_sse() + DONE)


@pytest.fixture(autouse=True)
def _repairs_are_expected(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "samewire.ui_stream")
