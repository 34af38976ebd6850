"""The message that Python builds is the one that the client builds, after every chunk."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from samewire.streams.events import event_classes
from samewire.ui_stream import (
    MISSING,
    Chunk,
    DataChunk,
    FileChunk,
    FinishChunk,
    MessageMetadataChunk,
    MessageReducer,
    ReasoningDeltaChunk,
    ReasoningEndChunk,
    ReasoningStartChunk,
    ResetStepChunk,
    StartChunk,
    StartStepChunk,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
    ToolApprovalRequestChunk,
    ToolApprovalResponseChunk,
    ToolInputAvailableChunk,
    ToolInputDeltaChunk,
    ToolInputErrorChunk,
    ToolInputStartChunk,
    ToolOutputAvailableChunk,
    ToolOutputErrorChunk,
    UIMessage,
    UIMessageChunk,
)
from samewire.ui_stream.guard import continuation
from samewire.ui_stream.partial_json import parse_partial

from tests.streams.sequences import walk

from .lines import LINES, Line
from .test_order import CONTINUED, MESSAGE
from .turns import TURNS

CLASSES = event_classes(UIMessageChunk)
NEWEST = LINES[-1]
BY_PACKAGE = {line.package: line for line in LINES}

INTERRUPTED: dict[str, Any] = {
    "id": "m",
    "role": "assistant",
    "metadata": {"a": {"x": 1}, "l": [1]},
    "parts": [
        {"type": "step-start"},
        {"type": "data-plan", "id": "p", "data": 1},
        {"type": "tool-find", "toolCallId": "c1", "state": "input-streaming", "input": {"q": "a"}, "rawInput": '{"q":"a'},
        {"type": "dynamic-tool", "toolName": "run", "toolCallId": "c2", "state": "approval-responded", "input": 1, "approval": {"id": "a", "approved": True}},
    ],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stream:
    chunks: Sequence[Chunk]
    continued: dict[str, Any] | None = None

    def reducer(self) -> MessageReducer[UIMessage]:
        message = None if self.continued is None else UIMessage.model_validate(self.continued)
        return MessageReducer(message, id="made")


def _stream(*chunks: Chunk, continued: dict[str, Any] | None = None) -> Stream:
    return Stream((StartChunk(), StartStepChunk(), *chunks), continued)


HAND_MADE = (
    # Not in order, and yet not fatal: what the client shows then is to be stored as well.
    _stream(TextStartChunk(id="t"), TextStartChunk(id="t"), TextDeltaChunk(id="t", delta="x"), TextEndChunk(id="t")),
    _stream(FinishChunk(finish_reason="stop"), TextStartChunk(id="t"), FinishChunk(), StartChunk(message_id="late")),
    _stream(
        ToolInputStartChunk(tool_call_id="c", tool_name="find", dynamic=True),
        ToolInputAvailableChunk(tool_call_id="c", tool_name="find", input=1),
        ToolOutputAvailableChunk(tool_call_id="c", output=2),
    ),
    _stream(
        ToolInputStartChunk(tool_call_id="c", tool_name="find"),
        ToolInputDeltaChunk(tool_call_id="c", input_text_delta='{"a": [1, "x'),
        ToolOutputErrorChunk(tool_call_id="c", error_text="e"),
    ),
    _stream(
        ToolInputAvailableChunk(tool_call_id="c", tool_name="find", input=1),
        StartStepChunk(),
        ToolInputAvailableChunk(tool_call_id="c", tool_name="find", input=2),
        ToolOutputAvailableChunk(tool_call_id="c", output=2),
        ResetStepChunk(),
        ToolOutputAvailableChunk(tool_call_id="c", output=3),
    ),
    # Values that JSON has in another form.
    _stream(
        DataChunk(type="data-x", data=float("nan")),
        DataChunk(type="data-x", id="i", data={"half": "\ud83d"}),
        DataChunk(type="data-x", id="i", data=[1.0, -0.5]),
        TextStartChunk(id="t"),
        TextDeltaChunk(id="t", delta="\ud83d"),
        TextDeltaChunk(id="t", delta="\ude00"),
        TextEndChunk(id="t"),
    ),
    # Metadata
    _stream(
        MessageMetadataChunk(message_metadata={"a": {"x": 1, "y": [1, 2]}, "constructor": 1}),
        MessageMetadataChunk(message_metadata={"a": {"x": None, "y": [3]}, "constructor": 2, "b": {"c": {}}}),
        MessageMetadataChunk(message_metadata={"a": 5, "b": {"c": {"d": 1}}}),
        MessageMetadataChunk(message_metadata=None),
        MessageMetadataChunk(message_metadata=[7, 8]),
        MessageMetadataChunk(message_metadata="text"),
        MessageMetadataChunk(message_metadata=3),
        FinishChunk(message_metadata={"z": 1}),
    ),
    # A message that was cut off, gone on with
    Stream(
        (
            StartChunk(message_metadata={"a": {"y": 2}, "l": [2]}),
            ToolInputDeltaChunk(tool_call_id="c1", input_text_delta='b"}'),
            ToolOutputAvailableChunk(tool_call_id="c2", output=[1]),
            DataChunk(type="data-plan", id="p", data=2),
            StartStepChunk(),
            ToolInputDeltaChunk(tool_call_id="c1", input_text_delta=" "),
        ),
        INTERRUPTED,
    ),
    _stream(ReasoningStartChunk(id="r"), ReasoningDeltaChunk(id="r", delta="x", provider_metadata={"p": {}}), ReasoningEndChunk(id="r")),
)  # fmt: skip


@pytest.fixture(scope="module")
def snapshots(
    run_node: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Line, Sequence[Stream]], list[list[Any]]]:
    """The client's message after each chunk, for each stream."""

    def look(line: Line, streams: Sequence[Stream]) -> list[list[Any]]:
        jobs = [
            {
                "chunks": [json.loads(chunk.to_json()) for chunk in stream.chunks],
                "body": None,
                "continued": stream.continued,
            }
            for stream in streams
        ]
        path = tmp_path_factory.mktemp("reducer") / "job.json"
        path.write_text(json.dumps({"streams": jobs}), encoding="utf-8")
        script = Path(__file__).with_name("replay.mjs")
        chats = json.loads(run_node(script, line.package, str(path)))
        return [chat["snapshots"] for chat in chats]

    return look


def same(one: Any, other: Any) -> bool:
    """Equal as JSON: 1 is 1.0 and is not true."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def first_difference(stream: Stream, seen: Sequence[Any]) -> str | None:
    assert len(seen) == len(stream.chunks)
    reducer = stream.reducer()
    for index, (chunk, there) in enumerate(zip(stream.chunks, seen, strict=True)):
        reducer.apply(chunk)
        if not same(reducer.data, there):
            sent = "\n".join(one.to_json().decode() for one in stream.chunks[: index + 1])
            return f"{sent}\nhere:  {json.dumps(reducer.data)}\nthere: {json.dumps(there)}"
    return None


def drawn(line: Line, count: int, seed: int, keep: Callable[[Chunk], bool]) -> list[Stream]:
    rng = random.Random(f"{line.package} {seed}")

    def propose(rng: random.Random) -> Chunk:
        while not keep(chunk := line.propose(rng)):
            pass
        return chunk

    streams = []
    for number in range(count):
        continued = continuation(MESSAGE) if number % 3 == 0 else None
        chunks = walk(rng, propose, CLASSES, length=rng.randrange(1, 50), continued=continued)
        streams.append(Stream(chunks, CONTINUED if continued is not None else None))
    return streams


def test_random_streams_on_the_newest_client(snapshots: Any) -> None:
    streams = drawn(NEWEST, 400, 1, keep=lambda _: True)
    assert {chunk.type for stream in streams for chunk in stream.chunks} >= {
        cls.model_fields["type"].default for cls in CLASSES if cls is not DataChunk
    }
    for stream, seen in zip(streams, snapshots(NEWEST, streams), strict=True):
        assert (found := first_difference(stream, seen)) is None, found


def test_whole_turns_and_hand_made_streams(snapshots: Any) -> None:
    turns = [[one for one in turn.frames if isinstance(one, Chunk)] for turn in TURNS]
    streams = [*map(Stream, turns), *HAND_MADE]
    for stream, seen in zip(streams, snapshots(NEWEST, streams), strict=True):
        assert (found := first_difference(stream, seen)) is None, found


@pytest.mark.parametrize("package", ["ai500", "ai5", "ai600", "ai6", "ai700"])
def test_random_streams_on_older_clients(package: str, snapshots: Any) -> None:
    """Without what is in the list of differences below."""
    line = BY_PACKAGE[package]
    streams = drawn(line, 120, 2, keep=lambda chunk: _same_on(line, chunk))
    for stream, seen in zip(streams, snapshots(line, streams), strict=True):
        assert (found := first_difference(stream, seen)) is None, found


def _same_on(line: Line, chunk: Chunk) -> bool:
    return not any(line.package in one.packages and one.shows(chunk) for one in DIFFERENCES)


# --- Partial JSON -------------------------------------------------------------------------------------------------------


def _value(rng: random.Random, depth: int = 0) -> Any:
    match rng.randrange(9 if depth < 4 else 6):
        case 0:
            return rng.choice([True, False, None])
        case 1:
            return rng.choice([0, -1, 12, 1.5, -2e10, 1e-7, 123456789])
        case 2 | 3:
            return "".join(rng.choice('abü😀"\\\n/ {}[]:,tfn0') for _ in range(rng.randrange(6)))
        case 4 | 5:
            return rng.choice(["", "x"])
        case 6 | 7:
            keys = ["a", "b", '"q', "constructor", "__proto__", "prototype", "é"]
            return {rng.choice(keys): _value(rng, depth + 1) for _ in range(rng.randrange(4))}
        case _:
            return [_value(rng, depth + 1) for _ in range(rng.randrange(4))]


def _texts() -> list[str]:
    """Cuts of random JSON, some with an error or two."""
    rng = random.Random(7)
    found = ["", "-", '"', "{", "[1 ,", "[1 x", "[tru", "[nul]", '{"a":1e', '{"a":-', "1e999", "[1e999", "NaN", "tr", "truex", "[-0", "01"]  # fmt: skip
    for _ in range(4000):
        text = json.dumps(
            _value(rng), ensure_ascii=rng.random() < 0.5, indent=rng.choice([None, 1])
        )
        text = text[: rng.randrange(len(text) + 1)]
        for _ in range(rng.choice([0, 0, 1, 2])):
            at = rng.randrange(len(text) + 1)
            text = text[:at] + rng.choice('{}[]",:\\ue-+.0tfnx \n') + text[at:]
        found.append(text)
    return found


def test_partial_json_is_read_as_the_client_reads_it(
    run_node: Callable[..., str], node_modules: Path, tmp_path: Path
) -> None:
    texts = _texts()
    package = (node_modules / "ai7" / "dist" / "index.js").as_uri()
    script = tmp_path / "parse.mjs"
    script.write_text(
        f"""
        import {{ readFileSync }} from "node:fs";
        import {{ parsePartialJson }} from "{package}";
        const found = [];
        for (const text of JSON.parse(readFileSync(process.argv[2], "utf8"))) {{
          const {{ value }} = await parsePartialJson(text);
          found.push(value === undefined ? [] : [value]);
        }}
        process.stdout.write(JSON.stringify(found));
        """,
        encoding="utf-8",
    )
    (tmp_path / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    there = json.loads(run_node(script, str(tmp_path / "texts.json")))
    none = 0
    for text, expected in zip(texts, there, strict=True):
        value = parse_partial(text)
        here = [] if value is MISSING else [value]
        none += not here
        assert here == expected, text
    assert 500 < none < 2000


# --- Where older clients differ, which they must keep doing ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """``shows`` are the chunks that it is about; ``chunks`` a stream whose message is another one in ``packages``."""

    name: str
    packages: tuple[str, ...]
    chunks: tuple[Chunk, ...]
    shows: Callable[[Chunk], bool]


def _has(*fields: str, of: tuple[type[Chunk], ...]) -> Callable[[Chunk], bool]:
    def shows(chunk: Chunk) -> bool:
        return isinstance(chunk, of) and any(
            getattr(chunk, name, None) not in (None, MISSING) for name in fields
        )

    return shows


START = (StartChunk(), StartStepChunk())
CALLING = ToolInputStartChunk(tool_call_id="c", tool_name="find")
CALL = ToolInputAvailableChunk(tool_call_id="c", tool_name="find", input=1)
TOOLS = (ToolInputStartChunk, ToolInputAvailableChunk, ToolInputErrorChunk, ToolOutputAvailableChunk, ToolOutputErrorChunk)  # fmt: skip

FIRSTS = ("ai500", "ai600", "ai700")
METADATA = {"p": {"k": 1}}

DIFFERENCES = (
    Difference(
        "what a tool was asked in vain is rawInput, not input",
        ("ai5", "ai600", "ai6", "ai700"),
        (*START, ToolInputErrorChunk(tool_call_id="c", tool_name="find", input=1, error_text="e")),
        lambda chunk: isinstance(chunk, ToolInputErrorChunk),
    ),
    Difference(
        "reasoning has no id",
        FIRSTS,
        (*START, ReasoningStartChunk(id="r")),
        lambda chunk: isinstance(chunk, ReasoningStartChunk),
    ),
    Difference(
        "streaming input has no rawInput",
        FIRSTS,
        (*START, CALLING, ToolInputDeltaChunk(tool_call_id="c", input_text_delta="1")),
        lambda chunk: isinstance(chunk, ToolInputDeltaChunk),
    ),
    Difference(
        "a file has no metadata of the provider",
        ("ai500", "ai5", "ai600"),
        (*START, FileChunk(url="u", media_type="m", provider_metadata=METADATA)),
        _has("provider_metadata", of=(FileChunk,)),
    ),
    Difference(
        "a call has no title",
        ("ai5",),
        (*START, CALL.model_copy(update={"title": "T"})),
        _has("title", of=TOOLS),
    ),
    Difference(
        "a call has no metadata of the tool",
        ("ai5",),
        (*START, CALL.model_copy(update={"tool_metadata": {"m": 1}})),
        _has("tool_metadata", of=TOOLS),
    ),
    Difference(
        "a result does not say what the call said of the tool",
        ("ai700",),
        (*START, CALL, ToolOutputAvailableChunk(tool_call_id="c", output=1, tool_metadata={"m": 1})),
        _has("tool_metadata", of=(ToolOutputAvailableChunk, ToolOutputErrorChunk)),
    ),
    Difference(
        "input has no encoding",
        ("ai5",),
        (*START, CALLING.model_copy(update={"input_encoding": "text"})),
        _has("input_encoding", of=TOOLS),
    ),
    Difference(
        "metadata of the provider comes with the input only",
        ("ai5", "ai600"),
        (*START, CALLING, ToolInputErrorChunk(tool_call_id="c", tool_name="find", dynamic=None, input=1, error_text="e", provider_metadata=METADATA)),
        _has("provider_metadata", of=TOOLS),
    ),
    Difference(
        "a dynamic tool is not said to be run by the provider",
        ("ai500",),
        (*START, CALL.model_copy(update={"dynamic": True, "provider_executed": True})),
        _has("provider_executed", of=TOOLS),
    ),
    Difference(
        "an approval is asked for without a reason",
        ("ai6",),
        (*START, CALL, ToolApprovalRequestChunk(approval_id="a", tool_call_id="c", reason="r")),
        _has("reason", of=(ToolApprovalRequestChunk,)),
    ),
    Difference(
        "an approval is not said to be automatic",
        ("ai6",),
        (*START, CALL, ToolApprovalRequestChunk(approval_id="a", tool_call_id="c", is_automatic=True)),
        _has("is_automatic", of=(ToolApprovalRequestChunk,)),
    ),
    Difference(
        "an answer forgets the signature of its request",
        ("ai700",),
        (
            *START,
            CALL,
            ToolApprovalRequestChunk(approval_id="a", tool_call_id="c", signature="s"),
            ToolApprovalResponseChunk(approval_id="a", approved=True),
        ),
        lambda chunk: isinstance(chunk, ToolApprovalResponseChunk),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("difference", "package"),
    [(one, package) for one in DIFFERENCES for package in one.packages],
    ids=lambda one: one if isinstance(one, str) else one.name,
)
def test_known_differences_are_still_there(
    difference: Difference, package: str, snapshots: Any
) -> None:
    stream = Stream(difference.chunks)
    (seen,) = snapshots(BY_PACKAGE[package], [stream])
    assert first_difference(stream, seen) is not None
    assert any(map(difference.shows, difference.chunks))
    (newest,) = snapshots(NEWEST, [stream])
    assert first_difference(stream, newest) is None
