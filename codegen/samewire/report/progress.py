"""How far a long command is, on stderr: one line that is written over on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

from samewire.report.text import say
from samewire.settings import Settings

REDRAW = 0.1  # seconds
REPEAT = 30.0  # seconds, where no line can be written over
WIDTH = 78


@contextlib.contextmanager
def progress(settings: Settings) -> Iterator[Callable[[int, int, str], None] | None]:
    """A function of how many there are done, how many there are, and which is next; ``None`` with ``--quiet``."""
    if settings.verbosity < 0:
        yield None
        return
    terminal = settings.format == "text" and sys.stderr.isatty()
    last_draw = time.monotonic()

    def draw(done: int, count: int, name: str) -> None:
        nonlocal last_draw
        now = time.monotonic()
        if now - last_draw < (REDRAW if terminal else REPEAT):
            return
        last_draw = now
        line = f"{done}/{count} {name}" if count else name
        if terminal:
            sys.stderr.write(f"\r{line[:WIDTH]:<{WIDTH}}")
            sys.stderr.flush()
        else:
            say(f"{settings.command}: {line}")

    try:
        yield draw
    finally:
        if terminal:
            sys.stderr.write(f"\r{'':<{WIDTH}}\r")
            sys.stderr.flush()
