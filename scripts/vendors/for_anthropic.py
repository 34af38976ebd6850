"""Streams of Anthropic's Messages, made of the classes of its package, of the beta ones too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from anthropic.lib.streaming import MessageStreamEvent
from anthropic.types import (
    RawMessageStreamEvent,
    raw_content_block_delta,
    raw_content_block_start_event,
)
from anthropic.types.beta import (
    BetaRawMessageStreamEvent,
    beta_raw_content_block_delta,
    beta_raw_content_block_start_event,
)
from anthropic.types.citations_delta import Citation
from pydantic import TypeAdapter

from scripts.vendors.recording import Recording, checked, tags

_EVENT: TypeAdapter[Any] = TypeAdapter(RawMessageStreamEvent)
_BETA: TypeAdapter[Any] = TypeAdapter(BetaRawMessageStreamEvent)
_HELPER: TypeAdapter[Any] = TypeAdapter(MessageStreamEvent)


def messages() -> Recording:
    blocks = (
        raw_content_block_start_event.ContentBlock,
        beta_raw_content_block_start_event.ContentBlock,
    )
    deltas = (
        raw_content_block_delta.RawContentBlockDelta,
        beta_raw_content_block_delta.BetaRawContentBlockDelta,
    )
    known = {
        "event": tags(MessageStreamEvent),
        "content_block": sorted({tag for one in blocks for tag in tags(one)}),
        "delta": sorted({tag for one in deltas for tag in tags(one)}),
        "citation": tags(Citation),
    }
    streams = {
        **{name: [checked(_EVENT, one) for one in events] for name, events in _streams()},
        **{name: [checked(_BETA, one) for one in events] for name, events in _beta()},
        **{name: [checked(_HELPER, one) for one in events] for name, events in _helper()},
    }
    return Recording("anthropic", known, streams)


def _start(**usage: Any) -> dict[str, Any]:
    message: dict[str, Any] = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "content": [],
        "model": "claude",
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": 12, "output_tokens": 1, "cache_read_input_tokens": 8, **usage},
    }
    return {"type": "message_start", "message": message}


def _over(reason: str, **delta: Any) -> list[dict[str, Any]]:
    return [
        {
            "type": "message_delta",
            "delta": {"stop_reason": reason, "stop_sequence": None, **delta},
            "usage": {"output_tokens": 7, "output_tokens_details": {"thinking_tokens": 3}},
        },
        {"type": "message_stop"},
    ]


def _block(index: int, block: dict[str, Any], *deltas: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"type": "content_block_start", "index": index, "content_block": block},
        *({"type": "content_block_delta", "index": index, "delta": delta} for delta in deltas),
        {"type": "content_block_stop", "index": index},
    ]


def _text(index: int, *words: str, citations: tuple[dict[str, Any], ...] = ()) -> Any:
    return _block(
        index,
        {"type": "text", "text": "", "citations": None},
        *({"type": "text_delta", "text": word} for word in words),
        *({"type": "citations_delta", "citation": one} for one in citations),
    )


def _thinking(index: int, *words: str) -> list[dict[str, Any]]:
    return _block(
        index,
        {"type": "thinking", "thinking": "", "signature": ""},
        *({"type": "thinking_delta", "thinking": word} for word in words),
        {"type": "signature_delta", "signature": "EqQB"},
    )


def _call(index: int, key: str, name: str, *pieces: str, **block: Any) -> list[dict[str, Any]]:
    return _block(
        index,
        {"type": "tool_use", "id": key, "name": name, "input": {}, **block},
        *({"type": "input_json_delta", "partial_json": piece} for piece in pieces),
    )


def _served(index: int, name: str, result: str, content: Any) -> list[dict[str, Any]]:
    """A call of a tool of Anthropic's, and what it gave."""
    key = f"srvtoolu_{index}"
    return [
        *_call(index, key, name, '{"query": "oslo"}', type="server_tool_use"),
        *_block(index + 1, {"type": result, "tool_use_id": key, "content": content}),
    ]


WEB = {
    "type": "web_search_result_location",
    "url": "https://example.com/oslo",
    "title": "Oslo",
    "cited_text": "It is cold",
    "encrypted_index": "Eo8B",
}
CHARS = {
    "type": "char_location",
    "document_index": 0,
    "document_title": "Report",
    "cited_text": "cold",
    "start_char_index": 3,
    "end_char_index": 7,
    "file_id": None,
}


def _streams() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    yield "text", [_start(), *_text(0, "Hello", ", 🌍!"), *_over("end_turn")]
    yield (
        "thinking, two calls at once",
        [
            _start(),
            *_thinking(0, "Two", " cities."),
            *_text(1, "Let me look."),
            *_call(2, "toolu_a", "weather", "", '{"city": ', '"Oslo"}'),
            *_call(3, "toolu_b", "now"),
            *_over("tool_use"),
        ],
    )
    yield (
        "thinking that is not shown",
        [
            _start(),
            *_thinking(0),
            *_block(1, {"type": "redacted_thinking", "data": "EvAB"}),
            *_text(2, "Yes"),
            *_over("stop_sequence"),
        ],
    )
    found = [
        {
            "type": "web_search_result",
            "url": "https://example.com/oslo",
            "title": "Oslo",
            "encrypted_content": "EqgB",
            "page_age": None,
        }
    ]
    yield (
        "a search with citations",
        [
            _start(),
            *_served(0, "web_search", "web_search_tool_result", found),
            *_text(2, "Oslo is cold. ", citations=(WEB, WEB)),
            *_text(
                3,
                "So says the report.",
                citations=(
                    CHARS,
                    {
                        "type": "page_location",
                        "document_index": 1,
                        "document_title": None,
                        "cited_text": "p",
                        "start_page_number": 1,
                        "end_page_number": 2,
                        "file_id": None,
                    },
                    {
                        "type": "content_block_location",
                        "document_index": 1,
                        "document_title": None,
                        "cited_text": "b",
                        "start_block_index": 1,
                        "end_block_index": 2,
                        "file_id": None,
                    },
                    {
                        "type": "search_result_location",
                        "source": "https://example.com/own",
                        "title": None,
                        "cited_text": "s",
                        "search_result_index": 0,
                        "start_block_index": 1,
                        "end_block_index": 2,
                    },
                ),
            ),
            *_over("end_turn"),
        ],
    )
    failed = {"type": "web_search_tool_result_error", "error_code": "max_uses_exceeded"}
    run = {
        "type": "code_execution_result",
        "stdout": "2",
        "stderr": "",
        "return_code": 0,
        "content": [],
    }
    fetched = {
        "type": "web_fetch_result",
        "url": "https://example.com",
        "retrieved_at": None,
        "content": {
            "type": "document",
            "title": None,
            "citations": None,
            "source": {"type": "text", "media_type": "text/plain", "data": "Hi"},
        },
    }
    bash = {
        "type": "bash_code_execution_result",
        "stdout": "a",
        "stderr": "",
        "return_code": 0,
        "content": [],
    }
    edit = {"type": "text_editor_code_execution_create_result", "is_file_update": False}
    tools = {"type": "tool_search_tool_search_result", "tool_references": []}
    yield (
        "every tool that Anthropic runs, and one that fails",
        [
            _start(),
            *_served(0, "web_search", "web_search_tool_result", failed),
            *_served(2, "web_fetch", "web_fetch_tool_result", fetched),
            *_served(4, "code_execution", "code_execution_tool_result", run),
            *_served(6, "bash_code_execution", "bash_code_execution_tool_result", bash),
            *_served(
                8, "text_editor_code_execution", "text_editor_code_execution_tool_result", edit
            ),
            *_served(10, "tool_search_tool_regex", "tool_search_tool_result", tools),
            *_block(12, {"type": "container_upload", "file_id": "file_1"}),
            *_over("pause_turn"),
        ],
    )
    caller = {"type": "code_execution_20260120", "tool_id": "srvtoolu_0"}
    yield (
        "a call of code",
        [_start(), *_call(0, "toolu_a", "weather", "{}", caller=caller), *_over("tool_use")],
    )
    yield (
        "a call that is cut off",
        [_start(), *_call(0, "toolu_a", "weather", '{"city": "Os'), *_over("max_tokens")],
    )
    details = {"type": "refusal", "category": "bio", "explanation": "That is not for me."}
    yield "a refusal", [_start(), *_text(0, "So"), *_over("refusal", stop_details=details)]
    yield "too long", [_start(), *_text(0, "So"), *_over("model_context_window_exceeded")]
    yield "cut off", [_start(), *_text(0, "So")[:2]]


def _beta() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    model = {"model": "claude"}
    yield (
        "beta: MCP, an advisor, and what is left out",
        [
            _start(),
            *_block(0, {"type": "mcp_tool_listing", "mcp_server_name": "dice", "tools": []}),
            *_call(
                1, "mcptoolu_a", "roll", '{"sides": 6}', type="mcp_tool_use", server_name="dice"
            ),
            *_block(
                2, _mcp_result("mcptoolu_a", [{"type": "text", "text": "4", "citations": None}])
            ),
            *_call(3, "mcptoolu_b", "roll", type="mcp_tool_use", server_name="dice"),
            *_block(4, _mcp_result("mcptoolu_b", "no dice", is_error=True)),
            *_call(5, "srvtoolu_c", "advisor", type="server_tool_use"),
            *_block(
                6,
                {
                    "type": "advisor_tool_result",
                    "tool_use_id": "srvtoolu_c",
                    "content": {"type": "advisor_result", "text": "Roll.", "stop_reason": None},
                },
            ),
            *_block(
                7,
                {"type": "compaction", "content": None},
                {"type": "compaction_delta", "content": "So far", "encrypted_content": None},
            ),
            *_block(
                8,
                {
                    "type": "fallback",
                    "from": model,
                    "to": model,
                    "trigger": {"type": "refusal", "category": None},
                },
            ),
            *_over("end_turn"),
        ],
    )


def _mcp_result(key: str, content: Any, *, is_error: bool = False) -> dict[str, Any]:
    return {
        "type": "mcp_tool_result",
        "tool_use_id": key,
        "content": content,
        "is_error": is_error,
    }


def _helper() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """As ``client.messages.stream`` gives them, with events of the SDK's own between."""
    begin, hello, cited, stop = _text(0, "Hello", citations=(WEB,))
    think = _thinking(1, "Hm")
    call = _call(2, "toolu_a", "now", "{}")
    text = {"type": "text", "text": "Hello", "citations": [WEB]}
    yield (
        "the SDK's helper",
        [
            _start(),
            begin,
            hello,
            {"type": "text", "text": "Hello", "snapshot": "Hello"},
            cited,
            {"type": "citation", "citation": WEB, "snapshot": [WEB]},
            {**stop, "content_block": text},
            *think[:2],
            {"type": "thinking", "thinking": "Hm", "snapshot": "Hm"},
            think[2],
            {"type": "signature", "signature": "EqQB"},
            {
                **think[3],
                "content_block": {"type": "thinking", "thinking": "Hm", "signature": "EqQB"},
            },
            *call[:2],
            {"type": "input_json", "partial_json": "{}", "snapshot": {}},
            {
                **call[2],
                "content_block": {"type": "tool_use", "id": "toolu_a", "name": "now", "input": {}},
            },
            _over("tool_use")[0],
            {"type": "message_stop", "message": {**_start()["message"], "content": [text]}},
        ],
    )
