"""Observers of all streams of a process, for counting and tracing; none by default."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from samewire.streams.protocol import Ended
    from samewire.streams.violations import Violation

T = TypeVar("T")

_log = logging.getLogger("samewire.streams")


@dataclass(frozen=True, slots=True)
class StreamFacts:
    """What is known when a stream starts: the protocol's name and, for a turn, its topic and id."""

    protocol: str
    topic: str | None = None
    turn: str | None = None


class StreamWatch(Protocol):
    """Observes one stream."""

    def sent(self, event: object, size: int, /) -> None:
        """An event was sent with this number of bytes."""

    def repaired(self, violation: Violation, action: str, /) -> None:
        """The guard found the stream out of order and repaired it."""

    def ended(self, ended: Ended, /) -> None:
        """The source is done, and the last event was sent. Called once."""


class StreamObserver(Protocol):
    """Observes all streams."""

    def begun(self, facts: StreamFacts, /) -> StreamWatch:
        """A stream begins. Called in the context in which its source runs: context variables that are set here are seen there."""

    def refused(self, limit: str, /) -> None:
        """A stream did not begin, because of the limit of this name."""


_observers: list[StreamObserver] = []


def add_observer(observer: StreamObserver) -> Callable[[], None]:
    """Registers ``observer`` for streams that start from now on. Returns a function that removes it."""
    _observers.append(observer)
    return lambda: _observers.remove(observer)


class Watch:
    """Calls the observers of one stream. It logs their exceptions, which do not affect the stream."""

    def __init__(self, facts: StreamFacts) -> None:
        begun = [_safely(observer.begun, facts) for observer in _observers]
        self._watches: list[StreamWatch] = [one for one in begun if one is not None]

    def sent(self, event: object, size: int) -> None:
        for one in self._watches:
            _safely(one.sent, event, size)

    def repaired(self, violation: Violation, action: str) -> None:
        for one in self._watches:
            _safely(one.repaired, violation, action)

    def ended(self, ended: Ended) -> None:
        for one in self._watches:
            _safely(one.ended, ended)


WATCH: Final[ContextVar[Watch | None]] = ContextVar("samewire_watch", default=None)
"""Of the stream whose source runs in this context."""


def watch(facts: StreamFacts) -> Watch | None:
    """Who is told of a stream that begins, also by a guard in this context; ``None`` if nobody is."""
    made = Watch(facts) if _observers else None
    WATCH.set(made)
    return made


def tell_refused(limit: str) -> None:
    for observer in _observers:
        _safely(observer.refused, limit)


def _safely(call: Callable[..., T], *arguments: object) -> T | None:
    try:
        return call(*arguments)
    except Exception:  # noqa: BLE001  # logged, of whatever kind
        _log.exception("an observer of streams failed")
        return None
