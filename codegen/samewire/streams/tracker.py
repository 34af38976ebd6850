"""
Tracks the open blocks of a stream, and finds the rules that an event breaks.

The TypeScript checker (``templates/typescript/runtime/order.ts``) is the same machine, rule for rule; a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from samewire.absent import MISSING
from samewire.streams.blocks import BlockInstance, BlockKind
from samewire.streams.rules import RULES, RuleName
from samewire.streams.vocabulary import ABSENT, CLOSED, Block, Move, Order, order_of

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


class Tracker:
    """
    The state of one stream.

    :meth:`broken` checks an event, :meth:`apply` counts it. Memory grows with what is open, and with the keys of blocks that are
    ``once``.
    """

    def __init__(self, classes: Iterable[type[Any]], continued: Continued | None = None) -> None:
        self.kinds: dict[Block, BlockKind] = {}
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
                self._add_known(self.kind(block), known)

    def kind(self, block: Block) -> BlockKind:
        kind = self.kinds.get(block)
        if kind is None:
            kind = self.kinds[block] = BlockKind(block)
        return kind

    def order(self, cls: type[Any]) -> Order | None:
        if cls not in self.orders:
            self.orders[cls] = order_of(cls)
        return self.orders[cls]

    def _add_known(self, kind: BlockKind, known: Mapping[Any, Known]) -> None:
        for key, block in known.items():
            same = {name: value for name, value in block.same.items() if value is not None}
            instance = BlockInstance(ABSENT, 0, same)
            kind.move(key, instance, block.state)
            if block.alias is not None and (block.state != CLOSED or kind.block.once):
                instance.aliases = (block.alias,)
                kind.keys[block.alias] = key

    # --- Rules --------------------------------------------------------------------------------------------------------

    def broken(self, event: Any) -> list[Broken]:
        """The rules that ``event`` would break, in the order in which they are checked."""
        if self.over:
            return [Broken("after-end")]
        order = self.order(type(event))
        broken: list[Broken] = []
        is_first = order is not None and order.first
        if self.has_first and not self.started and not is_first:
            broken.append(Broken("not-first"))
        if order is None:
            return broken
        if is_first and self.started:
            return [*broken, Broken("first-again")]
        if order.once and type(event) in self.seen:
            return [*broken, Broken("once")]
        broken += self._surroundings(event, order)
        for move in self.moves(event, order):
            broken += self._move(event, move)
            if broken and broken[-1].rule in IGNORED:
                return broken
        for after in order.after:
            if (self.continuing or not after.continuing) and not self.kind(after.block).opened:
                broken.append(Broken("after", after.block))
        if order.last is not None and not order.last.interrupts:
            broken += self.left_open()
        return broken

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
        return any(self.kind(block).by_state.values())

    def moves(self, event: Any, order: Order) -> Iterator[Move]:
        """Of each block the first move that applies."""
        moved: set[Block] = set()
        for move in order.moves:
            if move.block in moved or not all(
                _equal(plain(getattr(event, name, None)), value)
                for name, value in move.when.items()
            ):
                continue
            moved.add(move.block)
            yield move

    def names(self, event: Any, block: Block, key: Any) -> bool:
        """Whether ``event`` moves this block."""
        order = self.order(type(event))
        moves = () if order is None else self.moves(event, order)
        return any(move.block is block and self.find(event, move)[1] == key for move in moves)

    def find(self, event: Any, move: Move) -> tuple[BlockKind, Any, str]:
        """The kind of block, the key and the state of what ``move`` is about."""
        kind = self.kind(move.block)
        key = None if move.key is None else getattr(event, move.key, None)
        if move.by_alias:
            key = kind.keys.get(key, _NO_BLOCK)
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
            yield from self._changed(event, move, kind.instances[key], key)
        if block.alias is not None and not move.by_alias:
            alias = getattr(event, block.alias, None)
            if alias is not None and kind.keys.get(alias, key) != key:
                yield Broken("alias", block, key, state, block.alias, move)
        if move.after == CLOSED:
            yield from self._inner(block, kind)

    def _twin(self, block: Block, key: Any) -> Block | None:
        """Another kind of block with this key in the same key space."""
        if block.keys is None:
            return None
        for other, kind in self.kinds.items():
            if other is not block and other.space == block.space and key in kind.instances:
                return other
        return None

    def _changed(
        self, event: Any, move: Move, instance: BlockInstance, key: Any
    ) -> Iterator[Broken]:
        for name in move.block.same:
            value = plain(getattr(event, name, None))
            if hasattr(event, name) and not _equal(value, instance.same.get(name)):
                yield Broken("same", move.block, key, instance.state, name, move)

    def _inner(self, block: Block, kind: BlockKind) -> Iterator[Broken]:
        """What is still open inside ``block`` and may not outlive it."""
        for other, inner in self.kinds.items():
            if other.inside is block:
                for key in inner.unfinished:
                    instance = inner.instances[key]
                    if instance.scope == kind.scope and other.states[instance.state] == "scope":
                        yield Broken("left-open", other, key, instance.state)

    def left_open(self) -> list[Broken]:
        """What must be closed before the stream ends, what is inside before what is around it."""
        broken = [
            Broken("left-open", block, key, kind.instances[key].state)
            for block, kind in self.kinds.items()
            for key in kind.unfinished
        ]
        return sorted(broken, key=lambda rule: -_depth(rule.block))

    def at_end(self) -> list[Broken]:
        """The rules that the stream breaks by ending here."""
        if self.over:
            return []
        return [Broken("no-end")] if self.has_last else self.left_open()

    # --- State --------------------------------------------------------------------------------------------------------

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
            instance = BlockInstance(ABSENT, self._scope(block), {})
            for name in block.same:
                value = plain(getattr(event, name, None))
                if value is not None:  # an empty name is one
                    instance.same[name] = value
        else:
            instance = kind.instances[key]
        if move.after == CLOSED:
            self._close_inner(block, kind)
        kind.move(key, instance, move.after)
        if block.alias is not None and not move.by_alias and move.after != CLOSED:
            alias = getattr(event, block.alias, None)
            if alias is not None and kind.keys.setdefault(alias, key) == key:
                instance.aliases = (*instance.aliases, alias)

    def _scope(self, block: Block) -> int:
        """The number of the open block around a new one, 0 if there is none."""
        if block.inside is None or not self._is_open(block.inside):
            return 0
        return self.kind(block.inside).scope

    def _close_inner(self, block: Block, kind: BlockKind) -> None:
        for left in list(self._inner(block, kind)):
            if left.block is not None:
                inner = self.kind(left.block)
                inner.move(left.key, inner.instances[left.key], CLOSED)

    def _reset(self, block: Block, kind: BlockKind) -> None:
        for other, inner in self.kinds.items():
            if other.inside is block:
                for key in [key for key, its in inner.instances.items() if its.scope == kind.scope]:
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
    declared = [order for order in orders.values() if order is not None]
    return _Table(
        orders,
        any(order.first for order in declared),
        any(order.last is not None for order in declared),
        tuple(sorted(_blocks(declared), key=lambda block: block.name)),
    )


def _blocks(orders: Iterable[Order]) -> set[Block]:
    named = [block for order in orders for block in order.named()]
    return {around for block in named for around in _around(block)}


def _around(block: Block | None) -> Iterator[Block]:
    while block is not None:
        yield block
        block = block.inside


def _depth(block: Block | None) -> int:
    return sum(1 for _ in _around(block))
