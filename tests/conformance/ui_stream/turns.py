"""
Whole replies, and the message that each is to become in the client.

``lines`` are the versions of ``ai`` (5, 6, 7) that have all of a reply's chunks and keep all of its fields.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from samewire.ui_stream import (
    DONE,
    Chunk,
    Citation,
    CustomChunk,
    CustomContentUIPart,
    DataChunk,
    DataUIPart,
    DynamicToolOutputAvailableUIPart,
    DynamicToolOutputErrorUIPart,
    FileChunk,
    FileUIPart,
    FinishChunk,
    FinishStepChunk,
    MessageMetadataChunk,
    ReasoningDeltaChunk,
    ReasoningEndChunk,
    ReasoningFileChunk,
    ReasoningFileUIPart,
    ReasoningStartChunk,
    ReasoningUIPart,
    ResetStepChunk,
    SourceDocumentChunk,
    SourceDocumentUIPart,
    SourceUrlChunk,
    SourceUrlUIPart,
    StartChunk,
    StartStepChunk,
    SteeringMessageChunk,
    SteeringMessageUIPart,
    StepStartUIPart,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
    TextUIPart,
    Tool,
    ToolApprovalDenied,
    ToolApprovalRequestChunk,
    ToolApprovalRequested,
    ToolApprovalRequestedUIPart,
    ToolApprovalResponseChunk,
    ToolInputAvailableChunk,
    ToolInputDeltaChunk,
    ToolInputErrorChunk,
    ToolInputStartChunk,
    ToolOutputAvailableChunk,
    ToolOutputAvailableUIPart,
    ToolOutputDeniedChunk,
    ToolOutputDeniedUIPart,
    ToolOutputErrorChunk,
    ToolOutputErrorUIPart,
    UIMessage,
    UIPart,
    UrlCitationSource,
    comment,
    heartbeat,
    usage_comment,
    write,
)


@dataclass(frozen=True, slots=True)
class Turn:
    name: str
    lines: tuple[int, ...]
    frames: tuple[Chunk | bytes, ...]
    parts: tuple[UIPart, ...]
    metadata: dict[str, Any] | None = None
    data: tuple[dict[str, Any], ...] = ()

    def body(self) -> bytes:
        frames = [one if isinstance(one, bytes) else one.to_sse() for one in self.frames]
        return b"".join([*frames, DONE])

    def message(self) -> UIMessage:
        metadata = {} if self.metadata is None else {"metadata": self.metadata}
        parts: list[Any] = [*self.parts]
        return UIMessage(id="message-1", role="assistant", parts=parts, **metadata)


def text(id: str, *deltas: str) -> tuple[Chunk, ...]:
    return (
        TextStartChunk(id=id),
        *(TextDeltaChunk(id=id, delta=delta) for delta in deltas),
        TextEndChunk(id=id),
    )


def step(*frames: Chunk | bytes) -> tuple[Chunk | bytes, ...]:
    return (StartStepChunk(), *frames, FinishStepChunk())


START = StartChunk(message_id="message-1")

TWO_STEPS = Turn(
    name="two steps",
    lines=(5, 6, 7),
    frames=(
        StartChunk(message_id="message-1", message_metadata={"model": "m", "tags": [1]}),
        heartbeat(),
        *step(
            ReasoningStartChunk(id="r1", provider_metadata={"anthropic": {"signature": "a"}}),
            ReasoningDeltaChunk(id="r1", delta="let me "),
            ReasoningDeltaChunk(id="r1", delta="see"),
            ReasoningEndChunk(id="r1", provider_metadata={"anthropic": {"signature": "ab"}}),
            *text("t1", "Grüße ", "\ud83d", "\ude00 </script>\n"),
            ToolInputStartChunk(tool_call_id="c1", tool_name="search"),
            ToolInputDeltaChunk(tool_call_id="c1", input_text_delta='{"q":'),
            ToolInputDeltaChunk(tool_call_id="c1", input_text_delta='"x"}'),
            ToolInputAvailableChunk(tool_call_id="c1", tool_name="search", input={"q": "x"}),
            comment("two\nlines"),
            ToolOutputAvailableChunk(tool_call_id="c1", output="half", preliminary=True),
            ToolOutputAvailableChunk(tool_call_id="c1", output=None),
            ToolInputAvailableChunk(tool_call_id="c2", tool_name="now", input=None),
            ToolOutputAvailableChunk(tool_call_id="c2", output={"score": float("nan")}),
        ),
        usage_comment({"prompt_tokens": 1}),
        DataChunk(type="data-plan", id="p1", data={"done": 0}),
        DataChunk(type="data-status", data={"phase": "running"}, transient=True),
        DataChunk(type="data-nothing", data=None),
        MessageMetadataChunk(message_metadata={"usage": {"in": 1}, "tags": [2, 3]}),
        *step(
            SourceUrlChunk(source_id="s1", url="https://e.org", title="E"),
            SourceDocumentChunk(source_id="s2", media_type="text/plain", title="D"),
            FileChunk(url="data:image/png;base64,AA==", media_type="image/png"),
            *text("t1", "bye"),
            DataChunk(type="data-plan", id="p1", data={"done": 1}),
        ),
        FinishChunk(finish_reason="stop", message_metadata={"usage": {"out": 2}}),
    ),
    parts=(
        StepStartUIPart(),
        ReasoningUIPart(
            id="r1",
            text="let me see",
            state="done",
            provider_metadata={"anthropic": {"signature": "ab"}},
        ),
        TextUIPart(text="Grüße 😀 </script>\n", state="done"),
        ToolOutputAvailableUIPart(
            type="tool-search", tool_call_id="c1", input={"q": "x"}, output=None
        ),
        ToolOutputAvailableUIPart(
            type="tool-now", tool_call_id="c2", input=None, output={"score": None}
        ),
        DataUIPart(type="data-plan", id="p1", data={"done": 1}),
        DataUIPart(type="data-nothing", data=None),
        StepStartUIPart(),
        SourceUrlUIPart(source_id="s1", url="https://e.org", title="E"),
        SourceDocumentUIPart(source_id="s2", media_type="text/plain", title="D"),
        FileUIPart(media_type="image/png", url="data:image/png;base64,AA=="),
        TextUIPart(text="bye", state="done"),
    ),
    metadata={"model": "m", "tags": [2, 3], "usage": {"in": 1, "out": 2}},
    data=(
        {"type": "data-plan", "id": "p1", "data": {"done": 0}},
        {"type": "data-status", "data": {"phase": "running"}, "transient": True},
        {"type": "data-nothing", "data": None},
        {"type": "data-plan", "id": "p1", "data": {"done": 1}},
    ),
)

FAILURES = Turn(
    name="tools that fail",
    lines=(5, 6, 7),
    frames=(
        START,
        *step(
            ToolInputAvailableChunk(
                tool_call_id="c1", tool_name="run", input={"a": 1}, dynamic=True
            ),
            ToolOutputErrorChunk(tool_call_id="c1", error_text="no", dynamic=True),
            ToolInputAvailableChunk(
                tool_call_id="c2", tool_name="run", input=[], dynamic=True, provider_executed=True
            ),
            ToolOutputAvailableChunk(
                tool_call_id="c2", output=[None], dynamic=True, provider_executed=True
            ),
            ToolInputAvailableChunk(tool_call_id="c3", tool_name="search", input={"q": ""}),
            ToolOutputErrorChunk(tool_call_id="c3", error_text="empty"),
        ),
        FinishChunk(finish_reason="tool-calls"),
    ),
    parts=(
        StepStartUIPart(),
        DynamicToolOutputErrorUIPart(
            tool_name="run", tool_call_id="c1", input={"a": 1}, error_text="no"
        ),
        DynamicToolOutputAvailableUIPart(
            tool_name="run", tool_call_id="c2", input=[], output=[None], provider_executed=True
        ),
        ToolOutputErrorUIPart(
            type="tool-search", tool_call_id="c3", input={"q": ""}, error_text="empty"
        ),
    ),
)

INVALID_INPUT = Turn(
    name="an input that is not valid",
    lines=(7,),
    frames=(
        START,
        *step(
            ToolInputErrorChunk(
                tool_call_id="c1", tool_name="search", input="{oops", error_text="not JSON"
            ),
            ToolInputErrorChunk(
                tool_call_id="c2", tool_name="run", input=None, error_text="x", dynamic=True
            ),
        ),
        FinishChunk(),
    ),
    parts=(
        StepStartUIPart(),
        ToolOutputErrorUIPart(
            type="tool-search", tool_call_id="c1", input="{oops", error_text="not JSON"
        ),
        DynamicToolOutputErrorUIPart(
            tool_name="run", tool_call_id="c2", input=None, error_text="x"
        ),
    ),
)

APPROVAL = Turn(
    name="an approval is asked for",
    lines=(6, 7),
    frames=(
        START,
        *step(
            ToolInputAvailableChunk(
                tool_call_id="c1",
                tool_name="run",
                input={"id": 1},
                title="Run it",
                tool_metadata={"icon": "play"},
                provider_metadata={"openai": {"itemId": "i"}},
            ),
            ToolApprovalRequestChunk(
                approval_id="a1",
                tool_call_id="c1",
                signature="c2ln",
                approval_descriptor={"kind": "run"},
                input_schema_input={"id": "1"},
            ),
        ),
        FinishChunk(),
    ),
    parts=(
        StepStartUIPart(),
        ToolApprovalRequestedUIPart(
            type="tool-run",
            tool_call_id="c1",
            title="Run it",
            tool_metadata={"icon": "play"},
            call_provider_metadata={"openai": {"itemId": "i"}},
            input={"id": 1},
            approval=ToolApprovalRequested(
                id="a1",
                signature="c2ln",
                descriptor={"kind": "run"},
                input_schema_input={"id": "1"},
            ),
        ),
    ),
)

DENIED = Turn(
    name="an approval is denied by the server",
    lines=(7,),
    frames=(
        START,
        *step(
            ToolInputAvailableChunk(tool_call_id="c1", tool_name="run", input={}),
            ToolApprovalRequestChunk(
                approval_id="a1", tool_call_id="c1", is_automatic=True, reason="policy"
            ),
            ToolApprovalResponseChunk(approval_id="a1", approved=False, reason="not allowed"),
            ToolOutputDeniedChunk(tool_call_id="c1"),
        ),
        FinishChunk(),
    ),
    parts=(
        StepStartUIPart(),
        ToolOutputDeniedUIPart(
            type="tool-run",
            tool_call_id="c1",
            input={},
            approval=ToolApprovalDenied(
                id="a1",
                approved=False,
                reason="not allowed",
                request_reason="policy",
                is_automatic=True,
            ),
        ),
    ),
)

CITATION = Citation(
    source=UrlCitationSource(type="source", id="s1", url="https://e.org"),
    start_index=0,
    end_index=2,
)

NEWEST = Turn(
    name="what only version 7 has",
    lines=(7,),
    frames=(
        START,
        *step(*text("t1", "dropped"), ResetStepChunk()),
        *step(
            ReasoningFileChunk(url="https://e.org/r.png", media_type="image/png"),
            CustomChunk(kind="openai.compaction", provider_metadata={"openai": {"id": 1}}),
            TextStartChunk(id="t1"),
            TextDeltaChunk(id="t1", delta="cited"),
            TextEndChunk(id="t1", citations=[CITATION]),
            SteeringMessageChunk(id="u2", parts=[TextUIPart(text="rather this")]),
        ),
        FinishChunk(finish_reason="interrupted"),
    ),
    parts=(
        StepStartUIPart(),
        StepStartUIPart(),
        ReasoningFileUIPart(url="https://e.org/r.png", media_type="image/png"),
        CustomContentUIPart(kind="openai.compaction", provider_metadata={"openai": {"id": 1}}),
        TextUIPart(text="cited", state="done", citations=[CITATION]),
        SteeringMessageUIPart(id="u2", parts=[TextUIPart(text="rather this")]),
    ),
)


class Query(BaseModel):
    q: str


def by_the_writer() -> tuple[Chunk, ...]:
    """A reply that :class:`~samewire.ui_stream.Writer` has written."""
    sent: list[Chunk] = []
    find = Tool("find", Query, list[str])

    async def send(chunk: Chunk) -> None:
        sent.append(chunk)

    async def run() -> None:
        async with write(send, message_id="message-1") as w:
            async with w.reasoning() as think:
                await think("hm")
                think.provider_metadata = {"anthropic": {"signature": "s"}}
            async with w.tool(find, "c1") as call:
                await call.delta('{"q":')
                await call.input(Query(q="x"))
                await call.output(["y"])
            async with w.tool(find, "c2") as call:
                await call.input(Query(q="z"))
                await call.fail("down")
            async with w.tool("run", "c3") as run:
                await run.delta("[1")
                await run.input([1])
                await run.output(None)
            async with w.step(), w.text() as say:
                await say("Hel")
                await say("lo")
            await w.data(DataChunk(type="data-done", data=True))
            await w.metadata({"tokens": 1})

    asyncio.run(run())
    return tuple(sent)


WRITTEN = Turn(
    name="what the writer writes",
    lines=(5, 6, 7),
    frames=by_the_writer(),
    parts=(
        StepStartUIPart(),
        ReasoningUIPart(
            id="reasoning-1",
            text="hm",
            state="done",
            provider_metadata={"anthropic": {"signature": "s"}},
        ),
        ToolOutputAvailableUIPart(
            type="tool-find", tool_call_id="c1", input={"q": "x"}, output=["y"]
        ),
        ToolOutputErrorUIPart(
            type="tool-find", tool_call_id="c2", input={"q": "z"}, error_text="down"
        ),
        DynamicToolOutputAvailableUIPart(
            tool_name="run", tool_call_id="c3", input=[1], output=None
        ),
        StepStartUIPart(),
        TextUIPart(text="Hello", state="done"),
        DataUIPart(type="data-done", data=True),
    ),
    metadata={"tokens": 1},
    data=({"type": "data-done", "data": True},),
)

TURNS = (TWO_STEPS, FAILURES, INVALID_INPUT, APPROVAL, DENIED, NEWEST, WRITTEN)
