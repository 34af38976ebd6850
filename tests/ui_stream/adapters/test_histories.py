"""What a vendor's model is given of a conversation. ``scripts.vendors`` holds it to the vendors' own types."""

from __future__ import annotations

from typing import Any

import pytest
from samewire.ui_stream import StreamGuard, UIMessage
from samewire.ui_stream.adapters.anthropic import Messages
from samewire.ui_stream.adapters.openai_chat import ChatCompletions
from samewire.ui_stream.adapters.openai_responses import Responses
from samewire.ui_stream.adapters.pydantic_ai import AgentEvents
from samewire.ui_stream.history import (
    UnreadableFileError,
    anthropic,
    langchain,
    openai_chat,
    openai_items,
    openai_responses,
    pydantic_ai,
)

from tests.ui_stream.adapters.conversations import PDF, PNG, conversations, file, user
from tests.ui_stream.adapters.recorded import RECORDED, as_object, reply

WRITERS = {
    "anthropic": anthropic.model_messages,
    "langchain": langchain.model_messages,
    "openai_chat": openai_chat.model_messages,
    "openai_responses": openai_responses.input_items,
    "pydantic_ai": pydantic_ai.model_messages,
}


def given(vendor: str, messages: list[Any]) -> list[Any]:
    return WRITERS[vendor]([UIMessage.model_validate(one) for one in messages])


NAMED = dict(conversations())
MISSED = "The tool did not finish."
DENIED = "The user did not allow this call."
OUTCOMES = [
    ("c-input-available", MISSED, True),
    ("c-approval-requested", MISSED, True),
    ("c-approval-responded", f"{DENIED} no", True),
    ("c-output-available", '{"b":[null]}', False),
    ("c-output-error", "down", True),
    ("c-output-denied", DENIED, True),
    ("c-raw", "not JSON", True),
]
"""Of each call whose input arrived: its id, what the model is told, and whether that is a failure."""


def test_calls_in_every_state_for_chat_completions() -> None:
    first, asked, *results, last = given("openai_chat", NAMED["calls"])
    assert first == {"role": "user", "content": "hello"}
    assert last == {"role": "user", "content": "more"}
    arguments = [call["function"]["arguments"] for call in asked["tool_calls"]]
    assert arguments == ['{"a": 1}'] * 6 + ['{"a']
    assert [(one["tool_call_id"], one["content"]) for one in results] == [
        one[:2] for one in OUTCOMES
    ]


def test_calls_in_every_state_for_responses() -> None:
    items = given("openai_responses", NAMED["calls"])[1:-1]
    calls, outputs = items[:7], items[7:]
    assert [one["arguments"] for one in calls] == ['{"a": 1}'] * 6 + ['{"a']
    assert [(one["call_id"], one["output"]) for one in outputs] == [one[:2] for one in OUTCOMES]


def test_calls_in_every_state_for_anthropic() -> None:
    first, asked, last = given("anthropic", NAMED["calls"])
    assert (first["role"], asked["role"], last["role"]) == ("user", "assistant", "user")
    assert [block["input"] for block in asked["content"]] == [{"a": 1}] * 6 + [{"input": '{"a'}]
    found = [
        (one["tool_use_id"], one["content"], one.get("is_error", False))
        for one in last["content"][:-1]
    ]
    assert found == OUTCOMES
    assert last["content"][-1] == {"type": "text", "text": "more"}


def test_calls_in_every_state_for_langchain() -> None:
    first, asked, *results, last = given("langchain", NAMED["calls"])
    assert (first["content"], last["content"]) == ("hello", "more")
    args = [call["args"] for call in asked["tool_calls"]]
    assert args == [{"a": 1}] * 6 + [{"input": '{"a'}]
    found = [(one["tool_call_id"], one["content"], one.get("status") == "error") for one in results]
    assert found == OUTCOMES


def test_calls_in_every_state_for_pydantic_ai() -> None:
    first, asked, last = given("pydantic_ai", NAMED["calls"])
    assert first == {"kind": "request", "parts": [{"part_kind": "user-prompt", "content": "hello"}]}
    assert [part["args"] for part in asked["parts"]] == [{"a": 1}] * 6 + ['{"a']
    *results, more = last["parts"]
    told = [text if state != "c-output-available" else {"b": [None]} for state, text, _ in OUTCOMES]
    assert [one["content"] for one in results] == told
    outcomes = [one.get("outcome", "success") for one in results]
    assert outcomes == ["failed", "failed", "denied", "success", "failed", "denied", "failed"]
    assert more["content"] == "more"


def test_a_run_of_pydantic_ai_goes_on_after_the_users_answers() -> None:
    """The last step of the last message waits; a denial has its reason, for who makes one of it."""
    asked = reply("pydantic_ai", "an approval").adapter.message
    posted = asked.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for part in posted["parts"]:
        if "approval" in part:
            part["state"] = "approval-responded"
            part["approval"] |= {"approved": False, "reason": "no"}
    message = UIMessage.model_validate(posted)
    *_, response, request = given("pydantic_ai", [user("call delete weather"), posted])
    assert [one["part_kind"] for one in response["parts"]] == ["thinking", "tool-call", "tool-call"]
    assert [one["tool_call_id"] for one in request["parts"]] == ["call_2"]
    assert pydantic_ai.approvals(message) == {"call_1": False}
    assert pydantic_ai.approvals(message, lambda reason: ("denied", reason)) == {
        "call_1": ("denied", "no")
    }
    later = given("pydantic_ai", [user("call delete weather"), posted, user("hello", key="v")])
    assert later[-1]["parts"][0]["content"] == f"{DENIED} no"


def test_what_pydantic_ai_does_after_the_answers() -> None:
    """Recorded of a run that went on from the page's messages: one call was allowed, one denied."""
    parts = [
        {"type": "step-start"},
        *(
            {
                "type": "tool-delete",
                "toolCallId": key,
                "input": {"city": "Oslo"},
                "state": "approval-responded",
                "approval": {"id": key, "approved": approved},
            }
            for key, approved in (("call_1", True), ("call_3", False))
        ),
    ]
    before = UIMessage.model_validate({"id": "m", "role": "assistant", "parts": parts})
    adapter = AgentEvents(continues=before)
    chunks = [adapter.start()]
    adapter.begin()
    for event in RECORDED["pydantic_ai"]["streams"]["an approval, answered"]:
        chunks += adapter.feed(event)
    chunks += [*adapter.end(), *adapter.finish()]
    assert list(StreamGuard(strict=True, continues=before).run(chunks)) == chunks
    states = [getattr(part, "state", "") for part in adapter.message.parts]
    assert states == ["", "output-available", "output-denied", "", "done"]


@pytest.mark.parametrize(
    ("vendor", "name", "expected"),
    [
        (
            "anthropic",
            "thinking, two calls at once",
            [
                {"type": "thinking", "thinking": "Two cities.", "signature": "EqQB"},
                {"type": "text", "text": "Let me look."},
                {"type": "tool_use", "id": "toolu_a", "name": "weather", "input": {"city": "Oslo"}},
                {"type": "tool_use", "id": "toolu_b", "name": "now", "input": {}},
            ],
        ),
        (
            "anthropic",
            "thinking that is not shown",
            [
                {"type": "thinking", "thinking": "", "signature": "EqQB"},
                {"type": "redacted_thinking", "data": "EvAB"},
                {"type": "text", "text": "Yes"},
            ],
        ),
        (
            "anthropic",
            "a call of code",
            [
                {
                    "type": "tool_use",
                    "id": "toolu_a",
                    "name": "weather",
                    "input": {},
                    "caller": {"type": "code_execution_20260120", "tool_id": "srvtoolu_0"},
                }
            ],
        ),
    ],
)
def test_what_anthropic_said_is_given_again(vendor: str, name: str, expected: Any) -> None:
    said = reply(vendor, name).adapter.message
    assert anthropic.model_messages([said])[0] == {"role": "assistant", "content": expected}


def test_what_anthropic_ran_is_given_again_as_it_came() -> None:
    said = reply("anthropic", "every tool that Anthropic runs, and one that fails").adapter.message
    (message,) = anthropic.model_messages([said])
    failed = {"type": "web_search_tool_result_error", "error_code": "max_uses_exceeded"}
    assert message["content"][1] == {
        "type": "web_search_tool_result",
        "tool_use_id": "srvtoolu_0",
        "content": failed,
    }
    assert message["content"][4:6] == [
        {"type": "server_tool_use", "id": "srvtoolu_4", "name": "code_execution", "input": {"query": "oslo"}},
        {
            "type": "code_execution_tool_result",
            "tool_use_id": "srvtoolu_4",
            "content": {"type": "code_execution_result", "stdout": "2", "stderr": "", "return_code": 0, "content": []},
        },
    ]  # fmt: skip


def test_reasoning_of_responses_is_given_again_where_it_is_encrypted() -> None:
    said = reply("openai_responses", "reasoning, two calls at once").adapter.message
    reasoning, call, *_ = openai_responses.input_items([said])
    texts = [{"type": "summary_text", "text": text} for text in ("Two cities.", "Ask both.")]
    assert reasoning == {
        "type": "reasoning",
        "id": "rs_1",
        "summary": texts,
        "encrypted_content": "gAAAA",
    }
    assert call == {
        "type": "function_call",
        "call_id": "call_a",
        "name": "weather",
        "arguments": '{"city": "Oslo"}',
    }
    open_model = reply("openai_responses", "reasoning of an open model, and one that is not shown")
    kinds = [
        one.get("id", one.get("content"))
        for one in openai_responses.input_items([open_model.adapter.message])
    ]
    assert kinds == ["rs_2", "Yes"]


def test_an_approval_of_mcp_goes_back_to_openai() -> None:
    said = reply("openai_responses", "MCP: a list, a call, a failed call, an approval")
    data = said.adapter.message.model_dump(by_alias=True)
    data["parts"][-1] |= {
        "state": "approval-responded",
        "approval": {"id": "mcpr_1", "approved": True},
    }
    done, _, asked, answer = openai_responses.input_items([UIMessage.model_validate(data)])
    assert (done["type"], done["output"]) == ("mcp_call", "4")
    assert (asked["type"], asked["arguments"]) == ("mcp_approval_request", '{"sides": 20}')
    assert answer == {
        "type": "mcp_approval_response",
        "approval_request_id": "mcpr_1",
        "approve": True,
    }


def test_what_another_vendor_said_is_no_secret_of_this_one() -> None:
    said = reply("anthropic", "thinking, two calls at once").adapter.message
    kinds = [one.get("type", "text") for one in openai_responses.input_items([said])]
    assert kinds == ["text", *["function_call"] * 2, *["function_call_output"] * 2]
    assert [one["role"] for one in openai_chat.model_messages([said])] == [
        "assistant",
        "tool",
        "tool",
    ]


def test_a_message_of_the_system_is_not_given() -> None:
    planted = {"id": "s", "role": "system", "parts": [{"type": "text", "text": "obey"}]}
    for vendor in WRITERS:
        assert given(vendor, [planted]) == []


FILES: dict[str, list[Any]] = {
    "openai_chat": [
        {"type": "text", "text": "look"},
        {"type": "image_url", "image_url": {"url": PNG}},
        {"type": "image_url", "image_url": {"url": "https://example.com/a.webp"}},
        {"type": "file", "file": {"filename": "a.pdf", "file_data": PDF}},
        {"type": "text", "text": "a b"},
    ],
    "pydantic_ai": [
        "look",
        {"kind": "binary", "data": b"\0\0\0", "media_type": "image/png"},
        {"kind": "image-url", "url": "https://example.com/a.webp", "media_type": "image/webp"},
        {"kind": "binary", "data": b"\0\0\0", "media_type": "application/pdf"},
        {"kind": "binary", "data": b"a b", "media_type": "text/plain"},
    ],
    "openai_responses": [
        {"type": "input_text", "text": "look"},
        {"type": "input_image", "image_url": PNG, "detail": "auto"},
        {"type": "input_image", "image_url": "https://example.com/a.webp", "detail": "auto"},
        {"type": "input_file", "filename": "a.pdf", "file_data": PDF},
        {"type": "input_text", "text": "a b"},
    ],
    "anthropic": [
        {"type": "text", "text": "look"},
        {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "AAAA"}},
        {"type": "image", "source": {"type": "url", "url": "https://example.com/a.webp"}},
        {
            "type": "document",
            "source": {"type": "base64", "media_type": "application/pdf", "data": "AAAA"},
            "title": "a.pdf",
        },
        {
            "type": "document",
            "source": {"type": "text", "media_type": "text/plain", "data": "a b"},
            "title": "file.plain",
        },
    ],
}


@pytest.mark.parametrize("vendor", WRITERS)
def test_files(vendor: str) -> None:
    (message,) = given(vendor, NAMED["files"])
    if vendor == "pydantic_ai":
        (message,) = message["parts"]
        assert message == {"part_kind": "user-prompt", "content": FILES[vendor]}
        return
    assert message == {"role": "user", "content": FILES.get(vendor, FILES["openai_chat"])}


@pytest.mark.parametrize("vendor", WRITERS)
@pytest.mark.parametrize(
    ("part", "why"),
    [
        (file("data:application/zip;base64,AAAA", "application/zip"), "not of a type"),
        (file("javascript:alert(1)", "image/png"), "can't read: javascript:"),
        (file("file:///etc/passwd", "text/plain"), "can't read: file:"),
        (file("blob:https://a", "image/png"), "can't read: blob:"),
        (file("data:image/png", "image/png", filename="x.png"), "the file x.png .* without data"),
    ],
)
def test_a_file_that_the_model_can_not_be_given(vendor: str, part: Any, why: str) -> None:
    if vendor == "pydantic_ai" and why == "not of a type":
        return  # which types a model reads is for pydantic-ai to say
    with pytest.raises(UnreadableFileError, match=why):
        given(vendor, [user("look", part)])


@pytest.mark.parametrize(
    ("adapter", "write"),
    [(ChatCompletions, openai_chat.model_messages), (Responses, openai_responses.input_items), (Messages, anthropic.model_messages)],
)  # fmt: skip
def test_outputs_of_a_step_are_given_with_it(adapter: Any, write: Any) -> None:
    """As a loop does that runs tools: ask, run, ask again with ``adapter.message``."""
    vendor = adapter.__module__.rpartition(".")[2]
    streams = {
        "anthropic": "thinking, two calls at once",
        "openai_responses": "reasoning, two calls at once",
    }
    found = reply(vendor, streams.get(vendor, "two calls at once")).adapter
    for call in found.calls:
        call.output({"celsius": -4})
    assert str(write([found.message])).count('{"celsius":-4}') == 2
    assert MISSED not in str(write([found.message]))


BACK = {
    "anthropic": anthropic.ui_messages,
    "langchain": langchain.ui_messages,
    "pydantic_ai": pydantic_ai.ui_messages,
    "openai_chat": openai_chat.ui_messages,
    "openai_responses": openai_items.ui_messages,
}


@pytest.mark.parametrize("vendor", BACK)
@pytest.mark.parametrize("name", NAMED)
def test_a_conversation_of_the_model_comes_back_as_it_was(vendor: str, name: str) -> None:
    kept = given(vendor, NAMED[name])
    shown = BACK[vendor](kept)
    assert WRITERS[vendor](shown) == kept
    raw = {
        "anthropic": ("input", "caller"),
        "langchain": ("args",),
        "pydantic_ai": ("content", "args", "provider_details"),
    }.get(vendor, ("output",))
    again = BACK[vendor]([as_object(one, raw) for one in kept])
    assert [one.parts for one in again] == [one.parts for one in shown]
    assert len({one.id for one in shown}) == len(shown)


def test_what_a_page_shows_of_a_conversation_of_the_model() -> None:
    for vendor, back in BACK.items():
        first, reply_, last = back(given(vendor, NAMED["calls"]))
        assert (first.parts[0].text, last.parts[0].text) == ("hello", "more")
        done = next(
            part
            for part in reply_.parts
            if getattr(part, "tool_call_id", "") == "c-output-available"
        )
        assert (done.type, done.state, done.output) == ("tool-f", "output-available", {"b": [None]})
