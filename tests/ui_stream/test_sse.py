"""Frames that are not chunks, and the stream around them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from samewire.ui_stream import (
    DONE,
    HEADERS,
    Chunk,
    FinishChunk,
    StartChunk,
    comment,
    heartbeat,
    stream,
    usage_comment,
)


def test_the_end() -> None:
    assert DONE == b"data: [DONE]\n\n"
    assert HEADERS["content-type"] == "text/event-stream"
    with pytest.raises(TypeError):
        HEADERS["x"] = "y"  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", b": \n\n"),
        ("a", b": a\n\n"),
        ("a\nb", b": a\n: b\n\n"),
        ("a\r\nb\rc\n\nd", b": a\n: b\n: c\n: \n: d\n\n"),
        ('\ndata: {"type":"usage"}\n\n', b': \n: data: {"type":"usage"}\n: \n: \n\n'),
        ("é\u2028\ud83d", ": é\u2028\\ud83d\n\n".encode()),
    ],
)
def test_a_comment_can_be_nothing_else(text: str, expected: bytes) -> None:
    frame = comment(text)
    assert frame == expected
    assert all(line == b"" or line.startswith(b":") for line in frame.splitlines())


class Usage(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    prompt_tokens: int
    note: str | None = None
    cost: float = 0.0


def test_heartbeats_and_usage_are_comments() -> None:
    assert heartbeat() == b": keep-alive\n\n"
    assert heartbeat("still\nhere") == b": still\n: here\n\n"
    assert usage_comment(Usage(prompt_tokens=1)) == b': usage {"promptTokens":1,"cost":0.0}\n\n'
    assert usage_comment({"text": "a\nb", "cost": float("nan")}) == (
        b': usage {"text":"a\\nb","cost":null}\n\n'
    )


async def frames() -> AsyncIterator[Chunk | bytes]:
    yield StartChunk()
    yield heartbeat()
    yield FinishChunk(finish_reason="stop")


def test_a_stream_ends_with_done() -> None:
    async def collect() -> list[bytes]:
        return [frame async for frame in stream(frames())]

    assert asyncio.run(collect()) == [
        b'data: {"type":"start"}\n\n',
        b": keep-alive\n\n",
        b'data: {"type":"finish","finishReason":"stop"}\n\n',
        DONE,
    ]


def test_an_error_on_the_way_is_not_taken_for_the_end() -> None:
    async def broken() -> AsyncIterator[Chunk | bytes]:
        yield StartChunk()
        raise RuntimeError("model went away")

    async def collect(found: list[bytes]) -> None:
        async for frame in stream(broken()):
            found.append(frame)  # noqa: PERF401  # what came before the error counts

    found: list[bytes] = []
    with pytest.raises(RuntimeError, match="model went away"):
        asyncio.run(collect(found))
    assert found == [b'data: {"type":"start"}\n\n']
