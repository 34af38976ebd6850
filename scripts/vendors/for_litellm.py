"""Streams of LiteLLM's own classes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from litellm.types.utils import Delta, ModelResponseStream, StreamingChoices, Usage

from scripts.vendors.recording import Recording


def events() -> Recording:
    names = {
        *ModelResponseStream.model_fields,
        *StreamingChoices.model_fields,
        *Delta.model_fields,
        *("content", "role", "function_call", "tool_calls", "audio", "images", "annotations"),
        *("finish_reason", "index", "delta", "usage"),
    }
    streams = {name: [_chunk(one) for one in sent] for name, sent in _streams()}
    return Recording("litellm", {"field": sorted(names)}, streams)


def _chunk(given: dict[str, Any]) -> Any:
    more = {key: given.pop(key) for key in ("usage", "citations", "finish_reason") if key in given}
    choice = StreamingChoices(delta=Delta(**given), finish_reason=more.pop("finish_reason", None))
    return ModelResponseStream(id="chatcmpl-1", created=1, model="claude", choices=[choice], **more)


def _call(index: int, arguments: str, **first: Any) -> dict[str, Any]:
    call = {"index": index, "type": "function", "function": {"arguments": arguments, **first}}
    return {"tool_calls": [call]}


def _streams() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    usage = Usage(prompt_tokens=20, completion_tokens=7, total_tokens=27)
    yield (
        "text",
        [
            {"role": "assistant", "content": "Hello"},
            {"content": ", 🌍!"},
            {"finish_reason": "stop"},
            {"usage": usage},
        ],
    )
    signed = {"type": "thinking", "thinking": "", "signature": "EqQB"}
    thinking = {"type": "thinking", "thinking": "Hm"}
    yield (
        "thinking, two calls at once",
        [
            {"reasoning_content": "Hm", "thinking_blocks": [thinking]},
            {"reasoning_content": "", "thinking_blocks": [signed]},
            {"thinking_blocks": [{"type": "redacted_thinking", "data": "EvAB"}]},
            {"tool_calls": [{"index": 0, "id": "a", "type": "function", "function": {"name": "f", "arguments": ""}}]},
            _call(0, '{"a": 1}'),
            {"tool_calls": [{"index": 1, "id": "b", "type": "function", "function": {"name": "f", "arguments": "{}"}}]},
            {"finish_reason": "tool_calls"},
        ],
    )  # fmt: skip
    image = {"image_url": {"url": "data:image/png;base64,AAAA"}, "index": 0, "type": "image_url"}
    yield (
        "pages, images, what is left out",
        [
            {"content": "Cold [1].", "citations": ["https://example.com/oslo"]},
            {"content": "!", "citations": ["https://example.com/oslo"]},
            {"images": [image]},
            {"content": "", "provider_specific_fields": {"citation": None}},
            {"finish_reason": "stop"},
        ],
    )
    page = {"url": "https://example.com/a", "title": "A", "start_index": 0, "end_index": 4}
    yield (
        "citations, and the old way to call",
        [
            {"content": "Cold"},
            {"annotations": [{"type": "url_citation", "url_citation": page}]},
            {"function_call": {"name": "f", "arguments": "{}"}},
            {"finish_reason": "function_call"},
        ],
    )
