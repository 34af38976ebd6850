"""A model calls a tool that there is not: the reply goes on, the page sees what it has a type for, and the model its mistake."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError
from samewire.streams import check_order
from samewire.ui_stream import (
    Chunk,
    MessageReducer,
    Tool,
    ToolApprovalRequestChunk,
    ToolInputAvailableChunk,
    ToolInputDeltaChunk,
    ToolInputErrorChunk,
    ToolInputStartChunk,
    ToolOutputAvailableChunk,
    ToolOutputErrorChunk,
    UIStream,
    Writer,
    write,
)
from samewire.ui_stream.adapters.openai_chat import ChatCompletions
from samewire.ui_stream.client import ChunkReader
from samewire.ui_stream.guard import UIMessageChunk
from samewire.ui_stream.production import Ended, written
from samewire.ui_stream.starlette import UIStreamResponse
from samewire.ui_stream.turns import Turns, anyone

from tests.streams.test_limits import answer


class City(BaseModel):
    city: str


weather = Tool("weather", City, float)
CLOSED = UIStream(tools=[weather])
OPEN = UIStream(tools=[weather], dynamic_tools=True)

OUTCOMES: dict[str, list[Chunk]] = {
    "an error": [ToolOutputErrorChunk(tool_call_id="c2", error_text="There is no such tool.")],
    "an output": [ToolOutputAvailableChunk(tool_call_id="c2", output={"a": 1}, dynamic=True)],
    "an approval": [ToolApprovalRequestChunk(tool_call_id="c2", approval_id="a")],
    "nothing": [],
}
BEGINNINGS: dict[str, list[Chunk]] = {
    "in pieces": [
        ToolInputStartChunk(tool_call_id="c2", tool_name="wether", dynamic=True),
        ToolInputDeltaChunk(tool_call_id="c2", input_text_delta="{"),
        ToolInputAvailableChunk(tool_call_id="c2", tool_name="wether", input={}, dynamic=True),
    ],
    "at once": [
        ToolInputAvailableChunk(tool_call_id="c2", tool_name="wether", input=None, dynamic=True)
    ],
    "as if it were known": [
        ToolInputAvailableChunk(tool_call_id="c2", tool_name="wether", input=None)
    ],
    "not valid": [
        ToolInputErrorChunk(tool_call_id="c2", tool_name="wether", input="{", error_text="No JSON.")
    ],
}


def replied(chunks: list[Chunk], contract: UIStream) -> tuple[list[Chunk], list[Ended], Any]:
    """What a page gets of a reply, how it ended, and the message that the server stores."""
    ended: list[Ended] = []
    stored = MessageReducer(of=contract.message)

    async def source() -> AsyncIterator[Chunk]:
        for chunk in chunks:
            yield chunk

    response = UIStreamResponse(
        source(), encode=contract.encoder(), on_end=ended.append, observe=stored.apply
    )
    _, _, body = asyncio.run(answer(response, asyncio.Event()))
    sent = list(ChunkReader(of=contract.chunk).feed(body))
    return sent, ended, stored.message


def around(call: list[Chunk]) -> list[Chunk]:
    """Beside a call of a tool that there is, whose parts come before, between and after."""
    known: list[Chunk] = [
        ToolInputStartChunk(tool_call_id="c1", tool_name="weather"),
        weather.call("c1", City(city="Oslo")),
    ]
    return [known[0], *call[:1], known[1], *call[1:], weather.result("c1", -4.0)]


@pytest.mark.parametrize("beginning", BEGINNINGS)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_reply_goes_on_without_it(
    beginning: str, outcome: str, caplog: pytest.LogCaptureFixture
) -> None:
    came_of_it = [] if beginning == "not valid" else OUTCOMES[outcome]
    sent, ended, stored = replied(around([*BEGINNINGS[beginning], *came_of_it]), CLOSED)
    assert [one.outcome for one in ended] == ["finish"]
    assert [chunk.type for chunk in sent] == [
        "start",
        "start-step",
        "tool-input-start",
        "tool-input-available",
        "tool-output-available",
        "finish-step",
        "finish",
    ]
    assert not check_order(sent, UIMessageChunk)
    assert [part.type for part in stored.parts] == ["step-start", "tool-weather"]
    told = [one.getMessage() for one in caplog.records if "is left out" in one.getMessage()]
    assert told == [
        "a call of 'wether' is left out: the contract has no such tool, and no dynamic_tools"
    ]
    assert not [one for one in caplog.records if one.levelno >= logging.ERROR]


@pytest.mark.parametrize("beginning", ["in pieces", "at once"])
def test_the_page_sees_it_where_it_has_a_type_for_it(beginning: str) -> None:
    chunks = around([*BEGINNINGS[beginning], *OUTCOMES["an error"]])
    sent, ended, stored = replied(chunks, OPEN)
    assert [one.outcome for one in ended] == ["finish"]
    assert "tool-output-error" in [chunk.type for chunk in sent]
    assert "dynamic-tool" in [part.type for part in stored.parts]


def test_the_model_is_told() -> None:
    """By the adapter's own message, which has what the page was not shown."""
    delta = {
        "tool_calls": [
            {
                "index": 0,
                "id": "c2",
                "function": {"name": "wether", "arguments": '{"city": "Oslo"}'},
            }
        ]
    }
    events = [
        {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]},
        {"choices": [{"index": 0, "delta": {}, "finish_reason": "tool_calls"}]},
    ]
    adapter = ChatCompletions(tools=[weather])
    chunks = [adapter.start(), *(adapter.begin() or ())]
    for event in events:
        chunks += adapter.feed(event)
    chunks += adapter.end()
    (call,) = adapter.calls
    assert (call.name, call.tool, call.dynamic) == ("wether", None, True)
    chunks += [call.fail("There is no such tool."), *adapter.finish()]
    sent, ended, _ = replied(chunks, CLOSED)
    assert [one.outcome for one in ended] == ["finish"]
    assert [chunk.type for chunk in sent] == ["start", "start-step", "finish-step", "finish"]
    failed = adapter.message.parts[-1]
    assert (failed.state, failed.error_text) == ("output-error", "There is no such tool.")  # type: ignore[union-attr]


def test_turns_and_the_writer() -> None:
    async def reply(w: Writer) -> None:
        async with w.tool("wether", "c2") as call:
            await call.input({"city": "Oslo"})
            await call.fail("There is no such tool.")
        async with w.text() as say:
            await say("Sorry.")

    async def produce(send: Callable[..., Any]) -> None:
        async with write(send) as w:
            await reply(w)

    async def tried() -> bytes:
        async with Turns(authorize=anyone) as turns:
            turn = await turns.start("chat", written(produce), by=None, encode=CLOSED.encoder())
            return (await answer(UIStreamResponse(turn), asyncio.Event()))[2]

    sent = list(ChunkReader(of=CLOSED.chunk).feed(asyncio.run(tried())))
    assert "".join(getattr(chunk, "delta", "") for chunk in sent) == "Sorry."
    assert [chunk.type for chunk in sent][-1] == "finish"
    assert not any(chunk.type.startswith("tool-") for chunk in sent)


def test_an_encoder_by_itself_refuses_it() -> None:
    (chunk,) = BEGINNINGS["at once"]
    with pytest.raises(ValidationError, match="wether"):
        CLOSED.encoder()(chunk)
    assert CLOSED.tool_names == {"weather"}
    assert OPEN.tool_names is UIStream().tool_names is None
