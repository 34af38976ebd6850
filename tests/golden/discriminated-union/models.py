"""A tag that has a default is on the wire all the same, and tells the members apart."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field


class Circle(BaseModel):
    kind: Literal["circle"] = "circle"
    radius: float = Field(gt=0, allow_inf_nan=False)


class Polygon(BaseModel):
    kind: Literal["triangle", "square"]
    side: int


class Group(BaseModel):
    kind: Literal["group"] = "group"
    shapes: list["Shape"]


Shape = Annotated[Circle | Polygon | Group, Field(discriminator="kind")]
