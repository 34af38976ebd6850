"""
What type checkers make of an application's code. Checked by mypy, never run.

A ``type: ignore`` here stands on a mistake that must be found: under ``--strict`` an ignore that hides nothing is an error.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal, assert_type

from pydantic import BaseModel, Field
from samewire.ui_stream import (
    DONE,
    MISSING,
    Call,
    ChatRequest,
    Chunk,
    DataChunk,
    FinishChunk,
    StartChunk,
    TextDeltaChunk,
    TextUIPart,
    Tool,
    ToolInputAvailableChunk,
    ToolInputStartChunk,
    ToolOutputAvailableChunk,
    ToolOutputAvailableUIPart,
    UIMessage,
    UIMessageChunk,
    UIStream,
    Writer,
    heartbeat,
    stream,
)


class Plan(BaseModel):
    steps: list[str]


class Query(BaseModel):
    q: str


class PlanChunk(DataChunk):
    type: Literal["data-plan"] = "data-plan"
    data: Plan


class Output(ToolOutputAvailableChunk):
    tool_name: str = Field(exclude=True)


search = Tool("search", Query, Plan)
contract = UIStream(PlanChunk, tools=[search])
AppChunk = Annotated[UIMessageChunk, contract]
AppMessage = Annotated[UIMessage, contract]
AppRequest = Annotated[ChatRequest, contract]


async def writes(w: Writer) -> None:
    async with w.tool(search) as call:
        assert_type(call, Call[Query, Plan])
        await call.input(Query(q=""))
        await call.input("")  # type: ignore[arg-type]
        await call.output(Plan(steps=[]))
        await call.output(Query(q=""))  # type: ignore[arg-type]
    async with w.text() as say:
        await say("")
        await say(1)  # type: ignore[arg-type]


async def reply(request: AppRequest) -> AsyncIterator[AppChunk]:
    yield StartChunk(message_id=None, message_metadata=MISSING)
    yield TextDeltaChunk(id="1", delta="x")
    yield PlanChunk(data=Plan(steps=[]), id=request.id)
    yield ToolInputStartChunk(tool_call_id="c", tool_name="search", title=None)
    yield search.call("c", Query(q="x"), title="Search")
    yield Output(tool_call_id="c", output=None, tool_name="search")
    yield FinishChunk(finish_reason="stop")


async def body(chunks: AsyncIterator[Chunk | bytes]) -> None:
    async for frame in stream(chunks):
        assert_type(frame, bytes)
    assert_type(heartbeat() + DONE, bytes)


def read(request: AppRequest, message: AppMessage) -> None:
    assert_type(request.messages, list[UIMessage])
    assert_type(request.message_id, str | None)
    assert_type(request.continues, UIMessage | None)
    for part in message.parts:
        if isinstance(part, TextUIPart):
            assert_type(part.text, str)
            assert_type(part.state, Literal["streaming", "done"] | None)
        elif isinstance(part, ToolOutputAvailableUIPart):
            assert_type(part.preliminary, bool | None)
            assert_type(part.input, Any)


assert_type(PlanChunk(data=Plan(steps=[])).data, Plan)
assert_type(TextDeltaChunk(id="1", delta="x").to_sse(), bytes)
assert_type(search.call("c", Query(q="")), ToolInputAvailableChunk)

PlanChunk(data={"steps": []})  # type: ignore[arg-type]
PlanChunk(type="data-other", data=Plan(steps=[]))  # type: ignore[arg-type]
TextDeltaChunk(id="1")  # type: ignore[call-arg]
TextDeltaChunk(id="1", delta="x", sucess=True)  # type: ignore[call-arg]
TextDeltaChunk(id="1", delta=b"x")  # type: ignore[arg-type]
FinishChunk(finish_reason="tool_calls")  # type: ignore[arg-type]
DataChunk(data=1)  # type: ignore[call-arg]
search.call("c", Plan(steps=[]))  # type: ignore[arg-type]
search.call("c", Query(q=""), titel="x")  # type: ignore[call-arg]
UIMessage(id="m", role="bot", parts=[])  # type: ignore[arg-type]
UIMessage(id="m", role="user", parts=[Plan(steps=[])])  # type: ignore[list-item]
