"""A message to chunks and back: what the reducer makes of the chunks is the message."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field
from samewire.streams import check_order
from samewire.streams.events import event_classes
from samewire.ui_stream import (
    Chunk,
    DataChunk,
    Encoder,
    MessageReducer,
    StartChunk,
    StreamGuard,
    Tool,
    UIMessage,
    UIMessageChunk,
    UIStream,
    heartbeat,
    message_chunks,
)
from samewire.ui_stream.client import read_chunks
from samewire.ui_stream.reading import read_request
from samewire.ui_stream.replay import insert_after_start, rebuilt

from tests.conformance.ui_stream.all_parts import EVERY_PART
from tests.streams.chunks import propose_chunk
from tests.streams.sequences import walk

CLASSES = event_classes(UIMessageChunk)


def messages(count: int) -> list[UIMessage]:
    """What clients have after a random stream, cut anywhere."""
    rng = random.Random(11)
    found = []
    for _ in range(count):
        reducer = MessageReducer(id="m")
        for chunk in walk(rng, propose_chunk, CLASSES, length=rng.randrange(1, 60)):
            reducer.apply(chunk)
        found.append(reducer.message)
    return found


MESSAGES = messages(600)


def reduced(chunks: Iterable[Chunk]) -> MessageReducer[UIMessage]:
    reducer = MessageReducer()
    for chunk in chunks:
        reducer.apply(chunk)
    return reducer


def test_the_reducer_makes_the_message_of_its_chunks() -> None:
    for message in MESSAGES:
        assert reduced(message_chunks(message)).message.to_json() == message.to_json()


def test_chunks_break_no_rule_but_what_the_message_leaves_open() -> None:
    for message in MESSAGES:
        broken = check_order(message_chunks(message), UIMessageChunk)
        assert {one.rule for one in broken} <= {"left-open", "inside", "after"}, broken
        left_open = (b'"streaming"', b'"input-streaming"', b'"preliminary"')
        if not any(state in message.to_json() for state in left_open):
            assert "left-open" not in {one.rule for one in broken}


def test_a_finished_message_passes_the_strict_guard() -> None:
    unfinished = {"streaming", "input-streaming"}
    parts = [part for part in EVERY_PART if part.get("state") not in unfinished]
    # A call that failed before its input came has no chunks in order.
    parts = [part for part in parts if part.get("state") != "output-error" or "input" in part]
    whole: dict[str, Any] = {"id": "m", "role": "assistant", "parts": [{"type": "step-start"}]}
    for at, part in enumerate(parts):
        named = {"toolCallId": f"c{at}"} if "toolCallId" in part else {}
        approval = {"approval": {**part["approval"], "id": f"a{at}"}} if "approval" in part else {}
        whole["parts"].append({**part, **named, **approval})
    chunks = message_chunks(UIMessage.model_validate(whole))
    assert list(StreamGuard(strict=True).run(chunks)) == chunks


def test_what_no_chunk_makes_is_refused_by_name() -> None:
    user = UIMessage.model_validate({"id": "u", "role": "user", "parts": []})
    with pytest.raises(ValueError, match="role is 'user'"):
        message_chunks(user)
    part = {"type": "hologram", "url": "x"}
    body = {"id": "c", "trigger": "submit-message", "messages": [{"id": "m", "role": "assistant", "parts": [part]}]}  # fmt: skip
    message = read_request(body).messages[0]
    with pytest.raises(ValueError, match="no chunk makes a part of the type 'hologram'"):
        message_chunks(message)


# --- For a client that resumes ----------------------------------------------------------------------------------------

CALLED: dict[str, Any] = {
    "id": "m",
    "role": "assistant",
    "metadata": {"a": 1},
    "parts": [
        {"type": "step-start"},
        {"type": "tool-find", "toolCallId": "c", "state": "output-available", "input": {"q": "é\ud83d"}, "output": 1},
        {"type": "tool-find", "toolCallId": "d", "state": "output-denied", "input": {}, "approval": {"id": "a", "approved": False}},
    ],
}  # fmt: skip


def replayed(message: dict[str, Any], encode: Any) -> list[Chunk]:
    frames = rebuilt(UIMessage.model_validate(message), encode)
    return list(read_chunks([frames], truncated="allow"))


def test_a_call_that_was_run_is_not_run_again() -> None:
    types = [
        chunk.type for chunk in replayed({**CALLED, "parts": CALLED["parts"][:2]}, Encoder("7"))
    ]
    assert types == ["start", "start-step", "tool-input-start", "tool-input-delta", "tool-output-available", "finish-step"]  # fmt: skip
    # ... but for the metadata of its input, which version 5 reads of the whole input alone
    call = {**CALLED["parts"][1], "callProviderMetadata": {"openai": {"itemId": "i"}}}
    found = {
        target: [chunk.type for chunk in replayed({**CALLED, "parts": [call]}, Encoder(target))]
        for target in ("5", "7")
    }
    assert "tool-input-available" in found["5"]
    assert "tool-input-available" not in found["7"]


def test_what_a_target_lacks_is_left_out() -> None:
    assert "tool-approval-response" in [chunk.type for chunk in replayed(CALLED, Encoder("7"))]
    six = [chunk.type for chunk in replayed(CALLED, Encoder("6"))]
    assert not {"tool-approval-response", "tool-approval-request"} & {*six}
    assert six[-2:] == ["tool-output-denied", "finish-step"]
    assert "tool-output-denied" not in [chunk.type for chunk in replayed(CALLED, Encoder("5"))]


def test_what_the_contract_no_longer_admits_is_left_out_and_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    encode = UIStream(tools=[Tool("find", int, str)], targets="7").encoder()
    data = reduced(replayed({**CALLED, "parts": [*CALLED["parts"], {"type": "data-x", "data": 1}]}, encode)).data  # fmt: skip
    assert [part["type"] for part in data["parts"]] == ["step-start", "data-x"]
    assert "can't be replayed" in caplog.text


def test_metadata_of_the_message_comes_before_that_of_the_reply() -> None:
    message = UIMessage.model_validate(CALLED)
    reply = StartChunk(message_metadata={"a": 2, "b": [1]}).to_sse() + b"data: rest\n\n"
    whole = insert_after_start(heartbeat() + reply, rebuilt(message, Encoder("7")))
    assert whole is not None
    assert whole.startswith(heartbeat())
    assert whole.endswith(b"data: rest\n\n")
    chunks = list(read_chunks([whole.removesuffix(b"data: rest\n\n")], truncated="allow"))
    assert [chunk.type for chunk in chunks].count("start") == 1
    assert reduced(chunks).data == {**json.loads(message.to_json()), "metadata": {"a": 2, "b": [1]}}


def test_the_start_may_be_late_or_missing() -> None:
    assert insert_after_start(b"", b"x") is None
    assert insert_after_start(heartbeat() * 2, b"x") is None
    for frames in (
        b'data: {"type":"text-start","id":"1"}\n\n',
        b"data: no JSON\n\n",
        b"data: 5\n\n",
    ):
        assert insert_after_start(frames, b"x") == frames


class Place(BaseModel):
    city_name: str = Field(alias="cityName")
    seen: datetime


class PlaceChunk(DataChunk):
    type: Literal["data-place"] = "data-place"
    data: list[Place]


def test_values_of_the_applications_types() -> None:
    """Models in lists, dates, aliases: as they are on the wire."""
    contract = UIStream(
        PlaceChunk,
        tools=[Tool("find", list[Place], dict[str, datetime])],
        metadata=Place,
        targets="7",
    )
    place = {"cityName": "Oslo", "seen": "2026-01-02T03:04:05Z"}
    call = {"type": "tool-find", "toolCallId": "c", "state": "output-available", "input": [place], "output": {"a": place["seen"]}}  # fmt: skip
    data = {
        "id": "m",
        "role": "assistant",
        "metadata": place,
        "parts": [{"type": "step-start"}, call, {"type": "data-place", "data": [place]}],
    }
    message = contract.message.model_validate(data)
    assert reduced(message_chunks(message)).data == data
    frames = rebuilt(message, contract.encoder())
    assert reduced(read_chunks([frames], contract, truncated="allow")).data == data


def test_what_can_not_be_replayed_keeps_no_turn_from_starting(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A part of a kind that is not known here, and metadata that the contract has no longer."""
    parts = [
        {"type": "step-start"},
        {"type": "hologram"},
        {"type": "text", "text": "a", "state": "done"},
    ]
    message = {"id": "m", "role": "assistant", "metadata": {"old": 1}, "parts": parts}
    body = {"id": "c", "trigger": "submit-message", "messages": [message]}
    (read,) = read_request(body).messages
    frames = rebuilt(read, UIStream(metadata=Place, targets="7").encoder())
    data = reduced(read_chunks([frames], truncated="allow")).data
    assert data == {"id": "m", "role": "assistant", "parts": [parts[0], parts[2]]}
    assert caplog.text.count("can't be replayed") == 2
