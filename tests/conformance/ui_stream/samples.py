"""
Every chunk, made from its class: as little as it needs, each optional field, all of them, and null where anything may stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from samewire.ui_stream import (
    Chunk,
    Citation,
    DataChunk,
    DocumentCitationSource,
    FileUIPart,
    StandardChunk,
    TextUIPart,
    UrlCitationSource,
)

PROVIDER_METADATA: dict[str, Any] = {
    "openai": {"itemId": "rs_1", "nested": {"a": [1, 2.5, None, True, "é😀"]}, "nothing": None},
    "empty": {},
}

VALUES: dict[str, Any] = {
    "approval_id": "approval-1",
    "approved": False,
    "citations": [
        Citation(
            source=UrlCitationSource(type="source", id="s1", url="https://e.org/a?b=c", title="T"),
            start_index=0,
            end_index=12,
            cited_text="cited",
        ),
        Citation(
            source=DocumentCitationSource(
                type="source",
                id="s2",
                media_type="application/pdf",
                title="D",
                filename="d.pdf",
                provider_metadata=PROVIDER_METADATA,
            )
        ),
    ],
    "delta": "Grüße\n\u2028\r 😀 \0 </script> \"'\\",
    "dynamic": False,
    "error_text": "it failed",
    "filename": "a.pdf",
    "finish_reason": "tool-calls",
    "id": "id-1",
    "input_encoding": "text",
    "input_text_delta": '{"a":',
    "is_automatic": True,
    "kind": "openai.compaction",
    "media_type": "image/png",
    "message_id": "message-1",
    "parts": [
        TextUIPart(text="steer"),
        FileUIPart(media_type="image/png", url="data:image/png;base64,AA==", filename="a.png"),
    ],
    "preliminary": False,
    "provider_executed": True,
    "provider_metadata": PROVIDER_METADATA,
    "reason": "because",
    "signature": "c2ln",
    "source_id": "source-1",
    "title": "A title",
    "tool_call_id": "call-1",
    "tool_metadata": {"icon": "x", "nested": {"a": [None]}},
    "tool_name": "search",
    "transient": False,
    "url": "https://example.org/ä?q=1#x",
}

UNKNOWN = (
    "approval_descriptor",
    "data",
    "input",
    "input_schema_input",
    "message_metadata",
    "output",
)
ANYTHING: tuple[Any, ...] = (None, 0, False, "", [], {}, {"a": {"b": [None, 1.5]}}, "text")


@dataclass(frozen=True, slots=True)
class Sample:
    """``keys`` are what is in it besides ``type`` and what the chunk always has, as they are on the wire."""

    chunk: Chunk
    keys: tuple[str, ...]


def chunk_classes() -> list[type[Chunk]]:
    return [*get_args(get_args(StandardChunk.__value__)[0]), DataChunk]


def tag_of(cls: type[Chunk]) -> str:
    return "data-*" if cls is DataChunk else str(cls.model_fields["type"].default)


def samples() -> Iterator[Sample]:
    for cls in chunk_classes():
        yield from _samples_of(cls)


def _samples_of(cls: type[Chunk]) -> Iterator[Sample]:
    fields = {name: field for name, field in cls.model_fields.items() if name != "type"}
    needed = {name: value_of(name) for name, field in fields.items() if field.is_required()}
    if cls is DataChunk:
        needed["type"] = "data-weather"
    optional = {name: value_of(name) for name, field in fields.items() if not field.is_required()}
    wire = {name: str(field.alias) for name, field in fields.items()}
    yield Sample(cls(**needed), ())
    for name, value in optional.items():
        yield Sample(cls(**needed, **{name: value}), (wire[name],))
    if optional:
        yield Sample(cls(**needed, **optional), tuple(wire[name] for name in optional))
    for name in fields:
        if name in UNKNOWN:
            for anything in ANYTHING:
                yield Sample(cls(**{**needed, name: anything}), (wire[name],))


def value_of(name: str) -> Any:
    return {"any": name} if name in UNKNOWN else VALUES[name]
