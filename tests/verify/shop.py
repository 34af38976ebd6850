"""The models that the generated validators of are broken on purpose: one field for each way to break one."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, EmailStr, Field, computed_field


class Colour(Enum):
    RED = "red"
    GREEN = "green"
    BLUE = "blue"


class Cat(BaseModel):
    kind: Literal["cat"] = "cat"
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"] = "dog"
    tricks: list[str] = []


class Bird(BaseModel):
    kind: Literal["bird"] = "bird"
    can_fly: bool = True


class Short(BaseModel):
    a: int


class Long(BaseModel):
    a: int
    b: int


class Text(BaseModel):
    name: str = Field(min_length=1, max_length=8)
    note: str | None
    size: Literal["s", "m", "l"]
    colour: Colour
    code: str = Field(pattern=r"^[a-z]{2}\p{Lu}$")
    word: str = Field(pattern=re.compile("^shop$", re.IGNORECASE))
    mark: str = Field(pattern=r"^.$")
    id: UUID
    mail: EmailStr


class Numbers(BaseModel):
    price: Decimal = Field(ge=0, decimal_places=2)
    count: int = Field(ge=0, lt=100)
    step: int = Field(multiple_of=5)
    weight: float = Field(gt=0, le=50)
    rate: float


class Times(BaseModel):
    times: list[datetime] = Field(min_length=1, max_length=3)
    due: timedelta
    at: datetime


class Many(BaseModel):
    tags: set[str]
    pair: tuple[int, str]
    path: tuple[int, ...]
    by_colour: dict[Colour, int] = Field(min_length=1, max_length=2)
    by_number: dict[int, str]
    by_name: dict[str, int]


class Item(BaseModel):
    model_config = ConfigDict(extra="forbid")

    shipped: bool = Field(serialization_alias="isShipped")


class Order(BaseModel):
    model_config = ConfigDict(extra="allow")

    item: Short
    pet: Annotated[Cat | Dog | Bird, Field(discriminator="kind")]
    either: Short | Long
    parent: Order | None = None
    limit: int | None = 3

    @computed_field
    def total(self) -> int:
        return 1


class Change(BaseModel):
    """What is accepted."""

    name: str = Field(min_length=1, max_length=8)
    note: str | None = None
    count: int = Field(ge=0, lt=100)
    colour: Colour
    tags: set[int] = Field(max_length=3)
    at: datetime = Field(validation_alias="when")
    pet: Annotated[Cat | Dog | Bird, Field(discriminator="kind")]
    pair: tuple[int, str]
    extra: dict[Colour, int] = {}
