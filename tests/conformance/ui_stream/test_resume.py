"""
A page that is reloaded while a reply continues a message: it shows what a page shows that was not reloaded.

The page has the message as it was when the reply began, and resumes; the six clients do so at every position of the reply.
"""

from __future__ import annotations

import asyncio
import base64
import json
import random
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from samewire.streams.events import event_classes
from samewire.ui_stream import (
    AbortChunk,
    Chunk,
    DataChunk,
    Encoder,
    ErrorChunk,
    FinishChunk,
    FinishStepChunk,
    MessageReducer,
    StartChunk,
    StartStepChunk,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
    ToolOutputAvailableChunk,
    ToolOutputDeniedChunk,
    ToolOutputErrorChunk,
    UIMessage,
    UIMessageChunk,
)
from samewire.ui_stream.guard import continuation
from samewire.ui_stream.turns import Turn, Turns, anyone

from tests.streams.sequences import walk

from .lines import LINES, Line
from .matrix import ZODS
from .test_reducer import _same_on, same

CLASSES = event_classes(UIMessageChunk)


@dataclass(frozen=True)
class Case:
    """``lines`` are the versions of ``ai`` that have all of it."""

    name: str
    parts: list[dict[str, Any]]
    chunks: Sequence[Chunk]
    lines: tuple[str, ...] = ("5", "6", "7")
    metadata: Any = None

    @property
    def message(self) -> dict[str, Any]:
        found = {"id": "m", "role": "assistant", "parts": self.parts}
        return found if self.metadata is None else {**found, "metadata": self.metadata}


STEP = {"type": "step-start"}
BEFORE = {"type": "text", "text": "I need your go-ahead.", "state": "done"}
AFTER = (
    TextStartChunk(id="part-1"),
    TextDeltaChunk(id="part-1", delta="Do"),
    TextDeltaChunk(id="part-1", delta="ne."),
    TextEndChunk(id="part-1"),
    FinishStepChunk(),
)


def call(state: str, kind: str = "tool-deploy", **keys: Any) -> dict[str, Any]:
    return {"type": kind, "toolCallId": "c", "state": state, "input": {"v": [1, None]}, **keys}


APPROVED = {"id": "a", "approved": True}
PLAN = {"type": "data-plan", "id": "p", "data": {"done": 0}}
CASES = (
    Case(
        "an output that the page gave",
        [STEP, BEFORE, PLAN, call("output-available", output={"ok": True})],
        (
            StartChunk(),
            StartStepChunk(),
            DataChunk(type="data-plan", id="p", data={"done": 1}),
            *AFTER,
            FinishChunk(finish_reason="stop"),
        ),
    ),
    Case(
        "an output of a dynamic tool, and metadata on both sides",
        [
            STEP,
            call("output-available", "dynamic-tool", toolName="run", output=None),
            {"type": "source-url", "sourceId": "s", "url": "https://e.org"},
            {"type": "file", "mediaType": "image/png", "url": "data:image/png;base64,AA=="},
            {"type": "reasoning", "id": "r", "text": "", "state": "done"},
        ],
        (
            StartChunk(message_id="m", message_metadata={"a": {"y": 2}, "l": [2]}),
            StartStepChunk(),
            *AFTER,
            FinishChunk(message_metadata={"b": 1}),
        ),
        metadata={"a": {"x": 1}, "l": [1, 2]},
    ),
    Case(
        "an error that the page gave",
        [STEP, BEFORE, call("output-error", errorText="no")],
        (StartChunk(message_id="m"), StartStepChunk(), *AFTER, FinishChunk()),
    ),
    Case(
        "an output of the reply for a call of the message",
        [STEP, BEFORE, STEP, {**BEFORE, "text": "two"}, call("input-available")],
        (
            StartChunk(message_id="m"),
            StartStepChunk(),
            ToolOutputAvailableChunk(tool_call_id="c", output=[1]),
            FinishStepChunk(),
            StartStepChunk(),
            *AFTER,
            FinishChunk(),
        ),
    ),
    Case(
        "a text that a stop cut off",
        [STEP, {**BEFORE, "state": "streaming"}, call("output-available", output=1)],
        (StartChunk(message_id="m"), StartStepChunk(), *AFTER, FinishChunk()),
    ),
    Case(
        "an approval",
        [STEP, BEFORE, call("approval-responded", title="Deploy", approval=APPROVED)],
        (
            StartChunk(message_id="m"),
            StartStepChunk(),
            ToolOutputAvailableChunk(tool_call_id="c", output=[1], preliminary=True),
            ToolOutputAvailableChunk(tool_call_id="c", output=[2]),
            FinishStepChunk(),
            StartStepChunk(),
            *AFTER,
            FinishChunk(),
        ),
        lines=("7",),
    ),
    Case(
        "an approval, and a call that failed after one",
        [
            STEP,
            {**call("output-error", errorText="no", approval=APPROVED), "toolCallId": "d"},
            call("approval-responded", approval={**APPROVED, "id": "b", "reason": "go on"}),
        ],
        (
            StartChunk(message_id="m"),
            StartStepChunk(),
            ToolOutputErrorChunk(tool_call_id="c", error_text="down"),
            *AFTER,
            FinishChunk(),
        ),
        lines=("7",),
    ),
    Case(
        "a denial",
        [STEP, BEFORE, call("approval-responded", approval={"id": "a", "approved": False})],
        (
            StartChunk(message_id="m"),
            StartStepChunk(),
            ToolOutputDeniedChunk(tool_call_id="c"),
            *AFTER,
            FinishChunk(),
        ),
        lines=("7",),
    ),
)


# --- Bodies -----------------------------------------------------------------------------------------------------------


async def bytes_of(turn: Turn) -> bytes:
    found = b""
    while (batch := await turn.read()) is not None:
        found += batch
    return found + turn.ending()


async def served(message: UIMessage, chunks: Sequence[Chunk], target: str) -> tuple[bytes, ...]:
    """What the page gets that posted, and what those get that resume: after each chunk one."""
    go_on = asyncio.Semaphore(0)

    async def source() -> AsyncIterator[Chunk]:
        for chunk in chunks:
            yield chunk
            await go_on.acquire()

    async with Turns(authorize=anyone) as turns:
        turn = await turns.start("c", source(), by=None, continues=message, encode=Encoder(target))
        reading = [asyncio.create_task(bytes_of(turn))]
        for _ in chunks:
            await asyncio.sleep(0.002)
            follower = await turns.follow("c", by=None)
            assert follower is not None
            reading.append(asyncio.create_task(bytes_of(follower)))
            await asyncio.sleep(0)
            go_on.release()
        return tuple(await asyncio.gather(*reading))


@pytest.fixture(scope="module")
def shown(
    run_node: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., list[Any]]:
    """What a client shows of each (message, body, whether it resumes)."""

    def show(
        line: Line, jobs: Sequence[tuple[dict[str, Any], bytes, bool]], zod: str = "zod"
    ) -> list[Any]:
        streams = [
            {"chunks": None, "body": base64.b64encode(body).decode(), "continued": message, "resumed": resumed}
            for message, body, resumed in jobs
        ]  # fmt: skip
        path = tmp_path_factory.mktemp("resume") / "job.json"
        path.write_text(json.dumps({"streams": streams}), encoding="utf-8")
        script = Path(__file__).with_name("replay.mjs")
        found: list[Any] = json.loads(run_node(script, line.package, str(path), zod))
        return found

    return show


def compare(
    line: Line,
    cases: Sequence[tuple[str, dict[str, Any], Sequence[Chunk]]],
    shown: Callable[..., list[Any]],
    zod: str = "zod",
) -> None:
    jobs, names = [], []
    for name, data, chunks in cases:
        message = UIMessage.model_validate(data)
        posted, *resumed = asyncio.run(served(message, chunks, line.target))
        jobs += [(data, posted, False), *((data, one, True) for one in dict.fromkeys(resumed))]
        names += [(name, at) for at in range(len(dict.fromkeys(resumed)) + 1)]
    whole: Any = None
    for (name, at), job, found in zip(names, jobs, shown(line, jobs, zod), strict=True):
        whole = found if at == 0 else whole
        about = f"{name} on {line.package}: {job[1].decode()}"
        assert (found["status"], found["count"]) == ("ready", 2), (about, found["error"])
        assert same(found["message"], whole["message"]), (about, found, whole)
        assert at == 0 or "c" not in found["called"] or done(job[0]) != "output-available", about


def done(message: dict[str, Any]) -> str:
    """The state of the call ``c``."""
    return str(
        next((part["state"] for part in message["parts"] if part.get("toolCallId") == "c"), "")
    )


@pytest.mark.parametrize("zod", ZODS)
@pytest.mark.parametrize("line", LINES, ids=lambda line: line.package)
def test_a_page_that_was_reloaded_shows_what_it_would_have_shown(
    line: Line, zod: str, shown: Any
) -> None:
    compare(
        line,
        [(case.name, case.message, case.chunks) for case in CASES if line.version[0] in case.lines],
        shown,
        zod,
    )


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.package)
def test_random_messages_and_replies(line: Line, shown: Any) -> None:
    """Messages as the client makes them of a random stream, continued by another."""
    rng = random.Random(f"resume {line.package}")

    def propose(rng: random.Random) -> Chunk:
        while not _same_on(line, chunk := line.propose(rng)):
            pass
        return chunk

    cases: list[tuple[str, dict[str, Any], Sequence[Chunk]]] = []
    while len(cases) < 25:
        reducer = MessageReducer(id="m")
        for chunk in walk(rng, propose, CLASSES, length=rng.randrange(1, 40)):
            if not isinstance(chunk, StartChunk):
                reducer.apply(chunk)
        message = reducer.message
        if line.version[0] == "6" and any(
            getattr(part, "approval", None) for part in message.parts
        ):
            continue
        if line.package == "ai5" and b"input-streaming" in message.to_json():
            continue  # it keeps a message with such a call
        chunks = walk(
            rng, propose, CLASSES, length=rng.randrange(1, 20), continued=continuation(message)
        )
        if any(isinstance(chunk, AbortChunk | ErrorChunk) for chunk in chunks):
            continue
        cases.append((str(len(cases)), json.loads(message.to_json()), chunks))
    compare(line, cases, shown)


CHECKER = """
import { readFileSync } from "node:fs";
const [file, order] = process.argv.slice(2);
const { orderChecker } = await import(order);
const found = JSON.parse(readFileSync(file, "utf8")).map((chunks) => {
  const checker = orderChecker({ incomplete: true });
  return [...chunks.flatMap((chunk) => checker.push(chunk)), ...checker.end()].map(({ message }) => message);
});
process.stdout.write(JSON.stringify(found));
"""


def test_the_order_of_what_a_page_resumes_is_not_complained_of(
    run_node: Callable[..., str], tmp_path: Path
) -> None:
    """With the message that the reply continues, and without it."""
    rng = random.Random("order")
    cases = [(UIMessage.model_validate(case.message), case.chunks) for case in CASES]
    while len(cases) < 60:
        reducer = MessageReducer(id="m")
        for chunk in walk(rng, LINES[-1].propose, CLASSES, length=rng.randrange(1, 40)):
            if not isinstance(chunk, StartChunk):
                reducer.apply(chunk)
        continued = continuation(reducer.message)
        length = rng.randrange(1, 20)
        reply = walk(rng, LINES[-1].propose, CLASSES, length=length, continued=continued)
        cases.append((reducer.message, reply or [StartChunk()]))
    bodies: list[bytes] = []
    for message, chunks in cases:
        bodies += dict.fromkeys(asyncio.run(served(message, chunks, LINES[-1].target)))
    streams = [[json.loads(one[6:]) for one in body.split(b"\n\n") if one.startswith(b"data: {")] for body in bodies]  # fmt: skip
    script, job = tmp_path / "check.mjs", tmp_path / "job.json"
    script.write_text(CHECKER, encoding="utf-8")
    job.write_text(json.dumps(streams), encoding="utf-8")
    order = Path(__file__).parents[3] / "generated" / "ui-stream" / "order.ts"
    found = json.loads(run_node(script, str(job), order.as_uri()))
    assert len(found) > 100
    assert [one for one in found if one] == []


def test_known_difference_an_answer_is_lost_on_version_6(shown: Any) -> None:
    """It has no chunk for the answer to an approval, so that a message that it has emptied can't have one."""
    line = next(line for line in LINES if line.package == "ai6")
    for case in (case for case in CASES if case.name in {"an approval", "a denial"}):
        message = UIMessage.model_validate(case.message)
        posted, *resumed = asyncio.run(served(message, case.chunks, "6"))
        jobs = [(case.message, posted, False), (case.message, resumed[-1], True)]
        whole, found = shown(line, jobs)
        lost = [part for part in whole["message"]["parts"] if part.pop("approval", None)]
        assert len(lost) == 1
        assert found["status"] == "ready"
        assert same(found["message"], whole["message"])
