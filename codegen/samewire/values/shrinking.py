"""Finds the smallest value for which something holds, by making simpler choices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from samewire.values.random_draws import Make, RejectedError, Replay

_ATTEMPTS: Final = 2000
_PARTS: Final = (32, 16, 8, 4, 3, 2, 1)


def shrunk(
    make: Make, choices: Sequence[int], holds: Callable[[Any], bool], attempts: int = _ATTEMPTS
) -> tuple[int, ...]:
    """The choices of the smallest value that was found. ``holds`` is asked about at most so many values."""
    best, asked = tuple(choices), {tuple(choices)}
    improved = True
    while improved:
        improved = False
        for simpler in _simpler(best):
            replay = Replay(simpler)
            try:
                value = make(replay, 0)
            except RejectedError:
                continue
            made = tuple(replay.choices)
            if made in asked or (len(made), made) >= (len(best), best):
                continue
            if len(asked) > attempts:
                return best
            asked.add(made)
            if holds(value):
                best, improved = made, True
                break
    return best


def _simpler(choices: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Without some of the choices, then with smaller ones; what shrinks most comes first."""
    yield ()
    for size in _PARTS:
        for start in range(len(choices) - size + 1):
            left = (*choices[:start], *choices[start + size :])
            yield left
            # One choice may be how many follow.
            if start and choices[start - 1]:
                yield (*left[: start - 1], left[start - 1] - 1, *left[start:])
    for at, choice in enumerate(choices):
        for smaller in _smaller(choice):
            yield (*choices[:at], smaller, *choices[at + 1 :])


def _smaller(choice: int) -> Iterator[int]:
    """Zero, and then ever closer below the choice."""
    step = choice
    while step > 0:
        yield choice - step
        step //= 2
