"""LangChain and LangGraph: ``runnable.astream_events(..., version="v2")``, of a model, a chain, an agent or a graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
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
from samewire.ui_stream.messages import UIMessage
from samewire.ui_stream.partial_json import loads
from samewire.ui_stream.shared import FinishReason
from samewire.ui_stream.tool_chunks import NOT_FINISHED
from samewire.ui_stream.tool_parts import CallPart

_REASONS: Final[dict[str, FinishReason]] = {
    "stop": "stop",
    "end_turn": "stop",
    "stop_sequence": "stop",
    "completed": "stop",
    "length": "length",
    "max_tokens": "length",
    "incomplete": "length",
    "content_filter": "content-filter",
    "safety": "content-filter",
    "refusal": "content-filter",
    "tool_calls": "tool-calls",
    "tool_use": "tool-calls",
    "function_call": "tool-calls",
}
"""By what vendors call them, in lower case."""

_AT: Final = "."
"""Between an interrupt and the place of a call in it, in the id of an approval."""

_TEXT: Final = ("text", "output_text", "text-plain")


class StreamEvents(Adapter):
    """
    What models say, each call of one a step, and the tools that they call. Models that run at the same time share a step.

    A custom event (``adispatch_custom_event``) whose data is one of Samewire's chunks is sent. To leave out inner models, filter
    the events by ``name``, ``tags`` or ``metadata["langgraph_node"]``.

    Where ``HumanInTheLoopMiddleware`` interrupts the graph, the user is asked to approve the calls; :func:`resume` has the answers.
    """

    ignored: ClassVar[Mapping[str, str]] = {
        "on_chain_start": "what a chain does is in the events of its models and tools",
        "on_tool_start": "the model's call has the input",
        "on_prompt_start": "what the model is given",
        "on_prompt_end": "what the model is given",
        "on_retriever_start": "what was found may be internal: send sources of your own choice",
        "on_retriever_end": "what was found may be internal: send sources of your own choice",
        "on_parser_start": "what the model said, read again",
        "on_parser_stream": "what the model said, read again",
        "on_parser_end": "what the model said, read again",
        "block tool_use": "comes in `tool_call_chunks` too",
        "block tool_call": "comes in `tool_call_chunks` too",
        "block tool_call_chunk": "comes in `tool_call_chunks` too",
        "block invalid_tool_call": "comes in `tool_call_chunks` too",
        "block input_json_delta": "comes in `tool_call_chunks` too",
        "block function_call": "comes in `tool_call_chunks` too",
        "block server_tool_use": "a call that the vendor runs; its text tells of it",
        "block server_tool_call": "a call that the vendor runs; its text tells of it",
        "block server_tool_call_chunk": "a call that the vendor runs; its text tells of it",
        "block server_tool_result": "a call that the vendor runs; its text tells of it",
        "block web_search_call": "a call that the vendor runs; its text tells of it",
        "block web_search_tool_result": "a call that the vendor runs; its text tells of it",
        "block audio": "raw samples, which no part of a message plays",
        "block video": "as `file`, where it has a media type and data",
        "block non_standard": "of no known form",
    }

    @cached_property
    def interrupts(self) -> dict[str, Any]:
        """What the graph waits for: the values of ``interrupt(value)``, by the interrupts' ids."""
        return {}

    def begin(self) -> None:
        super().begin()
        self._running: set[str] = set()
        self._streamed: set[str] = set()
        self._calls_of: dict[str, list[Any]] = {}
        self._reason: FinishReason | None = None

    def take(self, event: Any) -> None:
        kind, run = text_of(event, "event"), text_of(event, "run_id")
        data = get(event, "data")
        match kind:
            case "on_chat_model_start" | "on_llm_start":
                if not self._running:
                    self.next_step()
                self._running.add(run)
            case "on_chat_model_stream" | "on_llm_stream":
                self._streamed.add(run)
                self._message(run, get(data, "chunk"))
            case "on_chat_model_end" | "on_llm_end":
                self._model_ends(run, get(data, "output"))
            case "on_tool_end":
                self._tool_ends(get(data, "output"))
            case "on_tool_error":
                if not _interrupts(get(data, "error", "args")):  # the call waits then
                    self.fail(
                        text_of(data, "tool_call_id"), NOT_FINISHED
                    )  # the error is for the log
            case "on_chain_stream":
                self._chain_says(get(data, "chunk"))
            case "on_chain_end":
                pass
            case "on_custom_event":
                if isinstance(data, Chunk):
                    self.write(data)
            case _:
                self.pass_over(kind)
        if kind.endswith("_end") and not items_of(event, "parent_ids") and not self._running:
            self.finish_reason = self._reason or "stop"

    # --- What a model says ---

    def _message(self, run: str, message: Any) -> None:
        """A message or a piece of one, or of a model of plain text its text."""
        if isinstance(message, str):
            self._say(run, message)
            return
        thought = text_of(message, "additional_kwargs", "reasoning_content")
        if thought:
            self.only((run, "reasoning"))
            self.reasoning((run, "reasoning"), thought)
        content = get(message, "content")
        if isinstance(content, list | tuple):
            for block in content:
                self._content_block(run, block)
        elif said := content or get(message, "text"):
            self._say(run, str(said))
        for place, call in enumerate(items_of(message, "tool_call_chunks")):
            self._call_piece(run, place, call)

    def _say(self, run: str, text: str) -> None:
        self._only(run, (run, "text"))
        self.text((run, "text"), text)

    def _only(self, run: str, key: Any) -> None:
        for kind in ("text", "reasoning"):
            if key != (run, kind):
                self.close((run, kind))

    def _content_block(self, run: str, block: Any) -> None:
        if isinstance(block, str):
            self._say(run, block)
            return
        match kind := text_of(block, "type"):
            case _ if kind in _TEXT:
                if text := text_of(block, "text"):
                    self._say(run, text)
                for note in (*items_of(block, "annotations"), *items_of(block, "citations")):
                    self._cited(run, note)
            case "thinking" | "reasoning" | "reasoning_content":
                self._reason_block(run, block)
            case "redacted_thinking":
                again = metadata("anthropic", redactedData=get(block, "data"))
                self._only(run, None)
                self.reasoning((run, "redacted"), "", again)
                self.close((run, "redacted"))
            case "image" | "file" | "image_url":
                self._file(block)
            case _:
                self.pass_over(f"block {kind}")

    def _reason_block(self, run: str, block: Any) -> None:
        key = (run, "reasoning")
        self._only(run, key)
        said = text_of(block, "thinking") or text_of(block, "reasoning") or text_of(block, "text")
        said += "".join(text_of(one, "text") for one in items_of(block, "summary"))
        signature = get(block, "signature") or get(block, "extras", "signature")
        again = metadata("anthropic", signature=signature)
        self.reasoning(key, said, again)

    def _cited(self, run: str, note: Any) -> None:
        url, title = text_of(note, "url"), text_of(note, "title") or None
        if url:
            place = {name: get(note, name) for name in ("start_index", "end_index", "cited_text")}
            self.cite(
                (run, "text"), self.source_url(url, title), {"url": url, "title": title}, **place
            )

    def _file(self, block: Any) -> None:
        url = text_of(block, "image_url", "url") or text_of(block, "url")
        media_type = text_of(block, "mime_type") or "image/png"
        if base64 := text_of(block, "base64") or text_of(block, "data"):
            url = data_url(media_type, base64)
        if url:
            self.file(url, media_type)

    # --- Calls of tools ---

    def _call_piece(self, run: str, place: int, call: Any) -> None:
        index = get(call, "index")
        key = (run, "call", place if index is None else index)
        if name := text_of(call, "name"):
            if key in self._calls_of.setdefault(run, []):  # calls sent whole, all of one index
                self.called(key)
            else:
                self._calls_of[run].append(key)
            self._only(run, None)
            self.call(key, name, text_of(call, "id"))
        self.call_delta(key, text_of(call, "args"))

    def _model_ends(self, run: str, output: Any) -> None:
        if run not in self._streamed:
            for generation in (one for each in items_of(output, "generations") for one in each):
                self._message(run, generation)
            self._message(run, output)
            for call in items_of(output, "tool_calls"):
                key = (run, "call", text_of(call, "id"))
                self.call(key, text_of(call, "name"), text_of(call, "id"))
                self.called(key, value=plain(get(call, "args")))
        for key in self._calls_of.pop(run, []):
            self.called(key)
        self._only(run, None)
        self._running.discard(run)
        self.usage += _usage(get(output, "usage_metadata"))
        said = get(output, "response_metadata")
        reasons = (text_of(said, one) for one in ("finish_reason", "stop_reason", "status"))
        reason = next(filter(None, reasons), "stop").lower()
        self._reason = "tool-calls" if self.calls else _REASONS.get(reason, "other")

    def _tool_ends(self, output: Any) -> None:
        """A message of a tool; or, in a command of a graph, several."""
        for message in items_of(output, "update", "messages") or (output,):
            call_id, content = text_of(message, "tool_call_id"), get(message, "content")
            if get(message, "status") == "error":
                self.deny(call_id, content if isinstance(content, str) else str(content))
            elif call_id:
                self.output(call_id, _json(content))

    def _chain_says(self, chunk: Any) -> None:
        """Of what a node gives: outputs of calls that no tool has run, such as denied ones, and interrupts."""
        for message in items_of(chunk, "messages"):
            self._tool_ends(message)
        for interrupt in _interrupts([get(chunk, "__interrupt__")]):
            key, value = text_of(interrupt, "id"), get(interrupt, "value")
            if key not in self.interrupts:
                self.interrupts[key] = plain(value)
                self._ask(key, items_of(value, "action_requests"))

    def _ask(self, interrupt: str, requests: Sequence[Any]) -> None:
        """The user is to approve calls, which the middleware names by tool and input."""
        for at, request in enumerate(requests):
            name, args = get(request, "name"), plain(get(request, "args"))
            for key, call in self.unanswered.items():
                if call.name == name and plain(call.input) == args:
                    self.ask(key, f"{interrupt}{_AT}{at}")
                    break


def resume(message: UIMessage) -> dict[str, Any]:
    """
    Returns the user's answers for LangGraph's ``Command(resume=...)``: the decisions for each interrupt with which
    ``HumanInTheLoopMiddleware`` asked. ``message`` is the message that the reply continues (``request.continues``).

    Raises:
        ValueError: a call is not answered yet.

    """
    found: dict[str, dict[int, Any]] = {}
    for part in message.parts:
        approval = getattr(part, "approval", None)
        interrupt, _, at = getattr(approval, "id", "").rpartition(_AT)
        if not interrupt or not at.isdecimal() or not isinstance(part, CallPart):
            continue
        if getattr(part, "state", "") == "approval-requested":
            raise ValueError(f"the user has not answered the call {part.tool_call_id} yet")
        if getattr(part, "state", "") == "approval-responded":
            found.setdefault(interrupt, {})[int(at)] = _decision(approval)
    return {
        interrupt: {"decisions": [by_place[at] for at in sorted(by_place)]}
        for interrupt, by_place in found.items()
    }


def _decision(approval: Any) -> dict[str, Any]:
    if approval.approved:
        return {"type": "approve"}
    reason = getattr(approval, "reason", None)
    return {"type": "reject", **({"message": reason} if reason else {})}


def _interrupts(lists: Any) -> list[Any]:
    """Those in lists of interrupts, which the arguments of an exception of LangGraph are."""
    found = [one for each in items_of(lists) for one in items_of(each)]
    return [one for one in found if text_of(one, "id") and _has_value(one)]


def _has_value(one: Any) -> bool:
    return "value" in one if isinstance(one, Mapping) else hasattr(one, "value")


def _json(content: Any) -> Any:
    """What a tool gave is text by now, of JSON if it was an object or a list."""
    if isinstance(content, str) and content.startswith(("{", "[")):
        try:
            return loads(content)
        except (ValueError, RecursionError):
            return content
    return plain(content)


def _usage(usage: Any) -> Usage:
    return Usage.of(
        count_of(usage, "input_tokens"),
        count_of(usage, "output_tokens"),
        reasoning_tokens=count_of(usage, "output_token_details", "reasoning"),
        cached_input_tokens=count_of(usage, "input_token_details", "cache_read"),
    )
