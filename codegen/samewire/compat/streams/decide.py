"""
Decides whether every stream in order for the producer is in order for the acceptor; if not, finds the shortest counterexamples.

A stream may open any number of blocks, so its states are not finite. The proof follows one key, and takes every other one for
whatever the producer may have (:data:`~samewire.compat.streams.machine.OTHER`). Each rule is about one key and blocks without keys,
so that a rule that can be broken at all can be by the key that is followed. What is found so is looked for with real keys, and is
unproven if there is no such stream.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final

from samewire.compat.streams.chunks import Asked, Chunks
from samewire.compat.streams.likeness import (
    changed_blocks,
    fixed_differently,
    remember_alike,
    requests,
)
from samewire.compat.streams.machine import OTHER, Broken, Earlier, Machine, State, is_open
from samewire.lower.stream_rules import ABSENT, CLOSED
from samewire.streams.rules import RuleName

_MOST_PROVED: Final = 20_000
"""States of a proof, which are few where the blocks of a step are."""
_MOST_SEARCHED: Final = 6_000

Chunk = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stream:
    """Events, and the blocks that they continue, by kind and key; ``None`` for a stream that continues nothing."""

    events: tuple[Chunk, ...]
    continued: Mapping[tuple[str, Any], Earlier] | None = None

    def with_events(self, *events: Chunk) -> Stream:
        return Stream((*self.events, *events), self.continued)


@dataclass(frozen=True, slots=True)
class Cause:
    """
    The cause of a difference: a rule of the acceptor about a block, broken by an event with a tag, or by a missing event at the
    end.
    """

    rule: RuleName
    block: str | None
    tag: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """
    ``stream`` is in order for the producer but not for the acceptor. Without a stream nothing is proved, and ``why`` has the
    reason.
    """

    cause: Cause
    broken: Broken
    stream: Stream | None = None
    why: str = ""


class _DeeperError(Exception):
    """The two orders do not remember the same of a stream."""


class UndecidedError(Exception):
    """Nothing can be proved about the two orders; the message says why."""


_Pair = tuple[State, State]


@dataclass
class _Search:
    """Pairs of states with the stream that leads to each, the shortest first."""

    most: int
    found: dict[_Pair, Stream] = field(default_factory=dict)
    waiting: deque[_Pair] = field(default_factory=deque)

    def add(self, pair: _Pair, stream: Stream) -> None:
        if pair not in self.found and len(self.found) < self.most:
            self.found[pair] = stream
            self.waiting.append(pair)

    @property
    def is_full(self) -> bool:
        return len(self.found) >= self.most


class Decision:
    """
    Two orders; ``made`` is that of the producer.

    Values that stay the same, aliases and what a stream goes on with are varied only where the two may remember other ones
    (``deep``), since they multiply the states.
    """

    def __init__(self, made: Machine, known: Machine, chunks: Chunks) -> None:
        self.made, self.known, self.chunks = made, known, chunks
        self._fixed = fixed_differently(made, known, chunks)
        self._changed = changed_blocks(made, known, chunks)
        self._deep = not remember_alike(made, known)

    def differences(self) -> list[Difference]:
        """
        Returns one difference per cause.

        Raises:
            UndecidedError: the rules are of a kind that can't be compared.

        """
        self._check()
        suspected: dict[Cause, tuple[Broken, Stream]] = {}
        for space in self._spaces() or (None,):
            try:
                found = self._suspected(space)
            except _DeeperError:
                self._deep = True
                found = self._suspected(space)
            for cause, shown in found.items():
                suspected.setdefault(cause, shown)
        return list(self._confirmed(suspected)) if suspected else []

    def _spaces(self) -> list[str]:
        """The key spaces of blocks of which the two say different things; any other block is the same for both in each stream."""
        both = self.made, self.known
        ends = [{tag: event.last for tag, event in each.by_tag.items()} for each in both]
        keyed = self.made.keyed | self.known.keyed
        asked = {name for name in keyed if requests(self.made, name) != requests(self.known, name)}
        changed = keyed if ends[0] != ends[1] else keyed & (self._changed | asked)
        return sorted({each.space(name) for each in both for name in changed & each.blocks.keys()})

    def _check(self) -> None:
        for machine in (self.made, self.known):
            for name, block in machine.blocks.items():
                if block.inside in machine.keyed:
                    message = f"the block {name} is inside the block {block.inside}, which has keys"
                    raise UndecidedError(message)
            for move in (move for event in machine.order.events for move in event.moves):
                if move.block in machine.keyed and not move.key and not move.alias:
                    message = f"the block {move.block} has a key in some events and none in others"
                    raise UndecidedError(message)

    def _asked(self, keys: int, *, proving: bool = False, space: str | None = None) -> Asked:
        varied = self._fixed | self._changed if self._deep else self._fixed
        return Asked(keys, varied, proving, space)

    # --- Proof --------------------------------------------------------------------------------------------------------

    def _suspected(self, space: str | None) -> dict[Cause, tuple[Broken, Stream]]:
        """What the acceptor may refuse, of the blocks of one key space and of those without keys."""
        asked = self._asked(2, proving=True, space=space)
        if not self.chunks.are_whole(asked):
            raise UndecidedError("an event has too many properties that rules read")
        letters, keys = self.chunks.made(asked), self.chunks.keys(space)[:1]
        found: dict[Cause, tuple[Broken, Stream]] = {}
        search = _Search(_MOST_PROVED)
        for stream in self._starts(space, keys):
            search.add(self._start(stream, asked=self._deep), stream)
        while search.waiting:
            pair = search.waiting.popleft()
            if not self._deep and _memory(pair[0]) != _memory(pair[1]):
                raise _DeeperError
            self._step(search, pair, letters, found, proving=True)
        if search.is_full:
            raise UndecidedError("there are too many states")
        return found

    def _step(
        self,
        search: _Search,
        pair: _Pair,
        letters: Iterable[Chunk],
        found: dict[Cause, tuple[Broken, Stream]],
        *,
        proving: bool,
    ) -> None:
        """Goes on from a pair of states with each event."""
        stream, (made, known) = search.found[pair], pair
        if not any(self.made.at_end(made)):
            for each in self.known.at_end(known):
                found.setdefault(_cause(each, known, None), (each, stream))
        for chunk in letters:
            if any(
                not (proving and self._may_be_other(each)) for each in self.made.broken(made, chunk)
            ):
                continue
            broken = next(
                (
                    each
                    for each in self.known.broken(known, chunk)
                    if not (proving and self._is_others(each, made, chunk))
                ),
                None,
            )
            if broken is not None:
                cause = _cause(broken, known, chunk[self.made.order.tag])
                found.setdefault(cause, (broken, stream.with_events(chunk)))
            else:
                search.add(
                    (self.made.after(made, chunk), self.known.after(known, chunk)),
                    stream.with_events(chunk),
                )

    def _may_be_other(self, broken: Broken) -> bool:
        """Whether a block of another key may be what an event needs."""
        return broken.rule in ("inside", "after") and broken.block in self.made.keyed

    def _is_others(self, broken: Broken, made: State, chunk: Chunk) -> bool:
        """Whether the acceptor may have what it needs by another key: the producer needs it too, and not by this one."""
        event = self.made.event(chunk)
        if event is None or broken.block not in self.known.keyed:
            return False
        if broken.rule == "inside":
            asks = broken.block in event.inside and not is_open(made, broken.block)
            return asks or any(
                move.block == broken.block
                and chunk.get(move.key or move.alias or "") is OTHER
                and {ABSENT, CLOSED}.isdisjoint(move.before)
                for move in event.moves
            )
        if broken.rule == "after":
            asked = {each.block for each in event.after if made.continuing or not each.continuing}
            return broken.block in asked and broken.block not in made.opened
        return False

    # --- Streams ------------------------------------------------------------------------------------------------------

    def _confirmed(self, suspected: Mapping[Cause, tuple[Broken, Stream]]) -> Iterator[Difference]:
        """The shortest stream for each cause that has one."""
        real: dict[Cause, tuple[Broken, Stream]] = {}
        for keys, goes_on in ((1, False), (2, False), (1, True)):
            if suspected.keys() - real.keys():
                self._search(keys, real, suspected.keys(), goes_on=goes_on)
        for cause, (broken, _) in suspected.items():
            if cause not in real:
                yield Difference(cause, broken, None, "which is neither found nor ruled out")
                continue
            shown, stream = real[cause]
            yield Difference(
                cause, shown, self._completed(stream), "and no end of such a stream is found"
            )

    def _search(
        self,
        keys: int,
        found: dict[Cause, tuple[Broken, Stream]],
        wanted: Iterable[Cause],
        *,
        goes_on: bool,
    ) -> None:
        letters = self.chunks.made(self._asked(keys))
        search = _Search(_MOST_SEARCHED)
        spaces = sorted({self.made.space(block) for block in self.made.keyed})
        for space in spaces or (None,):
            for stream in self._starts(space, self.chunks.keys(space)[:keys] if goes_on else ()):
                search.add(self._start(stream), stream)
        missing = set(wanted) - found.keys()
        while search.waiting and not missing <= found.keys():
            self._step(search, search.waiting.popleft(), letters, found, proving=False)

    def _completed(self, stream: Stream) -> Stream | None:
        """The stream, and the fewest events after which it may end."""
        letters = self.chunks.made(Asked(2, frozenset()))
        letters += [each for each in stream.events if each not in letters]
        start = self._start(Stream((), stream.continued))[0]
        for chunk in stream.events:
            start = self.made.after(start, chunk)
        search = _Search(_MOST_SEARCHED)
        search.add((start, start), stream)
        while search.waiting:
            pair = search.waiting.popleft()
            if not any(self.made.at_end(pair[0])):
                return search.found[pair]
            for chunk in letters:
                if not any(self.made.broken(pair[0], chunk)):
                    after = self.made.after(pair[0], chunk)
                    search.add((after, after), search.found[pair].with_events(chunk))
        return None

    def _start(self, stream: Stream, *, asked: bool = True) -> _Pair:
        if stream.continued is None:
            return State(), State()
        both = self.made, self.known
        made, known = (each.continued(stream.continued, asked=asked) for each in both)
        return made, known

    def _starts(self, space: str | None, keys: Sequence[Any]) -> Iterator[Stream]:
        """A stream from the beginning; one that goes on; and with a block of the space in each state that both versions know."""
        yield Stream(())
        events = (*self.made.order.events, *self.known.order.events)
        if self._deep and any(after.continuing for event in events for after in event.after):
            yield Stream((), {})
        for name in sorted(self.made.keyed & self.known.keyed):
            if self.made.space(name) == space:
                mine, theirs = (dict(each.blocks[name].states) for each in (self.made, self.known))
                for state, key in product([*(mine.keys() & theirs.keys()), CLOSED], keys):
                    alias, same = self.chunks.remembered(name)
                    yield Stream((), {(name, key): Earlier(state, alias, same)})


def _cause(broken: Broken, known: State, tag: str | None) -> Cause:
    """After its end, what ended the stream is the cause, and before its beginning, that it has none."""
    if broken.rule == "after-end":
        return Cause(broken.rule, None, known.over)
    return Cause(broken.rule, broken.block, None if broken.rule == "not-first" else tag)


def _memory(state: State) -> object:
    """What a state has that later values are compared with."""
    return {at for at, _ in state.places}, state.aliases, state.opened
