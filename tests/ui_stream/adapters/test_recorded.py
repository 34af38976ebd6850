"""Every stream that was recorded of a vendor's classes, through its adapter."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from samewire.ui_stream import Encoder, StreamGuard

from tests.ui_stream.adapters.recorded import ADAPTERS, RECORDED, Reply, names, replies, reply

SHOWN = Path(__file__).with_name("shown.json")
"""What the user sees of each stream; ``SAMEWIRE_UPDATE_GOLDEN=1`` rewrites it."""


@pytest.mark.parametrize(("vendor", "name"), names())
def test_the_chunks_are_in_order_and_are_written_for_every_client(vendor: str, name: str) -> None:
    found = reply(vendor, name)
    guard = StreamGuard(strict=True)
    for chunk in found.chunks:
        assert guard.feed(chunk) == (chunk,)
    if found.error is None:
        assert guard.end() == ()
        assert found.chunks[-1].type == "finish"
    encode = Encoder("6")  # version 5 has no approvals
    for chunk in found.chunks:
        assert encode(chunk)


@pytest.mark.parametrize(("vendor", "name"), names())
def test_objects_and_their_json_give_the_same(vendor: str, name: str) -> None:
    assert reply(vendor, name, objects=True).chunks == reply(vendor, name).chunks


def test_what_the_user_sees() -> None:
    shown = {f"{one.vendor}: {one.name}": summary(one) for one in replies()}
    if os.environ.get("SAMEWIRE_UPDATE_GOLDEN"):
        SHOWN.write_text(json.dumps(shown, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert shown == json.loads(SHOWN.read_text(encoding="utf-8"))


def summary(found: Reply) -> dict[str, Any]:
    adapter = found.adapter
    ended = {"error": str(found.error), "code": found.error.code} if found.error else {}
    return {
        "parts": found.parts,
        "calls": [call.id for call in adapter.calls],
        "finish_reason": adapter.finish_reason,
        **ended,
    }


@pytest.mark.parametrize("vendor", ADAPTERS)
def test_every_type_of_event_is_mapped_or_named_as_ignored(vendor: str) -> None:
    known = {
        label for kind, tags in RECORDED[vendor]["known"].items() for label in labels(kind, tags)
    }
    ignored = {*ADAPTERS[vendor].ignored}
    assert ignored - known <= UNDECLARED[vendor]
    seen = set(types(vendor, RECORDED[vendor]["streams"]))
    assert known - ignored <= seen, "a stream has to have each"
    assert sum(one.adapter.unknown.total() for one in replies() if one.vendor == vendor) == 0


UNDECLARED: dict[str, set[str]] = {
    "anthropic": {"ping", "compaction"},  # of the wire, and of the beta helper
    "openai_chat": set(),
    "openai_responses": set(),
}
"""What comes though the vendor's union does not list it."""


def labels(kind: str, tags: list[str]) -> Iterator[str]:
    """As ``ignored`` calls them: the type of an event, or what of it has the type, and the type."""
    for tag in tags:
        yield tag if kind in ("event", "field") else f"{kind} {tag}"


def types(vendor: str, value: Any, kind: str = "event") -> Iterator[str]:
    """The types, or the fields of a chat's chunks, that there are in the streams."""
    if isinstance(value, list):
        for one in value:
            yield from types(vendor, one, kind)
    elif isinstance(value, dict):
        if vendor == "openai_chat":
            yield from (key for key, inner in value.items() if inner is not None)
        if isinstance(tag := value.get("type"), str):
            yield from (tag, f"{kind} {tag}")
        for key, inner in value.items():
            yield from types(vendor, inner, key)


@pytest.mark.parametrize(
    ("vendor", "event", "label"),
    [
        ("anthropic", {"type": "telepathy"}, "telepathy"),
        ("anthropic", {"type": "content_block_start", "index": 0, "content_block": {"type": "smell"}}, "content_block smell"),
        ("anthropic", {"type": "content_block_delta", "index": 0, "delta": {"type": "smell_delta"}}, "delta smell_delta"),
        ("openai_chat", {"choices": [{"index": 0, "delta": {"smell": "x"}}]}, "smell"),
        ("openai_responses", {"type": "response.smell.delta"}, "response.smell.delta"),
        ("openai_responses", {"type": "response.output_item.done", "output_index": 0, "item": {"type": "smell"}}, "item smell"),
    ],
)  # fmt: skip
def test_an_unknown_event_is_left_out_and_told(
    vendor: str, event: Any, label: str, caplog: pytest.LogCaptureFixture
) -> None:
    adapter = ADAPTERS[vendor]()
    adapter.begin()
    adapter.drain()
    assert adapter.feed(event) == adapter.feed(event) == []
    assert adapter.unknown == {label: 2}
    (logged,) = caplog.messages
    assert repr(label) in logged
