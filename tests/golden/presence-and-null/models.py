"""Whether a key is there and whether it may be null are two questions, with different answers in each direction."""

from pydantic import BaseModel, Field


class Profile(BaseModel):
    name: str
    nickname: str | None
    bio: str | None = None
    visits: int = 0
    tags: list[str] = Field(default_factory=list)
    password: str = Field(default="", exclude=True)
    score: int | None = Field(default=None, exclude_if=lambda value: value is None)
