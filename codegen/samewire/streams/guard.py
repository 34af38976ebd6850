"""
A stream runs through a guard: it lets events pass that are in order, and refuses or mends what is not.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final, Generic, TypeAlias, TypedDict, TypeVar, Unpack, overload

from samewire.streams.events import event_classes
from samewire.streams.mending import mender
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
    mend: Hook | None


class Guard(Generic[EventT]):
    """
    The order of one stream. A guard is for one stream only.

    ``events`` is the union of the protocol's events, or a list of classes, of which the guard makes what is missing. An event of
    another class is judged by the order that its class declares. ``continued`` is what the stream goes on with.

    ``strict``: an event out of order raises :class:`OrderError`. Otherwise the guard mends the stream and logs what it did: it
    opens and closes blocks, sets changed fields back, and drops what has no place. It makes events only of Pydantic models, from
    a block's key, the fields that stay the same in it, and the ``mend`` values of the declaration; an event that needs more is
    not made. ``mend`` may mend an event in another way: it returns what to send instead, or ``None``.

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
        mend: Hook | None = None,
    ) -> None:
        classes = event_classes(events)
        self.strict = strict
        self._tracker = Tracker(classes, continued)
        self._mender = mender(classes)
        self._wording = wording(classes)
        self._hook = mend
        self._log = log or _log
        self._index = -1
        self._logged: Counter[tuple[str, str]] = Counter()
        self._quick: dict[type[Any], _Quick] = {}
        self._quick_once_started = _quick(self._tracker, classes)

    @property
    def over(self) -> bool:
        """Whether the event that ends the stream was let through."""
        return self._tracker.over

    def feed(self, event: EventT) -> tuple[EventT, ...]:
        """
        What to send for ``event``: itself, nothing, or a few events.

        Raises:
            OrderError: in strict mode, if it is out of order. The guard is then as it was before.

        """
        self._index += 1
        quick = self._quick.get(type(event))
        if quick is not None and quick[0](event) in quick[1]:
            return (event,)
        broken = self._tracker.broken(event)
        if self.strict and broken:
            raise OrderError(self._violation(broken[0], event))
        if broken:
            return tuple(self._mended(event))
        closers = [] if self.strict else self._closers_before(event)
        self._apply(event)
        return (*closers, event)

    def close(self, event: EventT) -> tuple[EventT, ...]:
        """``event``, which ends the stream, after what closes all that is open; nothing if the stream is over. Mends always."""
        if self._tracker.over:
            return ()
        self._index += 1
        return tuple(self._mended(event, quietly=True))

    def end(self) -> tuple[EventT, ...]:
        """
        What is missing when there are no more events.

        Raises:
            OrderError: in strict mode, if anything is.

        """
        broken = self._tracker.at_end()
        if not broken:
            return ()
        self._index += 1
        if self.strict:
            raise OrderError(self._violation(broken[0], None))
        self._say("no-end", "the end", self._violation(broken[0], None), "ended the stream")
        last = self._mender.last()
        return tuple(self._closers()) if last is None else self.close(last)

    def run(self, events: Iterable[EventT]) -> Iterator[EventT]:
        """The events as they are to be sent. What the source raises passes through."""
        for event in events:
            yield from self.feed(event)
        yield from self.end()

    async def arun(self, events: AsyncIterable[EventT]) -> AsyncIterator[EventT]:
        """As :meth:`run`."""
        async for event in events:
            for one in self.feed(event):
                yield one
        for one in self.end():
            yield one

    # --- Mending ------------------------------------------------------------------------------------------------------

    def _apply(self, event: Any) -> None:
        self._tracker.apply(event)
        self._quick = {} if self._tracker.over else self._quick_once_started

    def _mended(self, event: Any, depth: int = 0, *, quietly: bool = False) -> list[Any]:
        sent: list[Any] = []
        for _ in range(len(self._tracker.kinds) * 100 + 1000):
            broken = self._tracker.broken(event)
            if not broken:
                sent += self._closers_before(event)
                self._apply(event)
                return [*sent, event]
            first = broken[0]
            found = self._violation(first, event)
            replaced = self._hook(event, first) if self._hook is not None else None
            if replaced is not None and depth < _DEPTH:
                self._say(
                    first.rule, self._wording.name(event), found, "replaced it", quietly=quietly
                )
                return [*sent, *(one for new in replaced for one in self._mended(new, depth + 1))]
            before, changed = self._mender.mend(event, first, self._tracker)
            if depth >= _DEPTH or (not before and changed is None):
                if first.rule not in IGNORED:
                    self._say(
                        first.rule,
                        self._wording.name(event),
                        found,
                        "let it through",
                        quietly=quietly,
                    )
                    self._apply(event)
                    return [*sent, event]
                self._say(
                    first.rule, self._wording.name(event), found, "dropped it", quietly=quietly
                )
                return sent
            made = [one for new in before for one in self._mended(new, depth + 1, quietly=True)]
            if before and not made:
                self._say(
                    first.rule, self._wording.name(event), found, "dropped it", quietly=quietly
                )
                return sent
            sent += made
            what = f"added {', '.join(map(self._wording.name, made))}" if made else "set it back"
            self._say(first.rule, self._wording.name(event), found, what, quietly=quietly)
            event = event if changed is None else changed
        return sent

    def _closers_before(self, event: Any) -> list[Any]:
        """What an interruption would leave open for good."""
        return self._closers() if self._mender.interrupts(event) else []

    def _closers(self) -> list[Any]:
        made: list[Any] = []
        for broken in self._tracker.left_open():
            closer = self._mender.closer(broken, self._tracker)
            if closer is not None and not self._tracker.broken(closer):
                self._apply(closer)
                made.append(closer)
        return made

    # --- Saying -------------------------------------------------------------------------------------------------------

    def _violation(self, broken: Broken, event: Any) -> Violation:
        return self._wording.violation(broken, self._index, event)

    def _say(
        self, rule: str, name: str, found: Violation, what: str, *, quietly: bool = False
    ) -> None:
        """The first of a sort as a warning: a stream may go wrong with every token."""
        self._logged[rule, name] += 1
        level = logging.DEBUG if quietly or self._logged[rule, name] > 1 else logging.WARNING
        self._log.log(level, "stream out of order, %s: %s", what, found)


_Quick: TypeAlias = tuple[Callable[[Any], Any], set[Any]]


def _quick(tracker: Tracker, classes: tuple[type[Any], ...]) -> dict[type[Any], _Quick]:
    """Of the classes that only continue a block, where their key is and the keys for which they may come."""
    return {
        cls: (key, tracker.kind(block).within[state])
        for cls, key, block, state in _continuing(classes)
    }


@lru_cache(maxsize=64)
def _continuing(
    classes: tuple[type[Any], ...],
) -> tuple[tuple[type[Any], Callable[[Any], Any], Block, str], ...]:
    found = []
    for cls in classes:
        order = order_of(cls)
        if order is None or len(order.moves) != 1 or order.is_more_than_moves():
            continue
        move = order.moves[0]
        same = [name for name in move.block.same if name in getattr(cls, "model_fields", ())]
        changes = move.when or move.by_alias or move.resets or move.before != (move.after,)
        if move.block.key is not None and not same and not changes:
            found.append((cls, attrgetter(move.block.key), move.block, move.after))
    return tuple(found)


def check_order(
    events: Iterable[Any], protocol: Any, *, continued: Continued | None = None
) -> list[Violation]:
    """
    Every rule that a whole stream breaks.

    An event that has no place where it comes counts as if it were not there, and any other one as if it were right.
    """
    classes = event_classes(protocol)
    tracker, words = Tracker(classes, continued), wording(classes)
    found: list[Violation] = []

    def note(broken: Iterable[Broken], index: int, event: Any) -> bool:
        made = [words.violation(one, index, event) for one in broken]
        found.extend(made)
        return any(one.rule in IGNORED for one in made)

    index = 0
    for index, event in enumerate(events, start=1):
        if not note(tracker.broken(event), index - 1, event):
            tracker.apply(event)
    note(tracker.at_end(), index, None)
    return found
