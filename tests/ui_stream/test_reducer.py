"""The reducer by itself; that it does what the client does is tried in ``tests/conformance/ui_stream/test_reducer.py``."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ValidationError
from samewire.ui_stream import (
    ChatRequest,
    DataChunk,
    ErrorChunk,
    FinishChunk,
    MessageReducer,
    Omittable,
    StartChunk,
    StartStepChunk,
    TextDeltaChunk,
    TextStartChunk,
    Tool,
    ToolInputAvailableChunk,
    ToolInputDeltaChunk,
    ToolInputStartChunk,
    ToolOutputAvailableChunk,
    ToolOutputAvailableUIPart,
    UIMessage,
    UIStream,
)
from samewire.ui_stream.reading import OpaqueUIPart, read_request


class Plan(BaseModel):
    steps: list[str]


class PlanChunk(DataChunk):
    type: Literal["data-plan"] = "data-plan"
    data: Plan


class Metadata(BaseModel):
    tokens: Omittable[int] = None


class Query(BaseModel):
    q: str


find = Tool("find", Query, list[str])
contract = UIStream(PlanChunk, metadata=Metadata, tools=[find])


def test_a_message_of_the_contract() -> None:
    reducer = MessageReducer(id="m", of=contract.message)
    reducer.apply(StartChunk(message_metadata={"tokens": 1}))
    reducer.apply(StartStepChunk())
    reducer.apply(PlanChunk(id="p", data=Plan(steps=["a"])))
    reducer.apply(find.call("c", Query(q="x")))
    reducer.apply(find.result("c", ["hit"]))
    reducer.apply(FinishChunk(finish_reason="stop"))
    message = reducer.message
    assert isinstance(message, contract.message)
    assert message.metadata == Metadata(tokens=1)
    _, plan, call = message.parts
    assert plan.data == Plan(steps=["a"])  # type: ignore[union-attr]  # the contract's own part
    assert isinstance(call, ToolOutputAvailableUIPart)
    assert (call.input, call.output) == (Query(q="x"), ["hit"])
    assert reducer.finish_reason == "stop"


@pytest.mark.parametrize(
    "chunk",
    [
        DataChunk(type="data-plan", data={"steps": 1}),
        DataChunk(type="data-other", data=1),
        ToolInputAvailableChunk(tool_call_id="c", tool_name="find", input={"q": 1}),
        ToolInputAvailableChunk(tool_call_id="c", tool_name="other", input={}),
        StartChunk(message_metadata={"tokens": "many"}),
    ],
)
def test_what_is_not_of_the_contract(
    chunk: DataChunk | ToolInputAvailableChunk | StartChunk,
) -> None:
    reducer = MessageReducer(of=contract.message)
    reducer.apply(chunk)
    with pytest.raises(ValidationError):
        _ = reducer.message
    assert reducer.data["role"] == "assistant"


def test_the_message_that_is_continued_stays_as_it_is() -> None:
    part = {"type": "tool-find", "toolCallId": "c", "state": "input-available", "input": {}}
    message = UIMessage.model_validate({"id": "m", "role": "assistant", "parts": [part]})
    before = message.to_json()
    reducer = MessageReducer(message)
    reducer.apply(ToolOutputAvailableChunk(tool_call_id="c", output=1))
    assert message.to_json() == before
    assert reducer.data["parts"][0]["state"] == "output-available"


def test_what_was_read_before_stays_as_it_is() -> None:
    reducer = MessageReducer()
    for chunk in (TextStartChunk(id="t"), TextDeltaChunk(id="t", delta="a")):
        reducer.apply(chunk)
    before = reducer.data
    reducer.apply(TextDeltaChunk(id="t", delta="b"))
    assert before["parts"][0]["text"] == "a"
    assert reducer.data["parts"][0]["text"] == "ab"


def test_nothing_is_applied_after_an_error() -> None:
    reducer = MessageReducer()
    reducer.apply(ErrorChunk(error_text="no"))
    reducer.apply(StartStepChunk())
    assert reducer.error_text == "no"
    assert reducer.data["parts"] == []


@pytest.mark.parametrize(
    "chunk",
    [
        TextDeltaChunk(id="t", delta="x"),
        ToolInputDeltaChunk(tool_call_id="t", input_text_delta="x"),
        ToolOutputAvailableChunk(tool_call_id="t", output=1),
    ],
)
def test_what_the_client_would_die_of(chunk: TextDeltaChunk) -> None:
    with pytest.raises(ValueError, match=f"{chunk.type} for 't', which is not open"):
        MessageReducer().apply(chunk)


def test_long_input_is_parsed_when_it_is_read() -> None:
    reducer = MessageReducer()
    reducer.apply(ToolInputStartChunk(tool_call_id="c", tool_name="find"))
    piece = ToolInputDeltaChunk(tool_call_id="c", input_text_delta="[")
    for _ in range(50_000):  # as many parses of the whole text would take minutes
        reducer.apply(piece)
    assert len(reducer.data["parts"][0]["rawInput"]) == 50_000
    assert "input" not in reducer.data["parts"][0]


def test_parts_that_the_contract_does_not_know_stay() -> None:
    contract = UIStream(PlanChunk, tools=[Tool("search", Plan, Plan)])
    parts: list[dict[str, Any]] = [
        {"type": "brand-new", "id": "p", "x": [1]},
        {"type": "tool-search", "toolCallId": "c", "state": "some-new-state", "input": 1},
        {"type": "tool-search", "input": "no call, no state"},
        {"type": "data-plan", "id": {"no": "id"}, "data": {"steps": "none"}},
        {"type": "dynamic-tool", "toolCallId": "d", "state": "input-streaming"},
    ]
    messages = [{"id": "m", "role": "assistant", "parts": [*parts, {"type": "text", "text": "a"}]}]
    body = {"id": "c", "trigger": "submit-message", "messages": messages}
    request = read_request(body, Annotated[ChatRequest, contract], misfits="keep")
    assert request.continues is not None
    assert sum(isinstance(part, OpaqueUIPart) for part in request.continues.parts) == 5
    reducer = MessageReducer(request.continues, of=contract.message)
    added = [
        StartStepChunk(),
        ToolInputAvailableChunk(tool_call_id="c", tool_name="search", input={"steps": []}),
        PlanChunk(id="p", data=Plan(steps=["b"])),
    ]
    for chunk in added:
        reducer.apply(chunk)
    assert reducer.data["parts"][:5] == parts
    made = reducer.message
    assert [part.type for part in made.parts[5:]] == [
        "text",
        "step-start",
        "tool-search",
        "data-plan",
    ]
    assert json.loads(made.to_json())["parts"] == reducer.data["parts"]
    assert MessageReducer(made, of=contract.message).message == made
