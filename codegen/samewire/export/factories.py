"""
Calls of default factories: code of the user's, which may wait for a server, or end the process.

A call has a thread of its own, since what waits for ever can't be interrupted on every platform. The thread of a call that does not
come back is left alone; it ends with the process.
"""

from __future__ import annotations

import contextlib
import contextvars
import os
import threading
from collections.abc import Callable, Iterator
from typing import Final, NoReturn

SECONDS: Final = 5.0
_NAME: Final = "samewire-default-factory"


class FactoryError(Exception):
    """A factory that does not come back: what it did, as a part of a sentence."""


def call(factory: Callable[[], object]) -> object:
    """
    What ``factory`` returns; whatever it raises.

    Raises:
        FactoryError: it took too long, or ended the process.

    """
    if isinstance(factory, type) and factory.__module__ == "builtins":
        return factory()
    result: list[object] = []
    error: list[BaseException] = []

    def run() -> None:
        try:
            result.append(context.run(factory))
        except BaseException as raised:  # noqa: BLE001  # raised again below
            error.append(raised)

    context = contextvars.copy_context()
    thread = threading.Thread(target=run, name=_NAME, daemon=True)
    with _without_exit(thread):
        thread.start()
        thread.join(SECONDS)
    if thread.is_alive():
        raise FactoryError(f"takes longer than {SECONDS:.0f} seconds")
    if error:
        if isinstance(error[0], SystemExit):
            raise FactoryError("ends the process") from error[0]
        raise error[0]
    return result[0]


@contextlib.contextmanager
def _without_exit(thread: threading.Thread) -> Iterator[None]:
    """``os._exit`` of this call is an exception; for good if the call does not come back."""
    exit_ = os._exit

    def refuse(status: int) -> NoReturn:
        if threading.current_thread() is thread:
            raise SystemExit(status)
        exit_(status)

    os._exit = refuse
    try:
        yield
    finally:
        if not thread.is_alive():
            os._exit = exit_


def name_of(factory: object) -> str:
    """``shop.models:new_id``, as the user finds it."""
    module, name = (getattr(factory, key, None) for key in ("__module__", "__qualname__"))
    return f"{module}:{name}" if module and name else type(factory).__qualname__
