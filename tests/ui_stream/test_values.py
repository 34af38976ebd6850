"""What values become on the wire: null and absent, numbers, text, keys, and types that JSON does not have."""

from __future__ import annotations

import copy
import datetime as dt
import enum
import json
import pickle
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError
from samewire.absent import HAS_EXCLUDE_IF
from samewire.ui_stream import (
    MISSING,
    ChatRequest,
    Chunk,
    DataChunk,
    ErrorChunk,
    FinishChunk,
    MessageMetadataChunk,
    StartChunk,
    TextDeltaChunk,
    TextUIPart,
    ToolApprovalRequested,
    ToolInputAvailableChunk,
    ToolInputStartChunk,
    ToolOutputAvailableChunk,
    UIMessage,
    UIMessageChunk,
)


def written(chunk: Chunk) -> Any:
    event = chunk.to_sse()
    assert event.startswith(b"data: ")
    assert event.endswith(b"\n\n")
    assert event.count(b"\n") == 2
    return json.loads(event.removeprefix(b"data: "))


def output(value: Any) -> Any:
    return written(ToolOutputAvailableChunk(tool_call_id="c", output=value))["output"]


# --- Null and absent --------------------------------------------------------------------------------------------------


def test_a_typed_optional_is_absent_and_never_null() -> None:
    chunk = ToolInputStartChunk(
        tool_call_id="c", tool_name="t", title=None, provider_executed=False, provider_metadata={}
    )
    assert written(chunk) == {
        "type": "tool-input-start",
        "toolCallId": "c",
        "toolName": "t",
        "providerExecuted": False,
        "providerMetadata": {},
    }


def test_an_unknown_required_key_is_always_there() -> None:
    assert written(ToolOutputAvailableChunk(tool_call_id="c", output=None)) == {
        "type": "tool-output-available",
        "toolCallId": "c",
        "output": None,
    }
    assert written(MessageMetadataChunk(message_metadata=None)) == {
        "type": "message-metadata",
        "messageMetadata": None,
    }
    with pytest.raises(ValidationError):
        ToolOutputAvailableChunk.model_validate({"toolCallId": "c"})


def test_an_unknown_optional_key_is_null_when_none_was_given() -> None:
    assert written(StartChunk()) == {"type": "start"}
    assert written(StartChunk(message_metadata=MISSING)) == {"type": "start"}
    assert written(StartChunk(message_metadata=None)) == {"type": "start", "messageMetadata": None}
    approval = ToolApprovalRequested(id="a", descriptor=None)
    assert json.loads(approval.to_json()) == {"id": "a", "descriptor": None}


def test_null_is_read_as_absent() -> None:
    part = TextUIPart.model_validate({"type": "text", "text": "x", "state": None})
    assert part == TextUIPart(text="x")
    assert part.to_json() == b'{"type":"text","text":"x"}'
    body = {"id": "c", "messages": [], "trigger": "submit-message", "messageId": None}
    assert ChatRequest.model_validate_json(json.dumps(body)).message_id is None


@pytest.mark.skipif(
    "serialize_by_alias" not in ConfigDict.__annotations__,
    reason="a plain dump writes the names of fields before Pydantic 2.11",
)
def test_the_plain_dump_says_the_same() -> None:
    chunk = StartChunk(message_id="m")
    assert chunk.model_dump_json() == chunk.to_json().decode() == '{"type":"start","messageId":"m"}'
    assert chunk.model_dump() == {"type": "start", "messageId": "m"}
    assert TypeAdapter(UIMessageChunk).dump_json(chunk) == chunk.to_json()
    part = TextUIPart(text="x", state="done")
    message = UIMessage(id="m", role="user", parts=[part])
    assert json.loads(message.model_dump_json())["parts"] == [
        {"type": "text", "text": "x", "state": "done"}
    ]


def test_an_absent_value_survives_copies() -> None:
    chunk = FinishChunk()
    for again in (
        copy.deepcopy(chunk),
        pickle.loads(pickle.dumps(chunk)),
        chunk.model_copy(deep=True),
    ):
        assert again == chunk
        assert again.to_json() == b'{"type":"finish"}'


# --- Numbers and text -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_not_finite_becomes_null(value: float) -> None:
    assert output(value) is None
    assert output({"a": [value, {"b": (value, 1.5)}]}) == {"a": [None, {"b": [None, 1.5]}]}
    assert output({"text": "\ud83d", "n": [value]}) == {"text": "\ud83d", "n": [None]}
    metadata = {"p": {"score": value}}
    assert written(TextDeltaChunk(id="1", delta="", provider_metadata=metadata)) == {
        "type": "text-delta",
        "id": "1",
        "delta": "",
        "providerMetadata": {"p": {"score": None}},
    }


def test_large_integers_are_written_as_they_are() -> None:
    chunk = ToolOutputAvailableChunk(tool_call_id="c", output=2**70)
    assert b'"output":1180591620717411303424}' in chunk.to_json()


def test_a_lone_surrogate_becomes_an_escape() -> None:
    first, second = (TextDeltaChunk(id="1", delta=half) for half in ("ä\ud83d", "\ude00"))
    assert first.to_sse() == b'data: {"type":"text-delta","id":"1","delta":"\\u00e4\\ud83d"}\n\n'
    assert second.to_sse() == b'data: {"type":"text-delta","id":"1","delta":"\\ude00"}\n\n'
    assert written(ErrorChunk(error_text="\udfff"))["errorText"] == "\udfff"
    value = {"deep": ["\ud83d", {"x": "\ude00", "when": dt.date(2024, 1, 2), "bytes": b"\xff"}]}
    assert output(value) == {
        "deep": ["\ud83d", {"x": "\ude00", "when": "2024-01-02", "bytes": "_w=="}]
    }


def test_whole_text_stays_utf8() -> None:
    assert TextDeltaChunk(id="1", delta="Grüße 😀\u2028").to_json() == (
        '{"type":"text-delta","id":"1","delta":"Grüße 😀\u2028"}'.encode()
    )


def test_a_lone_surrogate_in_a_key_is_refused_in_words() -> None:
    chunk = ToolOutputAvailableChunk(tool_call_id="c", output={"\ud83d": 1})
    with pytest.raises(ValueError, match="ToolOutputAvailableChunk: a key .* lone surrogate"):
        chunk.to_sse()


def test_text_is_text() -> None:
    for value in (b"bytes", 1, None, ["x"]):
        with pytest.raises(ValidationError):
            TextDeltaChunk(id="1", delta=value)
        with pytest.raises(ValidationError):
            TypeAdapter(UIMessageChunk).validate_python(
                {"type": "text-delta", "id": "1", "delta": value}
            )


# --- Keys that clients take for an attack -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        {"__proto__": 1},
        {"a": [{"b": {"__proto__": None}}]},
        {"constructor": {"prototype": 1}},
        [{"constructor": {"a": 1, "prototype": {}}}],
        {"text": "\ud83d", "__proto__": {}},
    ],
)
def test_prototype_keys_are_refused(value: Any) -> None:
    for chunk in (
        ToolOutputAvailableChunk(tool_call_id="c", output=value),
        DataChunk(type="data-x", data=value),
        StartChunk(message_metadata=value),
    ):
        with pytest.raises(
            ValueError, match=r"key (__proto__|constructor\.prototype) in a value"
        ) as caught:
            chunk.to_sse()
        assert type(chunk).__name__ in str(caught.value)


def test_prototype_keys_are_refused_wherever_they_come_from() -> None:
    class Aliased(BaseModel):
        value: int = Field(serialization_alias="__proto__")

    with pytest.raises(ValueError, match="__proto__"):
        ToolOutputAvailableChunk(tool_call_id="c", output=[Aliased(value=1)]).to_sse()
    chunk = DataChunk(type="data-x", data={})
    chunk.data["__proto__"] = 1  # after it was validated
    with pytest.raises(ValueError, match="__proto__"):
        chunk.to_sse()
    message = UIMessage(id="m", role="user", parts=[], metadata={"__proto__": 1})
    with pytest.raises(ValueError, match="UIMessage"):
        message.to_json()


@pytest.mark.parametrize(
    "value",
    [
        "__proto__",
        {"key": "__proto__"},
        {"constructor": "ACME"},
        {"constructor": ["prototype"]},
        {"prototype": {"constructor": {}}},
        {"constructor": {"Prototype": 1}},
        {"a__proto__": 1},
        '{"__proto__": 1}',
        "a protocol, a prototype and a constructor",
    ],
)
def test_harmless_mentions_pass(value: Any) -> None:
    assert output(value) == value


# --- Types that JSON does not have ------------------------------------------------------------------------------------


class Colour(enum.Enum):
    RED = "red"


class Inner(BaseModel):
    model_config = ConfigDict(alias_generator=str.upper)

    name: str
    hidden: int = Field(default=1, exclude=True)


@dataclass
class Point:
    x: int
    inner: Inner


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (dt.datetime(2024, 1, 2, 3, 4, 5, 678, dt.UTC), "2024-01-02T03:04:05.000678Z"),
        (dt.timedelta(hours=1), "PT1H"),
        (Decimal("1.10"), "1.10"),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (b"\xfb\xff", "-_8="),
        (Colour.RED, "red"),
        ({1, 2}, [1, 2]),
        ((1, "a"), [1, "a"]),
        ({1: "int", None: "none"}, {"1": "int", "None": "none"}),
        (Inner.model_construct(name="x"), None),
        (Point(1, Inner.model_validate({"NAME": "x"})), {"x": 1, "inner": {"NAME": "x"}}),
        ([TextUIPart(text="x")], [{"type": "text", "text": "x"}]),
    ],
    ids=repr,
)
def test_one_serializer_writes_what_json_does_not_have(value: Any, expected: Any) -> None:
    if expected is None:
        expected = {"NAME": "x"}
    assert output(value) == expected
    assert output({"deep": [value]}) == {"deep": [expected]}
    assert output({"deep": [value], "half": "\ud83d"}) == {"deep": [expected], "half": "\ud83d"}
    called = ToolInputAvailableChunk(tool_call_id="c", tool_name="t", input=value)
    assert written(called)["input"] == expected


def test_what_has_no_json_form_is_refused_with_its_place() -> None:
    chunk = ToolOutputAvailableChunk(tool_call_id="c", output={"a": object()})
    with pytest.raises(PydanticSerializationError, match="object") as caught:
        chunk.to_sse()
    assert caught.value.__notes__ == [
        "while writing ToolOutputAvailableChunk; dump the value to plain data first"
    ]


# --- Strictness, and what the backend keeps to itself -----------------------------------------------------------------


def test_a_chunk_refuses_what_it_does_not_know() -> None:
    with pytest.raises(ValidationError, match="sucess"):
        ToolOutputAvailableChunk(tool_call_id="c", output=1, sucess=True)  # type: ignore[call-arg]
    with pytest.raises(ValidationError, match="type"):
        TextDeltaChunk(type="text-end", id="1", delta="x")  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="finish_reason|finishReason"):
        FinishChunk(finish_reason="tool_calls")  # type: ignore[arg-type]
    for name in ("weather", "datax", "Data-x", " data-x"):
        with pytest.raises(ValidationError, match="pattern"):
            DataChunk(type=name, data=1)


def test_a_chunk_does_not_change() -> None:
    chunk = TextDeltaChunk(id="1", delta="x")
    with pytest.raises(ValidationError, match="frozen"):
        chunk.delta = "y"  # type: ignore[misc]


def test_both_spellings_construct_and_only_one_is_written() -> None:
    assert StartChunk(message_id="m") == StartChunk.model_validate({"messageId": "m"})
    assert written(StartChunk(message_id="m")) == {"type": "start", "messageId": "m"}


class ToolOutput(ToolOutputAvailableChunk):
    tool_name: str = Field(exclude=True)
    success: bool = Field(default=True, exclude=True)


def test_fields_for_the_backend_never_reach_the_wire() -> None:
    chunk = ToolOutput(tool_call_id="c", output=None, tool_name="search", success=False)
    same = ToolOutputAvailableChunk(tool_call_id="c", output=None)
    assert (chunk.tool_name, chunk.success) == ("search", False)
    assert chunk.to_sse() == same.to_sse()
    assert TypeAdapter(UIMessageChunk).dump_json(chunk, by_alias=True) == same.to_json()
    if HAS_EXCLUDE_IF:  # else the class has a serializer, of which Pydantic describes nothing
        serialized = ToolOutput.model_json_schema(mode="serialization")["properties"]
        assert set(serialized) == set(same.model_json_schema(mode="serialization")["properties"])
    with pytest.raises(ValidationError, match="sucess"):
        ToolOutput(tool_call_id="c", output=None, tool_name="search", sucess=False)  # type: ignore[call-arg]


def test_unknown_keys_of_messages_and_requests_are_kept() -> None:
    body = {
        "id": "chat",
        "session": {"a": None},
        "trigger": "regenerate-message",
        "messages": [
            {
                "id": "m",
                "role": "assistant",
                "createdAt": 1,
                "parts": [
                    {"type": "text", "text": "x", "new": None},
                    {
                        "type": "tool-run",
                        "state": "approval-requested",
                        "toolCallId": "c",
                        "input": None,
                        "approval": {"id": "a", "signature": "s", "new": [1]},
                    },
                ],
            }
        ],
    }
    assert json.loads(ChatRequest.model_validate(body).to_json()) == body
