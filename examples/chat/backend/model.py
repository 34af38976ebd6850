"""The model, which is a script: what the user's words choose is said word by word, at a model's pace."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from itertools import count
from time import monotonic
from uuid import uuid4

from samewire.ui_stream import (
    ChatRequest,
    Chunk,
    FinishChunk,
    FinishStepChunk,
    ReasoningDeltaChunk,
    ReasoningEndChunk,
    ReasoningStartChunk,
    StartChunk,
    StartStepChunk,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
    ToolApprovalRequestChunk,
    ToolInputDeltaChunk,
    ToolInputStartChunk,
    ToolOutputDeniedChunk,
)

from backend import lines
from backend.contract import (
    Changes,
    ChangesQuery,
    Deployed,
    Deployment,
    Metadata,
    Plan,
    PlanChunk,
    PlanStep,
    Progress,
    ProgressChunk,
    Status,
    StatusChunk,
    deploy,
    list_changes,
)

NAME = "scripted-1"
PACE = float(os.environ.get("CHAT_PACE", "1"))
"""How long everything takes: 0.1 is ten times as fast."""


class OverloadedError(Exception):
    """What the provider of a real model raises now and then."""


@dataclass
class Turn:
    """One reply, with what has been counted of it."""

    id: str
    continues: bool
    tokens: int = 0
    began: float = field(default_factory=monotonic)
    ids: Callable[[], int] = field(default_factory=lambda: count(1).__next__)

    async def wait(self, seconds: float) -> None:
        await asyncio.sleep(seconds * PACE)

    async def say(self, text: str) -> AsyncIterator[Chunk]:
        part = f"text-{self.ids()}"
        yield TextStartChunk(id=part)
        async for word in self._words(text):
            yield TextDeltaChunk(id=part, delta=word)
        yield TextEndChunk(id=part)

    async def think(self, text: str) -> AsyncIterator[Chunk]:
        part = f"reasoning-{self.ids()}"
        yield ReasoningStartChunk(id=part)
        async for word in self._words(text):
            yield ReasoningDeltaChunk(id=part, delta=word)
        yield ReasoningEndChunk(id=part)

    async def _words(self, text: str) -> AsyncIterator[str]:
        for word in re.findall(r"\S+\s*", text):
            self.tokens += 1
            await self.wait(0.045)
            yield word


async def reply(request: ChatRequest) -> AsyncIterator[Chunk]:
    """The chunks of one turn. One that continues a message, after an approval, keeps the message's id."""
    continued = request.continues
    turn = Turn(continued.id if continued else f"msg-{uuid4().hex[:12]}", continued is not None)
    yield StartChunk(message_id=turn.id, message_metadata=Metadata(model=NAME))
    yield StartStepChunk()
    await turn.wait(0.4)
    scene = answered(turn, request) if continued else chosen(turn, request.user_text)
    async for chunk in scene:
        yield chunk
    yield FinishStepChunk()
    seconds = round(monotonic() - turn.began, 1)
    yield FinishChunk(
        finish_reason="stop", message_metadata=Metadata(tokens=turn.tokens, seconds=seconds)
    )


def chosen(turn: Turn, text: str) -> AsyncIterator[Chunk]:
    for words, scene in (
        (("deploy", "ship"), deployment),
        (("changed", "changes"), changes),
        (("rollout", "walk"), walkthrough),
        (("slow", "wait"), silence),
        (("fail", "error", "break"), failure),
    ):
        if any(word in text.lower() for word in words):
            return scene(turn)
    return turn.say(lines.WELCOME)


# --- Scenes -----------------------------------------------------------------------------------------------------------


async def changes(turn: Turn) -> AsyncIterator[Chunk]:
    """A plan that is worked through, and a tool that just runs."""
    yield plan(0)
    async for chunk in turn.think(lines.THOUGHT_ABOUT_CHANGES):
        yield chunk
    yield plan(1)
    yield status("Reading the release log")
    call = f"call-{uuid4().hex[:8]}"
    yield ToolInputStartChunk(tool_call_id=call, tool_name="list_changes")
    yield list_changes.call(call, ChangesQuery(service="checkout", since="2.3.0"))
    await turn.wait(1.5)
    yield list_changes.result(call, Changes(until="2.4.0", changes=lines.CHANGES))
    yield FinishStepChunk()
    yield StartStepChunk()
    yield plan(2)
    async for chunk in turn.say(lines.ABOUT_CHANGES):
        yield chunk
    yield plan(3)


async def deployment(turn: Turn) -> AsyncIterator[Chunk]:
    """A tool that asks first. Its input is shown while the model writes it; the turn ends with the question."""
    async for chunk in turn.say(lines.BEFORE_DEPLOYMENT):
        yield chunk
    call = f"call-{uuid4().hex[:8]}"
    wanted = Deployment(service="checkout", version="2.4.0", environment="production")
    yield ToolInputStartChunk(tool_call_id=call, tool_name="deploy")
    for piece in re.findall(r".{1,9}", wanted.model_dump_json()):
        await turn.wait(0.06)
        yield ToolInputDeltaChunk(tool_call_id=call, input_text_delta=piece)
    yield deploy.call(call, wanted)
    yield ToolApprovalRequestChunk(approval_id=f"approval-{call}", tool_call_id=call)


async def answered(turn: Turn, request: ChatRequest) -> AsyncIterator[Chunk]:
    """What comes of the user's answers to the questions of a message."""
    for call in request.approvals:
        if not call.approval.approved:
            yield ToolOutputDeniedChunk(tool_call_id=call.tool_call_id)
            async for chunk in turn.say(lines.DENIED):
                yield chunk
            continue
        yield status("Deploying")
        for percent, label in lines.DEPLOYMENT:
            progress = Progress(label=label, percent=percent)
            yield ProgressChunk(id=f"progress-{call.tool_call_id}", data=progress)
            await turn.wait(0.7)
        done = Deployed(url="https://checkout.example.com", seconds=41.7, instances=6)
        yield deploy.result(call.tool_call_id, done)
        yield FinishStepChunk()
        yield StartStepChunk()
        async for chunk in turn.say(lines.DEPLOYED):
            yield chunk


async def walkthrough(turn: Turn) -> AsyncIterator[Chunk]:
    """A long answer: stop it, or reload the page in the middle."""
    async for chunk in turn.say(lines.ROLLOUT):
        yield chunk


async def silence(turn: Turn) -> AsyncIterator[Chunk]:
    """Nothing to send for a while: the response writes comments meanwhile, and nothing in between times out."""
    async for chunk in turn.say(lines.BEFORE_SILENCE):
        yield chunk
    yield status("Waiting for the canary; heartbeats keep the connection open")
    await turn.wait(7)
    async for chunk in turn.say(lines.AFTER_SILENCE):
        yield chunk


async def failure(turn: Turn) -> AsyncIterator[Chunk]:
    """The model fails in the middle of a sentence."""
    async for chunk in turn.say(lines.BEFORE_FAILURE):
        yield chunk
    raise OverloadedError("upstream 529: pool eu-west-1b exhausted")


def plan(done: int) -> PlanChunk:
    titles = ("Understand the question", "Read the release log", "Sum it up")
    steps = [
        PlanStep(title=title, state="done" if at < done else "running" if at == done else "waiting")
        for at, title in enumerate(titles)
    ]
    return PlanChunk(id="plan", data=Plan(goal="What is new in checkout 2.4.0", steps=steps))


def status(text: str) -> StatusChunk:
    return StatusChunk(data=Status(text=text), transient=True)
