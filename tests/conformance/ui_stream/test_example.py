"""``examples/copilot`` as it runs: its backend over ASGI, its reply in the real clients, its internals nowhere."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import TypeAdapter

from .conftest import LINES, Client
from .copilot_app import BODY, post


def test_the_reply_has_nothing_that_is_the_backends_own(example: Any) -> None:
    status, reply = post(example.app, BODY)
    assert status == 200
    assert b"secret-session" not in reply
    assert b"success" not in reply
    assert reply.count(b"toolName") == 2, "the two chunks of the protocol that have it"
    status, refusal = post(example.app, {**BODY, "messages": []})
    assert b'data: {"type":"error","errorText":"There is no question."}\n\n' in refusal
    assert b"details" not in refusal
    assert b'"code"' not in refusal


def test_every_event_is_in_the_contract(example: Any) -> None:
    chunk = TypeAdapter(importlib.import_module("copilot").Chunk)
    events = [
        one for one in post(example.app, BODY)[1].split(b"\n\n") if one.startswith(b"data: {")
    ]
    assert len(events) == 19
    for event in events:
        written = event.removeprefix(b"data: ")
        assert chunk.validate_json(written).to_json() == written


def test_a_request_that_is_not_one_is_refused(example: Any) -> None:
    status, answer = post(
        example.app, {key: one for key, one in BODY.items() if key != "sessionId"}
    )
    assert status == 422
    assert [error["loc"] for error in json.loads(answer)["detail"]] == [["body", "sessionId"]]
    bad = {
        "id": "a",
        "role": "assistant",
        "parts": [{"type": "data-plan", "data": {"goal": 1, "steps": []}}],
    }
    status, answer = post(example.app, {**BODY, "messages": [bad]})
    assert status == 422
    assert [error["loc"][-2:] for error in json.loads(answer)["detail"]] == [["data", "goal"]]


@pytest.mark.parametrize("line", LINES)
def test_the_clients_show_the_copilots_answer(
    example: Any, run_client: Callable[..., Client], line: int
) -> None:
    chat = run_client(line, turns=[["copilot", post(example.app, BODY)[1]]]).turns["copilot"]
    assert (chat["status"], chat["valid"]) == ("ready", True)
    message = chat["messages"][-1]
    read = TypeAdapter(importlib.import_module("copilot").Message).validate_python(message)
    assert json.loads(read.to_json()) == message
    assert message["metadata"] == {"usage": {"prompt_tokens": 120, "completion_tokens": 9}}
    by_type = {part["type"]: part for part in message["parts"]}
    assert by_type["text"]["text"] == "There is one: Send e-mail."
    assert by_type["tool-find_block"]["output"] == {
        "blocks": [{"id": "b-1", "name": "Send e-mail"}]
    }
    assert [step["done"] for step in by_type["data-plan"]["data"]["steps"]] == [True, False]
    assert "data-status" not in by_type
    assert [part["type"] for part in chat["data"]] == ["data-status", "data-plan", "data-plan"]
