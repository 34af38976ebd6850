"""Client lines: what a target is, what it lacks, and that the table is the measured one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import BaseModel, TypeAdapter
from samewire.ui_stream import (
    DEFAULT_TARGETS,
    AbortChunk,
    Citation,
    CustomChunk,
    DataChunk,
    Encoder,
    FinishReason,
    ReasoningFileChunk,
    ResetStepChunk,
    StartChunk,
    Target,
    TargetError,
    TextEndChunk,
    Tool,
    ToolApprovalRequestChunk,
    ToolInputErrorChunk,
    UIMessageChunk,
    UIStream,
)
from samewire.ui_stream.clients import FINISH_REASONS, LOOSE, described, field_since, type_since

PROTOCOL = json.loads(Path(__file__).with_name("protocol.json").read_text(encoding="utf-8"))


def listed(since: list[str | None]) -> dict[str, str]:
    return {one[0]: one for one in since if one is not None}


@pytest.mark.parametrize("tag", PROTOCOL["chunks"])
def test_the_table_is_the_measured_one(tag: str) -> None:
    chunk = PROTOCOL["chunks"][tag]
    assert described(type_since(tag)) == listed(chunk["since"])
    for key, field in chunk["fields"].items():
        assert described(field_since(tag, key)) == listed(field.get("since", chunk["since"])), key


def test_the_schema_says_it() -> None:
    schema = TypeAdapter(UIMessageChunk).json_schema()
    chunks = schema["$defs"]
    for tag, chunk in PROTOCOL["chunks"].items():
        cls = next(
            one
            for one in chunks.values()
            if tag in (one.get("properties", {}).get("type", {}).get("const"), "data-*")
            and (tag != "data-*" or one.get("title") == "DataChunk")
        )
        assert cls["x-samewire-since"] == listed(chunk["since"])
        for key, field in chunk["fields"].items():
            later = field.get("since", chunk["since"])
            expected = listed(later) if later != chunk["since"] else None
            assert cls["properties"][key].get("x-samewire-since") == expected
    reasons = chunks["FinishReason"]
    newest = reasons["x-samewire-enum-since"][reasons["enum"].index("interrupted")]
    assert newest == {"7": "7.0.149"}
    top = schema if "x-samewire-clients" in schema else chunks["UIMessageChunk"]
    lines = top["x-samewire-clients"]["lines"]
    assert lines["6"] == {"since": "6.0.0", "ignoresUnknownFieldsSince": "6.0.231"}
    assert set(FINISH_REASONS) - {"unknown"} <= set(reasons["enum"])


# --- Names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "first", "loose"),
    [
        ("5", (5, 0, 217), True),
        ("6", (6, 0, 231), True),
        ("7", (7, 0, 32), True),
        ("5.0", (5, 0, 0), False),
        ("6.0", (6, 0, 0), False),
        ("7.0", (7, 0, 0), False),
        ("7.0.31", (7, 0, 31), False),
        ("7.0.85", (7, 0, 85), True),
        ("7.1", (7, 1, 0), True),
        ("6.0.999", (6, 0, 999), True),
    ],
)
def test_a_target_is_a_version_and_all_after_it(
    name: str, first: tuple[int, int, int], loose: bool
) -> None:
    target = Target.parse(name)
    assert (target.first, target.loose, target.name) == (first, loose, name)


@pytest.mark.parametrize(
    "wrong", ["", "4", "8", "v6", "latest", "6.x", "6.0.0.0", " 6", "6-beta", 6, 6.0, None]
)
def test_a_target_that_there_is_not(wrong: Any) -> None:
    with pytest.raises(TargetError, match="no target.*'5', '6', '7'"):
        Target.parse(wrong)
    with pytest.raises(TargetError, match="no target"):
        Encoder(())


def test_the_default_is_all_current_clients() -> None:
    assert Encoder().targets == Encoder(DEFAULT_TARGETS).targets
    assert [one.first for one in Encoder().targets] == list(LOOSE.values())


# --- What they lack ---------------------------------------------------------------------------------------------------


def lacks(*targets: str, **options: Any) -> set[str]:
    found = Encoder(targets or None, **options).lacks
    return {
        f"{one.chunk}{'.' + one.field if one.field else ''}{'=' + one.value if one.value else ''} {one.becomes}"
        for one in found
    }


def test_what_the_newest_lacks() -> None:
    assert lacks("7.0.163") == {"finish.finishReason=unknown other"}
    assert lacks("7") == {
        "reset-step refused",
        "steering-message refused",
        "finish.finishReason=interrupted other",
        "finish.finishReason=unknown other",
    }


def test_a_strict_client_is_sent_no_field_that_it_lacks() -> None:
    assert {
        "finish.finishReason left out",
        "abort.reason left out",
        "tool-input-start.title left out",
        "tool-output-available.preliminary left out",
        "tool-input-error converted",
        "tool-approval-request refused",
    } <= lacks("5.0")
    assert "tool-output-available.preliminary left out" not in lacks("5.0.11")
    assert "finish.finishReason left out" not in lacks("5.0.92")
    assert "tool-output-error.providerMetadata left out" in lacks("6.0.119")
    assert "tool-output-error.providerMetadata left out" not in lacks("6.0.120")


def test_a_loose_client_is_sent_what_others_use() -> None:
    """Alone it is spared what no client of its line uses; beside a line that uses it, it ignores it."""
    assert "tool-input-start.title left out" in lacks("5")
    assert "tool-input-start.title left out" not in lacks("5", "6")
    assert "tool-input-start.title left out" in lacks("5.0", "6")
    assert "text-end.citations left out" not in lacks("7.0.32")
    assert "text-end.citations left out" in lacks("7.0.31")
    assert "text-end.citations left out" not in lacks("7.0.138")


def test_several_targets_take_what_all_of_them_take() -> None:
    refused = {one for one in lacks("5", "6", "7") if one.endswith("refused")}
    assert refused == {f"{one} refused" for one in (
        "reset-step", "reasoning-file", "custom", "steering-message",
        "tool-approval-request", "tool-approval-response", "tool-output-denied",
    )}  # fmt: skip
    assert "tool-approval-request refused" not in lacks("6", "7")


def test_dropping_is_for_what_stands_alone() -> None:
    found = lacks("5", lacking="drop")
    assert {one for one in found if one.endswith("dropped")} == {
        "custom dropped",
        "reasoning-file dropped",
        "steering-message dropped",
    }
    assert {"reset-step refused", "tool-approval-request refused"} <= found


def test_a_lack_reads_well() -> None:
    assert [str(one) for one in Encoder("7").lacks] == [
        "reset-step: refused; target '7' (ai 7.0.32 and later) lacks it, it exists since 7.0.70",
        "steering-message: refused; target '7' (ai 7.0.32 and later) lacks it, it exists since 7.0.163",
        "finish finishReason 'interrupted': other; target '7' (ai 7.0.32 and later) lacks it, it exists since 7.0.149",
        "finish finishReason 'unknown': other; target '7' (ai 7.0.32 and later) lacks it, no client of version 7 has it",
    ]


# --- When a contract is made ------------------------------------------------------------------------------------------


class In(BaseModel):
    q: str


class Reset(ResetStepChunk):
    pass


class Cited(TextEndChunk):
    citations: list[Citation]


class Started(StartChunk):
    message_id: str


class Plan(DataChunk):
    type: Literal["data-plan"] = "data-plan"
    data: In


asks = Tool("send", In, In, needs_approval=True)


@pytest.mark.parametrize(
    ("made", "targets", "says"),
    [
        (lambda **o: UIStream(tools=[asks], **o), "5", "the tool 'send', which asks for approval, needs a chunk tool-approval-request.*version 5.*from 6.0.0 or 7.0.0 on"),
        (lambda **o: UIStream(tools=[asks], **o), ["6", "5.0"], "target is '5.0'"),
        (lambda **o: UIStream(Reset, **o), "7", "Reset needs a chunk reset-step, which exists since 7.0.70"),
        (lambda **o: UIStream(uses=[CustomChunk], **o), "6", "CustomChunk needs a chunk custom"),
        (lambda **o: UIStream(Cited, **o), "7.0", "Cited requires citations.*7.0.138.*Omittable"),
        (lambda **o: UIStream(Cited, **o), "6", "Cited requires citations.*never"),
    ],
)  # fmt: skip
def test_a_contract_that_its_targets_cannot_take(made: Any, targets: Any, says: str) -> None:
    with pytest.raises(TargetError, match=says) as caught:
        made(targets=targets)
    assert caught.value.target in (targets, *targets)
    with pytest.raises(TargetError, match=says):
        made().encoder(targets)


@pytest.mark.parametrize(
    ("made", "targets"),
    [
        (lambda **o: UIStream(tools=[asks], **o), ["6", "7"]),
        (lambda **o: UIStream(tools=[asks], **o), "6.0"),
        (lambda **o: UIStream(Reset, **o), "7.0.70"),
        (lambda **o: UIStream(Cited, **o), "7"),
        (lambda **o: UIStream(Started, Plan, **o), "5.0"),
        (lambda **o: UIStream(uses=[ToolInputErrorChunk, AbortChunk, ReasoningFileChunk], **o), "7.0"),
        (lambda **o: UIStream(uses=[ToolInputErrorChunk], **o), "5.0"),
    ],
)  # fmt: skip
def test_a_contract_that_its_targets_take(made: Any, targets: Any) -> None:
    contract = made(targets=targets)
    assert contract.encoder().targets == Encoder(targets).targets
    assert made().encoder(targets).targets == Encoder(targets).targets


def test_a_contract_without_targets_is_for_all_current_clients() -> None:
    with pytest.raises(TargetError, match="send"):
        UIStream(tools=[asks]).encoder()
    assert UIStream(Plan).encoder().targets == Encoder().targets


def test_the_reasons_of_python_are_not_those_of_version_5() -> None:
    with pytest.raises(ValueError, match="interrupted"):
        TypeAdapter(FinishReason).validate_python("unknown")
    assert ToolApprovalRequestChunk.model_fields["type"].default == "tool-approval-request"
