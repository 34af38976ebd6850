"""What responses and turns need to know about a protocol: how to write its events, and which of them end a stream."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Generic, Literal, Protocol, TypeAlias, TypeVar

EventT = TypeVar("EventT")

Outcome: TypeAlias = Literal["finish", "error", "abort", "disconnect"]
"""It came to its end, it failed, it was stopped, or its client went away."""


@dataclass(frozen=True, slots=True)
class Ended:
    """
    How a stream ended, with the exception if it failed. If the source ends the stream itself, by a failure or stop event, there
    is no exception.
    """

    outcome: Outcome
    error: BaseException | None = None


QUIET: Final = logging.getLogger("samewire.streams.replayed")
QUIET.setLevel(logging.CRITICAL)
"""For a :class:`Replay`: what the stream's own guard has let through is not to be complained of again."""


class OrderGuard(Protocol[EventT]):
    """Keeps the events of one stream in order."""

    def feed(self, event: EventT, /) -> Iterable[EventT]:
        """Returns what to send instead of ``event``."""

    def end(self) -> Iterable[EventT]:
        """Returns the events that are missing at the end."""

    def fail(self, text: str, /) -> Iterable[EventT]:
        """Ends a failed stream. Returns nothing if it is over."""

    def abort(self) -> Iterable[EventT]:
        """Ends a stopped stream. Returns nothing if it is over."""


class Replay(Protocol):
    """A guard that is shown the frames of a stream, to end it."""

    def feed(self, frames: bytes) -> None:
        """Frames as they were sent. Raises ValueError for what can't be read back."""

    def close(self, error_text: str | None) -> bytes:
        """What ends the stream with this error, or as one that was stopped."""


class EventProtocol(ABC, Generic[EventT]):
    """A protocol whose events are sent as a stream."""

    classes: tuple[type[Any], ...]
    """Of which its events are."""
    name: str = "events"
    """The protocol, to whom streams are told of."""
    done: ClassVar[bytes] = b""
    """What follows the last event."""
    wanted: ClassVar[str] = "events of its protocol"
    """What a source yields, for messages."""
    busy: ClassVar[str] = "{topic} has a turn that is not over."
    """What clients are told that may not replace a turn."""
    log: ClassVar[logging.Logger] = logging.getLogger("samewire.streams")

    @abstractmethod
    def frame(self, event: EventT, /) -> bytes:
        """An event as a Server-Sent Event, including the blank line."""

    @abstractmethod
    def failed(self, text: str, /) -> EventT:
        """The event that ends a failed stream; clients show ``text``."""

    @abstractmethod
    def aborted(self) -> EventT:
        """The event that ends a stopped stream."""

    @abstractmethod
    def outcome(self, last: EventT | None, /) -> Outcome:
        """How a stream with this last event ended."""

    @abstractmethod
    def outcome_of(self, frames: bytes, /) -> Outcome:
        """How a stream with these last frames ended."""

    @abstractmethod
    def guard(self) -> OrderGuard[EventT]:
        """A guard for one stream."""

    @abstractmethod
    def replay(self, continued: bytes, /) -> Replay:
        """A guard for one stream, which goes on with what the frames ``continued`` say, that is shown what was sent of it."""
