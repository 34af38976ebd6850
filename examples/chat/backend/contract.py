"""What the backend streams and what it is posted. The page's types are generated from here."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field
from samewire.ui_stream import (
    ChatRequest,
    DataChunk,
    Omittable,
    Tool,
    UIMessage,
    UIMessageChunk,
    UIStream,
)

# --- Data parts -------------------------------------------------------------------------------------------------------


class PlanStep(BaseModel):
    title: str
    state: Literal["waiting", "running", "done"]


class Plan(BaseModel):
    goal: str
    steps: list[PlanStep]


class PlanChunk(DataChunk):
    """What the assistant is going to do; sent again under the same `id` as it goes."""

    type: Literal["data-plan"] = "data-plan"
    data: Plan


class Progress(BaseModel):
    label: str
    percent: int = Field(ge=0, le=100)


class ProgressChunk(DataChunk):
    """How far a deployment is; sent again under the same `id`."""

    type: Literal["data-progress"] = "data-progress"
    data: Progress


class Status(BaseModel):
    text: str


class StatusChunk(DataChunk):
    """What is going on right now. Sent as `transient`, so no message keeps it."""

    type: Literal["data-status"] = "data-status"
    data: Status


# --- Tools ------------------------------------------------------------------------------------------------------------


class ChangesQuery(BaseModel):
    service: str
    since: str = Field(description="The version that is running now.")


class Change(BaseModel):
    id: str
    title: str
    author: str
    risk: Literal["low", "medium", "high"]


class Changes(BaseModel):
    until: str
    changes: list[Change]


class Deployment(BaseModel):
    service: str
    version: str
    environment: Literal["staging", "production"]


class Deployed(BaseModel):
    url: str
    seconds: float
    instances: int


list_changes = Tool("list_changes", ChangesQuery, Changes)
deploy = Tool("deploy", Deployment, Deployed, needs_approval=True)


# --- The contract -----------------------------------------------------------------------------------------------------


class Metadata(BaseModel):
    model: Omittable[str] = None
    tokens: Omittable[int] = None
    seconds: Omittable[float] = None
    stopped: Omittable[bool] = Field(default=None, description="The user stopped the reply.")


contract = UIStream(
    PlanChunk,
    ProgressChunk,
    StatusChunk,
    metadata=Metadata,
    tools=[list_changes, deploy],
    targets="7",
)

Chunk = Annotated[UIMessageChunk, contract]
Message = Annotated[UIMessage, contract]
Request = Annotated[ChatRequest, contract]
