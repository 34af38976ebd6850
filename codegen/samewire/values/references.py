"""Values of what references name: each definition once, however many refer to it, and however deep they are nested."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from samewire.values.errors import NoValueError
from samewire.values.random_draws import Draw, Make


class References:
    """
    A definition is made when what refers to it is done, and not within: a chain may be longer than Python's stack is deep.

    If no value can be made of one, what refers to it is made anew and fails at the reference.
    """

    def __init__(self) -> None:
        self._made: dict[str, Make] = {}
        self._failed: dict[str, NoValueError] = {}
        self._new: list[str] = []
        self._waiting: list[tuple[str, Callable[[], Make]]] = []

    def root(self, make: Callable[[], Make]) -> Make:
        """
        What ``make`` makes, and all that it refers to.

        Raises:
            NoValueError: of something that has to be there, no value can be made.

        """
        self._new.clear()
        while True:
            try:
                made = make()
                self._drain()
            except _AgainError:
                continue
            except NoValueError:
                self._forget()
                raise
            return made

    def to(self, name: str, make: Callable[[], Make]) -> Make:
        """The values of a definition, which ``make`` makes."""
        if name in self._failed:
            raise self._failed[name]

        def later(draw: Draw, depth: int) -> Any:
            return self._made[name](draw, depth)

        if name not in self._made:
            self._made[name] = later
            self._new.append(name)
            self._waiting.append((name, make))
        return later

    def _drain(self) -> None:
        while self._waiting:
            name, make = self._waiting.pop()
            try:
                self._made[name] = make()
            except NoValueError as error:
                self._forget()
                self._failed[name] = error
                raise _AgainError from error

    def _forget(self) -> None:
        for name in self._new:
            self._made.pop(name, None)
        self._new.clear()
        self._waiting.clear()


class _AgainError(Exception):
    """Something that others refer to can't be made."""
