"""Enums by value, with the names and the words that Python has for their members."""

from enum import Enum, IntEnum, StrEnum
from typing import Literal

from pydantic import BaseModel


class Color(StrEnum):
    """What it looks like."""

    RED = "red"
    DEEP_BLUE = "deep-blue"


class Priority(IntEnum):
    LOW = 1
    HIGH = 10


class Answer(Enum):
    YES = "yes"
    MAYBE = 0.5
    NO = False


class Ticket(BaseModel):
    color: Color
    priority: Priority
    answer: Answer | None
    state: Literal["open", "closed", 1, True, None]
