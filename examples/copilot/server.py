"""A backend that speaks the contract, with a made-up agent: ``uvicorn server:app`` in this folder."""

import logging
from collections.abc import AsyncIterator

from copilot import (
    BlockSearch,
    Chunk,
    Error,
    FoundBlock,
    FoundBlocks,
    Metadata,
    Plan,
    PlanChunk,
    PlanStep,
    Request,
    Start,
    Status,
    StatusChunk,
    ToolOutput,
    Usage,
    find_block,
)
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from samewire.ui_stream import (
    HEADERS,
    FinishChunk,
    FinishStepChunk,
    StartStepChunk,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
    TextUIPart,
    ToolInputStartChunk,
    heartbeat,
    stream,
    usage_comment,
)

log = logging.getLogger("copilot")
app = FastAPI()


@app.post("/api/chat")
async def chat(request: Request) -> StreamingResponse:
    return StreamingResponse(stream(reply(request)), headers=dict(HEADERS))


async def reply(request: Request) -> AsyncIterator[Chunk | bytes]:
    """One turn: a plan, a tool call, an answer. A reply that continues a message keeps its id."""
    continued = request.continues
    yield Start(session_id=request.session_id, message_id=continued.id if continued else None)
    yield StartStepChunk()
    yield StatusChunk(data=Status(phase="planning", text="Reading"), transient=True)
    question = asked(request)
    if not question:
        yield Error(error_text="There is no question.", code="empty", details={"chat": request.id})
        return

    yield plan(done=0)
    yield heartbeat()
    yield ToolInputStartChunk(tool_call_id="call-1", tool_name="find_block")
    yield find_block.call("call-1", BlockSearch(query=question, limit=10))
    found = FoundBlocks(blocks=[FoundBlock(id="b-1", name="Send e-mail")])
    output = ToolOutput(tool_call_id="call-1", output=found, tool_name="find_block")
    log.info("session %s: %s ok=%s", request.session_id, output.tool_name, output.success)
    yield output
    yield FinishStepChunk()

    yield StartStepChunk()
    yield plan(done=1)
    yield TextStartChunk(id="text-1")
    for word in ("There ", "is ", "one: ", found.blocks[0].name, "."):
        yield TextDeltaChunk(id="text-1", delta=word)
    yield TextEndChunk(id="text-1")
    yield FinishStepChunk()
    usage = Usage(prompt_tokens=120, completion_tokens=9)
    yield usage_comment(usage)
    yield FinishChunk(finish_reason="stop", message_metadata=Metadata(usage=usage))


def plan(done: int) -> PlanChunk:
    titles = ("Find a block", "Answer")
    steps = [PlanStep(title=title, done=at < done) for at, title in enumerate(titles)]
    return PlanChunk(id="plan", data=Plan(goal="Answer the question", steps=steps))


def asked(request: Request) -> str:
    """The text of the last thing that the user said."""
    for message in reversed(request.messages):
        if message.role == "user":
            return " ".join(part.text for part in message.parts if isinstance(part, TextUIPart))
    return ""
