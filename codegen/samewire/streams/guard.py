"""Runs a stream through a guard, which passes events in order and refuses or repairs all others."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final, Generic, TypeAlias, TypedDict, TypeVar, Unpack, overload

from samewire.streams.events import event_classes
from samewire.streams.observing import WATCH
from samewire.streams.repair import repairer
from samewire.streams.tracker import IGNORED, Broken, Continued, Tracker
from samewire.streams.violations import OrderError, Violation, wording
from samewire.streams.vocabulary import Block, order_of

EventT = TypeVar("EventT")
Hook: TypeAlias = Callable[[Any, Broken], "list[Any] | None"]

_DEPTH: Final = 6  # an end without a start: end, its step, the step's start, the stream's first
_log = logging.getLogger("samewire.streams")


class _Options(TypedDict, total=False):
    strict: bool
    continued: Continued | None
    log: logging.Logger | None
    repair: Hook | None


class Guard(Generic[EventT]):
    """
    The order of one stream. A guard is for one stream only.

    ``events`` is the union of the protocol's events, or a list of classes, of which the guard makes what is missing. An event of
    another class is judged by the order that its class declares. ``continued`` is what the stream continues.

    ``strict``: an event out of order raises :class:`OrderError`. Otherwise the guard repairs the stream and logs what it did:
    it opens and closes blocks, sets changed fields back, and drops what has no place. It makes events only of Pydantic models,
    from a block's key, the fields that stay the same in it, and the ``repair`` values of the declaration; an event that needs
    more is not made. ``repair`` may repair an event in another way: it returns what to send instead, or ``None``.

    For an event that continues a block :meth:`feed` costs two look-ups in a dictionary.
    """

    @overload
    def __init__(
        self, events: type[EventT] | Iterable[type[EventT]], **options: Unpack[_Options]
    ) -> None: ...

    # Of a union that is a value type checkers know nothing.
    @overload
    def __init__(self: Guard[Any], events: object, **options: Unpack[_Options]) -> None: ...

    def __init__(
        self,
        events: Any,
        *,
        strict: bool = False,
        continued: Continued | None = None,
        log: logging.Logger | None = None,
        repair: Hook | None = None,
    ) -> None:
        classes = event_classes(events)
        self.strict = strict
        self._tracker = Tracker(classes, continued)
        self._repairer = repairer(classes)
        self._wording = wording(classes)
        self._replacements: Hook = repair or _no_replacements
        self._log = log or _log
        self._index = -1
        self._reported: Counter[tuple[str, str]] = Counter()
        self._fast_paths: dict[type[Any], _FastPath] = {}
        self._fast_paths_once_started = _fast_paths(self._tracker, classes)

    @property
    def over(self) -> bool:
        """Whether the final event has passed."""
        return self._tracker.over

    def feed(self, event: EventT) -> tuple[EventT, ...]:
        """
        Returns what to send for ``event``: the event, nothing, or several events.

        Raises:
            OrderError: in strict mode, if it is out of order. The guard is then as it was before.

        """
        self._index += 1
        fast_path = self._fast_paths.get(type(event))
        if fast_path is not None and fast_path[0](event) in fast_path[1]:
            return (event,)
        broken = self._tracker.broken(event)
        if self.strict and broken:
            raise OrderError(self._violation(broken[0], event))
        if broken:
            return tuple(self._repaired(event))
        if not self.strict:
            return tuple(self._admit(event))
        self._apply(event)
        return (event,)

    def close(self, event: EventT) -> tuple[EventT, ...]:
        """
        ``event``, which ends the stream, after what closes all that is open; nothing if the stream is over.

        It repairs the stream in strict mode too.
        """
        if self._tracker.over:
            return ()
        self._index += 1
        return tuple(self._repaired(event, quietly=True))

    def end(self) -> tuple[EventT, ...]:
        """
        Returns the events that are missing at the end of the source.

        Raises:
            OrderError: in strict mode, if anything is.

        """
        broken = self._tracker.at_end()
        if not broken:
            return ()
        self._index += 1
        if self.strict:
            raise OrderError(self._violation(broken[0], None))
        self._report(broken[0], None, "ended the stream")
        last = self._repairer.last()
        return tuple(self._closing_events()) if last is None else self.close(last)

    def run(self, events: Iterable[EventT]) -> Iterator[EventT]:
        """Yields the events to send. Exceptions of the source pass through."""
        for event in events:
            yield from self.feed(event)
        yield from self.end()

    async def arun(self, events: AsyncIterable[EventT]) -> AsyncIterator[EventT]:
        """The asynchronous form of :meth:`run`."""
        async for event in events:
            for sent in self.feed(event):
                yield sent
        for sent in self.end():
            yield sent

    # --- Repair -------------------------------------------------------------------------------------------------------

    def _apply(self, event: Any) -> None:
        self._tracker.apply(event)
        self._fast_paths = {} if self._tracker.over else self._fast_paths_once_started

    def _repaired(self, event: Any, depth: int = 0, *, quietly: bool = False) -> list[Any]:
        """What to send for ``event``. Events that repair it are repaired themselves, up to a depth."""
        sent: list[Any] = []
        for _ in range(len(self._tracker.kinds) * 100 + 1000):
            broken = self._tracker.broken(event)
            if not broken:
                return [*sent, *self._admit(event)]
            first = broken[0]
            replacements = self._replacements(event, first) if depth < _DEPTH else None
            if replacements is not None:
                self._report(first, event, "replaced it", quietly=quietly)
                return [*sent, *self._all_repaired(replacements, depth + 1)]
            repair = self._repairer.repair(event, first, self._tracker)
            if depth >= _DEPTH or not repair:
                return [*sent, *self._unrepaired(event, first, quietly=quietly)]
            before = self._all_repaired(repair.before, depth + 1, quietly=True)
            if repair.before and not before:
                self._report(first, event, "dropped it", quietly=quietly)
                return sent
            sent += before
            names = ", ".join(map(self._wording.name, before))
            action = f"added {names}" if before else "set it back"
            self._report(first, event, action, quietly=quietly)
            event = event if repair.replacement is None else repair.replacement
        return sent

    def _all_repaired(
        self, events: Iterable[Any], depth: int, *, quietly: bool = False
    ) -> list[Any]:
        return [sent for event in events for sent in self._repaired(event, depth, quietly=quietly)]

    def _unrepaired(self, event: Any, broken: Broken, *, quietly: bool) -> list[Any]:
        """An event that can't be repaired passes, unless it has no place."""
        if broken.rule in IGNORED:
            self._report(broken, event, "dropped it", quietly=quietly)
            return []
        self._report(broken, event, "let it through", quietly=quietly)
        self._apply(event)
        return [event]

    def _admit(self, event: Any) -> list[Any]:
        """An event that is in order, after what closes the blocks that an interruption would leave open for good."""
        closing = self._closing_events(event) if self._repairer.interrupts(event) else []
        self._apply(event)
        return [*closing, event]

    def _closing_events(self, last: Any = None) -> list[Any]:
        """Events that close what is open, but for what ``last`` closes, as far as they can be made; they are counted."""
        events: list[Any] = []
        for broken in self._tracker.left_open():
            if broken.block is not None and self._tracker.names(last, broken.block, broken.key):
                continue
            closer = self._repairer.closer(broken, self._tracker)
            if closer is not None and not self._tracker.broken(closer):
                self._apply(closer)
                events.append(closer)
        return events

    # --- Reports ------------------------------------------------------------------------------------------------------

    def _violation(self, broken: Broken, event: Any) -> Violation:
        return self._wording.violation(broken, self._index, event)

    def _report(self, broken: Broken, event: Any, action: str, *, quietly: bool = False) -> None:
        """Logs a repair: the first of a kind as a warning, since a stream may go wrong with every token."""
        kind = (broken.rule, "" if event is None else self._wording.name(event))
        self._reported[kind] += 1
        level = logging.DEBUG if quietly or self._reported[kind] > 1 else logging.WARNING
        violation = self._violation(broken, event)
        self._log.log(level, "stream out of order, %s: %s", action, violation)
        watch = None if quietly else WATCH.get()
        if watch is not None:
            watch.repaired(violation, action)


def _no_replacements(_event: Any, _broken: Broken) -> None:
    """The guard's own repair."""


_FastPath: TypeAlias = tuple[Callable[[Any], Any], set[Any]]


def _fast_paths(tracker: Tracker, classes: tuple[type[Any], ...]) -> dict[type[Any], _FastPath]:
    """Of the classes that only continue a block, what reads their key, and the keys for which they may come."""
    return {
        cls: (key, tracker.kind(block).by_state[state])
        for cls, key, block, state in _continuing(classes)
    }


@lru_cache(maxsize=64)
def _continuing(
    classes: tuple[type[Any], ...],
) -> tuple[tuple[type[Any], Callable[[Any], Any], Block, str], ...]:
    continuing = []
    for cls in classes:
        order = order_of(cls)
        if order is None or len(order.moves) != 1 or order.is_more_than_moves():
            continue
        move = order.moves[0]
        same = [name for name in move.block.same if name in getattr(cls, "model_fields", ())]
        changes = move.when or move.by_alias or move.resets or move.before != (move.after,)
        if move.block.key is not None and not same and not changes:
            continuing.append((cls, attrgetter(move.block.key), move.block, move.after))
    return tuple(continuing)


def check_order(
    events: Iterable[Any], protocol: Any, *, continued: Continued | None = None
) -> list[Violation]:
    """
    Returns every rule that a complete stream breaks. An event in a wrong place is ignored; any other violation counts as if it
    were right.
    """
    classes = event_classes(protocol)
    tracker, words = Tracker(classes, continued), wording(classes)
    violations: list[Violation] = []
    count = 0
    for event in events:
        broken = tracker.broken(event)
        violations += [words.violation(rule, count, event) for rule in broken]
        if not any(rule.rule in IGNORED for rule in broken):
            tracker.apply(event)
        count += 1
    violations += [words.violation(rule, count, None) for rule in tracker.at_end()]
    return violations
