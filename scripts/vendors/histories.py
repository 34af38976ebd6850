"""Whether what ``samewire.ui_stream.history`` makes of conversations is what the vendors' own types say of a request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from anthropic.types.beta import BetaMessageParam
from openai.types.chat import ChatCompletionMessageParam
from openai.types.responses import ResponseInputItemParam
from pydantic import TypeAdapter
from samewire.ui_stream import UIMessage
from samewire.ui_stream.history import anthropic, openai_chat, openai_responses

from tests.ui_stream.adapters.conversations import conversations

TO_CHECK: list[tuple[Any, TypeAdapter[Any]]] = [
    (openai_chat.model_messages, TypeAdapter(ChatCompletionMessageParam)),
    (openai_responses.input_items, TypeAdapter(ResponseInputItemParam)),
    (anthropic.model_messages, TypeAdapter(BetaMessageParam)),
]


def check() -> int:
    """How many messages were checked."""
    count = 0
    for name, messages in conversations():
        for write, adapter in TO_CHECK:
            for one in write([UIMessage.model_validate(message) for message in messages]):
                try:
                    _whole(adapter.validate_python(one))
                except ValueError as error:
                    raise ValueError(f"{name}: {one}: {error}") from error
                count += 1
    return count


def _whole(value: Any) -> None:
    """What is declared as an iterable is only validated when it is gone through."""
    if isinstance(value, dict):
        for inner in value.values():
            _whole(inner)
    elif isinstance(value, Iterable) and not isinstance(value, str | bytes):
        for inner in value:
            _whole(inner)
