"""Streams read back in Python."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel
from samewire.ui_stream import (
    DONE,
    AbortChunk,
    DataChunk,
    ErrorChunk,
    FinishChunk,
    StartChunk,
    StartStepChunk,
    TextDeltaChunk,
    Tool,
    UIMessageChunk,
    UIStream,
    heartbeat,
)
from samewire.ui_stream.client import (
    ChunkReader,
    InvalidChunkError,
    OpaqueChunk,
    TruncatedStreamError,
    aread_chunks,
    read_chunks,
)


class Plan(BaseModel):
    steps: list[str]


class PlanChunk(DataChunk):
    type: Literal["data-plan"] = "data-plan"
    data: Plan


class Query(BaseModel):
    query: str


contract = UIStream(PlanChunk, tools=[Tool("search", Query, Query)])
AppChunk = Annotated[UIMessageChunk, contract]
START, FINISH = StartChunk(message_id="m"), FinishChunk(finish_reason="stop")


def sent(*chunks: Any) -> list[bytes]:
    return [one if isinstance(one, bytes) else one.to_sse() for one in chunks]


def test_chunks_comments_and_the_end() -> None:
    frames = sent(START, heartbeat(), StartStepChunk(), FINISH, DONE)
    assert list(read_chunks(frames)) == [START, StartStepChunk(), FINISH]


@pytest.mark.parametrize("of", [contract, AppChunk])
def test_chunks_are_the_applications(of: Any) -> None:
    found = list(read_chunks(sent(PlanChunk(data=Plan(steps=["a"])), FINISH), of))
    assert found == [PlanChunk(data=Plan(steps=["a"])), FINISH]
    assert isinstance(found[0], PlanChunk)


def test_asynchronously() -> None:
    async def bytes_of(data: bytes) -> AsyncIterator[bytes]:
        for at in range(len(data)):
            yield data[at : at + 1]

    async def read() -> list[Any]:
        return [one async for one in aread_chunks(bytes_of(b"".join(sent(START, FINISH, DONE))))]

    assert asyncio.run(read()) == [START, FINISH]


def test_a_text_may_say_nan() -> None:
    said = TextDeltaChunk(id="1", delta="NaN, -Infinity")
    assert list(read_chunks(sent(said, FINISH))) == [said, FINISH]


def test_halves_of_a_surrogate_pair() -> None:
    halves = [TextDeltaChunk(id="1", delta="\ud83d"), TextDeltaChunk(id="1", delta="\ude00")]
    assert list(read_chunks(sent(*halves, FINISH))) == [*halves, FINISH]
    assert list(read_chunks(sent(*halves, FINISH), contract)) == [*halves, FINISH]


@pytest.mark.parametrize("last", [FINISH, AbortChunk(), ErrorChunk(error_text="e")])
def test_an_end_is_an_end(last: Any) -> None:
    reader = ChunkReader()
    assert list(reader.feed(last.to_sse())) == [last]
    assert (reader.last, reader.count, reader.done) == (last, 1, False)
    assert list(reader.feed(DONE)) == []
    assert reader.done
    reader.close()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "after 0 chunks, without"),
        (sent(START, DONE), "after 1 chunks, without"),
        (sent(START, b'data: {"type":"fin'), "after 1 chunks, in the middle of an event, without"),
        ([START.to_sse(), FINISH.to_sse()[:-1]], "in the middle of an event"),
    ],
)
def test_a_truncated_stream_is_no_success(data: list[bytes], said: str) -> None:
    with pytest.raises(TruncatedStreamError, match=said):
        list(read_chunks(data))
    list(read_chunks(data, truncated="allow"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"data: {\n\n", "chunk 1: not JSON: {"),
        (b'data: {"type":"data-x","data":NaN}\n\n', "chunk 1: not JSON"),
        (b'data: {"type":"text-delta","id":"1"}\n\n', "text-delta.delta: Field required"),
        (b'data: {"type":"usage"}\n\n', "'usage' found using 'type'"),
        (b"data: 5\n\n", "chunk 1: "),
        (b"data: {}\n\n", "chunk 1: "),
        (b'data: {"type":"text-delta","id":1,"delta":"\\ud83d"}\n\n', "id: Input should be"),
        (b'data: {"type":"%s"}\n\n' % (b"x" * 500), r"\.\.\. \(511 characters\)"),
    ],
)
@pytest.mark.parametrize("of", [UIMessageChunk, contract])
def test_what_is_no_chunk_is_refused_by_its_place(data: bytes, said: str, of: Any) -> None:
    with pytest.raises(InvalidChunkError, match=said) as caught:
        list(read_chunks([START.to_sse(), data], of))
    assert caught.value.index == 1
    assert data == b"data: %b\n\n" % caught.value.data.encode()


UNKNOWN = b'data: {"type":"usage","tokens":{"in":1}}\n\n'


def test_unknown_types() -> None:
    frames = [START.to_sse(), UNKNOWN, FINISH.to_sse()]
    assert list(read_chunks(frames, unknown="skip")) == [START, FINISH]
    opaque = OpaqueChunk.model_validate({"type": "usage", "tokens": {"in": 1}})
    assert list(read_chunks(frames, unknown="keep")) == [START, opaque, FINISH]
    assert opaque.to_sse() == UNKNOWN


def test_what_a_contract_does_not_name_is_unknown_to_it() -> None:
    other = b'data: {"type":"data-other","data":1}\n\n'
    assert list(read_chunks([other, FINISH.to_sse()], contract, unknown="skip")) == [FINISH]


@pytest.mark.parametrize(
    "data",
    [
        b'data: {"type":"data-plan","data":{"steps":1}}\n\n',
        b'data: {"type":"tool-input-available","toolCallId":"1","toolName":"other","input":{}}\n\n',
        b'data: {"type":5}\n\n',
        b'data: {"type":"finish","finishReason":"tired"}\n\n',
    ],
)
def test_a_known_type_that_does_not_fit_is_not_unknown(data: bytes) -> None:
    with pytest.raises(InvalidChunkError):
        list(read_chunks([data], contract, unknown="skip"))


def test_a_reader_goes_on_after_what_it_refused() -> None:
    reader = ChunkReader()
    found = reader.feed(b"".join([START.to_sse(), UNKNOWN, FINISH.to_sse()]))
    assert next(found) == START
    with pytest.raises(InvalidChunkError):
        next(found)
    assert list(reader.feed(b"")) == [FINISH]
    reader.close()


@pytest.mark.parametrize(
    "event",
    [
        b'{"type":"text-delta","id":"1","delta":"a","addedLater":{"x":[1]}}',
        b'{"type":"text-delta","id":"1","delta":"a","addedLater":"\\ud83d","more":null}',
        b'{"type":"data-plan","data":{"steps":["a"]},"addedLater":1}',
        b'{"type":"tool-input-available","toolCallId":"c","toolName":"search","input":{"query":"q"},"addedLater":1}',
    ],
)
@pytest.mark.parametrize("of", [UIMessageChunk, contract])
def test_keys_that_a_newer_backend_added_pass(event: bytes, of: Any) -> None:
    (chunk,) = read_chunks([b"data: %b\n\n" % event], of, truncated="allow")
    assert b"addedLater" not in chunk.to_json()
    assert chunk.to_json().startswith(event.partition(b',"addedLater"')[0])


class Closed(BaseModel, extra="forbid"):
    steps: list[str]


class ClosedChunk(DataChunk):
    type: Literal["data-plan"] = "data-plan"
    data: Closed


@pytest.mark.parametrize(
    "event",
    [
        b'{"type":"data-plan","data":{"steps":[],"data":1}}',  # in the application's own model
        b'{"type":"text-delta","id":"1","addedLater":1}',  # and something else is wrong
        b'{"type":"later","addedLater":1}',
    ],
)
def test_what_else_is_wrong_is_still_refused(event: bytes) -> None:
    with pytest.raises(InvalidChunkError):
        list(read_chunks([b"data: %b\n\n" % event], UIStream(ClosedChunk), truncated="allow"))
