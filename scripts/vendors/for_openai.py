"""Streams of OpenAI's Chat Completions and Responses, made of the classes of its package."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openai.types.chat import ChatCompletionChunk
from openai.types.responses import ResponseOutputItem, ResponseStreamEvent
from openai.types.responses.response_output_text_annotation_added_event import Annotation
from pydantic import TypeAdapter

from scripts.vendors.recording import Recording, checked, fields, tags

# --- Chat Completions -------------------------------------------------------------------------------------------------


def chat() -> Recording:
    choice = ChatCompletionChunk.model_fields["choices"].annotation.__args__[0]
    models = (ChatCompletionChunk, choice, choice.model_fields["delta"].annotation)
    known = {"field": sorted({name for model in models for name in fields(model)})}
    streams = {name: [_chunk(one) for one in chunks] for name, chunks in _chats()}
    return Recording("openai", known, streams)


def _chunk(given: dict[str, Any]) -> Any:
    """``given`` are a delta, or a whole chunk where it has choices, and ``finish_reason``."""
    if "choices" not in given and "error" not in given:
        reason = given.get("finish_reason")
        delta = {key: value for key, value in given.items() if key != "finish_reason"}
        given = {"choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}
    base = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1764000000,
        "model": "gpt-5",
    }
    return checked(ChatCompletionChunk, {**base, "choices": [], **given})


def _call(index: int | None, arguments: str = "", *, call_id: str = "", name: str = "") -> Any:
    function = {"arguments": arguments, **({"name": name} if name else {})}
    call = {"function": function, **({"id": call_id, "type": "function"} if call_id else {})}
    return call if index is None else {"index": index, **call}


USAGE = {
    "prompt_tokens": 20,
    "completion_tokens": 7,
    "total_tokens": 27,
    "completion_tokens_details": {"reasoning_tokens": 3},
    "prompt_tokens_details": {"cached_tokens": 16},
}


def _chats() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    yield (
        "text",
        [
            {"role": "assistant", "content": "", "refusal": None},
            {"content": "Hello"},
            {"content": ", 🌍!"},
            {"finish_reason": "stop"},
            {"choices": [], "usage": USAGE, "service_tier": "default", "system_fingerprint": "fp"},
        ],
    )
    yield (
        "two calls at once",
        [
            {"role": "assistant", "content": None},
            {"tool_calls": [_call(0, call_id="call_a", name="weather")]},
            {"tool_calls": [_call(0, '{"city":')]},
            {"tool_calls": [_call(1, call_id="call_b", name="weather")]},
            {"tool_calls": [_call(1, '{"city": "Rome"}'), _call(0, ' "Oslo"}')]},
            {"finish_reason": "tool_calls"},
        ],
    )
    yield (
        "text before and after a call",
        [
            {"content": "Let me look."},
            {"tool_calls": [_call(0, "{}", call_id="call_a", name="now")]},
            {"content": "Done."},
            {"finish_reason": "stop"},
        ],
    )
    yield (
        "a call that is cut off",
        [
            {"tool_calls": [_call(0, '{"city": "Os', call_id="call_a", name="weather")]},
            {"finish_reason": "length"},
        ],
    )
    yield "a refusal", [{"refusal": "I can't"}, {"refusal": " help."}, {"finish_reason": "stop"}]
    yield "filtered", [{"content": "So"}, {"finish_reason": "content_filter"}]
    yield (
        "the old way to call",
        [
            {"function_call": {"name": "weather", "arguments": ""}},
            {"function_call": {"arguments": '{"city": "Oslo"}'}},
            {"finish_reason": "function_call"},
        ],
    )
    yield (
        "other services: reasoning, citations, images, usage each time",
        [
            {"reasoning_content": "The user"},
            {"reasoning": " greets."},
            {"content": "See [1]."},
            {
                "annotations": [
                    {
                        "type": "url_citation",
                        "url_citation": {
                            "url": "https://example.com/a",
                            "title": "A",
                            "start_index": 4,
                            "end_index": 7,
                        },
                    }
                ]
            },
            {
                "images": [
                    {"type": "image_url", "image_url": {"url": "data:image/webp;base64,AAAA"}}
                ]
            },
            {
                "choices": [{"index": 0, "delta": {"content": "!"}, "finish_reason": None}],
                "usage": {**USAGE, "completion_tokens": 6},
            },
            {
                "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}],
                "usage": USAGE,
            },
        ],
    )
    yield (
        "other services: calls whole, without ids, of one index, names late",
        [
            {
                "tool_calls": [
                    _call(0, '{"a": 1}', call_id="x", name="f"),
                    _call(0, '{"a": 2}', call_id="y", name="f"),
                ]
            },
            {"tool_calls": [_call(1, '{"b"')]},
            {"tool_calls": [_call(1, ": 3}", name="g")]},
            {"finish_reason": "stop"},
        ],
    )
    yield (
        "all that is left out",
        [
            {
                "choices": [
                    {
                        "index": 0,
                        "delta": {"audio": {"id": "audio_1", "data": "AAAA", "transcript": "Hi"}},
                        "logprobs": {"content": None, "refusal": None},
                    },
                    {"index": 1, "delta": {"content": "the second choice"}},
                ],
                "obfuscation": "xxxx",
            },
            {
                "moderation": {
                    "input": {"type": "error", "code": "1", "message": "no"},
                    "output": {"type": "error", "code": "1", "message": "no"},
                }
            },
            {"finish_reason": "stop"},
        ],
    )
    yield "an error", [{"content": "So"}, {"error": {"message": "overloaded", "code": 502}}]
    yield "cut off", [{"content": "So"}]


# --- Responses --------------------------------------------------------------------------------------------------------

_EVENT: TypeAdapter[Any] = TypeAdapter(ResponseStreamEvent)


def responses() -> Recording:
    known = {
        "event": tags(ResponseStreamEvent),
        "item": tags(ResponseOutputItem),
        "annotation": tags(Annotation),
    }
    streams = {name: _numbered(events) for name, events in _responses()}
    return Recording("openai", known, streams)


def _numbered(events: list[dict[str, Any]]) -> list[Any]:
    return [
        checked(_EVENT, {**event, "type": _type(event["type"]), "sequence_number": at})
        for at, event in enumerate(events)
    ]


def _type(name: str) -> str:
    return name if name == "error" else f"response.{name}"


def _response(status: str, **more: Any) -> dict[str, Any]:
    usage = {
        "input_tokens": 20,
        "input_tokens_details": {"cached_tokens": 16, "cache_write_tokens": 0},
        "output_tokens": 7,
        "output_tokens_details": {"reasoning_tokens": 3},
        "total_tokens": 27,
    }
    return {
        "id": "resp_1",
        "object": "response",
        "created_at": 1764000000,
        "model": "gpt-5",
        "output": [],
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "status": status,
        "usage": usage if status in ("completed", "incomplete") else None,
        **more,
    }


CREATED = [
    {"type": "created", "response": _response("in_progress")},
    {"type": "in_progress", "response": _response("in_progress")},
]
COMPLETED = {"type": "completed", "response": _response("completed")}


def _message(at: int, *events: dict[str, Any], key: str = "msg_1") -> list[dict[str, Any]]:
    item = {"id": key, "type": "message", "role": "assistant", "content": []}
    return [
        {
            "type": "output_item.added",
            "output_index": at,
            "item": {**item, "status": "in_progress"},
        },
        *({"item_id": key, "output_index": at, "content_index": 0, **event} for event in events),
        {"type": "output_item.done", "output_index": at, "item": {**item, "status": "completed"}},
    ]


def _part(text: str = "") -> dict[str, Any]:
    return {"type": "output_text", "text": text, "annotations": []}


def _text(*deltas: str, annotations: tuple[dict[str, Any], ...] = ()) -> list[dict[str, Any]]:
    whole = "".join(deltas)
    return [
        {"type": "content_part.added", "part": _part()},
        *({"type": "output_text.delta", "delta": delta, "logprobs": []} for delta in deltas),
        *(
            {"type": "output_text.annotation.added", "annotation": one, "annotation_index": at}
            for at, one in enumerate(annotations)
        ),
        {"type": "output_text.done", "text": whole, "logprobs": []},
        {"type": "content_part.done", "part": _part(whole)},
    ]


def _item(
    at: int, begun: dict[str, Any], done: dict[str, Any], *events: dict[str, Any]
) -> list[dict[str, Any]]:
    return [
        {"type": "output_item.added", "output_index": at, "item": begun},
        *({"item_id": begun["id"], "output_index": at, **event} for event in events),
        {"type": "output_item.done", "output_index": at, "item": {**begun, **done}},
    ]


def _function(at: int, key: str, call_id: str, arguments: str) -> list[dict[str, Any]]:
    half = len(arguments) // 2
    return _item(
        at,
        {
            "id": key,
            "type": "function_call",
            "call_id": call_id,
            "name": "weather",
            "arguments": "",
            "status": "in_progress",
        },
        {"arguments": arguments, "status": "completed"},
        {"type": "function_call_arguments.delta", "delta": arguments[:half]},
        {"type": "function_call_arguments.delta", "delta": arguments[half:]},
        {"type": "function_call_arguments.done", "arguments": arguments, "name": "weather"},
    )


def _summary(at: int, *words: str) -> list[dict[str, Any]]:
    part = {"type": "summary_text", "text": ""}
    whole = "".join(words)
    return [
        {"type": "reasoning_summary_part.added", "summary_index": at, "part": part},
        *(
            {"type": "reasoning_summary_text.delta", "summary_index": at, "delta": one}
            for one in words
        ),
        {"type": "reasoning_summary_text.done", "summary_index": at, "text": whole},
        {
            "type": "reasoning_summary_part.done",
            "summary_index": at,
            "part": {**part, "text": whole},
        },
    ]


def _reasoning(at: int, key: str, *events: dict[str, Any], encrypted: str | None = "gAAAA") -> Any:
    begun = {"id": key, "type": "reasoning", "summary": []}
    return _item(at, begun, {"encrypted_content": encrypted}, *events)


def _hosted(at: int, item: dict[str, Any], done: dict[str, Any], *states: str) -> Any:
    events = ({"type": f"{item['type']}.{state}"} for state in states)
    return _item(at, {**item, "status": "in_progress"}, {"status": "completed", **done}, *events)


SEARCH = {"type": "search", "query": "weather Oslo", "queries": ["weather Oslo"]}
URL = {
    "type": "url_citation",
    "url": "https://example.com/oslo",
    "title": "Oslo",
    "start_index": 0,
    "end_index": 4,
}


def _responses() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    yield "text", [*CREATED, *_message(0, *_text("Hello", ", 🌍!")), COMPLETED]
    yield (
        "reasoning, two calls at once",
        [
            {"type": "queued", "response": _response("queued")},
            *CREATED,
            *_reasoning(0, "rs_1", *_summary(0, "Two", " cities."), *_summary(1, "Ask both.")),
            *_function(1, "fc_1", "call_a", '{"city": "Oslo"}'),
            *_function(2, "fc_2", "call_b", '{"city": "Rome"}'),
            COMPLETED,
        ],
    )
    yield (
        "reasoning of an open model, and one that is not shown",
        [
            *CREATED,
            *_reasoning(
                0,
                "rs_1",
                {
                    "type": "content_part.added",
                    "content_index": 0,
                    "part": {"type": "reasoning_text", "text": ""},
                },
                {"type": "reasoning_text.delta", "content_index": 0, "delta": "Hm."},
                {"type": "reasoning_text.done", "content_index": 0, "text": "Hm."},
                encrypted=None,
            ),
            *_reasoning(1, "rs_2"),
            *_reasoning(2, "rs_3", encrypted=None),
            *_message(3, *_text("Yes")),
            COMPLETED,
        ],
    )
    yield (
        "a search with citations",
        [
            *CREATED,
            *_hosted(
                0, {"id": "ws_1", "type": "web_search_call", "action": SEARCH}, {},
                "in_progress", "searching", "completed",
            ),
            *_hosted(
                1,
                {"id": "fs_1", "type": "file_search_call", "queries": ["oslo"]},
                {"results": [{"file_id": "file_1", "filename": "a.md", "score": 0.5, "text": "Oslo"}]},
                "in_progress", "searching", "completed",
            ),
            *_message(
                2,
                *_text(
                    "Oslo is cold.",
                    annotations=(
                        URL,
                        {**URL, "start_index": 5, "end_index": 12},
                        {"type": "file_citation", "file_id": "file_1", "filename": "a.md", "index": 3},
                        {"type": "container_file_citation", "file_id": "cfile_1", "filename": "b.csv", "container_id": "cntr_1", "start_index": 1, "end_index": 2},
                        {"type": "file_path", "file_id": "file_2", "index": 3},
                    ),
                ),
            ),
            COMPLETED,
        ],
    )  # fmt: skip
    yield (
        "code and an image",
        [
            *CREATED,
            *_item(
                0,
                {"id": "ci_1", "type": "code_interpreter_call", "container_id": "cntr_1", "code": "", "outputs": None, "status": "in_progress"},
                {"code": "1 + 1", "outputs": [{"type": "logs", "logs": "2"}], "status": "completed"},
                {"type": "code_interpreter_call.in_progress"},
                {"type": "code_interpreter_call_code.delta", "delta": "1 + 1"},
                {"type": "code_interpreter_call_code.done", "code": "1 + 1"},
                {"type": "code_interpreter_call.interpreting"},
                {"type": "code_interpreter_call.completed"},
            ),
            *_item(
                1,
                {"id": "ig_1", "type": "image_generation_call", "status": "in_progress", "result": None},
                {"status": "completed", "result": "AAAA", "output_format": "webp"},
                {"type": "image_generation_call.in_progress"},
                {"type": "image_generation_call.generating"},
                {"type": "image_generation_call.partial_image", "partial_image_b64": "AA==", "partial_image_index": 0},
                {"type": "image_generation_call.completed"},
            ),
            COMPLETED,
        ],
    )  # fmt: skip
    mcp = {
        "id": "mcp_1",
        "type": "mcp_call",
        "name": "roll",
        "server_label": "dice",
        "arguments": "",
    }
    yield (
        "MCP: a list, a call, a failed call, an approval",
        [
            *CREATED,
            *_item(
                0, {"id": "mcpl_1", "type": "mcp_list_tools", "server_label": "dice", "tools": []}, {},
                {"type": "mcp_list_tools.in_progress"}, {"type": "mcp_list_tools.failed"}, {"type": "mcp_list_tools.completed"},
            ),
            *_item(
                1, mcp, {"arguments": '{"sides": 6}', "output": "4"},
                {"type": "mcp_call.in_progress"},
                {"type": "mcp_call_arguments.delta", "delta": '{"sides": 6}'},
                {"type": "mcp_call_arguments.done", "arguments": '{"sides": 6}'},
                {"type": "mcp_call.completed"},
            ),
            *_item(
                2, {**mcp, "id": "mcp_2"},
                {"arguments": "{}", "error": {"type": "http_error", "code": 500, "message": "down"}},
                {"type": "mcp_call.failed"},
            ),
            *_item(3, {"id": "mcpr_1", "type": "mcp_approval_request", "name": "roll", "server_label": "dice", "arguments": '{"sides": 20}'}, {}),
            *_item(4, {"id": "mcpa_1", "type": "mcp_approval_response", "approval_request_id": "mcpr_0", "approve": True}, {}),
            COMPLETED,
        ],
    )  # fmt: skip
    click = {"type": "click", "button": "left", "x": 1, "y": 2}
    shell = {"commands": ["ls"], "max_output_length": None, "timeout_ms": None}
    caller = {"type": "direct"}
    yield (
        "the application's computer, shell, patches and custom tools",
        [
            *CREATED,
            *_item(0, {"id": "cu_1", "type": "computer_call", "call_id": "call_a", "action": click, "pending_safety_checks": [], "status": "completed"}, {}),
            *_item(1, {"id": "lsh_1", "type": "local_shell_call", "call_id": "call_b", "action": {"type": "exec", "command": ["ls"], "env": {}}, "status": "completed"}, {}),
            *_item(
                2, {"id": "sh_1", "type": "shell_call", "call_id": "call_c", "action": shell, "environment": {"type": "local"}, "caller": caller, "status": "completed"}, {},
                {"type": "shell_call_command.added", "command": "", "command_index": 0},
                {"type": "shell_call_command.delta", "delta": "ls", "command_index": 0},
                {"type": "shell_call_command.done", "command": "ls", "command_index": 0},
            ),
            *_item(3, {"id": "apc_1", "type": "apply_patch_call", "call_id": "call_d", "operation": {"type": "delete_file", "path": "a"}, "caller": caller, "status": "completed"}, {}),
            *_item(
                4, {"id": "ctc_1", "type": "custom_tool_call", "call_id": "call_e", "name": "sql", "input": ""}, {"input": "select 1"},
                {"type": "custom_tool_call_input.delta", "delta": "select 1"},
                {"type": "custom_tool_call_input.done", "input": "select 1"},
            ),
            COMPLETED,
        ],
    )  # fmt: skip
    outcome = {"type": "exit", "exit_code": 0}
    yield (
        "what OpenAI runs, with outputs of their own",
        [
            *CREATED,
            *_item(0, {"id": "tsc_1", "type": "tool_search_call", "call_id": "call_a", "arguments": {"query": "mail"}, "execution": "server", "status": "completed"}, {}),
            *_item(1, {"id": "tso_1", "type": "tool_search_output", "call_id": "call_a", "execution": "server", "status": "completed", "tools": []}, {}),
            *_item(2, {"id": "sh_1", "type": "shell_call", "call_id": "call_b", "action": shell, "environment": {"type": "container_reference", "container_id": "cntr_1"}, "status": "completed"}, {}),
            *_item(
                3, {"id": "sho_1", "type": "shell_call_output", "call_id": "call_b", "max_output_length": None, "output": [{"stdout": "a", "stderr": "", "outcome": outcome}], "status": "completed"}, {},
                {"type": "shell_call_output_content.delta", "command_index": 0, "delta": {"stdout": "a"}},
                {"type": "shell_call_output_content.done", "command_index": 0, "output": [{"stdout": "a", "stderr": "", "outcome": outcome}]},
            ),
            *_item(4, {"id": "pr_1", "type": "program", "call_id": "call_c", "code": "f()", "fingerprint": "x"}, {}),
            *_item(5, {"id": "po_1", "type": "program_output", "call_id": "call_c", "result": "1", "status": "completed"}, {}),
            *_item(6, {"id": "cmp_1", "type": "compaction", "encrypted_content": "gAAAA"}, {}, {"type": "compaction.compacting"}),
            *_item(7, {"id": "at_1", "type": "additional_tools", "role": "developer", "tools": []}, {}),
            COMPLETED,
        ],
    )  # fmt: skip
    yield (
        "outputs of calls that are not in it",
        [
            *CREATED,
            *_item(0, {"id": "o_1", "type": "function_call_output", "call_id": "call_x", "output": "1", "status": "completed"}, {}),
            *_item(1, {"id": "o_2", "type": "custom_tool_call_output", "call_id": "call_x", "output": "1", "status": "completed"}, {}),
            *_item(2, {"id": "o_3", "type": "computer_call_output", "call_id": "call_x", "output": {"type": "computer_screenshot"}, "status": "completed"}, {}),
            *_item(3, {"id": "o_4", "type": "local_shell_call_output", "output": "1"}, {}),
            *_item(4, {"id": "o_5", "type": "apply_patch_call_output", "call_id": "call_x", "status": "completed"}, {}),
            COMPLETED,
        ],
    )  # fmt: skip
    refusal: list[dict[str, Any]] = [
        {"type": "content_part.added", "part": {"type": "refusal", "refusal": ""}},
        {"type": "refusal.delta", "delta": "I can't."},
        {"type": "refusal.done", "refusal": "I can't."},
        {"type": "content_part.done", "part": {"type": "refusal", "refusal": "I can't."}},
    ]
    yield "a refusal", [*CREATED, *_message(0, *refusal), COMPLETED]
    spoken = (
        {"type": "audio.delta", "delta": "AAAA"},
        {"type": "audio.transcript.delta", "delta": "Hi"},
        {"type": "audio.transcript.done"},
        {"type": "audio.done"},
    )
    yield "speech", [*CREATED, *spoken, COMPLETED]
    limited = _response("incomplete", incomplete_details={"reason": "max_output_tokens"})
    yield (
        "a call that is cut off",
        [*CREATED, *_function(0, "fc_1", "call_a", '{"city": "Oslo"}')[:2], {"type": "incomplete", "response": limited}],
    )  # fmt: skip
    failed = _response("failed", error={"code": "server_error", "message": "overloaded"})
    yield (
        "a failure",
        [*CREATED, *_message(0, *_text("So"))[:3], {"type": "failed", "response": failed}],
    )
    yield (
        "an error",
        [
            *CREATED,
            {"type": "error", "code": "rate_limit_exceeded", "message": "slow down", "param": None},
        ],
    )
    yield "cut off", [*CREATED, *_message(0, *_text("So"))[:3]]
