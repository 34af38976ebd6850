"""The guard of a UI message stream: what it lets pass, what it refuses, and what it makes of that."""

from __future__ import annotations

import asyncio
import logging
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from samewire.streams import OrderError
from samewire.ui_stream import (
    AbortChunk,
    ChatRequest,
    Chunk,
    DataChunk,
    ErrorChunk,
    FileChunk,
    FinishChunk,
    FinishStepChunk,
    MessageMetadataChunk,
    ReasoningDeltaChunk,
    ReasoningStartChunk,
    ResetStepChunk,
    StartChunk,
    StartStepChunk,
    StreamGuard,
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
    ToolOutputDeniedChunk,
    ToolOutputErrorChunk,
    UIMessage,
)

START, FINISH = StartChunk(message_id="m"), FinishChunk()
STEP, STEP_END = StartStepChunk(), FinishStepChunk()
TEXT, DELTA, TEXT_END = (
    TextStartChunk(id="t"),
    TextDeltaChunk(id="t", delta="x"),
    TextEndChunk(id="t"),
)
CALL = ToolInputAvailableChunk(tool_call_id="c", tool_name="find", input={})
CALLING = ToolInputStartChunk(tool_call_id="c", tool_name="find")
TYPING = ToolInputDeltaChunk(tool_call_id="c", input_text_delta="{")
OUTPUT = ToolOutputAvailableChunk(tool_call_id="c", output=1)
HALF = ToolOutputAvailableChunk(tool_call_id="c", output=0, preliminary=True)
FAILED = ToolOutputErrorChunk(tool_call_id="c", error_text="no")
INVALID = ToolInputErrorChunk(tool_call_id="c", tool_name="find", input="{", error_text="no")
ASKED = ToolApprovalRequestChunk(approval_id="a", tool_call_id="c")
GRANTED = ToolApprovalResponseChunk(approval_id="a", approved=True)
REFUSED = ToolApprovalResponseChunk(approval_id="a", approved=False)
DENIED = ToolOutputDeniedChunk(tool_call_id="c")
DYNAMIC = ToolInputStartChunk(tool_call_id="c", tool_name="find", dynamic=True)


def message(*parts: dict[str, Any]) -> UIMessage:
    return UIMessage.model_validate({"id": "m", "role": "assistant", "parts": list(parts)})


def call(state: str, **more: Any) -> dict[str, Any]:
    return {"type": "tool-find", "toolCallId": "c", "state": state, "input": {}, **more}


ANSWERED = message({"type": "step-start"}, call("output-available", output=1))
CALLED = message({"type": "step-start"}, call("input-available"))
APPROVED = message(call("approval-responded", approval={"id": "a", "approved": True}))
NOT_APPROVED = message(call("approval-responded", approval={"id": "a", "approved": False}))
STILL_ASKED = message(call("approval-requested", approval={"id": "a"}))
HALFWAY = message(call("output-available", output=0, preliminary=True))


@dataclass(frozen=True, slots=True)
class Case:
    """
    ``rule`` is broken by the chunk at ``at``, and by the end where that is past the last. ``repaired`` are the types of what is sent
    instead, of which the first is ``start`` and the last ``finish`` unless it says so.
    """

    name: str
    chunks: tuple[Chunk, ...]
    rule: str
    at: int
    repaired: str
    continues: UIMessage | None = None


def step(*chunks: Chunk) -> tuple[Chunk, ...]:
    return (START, STEP, *chunks, STEP_END, FINISH)


CASES = (
    # 1: start first, once; its messageId never changes
    Case("no start", (STEP, STEP_END, FINISH), "not-first", 0, "start start-step finish-step finish"),
    Case("data before start", (DataChunk(type="data-x", data=1), START, FINISH), "not-first", 0, "start data-x finish"),
    Case("two starts", (START, START, FINISH), "first-again", 1, "start finish"),
    Case("a start with another id", (START, StartChunk(message_id="n"), FINISH), "first-again", 1, "start finish"),
    Case(
        "a second start with metadata", (START, StartChunk(message_metadata={"a": 1}), FINISH), "first-again", 1,
        "start message-metadata finish",
    ),
    Case(
        "a continuation under another id", (StartChunk(message_id="n"), STEP, STEP_END, FINISH), "fixed", 0,
        "start start-step finish-step finish", CALLED,
    ),
    # 2: a continuation has a step, content is in steps
    Case("no step in a continuation", (START, FINISH), "after", 1, "start start-step finish-step finish", ANSWERED),
    Case("abort without a step in a continuation", (START, AbortChunk()), "after", 1, "start start-step finish-step abort", ANSWERED),
    Case(
        "text without a step in a continuation", (START, TEXT, DELTA, TEXT_END, FINISH), "inside", 1,
        "start start-step text-start text-delta text-end finish-step finish", ANSWERED,
    ),
    Case("text outside a step", (START, TEXT, TEXT_END, FINISH), "inside", 1, "start start-step text-start text-end finish-step finish"),
    Case("a file outside a step", (START, FileChunk(url="u", media_type="m"), FINISH), "inside", 1, "start start-step file finish-step finish"),
    Case("a call outside a step", (START, CALL, FINISH), "inside", 1, "start start-step tool-input-available finish-step finish"),
    Case("a step in a step", (START, STEP, STEP, STEP_END, FINISH), "already-open", 2, "start start-step finish-step start-step finish-step finish"),
    Case("the end of no step", (START, STEP_END, FINISH), "not-open", 1, "start finish"),
    # 3: blocks
    Case("a delta of no text", step(DELTA), "not-open", 2, "start start-step text-start text-delta text-end finish-step finish"),
    Case("the end of no text", step(TEXT_END), "not-open", 2, "start start-step finish-step finish"),
    Case(
        "a delta after the end", step(TEXT, TEXT_END, DELTA), "not-open", 4,
        "start start-step text-start text-end text-start text-delta text-end finish-step finish",
    ),
    Case(
        "a text started twice", step(TEXT, TEXT, TEXT_END), "already-open", 3,
        "start start-step text-start text-end text-start text-end finish-step finish",
    ),
    Case(
        "reasoning under a text's id", step(TEXT, ReasoningDeltaChunk(id="t", delta="x"), TEXT_END), "not-open", 3,
        "start start-step text-start reasoning-start reasoning-delta text-end reasoning-end finish-step finish",
    ),
    # 4: ended before finish-step and finish
    Case("a text open at the step's end", step(TEXT), "left-open", 3, "start start-step text-start text-end finish-step finish"),
    Case(
        "reasoning open at the step's end", step(ReasoningStartChunk(id="t")), "left-open", 3,
        "start start-step reasoning-start reasoning-end finish-step finish",
    ),
    Case("a step open at the end", (START, STEP, FINISH), "left-open", 2, "start start-step finish-step finish"),
    Case(
        "text and step open at the end", (START, STEP, TEXT, FINISH), "left-open", 3,
        "start start-step text-start text-end finish-step finish",
    ),
    Case(
        "a delta in the step after", (START, STEP, TEXT, STEP_END, STEP, DELTA, TEXT_END, STEP_END, FINISH), "left-open", 3,
        "start start-step text-start text-end finish-step start-step text-start text-delta text-end finish-step finish",
    ),
    # 5: inputs
    Case("input of no call", step(TYPING), "not-open", 2, "start start-step finish-step finish"),
    Case(
        "input after it was complete", step(CALLING, CALL, TYPING), "wrong-state", 4,
        "start start-step tool-input-start tool-input-available finish-step finish",
    ),
    Case("a call made twice", step(CALL, CALL), "wrong-state", 3, "start start-step tool-input-available finish-step finish"),
    Case(
        "a call's id used again", step(CALL, OUTPUT, CALLING), "used-before", 4,
        "start start-step tool-input-available tool-output-available finish-step finish",
    ),
    Case(
        "a call's id used in a later step", (START, STEP, CALL, OUTPUT, STEP_END, STEP, CALL, STEP_END, FINISH), "used-before", 6,
        "start start-step tool-input-available tool-output-available finish-step start-step finish-step finish",
    ),
    Case(
        "a dynamic call that is not any more", step(DYNAMIC, CALL), "same", 3,
        "start start-step tool-input-start tool-input-available finish-step finish",
    ),
    Case(
        "a call of another tool than it began", step(CALLING, CALL.model_copy(update={"tool_name": "other"})), "same", 3,
        "start start-step tool-input-start tool-input-available finish-step finish",
    ),
    Case(
        "a static output of a dynamic call", step(DYNAMIC, CALL.model_copy(update={"dynamic": True}), OUTPUT), "same", 4,
        "start start-step tool-input-start tool-input-available tool-output-available finish-step finish",
    ),
    Case("an input that never ends", step(CALLING, TYPING), "left-open", 4, "start start-step tool-input-start tool-input-delta tool-input-error finish-step finish"),
    # 6: outputs of known calls
    Case("an output of no call", step(OUTPUT), "not-open", 2, "start start-step finish-step finish"),
    Case("an error of no call", step(FAILED), "not-open", 2, "start start-step finish-step finish"),
    Case("an approval of no call", step(ASKED), "not-open", 2, "start start-step finish-step finish"),
    Case("a denial of no call", step(DENIED), "not-open", 2, "start start-step finish-step finish"),
    Case("an output before the input", step(CALLING, OUTPUT), "wrong-state", 3, "start start-step tool-input-start tool-input-error finish-step finish"),
    Case("an output that the message has", (START, STEP, OUTPUT, STEP_END, FINISH), "used-before", 2, "start start-step finish-step finish", ANSWERED),
    Case(
        "an answer to what is still asked", (START, OUTPUT, STEP, STEP_END, FINISH), "wrong-state", 1,
        "start start-step finish-step finish", STILL_ASKED,
    ),
    # 7: one output
    Case(
        "two outputs", step(CALL, OUTPUT, OUTPUT), "used-before", 4,
        "start start-step tool-input-available tool-output-available finish-step finish",
    ),
    Case(
        "an output after an error", step(CALL, FAILED, OUTPUT), "used-before", 4,
        "start start-step tool-input-available tool-output-error finish-step finish",
    ),
    Case(
        "a preliminary output after the last", step(CALL, OUTPUT, HALF), "used-before", 4,
        "start start-step tool-input-available tool-output-available finish-step finish",
    ),
    Case(
        "a preliminary output and no last one", step(CALL, HALF), "left-open", 5,
        "start start-step tool-input-available tool-output-available finish-step tool-output-error finish",
    ),
    Case("an output of an input that failed", step(INVALID, OUTPUT), "wrong-state", 3, "start start-step tool-input-error finish-step finish"),
    # 8: approvals
    Case("an approval before the input", step(CALLING, ASKED), "wrong-state", 3, "start start-step tool-input-start tool-input-error finish-step finish"),
    Case("an answer to no request", step(CALL, GRANTED), "not-open", 3, "start start-step tool-input-available finish-step finish"),
    Case(
        "an output before the approval", step(CALL, ASKED, OUTPUT), "wrong-state", 4,
        "start start-step tool-input-available tool-approval-request finish-step finish",
    ),
    Case("a denial that nobody gave", step(CALL, DENIED), "wrong-state", 3, "start start-step tool-input-available finish-step finish"),
    Case(
        "a denial after a grant", step(CALL, ASKED, GRANTED, DENIED), "wrong-state", 5,
        "start start-step tool-input-available tool-approval-request tool-approval-response finish-step finish",
    ),
    Case(
        "an output after a refusal", step(CALL, ASKED, REFUSED, OUTPUT), "wrong-state", 5,
        "start start-step tool-input-available tool-approval-request tool-approval-response finish-step finish",
    ),
    Case(
        "one approval for two calls",
        step(CALL, ASKED, CALL.model_copy(update={"tool_call_id": "d"}), ASKED.model_copy(update={"tool_call_id": "d"})),
        "alias", 5,
        "start start-step tool-input-available tool-approval-request tool-input-available finish-step finish",
    ),
    # 9: reset-step
    Case("a reset outside a step", (START, ResetStepChunk(), FINISH), "not-open", 1, "start start-step reset-step finish-step finish"),
    Case(
        "a delta of what was reset", step(TEXT, ResetStepChunk(), DELTA), "not-open", 4,
        "start start-step text-start reset-step text-start text-delta text-end finish-step finish",
    ),
    Case("an output of what was reset", step(CALL, ResetStepChunk(), OUTPUT), "not-open", 4, "start start-step tool-input-available reset-step finish-step finish"),
    # 10: one end
    Case("two finishes", (START, FINISH, FINISH), "after-end", 2, "start finish"),
    Case("text after finish", (START, FINISH, TEXT), "after-end", 2, "start finish"),
    Case("finish after an error", (START, ErrorChunk(error_text="e"), FINISH), "after-end", 2, "start error"),
    Case("data after an abort", (START, AbortChunk(), DataChunk(type="data-x", data=1)), "after-end", 2, "start abort"),
    Case("no end", (START, STEP, TEXT), "no-end", 3, "start start-step text-start text-end finish-step finish"),
    Case("nothing", (), "no-end", 0, "start finish"),
    Case("nothing in a continuation", (), "no-end", 0, "start start-step finish-step finish", ANSWERED),
)  # fmt: skip

RIGHT = {
    "nothing": (START, FINISH),
    "data between steps": (START, DataChunk(type="data-x", data=1), STEP, STEP_END, MessageMetadataChunk(message_metadata={}), FINISH),
    "an id used again after its end": step(TEXT, DELTA, TEXT_END, TEXT, DELTA, TEXT_END),
    "an id used again in the next step": (START, STEP, TEXT, TEXT_END, STEP_END, STEP, TEXT, TEXT_END, STEP_END, FINISH),
    "two texts at a time": step(TEXT, TextStartChunk(id="u"), DELTA, TextEndChunk(id="u"), TEXT_END),
    "text and reasoning with one id": step(TEXT, ReasoningStartChunk(id="t"), DELTA, TEXT_END, ReasoningDeltaChunk(id="t", delta="x"), ResetStepChunk()),
    "a call for the client": step(CALLING, TYPING, CALL),
    "an output in a later step": (START, STEP, CALL, STEP_END, STEP, OUTPUT, STEP_END, FINISH),
    "preliminary outputs": step(CALL, HALF, HALF, OUTPUT),
    "an input that failed": step(CALLING, INVALID),
    "the same, as the SDK's own server says it": step(CALLING, INVALID, FAILED),
    "an approval by rule": step(CALL, ASKED, GRANTED, OUTPUT),
    "a denial by rule": step(CALL, ASKED, REFUSED, DENIED),
    "a reset": step(TEXT, CALL, ResetStepChunk(), TEXT, TEXT_END, CALL),
    "a start without an id": (StartChunk(), FINISH),
}  # fmt: skip

CONTINUED = {
    "an output": ((START, OUTPUT, STEP, STEP_END, FINISH), CALLED),
    "an output in the step": ((START, STEP, OUTPUT, STEP_END, FINISH), CALLED),
    "the output of what was approved": ((StartChunk(), OUTPUT, STEP, STEP_END, FINISH), APPROVED),
    "a denial": ((START, DENIED, STEP, STEP_END, FINISH), NOT_APPROVED),
    "an approval by rule": ((START, GRANTED, OUTPUT, STEP, STEP_END, FINISH), STILL_ASKED),
    "the last output": ((START, OUTPUT, STEP, STEP_END, FINISH), HALFWAY),
    "an error": ((START, ErrorChunk(error_text="e")), CALLED),
}


def types(chunks: Any) -> str:
    return " ".join(chunk.type for chunk in chunks)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_strict_refuses(case: Case) -> None:
    guard = StreamGuard(strict=True, continues=case.continues)
    for chunk in case.chunks[: case.at]:
        assert guard.feed(chunk) == (chunk,)
    with pytest.raises(OrderError) as caught:
        list(guard.run(case.chunks[case.at :]))
    found = caught.value.violation
    assert (found.rule, found.index) == (case.rule, case.at)
    assert found.event == (case.chunks[case.at] if case.at < len(case.chunks) else None)
    assert found.message in str(caught.value)
    assert found.hint in str(caught.value)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_repair(case: Case, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="samewire.ui_stream"):
        sent = list(StreamGuard(continues=case.continues).run(case.chunks))
    assert types(sent) == case.repaired
    assert f"rule {case.rule}" in caplog.text
    strict = StreamGuard(strict=True, continues=case.continues)
    assert list(strict.run(sent)) == sent


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize("strict", [True, False])
def test_what_is_right_passes(name: str, strict: bool, caplog: pytest.LogCaptureFixture) -> None:
    assert list(StreamGuard(strict=strict).run(RIGHT[name])) == list(RIGHT[name])
    assert not caplog.records


@pytest.mark.parametrize("last", [ErrorChunk(error_text="e"), AbortChunk()])
def test_an_interruption_may_come_anywhere_and_repair_closes_what_is_open(last: Chunk) -> None:
    chunks = (START, STEP, TEXT, DELTA, CALLING, last)
    assert list(StreamGuard(strict=True).run(chunks)) == list(chunks)
    sent = list(StreamGuard().run(chunks))
    assert types(sent[5:]) == f"text-end tool-input-error finish-step {last.type}"


@pytest.mark.parametrize("name", CONTINUED)
@pytest.mark.parametrize("strict", [True, False])
def test_a_continuation_passes(name: str, strict: bool) -> None:
    chunks, continues = CONTINUED[name]
    assert list(StreamGuard(strict=strict, continues=continues).run(chunks)) == list(chunks)


def test_a_request_says_what_it_continues() -> None:
    user = {"id": "u", "role": "user", "parts": [{"type": "text", "text": "hi"}]}
    given = {"id": "chat", "trigger": "submit-message"}
    first = ChatRequest.model_validate({**given, "messages": [user]})
    second = ChatRequest.model_validate(
        {**given, "messages": [user, CALLED.model_dump(by_alias=True)]}
    )
    assert types(StreamGuard(continues=first).run([START, FINISH])) == "start finish"
    assert (
        types(StreamGuard(continues=second).run([START, FINISH]))
        == "start start-step finish-step finish"
    )


# --- What repair does ---------------------------------------------------------------------------------------------------


def test_changed_fields_are_set_back() -> None:
    sent = list(
        StreamGuard().run(step(DYNAMIC, CALL.model_copy(update={"tool_name": "other"}), OUTPUT))
    )
    call, output = sent[3:5]
    assert isinstance(call, ToolInputAvailableChunk)
    assert isinstance(output, ToolOutputAvailableChunk)
    assert (call.tool_name, call.dynamic, output.dynamic) == ("find", True, True)


def test_the_continued_id_is_kept() -> None:
    sent = list(
        StreamGuard(continues=CALLED).run((StartChunk(message_id="n"), STEP, STEP_END, FINISH))
    )
    assert sent[0] == START


def test_a_call_is_closed_as_it_was_opened() -> None:
    sent = list(StreamGuard().run((START, STEP, DYNAMIC, TYPING)))
    assert sent[4] == ToolInputErrorChunk(
        tool_call_id="c", tool_name="find", dynamic=True, input=None,
        error_text="The input of the tool did not arrive.",
    )  # fmt: skip


def test_one_warning_for_each_sort(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="samewire.ui_stream"):
        list(StreamGuard().run(step(*[TYPING] * 50)))
    warned = [one for one in caplog.records if one.levelno == logging.WARNING]
    assert len(caplog.records) == 50
    assert len(warned) == 1


# --- The end ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (lambda guard: guard.finish("stop"), "text-end finish-step finish"),
        (lambda guard: guard.fail("no"), "text-end finish-step error"),
        (lambda guard: guard.abort("stopped"), "text-end finish-step abort"),
    ],
)
def test_the_end_comes_once_whoever_asks(strict: bool, end: Any, expected: str) -> None:
    guard = StreamGuard(strict=strict)
    for chunk in (START, STEP, TEXT, DELTA):
        guard.feed(chunk)
    assert not guard.over
    assert types(end(guard)) == expected
    assert guard.over
    assert guard.finish() == guard.fail("late") == guard.abort() == guard.end() == ()


def test_the_end_of_what_never_began() -> None:
    assert types(StreamGuard(strict=True).fail("no")) == "start error"
    assert types(StreamGuard(strict=True).finish()) == "start finish"


def test_the_end_of_a_continuation_has_its_step() -> None:
    assert types(StreamGuard(continues=CALLED).finish()) == "start start-step finish-step finish"
    assert types(StreamGuard(continues=CALLED).abort()) == "start start-step finish-step abort"


def test_what_the_producer_raises_passes() -> None:
    def produce() -> Iterator[Chunk]:
        yield START
        yield STEP
        raise KeyError("x")

    guard = StreamGuard()
    sent = guard.run(produce())
    assert [next(sent), next(sent)] == [START, STEP]
    with pytest.raises(KeyError):
        next(sent)
    assert types(guard.fail("no")) == "finish-step error"


def test_async() -> None:
    async def produce() -> AsyncIterator[Chunk]:
        for chunk in (STEP, DELTA):
            yield chunk

    async def sent() -> list[Chunk]:
        return [chunk async for chunk in StreamGuard().arun(produce())]

    assert types(asyncio.run(sent())) == (
        "start start-step text-start text-delta text-end finish-step finish"
    )


def test_strict_is_as_before_after_a_refusal() -> None:
    guard = StreamGuard(strict=True)
    guard.feed(START)
    with pytest.raises(OrderError):
        guard.feed(DELTA)
    with pytest.raises(OrderError):
        guard.feed(TEXT)
    for chunk in (STEP, TEXT, DELTA, TEXT_END, STEP_END, FINISH):
        assert guard.feed(chunk) == (chunk,)
    assert guard.end() == ()


def test_memory_does_not_grow_with_the_stream() -> None:
    def grown(steps: int) -> int:
        guard = StreamGuard(strict=True)
        guard.feed(START)
        tracemalloc.start()
        try:
            before = tracemalloc.get_traced_memory()[0]
            for number in range(steps):
                text = TextStartChunk(id=f"t{number}"), TextEndChunk(id=f"t{number}")
                for chunk in (STEP, *text, STEP_END):
                    guard.feed(chunk)
            return tracemalloc.get_traced_memory()[0] - before
        finally:
            tracemalloc.stop()

    grown(10)  # caches fill
    assert grown(2000) < 4000


def test_an_approval_is_asked_for_once() -> None:
    """Also after its call is over, in this reply or before."""
    again = ToolApprovalRequestChunk(approval_id="a", tool_call_id="d")
    other = ToolInputAvailableChunk(tool_call_id="d", tool_name="find", input={})
    first = [START, STEP, CALL, ASKED, GRANTED, OUTPUT]
    guard = StreamGuard(strict=True)
    for chunk in [*first, other]:
        guard.feed(chunk)
    with pytest.raises(OrderError, match="approvalId"):
        guard.feed(again)
    over = {"type": "tool-find", "toolCallId": "c", "state": "output-available", "input": {}, "output": 1, "approval": {"id": "a", "approved": True}}  # fmt: skip
    message = UIMessage.model_validate({"id": "m", "role": "assistant", "parts": [over]})
    guard = StreamGuard(strict=True, continues=message)
    for chunk in [START, STEP, other]:
        guard.feed(chunk)
    with pytest.raises(OrderError, match="approvalId"):
        guard.feed(again)
    assert (
        "tool-approval-request" not in types(StreamGuard().run([*first, other, again])).split()[6:]
    )


@pytest.mark.parametrize("name", ["", "0", " "])
@pytest.mark.parametrize("dynamic", [None, False, True])
def test_a_call_is_closed_whatever_its_name(name: str, dynamic: bool | None) -> None:
    begun = ToolInputStartChunk(tool_call_id="c", tool_name=name, dynamic=dynamic)
    sent = list(StreamGuard().run([START, STEP, begun]))
    assert types(sent) == "start start-step tool-input-start tool-input-error finish-step finish"
    assert isinstance(sent[3], ToolInputErrorChunk)
    assert (sent[3].tool_name, bool(sent[3].dynamic)) == (name, bool(dynamic))
    assert list(StreamGuard(strict=True).run(sent)) == sent
    changed = ToolInputAvailableChunk(tool_call_id="c", tool_name="other", dynamic=dynamic, input=1)
    repaired = list(StreamGuard().run([START, STEP, begun, changed]))[3]
    assert isinstance(repaired, ToolInputAvailableChunk)
    assert repaired.tool_name == name
