"""
Random choices, of which those that made a value are known, so that the value can be made again and shrunk.

Every choice comes down to a number below a count, and a smaller number is a plainer choice. Drawing one costs a fraction of a
microsecond, which a verification with millions of them depends on.
"""

from __future__ import annotations

import datetime as dt
import math
import struct
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from random import Random
from typing import Any, Final, TypeAlias, TypeVar

T = TypeVar("T")

_EXACT: Final = 2**50
"""Below it, a random float times a count is as random as the count needs."""
_SIZES: Final = (8, 16, 32, 64)
"""Bits of an integer from a wide range, of which most would be huge otherwise."""
_PLAIN: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_SURROGATES: Final = range(0xD800, 0xE000)
_SECOND: Final = dt.timedelta(seconds=1)
_TICK: Final = dt.timedelta(microseconds=1)
_DAY: Final = dt.date(2000, 1, 1)
_MIDNIGHT: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # the bounds have no zone either


class RejectedError(Exception):
    """The choices lead to no value; others may."""


class Draw:
    """Choices at random. ``choices`` are those that were made so far."""

    __slots__ = ("_random", "choices")

    def __init__(self, random: Random) -> None:
        self._random = random
        self.choices: list[int] = []

    def below(self, count: int) -> int:
        """A number below ``count``; nothing is drawn where there is no choice."""
        if count < 2:
            return 0
        exact = count < _EXACT
        number = int(self._random.random() * count) if exact else self._random.randrange(count)
        self.choices.append(number)
        return number

    def choice(self, options: Sequence[T], /) -> T:
        return options[self.below(len(options))]

    # --- Numbers ------------------------------------------------------------------------------------------------------

    def integer(self, low: int, high: int, /) -> int:
        """From a wide range, small ones as often as large ones. The plainest is next to zero."""
        plainest = min(max(0, low), high)
        above, under = high - plainest, plainest - low
        if above + under > 0xFFFF and (size := self.below(len(_SIZES) + 1)) < len(_SIZES):
            most = 1 << _SIZES[size]
            above, under = min(above, most), min(under, most)
        at = self.below(above + under + 1)
        return plainest + at if at <= above else plainest + above - at

    def number(self, low: float | None = None, high: float | None = None) -> float:
        """A finite one: whole, with a few places, or of any size."""
        kind = self.below(4)
        least = -1e6 if low is None else low
        most = 1e6 if high is None else high
        if kind == 3 and low is None and high is None:
            bits = self.below(2**64)
            (value,) = struct.unpack("<d", bits.to_bytes(8, "little"))
            return value if math.isfinite(value) else 0.0
        if least > most:
            least, most = (most, most) if low is None else (least, least)
        if kind < 2 and math.ceil(least) <= math.floor(most):
            return float(self.integer(math.ceil(least), math.floor(most)))
        part = self.below(10**4 if kind == 2 else 2**53) / (10**4 if kind == 2 else 2**53)
        return min(max(least * (1 - part) + most * part, least), most)

    def fraction(self, low: Fraction | float | None, high: Fraction | float | None) -> Fraction:
        least = Fraction(-1000 if low is None else low)
        most = Fraction(1000 if high is None else high)
        if least > most:
            return most if low is None else least
        return least + (most - least) * Fraction(self.below(1001), 1000)

    # --- Texts --------------------------------------------------------------------------------------------------------

    def text(self, alphabet: str, low: int, high: int, /) -> str:
        length = low + self.below(high - low + 1)
        below, count = self.below, len(alphabet)
        return "".join([alphabet[below(count)] for _ in range(length)])

    def any_text(self, low: int, high: int) -> str:
        """Of any characters that UTF-8 has; half of them of ASCII alone."""
        length = low + self.below(high - low + 1)
        if length == 0:
            return ""
        if self.below(2) == 0:
            return "".join([_PLAIN[self.below(len(_PLAIN))] for _ in range(length)])
        return "".join([self._character() for _ in range(length)])

    def _character(self) -> str:
        match self.below(6):
            case 0 | 1:
                return _PLAIN[self.below(len(_PLAIN))]
            case 2 | 3:
                return chr(self.below(0x100))
            case 4:
                code = self.below(0x10000)
                return chr(code - len(_SURROGATES)) if code in _SURROGATES else chr(code)
            case _:
                return chr(0x10000 + self.below(0x100000))

    def binary(self, most: int, /, least: int = 0) -> bytes:
        return bytes([self.below(0x100) for _ in range(least + self.below(most - least + 1))])

    # --- Times --------------------------------------------------------------------------------------------------------

    def date(self, low: dt.date, high: dt.date, /) -> dt.date:
        first = _DAY.toordinal()
        days = self.integer(low.toordinal() - first, high.toordinal() - first)
        return dt.date.fromordinal(first + days)

    def time(self, low: dt.time, high: dt.time, /) -> dt.time:
        day = dt.datetime.combine(_DAY, dt.time.min)
        moment = self.date_time(dt.datetime.combine(day, low), dt.datetime.combine(day, high))
        return moment.time().replace(fold=0)

    def date_time(self, low: dt.datetime, high: dt.datetime, /) -> dt.datetime:
        return _MIDNIGHT + self.timedelta(low - _MIDNIGHT, high - _MIDNIGHT)

    def timedelta(self, low: dt.timedelta, high: dt.timedelta, /) -> dt.timedelta:
        """Half of them whole seconds."""
        unit = self.choice((_SECOND, _TICK))
        first, last = -(-low // unit), high // unit
        if first > last:  # no whole second is between them
            unit, first, last = _TICK, low // _TICK, high // _TICK
        return self.integer(first, last) * unit


class Replay(Draw):
    """The choices of before, as far as they still are choices, and then the plainest."""

    __slots__ = ("_before",)

    def __init__(self, before: Iterable[int]) -> None:
        self._before = iter(before)
        self.choices = []

    def below(self, count: int) -> int:
        if count < 2:
            return 0
        number = min(next(self._before, 0), count - 1)
        self.choices.append(number)
        return number


Make: TypeAlias = Callable[[Draw, int], Any]
"""Makes a value, of JSON or of Python; the number is how deep it will stand."""

_TRIES: Final = 8
"""How often choices that lead to no value are followed by others, for each value that is asked for."""


def draw_values(
    make: Make, take: Callable[[Any, Sequence[int]], None], seed: int, count: int
) -> None:
    """
    Gives ``take`` so many values with the choices that made them, the plainest first. It may raise :class:`RejectedError` for one
    that does not count.
    """
    random = Random(seed)  # noqa: S311  # the same values each time, not secrets
    draw: Draw = Replay(())
    for _ in range(_TRIES * count):
        try:
            take(make(draw, 0), draw.choices)
        except RejectedError:
            pass
        else:
            count -= 1
        if count <= 0:
            break
        draw = Draw(random)
