"""For pydantic-ai: what ``ModelMessagesTypeAdapter.validate_python`` reads, and what a run goes on with after approvals."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from samewire.ui_stream.adapters.values import data_url, get, items_of, metadata, plain, text_of
from samewire.ui_stream.history.building import Builder, called, called_by_text, file, text
from samewire.ui_stream.history.values import (
    Json,
    file_of,
    input_of,
    is_told,
    known_of,
    result_of,
    spoken,
)
from samewire.ui_stream.messages import UIMessage
from samewire.ui_stream.parts import FileUIPart, ReasoningUIPart, TextUIPart, UIPart
from samewire.ui_stream.tool_parts import CallPart, DynamicToolCallUIPart, ToolCallUIPart

_VENDOR: Final = "pydantic_ai"
_AGAIN: Final = ("id", "signature", "tool_kind", "provider_name", "provider_details")
_URLS: Final = {"image": "image-url", "audio": "audio-url", "video": "video-url"}
_FAILED: Final = ("failed", "interrupted", "retried")


def model_messages(messages: Iterable[UIMessage]) -> list[Any]:
    """
    The ``message_history`` of a run, for ``ModelMessagesTypeAdapter.validate_python``. The last of them has what the run answers,
    so it needs no prompt. A call that the user has just answered has no result: give :func:`approvals` to the run.

    Sources and data parts are for the page, and messages of the system are the server's.

    Raises:
        UnreadableFileError: a user's file has neither a URL of the web nor one of data.

    """
    found: list[Json] = []
    turns = [*spoken(messages)]
    for at, (role, parts) in enumerate(turns):
        if role == "user":
            _add(found, "request", _user(parts))
            continue
        calls = [part for part in parts if isinstance(part, CallPart) and is_told(part)]
        _add(found, "response", [one for part in parts for one in _said(part)])
        waiting = _answered_now if at == len(turns) - 1 else _never
        own = [part for part in calls if not part.provider_executed and not waiting(part)]
        _add(found, "request", [_result("tool-return", part) for part in own])
    return found


def approvals(
    message: UIMessage, denied: Callable[[str], Any] = lambda _reason: False
) -> dict[str, Any]:
    """
    What the user has answered in the message that a reply continues (``request.continues``), by the ids of calls, for
    ``DeferredToolResults(approvals=...)``. ``denied`` makes a denial of its reason: pass ``ToolDenied`` to let the model know it.
    """
    found: dict[str, Any] = {}
    for part in message.parts:
        if isinstance(part, CallPart) and _answered_now(part):
            approval: Any = getattr(part, "approval", None)
            no = denied(approval.reason) if approval.reason else False
            found[part.tool_call_id] = True if approval.approved else no
    return found


def _answered_now(part: CallPart) -> bool:
    return getattr(part, "state", "") == "approval-responded" and not part.provider_executed


def _never(_: CallPart) -> bool:
    return False


def _add(found: list[Json], kind: str, parts: list[Json]) -> None:
    if parts and found and found[-1]["kind"] == kind:
        found[-1]["parts"] += parts
    elif parts:
        found.append({"kind": kind, "parts": parts})


def _user(parts: list[UIPart]) -> list[Json]:
    content = [
        part.text if isinstance(part, TextUIPart) else _file(part)
        for part in parts
        if isinstance(part, TextUIPart | FileUIPart)
    ]
    if not content:
        return []
    alone = len(content) == 1 and isinstance(content[0], str)
    return [{"part_kind": "user-prompt", "content": content[0] if alone else content}]


def _file(part: FileUIPart) -> Json:
    found = file_of(part)
    if found.base64 is not None:
        data = base64.b64decode(found.base64)
        return {"kind": "binary", "data": data, "media_type": found.kind}
    kind = _URLS.get(found.kind.partition("/")[0], "document-url")
    return {"kind": kind, "url": found.url, "media_type": found.kind}


def _said(part: UIPart) -> Iterator[Json]:
    match part:
        case TextUIPart() if part.text:
            yield {"part_kind": "text", "content": part.text, **_again(part)}
        case ReasoningUIPart():
            yield {"part_kind": "thinking", "content": part.text, **_again(part)}
        case FileUIPart() if part.url.startswith("data:"):
            yield {"part_kind": "file", "content": _file(part), **_again(part)}
        case ToolCallUIPart() | DynamicToolCallUIPart() if is_told(part):
            again = _again(part, "call_provider_metadata")
            kind = "builtin-tool-call" if part.provider_executed else "tool-call"
            yield {**_named(kind, part), "args": _args(part), **again}
            if part.provider_executed:
                yield _result("builtin-tool-return", part)


def _again(part: UIPart, field: str = "provider_metadata") -> Json:
    known = known_of(part, _VENDOR, field)
    return {name: known[name] for name in _AGAIN if name in known}


def _named(kind: str, part: CallPart) -> Json:
    return {"part_kind": kind, "tool_name": part.tool_name, "tool_call_id": part.tool_call_id}


def _args(part: CallPart) -> Any:
    """An object, or what the model wrote that is none."""
    value = input_of(part)
    return value if isinstance(value, dict | str) or value is None else {"input": value}


def _result(kind: str, part: CallPart) -> Json:
    result = result_of(part)
    named = _named(kind, part)
    if not result.failed:
        return {**named, "content": result.value}
    denied = getattr(getattr(part, "approval", None), "approved", None) is False
    return {**named, "content": result.text, "outcome": "denied" if denied else "failed"}


# --- And back ---------------------------------------------------------------------------------------------------------


def ui_messages(messages: Iterable[Any]) -> list[UIMessage]:
    """
    What a page shows of a conversation that was kept as messages of pydantic-ai (``result.all_messages()``), objects or their JSON.
    Messages of the system are the server's.
    """
    builder = Builder()
    for message in messages:
        parts = items_of(message, "parts")
        if get(message, "kind") == "response":
            builder.step([one for part in parts for one in _response_parts(part)])
        for part in parts:
            _read_request_part(builder, part)
    return builder.built()


def _read_request_part(builder: Builder, part: Any) -> None:
    match get(part, "part_kind"):
        case "user-prompt":
            content = get(part, "content")
            given = [content] if isinstance(content, str) else content
            builder.user([one for item in given or () for one in _user_parts(item)])
        case "tool-return" | "builtin-tool-return":
            call_id, content = text_of(part, "tool_call_id"), get(part, "content")
            if get(part, "outcome") == "denied":
                builder.denied(call_id, str(content))
            else:
                failed = get(part, "outcome") in _FAILED
                builder.result(call_id, plain(content), failed=failed)
        case "retry-prompt" if get(part, "tool_name"):
            said = get(part, "content")
            told = said if isinstance(said, str) else "The input of the tool is not valid."
            builder.result(text_of(part, "tool_call_id"), told, failed=True)


def _user_parts(item: Any) -> Iterator[Json]:
    if isinstance(item, str):
        yield text(item)
    elif get(item, "kind") == "text-content":
        yield text(text_of(item, "content"))
    elif (url := _url_of(item)) and (kind := text_of(item, "media_type")):
        yield file(url, kind)


def _response_parts(part: Any) -> Iterator[Json]:
    known = metadata(_VENDOR, **{name: plain(get(part, name)) for name in _AGAIN})
    again: Json = {"providerMetadata": known} if known else {}
    match kind := get(part, "part_kind"):
        case "text":
            yield text(text_of(part, "content"), **again)
        case "thinking":
            yield {"type": "reasoning", "text": text_of(part, "content"), "state": "done", **again}
        case "file" if url := _url_of(get(part, "content")):
            yield {**file(url, text_of(part, "content", "media_type")), **again}
        case "tool-call" | "builtin-tool-call":
            named = text_of(part, "tool_call_id"), text_of(part, "tool_name")
            ran = True if kind == "builtin-tool-call" else None
            more: Any = {"callProviderMetadata": known, "providerExecuted": ran}
            args = get(part, "args")
            if isinstance(args, str):
                yield called_by_text(*named, args, **more)
            else:
                yield called(*named, {} if args is None else plain(args), **more)


def _url_of(content: Any) -> str:
    data, kind = get(content, "data"), text_of(content, "media_type")
    if isinstance(data, bytes):
        return data_url(kind, base64.b64encode(data).decode())
    return data_url(kind, data) if isinstance(data, str) else text_of(content, "url")
