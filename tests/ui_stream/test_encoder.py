"""Chunks to frames: the same bytes as the chunks write, but for what the clients lack."""

from __future__ import annotations

import json
import sys
import threading
import timeit
import warnings
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, Literal
from uuid import UUID

import pytest
from pydantic import BaseModel, Field, ValidationError
from pydantic_core import PydanticSerializationError
from samewire.ui_stream import (
    AbortChunk,
    Chunk,
    CustomChunk,
    DataChunk,
    Encoder,
    ErrorChunk,
    FinishChunk,
    MessageMetadataChunk,
    ReasoningDeltaChunk,
    ReasoningEndChunk,
    ReasoningStartChunk,
    ResetStepChunk,
    StartChunk,
    StartStepChunk,
    SteeringMessageChunk,
    TargetError,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
    TextUIPart,
    Tool,
    ToolApprovalRequestChunk,
    ToolInputAvailableChunk,
    ToolInputDeltaChunk,
    ToolInputErrorChunk,
    ToolInputStartChunk,
    ToolOutputAvailableChunk,
    UIStream,
    UnsafeIntegerWarning,
)

from tests.conformance.ui_stream.samples import samples

NEWEST = Encoder("7.0.163")


def read(frame: bytes) -> Any:
    assert frame.startswith(b"data: ")
    assert frame.endswith(b"}\n\n")
    assert frame.count(b"\n") == 2
    return json.loads(frame[6:])


# --- The same as the chunk --------------------------------------------------------------------------------------------


def test_the_newest_client_is_sent_every_chunk_whole() -> None:
    every = [sample.chunk for sample in samples()]
    assert len(every) > 150
    for chunk in every:
        assert NEWEST(chunk) == NEWEST.encode(chunk) == chunk.to_sse()


TEXTS = (
    "", "a", "Grüße", "😀", "\ud83d", "\ude00 tail", "half \ud83d", '"\\/\b\f\n\r\t', "\x00\x01\x1f\x7f\x80\x9f", "\u2028\u2029\ufeff",
    "</script>", "data: x\n\n", "\U0010ffff\ufffe", "__proto__", '{"__proto__":1}',
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_a_short_way_writes_what_the_chunk_writes(text: str) -> None:
    for key in ("1", 'é"\\\n', "x" * 300, ""):
        assert NEWEST.text_delta(key, text) == TextDeltaChunk(id=key, delta=text).to_sse()
        assert NEWEST.reasoning_delta(key, text) == ReasoningDeltaChunk(id=key, delta=text).to_sse()
        made = ToolInputDeltaChunk(tool_call_id=key, input_text_delta=text)
        assert NEWEST.tool_input_delta(key, text) == NEWEST(made) == made.to_sse()
        assert (
            NEWEST(TextDeltaChunk(id=key, delta=text))
            == TextDeltaChunk(id=key, delta=text).to_sse()
        )
        metadata: Any = {"p": {"k": text}}
        with_metadata = TextDeltaChunk(id=key, delta="x", provider_metadata=metadata)
        if "\ud83d" not in text and "\ude00" not in text:
            assert NEWEST(with_metadata) == with_metadata.to_sse()
        assert NEWEST.text_start(key) == TextStartChunk(id=key).to_sse()
        assert NEWEST.text_end(key) == TextEndChunk(id=key).to_sse()
        assert NEWEST.reasoning_start(key) == ReasoningStartChunk(id=key).to_sse()
        assert NEWEST.reasoning_end(key) == ReasoningEndChunk(id=key).to_sse()


def test_a_short_way_writes_every_character_as_the_chunk_does() -> None:
    for start in range(0, 0x11000, 0x800):
        text = "".join(map(chr, range(start, start + 0x800)))
        assert NEWEST.text_delta("1", text) == TextDeltaChunk(id="1", delta=text).to_sse()


@pytest.mark.parametrize("wrong", [None, 1, 1.5, True, b"bytes", ["a"], {"a": 1}, object], ids=repr)
def test_a_short_way_takes_strings_only(wrong: Any) -> None:
    for write in (NEWEST.text_delta, NEWEST.reasoning_delta, NEWEST.tool_input_delta):
        with pytest.raises(ValidationError):
            write("1", wrong)
        if wrong == b"bytes":  # which Pydantic reads as UTF-8
            assert b'"bytes"' in write(wrong, "text")
            continue
        with pytest.raises(ValidationError):
            write(wrong, "text")
        with pytest.raises(ValidationError):
            NEWEST.text_start(wrong)


def test_a_string_of_another_class_is_a_string() -> None:
    class Id(StrEnum):
        FIRST = "one"

    assert NEWEST.text_delta(Id.FIRST, Id.FIRST) == TextDeltaChunk(id="one", delta="one").to_sse()
    assert NEWEST.text_delta("one", "two") == TextDeltaChunk(id="one", delta="two").to_sse()


def test_the_short_way_is_short() -> None:
    """A reply has hundreds of deltas: some eight times as fast, so that half of that is no accident of the machine."""

    def seconds(write: Any) -> float:
        return min(timeit.repeat(lambda: write("1", "some text"), number=2000, repeat=7))

    assert seconds(NEWEST.text_delta) * 3 < seconds(
        lambda key, text: TextDeltaChunk(id=key, delta=text).to_sse()
    )


def test_no_number_of_blocks_is_kept() -> None:
    encode = Encoder()
    for number in range(5000):
        assert (
            encode.text_delta(str(number), "x")
            == TextDeltaChunk(id=str(number), delta="x").to_sse()
        )
    cells = [cell.cell_contents for cell in encode.text_delta.__closure__ or ()]
    assert [len(one) <= 1024 for one in cells if isinstance(one, dict)] == [True]


def test_one_encoder_serves_many_threads() -> None:
    wrong: list[bytes] = []

    def work(name: str) -> None:
        for number in range(2000):
            key, text = f"{name}-{number % 7}", f"{name} {number}"
            if NEWEST.text_delta(key, text) != TextDeltaChunk(id=key, delta=text).to_sse():
                wrong.append(b"x")

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert wrong == []


# --- What a client lacks ----------------------------------------------------------------------------------------------


def test_fields_that_a_client_lacks_are_left_out() -> None:
    chunk = ToolInputStartChunk(
        tool_call_id="c", tool_name="t", title="T", dynamic=True,
        provider_metadata={"p": {}}, tool_metadata={}, input_encoding="json",
    )  # fmt: skip
    assert set(read(Encoder("5.0")(chunk))) == {"type", "toolCallId", "toolName", "dynamic"}
    assert set(read(Encoder("6.0")(chunk))) == {
        "type",
        "toolCallId",
        "toolName",
        "dynamic",
        "title",
    }
    assert set(read(Encoder("6.0.39")(chunk))) == {
        "type",
        "toolCallId",
        "toolName",
        "dynamic",
        "title",
        "providerMetadata",
    }
    assert read(Encoder("6")(chunk)) == read(chunk.to_sse())
    assert read(Encoder("5.0")(AbortChunk(reason="\ud83d"))) == {"type": "abort"}


def test_a_lone_surrogate_does_not_bring_a_field_back() -> None:
    chunk = ToolInputAvailableChunk(tool_call_id="c", tool_name="t", input="\ud83d", title="\ud83d")
    assert read(Encoder("5.0")(chunk)) == {
        "type": "tool-input-available",
        "toolCallId": "c",
        "toolName": "t",
        "input": "\ud83d",
    }


@pytest.mark.parametrize(
    ("targets", "reason", "expected"),
    [
        ("7.0.149", "interrupted", "interrupted"),
        ("7", "interrupted", "other"),
        (["6", "7.0.149"], "interrupted", "other"),
        (None, "interrupted", "other"),
        ("5", "interrupted", "other"),
        ("5", "tool-calls", "tool-calls"),
        ("5.0.92", "stop", "stop"),
        ("5.0", "stop", None),
        ("5", "unknown", "unknown"),
        ("5.0", "unknown", None),
        ("6", "unknown", "other"),
        (["5", "6"], "unknown", "other"),
        ("5", None, None),
    ],
)
def test_finish_reasons(targets: Any, reason: Any, expected: str | None) -> None:
    encode = Encoder(targets)
    wanted = {"type": "finish"} | ({"finishReason": expected} if expected else {})
    for _ in range(2):
        assert read(encode.finish(reason)) == wanted
    metadata = {"finishReason": "other"}
    with_metadata = encode.finish(reason, message_metadata=metadata)
    if wanted == {"type": "finish", "finishReason": reason} and reason != "unknown":
        assert (
            with_metadata == FinishChunk(finish_reason=reason, message_metadata=metadata).to_sse()
        )
    assert read(with_metadata) == wanted | {"messageMetadata": metadata}
    if reason != "unknown":
        assert read(encode(FinishChunk(finish_reason=reason))) == wanted


def test_a_wrong_finish_reason_is_refused() -> None:
    with pytest.raises(ValidationError):
        Encoder().finish("tool_calls")  # type: ignore[arg-type]  # the mistake under test


def test_a_chunk_that_a_client_lacks_is_refused_by_name() -> None:
    encode = Encoder(["6", "7"])
    for _ in range(2):
        with pytest.raises(TargetError, match=r"reset-step.*version 6.*from 7\.0\.70 on") as caught:
            encode(ResetStepChunk())
        assert (caught.value.chunk, caught.value.target, caught.value.since) == (
            "reset-step",
            "6",
            None,
        )
    with pytest.raises(TargetError) as caught:
        Encoder("7")(ResetStepChunk())
    assert (caught.value.target, caught.value.since) == ("7", "7.0.70")
    request = ToolApprovalRequestChunk(approval_id="a", tool_call_id="c")
    with pytest.raises(TargetError, match="tool-approval-request"):
        Encoder()(request)
    assert encode(request) == request.to_sse()


def test_what_stands_alone_can_be_dropped() -> None:
    encode = Encoder(lacking="drop")
    assert encode(CustomChunk(kind="a.b")) == b""
    assert encode(SteeringMessageChunk(id="1", parts=[TextUIPart(text="x")])) == b""
    with pytest.raises(TargetError):
        encode(ResetStepChunk())


def test_an_input_error_becomes_a_call_and_its_error() -> None:
    chunk = ToolInputErrorChunk(
        tool_call_id="c", tool_name="t", input={"a": 1}, error_text="no", dynamic=True, provider_executed=True,
        provider_metadata={"p": {"k": 1}}, title="T",
    )  # fmt: skip
    first, second, rest = Encoder("5.0")(chunk).split(b"\n\n")
    assert rest == b""
    common = {"toolCallId": "c", "dynamic": True, "providerExecuted": True}
    assert json.loads(first[6:]) == {
        "type": "tool-input-available", "toolName": "t", "input": {"a": 1}, "providerMetadata": {"p": {"k": 1}}, **common,
    }  # fmt: skip
    assert json.loads(second[6:]) == {"type": "tool-output-error", "errorText": "no", **common}
    assert Encoder("5.0.7")(chunk).count(b"data: ") == 1


def test_a_subclass_is_written_as_its_own() -> None:
    class Start(StartChunk):
        session: str = Field(exclude=True)

    class Plan(DataChunk):
        type: Literal["data-plan"] = "data-plan"
        data: dict[str, int]

    assert read(Encoder("5.0")(Start(session="s", message_id="m"))) == {
        "type": "start",
        "messageId": "m",
    }
    assert read(Encoder("5.0")(Plan(data={"a": 1}, id="1"))) == {
        "type": "data-plan",
        "id": "1",
        "data": {"a": 1},
    }
    with pytest.raises(TypeError, match="Nothing has no type of chunk"):
        Encoder()(type("Nothing", (Chunk,), {})())


# --- Values -----------------------------------------------------------------------------------------------------------


class Colour(Enum):
    RED = "red"


class Row(BaseModel):
    at: datetime
    price: Decimal


def test_values_are_written_by_pydantic() -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    value = {
        "row": Row(at=at, price=Decimal("1.10")), "uuid": UUID(int=1), "enum": Colour.RED, "bytes": b"\xff\x00", "set": {1},
        "nan": float("nan"), "inf": [float("inf")], "none": None, "tuple": (1, "é"), "text": "half \ud83d",
    }  # fmt: skip
    assert (
        NEWEST.tool_output("c", value)
        == ToolOutputAvailableChunk(tool_call_id="c", output=value).to_sse()
    )
    written = read(NEWEST.tool_output("c", value))["output"]
    assert written["row"] == {"at": "2026-01-02T03:04:05Z", "price": "1.10"}
    assert (written["nan"], written["inf"], written["bytes"]) == (None, [None], "_wA=")


@pytest.mark.parametrize(
    "bad",
    [
        float("nan"),
        float("inf"),
        [{"a": -float("inf")}],
        Row.model_construct(price=Decimal(1), at=float("nan")),
    ],
)
def test_infinite_numbers_are_null_or_an_error(bad: Any) -> None:
    strict = Encoder(inf_nan="error")
    if not isinstance(bad, Row):
        assert b"null" in Encoder().tool_output("c", bad)
        with pytest.raises(
            ValueError, match="ToolOutputAvailableChunk: a number is -?(NaN|Infinity)"
        ):
            strict.tool_output("c", bad)
    assert read(strict.tool_output("c", [None, 1.5, "NaN"]))["output"] == [None, 1.5, "NaN"]


@pytest.mark.parametrize("number", [2**53, -(2**53), 2**60, 10**30, -(10**17)])
@pytest.mark.parametrize(
    "shape",
    [
        lambda n: n,
        lambda n: [1, n],
        lambda n: {"a": {"b": n}},
        lambda n: {"a": "x:1234567890123456789", "b": n},
    ],
)
def test_big_integers(number: int, shape: Any) -> None:
    chunk = MessageMetadataChunk(message_metadata=shape(number))
    with pytest.warns(
        UnsafeIntegerWarning, match=f"MessageMetadataChunk: JavaScript rounds the integer {number},"
    ):
        assert Encoder()(chunk) == chunk.to_sse()
    with pytest.raises(ValueError, match="send it as a string"):
        Encoder(big_integers="error")(chunk)
    assert Encoder(big_integers="ignore")(chunk) == chunk.to_sse()


@pytest.mark.parametrize(
    "fine",
    [2**53 - 1, -(2**53) + 1, 1e30, 0.1234567890123456789, 1234567890123456.5, "9007199254740993", ["1:99999999999999999999,1"],
     ",99999999999999999999", {"99999999999999999999": 1}, -1.2345678901234567e-300, {"a": ':[99999999999999999999,-1"'}],
)  # fmt: skip
def test_numbers_that_are_not_too_big(fine: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read(Encoder().tool_output("c", fine))["output"] == fine


@pytest.mark.parametrize(
    "bad",
    [
        {"__proto__": 1},
        [{"a": {"__proto__": None}}],
        {"constructor": {"prototype": 1}},
        [[{"constructor": {"prototype": None}}]],
    ],
)
def test_keys_that_end_the_chat_are_refused(bad: Any) -> None:
    for chunk in (
        ToolOutputAvailableChunk(tool_call_id="c", output=bad),
        StartChunk(message_metadata=bad),
        DataChunk(type="data-x", data=bad),
        TextDeltaChunk(id="1", delta="x", provider_metadata={"p": {"k": bad}}),
    ):
        with pytest.raises(ValueError, match="drop the rest of the stream"):
            NEWEST(chunk)
    with pytest.raises(ValueError, match="__proto__"):
        NEWEST(TextDeltaChunk(id="1", delta="x", provider_metadata={"__proto__": {}}))


class _Orjson:
    """
    What the encoder asks of orjson: it writes plain values without integers beyond 2**53, and refuses all else with a TypeError.
    """

    OPT_PASSTHROUGH_SUBCLASS, OPT_PASSTHROUGH_DATETIME, OPT_PASSTHROUGH_DATACLASS = 1, 2, 4
    OPT_STRICT_INTEGER = 8

    def __init__(self) -> None:
        self.wrote: list[object] = []

    def dumps(self, value: object, default: None, options: int) -> bytes:
        assert (default, options) == (None, 15)
        if type(value) is not dict or any(type(key) is not str for key in value):
            raise TypeError
        if any(type(one) is int and abs(one) >= 2**53 for one in value.values()):
            raise TypeError
        self.wrote.append(value)
        return json.dumps(value, separators=(",", ":")).encode()


def test_orjson_writes_what_is_plain_and_pydantic_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    orjson = _Orjson()
    monkeypatch.setitem(sys.modules, "orjson", orjson)
    fast, plain = Encoder(), {"a": [1, None]}
    for value in (plain, {1: 2}, UUID(int=1), datetime(2024, 1, 1, tzinfo=UTC), (1, 2)):
        slow = ToolOutputAvailableChunk(tool_call_id="c", output=value).to_sse()
        assert fast.tool_output("c", value) == slow
    assert orjson.wrote == [plain]
    for bad in ({"__proto__": 1}, {"constructor": {"prototype": 1}}):
        with pytest.raises(ValueError, match="the key"):
            fast.tool_output("c", bad)
        assert orjson.wrote.pop() == bad
    for unsafe in (2**53, -(2**53), 2**60):
        with pytest.warns(UnsafeIntegerWarning) as caught:
            assert fast.tool_output("c", {"id": unsafe}).endswith(b'"id":%d}}\n\n' % unsafe)
        assert [one.filename for one in caught] == [__file__]
    assert fast.tool_output("c", {"id": 2**53 - 1})
    assert orjson.wrote[-1] == {"id": 2**53 - 1}


@pytest.mark.parametrize("big_integers", ["warn", "error", "ignore"])
def test_only_the_value_is_searched_and_all_of_it(big_integers: Any) -> None:
    encode = Encoder(big_integers=big_integers)
    encode.finish("stop")
    for write in (
        lambda value: encode.tool_output("2" * 20, value),
        lambda value: encode.finish("stop", message_metadata=value),
    ):
        assert json.loads(write("9" * 20)[6:])
        with pytest.raises(ValueError, match="__proto__"):
            write({"a": [{"__proto__": 1}]})
        if big_integers == "error":
            with pytest.raises(ValueError, match="2\\*\\*53"):
                write([2**53])


def test_null_as_constructor_ends_the_chat_in_old_clients() -> None:
    """``constructor`` with null: a TypeError in the parser of clients before 5.0.146 and 6.0.115."""
    fine = {"constructor": "ACME", "a": {"constructor": ["prototype"]}}
    for target in ("5.0", "5.0.145", "6.0", "6.0.114"):
        with pytest.raises(ValueError, match="constructor with null"):
            Encoder(target).tool_output("c", [{"constructor": None}])
        assert read(Encoder(target).tool_output("c", fine))["output"] == fine
    for target in ("5.0.146", "5", "6.0.115", "6", "7.0"):
        assert read(Encoder(target).tool_output("c", {"constructor": None}))["output"] == {
            "constructor": None
        }


def test_a_value_that_was_changed_after_it_was_checked_is_refused() -> None:
    class Plan(BaseModel):
        steps: list[str]

    class PlanChunk(DataChunk):
        type: Literal["data-plan"] = "data-plan"
        data: Plan

    plan = Plan(steps=["a"])
    chunk = PlanChunk(data=plan)
    encode = Encoder()
    assert read(encode(chunk))["data"] == {"steps": ["a"]}
    plan.steps.append(1)  # type: ignore[arg-type]  # the mistake under test
    with pytest.raises(PydanticSerializationError, match="str"):
        encode(chunk)
    with pytest.raises(PydanticSerializationError):
        encode(TextEndChunk.model_construct(id=5))
    with pytest.raises(PydanticSerializationError, match="object"):
        encode.tool_output("c", object())


# --- With a contract --------------------------------------------------------------------------------------------------


class In(BaseModel):
    q: str


class Out(BaseModel):
    hits: list[str]


class Meta(BaseModel):
    tokens: int


class PlanChunk(DataChunk):
    type: Literal["data-plan"] = "data-plan"
    data: In


search = Tool("search", In, Out)
contract = UIStream(PlanChunk, metadata=Meta, tools=[search])


def test_a_contracts_encoder_sends_what_is_in_it() -> None:
    encode = contract.encoder("6")
    for chunk in (
        search.call("c", In(q="x")),
        search.result("c", Out(hits=[])),
        PlanChunk(data=In(q="x")),
        StartStepChunk(),
        ErrorChunk(error_text="x"),
        TextDeltaChunk(id="1", delta="x"),
    ):
        assert encode(chunk) == chunk.to_sse()
    assert encode.text_delta("1", "x") == TextDeltaChunk(id="1", delta="x").to_sse()


def test_a_general_chunk_is_held_to_the_contract() -> None:
    encode = contract.encoder("6")
    assert read(encode(FinishChunk())) == {"type": "finish"}
    assert read(encode.finish("stop", message_metadata=Meta(tokens=1)))["messageMetadata"] == {
        "tokens": 1
    }
    assert read(encode(StartChunk(message_metadata={"tokens": "2"})))["messageMetadata"] == {
        "tokens": 2
    }
    assert read(encode.tool_output("c", Out(hits=["a"])))["output"] == {"hits": ["a"]}
    assert read(
        encode(ToolInputAvailableChunk(tool_call_id="c", tool_name="search", input={"q": "x"}))
    )["input"] == {"q": "x"}
    for wrong in (
        StartChunk(message_metadata={"tokens": "many"}),
        ToolOutputAvailableChunk(tool_call_id="c", output=None),
        ToolInputAvailableChunk(tool_call_id="c", tool_name="other", input={"q": "x"}),
        DataChunk(type="data-other", data=1),
        DataChunk(type="data-plan", data=1),
    ):
        with pytest.raises(ValidationError):
            encode(wrong)
    with pytest.raises(ValidationError):
        encode.tool_output("c", {"hits": "no"})


def test_a_general_chunk_keeps_what_the_backend_keeps_to_itself() -> None:
    class Start(StartChunk):
        session: str = Field(exclude=True)

    assert read(contract.encoder("6")(Start(session="s"))) == {"type": "start"}


def test_a_narrowed_delta_is_narrow_on_the_short_way_too() -> None:
    class Short(TextDeltaChunk):
        delta: str = Field(max_length=3)

    encode = UIStream(Short).encoder()
    assert encode.text_delta("1", "abc") == TextDeltaChunk(id="1", delta="abc").to_sse()
    assert (
        encode(TextDeltaChunk(id="1", delta="abc")) == TextDeltaChunk(id="1", delta="abc").to_sse()
    )
    with pytest.raises(ValidationError):
        encode.text_delta("1", "abcd")
    with pytest.raises(ValidationError):
        encode(TextDeltaChunk(id="1", delta="abcd"))
    with pytest.raises(ValidationError):
        encode.text_delta("1", None)  # type: ignore[arg-type]  # the mistake under test


def test_dynamic_tools_stay_general() -> None:
    encode = UIStream(tools=[search], dynamic_tools=True).encoder()
    chunk = ToolInputAvailableChunk(tool_call_id="c", tool_name="mcp", input=1, dynamic=True)
    assert encode(chunk) == chunk.to_sse()
