"""The UI message stream, for what serves streams of every protocol: which chunks end it, and how its frames are read back."""

from __future__ import annotations

import json
import logging
from typing import Final

from samewire.streams.frames import FrameWriter
from samewire.streams.protocol import QUIET, EventProtocol, Outcome, Replay
from samewire.ui_stream.chunks import AbortChunk, Chunk, ErrorChunk
from samewire.ui_stream.client import ChunkReader
from samewire.ui_stream.encoder import Encoder
from samewire.ui_stream.frames import EVERY_CLIENT, Encode, Guard, Observe
from samewire.ui_stream.guard import StreamGuard
from samewire.ui_stream.invented import InventedCalls
from samewire.ui_stream.messages import UIMessage
from samewire.ui_stream.reducer import MessageReducer
from samewire.ui_stream.sse import DONE


class _Chunks(EventProtocol[Chunk]):
    classes = (Chunk,)
    name = "ui-message-stream"
    done = DONE
    wanted = "chunks, such as TextDeltaChunk(...),"
    busy = "The chat {topic} has a reply that is not over."
    log = logging.getLogger("samewire.ui_stream")

    def frame(self, event: Chunk) -> bytes:
        return event.to_sse()

    def failed(self, text: str) -> Chunk:
        return ErrorChunk(error_text=text)

    def aborted(self) -> Chunk:
        return AbortChunk()

    def outcome(self, last: Chunk | None) -> Outcome:
        match last:
            case ErrorChunk():
                return "error"
            case AbortChunk():
                return "abort"
            case _:
                return "finish"

    def outcome_of(self, frames: bytes) -> Outcome:
        chunks = [event[6:] for event in frames.split(b"\n\n") if event.startswith(b"data: {")]
        return "abort" if chunks and json.loads(chunks[-1])["type"] == "abort" else "error"

    def guard(self) -> StreamGuard:
        return StreamGuard()

    def replay(self, continued: bytes) -> Replay:
        return _ChunkReplay(_message(continued))


class _ChunkReplay:
    def __init__(self, continues: UIMessage | None) -> None:
        self._reader = ChunkReader(unknown="skip")
        self._guard = StreamGuard(log=QUIET, continues=continues)

    def feed(self, frames: bytes) -> None:
        for chunk in self._reader.feed(frames):
            self._guard.feed(chunk)

    def close(self, error_text: str | None) -> bytes:
        chunks = self._guard.abort() if error_text is None else self._guard.fail(error_text)
        return b"".join(chunk.to_sse() for chunk in chunks)


def _message(continued: bytes) -> UIMessage | None:
    """The message that a turn continues, as far as its followers are given it: an end of such a turn needs a step."""
    if not continued:
        return None
    reducer = MessageReducer()
    try:
        for chunk in ChunkReader(unknown="skip").feed(continued):
            reducer.apply(chunk)
    except ValueError:  # of an application whose chunks have keys of their own
        return None
    return reducer.message


CHUNKS: Final = _Chunks()


def frame_writer(
    guard: Guard | None = None, encode: Encode = EVERY_CLIENT, observe: Observe | None = None
) -> FrameWriter[Chunk]:
    """Turns the chunks of one stream into frames, but for calls of tools that an encoder's contract does not have."""
    tools = encode.tools if isinstance(encode, Encoder) else None
    leave_out = None if tools is None else InventedCalls(tools)
    return FrameWriter(CHUNKS, guard=guard, encode=encode, observe=observe, leave_out=leave_out)
