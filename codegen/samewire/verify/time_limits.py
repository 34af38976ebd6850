"""
Time limits for code that may not end: a computed field that counts to 2^53, a validator that waits for a server, a pattern that
backtracks for ever.

Signals interrupt Python code in the main thread, where the platform has interval timers (POSIX). What cannot be interrupted,
:mod:`samewire.verify.supervisor` ends from outside.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import Self

SECONDS = 2.0
"""Processor time for one value; a busy machine does not shorten it."""
MOST_SLOW_VALUES = 5
SECONDS_AFTER_MANY = 0.02
"""The limit for each further value, after that many slow ones."""
TICK = 0.01  # seconds of processor time between two looks at the value
REPEAT = 0.25  # seconds until an interruption that somebody swallowed is repeated


class SlowError(BaseException):
    """Interrupts the code that takes too long for one value. ``except Exception`` in a user's code does not catch it."""


class OutOfTimeError(BaseException):
    """Interrupts whatever runs when the time of a model is over."""


class TimeLimit:
    """
    A context for calls of the user's code on one value: interrupts the call after a time. ``spent`` counts the interruptions.

    One timer ticks for as long as :func:`ticking` runs; a context only tells the ticks which value is being worked on, so that it
    costs next to nothing.
    """

    _current: TimeLimit | None = None
    in_copy = False
    """Whether this process is a copy of the one that started."""
    is_over = False
    """Whether the time of the model is over, which Pydantic may have taken for an error of the user's code."""

    def __init__(self) -> None:
        self.spent = 0
        self._ticks = 0
        self._depth = 0

    def __enter__(self) -> Self:
        if self._depth == 0:
            self._ticks = 0
            TimeLimit._current = self
        self._depth += 1
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._depth -= 1
        if self._depth == 0:
            TimeLimit._current = None
        if TimeLimit.in_copy:
            os._exit(0)  # the user's code forked, and this is the copy
        if TimeLimit.is_over:
            raise OutOfTimeError

    @classmethod
    def tick(cls, _number: int, _frame: FrameType | None) -> None:
        if (current := cls._current) is not None:
            current._ticks += 1  # noqa: SLF001  # of this class
            limit = SECONDS if current.spent < MOST_SLOW_VALUES else SECONDS_AFTER_MANY
            if current._ticks * TICK > limit:  # noqa: SLF001  # as above
                current._ticks = 0  # noqa: SLF001  # as above
                current.spent += 1
                raise SlowError("takes too long")


def _note_copy() -> None:
    TimeLimit.in_copy = True


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_note_copy)


@contextlib.contextmanager
def ticking() -> Iterator[None]:
    """Makes every :class:`TimeLimit` effective."""
    if not _can_interrupt():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, TimeLimit.tick)
    signal.setitimer(signal.ITIMER_VIRTUAL, TICK, TICK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@contextlib.contextmanager
def ends_after(seconds: float | None) -> Iterator[None]:
    """
    Interrupts what runs inside when ``seconds`` have passed.

    Raises:
        OutOfTimeError: again and again until the context is left, as code may catch whatever is raised.

    """
    if seconds is None or not _can_interrupt():
        yield
        return
    before = signal.signal(signal.SIGALRM, _out_of_time)
    signal.setitimer(signal.ITIMER_REAL, seconds, REPEAT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        TimeLimit.is_over = False


def _out_of_time(_number: int, _frame: FrameType | None) -> None:
    TimeLimit.is_over = True
    raise OutOfTimeError


def _can_interrupt() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
