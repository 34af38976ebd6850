"""Whether what ``samewire.ui_stream.history`` makes of conversations is what the vendors' own types say of a request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from anthropic.types.beta import BetaMessageParam
from langchain_core.messages import convert_to_messages
from openai.types.chat import ChatCompletionMessageParam
from openai.types.responses import ResponseInputItemParam
from pydantic import TypeAdapter
from pydantic_ai.messages import ModelMessagesTypeAdapter
from samewire.ui_stream import UIMessage
from samewire.ui_stream.history import (
    anthropic,
    langchain,
    openai_chat,
    openai_responses,
    pydantic_ai,
)

from tests.ui_stream.adapters.conversations import conversations

TO_CHECK: list[tuple[Any, TypeAdapter[Any]]] = [
    (openai_chat.model_messages, TypeAdapter(ChatCompletionMessageParam)),
    (openai_responses.input_items, TypeAdapter(ResponseInputItemParam)),
    (anthropic.model_messages, TypeAdapter(BetaMessageParam)),
]


class History(Protocol):
    def model_messages(self, messages: Iterable[UIMessage], /) -> list[Any]: ...
    def ui_messages(self, messages: Iterable[Any], /) -> list[UIMessage]: ...


TO_READ: list[tuple[History, Callable[[Any], Any]]] = [
    (langchain, convert_to_messages),
    (pydantic_ai, ModelMessagesTypeAdapter.validate_python),
]
"""What the package reads as objects of its own, which come to the same messages again."""


def check() -> int:
    """How many messages were checked."""
    count = 0
    for name, given in conversations():
        for history, read in TO_READ:
            kept = history.model_messages([UIMessage.model_validate(one) for one in given])
            again = history.model_messages(history.ui_messages(read(kept)))
            if again != kept:
                raise ValueError(f"{name}: {kept} comes back as {again}")
            count += len(kept)
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
