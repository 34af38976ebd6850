"""For LangChain and LangGraph: dictionaries that ``convert_to_messages`` reads, as do its models, and graphs in their state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from samewire.ui_stream.adapters.values import get, items_of, plain, text_of
from samewire.ui_stream.history import openai_chat
from samewire.ui_stream.history.anthropic import reasoning, thinking
from samewire.ui_stream.history.building import Builder, called, called_by_text, output_of, text
from samewire.ui_stream.history.values import (
    Json,
    input_object,
    own_calls,
    result_of,
    spoken,
    text_in,
)
from samewire.ui_stream.messages import UIMessage
from samewire.ui_stream.parts import ReasoningUIPart, TextUIPart, UIPart
from samewire.ui_stream.tool_parts import CallPart


def model_messages(messages: Iterable[UIMessage]) -> list[Any]:
    """
    The ``messages`` of a model, or of a graph's input. Sources and data parts are for the page, and messages of the system are the
    server's. Of reasoning, that of Anthropic is given again, with its signature.

    Raises:
        UnreadableFileError: a user's file is not one that the models read.

    """
    found: list[Json] = []
    for role, parts in spoken(messages):
        found += [openai_chat.user_message(parts)] if role == "user" else _assistant(parts)
    return found


def _assistant(parts: list[UIPart]) -> list[Json]:
    calls = own_calls(parts)
    thought = [
        block for part in parts if isinstance(part, ReasoningUIPart) for block in thinking(part)
    ]
    said: Any = text_in(parts)
    if thought:
        texts = [part.text for part in parts if isinstance(part, TextUIPart) and part.text]
        said = [*thought, *({"type": "text", "text": one} for one in texts)]
    if not said and not calls:
        return []
    message: Json = {"role": "assistant", "content": said}
    if calls:
        message["tool_calls"] = [_call(part) for part in calls]
    return [message, *(_result(part) for part in calls)]


def _call(part: CallPart) -> Json:
    named = {"type": "tool_call", "name": part.tool_name, "id": part.tool_call_id}
    return {**named, "args": input_object(part)}


def _result(part: CallPart) -> Json:
    result = result_of(part)
    message = {"role": "tool", "tool_call_id": part.tool_call_id, "content": result.text}
    return {**message, "status": "error"} if result.failed else message


# --- And back ---------------------------------------------------------------------------------------------------------


def ui_messages(messages: Iterable[Any]) -> list[UIMessage]:
    """
    What a page shows of a conversation that was kept as messages of LangChain, such as those in the state of a graph: objects,
    their JSON, or what :func:`model_messages` gives. Messages of the system are the server's.
    """
    builder = Builder()
    for message in messages:
        kind, content = (
            text_of(message, "type") or text_of(message, "role"),
            get(message, "content"),
        )
        blocks = [{"type": "text", "text": content}] if isinstance(content, str) else content
        if kind in ("human", "HumanMessageChunk", "user"):
            builder.user(openai_chat.user_parts(blocks))
        elif kind in ("ai", "AIMessageChunk", "assistant"):
            said = [part for block in blocks or () for part in _parts_of_block(block)]
            builder.step([*said, *_calls(message)])
        elif kind in ("tool", "ToolMessageChunk"):
            told = output_of("".join(text_of(block, "text") for block in blocks or ()))
            failed = get(message, "status") == "error"
            builder.result(text_of(message, "tool_call_id"), told, failed=failed)
    return builder.built()


def _parts_of_block(block: Any) -> Iterator[Json]:
    match "text" if isinstance(block, str) else text_of(block, "type"):
        case "text":
            if said := block if isinstance(block, str) else text_of(block, "text"):
                yield text(said)
        case "thinking" | "redacted_thinking":
            yield reasoning(block)


def _calls(message: Any) -> Iterator[Json]:
    for call in items_of(message, "tool_calls"):
        yield called(text_of(call, "id"), text_of(call, "name"), plain(get(call, "args")))
    for call in items_of(message, "invalid_tool_calls"):
        yield called_by_text(text_of(call, "id"), text_of(call, "name"), text_of(call, "args"))
