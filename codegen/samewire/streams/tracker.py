"""
What a stream has open, and which rules an event would break.

The TypeScript checker (``templates/typescript/runtime/order.ts``) is the same machine, rule for rule; a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from samewire.streams.rules import RULES, RuleName
from samewire.streams.vocabulary import ABSENT, CLOSED, Block, Move, Order, order_of

try:
    from pydantic import MISSING
except ImportError:  # Pydantic 2.12 and 2.13
    from pydantic.experimental.missing_sentinel import MISSING

IGNORED: Final = frozenset(name for name, rule in RULES.items() if rule.ignored)
"""An event that breaks one of these changes nothing; any other one counts as if it were right."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule, with the block that it is about, the block's key and state, and the field whose value is wrong."""

    rule: RuleName
    block: Block | None = None
    key: Any = None
    state: str = ABSENT
    field: str | None = None
    move: Move | None = None


@dataclass(slots=True)
class Entry:
    """One block that was opened. ``scope`` numbers the block around it, ``same`` has what may not change."""

    state: str
    scope: int
    same: dict[str, Any]
    aliases: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A block from before the stream: its state, and the fields that may not change."""

    state: str
    same: Mapping[str, Any] = field(default_factory=dict)
    alias: Any = None


@dataclass(frozen=True, slots=True)
class Continued:
    """What a stream goes on with: blocks by their keys, and the values of fields that are fixed."""

    blocks: Mapping[Block, Mapping[Any, Known]] = field(default_factory=dict)
    fixed: Mapping[str, Any] = field(default_factory=dict)


class Kind:
    """The blocks of one kind. ``within`` are the keys by state; ``waiting`` those that must leave theirs."""

    __slots__ = ("aliases", "block", "entries", "opened", "scope", "waiting", "within")

    def __init__(self, block: Block) -> None:
        self.block = block
        self.entries: dict[Any, Entry] = {}
        self.within: dict[str, set[Any]] = {state: set() for state in block.states}
        self.waiting: dict[Any, None] = {}
        self.aliases: dict[Any, Any] = {}
        self.opened = False
        self.scope = 0

    def state(self, key: Any) -> str:
        entry = self.entries.get(key)
        return ABSENT if entry is None else entry.state

    def put(self, key: Any, entry: Entry, state: str) -> None:
        """Takes ``key`` to ``state``."""
        if entry.state in self.within:
            self.within[entry.state].discard(key)
        entry.state = state
        if state == CLOSED:
            self.waiting.pop(key, None)
            for alias in entry.aliases:
                self.aliases.pop(alias, None)
            entry.aliases, entry.same = (), {}
            if not self.block.once:
                self.entries.pop(key, None)
                return
        else:
            self.within[state].add(key)
            if self.block.states[state] == "any":
                self.waiting.pop(key, None)
            else:
                self.waiting[key] = None
        self.entries[key] = entry

    def forget(self, key: Any) -> None:
        self.put(key, self.entries[key], CLOSED)
        self.entries.pop(key, None)


class Tracker:
    """
    The state of one stream.

    :meth:`broken` looks, :meth:`apply` counts the event. Memory grows with what is open, and with the keys of blocks that are
    ``once``.
    """

    def __init__(self, classes: Iterable[type[Any]], continued: Continued | None = None) -> None:
        self.kinds: dict[Block, Kind] = {}
        table = _table(tuple(classes))
        self.orders = dict(table.orders)
        self.has_first, self.has_last = table.has_first, table.has_last
        for block in table.blocks:
            self.kind(block)
        self.continuing = continued is not None
        self.fixed: dict[str, Any] = {}
        self.started = False
        self.over = False
        self.seen: set[type[Any]] = set()
        self.scopes = 0
        if continued is not None:
            self.fixed.update(continued.fixed)
            for block, known in continued.blocks.items():
                self._know(self.kind(block), known)

    def kind(self, block: Block) -> Kind:
        found = self.kinds.get(block)
        if found is None:
            found = self.kinds[block] = Kind(block)
        return found

    def order(self, cls: type[Any]) -> Order | None:
        if cls not in self.orders:
            self.orders[cls] = order_of(cls)
        return self.orders[cls]

    def _know(self, kind: Kind, known: Mapping[Any, Known]) -> None:
        for key, one in known.items():
            same = {name: value for name, value in one.same.items() if value}
            entry = Entry(ABSENT, 0, same)
            kind.put(key, entry, one.state)
            if one.alias is not None and one.state != CLOSED:
                entry.aliases = (one.alias,)
                kind.aliases[one.alias] = key

    # --- Looking ------------------------------------------------------------------------------------------------------

    def broken(self, event: Any) -> list[Broken]:
        """The rules that ``event`` would break, in the order in which they are looked at."""
        if self.over:
            return [Broken("after-end")]
        order = self.order(type(event))
        found: list[Broken] = []
        is_first = order is not None and order.first
        if self.has_first and not self.started and not is_first:
            found.append(Broken("not-first"))
        if order is None:
            return found
        if is_first and self.started:
            return [*found, Broken("first-again")]
        if order.once and type(event) in self.seen:
            return [*found, Broken("once")]
        found += self._surroundings(event, order)
        for move in self.moves(event, order):
            found += self._move(event, move)
            if found and found[-1].rule in IGNORED:
                return found
        for after in order.after:
            if (self.continuing or not after.continuing) and not self.kind(after.block).opened:
                found.append(Broken("after", after.block))
        if order.last is not None and not order.last.interrupts:
            found += self.left_open()
        return found

    def _surroundings(self, event: Any, order: Order) -> Iterator[Broken]:
        for name in order.fixed:
            value = plain(getattr(event, name, None))
            if value is not None and self.fixed.get(name, value) != value:
                yield Broken("fixed", field=name)
        for block in order.inside:
            if not self._is_open(block):
                yield Broken("inside", block)
        for block in order.outside:
            if self._is_open(block):
                yield Broken("outside", block)

    def _is_open(self, block: Block) -> bool:
        return any(self.kind(block).within.values())

    def moves(self, event: Any, order: Order) -> Iterator[Move]:
        """Of each block the first move that applies."""
        done: set[Block] = set()
        for move in order.moves:
            if move.block in done or not all(
                _equal(plain(getattr(event, name, None)), value)
                for name, value in move.when.items()
            ):
                continue
            done.add(move.block)
            yield move

    def find(self, event: Any, move: Move) -> tuple[Kind, Any, str]:
        """The kind of block, the key and the state of what ``move`` is about."""
        kind = self.kind(move.block)
        key = None if move.key is None else getattr(event, move.key, None)
        if move.by_alias:
            key = kind.aliases.get(key, _NO_BLOCK)
        return kind, key, kind.state(key)

    def _move(self, event: Any, move: Move) -> Iterator[Broken]:
        kind, key, state = self.find(event, move)
        block = move.block
        if state not in move.before:
            if move.by_alias and key is _NO_BLOCK:
                key = getattr(event, str(move.key), None)
            if state == ABSENT:
                rule: RuleName = "not-open"
            elif state == CLOSED:
                rule = "used-before"
            else:
                rule = "already-open" if move.before == (ABSENT,) else "wrong-state"
            yield Broken(rule, block, key, state, move=move)
            return
        if state == ABSENT:
            twin = self._twin(block, key)
            if twin is not None:
                yield Broken("already-open", twin, key, self.kind(twin).state(key), move=move)
                return
            if block.inside is not None and not self._is_open(block.inside):
                yield Broken("inside", block.inside)
        else:
            yield from self._changed(event, move, kind.entries[key], key)
        if block.alias is not None and not move.by_alias:
            alias = getattr(event, block.alias, None)
            if alias is not None and kind.aliases.get(alias, key) != key:
                yield Broken("alias", block, key, state, block.alias, move)
        if move.after == CLOSED:
            yield from self._inner(block, kind)

    def _twin(self, block: Block, key: Any) -> Block | None:
        """Another kind of block with this key in the same key space."""
        if block.keys is None:
            return None
        for other, kind in self.kinds.items():
            if other is not block and other.space == block.space and key in kind.entries:
                return other
        return None

    def _changed(self, event: Any, move: Move, entry: Entry, key: Any) -> Iterator[Broken]:
        for name in move.block.same:
            if hasattr(event, name) and (plain(getattr(event, name)) or None) != entry.same.get(
                name
            ):
                yield Broken("same", move.block, key, entry.state, name, move)

    def _inner(self, block: Block, kind: Kind) -> Iterator[Broken]:
        """What is still open inside ``block`` and may not outlive it."""
        for other, inner in self.kinds.items():
            if other.inside is block:
                for key in inner.waiting:
                    entry = inner.entries[key]
                    if entry.scope == kind.scope and other.states[entry.state] == "scope":
                        yield Broken("left-open", other, key, entry.state)

    def left_open(self) -> list[Broken]:
        """What must be closed before the stream ends, what is inside before what is around it."""
        found = [
            Broken("left-open", block, key, kind.entries[key].state)
            for block, kind in self.kinds.items()
            for key in kind.waiting
        ]
        return sorted(found, key=lambda one: -_depth(one.block))

    def at_end(self) -> list[Broken]:
        """The rules that the stream breaks by ending here."""
        if self.over:
            return []
        return [Broken("no-end")] if self.has_last else self.left_open()

    # --- Counting -----------------------------------------------------------------------------------------------------

    def apply(self, event: Any) -> None:
        """Counts an event that breaks no rule, or none because of which it is ignored."""
        order = self.order(type(event))
        self.started = True
        if order is None:
            return
        if order.once:
            self.seen.add(type(event))
        for name in order.fixed:
            value = plain(getattr(event, name, None))
            if value is not None:
                self.fixed.setdefault(name, value)
        for move in self.moves(event, order):
            self._apply(event, move)
        if order.last is not None:
            self.over = True

    def _apply(self, event: Any, move: Move) -> None:
        kind, key, state = self.find(event, move)
        block = move.block
        if move.resets:
            self._reset(block, kind)
            return
        if state == ABSENT:
            self.scopes += 1
            kind.opened, kind.scope = True, self.scopes
            entry = Entry(ABSENT, self._scope(block), {})
            for name in block.same:
                if value := plain(getattr(event, name, None)):
                    entry.same[name] = value
        else:
            entry = kind.entries[key]
        if move.after == CLOSED:
            self._close_inner(block, kind)
        kind.put(key, entry, move.after)
        if block.alias is not None and not move.by_alias and move.after != CLOSED:
            alias = getattr(event, block.alias, None)
            if alias is not None and kind.aliases.setdefault(alias, key) == key:
                entry.aliases = (*entry.aliases, alias)

    def _scope(self, block: Block) -> int:
        """The number of the open block around a new one, 0 if there is none."""
        if block.inside is None or not self._is_open(block.inside):
            return 0
        return self.kind(block.inside).scope

    def _close_inner(self, block: Block, kind: Kind) -> None:
        for one in list(self._inner(block, kind)):
            if one.block is not None:
                inner = self.kind(one.block)
                inner.put(one.key, inner.entries[one.key], CLOSED)

    def _reset(self, block: Block, kind: Kind) -> None:
        for other, inner in self.kinds.items():
            if other.inside is block:
                for key in [key for key, one in inner.entries.items() if one.scope == kind.scope]:
                    inner.forget(key)


_NO_BLOCK: Final = object()


def plain(value: Any) -> Any:
    """``None`` for a field that is absent, whichever way a class says so."""
    return None if value is MISSING else value


def _equal(value: Any, wanted: Any) -> bool:
    return (value or None) == (wanted or None)


@dataclass(frozen=True, slots=True)
class _Table:
    """What is the same for all streams of a protocol."""

    orders: Mapping[type[Any], Order | None]
    has_first: bool
    has_last: bool
    blocks: tuple[Block, ...]


@lru_cache(maxsize=64)
def _table(classes: tuple[type[Any], ...]) -> _Table:
    orders = {cls: order_of(cls) for cls in classes}
    declared = [one for one in orders.values() if one is not None]
    return _Table(
        orders,
        any(one.first for one in declared),
        any(one.last is not None for one in declared),
        tuple(sorted(_blocks(declared), key=lambda one: one.name)),
    )


def _blocks(orders: Iterable[Order]) -> set[Block]:
    named = [block for one in orders for block in one.named()]
    return {around for block in named for around in _around(block)}


def _around(block: Block | None) -> Iterator[Block]:
    while block is not None:
        yield block
        block = block.inside


def _depth(block: Block | None) -> int:
    return sum(1 for _ in _around(block))
