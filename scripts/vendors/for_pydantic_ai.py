"""Runs of agents of pydantic-ai, and its events made by hand; beside them what its own Vercel adapter makes of them."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_ai import (
    Agent,
    ApprovalRequired,
    DeferredToolRequests,
    DeferredToolResults,
    ModelRetry,
    RunContext,
    ToolDenied,
)
from pydantic_ai import messages as m
from pydantic_ai.models.function import AgentInfo, DeltaThinkingPart, DeltaToolCall, FunctionModel
from pydantic_ai.ui.vercel_ai import VercelAIEventStream
from pydantic_ai.ui.vercel_ai.request_types import SubmitMessage
from pydantic_core import to_jsonable_python
from samewire.ui_stream import UIMessage
from samewire.ui_stream.adapters.pydantic_ai import AgentEvents
from samewire.ui_stream.history import pydantic_ai as history

from scripts.vendors.recording import Recording

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
UNSTABLE = ("timestamp", "run_id", "conversation_id", "_state", "_new_message_index")


def events() -> Recording:
    known = {
        "event": sorted({*_kinds(m.AgentStreamEvent, "event_kind"), "agent_run_result"}),
        "part": _kinds(m.ModelResponsePart, "part_kind"),
        "delta": _kinds(m.ModelResponsePartDelta, "part_delta_kind"),
    }
    found = asyncio.run(_streams())
    streams = {name: [_plain(event) for event in sent] for name, sent in found.items()}
    oracle = {name: asyncio.run(_oracle(sent)) for name, sent in found.items()}
    return Recording("pydantic-ai-slim", known, streams, oracle)


def _kinds(union: Any, field: str) -> list[str]:
    def classes(of: Any) -> list[Any]:
        inner = [one for each in get_args(of) for one in classes(each)]
        return [of] if isinstance(of, type) else inner

    return sorted({getattr(one, field) for one in classes(union) if hasattr(one, field)})


def _plain(event: Any) -> Any:
    """The event as JSON; a run's result has more than an adapter reads, by a method and properties."""
    if event.event_kind == "agent_run_result":
        result = event.result
        used = {
            "input_tokens": result.usage.input_tokens,
            "output_tokens": result.usage.output_tokens,
        }
        said = {
            "output": to_jsonable_python(result.output),
            "usage": used,
            "response": {"finish_reason": result.response.finish_reason},
        }
        return {"event_kind": event.event_kind, "result": _stable(said)}
    return _stable(to_jsonable_python(event))


def _stable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _stable(one) for key, one in value.items() if key not in UNSTABLE}
    return [_stable(one) for one in value] if isinstance(value, list) else value


async def _oracle(sent: list[Any]) -> list[Any]:
    async def given() -> AsyncIterator[Any]:
        for event in sent:
            yield event

    stream: Any = VercelAIEventStream(
        SubmitMessage(trigger="submit-message", id="c", messages=[]), sdk_version=6
    )
    lines = [stream.encode_event(chunk) async for chunk in stream.transform_stream(given())]
    frames = [line.removeprefix("data: ") for line in lines]
    ids: dict[str, str] = {}
    text = "\n".join(frame.strip() for frame in frames if frame.startswith("{"))
    text = _UUID.sub(lambda found: ids.setdefault(found.group(), f"id-{len(ids)}"), text)
    return [_stable(json.loads(line)) for line in text.splitlines()]


class Answer(BaseModel):
    text: str


async def _model(messages: list[m.ModelMessage], info: AgentInfo) -> AsyncIterator[Any]:
    """The prompt says what to call first; when there are outputs, it says what it says."""
    asked = str(messages[0].parts[-1].content)
    if asked.startswith("call") and len(messages) == 1:
        yield {0: DeltaThinkingPart(content="Let me ")}
        yield {0: DeltaThinkingPart(content="call.", signature="EqQB")}
        for at, name in enumerate(asked.split()[1:], 1):
            yield {at: DeltaToolCall(name=name, tool_call_id=f"call_{at}")}
            yield {at: DeltaToolCall(json_args='{"city": ')}
            yield {at: DeltaToolCall(json_args='"Oslo"}')}
    elif info.output_tools:
        name = info.output_tools[0].name
        yield {0: DeltaToolCall(name=name, json_args='{"text": "4"}', tool_call_id="call_out")}
    else:
        yield "Hello"
        yield ", 🌍!"


def _agent(output: Any = str) -> Agent[None, Any]:
    agent: Agent[None, Any] = Agent(FunctionModel(stream_function=_model), output_type=output)

    @agent.tool_plain
    def weather(city: str) -> dict[str, Any]:
        return {"city": city, "celsius": -4, "notes": None}

    @agent.tool_plain
    def picky(city: str) -> str:
        raise ModelRetry(f"not {city}")

    @agent.tool
    def delete(context: RunContext[None], city: str) -> str:
        if not context.tool_call_approved:
            raise ApprovalRequired
        return city

    return agent


async def _run(prompt: str | None, output: Any = str, **options: Any) -> list[Any]:
    async with _agent(output).run_stream_events(prompt, **options) as sent:
        return [event async for event in sent]


async def _answered() -> list[Any]:
    """A run that goes on from what the page has of another, where the user allowed one call and denied one."""
    prompt, output = "call delete weather delete", [str, DeferredToolRequests]
    asked = AgentEvents()
    asked.begin()
    for event in await _run(prompt, output):
        asked.feed(event)
    posted = json.loads(asked.message.to_json())
    answers = iter(({"approved": True}, {"approved": False, "reason": "no"}))
    for part in posted["parts"]:
        if "approval" in part:
            part["state"] = "approval-responded"
            part["approval"] |= next(answers)
    user = {"id": "u", "role": "user", "parts": [{"type": "text", "text": prompt}]}
    before = UIMessage.model_validate(posted)
    kept = history.model_messages([UIMessage.model_validate(user), before])
    return await _run(
        None,
        output,
        message_history=m.ModelMessagesTypeAdapter.validate_python(kept),
        deferred_tool_results=DeferredToolResults(approvals=history.approvals(before, ToolDenied)),
    )


async def _streams() -> dict[str, list[Any]]:
    return {
        "text": await _run("hello"),
        "two calls at once": await _run("call weather weather"),
        "a call that is to be tried again": await _run("call picky"),
        "an unknown tool": await _run("call smell"),
        "an approval": await _run("call delete weather", [str, DeferredToolRequests]),
        "an approval, answered": await _answered(),
        "an output of a tool": await _run("call weather", Answer),
        "parts": _parts(),
        "what is left out": _left_out(),
    }


def _whole(index: int, part: Any, *deltas: Any, end: Any = None) -> list[Any]:
    return [
        m.PartStartEvent(index=index, part=part),
        *(m.PartDeltaEvent(index=index, delta=delta) for delta in deltas),
        m.PartEndEvent(index=index, part=end or part),
    ]


def _parts() -> list[Any]:
    page = m.WebCitationSource("https://example.com/oslo", title="Oslo", excerpts=["cold"])
    document = m.DocumentCitationSource(document_id="doc_1", title="Report")
    cited = m.TextPart(
        "Oslo is cold.",
        citations=[
            m.Citation([page], anchor=m.ContentCitationAnchor(start=0, end=4)),
            m.Citation([document]),
        ],
    )
    search = {"tool_name": "web_search", "tool_call_id": "srv_1", "provider_name": "anthropic"}
    found = m.NativeToolReturnPart(content=[{"url": "https://example.com/oslo"}], **search)
    failed = {"tool_name": "web_fetch", "tool_call_id": "srv_2", "provider_name": "anthropic"}
    return [
        *_whole(0, m.ThinkingPart("", id="rs_1", signature="gAAAA", provider_name="openai")),
        *_whole(1, m.NativeToolCallPart(args={"query": "oslo"}, **search)),
        *_whole(2, found),
        *_whole(3, m.NativeToolCallPart(args='{"url": "x"}', **failed)),
        *_whole(4, m.NativeToolReturnPart(content="no such page", outcome="failed", **failed)),
        *_whole(5, m.TextPart(""), m.TextPartDelta("Oslo is cold."), end=cited),
        *_whole(6, m.FilePart(m.BinaryImage(b"\0\0\0", media_type="image/png"))),
    ]


def _left_out() -> list[Any]:
    request = m.ModelRequest(parts=[m.UserPromptPart("also")])
    delta = m.SpeechPartDelta(transcript_delta="Hi")
    return [
        *_whole(0, m.SpeechPart(transcript="", speaker="assistant"), delta),
        *_whole(1, m.CompactionPart(content="so far", provider_name="anthropic")),
        m.EnqueuedMessagesEvent(enqueue_id="e", messages=(request,)),
    ]
