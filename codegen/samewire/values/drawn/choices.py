"""
Choices, drawn one by one.

A value is made by one function that draws what it needs, rather than by strategies inside of strategies: each draw costs Hypothesis
about the same, and so depth can be passed along. The smaller choice is always the plainer one, which is where shrinking goes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias, TypeVar

from hypothesis import strategies as st

from samewire import ir

T = TypeVar("T")

Draw: TypeAlias = st.DrawFn
Maker: TypeAlias = Callable[[Draw, int], ir.Json]
"""Makes a value; the number is how deep it will stand."""


@lru_cache(maxsize=512)
def between(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high)


def below(draw: Draw, count: int) -> int:
    """A number below ``count``; nothing is drawn where there is no choice."""
    return draw(between(0, count - 1)) if count > 1 else 0


def one_of(draw: Draw, options: Sequence[T]) -> T:
    return options[below(draw, len(options))]


# A strategy takes longer to make than a value to draw from it.
_remembered = lru_cache(maxsize=256)
_texts = _remembered(st.text)
_binaries = _remembered(st.binary)
_dates = _remembered(st.dates)
_times = _remembered(st.times)
_moments = _remembered(st.datetimes)
_durations = _remembered(st.timedeltas)


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of a scalar (:class:`samewire.scalars.base.Draw`), drawn by Hypothesis."""

    draw: Draw

    def integer(self, low: int, high: int) -> int:
        return self.draw(between(low, high))

    def choice(self, options: Sequence[T]) -> T:
        return one_of(self.draw, options)

    def text(self, alphabet: str, low: int, high: int) -> str:
        return self.draw(_texts(alphabet, min_size=low, max_size=high))

    def binary(self, most: int) -> bytes:
        return self.draw(_binaries(max_size=most))

    def date(self, low: dt.date, high: dt.date) -> dt.date:
        return self.draw(_dates(low, high))

    def time(self, low: dt.time, high: dt.time) -> dt.time:
        return self.draw(_times(low, high))

    def date_time(self, low: dt.datetime, high: dt.datetime) -> dt.datetime:
        return self.draw(_moments(low, high))

    def timedelta(self, low: dt.timedelta, high: dt.timedelta) -> dt.timedelta:
        return self.draw(_durations(low, high))


_BY_MASK = 10


def some(draw: Draw, count: int, most: int) -> Sequence[int]:
    """Some of so many positions, in order; not more than about ``most`` where there are many."""
    if count == 0 or most == 0:
        return ()
    if count <= min(_BY_MASK, most):
        mask = below(draw, 1 << count)
        return [at for at in range(count) if mask >> at & 1]
    return sorted({below(draw, count) for _ in range(below(draw, most + 1))})
