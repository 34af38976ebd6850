"""What happens to keys that no field declares."""

from pydantic import BaseModel, ConfigDict


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")

    x: int


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")

    x: int


class Labels(BaseModel):
    model_config = ConfigDict(extra="allow")

    __pydantic_extra__: dict[str, str]

    id: str


class All(BaseModel):
    closed: Closed
    open: Open
    labels: Labels
