"""An application's own contract: what it narrows, what stays, and what is refused when it is declared."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from samewire.absent import HAS_EXCLUDE_IF
from samewire.ui_stream import (
    MISSING,
    ChatRequest,
    Chunk,
    DataChunk,
    DataUIPart,
    DynamicToolOutputAvailableUIPart,
    ErrorChunk,
    FinishChunk,
    MessageMetadataChunk,
    Omittable,
    StartChunk,
    TextDeltaChunk,
    TextUIPart,
    Tool,
    ToolInputAvailableChunk,
    ToolInputErrorChunk,
    ToolOutputAvailableChunk,
    ToolOutputAvailableUIPart,
    ToolOutputErrorUIPart,
    UIMessage,
    UIMessageChunk,
    UIMessagePart,
    UIStream,
)

with_exclude_if = pytest.mark.skipif(
    not HAS_EXCLUDE_IF, reason="models of one's own write null before Pydantic 2.12"
)


class Metadata(BaseModel):
    model: str
    tokens: Omittable[int] = None


class Plan(BaseModel):
    steps: list[str]


class PlanChunk(DataChunk):
    """The plan."""

    type: Literal["data-plan"] = "data-plan"
    data: Plan


class NoteChunk(DataChunk):
    type: Literal["data-note"] = "data-note"
    data: Annotated[str, Field(max_length=3)]


class Query(BaseModel):
    q: str


class Hits(BaseModel):
    hits: list[int]


class Agent(BaseModel):
    agent: str


class Run(BaseModel):
    run: int


class Error(ErrorChunk):
    code: str = Field(exclude=True)


class SessionRequest(ChatRequest):
    session_id: str


search = Tool("search", Query, Hits)
run_agent = Tool("run-agent", Agent, Run)
everything = UIStream(PlanChunk, NoteChunk, Error, metadata=Metadata, tools=[search, run_agent])
CHUNK = TypeAdapter(Annotated[UIMessageChunk, everything])
PART = TypeAdapter(Annotated[UIMessagePart, everything])
MESSAGE = TypeAdapter(Annotated[UIMessage, everything])
REQUEST = TypeAdapter(Annotated[SessionRequest, everything])


def errors(adapter: TypeAdapter[Any], value: Any) -> list[tuple[str, ...]]:
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python(value)
    return [tuple(map(str, error["loc"])) for error in caught.value.errors()]


def message(*parts: Any, **more: Any) -> dict[str, Any]:
    return {"id": "m", "role": "assistant", "parts": list(parts), **more}


# --- Data -------------------------------------------------------------------------------------------------------------


def test_a_data_chunk_has_a_name_and_a_payload() -> None:
    chunk = PlanChunk(id="p", data=Plan(steps=["a"]))
    assert chunk.to_json() == b'{"type":"data-plan","id":"p","data":{"steps":["a"]}}'
    assert CHUNK.validate_json(chunk.to_json()) == chunk
    with pytest.raises(ValidationError):
        PlanChunk(data={"steps": 1})  # type: ignore[arg-type]
    assert errors(CHUNK, {"type": "data-plan", "data": {}}) == [("data-plan", "data", "steps")]


def test_named_data_closes_the_union() -> None:
    assert errors(CHUNK, {"type": "data-other", "data": 1}) == [()]
    assert errors(PART, {"type": "data-other", "data": 1}) == [()]


def test_a_data_part_is_derived_from_its_chunk() -> None:
    part = PART.validate_python({"type": "data-plan", "id": "p", "data": {"steps": []}, "new": 1})
    assert isinstance(part, DataUIPart)
    assert (type(part).__name__, type(part).__module__) == ("PlanUIPart", __name__)
    assert type(part).__doc__ == "The plan."
    assert part.data == Plan(steps=[])
    assert json.loads(part.to_json()) == {
        "type": "data-plan",
        "id": "p",
        "data": {"steps": []},
        "new": 1,
    }
    assert errors(PART, {"type": "data-note", "data": "long"}) == [("data-note", "data")]


# --- Metadata ---------------------------------------------------------------------------------------------------------


@with_exclude_if
@pytest.mark.parametrize("tag", ["start", "finish", "message-metadata"])
def test_metadata_is_typed_in_each_chunk_that_carries_it(tag: str) -> None:
    chunk = CHUNK.validate_python({"type": tag, "messageMetadata": {"model": "x"}})
    assert isinstance(chunk, StartChunk | FinishChunk | MessageMetadataChunk)
    assert chunk.message_metadata == Metadata(model="x")
    assert chunk.to_json() == b'{"type":"%b","messageMetadata":{"model":"x"}}' % tag.encode()
    assert errors(CHUNK, {"type": tag, "messageMetadata": {"model": 1}}) == [
        (tag, "messageMetadata", "model")
    ]


def test_metadata_is_typed_in_a_message_and_may_be_absent() -> None:
    assert MESSAGE.validate_python(message(metadata={"model": "x"})).metadata == Metadata(model="x")
    bare = MESSAGE.validate_python(message())
    assert bare.metadata is None
    assert json.loads(bare.to_json()) == message()
    assert CHUNK.validate_python({"type": "start"}).to_json() == b'{"type":"start"}'
    assert errors(MESSAGE, message(metadata={})) == [("metadata", "model")]


# --- Tools ------------------------------------------------------------------------------------------------------------


def test_the_name_decides_the_type_of_a_tools_input() -> None:
    value = {
        "type": "tool-input-available",
        "toolCallId": "c",
        "toolName": "search",
        "input": {"q": "x"},
    }
    chunk = CHUNK.validate_python(value)
    assert isinstance(chunk, ToolInputAvailableChunk)
    assert chunk.input == Query(q="x")
    assert json.loads(chunk.to_json()) == value
    tag = "tool-input-available"
    assert errors(CHUNK, {**value, "toolName": "run-agent"}) == [
        (tag, "run-agent", "input", "agent")
    ]
    assert errors(CHUNK, {**value, "toolName": "other"}) == [(tag,)]
    for other in ("tool-input-start", "tool-input-error"):
        bad = {"type": other, "toolCallId": "c", "toolName": "other", "input": 1, "errorText": ""}
        assert errors(CHUNK, bad) == [(other,)]


def test_what_the_model_got_wrong_is_not_typed() -> None:
    value = {
        "type": "tool-input-error",
        "toolCallId": "c",
        "toolName": "search",
        "input": 1,
        "errorText": "x",
    }
    assert isinstance(CHUNK.validate_python(value), ToolInputErrorChunk)
    part = {
        "type": "tool-search",
        "state": "output-error",
        "toolCallId": "c",
        "rawInput": "{",
        "errorText": "x",
    }
    assert isinstance(PART.validate_python(part), ToolOutputErrorUIPart)
    partial = {"type": "tool-search", "state": "input-streaming", "toolCallId": "c", "input": {}}
    assert json.loads(PART.validate_python(partial).to_json()) == partial


def test_a_result_is_any_tools() -> None:
    value = {"type": "tool-output-available", "toolCallId": "c", "output": {"run": 1}}
    chunk = CHUNK.validate_python(value)
    assert isinstance(chunk, ToolOutputAvailableChunk)
    assert chunk.output == Run(run=1)
    assert len(errors(CHUNK, {**value, "output": {"other": 1}})) == 2


def test_a_tools_part_is_typed_in_each_state() -> None:
    value = {
        "type": "tool-run-agent",
        "state": "output-available",
        "toolCallId": "c",
        "input": {"agent": "a"},
        "output": {"run": 1},
    }
    part = PART.validate_python(value)
    assert isinstance(part, ToolOutputAvailableUIPart)
    assert (part.input, part.output) == (Agent(agent="a"), Run(run=1))
    assert json.loads(part.to_json()) == value
    states = {
        "input-available": {},
        "approval-requested": {"approval": {"id": "a"}},
        "approval-responded": {"approval": {"id": "a", "approved": True}},
        "output-available": {"output": {"run": 1}},
        "output-denied": {"approval": {"id": "a", "approved": False}},
    }
    for state, more in states.items():
        bad = {"type": "tool-run-agent", "state": state, "toolCallId": "c", "input": 1, **more}
        assert errors(PART, bad) == [("tool-run-agent", state, "input")]
    assert errors(PART, {**value, "type": "tool-other"}) == [()]


def test_a_tool_makes_its_chunks() -> None:
    call = search.call("c", Query(q="x"), title="Search", provider_metadata={"p": {}})
    assert json.loads(call.to_json()) == {
        "type": "tool-input-available",
        "toolCallId": "c",
        "toolName": "search",
        "input": {"q": "x"},
        "providerMetadata": {"p": {}},
        "title": "Search",
    }
    result = search.result("c", Hits(hits=[1]), preliminary=True)
    assert json.loads(result.to_json()) == {
        "type": "tool-output-available",
        "toolCallId": "c",
        "output": {"hits": [1]},
        "preliminary": True,
    }
    with pytest.raises(ValidationError):
        search.call("c", {"q": 1})  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        search.result("c", {"hits": ["x"]})  # type: ignore[arg-type]


def test_classes_of_a_tool_are_named_after_it() -> None:
    names = [cls.__name__ for cls in (*run_agent.chunks.values(), *run_agent.parts)]
    assert names[0] == "RunAgentToolInputStartChunk"
    assert names[-1] == "RunAgentToolOutputDeniedUIPart"
    assert all(name.startswith("RunAgentTool") for name in names)
    assert len(set(names)) == len(names) == 10
    assert (
        Tool("3d", Query, Hits, prefix="Solid").parts[0].__name__ == "SolidToolInputStreamingUIPart"
    )
    with pytest.raises(ValueError, match="prefix="):
        Tool("3d", Query, Hits)


def test_dynamic_tools_keep_the_chunks_general() -> None:
    mixed = UIStream(tools=[search], dynamic_tools=True)
    chunk = TypeAdapter(Annotated[UIMessageChunk, mixed]).validate_python(
        {
            "type": "tool-input-available",
            "toolCallId": "c",
            "toolName": "any",
            "input": 1,
            "dynamic": True,
        }
    )
    assert type(chunk) is ToolInputAvailableChunk
    part = TypeAdapter(Annotated[UIMessagePart, mixed])
    dynamic = {
        "type": "dynamic-tool", "toolName": "any", "toolCallId": "c", "state": "output-available",
        "input": 1, "output": None,
    }  # fmt: skip
    assert isinstance(part.validate_python(dynamic), DynamicToolOutputAvailableUIPart)
    assert errors(
        part, {"type": "tool-search", "toolCallId": "c", "state": "input-available", "input": 1}
    )
    assert errors(PART, dynamic) == [()], "without dynamic_tools there are none"


# --- What is not named stays ------------------------------------------------------------------------------------------


def test_what_is_not_named_stays_as_it_is() -> None:
    plain = UIStream()
    chunk = TypeAdapter(Annotated[UIMessageChunk, plain])
    part = TypeAdapter(Annotated[UIMessagePart, plain])
    assert type(chunk.validate_python({"type": "data-any", "data": None})) is DataChunk
    assert type(chunk.validate_python({"type": "start"})) is StartChunk
    assert chunk.validate_python({"type": "start"}).message_metadata is MISSING
    assert type(part.validate_python({"type": "data-any", "data": None})) is DataUIPart
    any_tool = {"type": "tool-any", "toolCallId": "c", "state": "input-streaming"}
    assert json.loads(part.validate_python(any_tool).to_json()) == any_tool
    only_data = TypeAdapter(Annotated[UIMessagePart, UIStream(PlanChunk)])
    assert json.loads(only_data.validate_python(any_tool).to_json()) == any_tool
    assert errors(only_data, {"type": "data-any", "data": 1})
    only_tools = TypeAdapter(Annotated[UIMessagePart, UIStream(tools=[search])])
    assert type(only_tools.validate_python({"type": "data-any", "data": 1})) is DataUIPart
    assert errors(only_tools, any_tool)


@with_exclude_if
def test_a_narrowed_chunk_takes_the_place_of_the_protocols() -> None:
    schema = CHUNK.json_schema(mode="serialization")
    assert "Error" in schema["$defs"]
    assert "ErrorChunk" not in schema["$defs"]
    assert set(schema["$defs"]["Error"]["properties"]) == {"type", "errorText"}


@with_exclude_if
def test_a_request_keeps_its_own_keys_and_name() -> None:
    body = {
        "id": "chat",
        "sessionId": "s",
        "trigger": "submit-message",
        "messages": [
            message({"type": "data-plan", "data": {"steps": []}}, metadata={"model": "x"})
        ],
        "more": 1,
    }
    request = REQUEST.validate_python(body)
    assert isinstance(request, SessionRequest)
    assert type(request).__name__ == "SessionRequest"
    assert request.session_id == "s"
    assert request.messages[0].metadata == Metadata(model="x")
    assert request.continues is request.messages[0]
    assert json.loads(request.to_json()) == body
    assert errors(REQUEST, {**body, "messages": [message({"type": "data-plan", "data": {}})]}) == [
        ("messages", "0", "parts", "0", "data-plan", "data", "steps")
    ]


def test_a_message_of_the_applications_own() -> None:
    class Note(UIMessage):
        created_at: Omittable[int] = None

    class Request(ChatRequest):
        messages: list[Note]  # type: ignore[assignment]  # lists are invariant

    request = TypeAdapter(Annotated[Request, everything])
    body = {"id": "c", "trigger": "submit-message", "messages": [message(createdAt=1)]}
    found = request.validate_python(body)
    assert isinstance(found.messages[0], Note)
    assert found.messages[0].created_at == 1
    assert errors(request, {**body, "messages": [message({"type": "data-other", "data": 1})]})


def test_one_class_however_often_it_is_named() -> None:
    again = TypeAdapter(Annotated[UIMessage, everything]).validate_python(message())
    assert type(again) is type(MESSAGE.validate_python(message())) is everything.message
    body = {"id": "c", "trigger": "submit-message", "sessionId": "s", "messages": [message()]}
    assert type(REQUEST.validate_python(body).messages[0]) is everything.message
    assert everything.message.__name__ == "UIMessage"
    assert issubclass(everything.message, UIMessage)
    assert issubclass(everything.request, ChatRequest)


def test_a_message_made_from_general_parts_is_written_by_the_contract() -> None:
    made = UIMessage(id="m", role="user", parts=[TextUIPart(text="x")])
    again = MESSAGE.validate_python(json.loads(made.to_json()))
    assert again.to_json() == made.to_json()


# --- Mistakes ---------------------------------------------------------------------------------------------------------


class Unnamed(DataChunk):
    data: Plan


class TwoNames(DataChunk):
    type: Literal["data-a", "data-b"] = "data-a"


class NoDefault(DataChunk):
    type: Literal["data-a"]


class Twin(DataChunk):
    type: Literal["data-plan"] = "data-plan"


class Invented(Chunk):
    type: Literal["usage"] = "usage"


class Impostor(Chunk):
    type: Literal["text-delta"] = "text-delta"


class Search(ToolInputAvailableChunk):
    tool_name: Literal["search"] = "search"


@pytest.mark.parametrize(
    ("chunks", "expected"),
    [
        (
            (Unnamed,),
            'Unnamed: its `type` has no single value; write type: Literal["data-name"] = "data-name"',
        ),
        ((TwoNames,), "TwoNames: its `type` has no single value"),
        ((NoDefault,), "NoDefault: its `type` has no single value"),
        ((PlanChunk, Twin), "PlanChunk and Twin both narrow 'data-plan'"),
        ((Invented,), "Invented: its type is 'usage', but it is not a type of chunk"),
        (
            (Impostor,),
            "Impostor: its type is 'text-delta', but it is no subclass of TextDeltaChunk",
        ),
        ((TextDeltaChunk,), "TextDeltaChunk: its type is 'text-delta', but it is no subclass of"),
        ((Search,), "Search narrows 'tool-input-available', which `tools` does already"),
    ],
    ids=str,
)
def test_a_class_that_can_not_narrow_is_refused(
    chunks: tuple[type[Chunk], ...], expected: str
) -> None:
    with pytest.raises(TypeError) as caught:
        UIStream(*chunks, tools=[search])
    assert str(caught.value).startswith(expected)


def test_a_tools_chunk_may_be_narrowed_by_hand() -> None:
    chunk = TypeAdapter(Annotated[UIMessageChunk, UIStream(Search)])
    value = {"type": "tool-input-available", "toolCallId": "c", "toolName": "search", "input": 1}
    assert type(chunk.validate_python(value)) is Search
    assert errors(chunk, {**value, "toolName": "other"})


class Output(ToolOutputAvailableChunk):
    output: Run
    success: bool = Field(default=True, exclude=True)


def test_results_may_be_narrowed_beside_tools() -> None:
    chunk = TypeAdapter(Annotated[UIMessageChunk, UIStream(Output, tools=[search, run_agent])])
    value = {"type": "tool-output-available", "toolCallId": "c", "output": {"run": 1}}
    assert type(chunk.validate_python(value)) is Output
    assert errors(chunk, {**value, "output": {"hits": []}})


def test_two_tools_of_one_name_are_refused() -> None:
    with pytest.raises(TypeError, match="begin with RunAgent; pass prefix="):
        UIStream(tools=[run_agent, Tool("run_agent", Agent, Run)])
    assert UIStream(tools=[run_agent, Tool("run_agent", Agent, Run, prefix="RunAgentTwo")])


def test_a_contract_annotates_only_what_it_knows() -> None:
    with pytest.raises(TypeError, match="annotates UIMessageChunk, .* not <class 'int'>"):
        TypeAdapter(Annotated[int, everything])


# --- What importing costs ---------------------------------------------------------------------------------------------


def test_a_backend_imports_pydantic_and_nothing_of_the_generator() -> None:
    script = (
        "import sys, pydantic; before = set(sys.modules); from samewire.ui_stream import *;"
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}));"
        "print(*sorted(name for name in sys.modules if name.startswith('samewire.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    roots, own = done.stdout.splitlines()
    allowed = {
        "samewire",
        "pydantic",
        "pydantic_core",
        "annotated_types",
        "typing_extensions",
        "typing_inspection",
    }
    public = {name for name in roots.split() if not name.startswith("_")}
    assert public <= allowed | set(sys.stdlib_module_names)
    shared = tuple(
        f"samewire.{name}" for name in ("absent", "decode", "lazy", "open", "pydantic_version")
    )
    protocol = ("samewire.ui_stream", "samewire.streams", *shared)
    assert all(name.startswith(protocol) for name in own.split())
