"""A protocol of the application's own as a stream of server-sent events."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from typing import Any, Final, Generic, Literal, TypeVar, cast, get_args, get_origin

from pydantic import BaseModel, TypeAdapter

from samewire.streams.event_source import EventParser
from samewire.streams.events import event_classes
from samewire.streams.guard import Guard
from samewire.streams.protocol import QUIET, EventProtocol, Outcome, Replay
from samewire.streams.vocabulary import order_of

EventT = TypeVar("EventT")

UNFINISHED: Final = "The stream ended early."
"""What clients are shown of a source that is done before the event that ends a stream."""


class EventStream(EventProtocol[EventT]):
    """
    A custom protocol.

    ``events`` is the union of its Pydantic models, which may declare an order (``docs/stream-order.md``). ``error`` creates the
    event that ends a failed stream, from the text shown to clients; ``abort`` creates the event that ends a stopped stream.
    ``outcome`` tells how such an event ends the stream, if both create the same class. ``dump`` are the contract's arguments of
    ``model_dump_json``; by default, those of a contract without dump options. ``name`` identifies the protocol to observers.
    """

    def __init__(  # noqa: PLR0913  # options, by name
        self,
        events: Any,
        *,
        error: Callable[[str], EventT],
        abort: Callable[[], EventT],
        outcome: Callable[[EventT], Outcome] | None = None,
        dump: dict[str, Any] | None = None,
        name: str = "events",
    ) -> None:
        self.name = name
        self.classes = event_classes(events)
        self._error = error
        self._abort = abort
        self._adapter: TypeAdapter[EventT] = TypeAdapter(events)
        self._dump: dict[str, Any] = {"by_alias": True, **(dump or {})}
        self._error_class, self._abort_class = type(error(UNFINISHED)), type(abort())
        for cls in (self._error_class, self._abort_class):
            if cls not in self.classes:
                raise TypeError(f"{cls.__qualname__} ends a stream and is no event of it")
            order = order_of(cls)
            if order is not None and (order.first or order.moves):
                raise TypeError(
                    f"{cls.__qualname__} ends a stream that failed or was stopped, so it comes anywhere:"
                    " its order can't have First(), nor open, continue or close a block"
                )
        if outcome is None and self._error_class is self._abort_class:
            raise TypeError(
                f"{self._error_class.__qualname__} ends a stream that failed and one that was stopped:"
                " pass outcome=, a function that tells them apart"
            )
        self._outcome = outcome
        self._written: _Written[EventT] = _Written(self.classes)
        orders = [order_of(cls) for cls in self.classes]
        self.has_end = any(order is not None and order.last is not None for order in orders)
        """Whether it declares an event that ends a stream."""

    def frame(self, event: EventT) -> bytes:
        return b"data: %b\n\n" % self._adapter.dump_json(event, **self._dump)

    def failed(self, text: str) -> EventT:
        return self._error(text)

    def aborted(self) -> EventT:
        return self._abort()

    def outcome(self, last: EventT | None) -> Outcome:
        if not isinstance(last, (self._error_class, self._abort_class)):
            return "finish"
        if self._outcome is not None:
            return self._outcome(last)
        return "error" if isinstance(last, self._error_class) else "abort"

    def guard(self, *, strict: bool = False) -> EventGuard[EventT]:
        """Returns a guard for one stream. ``strict`` is for tests: an event out of order raises OrderError."""
        return EventGuard(self, strict=strict)

    def replay(self, _continued: bytes) -> Replay:
        return _EventReplay(self)

    def read(self, frames: bytes) -> list[EventT]:
        """
        The events in ``frames``, as far as their order goes: the values of their fields are those of the JSON.

        Raises:
            ValueError: one whose class can't be told from what is written.

        """
        return [self._written.read(event.data) for event in EventParser().feed(frames)]

    def outcome_of(self, frames: bytes) -> Outcome:
        try:
            events = self.read(frames)
        except ValueError:
            return "error"
        return self.outcome(events[-1] if events else None)


class _Written(Generic[EventT]):
    """
    Tells events from what was written of them.

    Validators need not read what serializers write, and the order needs no more than the tag and a few fields.
    """

    def __init__(self, classes: Iterable[type[Any]]) -> None:
        self._classes = [
            (cls, _written_names(cls), tags)
            for cls in classes
            if issubclass(cls, BaseModel) and (tags := _tags(cls))
        ]

    def read(self, data: str) -> EventT:
        value = json.loads(data)
        for cls, names, tags in self._classes:
            if not isinstance(value, dict):
                break
            fields = {names[key]: one for key, one in value.items() if key in names}
            if all(fields.get(name) in values for name, values in tags.items()):
                made: Any = cls.model_construct(**fields)
                return cast("EventT", made)
        raise ValueError(f"no event has the tag of {data:.80}")


def _written_names(cls: type[BaseModel]) -> dict[str, str]:
    """The fields by the keys that they may have in JSON."""
    fields = cls.model_fields.items()
    return {
        **{name: name for name, _ in fields},
        **{info.serialization_alias or name: name for name, info in fields},
    }


def _tags(cls: type[BaseModel]) -> dict[str, tuple[Any, ...]]:
    literals = {
        name: get_args(info.annotation)
        for name, info in cls.model_fields.items()
        if get_origin(info.annotation) is Literal
    }
    return {name: values for name, values in literals.items() if len(values) == 1}


class EventGuard(Generic[EventT]):
    """The guard of one stream of a custom protocol. Every stream gets an end, whatever its source does."""

    def __init__(
        self,
        protocol: EventStream[EventT],
        *,
        strict: bool = False,
        log: logging.Logger | None = None,
    ) -> None:
        self._protocol = protocol
        self._guard: Guard[EventT] = Guard(protocol.classes, strict=strict, log=log or protocol.log)
        self.feed: Callable[[EventT], tuple[EventT, ...]] = self._guard.feed

    def end(self) -> tuple[EventT, ...]:
        """What closes the stream: its last event, if that can be made without what nobody said, else the one of an error."""
        sent = self._guard.end()
        if self._guard.over or not self._protocol.has_end:
            return sent
        self._protocol.log.error("the source of a stream is done, and its last event has not come")
        return (*sent, *self.fail(UNFINISHED))

    def fail(self, text: str) -> tuple[EventT, ...]:
        """What is open is closed, and the stream ends with the protocol's error."""
        return self._guard.close(self._protocol.failed(text))

    def abort(self) -> tuple[EventT, ...]:
        """As :meth:`fail`, of a stream that was stopped."""
        return self._guard.close(self._protocol.aborted())


class _EventReplay(Generic[EventT]):
    def __init__(self, protocol: EventStream[EventT]) -> None:
        self._protocol = protocol
        self._guard = EventGuard(protocol, log=QUIET)

    def feed(self, frames: bytes) -> None:
        for event in self._protocol.read(frames):
            self._guard.feed(event)

    def close(self, error_text: str | None) -> bytes:
        events = self._guard.abort() if error_text is None else self._guard.fail(error_text)
        return b"".join(map(self._protocol.frame, events))
