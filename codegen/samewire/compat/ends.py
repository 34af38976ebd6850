"""The ends of a range of numbers, or of any other ordered values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class End:
    """The last value of a range or, if ``open``, the first value outside it."""

    value: Any
    open: bool = False


def is_inside(mine: End | None, theirs: End | None, past: Callable[[Any, Any], bool]) -> bool:
    """
    Whether one range ends no farther out than another; ``None`` for one that does not end.

    ``past`` tells what lies farther in: ``operator.gt`` for lower ends, ``operator.lt`` for upper ones. Raises ``TypeError`` for
    values without an order.
    """
    if mine is None or theirs is None:
        return theirs is None
    if mine.value == theirs.value:
        return mine.open or not theirs.open
    return past(mine.value, theirs.value)
