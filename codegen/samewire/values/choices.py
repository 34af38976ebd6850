"""The choices of a scalar, made by a seeded generator of random numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, TypeVar

T = TypeVar("T")
When = TypeVar("When", dt.date, dt.datetime, dt.timedelta)

_USUAL: Final = 15
"""How many attempts keep to the usual range."""
_LONGEST_WAIT: Final = 10**9
"""Seconds that a duration is made longer by: a ``timedelta`` may not hold the whole range."""
_FIRST: Final = dt.datetime(2025, 1, 1)  # noqa: DTZ001 - bounds without a zone
_LAST: Final = dt.datetime(2026, 12, 31, 23, 59, 59)  # noqa: DTZ001


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of a scalar (:class:`samewire.scalars.base.Draw`): points in time are of these years where they may be."""

    random: Random
    turn: int

    def integer(self, low: int, high: int) -> int:
        return self.random.randint(low, high)

    def choice(self, options: Sequence[T]) -> T:
        return options[self.random.randrange(len(options))]

    def text(self, alphabet: str, low: int, high: int) -> str:
        length = self.random.randint(low, high)
        return "".join(alphabet[self.random.randrange(len(alphabet))] for _ in range(length))

    def binary(self, most: int) -> bytes:
        return self.random.randbytes(self.random.randint(0, most))

    def date(self, low: dt.date, high: dt.date) -> dt.date:
        first, last = self._range(low, high, _FIRST.date(), _LAST.date())
        return first + dt.timedelta(days=self.random.randint(0, (last - first).days))

    def time(self, low: dt.time, high: dt.time) -> dt.time:
        seconds = self.random.randint(_seconds(low), _seconds(high))
        hour, rest = divmod(seconds, 3600)
        return dt.time(hour, *divmod(rest, 60))

    def date_time(self, low: dt.datetime, high: dt.datetime) -> dt.datetime:
        first, last = self._range(low, high, _FIRST, _LAST)
        whole = self.random.randint(0, int((last - first).total_seconds()))
        return first + dt.timedelta(seconds=whole)

    def timedelta(self, low: dt.timedelta, high: dt.timedelta) -> dt.timedelta:
        first, last = self._range(low, high, dt.timedelta(minutes=1), dt.timedelta(days=3))
        second = dt.timedelta(seconds=1)
        whole = self.random.randint(0, min(last // second - first // second, _LONGEST_WAIT))
        return first + dt.timedelta(seconds=whole)

    def _range(self, low: When, high: When, first: When, last: When) -> tuple[When, When]:
        """From ``first`` to ``last`` as far as that is inside of the limits, which count alone if the attempts before failed."""
        usual = max(low, first), min(high, last)
        return usual if usual[0] <= usual[1] and self.turn < _USUAL else (low, high)


def _seconds(time: dt.time) -> int:
    return time.hour * 3600 + time.minute * 60 + time.second
