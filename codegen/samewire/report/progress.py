"""How far a long command is, in one line that is written over; on terminals only."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

from samewire.settings import Settings

REDRAW = 0.1  # seconds
WIDTH = 78


@contextlib.contextmanager
def progress(settings: Settings) -> Iterator[Callable[[int, int, str], None] | None]:
    """A function of how many there are done, how many there are, and which is next; ``None`` where nobody watches."""
    stream = sys.stderr
    if settings.verbosity < 0 or settings.format != "text" or not stream.isatty():
        yield None
        return
    last_draw = 0.0

    def draw(done: int, count: int, name: str) -> None:
        nonlocal last_draw
        now = time.monotonic()
        if now - last_draw >= REDRAW:
            last_draw = now
            line = f"{done}/{count} {name}"[:WIDTH]
            stream.write(f"\r{line:<{WIDTH}}")
            stream.flush()

    try:
        yield draw
    finally:
        stream.write(f"\r{'':<{WIDTH}}\r")
        stream.flush()
