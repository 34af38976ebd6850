"""Limits of a worker's streams: what is one too many does not begin, and what is too long has an end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from samewire.streams.limits import LimitError, RefusedError, StreamLimits
from samewire.streams.protocol import Ended
from samewire.streams.starlette import EXCEPTION_HANDLERS, EventResponse
from samewire.streams.turns import TurnRunningError, Turns, anyone
from samewire.ui_stream import StartChunk, TextDeltaChunk, TextStartChunk
from samewire.ui_stream.starlette import EXCEPTION_HANDLERS as OF_CHATS
from samewire.ui_stream.starlette import UIStreamResponse
from samewire.ui_stream.turns import Turns as ChatTurns
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from tests.streams.test_event_stream import HEAD, RUN, WHOLE, Output, source, types_of
from tests.ui_stream.serving import ask, settled, until


class Endless:
    """A source that says how often it was begun and ended, and whose events come when it is told."""

    def __init__(self) -> None:
        self.begun = self.ended = 0
        self.more = asyncio.Event()

    async def events(self) -> AsyncIterator[Any]:
        self.begun += 1
        try:
            for event in HEAD:
                yield event
            await self.more.wait()
            for event in WHOLE[len(HEAD) :]:
                yield event
        finally:
            self.ended += 1


async def answer(response: Response, gone: asyncio.Event, user: str = "") -> tuple[int, Any, bytes]:
    """What a response sends to a client that stays until ``gone``: status, headers, body."""
    started: dict[str, Any] = {}
    body: list[bytes] = []

    async def receive() -> dict[str, Any]:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            started.update(message)
        else:
            body.append(message.get("body", b""))

    headers = [(b"x-user", user.encode())]
    await response({"type": "http", "method": "GET", "headers": headers}, receive, send)  # type: ignore[arg-type]
    return started["status"], dict(started["headers"]), b"".join(body)


def user_of(by: Any) -> str | None:
    return by if isinstance(by, str) else by.headers.get("x-user") or None


# --- Before a stream begins -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["ends", "goes away", "fails"])
def test_one_stream_too_many_is_refused_before_it_begins(how: str) -> None:
    async def tried() -> None:
        limits, gone, made = StreamLimits(streams=1, retry_after=1.2), asyncio.Event(), Endless()

        def response() -> EventResponse[Any]:
            return EventResponse(RUN, made.events(), limits=limits)

        first = asyncio.create_task(answer(response(), gone))
        await until(lambda: made.begun)
        status, headers, body = await answer(response(), asyncio.Event())
        assert (status, headers[b"retry-after"]) == (503, b"2")
        assert body == b"The server is busy. Try again in a moment."
        assert (made.begun, limits.running) == (1, 1)
        if how == "goes away":
            gone.set()
        elif how == "fails":
            first.cancel()
        else:
            made.more.set()
        await asyncio.wait({first})
        await until(lambda: limits.running == 0)
        made.more.set()
        assert (await answer(response(), asyncio.Event()))[0] == 200
        await until(lambda: limits.running == 0)
        assert made.ended == 2

    asyncio.run(tried())


def test_a_caller_has_a_limit_of_its_own() -> None:
    async def tried() -> None:
        texts = {"per_caller": "Warten Sie bitte."}
        limits = StreamLimits(streams=9, per_caller=2, caller=user_of, texts=texts)  # type: ignore[arg-type]
        made, gone = Endless(), asyncio.Event()

        def asked(user: str) -> asyncio.Task[Any]:
            response = EventResponse(RUN, made.events(), limits=limits)
            return asyncio.create_task(answer(response, gone, user))

        running = [asked(user) for user in ("ann", "ann", "bob", "", "", "")]
        await until(lambda: made.begun == 6)
        status, headers, body = await asked("ann")
        assert (status, headers[b"retry-after"]) == (429, b"5")
        assert body == b"Warten Sie bitte."
        gone.set()
        await asyncio.gather(*running)
        await until(lambda: limits.running == 0)
        made.more.set()
        gone.clear()
        assert (await asked("ann"))[0] == 200

    asyncio.run(tried())


def test_the_request_of_headers_takes_no_place() -> None:
    limits = StreamLimits(streams=0)
    app = Starlette()

    async def stream(_: Request) -> Response:
        return EventResponse(RUN, source(WHOLE), limits=limits)

    app.add_route("/events", stream, methods=["GET", "HEAD"])
    assert ask(app, "HEAD", "/events").status_code == 200
    assert ask(app, "GET", "/events").status_code == 503


def test_whose_a_stream_is_has_to_be_said() -> None:
    with pytest.raises(TypeError, match="per_caller= and caller= go together"):
        StreamLimits(per_caller=1)
    with pytest.raises(TypeError, match="per_caller= and caller= go together"):
        StreamLimits(caller=user_of)


def test_a_source_that_does_not_stop_keeps_its_place() -> None:
    async def tried() -> None:
        limits, gone, stop = StreamLimits(streams=1), asyncio.Event(), asyncio.Event()

        async def deaf() -> AsyncIterator[Any]:
            yield HEAD[0]
            while not stop.is_set():
                try:
                    await stop.wait()
                except asyncio.CancelledError:
                    continue

        response = EventResponse(RUN, deaf(), limits=limits, grace=0.01)
        task = asyncio.create_task(answer(response, gone))
        await until(lambda: limits.running)
        gone.set()
        await task
        assert limits.running == 1
        stop.set()
        await until(lambda: limits.running == 0)

    asyncio.run(tried())


# --- In mid-stream ----------------------------------------------------------------------------------------------------

CUT = {
    "max_bytes": (StreamLimits(max_bytes=2_000), "The reply was too long."),
    "max_seconds": (StreamLimits(max_seconds=0.05), "The reply took too long."),
}


async def talks(
    events: list[Any], more: Callable[[], Any], closed: list[str]
) -> AsyncIterator[Any]:
    """Says more and more, and does not stop by itself."""
    try:
        for event in events:
            yield event
        while True:
            yield more()
            await asyncio.sleep(0.001)
    finally:
        closed.append("closed")


@pytest.mark.parametrize("limit", CUT)
@pytest.mark.parametrize("own_text", [False, True])
def test_a_stream_that_reaches_a_limit_has_an_end(limit: str, own_text: bool) -> None:
    limits, text = CUT[limit]
    ended: list[Ended] = []
    closed: list[str] = []

    def response() -> EventResponse[Any]:
        return EventResponse(
            RUN,
            talks(HEAD, lambda: Output(node="a", value="x" * 50), closed),
            limits=limits,
            on_end=ended.append,
            error_text=(lambda error: f"Over: {error}.") if own_text else None,
        )

    status, _, body = asyncio.run(answered(response))
    assert status == 200
    types = types_of(body)
    assert types[:4] == ["began", "node-began", "output", "output"]
    assert types[-2:] == ["node-ended", "failed"]
    shown = f"Over: the stream reached {limit}." if own_text else text
    assert f'"error":"{shown}"'.encode() in body
    (end,) = ended
    assert end.outcome == "error"
    assert isinstance(end.error, LimitError)
    assert end.error.limit == limit
    assert closed == ["closed"]
    assert limits.running == 0
    if limit == "max_bytes":
        assert 2_000 < len(body) < 2_400


async def answered(response: Callable[[], Response]) -> tuple[int, Any, bytes]:
    result = await answer(response(), asyncio.Event())
    await settled()
    return result


def test_a_reply_of_a_chat_has_limits_too() -> None:
    closed: list[str] = []
    head = [StartChunk(), TextStartChunk(id="1")]

    def response() -> UIStreamResponse:
        chunks = talks(head, lambda: TextDeltaChunk(id="1", delta="x" * 50), closed)
        return UIStreamResponse(chunks, limits=StreamLimits(max_bytes=1_000))

    _, _, body = asyncio.run(answered(response))
    assert body.endswith(
        b'data: {"type":"finish-step"}\n\n'
        b'data: {"type":"error","errorText":"The reply was too long."}\n\ndata: [DONE]\n\n'
    )


def test_a_stream_within_its_limits_is_whole() -> None:
    whole = b"".join(map(RUN.frame, WHOLE))
    limits = StreamLimits(streams=1, max_bytes=len(whole), max_seconds=600)
    _, _, body = asyncio.run(
        answered(lambda: EventResponse(RUN, source(list(WHOLE)), limits=limits))
    )
    assert body == whole


# --- Turns ------------------------------------------------------------------------------------------------------------


def test_turns_and_responses_share_the_places_of_a_worker() -> None:
    async def tried() -> None:
        limits, made, chat = StreamLimits(streams=2), Endless(), Endless()

        async def chunks() -> AsyncIterator[Any]:
            yield StartChunk()
            await chat.more.wait()

        async with (
            Turns(RUN, authorize=anyone, limits=limits) as turns,
            ChatTurns(authorize=anyone, limits=limits) as chats,
        ):
            await turns.start("job", made.events(), by=None)
            await chats.start("chat", chunks(), by=None)
            await until(lambda: made.begun == 1)
            response = EventResponse(RUN, made.events(), limits=limits)
            assert (await answer(response, asyncio.Event()))[0] == 503
            with pytest.raises(RefusedError, match="as many streams run as streams allows"):
                await turns.start("other", made.events(), by=None)
            assert await turns.follow("other", by=None) is None
            # One that is stopped for it makes room, unless it may not be stopped.
            with pytest.raises(RefusedError):
                await turns.start("job", made.events(), by=None, running="refuse")
            await turns.start("job", made.events(), by=None)
            await until(lambda: made.begun == 2)
            made.more.set()
            chat.more.set()
            await until(lambda: limits.running == 0)
        assert made.begun == made.ended

    asyncio.run(tried())


def test_a_turn_that_could_not_begin_takes_no_place() -> None:
    async def tried() -> None:
        limits, made = StreamLimits(streams=5), Endless()
        async with Turns(RUN, authorize=anyone, limits=limits) as turns:
            await turns.start("job", made.events(), by=None)
            for _ in range(9):
                with pytest.raises(TurnRunningError):
                    await turns.start("job", made.events(), by=None, running="refuse")
            assert limits.running == 1
        assert limits.running == 0

    asyncio.run(tried())


def test_a_turn_that_reaches_a_limit_ends_for_all_who_follow_it() -> None:
    async def tried() -> None:
        ended: list[Ended] = []
        closed: list[str] = []
        limits = StreamLimits(max_seconds=0.05)
        async with Turns(RUN, authorize=anyone, limits=limits) as turns:
            made = talks(HEAD, lambda: Output(node="a", value=1), closed)
            first = await turns.start("job", made, by=None, on_end=ended.append)
            second = await turns.follow("job", by=None)
            assert second is not None
            bodies = [
                (await answer(EventResponse(RUN, turn), asyncio.Event()))[2]
                for turn in (first, second)
            ]
            assert bodies[0] == bodies[1]
            assert types_of(bodies[0])[-2:] == ["node-ended", "failed"]
            assert b"The reply took too long." in bodies[0]
        assert [getattr(one.error, "limit", None) for one in ended] == ["max_seconds"]
        assert closed == ["closed"]

    asyncio.run(tried())


def test_a_refused_turn_is_answered() -> None:
    for handlers in (EXCEPTION_HANDLERS, OF_CHATS):
        turns = Turns(
            RUN, authorize=anyone, limits=StreamLimits(per_caller=0, caller=user_of, retry_after=30)
        )

        async def start(request: Request, turns: Any = turns) -> Response:
            return EventResponse(RUN, await turns.start("job", source(WHOLE), by=request))

        app = Starlette(exception_handlers=handlers)
        app.add_route("/jobs", start, methods=["POST"])
        answered = ask(app, "POST", "/jobs", headers={"x-user": "ann"})
        assert (answered.status_code, answered.headers["retry-after"]) == (429, "30")
        assert answered.text == "Too many replies are running for you. Wait until one is over."
        assert ask(app, "POST", "/jobs").status_code == 200


def test_limits_are_given_to_turns_and_not_to_their_readers() -> None:
    async def tried() -> None:
        async with Turns(RUN, authorize=anyone) as turns:
            turn = await turns.start("job", source(WHOLE), by=None)
            with pytest.raises(TypeError, match="pass limits to Turns, not to the response"):
                EventResponse(RUN, turn, limits=StreamLimits(streams=1))

    asyncio.run(tried())
