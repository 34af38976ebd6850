"""Drawing many values, with a seed, and the smallest of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from samewire.values import Make, Replay, draw_values, shrunk


def drawn(make: Make | None, count: int = 50, number: int = 7) -> list[Any]:
    values: list[Any] = []
    assert make is not None
    draw_values(make, lambda value, _: values.append(value), number, count)
    return values


STARTS = 8


def smallest(make: Make | None, wanted: Callable[[Any], bool], count: int = 5000) -> Any:
    """The smallest value found for which something holds."""
    assert make is not None
    starts: list[tuple[int, ...]] = []

    def take(value: Any, choices: Sequence[int]) -> None:
        if len(starts) < STARTS and wanted(value):
            starts.append(tuple(choices))

    draw_values(make, take, 7, count)
    found = [make(Replay(shrunk(make, each, wanted)), 0) for each in starts]
    return min(found, key=lambda value: len(repr(value)))
