"""
The copilot of an agent platform: what its backend sends to ``useChat``, and what it is sent.

Fields with ``exclude=True`` are the backend's own: on no wire, in no schema, in no TypeScript.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, Field
from samewire.ui_stream import (
    ChatRequest,
    DataChunk,
    ErrorChunk,
    Omittable,
    StartChunk,
    Tool,
    ToolOutputAvailableChunk,
    UIMessage,
    UIMessageChunk,
    UIStream,
)

# --- Data parts -------------------------------------------------------------------------------------------------------


class Status(BaseModel):
    phase: Literal["planning", "running", "waiting"]
    text: str


class StatusChunk(DataChunk):
    """What the copilot is doing. Sent as `transient`: it reaches `onData` and is not kept."""

    type: Literal["data-status"] = "data-status"
    data: Status


class PlanStep(BaseModel):
    title: str
    done: bool


class Plan(BaseModel):
    goal: str
    steps: list[PlanStep]


class PlanChunk(DataChunk):
    """What the copilot intends to do. Sent again under the same `id` whenever a step is done."""

    type: Literal["data-plan"] = "data-plan"
    data: Plan


# --- Tools ------------------------------------------------------------------------------------------------------------


class BlockSearch(BaseModel):
    query: str = Field(min_length=1)
    limit: int = Field(ge=1, le=50)


class FoundBlock(BaseModel):
    id: str
    name: str


class FoundBlocks(BaseModel):
    blocks: list[FoundBlock]


class AgentRun(BaseModel):
    agent_id: str


class StartedRun(BaseModel):
    execution_id: str
    status: Literal["queued", "running"]


find_block = Tool("find_block", BlockSearch, FoundBlocks)
run_agent = Tool("run_agent", AgentRun, StartedRun)


# --- Chunks with something for the backend ----------------------------------------------------------------------------


class Start(StartChunk):
    session_id: str = Field(exclude=True)


class ToolOutput(ToolOutputAvailableChunk):
    output: FoundBlocks | StartedRun
    tool_name: str = Field(exclude=True)
    success: bool = Field(default=True, exclude=True)


class Error(ErrorChunk):
    code: str = Field(exclude=True)
    details: dict[str, str] = Field(default_factory=dict, exclude=True)


# --- The contract -----------------------------------------------------------------------------------------------------


class Usage(BaseModel):
    prompt_tokens: int
    completion_tokens: int
    cached_tokens: Omittable[int] = None


class Metadata(BaseModel):
    usage: Omittable[Usage] = None


class CopilotRequest(ChatRequest):
    """A request names the session that the backend keeps."""

    session_id: str


copilot = UIStream(StatusChunk, PlanChunk, metadata=Metadata, tools=[find_block, run_agent])

Chunk = Annotated[UIMessageChunk, copilot]
Message = Annotated[UIMessage, copilot]
Request = Annotated[CopilotRequest, copilot]
