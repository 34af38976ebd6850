"""Every stream that was recorded of a vendor's classes, through its adapter."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from samewire.ui_stream import Chunk, Encoder, MessageReducer, StreamGuard, UIMessageChunk
from samewire.ui_stream.adapters import ModelError

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


def in_order(vendor: str, events: list[Any]) -> None:
    adapter = ADAPTERS[vendor]()
    try:
        chunks = [adapter.start()]
        adapter.begin()
        for event in events:
            chunks += adapter.feed(event)
        chunks += [*adapter.end(), *adapter.finish()]
    except ModelError:
        return
    assert list(StreamGuard(strict=True).run(chunks)) == chunks


@pytest.mark.parametrize(("vendor", "name"), names())
def test_events_that_are_cut_off_or_out_of_order_leave_the_chunks_in_order(
    vendor: str, name: str
) -> None:
    events = RECORDED[vendor]["streams"][name]
    for end in range(len(events)):
        in_order(vendor, events[:end])
    rng = random.Random(name)
    for _ in range(30):
        some = [event for event in events for _ in range(rng.choice((0, 1, 1, 2)))]
        if rng.random() < 0.5:
            rng.shuffle(some)
        in_order(vendor, some)


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
    undeclared = {one for one in ignored - known if not one.startswith("block ")}
    assert undeclared == UNDECLARED.get(vendor, set())
    seen = set(types(vendor, RECORDED[vendor]["streams"]))
    assert known - ignored <= seen, "a stream has to have each"
    assert sum(one.adapter.unknown.total() for one in replies() if one.vendor == vendor) == 0


UNDECLARED: dict[str, set[str]] = {
    "anthropic": {"ping", "compaction"},  # of the wire, and of the beta helper
    "litellm": {"logprobs", "moderation", "obfuscation", "service_tier"},  # passed on from others
}
"""What comes though the vendor's union does not list it; nor does LangChain list blocks of content."""


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
        if vendor in ("openai_chat", "litellm"):
            yield from (key for key, inner in value.items() if inner is not None)
        for name in ("type", "event", "event_kind", "part_kind", "part_delta_kind"):
            if isinstance(tag := value.get(name), str):
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
        ("langchain", {"event": "on_smell"}, "on_smell"),
        ("langchain", {"event": "on_chat_model_stream", "data": {"chunk": {"content": [{"type": "smell"}]}}}, "block smell"),
        ("pydantic_ai", {"event_kind": "smell"}, "smell"),
        ("pydantic_ai", {"event_kind": "part_start", "index": 0, "part": {"part_kind": "smell"}}, "part smell"),
        ("pydantic_ai", {"event_kind": "part_delta", "index": 0, "delta": {"part_delta_kind": "smell"}}, "delta smell"),
        ("litellm", {"choices": [{"delta": {"smell": 1}}]}, "smell"),
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


@pytest.mark.parametrize(
    "name",
    sorted({*RECORDED["pydantic_ai"]["streams"]} - {"what is left out", "an approval, answered"}),
)
def test_pydantic_ais_own_adapter_shows_the_same(name: str) -> None:
    """Its ``VercelAIEventStream`` for version 6, on the same events. It has no citations on texts, and of a reply that continues no calls."""
    own = MessageReducer()
    for sent in RECORDED["pydantic_ai"]["oracle"][name]:
        own.apply(CHUNK.validate_python(sent))
    parts = json.loads(own.message.to_json())["parts"]
    assert shown(parts) == shown(
        json.loads(reply("pydantic_ai", name).adapter.message.to_json())["parts"]
    )


CHUNK: TypeAdapter[Chunk] = TypeAdapter(UIMessageChunk)


def shown(parts: list[dict[str, Any]]) -> list[Any]:
    keys = (
        "type",
        "state",
        "text",
        "toolCallId",
        "input",
        "output",
        "errorText",
        "url",
        "approval",
    )
    found = [{key: part.get(key) for key in keys} for part in parts]
    return [part for part in found if part["type"] not in ("source-url", "source-document")]
