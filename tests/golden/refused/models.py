"""Types without an exact form are named and left out, with all that depends on them; the rest is generated."""

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, field_serializer


class Opaque(BaseModel):
    at: int

    @field_serializer("at")
    def show(self, value):
        return str(value)


class Job(BaseModel):
    name: str
    run: Callable[[], Any]


class Batch(BaseModel):
    jobs: list[Job]


class Fine(BaseModel):
    ok: bool
