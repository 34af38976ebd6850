"""OpenAI's Responses: ``client.responses.create(..., stream=True)``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from samewire.ui_stream.adapters.adapter import Adapter
from samewire.ui_stream.adapters.values import (
    ModelError,
    Usage,
    count_of,
    data_url,
    get,
    metadata,
    picked,
    plain,
    text_of,
)
from samewire.ui_stream.shared import FinishReason, InputEncoding

OWN: Final = {
    "computer_call": ("computer", ("action", "actions", "pending_safety_checks")),
    "local_shell_call": ("local_shell", ("action",)),
    "shell_call": ("shell", ("action", "environment")),
    "apply_patch_call": ("apply_patch", ("operation",)),
}
"""Calls of tools of OpenAI's that the application runs: the tool's name, and what of the item is its input."""

HOSTED: Final = {
    "web_search_call": ("web_search", ("action",), ("status",)),
    "file_search_call": ("file_search", ("queries",), ("status", "results")),
    "code_interpreter_call": (
        "code_interpreter",
        ("code", "container_id"),
        ("status", "outputs"),
    ),
    "tool_search_call": ("tool_search", ("arguments",), ()),
    "program": ("program", ("code",), ()),
}
"""Calls that OpenAI runs, with what of the item is the output; where that is nothing, it is an item of its own."""

_REASONS: Final[dict[str, FinishReason]] = {
    "max_output_tokens": "length",
    "content_filter": "content-filter",
}

OUTPUTS: Final = {
    "function_call_output": "output",
    "custom_tool_call_output": "output",
    "computer_call_output": "output",
    "local_shell_call_output": "output",
    "shell_call_output": "output",
    "apply_patch_call_output": "output",
    "tool_search_output": "tools",
    "program_output": "result",
}


class Responses(Adapter):
    """Items of a response: its messages, reasoning, calls of tools (the application's, and those that OpenAI runs), and images."""

    ignored: ClassVar[Mapping[str, str]] = {
        "response.created": "has nothing yet",
        "response.queued": "has nothing yet",
        "response.in_progress": "has nothing yet",
        "response.audio.delta": "raw samples, which no part of a message plays",
        "response.audio.done": "raw samples, which no part of a message plays",
        "response.audio.transcript.done": "came in deltas",
        "response.output_text.done": "came in deltas",
        "response.refusal.done": "came in deltas",
        "response.reasoning_text.done": "came in deltas",
        "response.reasoning_summary_text.done": "came in deltas",
        "response.reasoning_summary_part.added": "comes in deltas",
        "response.reasoning_summary_part.done": "the item's end has what the model needs again",
        "response.content_part.added": "comes in deltas",
        "response.function_call_arguments.done": "the item has the arguments",
        "response.custom_tool_call_input.done": "the item has the input",
        "response.mcp_call_arguments.done": "the item has the arguments",
        "response.code_interpreter_call_code.delta": "the item has the code",
        "response.code_interpreter_call_code.done": "the item has the code",
        "response.shell_call_command.added": "the item has the commands",
        "response.shell_call_command.delta": "the item has the commands",
        "response.shell_call_command.done": "the item has the commands",
        "response.shell_call_output_content.delta": "the item of the output has it",
        "response.shell_call_output_content.done": "the item of the output has it",
        "response.image_generation_call.partial_image": "the item has the image",
        **{
            f"response.{call}.{state}": "the item has the call's state"
            for call, states in {
                "web_search_call": ("in_progress", "searching", "completed"),
                "file_search_call": ("in_progress", "searching", "completed"),
                "code_interpreter_call": ("in_progress", "interpreting", "completed"),
                "image_generation_call": ("in_progress", "generating", "completed"),
                "mcp_call": ("in_progress", "completed", "failed"),
                "mcp_list_tools": ("in_progress", "completed", "failed"),
            }.items()
            for state in states
        },
        "response.compaction.compacting": "what is left of a long conversation is for the model alone",
        "item compaction": "what is left of a long conversation is for the model alone",
        "item mcp_list_tools": "what a server offers is for the model",
        "item mcp_approval_response": "is the application's",
        "item additional_tools": "what the model may call is for the model",
    }

    def begin(self) -> None:
        super().begin()
        self._refused = False
        self._reasoned: Any = None
        self._begun: set[int] = set()

    def take(self, event: Any) -> None:
        kind, item_id = text_of(event, "type"), text_of(event, "item_id")
        delta, place = text_of(event, "delta"), (item_id, get(event, "content_index"))
        match kind:
            case "response.output_text.delta":
                self.text(place, delta, metadata("openai", itemId=item_id or None))
            case "response.audio.transcript.delta":
                self.text("transcript", delta)
            case "response.refusal.delta":
                self._refused = True
                self.text(place, delta, metadata("openai", itemId=item_id or None, refusal=True))
            case "response.reasoning_text.delta":
                self._reason((item_id, "text", get(event, "content_index")), delta)
            case "response.reasoning_summary_text.delta":
                self._reason((item_id, "summary", get(event, "summary_index")), delta)
            case (
                "response.function_call_arguments.delta"
                | "response.mcp_call_arguments.delta"
                | "response.custom_tool_call_input.delta"
            ):
                self.call_delta(get(event, "output_index"), delta)
            case "response.output_text.annotation.added":
                self._cited(place, get(event, "annotation"))
            case "response.content_part.done":
                self.close(place)
            case "response.output_item.added":
                self._item_begins(get(event, "output_index"), get(event, "item"))
            case "response.output_item.done":
                self._item(get(event, "output_index"), get(event, "item"))
            case "response.completed" | "response.incomplete" | "response.failed":
                self._over(kind, get(event, "response"))
            case "error":
                raise ModelError(text_of(event, "message"), get(event, "code"))
            case _:
                self.pass_over(kind)

    # --- Content ---

    def _reason(self, key: Any, delta: str) -> None:
        self.only(key)  # of the parts of an item, the last is open until the item is done
        self._reasoned = key
        self.reasoning(key, delta, metadata("openai", itemId=key[0]))

    def _reasoning_item(self, item: Any) -> None:
        item_id, encrypted = text_of(item, "id"), get(item, "encrypted_content")
        again = metadata("openai", itemId=item_id, reasoningEncryptedContent=encrypted)
        key = self._reasoned
        if key is None or key[0] != item_id:
            key = (item_id, "none", 0)
            if encrypted is None:
                return
            self.reasoning(key, "", again)
        self.close(key, again)

    def _cited(self, place: Any, annotation: Any) -> None:
        title, file_id = text_of(annotation, "title"), text_of(annotation, "file_id")
        source: dict[str, Any]
        match kind := text_of(annotation, "type"):
            case "url_citation":
                source = {"url": text_of(annotation, "url"), "title": title or None}
                source_id = self.source_url(**source)
            case "file_citation" | "container_file_citation" | "file_path":
                name = text_of(annotation, "filename") or file_id
                source = {
                    "title": name,
                    "media_type": "application/octet-stream",
                    "filename": name,
                    "provider_metadata": metadata(
                        "openai", fileId=file_id, containerId=get(annotation, "container_id")
                    ),
                }
                source_id = self.source_document(file_id, **source)
            case _:
                self.pass_over(f"annotation {kind}")
                return
        self.cite(place, source_id, source, **picked(annotation, "start_index", "end_index"))

    # --- Items ---

    def _item_begins(self, key: int, item: Any) -> None:
        kind, item_id = text_of(item, "type"), text_of(item, "id")
        again = metadata("openai", itemId=item_id or None)
        if kind in ("function_call", "custom_tool_call"):
            encoding: InputEncoding | None = "text" if kind == "custom_tool_call" else None
            name, call_id = text_of(item, "name"), text_of(item, "call_id")
            if encoding is not None:
                again = metadata("openai", itemId=item_id or None, type=kind)
            self.call(key, name, call_id, metadata=again, encoding=encoding)
        elif kind in ("mcp_call", "mcp_approval_request"):
            again = metadata("openai", itemId=item_id, serverLabel=get(item, "server_label"))
            name = text_of(item, "name")
            self.call(key, name, item_id, provider_executed=True, dynamic=True, metadata=again)
        elif kind in HOSTED:
            call_id = text_of(item, "call_id") or item_id
            self.call(key, HOSTED[kind][0], call_id, provider_executed=True, metadata=again)
        elif kind in OWN:
            hosted = get(item, "environment", "type") == "container_reference"
            call_id = text_of(item, "call_id") or item_id
            self.call(key, OWN[kind][0], call_id, provider_executed=hosted, metadata=again)
        else:
            return
        self._begun.add(key)

    def _item(self, key: int, item: Any) -> None:
        if key not in self._begun:  # some services send an item whole
            self._item_begins(key, item)
        kind, item_id = text_of(item, "type"), text_of(item, "id")
        call_id = text_of(item, "call_id") or item_id
        match kind:
            case "message":
                self.only(None)
            case "reasoning":
                self._reasoning_item(item)
            case "function_call":
                self.called(key, text=text_of(item, "arguments"))
            case "custom_tool_call":
                self.called(key, text=text_of(item, "input"))
            case "mcp_call":
                self.called(key, text=text_of(item, "arguments"))
                self._mcp_result(item_id, item)
            case "mcp_approval_request":
                self.called(key, text=text_of(item, "arguments"))
                self.ask(item_id, item_id)
            case "image_generation_call":
                if image := text_of(item, "result"):
                    media_type = _media_type(text_of(item, "output_format"))
                    self.file(
                        data_url(media_type, image), media_type, metadata("openai", itemId=item_id)
                    )
            case _ if kind in HOSTED:
                _, inputs, outputs = HOSTED[kind]
                self.called(key, value=picked(item, *inputs))
                if outputs:
                    self.output(call_id, picked(item, *outputs))
            case _ if kind in OWN:
                self.called(key, value=picked(item, *OWN[kind][1]))
            case _ if kind in OUTPUTS:
                self.output(call_id, plain(get(item, OUTPUTS[kind])))
            case _:
                self.pass_over(f"item {kind}")

    def _mcp_result(self, item_id: str, item: Any) -> None:
        if (error := get(item, "error")) is not None:
            said = text_of(error, "message") or get(error, "content") or error
            self.fail(item_id, said if isinstance(said, str) else json.dumps(plain(said)))
        else:
            self.output(item_id, get(item, "output"))

    # --- The end ---

    def _over(self, kind: str, response: Any) -> None:
        if (usage := get(response, "usage")) is not None:
            self.used(_usage(usage))
        if kind == "response.failed":
            error = get(response, "error")
            raise ModelError(text_of(error, "message") or "the response failed", get(error, "code"))
        reason = text_of(response, "incomplete_details", "reason")
        if kind == "response.incomplete":
            self.finish_reason = _REASONS.get(reason, "other")
        elif self._refused:
            self.finish_reason = "content-filter"
        else:
            self.finish_reason = "tool-calls" if self.calls else "stop"


def _media_type(output_format: str) -> str:
    kind = output_format or "png"
    return "image/svg+xml" if kind == "svg" else f"image/{kind}"


def _usage(usage: Any) -> Usage:
    return Usage.of(
        count_of(usage, "input_tokens"),
        count_of(usage, "output_tokens"),
        reasoning_tokens=count_of(usage, "output_tokens_details", "reasoning_tokens"),
        cached_input_tokens=count_of(usage, "input_tokens_details", "cached_tokens"),
    )
