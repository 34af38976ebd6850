"""What a reader of a turn finds that is always a step behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from samewire.ui_stream import Chunk, StartChunk, StreamGuard
from samewire.ui_stream.frames import FrameWriter
from samewire.ui_stream.production import Production


async def failing() -> AsyncIterator[Chunk]:
    yield StartChunk()
    raise ValueError("in the step that made the last chunk")


def test_a_failure_right_after_a_chunk_is_one_to_a_reader_that_never_waits() -> None:
    async def run() -> bytes:
        production = Production(failing(), FrameWriter(StreamGuard()))
        frames = b""
        while (batch := await production.read()) is not None:
            frames += batch
        frames += production.ending()
        await production.close()
        return frames

    frames = asyncio.run(run())
    assert b'"type":"error"' in frames
    assert b'"type":"finish"' not in frames
