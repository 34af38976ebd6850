"""The events of one stream, in order, as frames: from a guard to bytes. The end is written once, whoever asks first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from samewire.streams.observing import Watch
from samewire.streams.protocol import EventProtocol, OrderGuard, Outcome

EventT = TypeVar("EventT")


class FrameWriter(Generic[EventT]):
    """
    Converts the events of one stream to frames, until its end is requested.

    ``observe`` is called with each sent event, including those that the guard adds. The guard does not count events that are
    not sent: an event that cannot be written is refused first. If ``observe`` raises, the event is still sent, and the next
    call raises the exception. With a ``name`` the frames are numbered: ``id: {name}.1``.
    """

    def __init__(  # noqa: PLR0913  # options, by name
        self,
        protocol: EventProtocol[EventT],
        *,
        guard: OrderGuard[EventT] | None = None,
        encode: Callable[[EventT], bytes] | None = None,
        observe: Callable[[EventT], object] | None = None,
        leave_out: Callable[[EventT], bool] | None = None,
        name: str | None = None,
    ) -> None:
        self._protocol = protocol
        self.protocol_name = protocol.name
        self.watch: Watch | None = None
        """Who else is told each event that is sent."""
        self._guard = guard or protocol.guard()
        self._encode = encode or protocol.frame
        self._observe = observe
        self._leave_out = leave_out
        self._name = None if name is None else name.encode()
        self._count = 0
        self._failure: Exception | None = None
        self.log = protocol.log
        self.ended = False
        """Whether the end was asked for."""
        self.last: EventT | None = None
        """The event that was written last."""

    def write(self, event: EventT | bytes) -> bytes:
        """
        Returns the frames for ``event``, or none if the guard drops it. A frame, such as a comment, passes unchanged.

        Raises:
            TypeError: it is neither.
            PydanticSerializationError, ValueError: it can't be written; and what a strict guard raises.
            Exception: what ``observe`` raised of an event before.

        """
        if self.ended:
            return b""
        self._raise_failure()
        if isinstance(event, bytes):
            return event
        if isinstance(event, self._protocol.classes):
            if self._leave_out is not None and self._leave_out(event):
                return b""
            frame = self._encode(event)
            return b"".join(
                self._seen(sent, frame) if sent is event else self._added(sent)
                for sent in self._guard.feed(event)
            )
        message = f"a source yields {self._protocol.wanted}, and frames as bytes, not {type(event).__name__}: {event!r:.80}"
        raise TypeError(message)

    def outcome(self) -> Outcome:
        """How the source itself ended the stream, by its last event."""
        return self._protocol.outcome(self.last)

    def finish(self) -> bytes:
        """Ends a complete stream."""
        if not self.ended:
            self._raise_failure()
        return self._end(self._guard.end)

    def abort(self) -> bytes:
        """Ends a stopped stream."""
        return self._end_or_error(self._guard.abort, self._protocol.aborted)

    def fail(self, text: str) -> bytes:
        """Ends a failed stream; clients show ``text``."""
        return self._end_or_error(
            lambda: self._guard.fail(text), lambda: self._protocol.failed(text)
        )

    def _end_or_error(
        self, events: Callable[[], Iterable[EventT]], make_last: Callable[[], EventT]
    ) -> bytes:
        """The end that the guard makes, or one event if it fails: a stream without an end looks like a complete one."""
        try:
            return self._end(events)
        except Exception:
            self.log.exception("the guard of a stream failed at its end")
            self.ended, self.last = True, make_last()
            return self._numbered(self._protocol.frame(self.last)) + self._protocol.done

    def _end(self, events: Callable[[], Iterable[EventT]]) -> bytes:
        if self.ended:
            return b""
        frames = b"".join(map(self._added, events()))
        self.ended = True
        return frames + self._protocol.done

    def _added(self, event: EventT) -> bytes:
        """One that the guard has made. What the application's contract has no place for is sent as the protocol has it."""
        try:
            frame = self._encode(event)
        except Exception:  # the application's encoder
            self.log.exception(
                "%s is sent as the protocol has it, not the application's contract",
                getattr(event, "type", type(event).__name__),
            )
            frame = self._protocol.frame(event)
        return self._seen(event, frame)

    def _seen(self, event: EventT, frame: bytes) -> bytes:
        self.last = event
        if self.watch is not None:
            self.watch.sent(event, len(frame))
        if self._observe is not None:
            try:
                self._observe(event)
            except Exception as error:  # noqa: BLE001  # raised by the next call
                self._failure = self._failure or error
        return self._numbered(frame)

    def _numbered(self, frame: bytes) -> bytes:
        if self._name is None or not frame:
            return frame
        self._count += 1
        return b"id: %b.%d\n%b" % (self._name, self._count, frame)

    def _raise_failure(self) -> None:
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure


def after_frame(frames: bytes, name: str, number: int) -> bytes | None:
    """The part of ``frames`` after the frame of this stream and number; ``None`` if that frame is not among them."""
    mark = b"id: %b.%d\n" % (name.encode(), number)
    at = 0 if frames.startswith(mark) else frames.find(b"\n\n" + mark)
    if at < 0:
        return None
    end = frames.find(b"\n\n", at + len(mark) + 2)
    return frames[end + 2 :]
