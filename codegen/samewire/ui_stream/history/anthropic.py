"""For Anthropic's Messages: content blocks as the adapter read them, thinking with its signature included."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from typing import Any, Final

from samewire.ui_stream.adapters.values import data_url, get, metadata, plain, text_of
from samewire.ui_stream.history.building import Builder, called, file, output_of, text
from samewire.ui_stream.history.values import (
    Json,
    file_of,
    input_object,
    is_told,
    known_of,
    result_of,
    spoken,
)
from samewire.ui_stream.messages import UIMessage
from samewire.ui_stream.parts import FileUIPart, ReasoningUIPart, TextUIPart, UIPart
from samewire.ui_stream.tool_parts import CallPart, DynamicToolCallUIPart, ToolCallUIPart

_IMAGES: Final = ("image/jpeg", "image/png", "image/gif", "image/webp")


def model_messages(messages: Iterable[UIMessage]) -> list[Any]:
    """
    The ``messages`` of a request, those of one role together. Sources and data parts are for the page, and messages of the system
    are the server's.

    Raises:
        UnreadableFileError: a user's file is not one that the API reads.

    """
    found: list[Json] = []
    for role, parts in spoken(messages):
        if role == "user":
            _add(found, "user", _user(parts))
        else:
            blocks, results = _assistant(parts)
            _add(found, "assistant", blocks)
            _add(found, "user", results)
    return found


def _add(found: list[Json], role: str, blocks: list[Json]) -> None:
    if blocks and found and found[-1]["role"] == role:
        found[-1]["content"] += blocks
    elif blocks:
        found.append({"role": role, "content": blocks})


def _user(parts: list[UIPart]) -> list[Json]:
    blocks: list[Json] = []
    for part in parts:
        if isinstance(part, TextUIPart) and part.text:
            blocks.append({"type": "text", "text": part.text})
        elif isinstance(part, FileUIPart):
            blocks.append(_file(part))
    return blocks


def _file(part: FileUIPart) -> Json:
    file = file_of(part)
    source: Json = {"type": "url", "url": file.url}
    if file.base64 is not None:
        source = {"type": "base64", "media_type": file.kind, "data": file.base64}
    if file.kind in _IMAGES:
        return {"type": "image", "source": source}
    if file.kind == "application/pdf":
        return {"type": "document", "source": source, "title": file.name}
    if file.kind.startswith("text/") and file.base64 is not None:
        source = {"type": "text", "media_type": "text/plain", "data": file.text()}
        return {"type": "document", "source": source, "title": file.name}
    raise file.refused("is not of a type that the model reads")


def _assistant(parts: list[UIPart]) -> tuple[list[Json], list[Json]]:
    blocks: list[Json] = []
    results: list[Json] = []
    for part in parts:
        match part:
            case TextUIPart() if part.text.strip():  # the API refuses a text of white space
                blocks.append({"type": "text", "text": part.text})
            case ReasoningUIPart():
                blocks += thinking(part)
            case ToolCallUIPart() | DynamicToolCallUIPart() if not is_told(part):
                pass
            case ToolCallUIPart() | DynamicToolCallUIPart() if part.provider_executed:
                blocks += _served(part)
            case ToolCallUIPart() | DynamicToolCallUIPart():
                known = known_of(part, "anthropic", "call_provider_metadata")
                blocks.append(_call("tool_use", part, caller=known.get("caller")))
                results.append(_result(part))
    return blocks, results


def thinking(part: ReasoningUIPart) -> Iterator[Json]:
    """Thinking of another vendor, or cut off, has no signature, and is not given again."""
    known = known_of(part, "anthropic")
    if "redactedData" in known:
        yield {"type": "redacted_thinking", "data": known["redactedData"]}
    elif "signature" in known:
        yield {"type": "thinking", "thinking": part.text, "signature": known["signature"]}


def _call(kind: str, part: CallPart, **more: Any) -> Json:
    known = {key: inner for key, inner in more.items() if inner is not None}
    named = {"type": kind, "id": part.tool_call_id, "name": part.tool_name}
    return {**named, "input": input_object(part), **known}


def _result(part: CallPart) -> Json:
    result = result_of(part)
    block = {"type": "tool_result", "tool_use_id": part.tool_call_id, "content": result.text}
    return {**block, "is_error": True} if result.failed else block


def _served(part: CallPart) -> Iterator[Json]:
    """A call that Anthropic ran, with the content that it gave, as it came."""
    known = known_of(part, "anthropic", "call_provider_metadata")
    kind = known_of(part, "anthropic", "result_provider_metadata").get("type")
    if kind is None:
        return
    result = result_of(part)
    named = {"type": kind, "tool_use_id": part.tool_call_id}
    if known.get("type") == "mcp_tool_use":
        yield _call("mcp_tool_use", part, server_name=known.get("serverName"))
        content = result.text if result.failed else result.value
        yield {**named, "content": content, "is_error": result.failed}
        return
    yield _call("server_tool_use", part)
    error = {"type": f"{kind}_error", "error_code": result.text}
    yield {**named, "content": error if result.failed else result.value}


# --- And back ---------------------------------------------------------------------------------------------------------


def ui_messages(messages: Iterable[Any]) -> list[UIMessage]:
    """What a page shows of a conversation that was kept as ``messages`` of the API: objects of the package, or their JSON."""
    builder = Builder()
    for message in messages:
        content = get(message, "content")
        blocks = [{"type": "text", "text": content}] if isinstance(content, str) else content
        if get(message, "role") == "assistant":
            builder.step([part for block in blocks for part in _assistant_parts(block)])
            results = blocks
        else:
            results = [block for block in blocks if get(block, "type") == "tool_result"]
            builder.user([part for block in blocks for part in _user_parts(block)])
        for block in results:
            _read_result(builder, block)
    return builder.built()


def _user_parts(block: Any) -> Iterator[Json]:
    source, title = get(block, "source"), get(block, "title")
    kind, data = text_of(source, "media_type"), text_of(source, "data")
    match get(block, "type"), get(source, "type"):
        case "text", _:
            yield text(text_of(block, "text"))
        case (("image" | "document"), "base64"):
            yield file(data_url(kind, data), kind, title)
        case "document", "text":
            yield file(data_url(kind, base64.b64encode(data.encode()).decode()), kind, title)
        case ("image" | "document") as what, "url":
            kind = "image/png" if what == "image" else "application/pdf"
            yield file(text_of(source, "url"), kind, title)


def _assistant_parts(block: Any) -> Iterator[Json]:
    kind = text_of(block, "type")
    match kind:
        case "text":
            yield text(text_of(block, "text"))
        case "thinking" | "redacted_thinking":
            yield reasoning(block)
        case "tool_use" | "server_tool_use" | "mcp_tool_use":
            mcp = kind == "mcp_tool_use"
            known = metadata(
                "anthropic",
                caller=plain(get(block, "caller")),
                serverName=get(block, "server_name"),
                type=kind if mcp else None,
            )
            part = called(
                text_of(block, "id"),
                text_of(block, "name"),
                plain(get(block, "input")),
                callProviderMetadata=known,
                providerExecuted=True if kind != "tool_use" else None,
            )
            yield {**part, "type": "dynamic-tool", "toolName": get(block, "name")} if mcp else part


def reasoning(block: Any) -> Json:
    """Of a block of thinking, redacted or not, with what the model is to be given again."""
    said, signature, data = (get(block, name) for name in ("thinking", "signature", "data"))
    known = metadata("anthropic", signature=signature, redactedData=data)
    return {"type": "reasoning", "text": said or "", "state": "done", "providerMetadata": known}


def _read_result(builder: Builder, block: Any) -> None:
    kind, content = text_of(block, "type"), plain(get(block, "content"))
    if not kind.endswith("tool_result"):
        return
    failed = bool(get(block, "is_error"))
    if kind != "tool_result" and text_of(content, "type").endswith("_error"):
        failed, content = True, text_of(content, "error_code")
    elif kind == "tool_result" and not isinstance(content, str):
        content = "".join(text_of(one, "text") for one in content or ())
    output = output_of(content) if kind == "tool_result" and not failed else content
    again = None if kind == "tool_result" else metadata("anthropic", type=kind)
    builder.result(text_of(block, "tool_use_id"), output, failed=failed, again=again)
