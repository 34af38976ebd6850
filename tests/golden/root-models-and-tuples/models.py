"""Roots that are no objects, and positions that have a meaning."""

from typing import NamedTuple

from pydantic import BaseModel, RootModel


class Point(NamedTuple):
    x: int
    y: int
    label: str | None = None


class Names(RootModel[list[str]]):
    """In order of appearance."""


class Scene(BaseModel):
    origin: Point
    names: Names
    pair: tuple[int, str]
    many: tuple[float, ...]
    nothing: tuple[()]


Scenes = dict[str, Scene]
