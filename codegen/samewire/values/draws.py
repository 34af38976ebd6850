"""
Choices, drawn one by one.

A value is made by one function that draws what it needs, rather than by strategies inside of strategies: each draw costs Hypothesis
about the same, and so depth can be passed along. The smaller choice is always the plainer one, which is where shrinking goes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias, TypeVar

from hypothesis import strategies as st

from samewire.values.examples import KEYS

T = TypeVar("T")

Draw: TypeAlias = st.DrawFn
Make: TypeAlias = Callable[[Draw, int], Any]
"""Makes a value, of JSON or of Python; the number is how deep it will stand."""

DEEPEST: Final = 6
"""Below that many objects and arrays, values are the smallest ones."""
OPTIONAL: Final = (8, 4, 3, 2, 1, 1, 0)
ITEMS: Final = (4, 3, 2, 2, 1, 1, 0)
"""How many optional keys and how many items beyond the least there may be, by depth."""

_KEY: Final = st.text(st.characters(codec="utf-8"), max_size=6)


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


# --- Shared by types and core schemas ---------------------------------------------------------------------------------


def among(values: Sequence[Any]) -> Make:
    return lambda draw, _: one_of(draw, values)


def how_many(draw: Draw, low: int, high: int | None, depth: int) -> int:
    """How many items: not many beyond the least."""
    most = low + ITEMS[min(depth, DEEPEST)]
    return low + below(draw, (most if high is None else min(high, most)) - low + 1)


def nullable(make: Make | None, *, nests: bool) -> Make:
    """Values of ``make`` or null, which is more frequent deeper down. ``nests``: even the smallest value has values in it."""

    def value(draw: Draw, depth: int) -> Any:
        if make is None or (depth >= DEEPEST and nests):
            return None
        return make(draw, depth) if below(draw, 4) > (0 if depth < 2 else 1) else None

    return value


def union(members: Iterable[tuple[float, Make]]) -> Make:
    """One of the members, which stand with their depths: far down, one of those that end soonest."""
    ordered = sorted(members, key=lambda member: member[0])
    made = [make for _, make in ordered]
    flat = [make for depth, make in ordered if depth == ordered[0][0]]
    return lambda draw, depth: one_of(draw, made if depth < DEEPEST else flat)(draw, depth)


def optional_keys(draw: Draw, count: int, depth: int) -> Sequence[int]:
    """Which of so many keys are there that may be left out, by position."""
    return some(draw, count, OPTIONAL[min(depth, DEEPEST)])


def extra_keys(draw: Draw, taken: Collection[object], make: Make, depth: int) -> dict[str, Any]:
    """Up to two keys beside those that are taken."""
    if depth >= DEEPEST:
        return {}
    keys = [any_key(draw) for _ in range(below(draw, 3))]
    return {key: make(draw, depth + 1) for key in keys if key not in taken}


def any_key(draw: Draw) -> str:
    return draw(_KEY) if below(draw, 4) < 3 else one_of(draw, KEYS)
