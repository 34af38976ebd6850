"""Messages of a page from items of OpenAI's Responses, as they are sent or as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from samewire.ui_stream.adapters.openai_responses import HOSTED, OUTPUTS, OWN
from samewire.ui_stream.adapters.values import (
    data_url,
    get,
    items_of,
    metadata,
    picked,
    plain,
    text_of,
)
from samewire.ui_stream.history.building import (
    Builder,
    called,
    called_by_text,
    file,
    output_of,
    text,
)
from samewire.ui_stream.history.values import Json
from samewire.ui_stream.messages import UIMessage


def ui_messages(items: Iterable[Any]) -> list[UIMessage]:
    """
    What a page shows of a conversation that was kept as items: objects of the package (``response.output``), or their JSON.
    Messages of the system are the server's.
    """
    builder = Builder()
    step: list[Json] = []

    def flush() -> None:
        if step:
            builder.step([*step])
            step.clear()

    for item in items:
        kind = text_of(item, "type") or "message"
        role = text_of(item, "role")
        if kind in OUTPUTS:
            flush()
            _output(builder, kind, item)
        elif kind == "message" and role == "user":
            flush()
            builder.user([*_user_parts(get(item, "content"))])
        elif kind == "mcp_approval_response":
            _approved(step, item)
        elif kind != "message" or role == "assistant":
            step += _assistant_parts(kind, item)
    flush()
    return builder.built()


def _user_parts(content: Any) -> Iterator[Json]:
    if isinstance(content, str):
        yield text(content)
        return
    for block in content or ():
        match get(block, "type"):
            case "input_text":
                yield text(text_of(block, "text"))
            case "input_image" if url := text_of(block, "image_url"):
                yield file(url, "image/*")
            case "input_file" if url := text_of(block, "file_url") or text_of(block, "file_data"):
                yield file(url, "application/pdf", get(block, "filename"))


def _assistant_parts(kind: str, item: Any) -> Iterator[Json]:
    item_id, call_id = get(item, "id"), text_of(item, "call_id") or text_of(item, "id")
    again = metadata("openai", itemId=item_id)
    name = text_of(item, "name")
    match kind:
        case "message":
            yield from _said(get(item, "content"))
        case "reasoning":
            yield from _reasoning(item)
        case "function_call":
            yield called_by_text(
                call_id, name, text_of(item, "arguments"), callProviderMetadata=again
            )
        case "custom_tool_call":
            again = metadata("openai", itemId=item_id, type=kind)
            yield called(call_id, name, text_of(item, "input"), callProviderMetadata=again)
        case "mcp_call" | "mcp_approval_request":
            yield _mcp(kind, item)
        case "image_generation_call" if image := text_of(item, "result"):
            media_type = f"image/{text_of(item, 'output_format') or 'png'}"
            yield file(data_url(media_type, image), media_type)
        case _ if kind in OWN:
            given = picked(item, *OWN[kind][1])
            yield called(call_id, OWN[kind][0], given, callProviderMetadata=again)
        case _ if kind in HOSTED and HOSTED[kind][2]:
            name, inputs, outputs = HOSTED[kind]
            given = picked(item, *inputs)
            part = called(call_id, name, given, callProviderMetadata=again, providerExecuted=True)
            yield {**part, "state": "output-available", "output": picked(item, *outputs)}


def _said(content: Any) -> Iterator[Json]:
    if isinstance(content, str):
        yield text(content)
        return
    for block in content or ():
        yield text(text_of(block, "text") or text_of(block, "refusal"))


def _reasoning(item: Any) -> Iterator[Json]:
    said = [text_of(one, "text") for one in items_of(item, "summary")] or [""]
    for at, words in enumerate(said, 1):
        encrypted = get(item, "encrypted_content") if at == len(said) else None
        known = metadata("openai", itemId=get(item, "id"), reasoningEncryptedContent=encrypted)
        yield {"type": "reasoning", "text": words, "state": "done", "providerMetadata": known}


def _mcp(kind: str, item: Any) -> Json:
    item_id, name = text_of(item, "id"), text_of(item, "name")
    again = metadata("openai", itemId=item_id, serverLabel=get(item, "server_label"))
    given = text_of(item, "arguments")
    part = called_by_text(item_id, name, given, callProviderMetadata=again, providerExecuted=True)
    part |= {"type": "dynamic-tool", "toolName": name}
    if kind == "mcp_approval_request":
        return {**part, "state": "approval-requested", "approval": {"id": item_id}}
    output = get(item, "output")
    if output is None:
        return {**part, "state": "output-error", "errorText": text_of(item, "error", "message")}
    return {**part, "state": "output-available", "output": output_of(output)}


def _approved(step: list[Json], item: Any) -> None:
    for part in step:
        if part.get("approval", {}).get("id") == get(item, "approval_request_id"):
            answer = {"id": part["approval"]["id"], "approved": bool(get(item, "approve"))}
            part |= {"state": "approval-responded", "approval": answer}


def _output(builder: Builder, kind: str, item: Any) -> None:
    call_id = text_of(item, "call_id") or text_of(item, "id")
    output = plain(get(item, OUTPUTS[kind]))
    failed = kind == "apply_patch_call_output" and get(item, "status") == "failed"
    builder.result(call_id, output_of(output) if isinstance(output, str) else output, failed=failed)
