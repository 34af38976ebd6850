"""A protocol of its own whose events declare their order: runs of tasks and downloads, told apart by ``kind``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from samewire.streams import (
    ABSENT,
    CLOSED,
    After,
    Block,
    First,
    Fixed,
    Inside,
    Last,
    Once,
    Outside,
    ordered,
)

RUN = Block("run")
TASK = Block("task", key="item_id", inside=RUN, keys="item", same=("worker",))
DOWNLOAD = Block(
    "download",
    key="item_id",
    inside=RUN,
    keys="item",
    once=True,
    alias="url",
    states={"waiting": "any", "loading": "scope", "checking": "end"},
)


class Event(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, serialize_by_alias=True)


@ordered(First(), Fixed("log"))
class Hello(Event):
    kind: Literal["hello"] = "hello"
    log: str | None = None


@ordered(Outside(RUN), Once())
class Configured(Event):
    kind: Literal["configured"] = "configured"


@ordered(RUN.opens())
class RunStarted(Event):
    kind: Literal["run-started"] = "run-started"


@ordered(RUN.closes())
class RunEnded(Event):
    kind: Literal["run-ended"] = "run-ended"


@ordered(RUN.resets())
class RunRestarted(Event):
    kind: Literal["run-restarted"] = "run-restarted"


@ordered(TASK.opens())
class TaskStarted(Event):
    kind: Literal["task-started"] = "task-started"
    item_id: str
    worker: int = 0


@ordered(TASK.continues())
class TaskProgress(Event):
    kind: Literal["task-progress"] = "task-progress"
    item_id: str
    percent: int = 0


@ordered(TASK.closes())
class TaskEnded(Event):
    kind: Literal["task-ended", "task-cancelled"] = "task-ended"
    item_id: str
    worker: int = 0


@ordered(DOWNLOAD.moves(ABSENT, to="waiting"))
class Queued(Event):
    kind: Literal["queued"] = "queued"
    item_id: str
    url: str | None = None


@ordered(DOWNLOAD.moves("waiting", "loading", to="loading", by_alias=True))
class Bytes(Event):
    kind: Literal["bytes"] = "bytes"
    url: str


@ordered(
    DOWNLOAD.moves("loading", to="checking", when={"checked": False}),
    DOWNLOAD.moves("loading", "checking", to=CLOSED, when={"checked": True}),
)
class Loaded(Event):
    kind: Literal["loaded"] = "loaded"
    item_id: str
    checked: bool


@ordered(Inside(RUN))
class Note(Event):
    kind: Literal["note"] = "note"
    text: str = ""


class Heartbeat(Event):
    """No rule but those of the ends."""

    kind: Literal["heartbeat"] = "heartbeat"


@ordered(Last(), After(RUN), Fixed("log"))
class Goodbye(Event):
    kind: Literal["goodbye"] = "goodbye"
    log: str | None = None


@ordered(Last(interrupts=True), After(RUN, continuing=True))
class Crashed(Event):
    kind: Literal["crashed"] = "crashed"


LogEvent = Annotated[
    Hello
    | Configured
    | RunStarted
    | RunEnded
    | RunRestarted
    | TaskStarted
    | TaskProgress
    | TaskEnded
    | Queued
    | Bytes
    | Loaded
    | Note
    | Heartbeat
    | Goodbye
    | Crashed,
    Field(discriminator="kind"),
]
