"""A deep stack for recursion: Pydantic's generator calls itself some twenty times for each model inside a model."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_STACK_BYTES = 512 * 1024 * 1024  # reserved, not used: memory is taken as the stack grows
STEP_BYTES = 32 * 1024 * 1024
_CALLS = 200_000


def with_deep_stack(work: Callable[[], T], stack: int = _STACK_BYTES) -> T:
    """
    What ``work`` returns or raises, run on a thread with a large stack while no other code of ours runs.

    Python 3.12 and 3.13 also limit the calls that C makes (those of objects with a ``__call__`` among them), to 1,500 and 10,000 a
    thread, and nothing raises that. Work that may need more goes on in another thread at intervals, with a smaller ``stack``.
    """
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001  # raised again on the caller's thread
            errors.append(error)

    limit, size = sys.getrecursionlimit(), threading.stack_size(stack)
    sys.setrecursionlimit(max(limit, _CALLS))
    try:
        thread = threading.Thread(target=run, name="samewire-export")
        thread.start()
        thread.join()
    finally:
        sys.setrecursionlimit(limit)
        threading.stack_size(size)
    if errors:
        raise errors[0]
    return results[0]
