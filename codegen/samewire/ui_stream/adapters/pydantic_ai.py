"""pydantic-ai's events: ``agent.run_stream_events(...)``, or what an ``event_stream_handler`` is given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from samewire.ui_stream.adapters.adapter import Adapter
from samewire.ui_stream.adapters.values import (
    Usage,
    count_of,
    data_url,
    get,
    items_of,
    metadata,
    plain,
    text_of,
)
from samewire.ui_stream.chunks import Chunk
from samewire.ui_stream.shared import FinishReason, ProviderMetadata

_REASONS: Final[dict[str, FinishReason]] = {
    "stop": "stop",
    "length": "length",
    "content_filter": "content-filter",
    "tool_call": "tool-calls",
    "error": "error",
}
_FAILED: Final = ("failed", "retried", "denied")
_REALTIME: Final = "of a spoken session, which is no reply"


class AgentEvents(Adapter):
    """
    A run of an agent: its calls of the model, each a step, and the tools that it runs.

    Metadata of parts is under ``pydantic_ai``, as its own ``VercelAIAdapter`` writes it, which also reads it again. Chunks of
    Samewire's in the ``metadata`` of a tool's return are sent.
    """

    ignored: ClassVar[Mapping[str, str]] = {
        "final_result": "says that what follows is the result",
        "enqueued_messages": "messages that the application added",
        "deferred_tool_requests": "the run's result has them",
        "deferred_tool_results": "each result has an event of its own",
        "tool_availability_delta": "what the model may call is for the model",
        "capability_load_delta": "what the model may call is for the model",
        "model_settings_delta": "settings are for the model",
        "custom": "the application's: send a data chunk of the contract in its place",
        "capability": "a library's, of no known form",
        "part compaction": "what is left of a long conversation is for the model alone",
        "realtime_turn_complete": _REALTIME,
        "realtime_input_speech_start": _REALTIME,
        "realtime_input_speech_end": _REALTIME,
        "realtime_output_speech_start": _REALTIME,
        "realtime_output_speech_end": _REALTIME,
        "realtime_response_interrupted": _REALTIME,
        "realtime_input_transcription_error": _REALTIME,
        "realtime_session_reconnect": _REALTIME,
        "realtime_session_error": _REALTIME,
    }

    def begin(self) -> None:
        super().begin()
        self._ended = False  # whether the response, or a part of it, is over

    def take(self, event: Any) -> None:
        kind, index = text_of(event, "event_kind"), get(event, "index")
        match kind:
            case "part_start":
                if index == 0 and self._ended:
                    self.next_step()
                    self._ended = False
                self._part_begins(index, get(event, "part"))
            case "part_delta":
                self._delta(index, get(event, "delta"))
            case "part_end":
                self._ended = True
                self._part_ends(index, get(event, "part"))
            case "function_tool_call" | "output_tool_call":
                self._called(get(event, "part"))
            case "function_tool_result" | "output_tool_result":
                self._ended = True
                self._result(get(event, "part") or get(event, "result"))
            case "agent_run_result":
                self._over(get(event, "result"))
            case _:
                self.pass_over(kind)

    # --- Parts of a response ---

    def _part_begins(self, index: int, part: Any) -> None:
        again = _again(part)
        match kind := text_of(part, "part_kind"):
            case "text":
                self.text(index, text_of(part, "content"), again)
            case "thinking":
                self.reasoning(index, text_of(part, "content"), again)
            case "speech":
                self.text(index, text_of(part, "transcript"), again)
            case "tool-call" | "builtin-tool-call":
                served = kind == "builtin-tool-call"
                name, call_id = text_of(part, "tool_name"), text_of(part, "tool_call_id")
                self.call(index, name, call_id, provider_executed=served, metadata=again)
                self.call_delta(index, _written(get(part, "args")))
            case "builtin-tool-return":
                self._result(part)
            case "file":
                content = get(part, "content")
                media_type = text_of(content, "media_type")
                self.file(_file_url(content, media_type), media_type, again)
            case _:
                self.pass_over(f"part {kind}")

    def _delta(self, index: int, delta: Any) -> None:
        match kind := text_of(delta, "part_delta_kind"):
            case "text":
                self.text(index, text_of(delta, "content_delta"))
            case "thinking":
                self.reasoning(index, text_of(delta, "content_delta"))
            case "speech":
                self.text(index, text_of(delta, "transcript_delta"))
            case "tool_call":
                self.call_delta(index, _written(get(delta, "args_delta")))
            case _:
                self.pass_over(f"delta {kind}")

    def _part_ends(self, index: int, part: Any) -> None:
        again = _again(part)
        match text_of(part, "part_kind"):
            case "thinking":
                self.reasoning(index, "", again)
            case "text":
                for citation in items_of(part, "citations"):
                    self._cited(index, citation)
            case "tool-call" | "builtin-tool-call":
                self.called(index, **_input(get(part, "args")), metadata=again)
        self.close(index, again)

    def _cited(self, index: int, citation: Any) -> None:
        anchor = get(citation, "anchor")
        place = {}
        if get(anchor, "kind") == "content":
            place = {"start_index": get(anchor, "start"), "end_index": get(anchor, "end")}
        for source in items_of(citation, "sources"):
            title = text_of(source, "title")
            quote = "\n".join(items_of(source, "excerpts")) or None
            known: dict[str, Any]
            if url := text_of(source, "url"):
                known = {"url": url, "title": title or None}
                source_id = self.source_url(**known)
            else:
                document = text_of(source, "document_id")
                known = {"title": title or document or "Document", "media_type": "text/plain"}
                source_id = self.source_document(document or title, **known)
            self.cite(index, source_id, known, cited_text=quote, **place)

    # --- Tools ---

    def _called(self, part: Any) -> None:
        """Says that a tool is run. Of a response that was not streamed, it is all that is told of the call."""
        call_id = text_of(part, "tool_call_id")
        if call_id not in self.unanswered:
            self.call(call_id, text_of(part, "tool_name"), call_id, metadata=_again(part))
            self.called(call_id, **_input(get(part, "args")))

    def _result(self, part: Any) -> None:
        call_id, outcome = text_of(part, "tool_call_id"), text_of(part, "outcome")
        content = get(part, "content")
        if outcome in _FAILED or get(part, "part_kind") == "retry-prompt":
            said = content if isinstance(content, str) else json.dumps(plain(content), default=str)
            self.deny(call_id, said) if outcome == "denied" else self.fail(call_id, said)
        else:
            self.output(call_id, content)
        given = get(part, "metadata")
        for one in given if isinstance(given, list | tuple) else (given,):
            if isinstance(one, Chunk):
                self.write(one)

    # --- The end ---

    def _over(self, result: Any) -> None:
        usage = get(result, "usage")
        is_method = callable(usage) and not hasattr(usage, "input_tokens")
        self.used(_usage(usage() if is_method else usage))
        reason = text_of(result, "response", "finish_reason")
        self.finish_reason = _REASONS.get(reason, "other") if reason else "stop"
        for call in items_of(result, "output", "approvals"):
            call_id = text_of(call, "tool_call_id")
            self.ask(call_id, call_id)


def _again(part: Any) -> ProviderMetadata | None:
    """What the model is to be given again with a part, by the keys of pydantic-ai's own adapter."""
    names = ("id", "signature", "tool_kind", "provider_name", "provider_details")
    return metadata("pydantic_ai", **{name: plain(get(part, name)) for name in names})


def _written(args: Any) -> str:
    return args if isinstance(args, str) else json.dumps(plain(args)) if args else ""


def _input(args: Any) -> dict[str, Any]:
    return {"text": args} if isinstance(args, str) else {"value": plain(args) or {}}


def _file_url(content: Any, media_type: str) -> str:
    data = get(content, "data")
    if isinstance(data, bytes):
        return text_of(content, "data_uri")
    return data_url(media_type, data) if isinstance(data, str) else text_of(content, "url")


def _usage(usage: Any) -> Usage:
    return Usage.of(
        count_of(usage, "input_tokens"),
        count_of(usage, "output_tokens"),
        reasoning_tokens=count_of(usage, "details", "reasoning_tokens"),
        cached_input_tokens=count_of(usage, "cache_read_tokens"),
    )
