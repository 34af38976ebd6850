"""
The order of a contract as a state machine whose states can be compared and stored.

It is the machine of ``streams/tracker.py`` and of ``order-state.ts`` on the rules of a schema document, without their words and
their repairs; a test compares it with the guard.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias

from samewire import ir
from samewire.lower.stream_rules import ABSENT, CLOSED
from samewire.streams.rules import RULES, RuleName

Chunk: TypeAlias = Mapping[str, Any]
"""An event as JSON. A key or an alias may be :data:`OTHER`."""


class _Other:
    """A key of which nothing is known, or an alias of such a block: any one but those that are named."""

    def __repr__(self) -> str:
        return "OTHER"


OTHER: Final = _Other()


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that an event breaks, with what is said of it."""

    rule: RuleName
    block: str | None = None
    key: Any = None
    state: str = ABSENT
    states: tuple[str, ...] = ()
    field: str = ""


class Place(NamedTuple):
    """A block that was opened. ``current``: the block around it was not closed since; ``same`` are values as JSON text."""

    state: str
    current: bool
    same: tuple[tuple[str, str], ...] = ()


class Earlier(NamedTuple):
    """A block from before the stream: its state, its alias, and the properties that may not change."""

    state: str
    alias: Any = None
    same: tuple[tuple[str, Any], ...] = ()


class State(NamedTuple):
    """
    What is open, by kinds and keys; keys, aliases and values are JSON text, or :data:`OTHER`. ``over`` is the tag that ended it,
    ``opened`` are kinds that were opened, if a rule asks.
    """

    started: bool = False
    over: str | None = None
    continuing: bool = False
    seen: frozenset[ir.Event] = frozenset()
    fixed: frozenset[tuple[str, str]] = frozenset()
    opened: frozenset[str] = frozenset()
    places: frozenset[tuple[tuple[str, Any], Place]] = frozenset()
    aliases: frozenset[tuple[tuple[str, Any], Any]] = frozenset()


class Machine:
    """The order of a contract; without one, everything is in order."""

    def __init__(self, order: ir.StreamOrder) -> None:
        self.order = order
        self.blocks = {block.name: block for block in order.blocks}
        self.by_tag = {tag: event for event in order.events for tag in event.tags}
        moves = [move for event in order.events for move in event.moves]
        self.keyed = frozenset(move.block for move in moves if move.key or move.alias)
        afters = {after.block for event in order.events for after in event.after}
        self._noted = afters | {block.inside for block in order.blocks if block.inside}
        self.has_first = any(event.first for event in order.events)
        self.has_last = any(event.last for event in order.events)

    def event(self, chunk: Chunk) -> ir.Event | None:
        return self.by_tag.get(chunk.get(self.order.tag, ""))

    def space(self, block: str) -> str:
        return self.blocks[block].keys or block

    def continued(self, earlier: Mapping[tuple[str, Any], Earlier], *, asked: bool = True) -> State:
        """The state of a stream that goes on with blocks, by kind and key; ``asked``: some rules hold for such a stream alone."""
        places, aliases = {}, {}
        for (block, key), (state, alias, same) in earlier.items():
            if state != CLOSED or self.blocks[block].once:
                kept = (
                    () if state == CLOSED else tuple((name, text_of(value)) for name, value in same)
                )
                places[block, text_of(key)] = Place(state, True, kept)
                if alias is not None:
                    aliases[block, text_of(alias)] = text_of(key)
        return State(
            continuing=asked,
            places=frozenset(places.items()),
            aliases=frozenset(aliases.items()),
        )

    # --- Rules --------------------------------------------------------------------------------------------------------

    def broken(self, state: State, chunk: Chunk) -> Iterator[Broken]:
        """The rules that an event breaks."""
        if state.over is not None:
            yield Broken("after-end")
            return
        event = self.event(chunk)
        if self.has_first and not state.started and not (event and event.first):
            yield Broken("not-first")
        if event is None:
            return
        if event.first and state.started:
            yield Broken("first-again")
            return
        if event.once and event in state.seen:
            yield Broken("once")
            return
        yield from self._surroundings(state, chunk, event)
        for move in _applicable(event, chunk):
            for each in self._move(state, chunk, move):
                yield each
                if RULES[each.rule].ignored:
                    return
        for after in event.after:
            if (state.continuing or not after.continuing) and after.block not in state.opened:
                yield Broken("after", after.block)
        if event.last == "ends":
            yield from self.left_open(state)

    def _surroundings(self, state: State, chunk: Chunk, event: ir.Event) -> Iterator[Broken]:
        fixed = dict(state.fixed)
        for name in event.fixed:
            value = text_of(chunk.get(name))
            if value is not None and fixed.get(name, value) != value:
                yield Broken("fixed", field=name)
        for block in event.inside:
            if not is_open(state, block):
                yield Broken("inside", block)
        for block in event.outside:
            if is_open(state, block):
                yield Broken("outside", block)

    def _move(self, state: State, chunk: Chunk, move: ir.Move) -> Iterator[Broken]:
        name, places = move.block, dict(state.places)
        key, found = _found(state, chunk, move)
        alias = text_of(chunk.get(move.alias)) if move.alias and move.key else None
        owner = dict(state.aliases).get((name, alias))
        taken = alias is not None and owner not in (None, key, OTHER)
        around = self.blocks[name].inside
        is_outside = around is not None and not is_open(state, around)
        if key is OTHER:
            if taken:
                yield Broken("alias", name, key, field=move.alias or "")
            elif is_outside and move.before == (ABSENT,):
                yield Broken("inside", around)
            return
        if found not in move.before:
            rule: RuleName = "already-open" if move.before == (ABSENT,) else "wrong-state"
            rule = {ABSENT: "not-open", CLOSED: "used-before"}.get(found, rule)  # type: ignore[assignment]
            yield Broken(rule, name, key, found, move.before)
            return
        if found == ABSENT:
            twin = self._twin(places, name, key)
            if twin is not None:
                yield Broken("already-open", twin, key, places[twin, key].state, move.before)
                return
            if is_outside:
                yield Broken("inside", around)
        else:
            same = dict(places[name, key].same)
            for each in move.same:
                if _or_none(text_of(chunk.get(each))) != _or_none(same.get(each)):
                    yield Broken("same", name, key, found, field=each)
        if taken:
            yield Broken("alias", name, key, found, field=move.alias or "")
        if move.after == CLOSED:
            yield from self._inner(state, name)

    def _twin(self, places: Mapping[tuple[str, Any], Place], name: str, key: Any) -> str | None:
        """Another kind of block with this key in the same key space."""
        if self.blocks[name].keys is None:
            return None
        others = (each for each in self.blocks if each != name)
        space = self.space(name)
        return next(
            (each for each in others if self.space(each) == space and (each, key) in places), None
        )

    def _until(self, name: str, place: Place) -> ir.Until:
        """How long a block may stay as it is; a closed one for good."""
        return dict(self.blocks[name].states).get(place.state, "any")

    def _inner(self, state: State, around: str) -> Iterator[Broken]:
        """What is still open inside a block and may not outlive it."""
        for (name, key), place in state.places:
            inside = self.blocks[name].inside == around and place.current
            if inside and self._until(name, place) == "scope":
                yield Broken("left-open", name, key, place.state)

    def left_open(self, state: State) -> Iterator[Broken]:
        for (name, key), place in state.places:
            if self._until(name, place) != "any":
                yield Broken("left-open", name, key, place.state)

    def at_end(self, state: State) -> Iterator[Broken]:
        """The rules that a stream breaks by ending here."""
        if state.over is None:
            yield from [Broken("no-end")] if self.has_last else self.left_open(state)

    # --- States -------------------------------------------------------------------------------------------------------

    def after(self, state: State, chunk: Chunk) -> State:
        """The state after an event that breaks no rule."""
        event = self.event(chunk)
        state = state._replace(started=True)
        if event is None:
            return state
        if event.once:
            state = state._replace(seen=state.seen | {event})
        fixed = dict(state.fixed)
        for name in event.fixed:
            value = text_of(chunk.get(name))
            if value is not None:
                fixed.setdefault(name, value)
        state = state._replace(fixed=frozenset(fixed.items()))
        for move in _applicable(event, chunk):
            state = self._moved(state, chunk, move)
        return state._replace(over=chunk[self.order.tag]) if event.last else state

    def _moved(self, state: State, chunk: Chunk, move: ir.Move) -> State:
        name, block = move.block, self.blocks[move.block]
        key, found = _found(state, chunk, move)
        places, aliases, opened = dict(state.places), dict(state.aliases), state.opened
        alias = text_of(chunk.get(move.alias)) if move.alias and move.key else None
        if move.resets:
            for at in [at for at, place in places.items() if self._is_current(at, place, name)]:
                _drop(places, aliases, at)
        elif key is not OTHER:
            if found == ABSENT:
                current = block.inside is not None and self._is_scope(state, block.inside)
                same = ((each, text_of(chunk.get(each))) for each in move.same)
                kept = tuple((each, value) for each, value in same if value is not None)
                places[name, key] = Place(ABSENT, current, kept)
                opened |= {name} & self._noted
                for at, place in places.items():
                    if self.blocks[at[0]].inside == name:
                        places[at] = place._replace(current=False)
            if move.after == CLOSED:
                for each in list(self._inner(state, name)):
                    self._put(places, aliases, (str(each.block), each.key), CLOSED)
            self._put(places, aliases, (name, key), move.after)
        if alias is not None and move.after != CLOSED:
            if aliases.get((name, alias)) is OTHER:
                aliases[name, alias] = key
            aliases.setdefault((name, alias), key)
        return state._replace(
            places=frozenset(places.items()), aliases=frozenset(aliases.items()), opened=opened
        )

    def _is_current(self, at: tuple[str, Any], place: Place, around: str) -> bool:
        return self.blocks[at[0]].inside == around and place.current

    def _is_scope(self, state: State, around: str) -> bool:
        """Whether what is opened now counts as inside the block around it, or that was never opened in this stream."""
        return is_open(state, around) or around not in state.opened

    def _put(self, places: dict[Any, Place], aliases: dict[Any, Any], at: Any, to: str) -> None:
        if to == CLOSED and not self.blocks[at[0]].once:
            _drop(places, aliases, at)
        else:
            same = () if to == CLOSED else places[at].same
            places[at] = Place(to, places[at].current, same)


def is_open(state: State, name: str) -> bool:
    return any(at[0] == name and place.state != CLOSED for at, place in state.places)


def text_of(value: Any) -> Any:
    """Values that JSON tells apart are told apart: for Python ``1`` is ``True``."""
    return value if value is None or value is OTHER else json.dumps(value, sort_keys=True)


def _or_none(text: str | None) -> str | None:
    """What counts as absent in a comparison."""
    return None if text in ("false", '""', "0", "[]", "{}") else text


def _applicable(event: ir.Event, chunk: Chunk) -> Iterator[ir.Move]:
    """Of each block the first move that applies."""
    moved: set[str] = set()
    for move in event.moves:
        when = ((chunk.get(name) or None) == (value or None) for name, value in move.when)
        if move.block not in moved and all(when):
            moved.add(move.block)
            yield move


def _found(state: State, chunk: Chunk, move: ir.Move) -> tuple[Any, str]:
    """The key and the state of the block that a move is about."""
    if move.key is None and move.alias is not None:
        alias = text_of(chunk.get(move.alias))
        key = OTHER if alias is OTHER else dict(state.aliases).get((move.block, alias))
        if key is None:
            return alias, ABSENT
    else:
        key = text_of(chunk.get(move.key)) if move.key is not None else None
    place = dict(state.places).get((move.block, key))
    return key, ABSENT if place is None else place.state


def _drop(places: dict[Any, Place], aliases: dict[Any, Any], at: tuple[str, Any]) -> None:
    del places[at]
    for alias in [alias for alias, key in aliases.items() if (alias[0], key) == at]:
        del aliases[alias]
