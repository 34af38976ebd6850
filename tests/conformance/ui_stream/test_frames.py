"""Chunks as Python writes them, through the validator of the real client."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError
from samewire.ui_stream import UIMessageChunk

from .conftest import LINES
from .frames import FRAMES

CHUNK = TypeAdapter(UIMessageChunk)


@pytest.mark.parametrize("line", LINES)
def test_the_client_takes_each_chunk_as_it_was_written(clients, line: int) -> None:
    results = clients(line).frames
    frames = FRAMES[:-1]  # the client skips the last, [DONE]
    assert len(results) == len(frames)
    wrong = [
        (frame.name, result)
        for frame, result in zip(frames, results, strict=True)
        if ("value" in result) != frame.takes[line]
        or ("value" in result and result["value"] != frame.written)
    ]
    assert wrong == []


def test_both_kinds_of_frames_are_many() -> None:
    assert sum(frame.written is not None for frame in FRAMES) > 150
    assert sum(frame.written is None for frame in FRAMES) > 80


@pytest.mark.parametrize(
    "frame", [frame for frame in FRAMES if frame.written], ids=lambda one: one.name[:60]
)
def test_python_reads_what_it_wrote(frame) -> None:
    again = CHUNK.validate_python(frame.written)
    assert again.to_sse() == frame.data


@pytest.mark.parametrize(
    "frame",
    [one for one in FRAMES[:-1] if not one.written and not one.name.endswith("null")],
    ids=lambda one: one.name,
)
def test_python_refuses_what_no_client_takes(frame) -> None:
    with pytest.raises(ValidationError):
        CHUNK.validate_json(frame.data.removeprefix(b"data: "))
