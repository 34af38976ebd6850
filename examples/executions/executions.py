"""The events of an execution: a graph of blocks runs, as on a platform for agents, and its page follows it."""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue
from pydantic.alias_generators import to_camel
from samewire.streams import Block, EventStream, First, Last, ordered

NODE = Block("node", key="node_exec_id", once=True, same=("node_id",))


class Event(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


@ordered(First())
class ExecutionStarted(Event):
    type: Literal["execution-started"] = "execution-started"
    graph_exec_id: str
    graph_name: str
    started_at: AwareDatetime


@ordered(NODE.opens())
class NodeStarted(Event):
    type: Literal["node-started"] = "node-started"
    node_exec_id: str
    node_id: str
    block: str


@ordered(NODE.continues())
class NodeOutput(Event):
    """A block gives a value at one of its pins."""

    type: Literal["node-output"] = "node-output"
    node_exec_id: str
    pin: str
    value: JsonValue


@ordered(NODE.closes(status="terminated"))
class NodeFinished(Event):
    """``terminated``: its execution ended before it did."""

    type: Literal["node-finished"] = "node-finished"
    node_exec_id: str
    status: Literal["completed", "failed", "terminated"]


@ordered(Last())
class ExecutionCompleted(Event):
    type: Literal["execution-completed"] = "execution-completed"
    cost: int = Field(ge=0, description="In cents.")


@ordered(Last(interrupts=True))
class ExecutionFailed(Event):
    type: Literal["execution-failed"] = "execution-failed"
    error: str


@ordered(Last(interrupts=True))
class ExecutionTerminated(Event):
    """Somebody has stopped it."""

    type: Literal["execution-terminated"] = "execution-terminated"


ExecutionEvent = Annotated[
    ExecutionStarted
    | NodeStarted
    | NodeOutput
    | NodeFinished
    | ExecutionCompleted
    | ExecutionFailed
    | ExecutionTerminated,
    Field(discriminator="type"),
]

EXECUTION: EventStream[Any] = EventStream(
    ExecutionEvent, error=lambda text: ExecutionFailed(error=text), abort=ExecutionTerminated
)
