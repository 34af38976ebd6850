"""What a user does, and the replies that the backend gives meanwhile; the client's requests are what is of interest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samewire.ui_stream import (
    Chunk,
    DataChunk,
    FinishChunk,
    StartChunk,
    ToolApprovalRequestChunk,
    ToolInputAvailableChunk,
    ToolInputDeltaChunk,
    ToolInputStartChunk,
    ToolOutputAvailableChunk,
)

from .turns import TWO_STEPS, step, text

Step = tuple[str, list[Any] | dict[str, Any], int]


@dataclass(frozen=True, slots=True)
class Scenario:
    """
    ``steps`` are methods of the chat with their arguments, and how many requests there have been after each. ``automatic`` is
    what ``sendAutomaticallyWhen`` waits for.
    """

    name: str
    steps: tuple[Step, ...]
    replies: tuple[bytes, ...]
    lines: tuple[int, ...] = (5, 6, 7)
    automatic: str | None = None


def _frame(chunk: Chunk | bytes) -> bytes:
    return chunk if isinstance(chunk, bytes) else chunk.to_sse()


def reply(message_id: str, *frames: Any) -> bytes:
    chunks = (StartChunk(message_id=message_id), *step(*frames), FinishChunk())
    return b"".join(map(_frame, chunks))


ANSWER = reply("m1", *text("t", "answer"))
CALL = ToolInputAvailableChunk(tool_call_id="c1", tool_name="ask", input={"q": 1})
ASKS = reply("m1", CALL)
ASKS_FOR_APPROVAL = reply(
    "m1",
    CALL,
    ToolApprovalRequestChunk(
        approval_id="a1", tool_call_id="c1", signature="c2ln", input_schema_input={"q": "1"}
    ),
)
INTERRUPTED = b"".join(
    map(
        _frame,
        (
            StartChunk(message_id="m1"),
            *step(ToolInputStartChunk(tool_call_id="c1", tool_name="ask", title="Ask"))[:-1],
            ToolInputDeltaChunk(tool_call_id="c1", input_text_delta='{"q": "half a '),
        ),
    )
)
DATA = reply(
    "m1",
    DataChunk(type="data-plan", id="p", data={"steps": []}),
    ToolInputAvailableChunk(tool_call_id="c2", tool_name="any", input=None, dynamic=True),
    ToolOutputAvailableChunk(tool_call_id="c2", output=None, dynamic=True),
)

HELLO: dict[str, Any] = {"text": "hello"}
FILE = {
    "type": "file",
    "mediaType": "image/png",
    "filename": "a.png",
    "url": "data:image/png;base64,AA==",
}

SCENARIOS = (
    Scenario("submit", (("sendMessage", [HELLO], 1),), (ANSWER,)),
    Scenario(
        "submit with a file, metadata and keys of the application",
        (
            (
                "sendMessage",
                [
                    {"text": "see", "files": [FILE], "metadata": {"a": None}},
                    {"body": {"session": 1}},
                ],
                1,
            ),
        ),
        (ANSWER,),
    ),
    Scenario(
        "regenerate",
        (("sendMessage", [HELLO], 1), ("regenerate", [], 2)),
        (ANSWER, ANSWER),
    ),
    Scenario(
        "regenerate an earlier message",
        (
            ("sendMessage", [HELLO], 1),
            ("sendMessage", [HELLO], 2),
            ("regenerate", [{"messageId": "m1"}], 3),
        ),
        (ANSWER, reply("m2", *text("t", "two")), ANSWER),
    ),
    Scenario(
        "edit a message",
        (
            ("sendMessage", [HELLO], 1),
            ("sendMessage", [{"text": "rather", "messageId": "made-1"}], 2),
        ),
        (ANSWER, ANSWER),
    ),
    Scenario(
        "a tool's output",
        (
            ("sendMessage", [HELLO], 1),
            ("addToolOutput", [{"tool": "ask", "toolCallId": "c1", "output": None}], 2),
        ),
        (ASKS, reply("m1", *text("t", "thanks"))),
        automatic="tools",
    ),
    Scenario(
        "a tool's failure",
        (
            ("sendMessage", [HELLO], 1),
            (
                "addToolOutput",
                [{"tool": "ask", "toolCallId": "c1", "state": "output-error", "errorText": "no"}],
                2,
            ),
        ),
        (ASKS, reply("m1", *text("t", "pity"))),
        automatic="tools",
    ),
    Scenario(
        "an approval",
        (
            ("sendMessage", [HELLO], 1),
            ("addToolApprovalResponse", [{"id": "a1", "approved": True}], 2),
        ),
        (ASKS_FOR_APPROVAL, reply("m1", ToolOutputAvailableChunk(tool_call_id="c1", output=1))),
        lines=(6, 7),
        automatic="approvals",
    ),
    Scenario(
        "a denial",
        (
            ("sendMessage", [HELLO], 1),
            ("addToolApprovalResponse", [{"id": "a1", "approved": False, "reason": "no"}], 2),
            ("sendMessage", [HELLO], 3),
        ),
        (ASKS_FOR_APPROVAL, reply("m1", *text("t", "all right")), ANSWER),
        lines=(6, 7),
        automatic="approvals",
    ),
    Scenario(
        "after an interrupted tool call",
        (("sendMessage", [HELLO], 1), ("sendMessage", [HELLO], 2)),
        (INTERRUPTED, ANSWER),
    ),
    Scenario(
        "data and dynamic tools come back",
        (("sendMessage", [HELLO], 1), ("sendMessage", [HELLO], 2)),
        (DATA, ANSWER),
    ),
    Scenario(
        "every part comes back",
        (("sendMessage", [HELLO], 1), ("sendMessage", [HELLO], 2)),
        (TWO_STEPS.body(), ANSWER),
    ),
)
