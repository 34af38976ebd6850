"""A turn in the making: what its reader finds at the end, and what the guard has counted of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from pydantic import BaseModel
from pydantic_core import PydanticSerializationError
from samewire.streams.production import Production
from samewire.ui_stream import (
    Chunk,
    Encoder,
    ErrorChunk,
    FinishChunk,
    ReasoningStartChunk,
    StartChunk,
    StartStepChunk,
    StreamGuard,
    TextDeltaChunk,
    TextStartChunk,
    ToolOutputAvailableChunk,
    UIStream,
)
from samewire.ui_stream.client import read_chunks
from samewire.ui_stream.protocol import frame_writer


async def failing() -> AsyncIterator[Chunk]:
    yield StartChunk()
    raise ValueError("in the step that made the last chunk")


async def frames_of(*chunks: Chunk, **options: Any) -> bytes:
    """What a reader gets of a turn of these chunks."""

    async def source() -> AsyncIterator[Chunk]:
        for chunk in chunks:
            yield chunk

    error_text = options.pop("error_text", None)
    writer = frame_writer(options.pop("guard", StreamGuard()), **options)
    production = Production(source(), writer, error_text=error_text)
    frames = b""
    while (batch := await production.read()) is not None:
        frames += batch
    frames += production.ending()
    await production.close()
    return frames


def types_of(frames: bytes) -> list[str]:
    return [chunk.type for chunk in read_chunks([frames])]


HEAD = (StartChunk(), StartStepChunk(), TextStartChunk(id="1"))


def test_a_chunk_that_can_not_be_written_is_not_counted() -> None:
    """Its end would name a block that the client has not got, which ends the chat."""

    class Picky(Encoder):
        def __call__(self, chunk: Chunk) -> bytes:
            if chunk.type == "reasoning-start":
                raise ValueError("no reasoning")
            return super().__call__(chunk)

    frames = asyncio.run(frames_of(*HEAD, ReasoningStartChunk(id="r"), encode=Picky()))
    expected = ["start", "start-step", "text-start", "text-end", "finish-step", "error"]
    assert types_of(frames) == expected


def test_a_chunk_at_which_an_observer_fails_is_sent() -> None:
    seen: list[str] = []

    def observe(chunk: Chunk) -> None:
        seen.append(chunk.type)
        if chunk.type == "text-start":
            raise ValueError("full")

    frames = asyncio.run(frames_of(*HEAD, TextDeltaChunk(id="1", delta="x"), observe=observe))
    expected = ["start", "start-step", "text-start", "text-end", "finish-step", "error"]
    assert types_of(frames) == seen == expected
    seen.clear()
    # ... at the last chunk, too
    assert types_of(asyncio.run(frames_of(*HEAD, observe=observe)))[-1] == "error"


def test_what_a_guard_adds_is_sent_though_the_contract_has_no_place_for_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Start(StartChunk):
        message_id: str

    encode = UIStream(Start).encoder()
    frames = asyncio.run(frames_of(TextDeltaChunk(id="1", delta="x"), encode=encode))
    expected = [
        "start",
        "start-step",
        "text-start",
        "text-delta",
        "text-end",
        "finish-step",
        "finish",
    ]
    assert types_of(frames) == expected
    assert "as the protocol has it" in caplog.text


@pytest.mark.parametrize("text", [5, b"no", ValueError("no"), ["no"]])
def test_an_error_text_that_is_no_text_ends_the_stream_all_the_same(
    text: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async def source() -> AsyncIterator[Chunk]:
        yield StartChunk()
        raise ValueError("secret")

    async def run() -> bytes:
        writer = frame_writer(StreamGuard())
        production = Production(source(), writer, error_text=lambda _: text)
        frames = b""
        while (batch := await production.read()) is not None:
            frames += batch
        frames += production.ending()
        await production.close()
        return frames

    *_, last = read_chunks([asyncio.run(run())])
    assert last == ErrorChunk(error_text="An error occurred.")
    assert "which is no text" in caplog.text


def test_a_guard_that_fails_at_the_end_leaves_no_stream_without_one() -> None:
    class Broken(StreamGuard):
        def fail(self, error_text: str) -> tuple[Chunk, ...]:
            raise RuntimeError(error_text)

        def abort(self, reason: str | None = None) -> tuple[Chunk, ...]:
            raise RuntimeError(reason)

    for end in ("fail", "abort"):
        writer = frame_writer(Broken())
        frames = writer.write(StartChunk())
        frames += writer.fail("Down.") if end == "fail" else writer.abort()
        assert types_of(frames)[-1] == {"fail": "error", "abort": "abort"}[end]
        assert writer.finish() == writer.fail("again") == b""


class Blob(BaseModel):
    data: bytes


@pytest.mark.parametrize("output", [Blob(data=b"\xff"), [{"a": Blob(data=b"\xff")}]])
@pytest.mark.parametrize("write", [ToolOutputAvailableChunk.to_sse, Encoder(), Encoder("5.0")])
def test_bytes_in_a_model_of_ones_own_are_named(output: Any, write: Any) -> None:
    chunk = ToolOutputAvailableChunk(tool_call_id="c", output=output)
    with pytest.raises(PydanticSerializationError) as caught:
        write(chunk)
    notes = "\n".join(caught.value.__notes__)
    assert "while writing ToolOutputAvailableChunk" in notes
    assert "ser_json_bytes='base64'" in notes
    with pytest.raises(PydanticSerializationError):
        Encoder().tool_output("c", output)
    whole = FinishChunk(message_metadata=[Blob(data=b"ok")])
    assert b'"data":"ok"' in write(whole)


def test_a_failure_right_after_a_chunk_is_one_to_a_reader_that_never_waits() -> None:
    async def run() -> bytes:
        production = Production(failing(), frame_writer(StreamGuard()))
        frames = b""
        while (batch := await production.read()) is not None:
            frames += batch
        frames += production.ending()
        await production.close()
        return frames

    frames = asyncio.run(run())
    assert b'"type":"error"' in frames
    assert b'"type":"finish"' not in frames
