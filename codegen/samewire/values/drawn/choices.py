"""
Choices, drawn one by one.

A value is made by one function that draws what it needs, rather than by strategies inside of strategies: each draw costs Hypothesis
about the same, and so depth can be passed along. The smaller choice is always the plainer one, which is where shrinking goes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


_BY_MASK = 10


def some(draw: Draw, count: int, most: int) -> Sequence[int]:
    """Some of so many positions, in order; not more than about ``most`` where there are many."""
    if count == 0 or most == 0:
        return ()
    if count <= min(_BY_MASK, most):
        mask = below(draw, 1 << count)
        return [at for at in range(count) if mask >> at & 1]
    return sorted({below(draw, count) for _ in range(below(draw, most + 1))})
