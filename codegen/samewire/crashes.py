"""Isolates the item on which Samewire crashes, so that the others still succeed and a report names it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from samewire.errors import Diagnostic, SamewireError

T = TypeVar("T")

MAX_ATTEMPTS: Final = 200
REPORT: Final = "this is a bug of Samewire: please report it with the traceback above"


def crashing(items: Sequence[T], attempt: Callable[[Sequence[T]], object]) -> list[T]:
    """
    Those of ``items`` on which ``attempt`` crashes alone; none if the crash takes several items, or too many attempts to find.
    A refusal is not a crash.
    """
    broken: list[T] = []
    waiting: list[Sequence[T]] = [items]
    attempts = 0
    while waiting:
        some = waiting.pop()
        attempts += 1
        if attempts > MAX_ATTEMPTS:
            return []
        try:
            attempt(some)
        except SamewireError:
            continue
        except Exception:  # noqa: BLE001  # the caller has it already, and reports it
            half = len(some) // 2
            if half:
                waiting += [some[half:], some[:half]]
            else:
                broken += some
    return broken


def crashed(where: str, error: Exception) -> Diagnostic:
    """The diagnostic of a crash at ``where``, a contract or a type."""
    lines = str(error).strip().splitlines()
    summary = f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
    return Diagnostic("crash", where, f"Samewire crashed ({summary})", REPORT)
