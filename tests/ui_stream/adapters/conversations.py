"""Conversations of every kind of part, for the tests of histories."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.ui_stream.adapters.recorded import replies

PNG = "data:image/png;base64,AAAA"
PDF = "data:application/pdf;base64,AAAA"


def part(state: str, **more: Any) -> dict[str, Any]:
    return {"type": "tool-f", "toolCallId": f"c-{state}", "state": state, "input": {"a": 1}, **more}


CALLS: list[dict[str, Any]] = [
    part("input-streaming"),
    part("input-available"),
    part("approval-requested", approval={"id": "1"}),
    part("approval-responded", approval={"id": "2", "approved": False, "reason": "no"}),
    part("output-available", output={"b": [None]}),
    part("output-error", errorText="down"),
    part("output-denied", approval={"id": "3", "approved": False}),
    {**part("output-error", rawInput='{"a', errorText="not JSON"), "toolCallId": "c-raw", "input": None},
]  # fmt: skip
del CALLS[-1]["input"]


def user(*parts: Any, key: str = "u") -> dict[str, Any]:
    found = [{"type": "text", "text": one} if isinstance(one, str) else one for one in parts]
    return {"id": key, "role": "user", "parts": found}


def file(url: str, media_type: str, **more: Any) -> dict[str, Any]:
    return {"type": "file", "url": url, "mediaType": media_type, **more}


FILES = [
    file(PNG, "image/png"),
    file("https://example.com/a.webp", "image/webp"),
    file(PDF, "application/pdf", filename="a.pdf"),
    file("data:text/plain,a%20b", "text/plain"),
]


def conversations() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    yield "files", [user("look", *FILES)]
    assistant = {"id": "m", "role": "assistant", "parts": [{"type": "step-start"}, *CALLS]}
    yield "calls", [user("hello"), assistant, user("more", key="v")]
    for found in replies():
        message = json.loads(found.adapter.message.to_json())
        yield f"{found.vendor}: {found.name}", [user("hello"), message, user("more", key="v")]
