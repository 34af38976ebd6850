"""
An end to the user's code where it has none in sight: a computed field that counts to 2^53, a pattern that backtracks for ever.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Any, Self

SECONDS = 2.0
"""Of processor time, for one value; a machine that is busy with something else has all the time that it wants."""
MOST_SLOW_VALUES = 5
SECONDS_AFTER_MANY = 0.02
"""After so many values that took too long, the rest of them gets that much."""


class SlowError(Exception):
    """Raised wherever the code is that takes too long."""


class TimeLimit:
    """
    A context for calls of the user's code, in which that ends with an error after a time. ``spent`` is how often it did.

    Only a main thread can be interrupted, and only where there are interval timers (POSIX); elsewhere nothing is limited.
    """

    def __init__(self) -> None:
        self.spent = 0
        self._armed = False
        self._before: Any = None

    def __enter__(self) -> Self:
        if _can_interrupt() and not self._armed:
            self._armed = True
            self._before = signal.signal(signal.SIGVTALRM, self._interrupt)
            signal.setitimer(
                signal.ITIMER_VIRTUAL,
                SECONDS if self.spent < MOST_SLOW_VALUES else SECONDS_AFTER_MANY,
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._armed:
            self._armed = False
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, self._before)

    def _interrupt(self, _number: int, _frame: FrameType | None) -> None:
        if self._armed:
            self.spent += 1
            raise SlowError("takes too long")


def _can_interrupt() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
