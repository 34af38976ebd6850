"""Keys of dictionaries are strings in JSON, and still say what they were."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field


class Size(StrEnum):
    SMALL = "small"
    LARGE = "large"


class Stock(BaseModel):
    by_name: dict[str, int]
    by_number: dict[int, str]
    by_size: dict[Size, int]
    by_flag: dict[Literal["new", "used"], bool]
    by_id: dict[UUID, list[int]]
    by_day: dict[date, int | None]
    by_code: dict[Annotated[str, Field(pattern="^[A-Z]{3}$")], int] = Field(max_length=2)
