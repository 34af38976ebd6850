"""OpenAI's Chat Completions, and the many services that speak it: ``client.chat.completions.create(..., stream=True)``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from samewire.ui_stream.adapters.adapter import Adapter
from samewire.ui_stream.adapters.values import (
    ModelError,
    Usage,
    count_of,
    finish_reason,
    get,
    items_of,
    metadata,
    plain,
    text_of,
)
from samewire.ui_stream.shared import FinishReason, InputEncoding, ProviderMetadata

REASONS: Final[dict[str, FinishReason]] = {
    "stop": "stop",
    "length": "length",
    "tool_calls": "tool-calls",
    "function_call": "tool-calls",
    "content_filter": "content-filter",
}
_DATA_URL: Final = re.compile(r"data:([^;,]+)")


class ChatCompletions(Adapter):
    """
    Of the choices, the first one. Beyond OpenAI's own fields, those of other services: ``reasoning_content`` or ``reasoning``,
    ``annotations`` and ``images``.

    Ask for ``stream_options={"include_usage": True}`` to get :attr:`usage`.
    """

    vendor: ClassVar[str] = "openai"
    ignored: ClassVar[Mapping[str, str]] = {
        "role": "is always the assistant's",
        "audio": "raw samples, which no part of a message plays; its transcript is text",
        "logprobs": "of tokens, not of content",
        "moderation": "verdicts for the backend",
        "obfuscation": "padding",
        "service_tier": "of the request",
        "system_fingerprint": "of the request",
    }
    """Fields of a chunk, a choice or a delta; all events are of one type."""

    mapped: ClassVar[frozenset[str]] = frozenset(
        (
            *("id", "object", "created", "model", "choices", "usage", "error"),
            *("index", "delta", "finish_reason"),
            *("content", "refusal", "tool_calls", "function_call"),
            *("reasoning_content", "reasoning", "annotations", "images"),
        )
    )

    def begin(self) -> None:
        super().begin()
        self._begun: dict[Any, str] = {}
        self._waiting: dict[Any, list[Any]] = {}
        self._refused = False

    def take(self, event: Any) -> None:
        self._watch(event)
        if (error := get(event, "error")) is not None:
            raise ModelError(text_of(error, "message") or str(error), str(get(error, "code")))
        if (usage := get(event, "usage")) is not None:
            self.used(_usage(usage))  # some services report it with each chunk, all of it
        for choice in items_of(event, "choices"):
            if get(choice, "index") in (0, None):
                self._watch(choice)
                if (delta := get(choice, "delta")) is not None:
                    self._watch(delta)
                    self.delta(delta)
                if (reason := get(choice, "finish_reason")) is not None:
                    self._finished(reason)

    def _watch(self, value: Any) -> None:
        given = value if isinstance(value, Mapping) else getattr(value, "model_fields_set", ())
        for name in given:
            if name not in self.mapped and get(value, name) is not None:
                self.pass_over(name)

    def delta(self, delta: Any) -> None:
        self._piece("reasoning", text_of(delta, "reasoning_content") or text_of(delta, "reasoning"))
        self._piece("text", text_of(delta, "content"))
        self._piece("refusal", text_of(delta, "refusal"))
        self._piece("transcript", text_of(delta, "audio", "transcript"))
        for place, call in enumerate(items_of(delta, "tool_calls")):
            index = get(call, "index")
            self._call_piece(place if index is None else index, call)
        if (call := get(delta, "function_call")) is not None:
            self._call_piece("function_call", {"function": call})
        for annotation in items_of(delta, "annotations"):
            self._cited(get(annotation, "url_citation"))
        for image in items_of(delta, "images"):
            self._image(text_of(image, "image_url", "url"))

    def _piece(self, kind: str, text: str) -> None:
        if not text:
            return
        self.only(kind)
        if kind == "reasoning":
            self.reasoning(kind, text)
            return
        self._refused = self._refused or kind == "refusal"
        self.text(kind, text, metadata(self.vendor, refusal=True) if kind == "refusal" else None)

    def _call_piece(self, key: Any, call: Any) -> None:
        """A piece of a call, which has its name at first, mostly. Some services give all calls one index."""
        name, call_id = _name(call), text_of(call, "id")
        begun = self._begun.get(key)
        if begun is not None and name and call_id not in ("", begun):
            self.called(key)
            begun = None
        if begun is None:
            waiting = self._waiting.setdefault(key, [])
            waiting.append(call)
            if name:
                self._begin_call(key, name, waiting)
                del self._waiting[key]
        else:
            self.call_delta(key, _arguments(call))

    def _begin_call(self, key: Any, name: str, pieces: list[Any]) -> None:
        self.only(None)
        call_id = next(filter(None, (text_of(piece, "id") for piece in pieces)), "")
        encoding: InputEncoding | None = "text" if _is_custom(pieces) else None
        self._begun[key] = call_id
        self.call(key, name, call_id, encoding=encoding, metadata=self.of_call(pieces))
        for piece in pieces:
            self.call_delta(key, _arguments(piece))

    def of_call(self, pieces: list[Any]) -> ProviderMetadata | None:
        """
        What the model is to be given again with the call: Gemini's signature of its thought, say, which its compatible endpoint
        sends as ``extra_content``.
        """
        found = (plain(get(piece, "extra_content")) for piece in pieces)
        return metadata(self.vendor, extraContent=next(filter(None, found), None))

    def _finished(self, reason: Any) -> None:
        for key, pieces in self._waiting.items():
            self._begin_call(key, "unknown", pieces)
        for key in self._begun:
            self.called(key)
        self._begun, self._waiting = {}, {}
        self.finish_reason = finish_reason(REASONS, reason)
        if self.finish_reason == "stop":
            self.finish_reason = (
                "content-filter" if self._refused else "tool-calls" if self.calls else "stop"
            )

    def _cited(self, citation: Any) -> None:
        if url := text_of(citation, "url"):
            title = text_of(citation, "title") or None
            source = self.source_url(url, title)
            start, end = get(citation, "start_index"), get(citation, "end_index")
            place = {"start_index": start, "end_index": end}
            self.cite("text", source, {"url": url, "title": title}, **place)

    def _image(self, url: str) -> None:
        if url:
            found = _DATA_URL.match(url)
            self.only(None)
            self.file(url, found.group(1) if found else "image/*")


def _name(call: Any) -> str:
    return text_of(call, "function", "name") or text_of(call, "custom", "name")


def _arguments(call: Any) -> str:
    return text_of(call, "function", "arguments") or text_of(call, "custom", "input")


def _is_custom(pieces: list[Any]) -> bool:
    return any(get(piece, "custom") is not None for piece in pieces)


def _usage(usage: Any) -> Usage:
    return Usage.of(
        count_of(usage, "prompt_tokens"),
        count_of(usage, "completion_tokens"),
        reasoning_tokens=count_of(usage, "completion_tokens_details", "reasoning_tokens"),
        cached_input_tokens=count_of(usage, "prompt_tokens_details", "cached_tokens"),
    )
