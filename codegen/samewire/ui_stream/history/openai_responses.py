"""For OpenAI's Responses: items that need nothing that OpenAI has stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from samewire.ui_stream.adapters.openai_responses import HOSTED, OWN
from samewire.ui_stream.history.values import (
    Json,
    Result,
    arguments,
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

_OWN = {name: kind for kind, (name, _) in OWN.items()}
_HOSTED = {name: kind for kind, (name, _, outputs) in HOSTED.items() if outputs}
"""Calls whose item has the output too; the others can't be given again."""


def input_items(messages: Iterable[UIMessage]) -> list[Any]:
    """
    The ``input`` of a request. Reasoning is given again where it is encrypted: ask for
    ``include=["reasoning.encrypted_content"]``. Sources and data parts are for the page, and messages of the system are the
    server's.

    Raises:
        UnreadableFileError: a user's file is not one that the API reads.

    """
    found: list[Json] = []
    for role, parts in spoken(messages):
        found += [_user(parts)] if role == "user" else _assistant(parts)
    return found


def _user(parts: list[UIPart]) -> Json:
    content = [
        {"type": "input_text", "text": part.text} if isinstance(part, TextUIPart) else _file(part)
        for part in parts
        if isinstance(part, TextUIPart | FileUIPart)
    ]
    return {"role": "user", "content": content}


def _file(part: FileUIPart) -> Json:
    file = file_of(part)
    if file.kind.startswith("image/"):
        return {"type": "input_image", "image_url": file.url, "detail": "auto"}
    if file.kind.startswith("text/") and file.base64 is not None:
        return {"type": "input_text", "text": file.text()}
    if file.kind != "application/pdf":
        raise file.refused("is not of a type that the model reads")
    if file.base64 is None:
        return {"type": "input_file", "file_url": file.url}
    return {"type": "input_file", "filename": file.name, "file_data": file.url}


def _assistant(parts: list[UIPart]) -> list[Json]:
    """Items in the order of the parts, and after them what the application's tools gave."""
    items: list[Json] = []
    outputs: list[Json] = []
    for part in parts:
        match part:
            case TextUIPart() if part.text:
                items.append({"role": "assistant", "content": part.text})
            case ReasoningUIPart():
                _reasoning(items, part)
            case ToolCallUIPart() | DynamicToolCallUIPart() if not is_told(part):
                pass
            case ToolCallUIPart() | DynamicToolCallUIPart() if part.provider_executed:
                items += _hosted(part)
            case ToolCallUIPart() | DynamicToolCallUIPart():
                call, output = _call(part)
                if output is not None:
                    items.append(call)
                    outputs.append(output)
    sent = (one for one in items if one.get("type") != "reasoning" or "encrypted_content" in one)
    return [*sent, *outputs]


def _reasoning(items: list[Json], part: ReasoningUIPart) -> None:
    """The parts of one item come one after the other, the last of them with what is encrypted."""
    known = known_of(part, "openai")
    item_id, encrypted = known.get("itemId"), known.get("reasoningEncryptedContent")
    if item_id is None:  # of another vendor
        return
    if not items or items[-1].get("id") != item_id:
        items.append({"type": "reasoning", "id": item_id, "summary": []})
    if part.text:
        items[-1]["summary"].append({"type": "summary_text", "text": part.text})
    if encrypted is not None:
        items[-1]["encrypted_content"] = encrypted


def _call(part: CallPart) -> tuple[Json, Json | None]:
    known = known_of(part, "openai", "call_provider_metadata")
    named = {"call_id": part.tool_call_id}
    result, given = result_of(part), input_of(part)
    kind = _OWN.get(part.tool_name) if "itemId" in known else None
    if kind is not None and isinstance(given, dict):
        call = {"type": kind, "id": known["itemId"], **named, **given, "status": "completed"}
        return call, _own_output(kind, part, result)
    if known.get("type") == "custom_tool_call":
        call = {
            "type": "custom_tool_call",
            **named,
            "name": part.tool_name,
            "input": str(input_of(part)),
        }
        return call, {"type": "custom_tool_call_output", **named, "output": result.text}
    call = {"type": "function_call", **named, "name": part.tool_name, "arguments": arguments(part)}
    return call, {"type": "function_call_output", **named, "output": result.text}


def _own_output(kind: str, part: CallPart, result: Result) -> Json | None:
    """
    What the application gave, which knows the form of what it runs. A computer's is a screenshot: without one there is none.
    """
    named = {"type": f"{kind}_output", "call_id": part.tool_call_id}
    match kind:
        case "apply_patch_call":
            status = "failed" if result.failed else "completed"
            return {**named, "status": status, "output": result.text}
        case "local_shell_call":
            return {"type": named["type"], "id": part.tool_call_id, "output": result.text}
        case "shell_call" if result.failed:
            outcome = {"type": "exit", "exit_code": 1}
            return {**named, "output": [{"stdout": "", "stderr": result.text, "outcome": outcome}]}
        case _:
            return None if result.failed else {**named, "output": result.value}


def _hosted(part: CallPart) -> Iterator[Json]:
    known = known_of(part, "openai", "call_provider_metadata")
    state, item_id = getattr(part, "state", ""), known.get("itemId")
    if item_id is None:
        return
    if "serverLabel" in known:
        named = {
            "id": item_id,
            "name": part.tool_name,
            "server_label": known["serverLabel"],
            "arguments": arguments(part),
        }
        approval = getattr(part, "approval", None)
        if approval is None:
            result = result_of(part)
            outcome = {} if result.failed else {"output": result.text}
            yield {"type": "mcp_call", **named, **outcome}
        elif (approved := getattr(approval, "approved", None)) is not None:
            yield {"type": "mcp_approval_request", **named}
            answer = {"approval_request_id": item_id, "approve": approved}
            yield {"type": "mcp_approval_response", **answer}
    elif part.tool_name in _HOSTED and state == "output-available":
        given, result = input_of(part), result_of(part).value
        if isinstance(given, dict) and isinstance(result, dict):
            yield {"type": _HOSTED[part.tool_name], "id": item_id, **given, **result}
