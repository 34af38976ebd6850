"""The same contract as zod-mini, for valibot: objects, a tagged union, recursion, a record of few keys."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Text(BaseModel):
    type: Literal["text"] = "text"
    text: str = Field(min_length=1, max_length=3)


class Data(BaseModel):
    model_config = ConfigDict(extra="allow")

    type: Literal["data"] = "data"
    data: object
    count: Annotated[int, Field(ge=0)] | None = None


class Message(BaseModel):
    parts: list[Annotated[Text | Data, Field(discriminator="type")]] = Field(max_length=2)
    replies: list["Message"] = []
    meta: dict[Literal["a", "b"], int] = {}
