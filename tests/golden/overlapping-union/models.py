"""Members that share keys: the one that fits first must not take the others' data away."""

from pydantic import BaseModel


class Draft(BaseModel):
    text: str


class Post(BaseModel):
    text: str
    views: int
    replies: "list[Draft | Post]" = []


class Feed(BaseModel):
    entries: list[Draft | Post | dict[str, int] | str]
