"""For OpenAI's Chat Completions and all that speaks it: also for LiteLLM."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from samewire.ui_stream.adapters.values import data_url, get, metadata, plain, text_of
from samewire.ui_stream.history.building import Builder, called_by_text, file, output_of, text
from samewire.ui_stream.history.values import (
    Json,
    arguments,
    file_of,
    known_of,
    own_calls,
    result_of,
    spoken,
    text_in,
)
from samewire.ui_stream.messages import UIMessage
from samewire.ui_stream.parts import FileUIPart, TextUIPart, UIPart
from samewire.ui_stream.tool_parts import CallPart

_AUDIO: Final = {"audio/wav": "wav", "audio/x-wav": "wav", "audio/mpeg": "mp3", "audio/mp3": "mp3"}


def model_messages(messages: Iterable[UIMessage]) -> list[Any]:
    """
    The ``messages`` of a request. Reasoning, sources and data parts are for the page, and messages of the system are the server's.

    Raises:
        UnreadableFileError: a user's file is not one that the API reads.

    """
    found: list[Json] = []
    for role, parts in spoken(messages):
        found += [user_message(parts)] if role == "user" else _assistant(parts)
    return found


def user_message(parts: list[UIPart]) -> Json:
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
    calls = own_calls(parts)
    said = text_in(parts)
    if not said and not calls:
        return []
    message: Json = {"role": "assistant", "content": said or None}
    if calls:
        message["tool_calls"] = [_call(part) for part in calls]
    return [message, *(_result(part) for part in calls)]


def _call(part: CallPart) -> Json:
    function = {"name": part.tool_name, "arguments": arguments(part)}
    call = {"id": part.tool_call_id, "type": "function", "function": function}
    extra = known_of(part, "openai", "call_provider_metadata").get("extraContent")
    return call if extra is None else {**call, "extra_content": extra}


def _result(part: CallPart) -> Json:
    return {"role": "tool", "tool_call_id": part.tool_call_id, "content": result_of(part).text}


# --- And back ---------------------------------------------------------------------------------------------------------


def ui_messages(messages: Iterable[Any]) -> list[UIMessage]:
    """
    What a page shows of a conversation that was kept as ``messages`` of the API: objects of the package, or their JSON. Messages of
    the system are the server's.
    """
    builder = Builder()
    for message in messages:
        match get(message, "role"):
            case "user":
                builder.user(user_parts(get(message, "content")))
            case "assistant":
                builder.step(_assistant_parts(message))
            case "tool":
                said = _joined(get(message, "content"))
                builder.result(text_of(message, "tool_call_id"), output_of(said))
    return builder.built()


def user_parts(content: Any) -> list[Json]:
    if isinstance(content, str):
        return [text(content)]
    return [part for block in content or () if (part := _part_of_block(block)) is not None]


def _part_of_block(block: Any) -> Json | None:
    match get(block, "type"):
        case "text":
            return text(text_of(block, "text"))
        case "image_url":
            return file(text_of(block, "image_url", "url"), "image/*")
        case "input_audio":
            kind = "audio/mpeg" if get(block, "input_audio", "format") == "mp3" else "audio/wav"
            return file(data_url(kind, text_of(block, "input_audio", "data")), kind)
        case "file" if url := text_of(block, "file", "file_data"):
            return file(url, "application/pdf", get(block, "file", "filename"))
        case _:
            return None


def _assistant_parts(message: Any) -> list[Json]:
    said = _joined(get(message, "content")) or text_of(message, "refusal")
    calls = [
        called_by_text(
            text_of(call, "id"),
            text_of(call, "function", "name"),
            text_of(call, "function", "arguments"),
            callProviderMetadata=metadata("openai", extraContent=plain(get(call, "extra_content"))),
        )
        for call in get(message, "tool_calls") or ()
    ]
    return [*([text(said)] if said else []), *calls]


def _joined(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "".join(text_of(block, "text") for block in content or ())
