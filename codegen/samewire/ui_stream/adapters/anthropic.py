"""Anthropic's Messages: ``client.messages.create(..., stream=True)``, or ``client.messages.stream(...)``; beta ones too."""

from __future__ import annotations

import json
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
from samewire.ui_stream.shared import FinishReason

_REASONS: Final[dict[str, FinishReason]] = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "pause_turn": "stop",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "tool_use": "tool-calls",
    "refusal": "content-filter",
}

_CALLS: Final = ("tool_use", "server_tool_use", "mcp_tool_use")


class Messages(Adapter):
    """
    Content blocks of a message: text with its citations, thinking with its signature, calls of the application's tools, and of
    those that Anthropic runs with what they gave.
    """

    ignored: ClassVar[Mapping[str, str]] = {
        "ping": "keeps the connection open",
        "text": "the SDK's, beside the delta that it is made of",
        "thinking": "the SDK's, beside the delta that it is made of",
        "signature": "the SDK's, beside the delta that it is made of",
        "citation": "the SDK's, beside the delta that it is made of",
        "input_json": "the SDK's, beside the delta that it is made of",
        "compaction": "the SDK's, beside the delta that it is made of",
        "content_block container_upload": "a file in the container, which only the API can read",
        "content_block compaction": "what is left of a long conversation is for the model alone",
        "content_block fallback": "says which model answers",
        "content_block mcp_tool_listing": "what a server offers is for the model",
        "delta compaction_delta": "what is left of a long conversation is for the model alone",
    }

    def begin(self) -> None:
        super().begin()
        self._signatures: dict[Any, str] = {}
        self._usage: dict[str, Any] = {}

    def take(self, event: Any) -> None:
        kind, index = text_of(event, "type"), get(event, "index")
        match kind:
            case "message_start":
                self._usage = plain(get(event, "message", "usage")) or {}
                self.used(_usage(self._usage))
            case "content_block_start":
                self._block_begins(index, get(event, "content_block"))
            case "content_block_delta":
                self._delta(index, get(event, "delta"))
            case "content_block_stop":
                self._block_ends(index)
            case "message_delta":
                self._message_delta(event)
            case "message_stop":
                self.finish_reason = self.finish_reason or "other"
            case "error":
                error = get(event, "error")
                raise ModelError(text_of(error, "message"), text_of(error, "type") or None)
            case _:
                self.pass_over(kind)

    def _block_begins(self, index: int, block: Any) -> None:
        kind, name = text_of(block, "type"), text_of(block, "name")
        match kind:
            case "text":
                self.text(index, text_of(block, "text"))
            case "thinking":
                self.reasoning(index, text_of(block, "thinking"))
            case "redacted_thinking":
                again = metadata("anthropic", redactedData=text_of(block, "data"))
                self.reasoning(index, "", again)
            case _ if kind in _CALLS:
                self.call(
                    index,
                    name,
                    text_of(block, "id"),
                    provider_executed=kind != "tool_use",
                    dynamic=kind == "mcp_tool_use",
                    metadata=metadata(
                        "anthropic",
                        serverName=get(block, "server_name"),
                        caller=_caller(block),
                        type=kind if kind == "mcp_tool_use" else None,
                    ),
                )
                if given := plain(get(block, "input")):
                    self.call_delta(index, json.dumps(given))
            case _ if kind.endswith("_tool_result"):
                self._result(kind, block)
            case _:
                self.pass_over(f"content_block {kind}")

    def _delta(self, index: int, delta: Any) -> None:
        match kind := text_of(delta, "type"):
            case "text_delta":
                self.text(index, text_of(delta, "text"))
            case "thinking_delta":
                self.reasoning(index, text_of(delta, "thinking"))
            case "signature_delta":
                self._signatures[index] = text_of(delta, "signature")
            case "input_json_delta":
                self.call_delta(index, text_of(delta, "partial_json"))
            case "citations_delta":
                self._cited(index, get(delta, "citation"))
            case _:
                self.pass_over(f"delta {kind}")

    def _block_ends(self, index: int) -> None:
        again = metadata("anthropic", signature=self._signatures.pop(index, None))
        if again:  # of thinking that is not shown, the signature is all there is
            self.reasoning(index, "", again)
        self.close(index, again)
        self.called(index)

    def _cited(self, index: int, citation: Any) -> None:
        quote = {"cited_text": get(citation, "cited_text")}
        title, source = text_of(citation, "title"), text_of(citation, "source")
        url = text_of(citation, "url") or (source if source.startswith("https://") else "")
        if url:
            page: dict[str, Any] = {"url": url, "title": title or None}
            self.cite(index, self.source_url(**page), page, **quote)
            return
        known = plain(citation)
        document: dict[str, Any] = {
            "title": title or text_of(citation, "document_title") or source or "Document",
            "media_type": "text/plain",
        }
        place = {key: value for key, value in known.items() if key != "cited_text"}
        number = get(citation, "document_index")
        source_id = self.source_document(source or number, **document)
        self.cite(
            index, source_id, {**document, "provider_metadata": {"anthropic": place}}, **quote
        )

    def _result(self, kind: str, block: Any) -> None:
        """What a tool gave that Anthropic ran. The model is to be given the same content again."""
        call_id, content = text_of(block, "tool_use_id"), plain(get(block, "content"))
        again = metadata("anthropic", type=kind)
        failed = text_of(content, "type").endswith("_error")
        if failed:
            self.fail(call_id, text_of(content, "error_code") or "unavailable", again)
        elif get(block, "is_error"):
            said = [text_of(one, "text") for one in items_of({"content": content}, "content")]
            self.fail(call_id, content if isinstance(content, str) else "\n".join(said), again)
        else:
            self.output(call_id, content, metadata=again)

    def _message_delta(self, event: Any) -> None:
        self._usage = {**self._usage, **(plain(get(event, "usage")) or {})}
        self.used(_usage(self._usage))
        reason = get(event, "delta", "stop_reason")
        if reason is not None:
            self.finish_reason = finish_reason(_REASONS, reason)
        if said := text_of(event, "delta", "stop_details", "explanation"):
            category = get(event, "delta", "stop_details", "category")
            self.text("refusal", said, metadata("anthropic", refusal=True, category=category))


def _caller(block: Any) -> Any:
    """Code that calls a tool; most calls are the model's own."""
    caller = plain(get(block, "caller"))
    return None if text_of(caller, "type") in ("", "direct") else caller


def _usage(usage: Mapping[str, Any]) -> Usage:
    cached = count_of(usage, "cache_read_input_tokens")
    given = (
        count_of(usage, "input_tokens"),
        count_of(usage, "cache_creation_input_tokens"),
        cached,
    )
    known = [one for one in given if one is not None]
    return Usage.of(
        sum(known) if known else None,
        count_of(usage, "output_tokens"),
        reasoning_tokens=count_of(usage, "output_tokens_details", "thinking_tokens"),
        cached_input_tokens=cached,
    )
