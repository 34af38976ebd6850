"""One definition for each set of arguments."""

from typing import Generic, TypeVar

from pydantic import BaseModel

T = TypeVar("T")
E = TypeVar("E")


class User(BaseModel):
    name: str


class Page(BaseModel, Generic[T]):
    items: list[T]
    next: str | None = None


class Result(BaseModel, Generic[T, E]):
    value: T | None = None
    error: E | None = None


class Report(BaseModel):
    users: Page[User]
    names: Page[str]
    result: Result[Page[User], int]
