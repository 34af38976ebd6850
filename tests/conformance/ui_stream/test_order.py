"""
The guard and the real clients on the same streams, drawn at random: through ``DefaultChatTransport`` into ``AbstractChat``.

A stream is fatal to a client if its chat ends in an error that is not the stream's own ``error`` chunk.
"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from samewire.streams import check_order
from samewire.streams.events import event_classes
from samewire.ui_stream import (
    DONE,
    AbortChunk,
    Chunk,
    Encoder,
    ErrorChunk,
    StreamGuard,
    UIMessage,
    UIMessageChunk,
)
from samewire.ui_stream.guard import continuation

from tests.streams.sequences import walk

from .lines import LINES, Line

CLASSES = event_classes(UIMessageChunk)
STREAMS = 120


def part(call: str, state: str, **more: Any) -> dict[str, Any]:
    return {"type": "tool-find", "toolCallId": call, "state": state, "input": {"q": 1}, **more}


CONTINUED: dict[str, Any] = {
    "id": "m",
    "role": "assistant",
    "parts": [
        {"type": "step-start"},
        part("c1", "output-available", output=1),
        {"type": "step-start"},
        {"type": "text", "text": "done", "state": "done"},
        part("c2", "input-available"),
        {"type": "dynamic-tool", "toolName": "run", "toolCallId": "c3", "state": "input-available", "input": None},
    ],
}  # fmt: skip
MESSAGE = UIMessage.model_validate(CONTINUED)


@dataclass(frozen=True, slots=True)
class Stream:
    chunks: list[Chunk]
    continues: bool

    @property
    def message(self) -> UIMessage | None:
        return MESSAGE if self.continues else None

    def mended(self) -> Stream:
        return Stream(list(StreamGuard(continues=self.message).run(self.chunks)), self.continues)

    def problems(self) -> list[str]:
        continued = continuation(MESSAGE) if self.continues else None
        found = check_order(self.chunks, UIMessageChunk, continued=continued)
        return [str(one) for one in found]

    def failed(self) -> bool:
        """Whether it has an ``error`` chunk, where the chat ends in an error as it should."""
        return any(isinstance(one, ErrorChunk) for one in self.chunks)

    def job(self, line: Line) -> dict[str, Any]:
        encode = Encoder(line.target)
        body = b"".join([*map(encode, self.chunks), DONE])
        return {
            "chunks": None,
            "body": base64.b64encode(body).decode(),
            "continued": CONTINUED if self.continues else None,
        }

    def text(self) -> str:
        return "\n".join(one.to_json().decode() for one in self.chunks)


def drawn(line: Line, seed: int, wild: float) -> Iterator[Stream]:
    rng = random.Random(f"{line.package} {seed}")
    for number in range(STREAMS):
        continued = continuation(MESSAGE) if number % 3 == 0 else None
        length = rng.randrange(1, 45)
        chunks = walk(rng, line.propose, CLASSES, length=length, wild=wild, continued=continued)
        yield Stream(chunks, continued is not None)


@pytest.fixture(scope="module")
def replayed(
    run_node: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Line, Sequence[Stream]], list[dict[str, Any]]]:
    def replay(line: Line, streams: Sequence[Stream]) -> list[dict[str, Any]]:
        path = tmp_path_factory.mktemp("order") / "job.json"
        path.write_text(
            json.dumps({"streams": [one.job(line) for one in streams]}), encoding="utf-8"
        )
        script = Path(__file__).with_name("replay.mjs")
        found: list[dict[str, Any]] = json.loads(run_node(script, line.package, str(path)))
        return found

    return replay


def fatal(chat: dict[str, Any], stream: Stream) -> bool:
    return chat["status"] == "error" and not (stream.failed() and chat["error"] == "e")


def stuck(chat: dict[str, Any]) -> list[dict[str, Any]]:
    """Parts that never come to their end."""
    parts = chat["message"]["parts"] if chat["message"] else []
    return [
        one
        for one in parts
        if one.get("state") in ("streaming", "input-streaming") or one.get("preliminary")
    ]


@pytest.mark.parametrize("line", LINES, ids=[line.version for line in LINES])
def test_what_is_in_order_is_fatal_to_nobody(line: Line, replayed: Any) -> None:
    """And once it has its end, no part is left that hangs."""
    begun = list(drawn(line, seed=1, wild=0.0))
    streams = [one.mended() for one in begun]
    for before, after in zip(begun, streams, strict=True):
        if not isinstance(after.chunks[-1], ErrorChunk | AbortChunk):
            assert after.chunks[: len(before.chunks)] == before.chunks
        assert not after.problems()
    for stream, chat in zip(streams, replayed(line, streams), strict=True):
        assert not fatal(chat, stream), f"{chat['error']}\n{stream.text()}"
        assert not stuck(chat), f"{stuck(chat)}\n{stream.text()}"
        assert chat["count"] <= 2, stream.text()


@pytest.mark.parametrize("line", LINES, ids=[line.version for line in LINES])
def test_what_is_fatal_is_out_of_order(line: Line, replayed: Any) -> None:
    streams = [*drawn(line, seed=2, wild=0.4), *drawn(line, seed=3, wild=1.0)]
    deaths = 0
    for stream, chat in zip(streams, replayed(line, streams), strict=True):
        if fatal(chat, stream):
            deaths += 1
            assert stream.problems(), f"{chat['error']}\n{stream.text()}"
    assert deaths > STREAMS / 4, "too few streams were fatal for this to say anything"


@pytest.mark.parametrize("line", LINES, ids=[line.version for line in LINES])
def test_what_was_mended_is_fatal_to_nobody(line: Line, replayed: Any) -> None:
    broken = [*drawn(line, seed=4, wild=0.4), *drawn(line, seed=5, wild=1.0)]
    streams = [one.mended() for one in broken]
    for stream, chat in zip(streams, replayed(line, streams), strict=True):
        assert not stream.problems(), stream.text()
        assert not fatal(chat, stream), f"{chat['error']}\n{stream.text()}"
        assert not stuck(chat), f"{stuck(chat)}\n{stream.text()}"
