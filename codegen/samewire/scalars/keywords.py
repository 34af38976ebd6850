"""Document keywords that say more about a scalar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from samewire.scalars.bounds import Bounds

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Keyword(Generic[Value]):
    """``read`` gives ``None`` for what is not ``expected``."""

    name: str
    expected: str
    read: Callable[[Any], Value | None]


class Keywords(Protocol):
    """What a document says of one scalar, in any number of schemas that hold at once."""

    def one(self, keyword: Keyword[Value], /) -> Value | None:
        """The value, on which the schemas agree."""

    def least(self, keyword: Keyword[int], /) -> int | None: ...

    def every(self, keyword: Keyword[bool], /) -> bool:
        """Whether every schema of the format says so."""

    def bounds(self) -> Bounds:
        """The strictest."""


def _count(value: Any) -> int | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def count(name: str) -> Keyword[int]:
    return Keyword(name, "a number of things: an integer from 0 on", _count)


def flag(name: str) -> Keyword[bool]:
    return Keyword(name, "true or false", _flag)
