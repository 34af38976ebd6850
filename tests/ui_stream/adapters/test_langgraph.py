"""Graphs that wait for the user: approvals of LangChain's middleware, and tools that ask."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from samewire.ui_stream import Chunk, StreamGuard, UIMessage
from samewire.ui_stream.adapters.langchain import StreamEvents, resume

from tests.ui_stream.adapters.recorded import RECORDED, reply

Answer = Callable[[dict[str, Any]], dict[str, Any]]


def answered(message: UIMessage, answer: Answer) -> UIMessage:
    """The message as the page posts it: ``answer`` gives what is new of each call."""
    given = message.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for part in given["parts"]:
        if "toolCallId" in part:
            part.update(answer(part))
    return UIMessage.model_validate(given)


def by_approval(approved: dict[str, bool], **more: Any) -> Answer:
    return lambda part: {
        "state": "approval-responded",
        "approval": {**part["approval"], "approved": approved[part["toolCallId"]], **more},
    }


def continued(name: str, message: UIMessage) -> tuple[list[Chunk], StreamEvents]:
    found = StreamEvents(continues=message)
    chunks = [found.start()]
    found.begin()
    for event in RECORDED["langchain"]["streams"][name]:
        chunks += found.feed(event)
    chunks += [*found.end(), *found.finish()]
    assert list(StreamGuard(strict=True, continues=message).run(chunks)) == chunks
    return chunks, found


def states(found: Any) -> list[tuple[str, Any]]:
    return [
        (part.state, getattr(part, "output", None))
        for part in found.message.parts
        if hasattr(part, "tool_call_id")
    ]


def test_the_user_approves_what_the_middleware_holds_back() -> None:
    asked = reply("langchain", "approvals").adapter
    message = answered(asked.message, by_approval({"call_0": True, "call_1": False}, reason="no"))
    ((key, value),) = asked.interrupts.items()
    assert [one["name"] for one in value["action_requests"]] == ["weather", "weather"]
    assert resume(message) == {
        key: {"decisions": [{"type": "approve"}, {"type": "reject", "message": "no"}]}
    }
    _, found = continued("approvals, answered", message)
    assert states(found) == [
        ("output-available", {"city": "Oslo", "celsius": -4}),
        ("output-denied", None),
    ]


def test_a_call_without_an_answer_can_not_be_resumed() -> None:
    asked = reply("langchain", "approvals").adapter
    with pytest.raises(ValueError, match="has not answered the call call_0 yet"):
        resume(asked.message)
    assert resume(UIMessage(id="m", role="assistant", parts=[])) == {}


def test_approvals_of_others_are_not_the_graphs() -> None:
    asked, keys = reply("langchain", "approvals").adapter, iter(("approval-call", ".1"))
    message = answered(
        asked.message,
        lambda _: {
            "state": "approval-responded",
            "approval": {"id": next(keys), "approved": True},
        },
    )
    assert resume(message) == {}


def test_a_tool_that_asks_waits_for_its_output() -> None:
    """The page shows the call, and gives its output, as of a tool that it runs itself."""
    asked = reply("langchain", "a tool that asks").adapter
    assert states(asked) == [("input-available", None)]
    assert [*asked.interrupts.values()] == [{"about": "Oslo"}]
    _, found = continued("a tool that asks, answered", asked.message)
    assert states(found) == [("output-available", "Why?")]


@pytest.mark.parametrize("args", [(), ("no",), (["no"],), ([{"id": "x"}],), (None,)])
def test_an_error_of_a_tool_is_no_interrupt(args: Any) -> None:
    adapter = StreamEvents()
    adapter.begin()
    piece = {"name": "f", "args": "{}", "id": "c", "index": 0}
    stream = {"chunk": {"content": "", "tool_call_chunks": [piece]}}
    error = SimpleNamespace(args=args)
    adapter.feed({"event": "on_chat_model_start", "run_id": "r"})
    adapter.feed({"event": "on_chat_model_stream", "run_id": "r", "data": stream})
    adapter.feed({"event": "on_chat_model_end", "run_id": "r", "data": {"output": {}}})
    adapter.feed({"event": "on_tool_error", "data": {"error": error, "tool_call_id": "c"}})
    assert [state for state, _ in states(adapter)] == ["output-error"]
