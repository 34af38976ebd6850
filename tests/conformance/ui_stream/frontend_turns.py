"""
Replies, right and wrong, with what a page is to show of them through the generated transports and the generated reader.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DONE = "data: [DONE]\n\n"
PLAN = {"goal": "Answer", "steps": [{"title": "Find", "done": True}]}
FOUND = {"blocks": [{"id": "b", "name": "Mail"}]}
RUN = {"execution_id": "e", "status": "queued"}
SEND = [["sendMessage", {"text": "hello"}]]


def event(chunk: Any) -> str:
    return f"data: {json.dumps(chunk)}\n\n"


def reply(*chunks: Any, end: bool = True, cut: str = "end", status: int = 200) -> dict[str, Any]:
    """A reply of these chunks between ``start`` and ``finish``; text goes out as it is."""
    whole = [{"type": "start", "messageId": "m"}, {"type": "start-step"}, *chunks]
    whole += [{"type": "finish-step"}, {"type": "finish"}, DONE] if end else []
    events = [one if isinstance(one, str) else event(one) for one in whole]
    return {"status": status, "events": events, "cut": cut}


def words(text: str, key: str = "t") -> list[dict[str, Any]]:
    return [
        {"type": "text-start", "id": key},
        {"type": "text-delta", "id": key, "delta": text},
        {"type": "text-end", "id": key},
    ]


def call(name: str, given: Any) -> dict[str, Any]:
    return {"type": "tool-input-available", "toolCallId": "c", "toolName": name, "input": given}


def result(output: Any, **more: Any) -> dict[str, Any]:
    return {"type": "tool-output-available", "toolCallId": "c", "output": output, **more}


@dataclass(frozen=True)
class Expected:
    """
    ``error`` is the kind of the :class:`StreamError` (``"other"`` for another error) and a text in its message; ``shows`` are texts in
    the messages or chunks, ``hides`` texts that are not; ``skipped`` the kinds that were reported.
    """

    job: dict[str, Any]
    error: tuple[str, str] | None = None
    shows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    requests: tuple[str, ...] = field(default=("POST /api/chat",))

    def compare(self, name: str, found: dict[str, Any]) -> None:
        error = found["error"]
        if self.error is None:
            assert error is None, (name, error)
        else:
            kind, part = self.error
            assert error is not None, (name, found)
            assert (error["kind"] or "other") == kind, (name, error)
            assert part in error["message"], (name, error)
        if "status" in found:
            assert found["status"] == ("ready" if self.error is None else "error"), name
        shown = json.dumps(found.get("messages", found.get("chunks")))
        for text in self.shows:
            assert text in shown, (name, text, shown)
        for text in self.hides:
            assert text not in shown, (name, text, shown)
        assert found["skipped"] == list(self.skipped), name
        requests = [f"{one['method']} {one['url']}" for one in found["requests"]]
        assert requests == list(self.requests), name


def job(*replies: dict[str, Any], kind: str = "chat", **rest: Any) -> dict[str, Any]:
    return {"kind": kind, "replies": list(replies), "policy": {}, "steps": SEND, **rest}


# --- Through the AI SDK -----------------------------------------------------------------------------------------------

GOOD = reply(
    {"type": "data-status", "data": {"phase": "running", "text": "s"}, "transient": True},
    {"type": "data-plan", "id": "p", "data": PLAN},
    {"type": "message-metadata", "messageMetadata": {}},
    call("find_block", {"query": "mail", "limit": 3}),
    result(FOUND),
    *words("There is one."),
)
ASKED: list[dict[str, Any]] = [
    {"id": "u", "role": "user", "parts": [{"type": "text", "text": "run"}]},
    {
        "id": "m",
        "role": "assistant",
        "parts": [
            {"type": "step-start"},
            {
                "type": "tool-run_agent",
                "toolCallId": "c",
                "state": "input-available",
                "input": {"agent_id": "a"},
            },
        ],
    },
]

CHATS: dict[str, Expected] = {
    "a whole turn": Expected(job(GOOD), shows=("There is one.", "Mail", '"goal": "Answer"')),
    "a whole turn under the SDK's own checks as well": Expected(
        job(GOOD, schemas=True), shows=("There is one.", '"goal": "Answer"')
    ),
    "data that is not the data part's": Expected(
        job(reply(*words("before"), {"type": "data-plan", "data": {"goal": "x"}})),
        error=("invalid", "data.steps"),
        shows=("before",),
    ),
    "metadata that is not the messages'": Expected(
        job(reply({"type": "message-metadata", "messageMetadata": {"usage": 1}})),
        error=("invalid", "messageMetadata.usage"),
    ),
    "input that the tool does not take": Expected(
        job(reply(call("find_block", {"query": "", "limit": 3}))),
        error=("invalid", "input.query"),
    ),
    "output of another tool": Expected(
        job(reply(call("find_block", {"query": "a", "limit": 3}), result(RUN))),
        error=("invalid", "output.blocks"),
    ),
    "output of another tool, for a call of the message that is continued": Expected(
        job(
            reply(result(FOUND)),
            steps=[["restore", ASKED], ["sendMessage"]],
        ),
        error=("invalid", "output.execution_id"),
    ),
    "output for a call of the message that is continued": Expected(
        job(reply(result(RUN)), steps=[["restore", ASKED], ["sendMessage"]]),
        shows=('"output-available"', '"execution_id": "e"'),
    ),
    "a whole turn, its order checked": Expected(
        job(GOOD, order=True), shows=("There is one.", "Mail")
    ),
    "a reply that continues a message, its order checked": Expected(
        job(
            reply(result(RUN), *words("on")),
            steps=[["restore", ASKED], ["sendMessage"]],
            order=True,
        ),
        shows=('"output-available"', "on"),
    ),
    "chunks out of order, in development": Expected(
        job(
            {
                "status": 200,
                "events": [
                    event({"type": "start", "messageId": "other"}),
                    *map(event, words("anyway")),
                    event({"type": "finish"}),
                    DONE,
                ],
                "cut": "end",
            },
            steps=[["restore", ASKED], ["sendMessage"]],
            order=True,
        ),
        shows=("anyway",),
        # Another id than the continued message's; text without a step; an end without the step that a continuation has.
        skipped=("order", "order", "order"),
    ),
    "a stream that ends too early": Expected(
        job(reply(*words("half"), end=False)),
        error=("truncated", "broke off"),
        shows=("half",),
    ),
    "a last event without its blank line": Expected(
        job(reply(*words("half"), 'data: {"type":"finish"}\n', end=False)),
        error=("truncated", "broke off"),
    ),
    "an empty body": Expected(
        job({"status": 200, "events": [], "cut": "end"}), error=("truncated", "broke off")
    ),
    "a stream that ends too early, by policy": Expected(
        job(reply(*words("half"), end=False), policy={"truncated": "skip"}),
        shows=("half",),
        skipped=("truncated",),
    ),
    "an end by error": Expected(
        job(reply({"type": "error", "errorText": "no luck"}, end=False)),
        error=("other", "no luck"),
    ),
    "an end by abort": Expected(job(reply(*words("half"), {"type": "abort"}, end=False))),
    "a chunk of an unknown type": Expected(
        job(reply({"type": "usage", "tokens": 1}, {"type": "data-new", "data": 1}, *words("all"))),
        shows=("all",),
        hides=("data-new",),
        skipped=("unknown", "unknown"),
    ),
    "a chunk of an unknown type, by policy": Expected(
        job(reply({"type": "usage"}, *words("all")), policy={"unknown": "throw"}),
        error=("unknown", "unknown type usage"),
        hides=("all",),
    ),
    "an event that is not JSON": Expected(
        job(reply("data: {oops\n\n", *words("all"))), error=("invalid", "not JSON")
    ),
    "a key that would replace a prototype": Expected(
        job(reply('data: {"type":"data-plan","data":{"__proto__":{}}}\n\n')),
        error=("invalid", "not JSON"),
    ),
    "events that are not valid, by policy": Expected(
        job(
            reply("data: {oops\n\n", "data: 1\n\n", {"type": "text-delta", "id": 1}, *words("all")),
            policy={"invalid": "skip"},
        ),
        shows=("all",),
        skipped=("invalid",) * 3,
    ),
    "keys that a newer backend adds": Expected(
        job(
            reply(
                {"type": "text-start", "id": "n", "tone": "calm"},
                {"type": "text-delta", "id": "n", "delta": "all", "pace": 1},
                {"type": "text-end", "id": "n"},
            )
        ),
        shows=("all",),
    ),
    "heartbeats and text cut inside a character": Expected(
        job(reply(": wait\n\n", *words("\U0001f600"), ":\n\n")), shows=("\\ud83d\\ude00",)
    ),
    "a refusal": Expected(
        job({"status": 422, "events": ["messages[0] has no parts"], "cut": "end"}),
        error=("other", "messages[0] has no parts"),
    ),
    "a connection that is cut": Expected(
        job(reply(*words("half"), end=False, cut="reset")), error=("other", ""), shows=("half",)
    ),
    "stop": Expected(
        job(
            reply(*words("half")[:2], end=False, cut="hang"),
            steps=[["sendMessage", {"text": "go"}], ["stop", "half"]],
        ),
        shows=("half",),
    ),
    "a reload in the middle": Expected(
        job(GOOD, steps=[["restore", ASKED[:1]], ["resumeStream"]]),
        shows=("There is one.",),
        requests=("GET /api/chat/chat-1/stream",),
    ),
    "a reload in the middle of a reply that then breaks off": Expected(
        job(reply(*words("half"), end=False), steps=[["restore", ASKED[:1]], ["resumeStream"]]),
        error=("truncated", "broke off"),
        requests=("GET /api/chat/chat-1/stream",),
    ),
    "another transport, a whole turn": Expected(
        job(GOOD, kind="wrapped"), shows=("There is one.",)
    ),
    "another transport, data that is not the data part's": Expected(
        job(reply({"type": "data-plan", "data": {"goal": "x"}}), kind="wrapped"),
        error=("invalid", "data.steps"),
    ),
    "another transport, a stream that ends too early": Expected(
        job(reply(*words("half"), end=False), kind="wrapped"),
        error=("truncated", "broke off"),
    ),
    "another transport, a reload in the middle": Expected(
        job(
            reply(*words("half"), end=False),
            kind="wrapped",
            steps=[["restore", ASKED[:1]], ["resumeStream"]],
        ),
        error=("truncated", "broke off"),
        requests=("GET /api/chat/chat-1/stream",),
    ),
    "another transport, stop": Expected(
        job(
            reply(*words("half")[:2], end=False, cut="hang"),
            kind="wrapped",
            steps=[["sendMessage", {"text": "go"}], ["stop", "half"]],
        ),
        shows=("half",),
    ),
}

LATER: dict[str, dict[str, Any]] = {
    "reset-step": {"type": "reset-step"},
    "custom": {"type": "custom", "kind": "a.b"},
    "steering-message": {"type": "steering-message", "id": "s", "parts": []},
    "reasoning-file": {"type": "reasoning-file", "url": "data:,", "mediaType": "text/plain"},
    "tool-approval-request": {
        "type": "tool-approval-request",
        "approvalId": "a",
        "toolCallId": "c",
    },
}


def chunks_that_came_later(known: Mapping[str, bool]) -> dict[str, Expected]:
    """What a client that knows these makes of chunks that came after its line's first version."""
    asked = call("run_agent", {"agent_id": "a"})
    reset, *others = LATER.values()  # the first takes back what came before in the step
    chunks = [reset, asked, *others, *words("the rest")]
    unknown = [tag for tag in LATER if not known[tag]]
    lacking = Expected(
        job(reply(*chunks)), shows=("the rest",), skipped=("unknown",) * len(unknown)
    )
    if not unknown:
        return {"all": lacking}
    return {
        "skipped": lacking,
        "thrown": Expected(
            job(reply(*chunks), policy={"unknown": "throw"}),
            error=(
                "unknown",
                f"a {unknown[0]} chunk, which this page's version of ai does not know",
            ),
            hides=("the rest",),
        ),
    }


# --- Without it -------------------------------------------------------------------------------------------------------

READS: dict[str, Expected] = {
    "a reply that is joined, its order checked": Expected(
        job(reply(result(RUN), *words("on")), kind="resume", order=True),
        shows=('"tool-output-available"', "on"),
        requests=("GET /api/chat/chat-1/stream",),
    ),
    "a whole turn": Expected(job(GOOD, kind="read"), shows=("There is one.", '"finish"')),
    "data that is not the data part's": Expected(
        job(reply({"type": "data-plan", "data": {"goal": "x"}}), kind="read"),
        error=("invalid", "data.steps"),
        shows=('"start-step"',),
    ),
    "output of another tool": Expected(
        job(reply(call("run_agent", {"agent_id": "a"}), result(FOUND)), kind="read"),
        error=("invalid", "output.execution_id"),
    ),
    "a stream that ends too early": Expected(
        job(reply(*words("half"), end=False), kind="read"),
        error=("truncated", "broke off"),
        shows=("half",),
    ),
    "an unknown type": Expected(
        job(reply({"type": "usage"}, *words("all")), kind="read"),
        shows=("all",),
        hides=("usage",),
        skipped=("unknown",),
    ),
    "leaving the loop": Expected(
        job(reply(*words("half")[:2], end=False, cut="hang"), kind="read", leaveAt="text-delta"),
        shows=("half",),
    ),
    "aborting": Expected(
        job(reply(*words("half")[:2], end=False, cut="hang"), kind="read", abortAt="text-delta"),
        error=("other", "enough"),
        shows=("half",),
    ),
    "a connection that is cut": Expected(
        job(reply(*words("half"), end=False, cut="reset"), kind="read"), error=("other", "")
    ),
    "a refusal": Expected(
        job({"status": 422, "events": ["messages[0] has no parts"], "cut": "end"}, kind="read"),
        error=("refused", "messages[0] has no parts"),
    ),
    "a refusal without a word": Expected(
        job({"status": 503, "events": [], "cut": "end"}, kind="read"),
        error=("refused", "503 Service Unavailable"),
    ),
}
