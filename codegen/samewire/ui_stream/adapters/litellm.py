"""LiteLLM: ``litellm.acompletion(..., stream=True)``. Its events are those of Chat Completions, with more fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from samewire.ui_stream.adapters.openai_chat import ChatCompletions
from samewire.ui_stream.adapters.values import get, items_of, metadata, text_of


class Completions(ChatCompletions):
    """As Chat Completions; also Anthropic's signatures of thinking, and the pages that Perplexity cites."""

    vendor: ClassVar[str] = "litellm"
    mapped: ClassVar[frozenset[str]] = ChatCompletions.mapped | {"thinking_blocks", "citations"}
    ignored: ClassVar[Mapping[str, str]] = {
        **ChatCompletions.ignored,
        "provider_specific_fields": "what of them has a form is in other fields too",
        "reasoning_items": "the summary is in `reasoning_content`",
    }

    def take(self, event: Any) -> None:
        super().take(event)
        for url in items_of(event, "citations"):
            if isinstance(url, str):
                self.source_url(url)

    def delta(self, delta: Any) -> None:
        super().delta(delta)
        for block in items_of(delta, "thinking_blocks"):
            if signature := text_of(block, "signature"):
                again = metadata("anthropic", signature=signature)
                self.reasoning("reasoning", "", again)
                self.close("reasoning", again)
            elif get(block, "type") == "redacted_thinking":
                self.only(None)
                self.reasoning(
                    "redacted", "", metadata("anthropic", redactedData=get(block, "data"))
                )
                self.close("redacted")
