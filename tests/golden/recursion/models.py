"""Types that contain themselves, directly and through each other."""

from __future__ import annotations

from pydantic import BaseModel


class Folder(BaseModel):
    name: str
    parent: Folder | None = None
    entries: dict[str, Folder | Link]


class Link(BaseModel):
    target: list[Folder]
    aliases: tuple[Link, ...] = ()


Folder.model_rebuild()
