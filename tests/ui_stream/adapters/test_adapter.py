"""What all adapters share, through that of Chat Completions."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from pydantic import BaseModel
from samewire.ui_stream import Chunk, StreamGuard, Tool, UIMessage, UIStream
from samewire.ui_stream.adapters import Adapter, ModelError, Usage
from samewire.ui_stream.adapters.anthropic import Messages
from samewire.ui_stream.adapters.openai_chat import ChatCompletions
from samewire.ui_stream.production import Ended
from samewire.ui_stream.starlette import UIStreamResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route

from tests.ui_stream.serving import ask


class City(BaseModel):
    city: str
    days: int = 1


weather = Tool("weather", City, float)


def said(delta: dict[str, Any], reason: str | None = None, **more: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": reason}], **more}


def called(arguments: str, name: str = "weather", call_id: str = "c", index: int = 0) -> Any:
    function = {"name": name, "arguments": arguments}
    return said({"tool_calls": [{"index": index, "id": call_id, "function": function}]})


DONE = said({}, "stop")


def fed(adapter: Adapter, *events: Any) -> list[Chunk]:
    chunks = [adapter.start()]
    adapter.begin()
    for event in (*events, DONE):
        chunks += adapter.feed(event)
    chunks += [*adapter.end(), *adapter.finish()]
    assert list(StreamGuard(strict=True).run(chunks)) == chunks
    return chunks


def parts(adapter: Adapter) -> list[dict[str, Any]]:
    return json.loads(adapter.message.to_json())["parts"][1:]


async def stream(events: Iterable[Any]) -> AsyncIterator[Any]:
    for event in events:
        if isinstance(event, Exception):
            raise event
        yield event


def collected(chunks: AsyncIterator[Chunk]) -> list[Chunk]:
    async def collect() -> list[Chunk]:
        return [chunk async for chunk in chunks]

    return asyncio.run(collect())


@pytest.mark.parametrize(
    ("arguments", "state", "value"),
    [
        ('{"city": "Oslo"}', "input-available", {"city": "Oslo"}),
        ("", "input-available", {}),
        (" ", "input-available", {}),
        ("null", "input-available", None),
        ('{"n": 1e999}', "input-available", {"n": None}),
        ('{"city": ', "output-error", '{"city": '),
        ('{"n": NaN}', "output-error", '{"n": NaN}'),
        ('{"__proto__": {}}', "output-error", '{"__proto__": {}}'),
        ("[" * 100_000, "output-error", "[" * 100_000),
    ],
)
def test_the_input_of_a_call_is_json_or_an_error(arguments: str, state: str, value: Any) -> None:
    adapter = ChatCompletions()
    fed(adapter, called(arguments))
    (part,) = parts(adapter)
    assert (part["state"], part.get("rawInput", part.get("input"))) == (state, value)
    assert len(adapter.calls) == (state == "input-available")


def test_a_typed_tool_gets_its_input_validated() -> None:
    adapter = ChatCompletions(tools=[weather])
    encode = UIStream(tools=[weather]).encoder()
    chunks = fed(
        adapter,
        called('{"city": "Oslo"}', call_id="a"),
        called('{"town": "Oslo"}', call_id="b", index=1),
    )
    good, bad = parts(adapter)
    (call,) = adapter.calls
    assert call.input == City(city="Oslo")
    assert good["input"] == {"city": "Oslo", "days": 1}
    assert bad["errorText"] == "The input of the tool is not valid. city: Field required"
    for chunk in [*chunks, call.output(-4.0)]:
        assert encode(chunk)
    assert parts(adapter)[0]["output"] == -4.0
    with pytest.raises(ValueError, match="output"):
        call.output("cold")


def test_a_call_of_a_tool_that_is_not_the_contracts_is_dynamic() -> None:
    adapter = ChatCompletions(tools=[weather, "search"])
    fed(
        adapter,
        called("{}", "search", "a"),
        called("{}", "other", "b", index=1),
    )
    found = [(part["type"], part.get("toolName")) for part in parts(adapter)]
    assert found == [("tool-search", None), ("dynamic-tool", "other")]
    assert adapter.calls[1].fail("no such tool").dynamic is True


def test_the_id_of_a_call_is_used_once_in_a_message() -> None:
    before = UIMessage.model_validate(
        {
            "id": "m",
            "role": "assistant",
            "parts": [
                {"type": "step-start"},
                {"type": "tool-f", "toolCallId": "c", "state": "output-available", "input": 1, "output": 2},
            ],
        }
    )  # fmt: skip
    adapter = ChatCompletions(continues=before)
    chunks = [adapter.start()]
    for _ in range(2):
        adapter.begin()
        chunks += adapter.feed(called("{}", call_id="c"))
        chunks += [*adapter.feed(called("{}", call_id="", index=1)), *adapter.feed(DONE)]
        chunks += [*adapter.end(), *(call.output(1) for call in adapter.calls)]
    chunks += adapter.finish()
    assert list(StreamGuard(strict=True, continues=before).run(chunks)) == chunks
    ids = [part.tool_call_id for part in adapter.message.parts if hasattr(part, "tool_call_id")]
    assert len(ids) == len(set(ids)) == 5
    assert chunks[0].message_id == "m"


def test_calls_that_the_user_answered_come_first() -> None:
    def call(key: str, approved: bool) -> dict[str, Any]:
        approval = {"id": key, "approved": approved}
        state = {"state": "approval-responded", "approval": approval, "input": {"city": key}}
        return {"type": "tool-weather", "toolCallId": key, **state}

    parts = [{"type": "step-start"}, call("Oslo", True), call("Rome", False)]
    before = UIMessage.model_validate({"id": "m", "role": "assistant", "parts": parts})
    adapter = ChatCompletions(continues=before, tools=[weather])
    (to_run,) = adapter.calls
    assert to_run.input == City(city="Oslo")
    adapter.deny("Rome", "no")
    chunks = [adapter.start(), to_run.output(-4.0), *adapter.drain(), *adapter.finish()]
    assert list(StreamGuard(strict=True, continues=before).run(chunks)) == chunks
    assert [chunk.type for chunk in chunks][1:3] == ["tool-output-available", "tool-output-denied"]
    asked = UIMessage.model_validate({"id": "u", "role": "user", "parts": []})
    assert [one.id for one in adapter.within([asked, before])] == ["u", "m"]
    assert [one.id for one in ChatCompletions(message_id="n").within([asked])] == ["u", "n"]
    assert adapter.within([before])[0].parts[1].output == -4.0


def test_a_continued_message_gets_a_step_though_nothing_came() -> None:
    before = UIMessage(id="m", role="assistant", parts=[])
    adapter = ChatCompletions(continues=before)
    chunks = [adapter.start(), *adapter.finish()]
    assert [chunk.type for chunk in chunks] == ["start", "start-step", "finish-step", "finish"]


def test_tokens_of_all_calls_of_the_model_are_added() -> None:
    adapter = ChatCompletions(message_metadata=lambda usage: {"tokens": usage.total_tokens})
    usage = {"prompt_tokens": 2, "completion_tokens": 1}
    more = {"prompt_tokens": 2, "completion_tokens": 3}
    for _ in range(2):
        adapter.begin()
        adapter.feed(said({"content": "a"}, usage=usage))
        adapter.feed(said({}, "stop", usage=more))  # all of it again, as some services do
        adapter.end()
    assert adapter.usage == Usage(input_tokens=4, output_tokens=6, total_tokens=10)
    assert adapter.finish()[-1].message_metadata == {"tokens": 10}


def test_metadata_can_be_left_out() -> None:
    adapter = ChatCompletions(message_metadata=None)
    usage = {"prompt_tokens": 2, "completion_tokens": 1}
    chunks = fed(adapter, said({"content": "a"}, usage=usage))
    assert chunks[-1].to_json() == b'{"type":"finish","finishReason":"stop"}'


def test_citations_may_come_before_their_text() -> None:
    citation = {"type": "web_search_result_location", "url": "https://a.example", "cited_text": "x"}
    delta = {"type": "content_block_delta", "index": 0}
    adapter = Messages()
    adapter.begin()
    adapter.feed({"type": "content_block_start", "index": 0, "content_block": {"type": "text"}})
    adapter.feed({**delta, "delta": {"type": "citations_delta", "citation": citation}})
    adapter.feed({**delta, "delta": {"type": "text_delta", "text": "y"}})
    adapter.feed({"type": "content_block_stop", "index": 0})
    source, text = parts(adapter)
    assert (source["url"], text["text"]) == ("https://a.example", "y")
    assert text["citations"][0]["citedText"] == "x"


def test_a_citation_has_the_places_that_a_client_can_read() -> None:
    cited = {"url": "https://a.example", "start_index": -1, "end_index": 3}
    adapter = ChatCompletions()
    fed(adapter, said({"content": "x", "annotations": [{"url_citation": cited}]}))
    (citation,) = next(part for part in parts(adapter) if part["type"] == "text")["citations"]
    assert citation == {"source": citation["source"], "endIndex": 3}


# --- A reply ----------------------------------------------------------------------------------------------------------

EVENTS = [said({"content": "Hi"}), DONE]
TYPES = "start start-step text-start text-delta text-end finish-step finish".split()


def test_a_reply_of_whatever_the_client_returns() -> None:
    closed = []

    class Stream:
        def __init__(self) -> None:
            self.events = stream(EVENTS)

        def __aiter__(self) -> AsyncIterator[Any]:
            return self.events

        async def close(self) -> None:
            closed.append(self)

    async def created() -> Stream:
        return Stream()

    @asynccontextmanager
    async def managed() -> AsyncIterator[Stream]:
        yield Stream()
        closed.append("managed")

    async def run() -> None:
        for source in (stream(EVENTS), Stream(), created(), managed()):
            chunks = [chunk async for chunk in ChatCompletions().reply(source)]
            assert [chunk.type for chunk in chunks] == TYPES

    asyncio.run(run())
    assert len(closed) == 3


def test_a_reply_that_is_left_closes_what_it_reads() -> None:
    closed = []

    async def events() -> AsyncIterator[Any]:
        try:
            yield said({"content": "Hi"})
            await asyncio.sleep(1000)
        finally:
            closed.append(True)

    async def created() -> AsyncIterator[Any]:
        return events()

    async def run() -> None:
        for count in (1, 3):  # before the model is asked, and in the middle
            chunks = ChatCompletions().reply(created())
            for _ in range(count):
                await anext(chunks)
            await chunks.aclose()

    asyncio.run(run())
    assert closed == [True]


def test_steps_with_tools() -> None:
    async def turn(adapter: ChatCompletions) -> AsyncIterator[Chunk]:
        yield adapter.start()
        async for chunk in adapter.step(
            stream([called('{"city": "Oslo"}'), said({}, "tool_calls")])
        ):
            yield chunk
        for call in adapter.calls:
            yield call.output(-4.0)
        async for chunk in adapter.step(stream(EVENTS)):
            yield chunk
        for chunk in adapter.finish():
            yield chunk

    adapter = ChatCompletions(tools=[weather])
    chunks = collected(turn(adapter))
    assert list(StreamGuard(strict=True).run(chunks)) == chunks
    assert [part.type for part in adapter.message.parts] == [
        "step-start",
        "tool-weather",
        "step-start",
        "text",
    ]
    assert adapter.calls == []


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        ({"error": {"message": "overloaded", "code": 502}}, ModelError),
        (ConnectionError("reset"), ConnectionError),
    ],
)
def test_a_failure_in_mid_stream_ends_the_reply_in_order(failure: Any, kind: type) -> None:
    ended: list[Ended] = []
    shown: list[Chunk] = []

    def endpoint(_: Request) -> UIStreamResponse:
        source = ChatCompletions().reply(stream([said({"content": "So"}), called("{"), failure]))
        return UIStreamResponse(source, observe=shown.append, on_end=ended.append)

    ask(Starlette(routes=[Route("/", endpoint)]), "GET", "/")
    assert isinstance(ended[0].error, kind)
    assert list(StreamGuard(strict=True).run(shown)) == shown
    assert [chunk.type for chunk in shown[-3:]] == ["tool-input-error", "finish-step", "error"]
    assert shown[-1].error_text == "An error occurred."
