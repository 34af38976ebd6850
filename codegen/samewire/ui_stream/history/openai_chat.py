"""For OpenAI's Chat Completions and all that speaks it: also for LiteLLM, and for LangChain, which reads these messages too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from samewire.ui_stream.history.values import (
    Json,
    arguments,
    file_of,
    is_told,
    known_of,
    result_of,
    spoken,
    text_in,
)
from samewire.ui_stream.messages import UIMessage
from samewire.ui_stream.parts import FileUIPart, TextUIPart, UIPart
from samewire.ui_stream.tool_parts import DynamicToolCallUIPart, ToolCallUIPart

_AUDIO: Final = {"audio/wav": "wav", "audio/x-wav": "wav", "audio/mpeg": "mp3", "audio/mp3": "mp3"}


def model_messages(messages: Iterable[UIMessage]) -> list[Any]:
    """
    The ``messages`` of a request. Reasoning, sources and data parts are for the page, and messages of the system are the server's.

    Raises:
        UnreadableFileError: a user's file is not one that the API reads.

    """
    found: list[Json] = []
    for role, parts in spoken(messages):
        found += [_user(parts)] if role == "user" else _assistant(parts)
    return found


def _user(parts: list[UIPart]) -> Json:
    if all(isinstance(part, TextUIPart) for part in parts):
        return {"role": "user", "content": text_in(parts)}
    content = [
        {"type": "text", "text": part.text} if isinstance(part, TextUIPart) else _file(part)
        for part in parts
        if isinstance(part, TextUIPart | FileUIPart)
    ]
    return {"role": "user", "content": content}


def _file(part: FileUIPart) -> Json:
    file = file_of(part)
    if file.kind.startswith("image/"):
        return {"type": "image_url", "image_url": {"url": file.url}}
    if file.base64 is None:
        raise file.refused("has to be sent as data")
    if file.kind.startswith("text/"):
        return {"type": "text", "text": file.text()}
    if file.kind in _AUDIO:
        audio = {"data": file.base64, "format": _AUDIO[file.kind]}
        return {"type": "input_audio", "input_audio": audio}
    if file.kind == "application/pdf":
        return {"type": "file", "file": {"filename": file.name, "file_data": file.url}}
    raise file.refused("is not of a type that the model reads")


def _assistant(parts: list[UIPart]) -> list[Json]:
    calls = [
        part
        for part in parts
        if isinstance(part, ToolCallUIPart | DynamicToolCallUIPart)
        and is_told(part)
        and not part.provider_executed
    ]
    said = text_in(parts)
    if not said and not calls:
        return []
    message: Json = {"role": "assistant", "content": said or None}
    if calls:
        message["tool_calls"] = [_call(part) for part in calls]
    return [message, *(_result(part) for part in calls)]


def _call(part: ToolCallUIPart | DynamicToolCallUIPart) -> Json:
    function = {"name": part.tool_name, "arguments": arguments(part)}
    call = {"id": part.tool_call_id, "type": "function", "function": function}
    extra = known_of(part, "openai", "call_provider_metadata").get("extraContent")
    return call if extra is None else {**call, "extra_content": extra}


def _result(part: ToolCallUIPart | DynamicToolCallUIPart) -> Json:
    return {"role": "tool", "tool_call_id": part.tool_call_id, "content": result_of(part).text}
