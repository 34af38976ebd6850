"""What the writer writes passes the strict guard, whatever is written."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError
from samewire.ui_stream import (
    Chunk,
    Citation,
    DataChunk,
    FileChunk,
    MessageReducer,
    StreamGuard,
    Tool,
    ToolApprovalRequestChunk,
    UIMessage,
    Writer,
    write,
)
from samewire.ui_stream.production import written
from samewire.ui_stream.starlette import UIStreamResponse

from tests.ui_stream.test_response import asked


class Query(BaseModel):
    q: str


search = Tool("search", Query, list[str])
MESSAGE = UIMessage.model_validate(
    {
        "id": "m",
        "role": "assistant",
        "parts": [
            {"type": "tool-search", "toolCallId": "c", "state": "input-available", "input": {"q": "a"}}
        ],
    }
)  # fmt: skip


def chunks_of(body: Callable[[Writer], Awaitable[None]], **options: Any) -> list[Chunk]:
    sent: list[Chunk] = []

    async def send(chunk: Chunk) -> None:
        sent.append(chunk)

    async def run() -> None:
        async with write(send, **options) as w:
            await body(w)

    asyncio.run(run())
    return list(StreamGuard(strict=True, continues=options.get("continues")).run(sent))


def types(chunks: list[Chunk]) -> str:
    return " ".join(chunk.type for chunk in chunks)


def test_a_reply() -> None:
    async def body(w: Writer) -> None:
        async with w.reasoning() as think:
            await think("hm")
        async with w.tool(search, "c") as call:
            await call.delta('{"q":')
            await call.input(Query(q="a"))
            await call.preliminary([])
            await call.output(["b"])
        await w.data(DataChunk(type="data-plan", data=1))
        async with w.step(), w.text() as say:
            await say("Hel")
            await say("lo")
        await w.metadata({"tokens": 3})
        w.finish_reason = "stop"

    chunks = chunks_of(body, message_id="m", message_metadata={"model": "x"})
    reducer = MessageReducer()
    for chunk in chunks:
        reducer.apply(chunk)
    message = reducer.message
    assert (message.id, message.metadata) == ("m", {"model": "x", "tokens": 3})
    assert reducer.finish_reason == "stop"
    assert [part.type for part in message.parts] == [
        "step-start",
        "reasoning",
        "tool-search",
        "data-plan",
        "step-start",
        "text",
    ]
    assert reducer.data["parts"][2]["output"] == ["b"]
    assert reducer.data["parts"][5] == {"type": "text", "text": "Hello", "state": "done"}


def test_steps_are_opened_for_what_needs_one() -> None:
    async def nothing(_: Writer) -> None:
        pass

    async def data(w: Writer) -> None:
        await w.data(DataChunk(type="data-x", data=None))

    async def file(w: Writer) -> None:
        await w.send(FileChunk(url="u", media_type="m"))

    assert types(chunks_of(nothing)) == "start finish"
    assert types(chunks_of(data)) == "start data-x finish"
    assert types(chunks_of(file)) == "start start-step file finish-step finish"
    assert types(chunks_of(nothing, continues=MESSAGE)) == "start start-step finish-step finish"


def test_a_reply_that_continues_a_message() -> None:
    async def body(w: Writer) -> None:
        await w.result(search, "c", ["b"])
        async with w.step(), w.text() as say:
            await say("Found.")

    chunks = chunks_of(body, continues=MESSAGE)
    assert types(chunks).startswith("start start-step tool-output-available finish-step start-step")
    reducer = MessageReducer(MESSAGE)
    for chunk in chunks:
        reducer.apply(chunk)
    assert [part.type for part in reducer.message.parts] == ["tool-search", "step-start", "step-start", "text"]  # fmt: skip


def test_a_call_that_asks_first() -> None:
    async def body(w: Writer) -> None:
        async with w.tool(search) as call:
            await call.input(Query(q="a"))
            assert await call.ask() == f"approval-{call.id}"

    *_, request, _, _ = chunks_of(body)
    assert isinstance(request, ToolApprovalRequestChunk)


def test_a_call_needs_its_input_first() -> None:
    async def without(w: Writer) -> None:
        async with w.tool(search, "c") as call:
            await call.delta("{")

    async def output(w: Writer) -> None:
        async with w.tool(search, "c") as call:
            await call.output([])

    async def wrong(w: Writer) -> None:
        async with w.tool(search, "c") as call:
            await call.input({"other": 1})  # type: ignore[arg-type]  # what is tested

    for body, error in ((without, RuntimeError), (output, RuntimeError), (wrong, ValidationError)):
        with pytest.raises(error):
            chunks_of(body)


def test_a_failure_is_left_to_the_response() -> None:
    async def produce(send: Any) -> None:
        async with write(send) as w, w.text() as say:
            await say("Hel")
            raise ValueError("secret")

    client = asked(lambda: UIStreamResponse(written(produce)))
    expected = [
        "start",
        "start-step",
        "text-start",
        "text-delta",
        "text-end",
        "finish-step",
        "error",
    ]
    assert client.types == expected
    assert client.ended


def test_a_reply_goes_on_after_a_failure_that_is_caught() -> None:
    """As when another model is asked: what the first one began is closed, in the order that the strict guard wants."""

    async def body(w: Writer) -> None:
        with suppress(OSError):
            async with w.step(), w.text() as say:
                await say("Hel")
                raise OSError("down")
        with suppress(OSError):
            async with w.reasoning() as think:
                await think("h")
                raise OSError("down")
        for written_so_far, tool in (
            ("new", search),
            ("begun", "run"),
            ("called", search),
            ("over", "run"),
        ):
            with suppress(OSError):
                async with w.tool(tool, f"{written_so_far} {tool}") as call:
                    if written_so_far == "begun":
                        await call.delta('{"q"')
                    if written_so_far in {"called", "over"}:
                        await call.input(Query(q="a"))
                    if written_so_far == "over":
                        await call.output(["b"])
                    raise OSError("down")
        async with w.step(), w.text() as say:
            await say("Hello")

    chunks = chunks_of(body)
    reducer = MessageReducer()
    for chunk in chunks:
        reducer.apply(chunk)
    assert [
        (part["type"], part.get("state"), part.get("errorText")) for part in reducer.data["parts"]
    ] == [
        ("step-start", None, None),
        ("text", "done", None),
        ("step-start", None, None),
        ("reasoning", "done", None),
        ("dynamic-tool", "output-error", "The input of the tool did not arrive."),
        ("tool-search", "output-error", "The tool did not finish."),
        ("dynamic-tool", "output-available", None),
        ("step-start", None, None),
        ("text", "done", None),
    ]
    assert reducer.data["parts"][4]["input"] == '{"q"'


def test_what_a_provider_says_of_a_text_and_of_a_call() -> None:
    source = {"type": "source", "sourceType": "url", "id": "s", "url": "https://e.org"}
    citation = Citation.model_validate({"source": source})

    async def body(w: Writer) -> None:
        async with w.reasoning() as think:
            await think("hm")
            think.provider_metadata = {"anthropic": {"signature": "s"}}
        async with w.text() as say:
            await say("Hello")
            say.citations = [citation]
        async with w.tool("run", "c", title="Run it", provider_executed=True) as call:
            await call.delta("{}")
            await call.input({})
            await call.preliminary(1)
            await call.output([2])
        async with w.tool(search, "d", title="Find", tool_metadata={"icon": "lens"}) as found:
            await found.input(Query(q="a"))
            await found.fail("no")

    reducer = MessageReducer()
    for chunk in chunks_of(body):
        reducer.apply(chunk)
    _, reasoning, text, run, find = reducer.data["parts"]
    assert reasoning["providerMetadata"] == {"anthropic": {"signature": "s"}}
    assert text["citations"] == [{"source": source}]
    assert run == {
        "type": "dynamic-tool",
        "toolName": "run",
        "toolCallId": "c",
        "title": "Run it",
        "providerExecuted": True,
        "state": "output-available",
        "input": {},
        "output": [2],
    }
    assert (find["title"], find["toolMetadata"], find["errorText"]) == (
        "Find",
        {"icon": "lens"},
        "no",
    )


def test_the_output_of_a_dynamic_call_of_the_continued_message() -> None:
    call = {"type": "dynamic-tool", "toolName": "run", "toolCallId": "c", "state": "input-available", "input": 1}  # fmt: skip
    message = UIMessage.model_validate({"id": "m", "role": "assistant", "parts": [call]})

    async def body(w: Writer) -> None:
        await w.result("run", "c", {"ok": True})

    reducer = MessageReducer(message)
    for chunk in chunks_of(body, continues=message):
        reducer.apply(chunk)
    assert reducer.data["parts"][0]["output"] == {"ok": True}


def test_random_replies() -> None:
    """Also of blocks that overlap."""

    def random_body(seed: int) -> Callable[[Writer], Awaitable[None]]:
        rng = random.Random(seed)

        async def part(w: Writer, number: int) -> None:
            match rng.randrange(5):
                case 0:
                    async with w.text() as say:
                        await asyncio.sleep(0)
                        await say("x")
                case 1:
                    async with w.reasoning() as think:
                        await think("y")
                        await asyncio.sleep(0)
                case 2:
                    async with w.tool(search, f"c{number}") as call:
                        if rng.random() < 0.5:
                            await call.delta("{")
                        await asyncio.sleep(0)
                        await call.input(Query(q="a"))
                        if rng.random() < 0.5:
                            await call.fail("no")
                        else:
                            await call.output(["b"])
                case 3:
                    await w.data(DataChunk(type="data-x", id="1", data=number))
                case _:
                    await w.send(FileChunk(url="u", media_type="m"))

        async def body(w: Writer) -> None:
            for _ in range(rng.randrange(4)):
                async with w.step():
                    await asyncio.gather(
                        *(part(w, rng.randrange(10**6)) for _ in range(rng.randrange(4)))
                    )
                if rng.random() < 0.3:
                    await part(w, rng.randrange(10**6))

        return body

    for seed in range(200):
        chunks_of(random_body(seed))
