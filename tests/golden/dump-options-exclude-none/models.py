"""A backend that leaves out what is None: the key is optional, and never null."""

from typing import Any

from pydantic import BaseModel


class Delta(BaseModel):
    role: str | None = None
    content: str | None
    extra: Any = None
    tokens: list[int | None]
    index: int = 0
