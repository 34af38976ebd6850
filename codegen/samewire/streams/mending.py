"""What a repairing guard puts into a stream, made from the declaration alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from samewire.streams.tracker import Broken, Tracker
from samewire.streams.vocabulary import ABSENT, CLOSED, Block, Move, Order, order_of


@lru_cache(maxsize=64)
def mender(classes: tuple[type[Any], ...]) -> Mender:
    return Mender(classes)


class Mender:
    """Makes events of a protocol's classes. What has required fields that nobody knows is not made."""

    def __init__(self, classes: Iterable[type[Any]]) -> None:
        orders = [(cls, order_of(cls)) for cls in classes]
        self._orders: list[tuple[type[Any], Order]] = [
            (cls, order) for cls, order in orders if order is not None
        ]

    def interrupts(self, event: Any) -> bool:
        order = order_of(type(event))
        return order is not None and order.last is not None and order.last.interrupts

    def first(self) -> Any:
        return self._made((cls, {}) for cls, order in self._orders if order.first)

    def last(self) -> Any:
        """An orderly end."""
        ends = [cls for cls, order in self._orders if order.last and not order.last.interrupts]
        return self._made((cls, {}) for cls in ends)

    def mend(self, event: Any, broken: Broken, tracker: Tracker) -> tuple[list[Any], Any]:
        """What to send before ``event``, and what in its place, ``None`` for itself. Nothing at all: it can't be mended."""
        block = broken.block
        match broken.rule:
            case "not-first":
                return _some(self.first()), None
            case "fixed":
                return [], _with(event, broken.field, tracker.fixed[str(broken.field)])
            case "same" if block is not None:
                entry = tracker.kind(block).entries[broken.key]
                return [], _with(event, broken.field, entry.same.get(str(broken.field)))
            case "inside" if block is not None:
                return _some(self._opener(block, (), None)), None
            case "after" if block is not None:
                opener = self._opener(block, (), None)
                closer = None if opener is None else self._closer(block, None, {}, ())
                return ([opener, closer] if opener and closer else []), None
            case "outside" if block is not None:
                return self._close_all(block, tracker), None
            case "left-open":
                return _some(self.closer(broken, tracker)), None
            case "not-open" if broken.move is not None and broken.move.after != CLOSED:
                move = broken.move
                return _some(self._opener(move.block, move.before, broken.key)), None
            case "already-open" if block is not None and not block.once:
                return _some(self.closer(broken, tracker)), None
            case _:
                return [], None

    def closer(self, broken: Broken, tracker: Tracker) -> Any:
        """An event after which the block need not be closed any more."""
        if broken.block is None:
            return None
        entry = tracker.kind(broken.block).entries[broken.key]
        return self._closer(broken.block, broken.key, entry.same, (entry.state,))

    def _close_all(self, block: Block, tracker: Tracker) -> list[Any]:
        kind = tracker.kind(block)
        made = [
            self._closer(block, key, entry.same, (entry.state,))
            for key, entry in kind.entries.items()
            if entry.state != CLOSED
        ]
        return [] if None in made else made

    def _opener(self, block: Block, states: tuple[str, ...], key: Any) -> Any:
        """An event that opens the block, in one of ``states`` if any are named."""
        found = (
            (cls, move)
            for cls, move in self._moves(block)
            if ABSENT in move.before and (not states or move.after in states)
        )
        return self._made((cls, _values(move, key, {})) for cls, move in found)

    def _closer(
        self, block: Block, key: Any, same: Mapping[str, Any], states: tuple[str, ...]
    ) -> Any:
        found = [
            (cls, move)
            for cls, move in self._moves(block)
            if (not states or states[0] in move.before)
            and (move.after == CLOSED or block.states[move.after] == "any")
            and not move.by_alias
        ]
        found.sort(key=lambda one: one[1].after != CLOSED)
        return self._made((cls, _values(move, key, same)) for cls, move in found)

    def _moves(self, block: Block) -> list[tuple[type[Any], Move]]:
        return [
            (cls, move)
            for cls, order in self._orders
            for move in order.moves
            if move.block is block
        ]

    def _made(self, wanted: Iterable[tuple[type[Any], dict[str, Any]]]) -> Any:
        """The first that can be made."""
        for cls, values in wanted:
            if issubclass(cls, BaseModel):
                given = {name: one for name, one in values.items() if name in cls.model_fields}
                try:
                    return cls.model_validate({**_literals(cls), **given}, by_name=True)
                except ValidationError:
                    continue
        return None


def _values(move: Move, key: Any, same: Mapping[str, Any]) -> dict[str, Any]:
    named = {} if move.block.key is None else {move.block.key: key}
    return {**move.when, **same, **move.mend, **named}


def _literals(cls: type[BaseModel]) -> dict[str, Any]:
    """Required fields that have but one value."""
    found: dict[str, Any] = {}
    for name, info in cls.model_fields.items():
        values = get_args(info.annotation) if get_origin(info.annotation) is Literal else ()
        if info.is_required() and len(values) == 1:
            found[name] = values[0]
    return found


def _with(event: Any, name: str | None, value: Any) -> Any:
    """``event`` with another value of one field, or ``None`` if its class does not take that."""
    if not isinstance(event, BaseModel) or name is None:
        return None
    changed = event.model_copy(update={name: value})
    try:
        type(event).model_validate(
            {one: getattr(changed, one) for one in changed.model_fields_set | {name}},
            by_name=True,
        )
    except ValidationError:
        return None
    return changed


def _some(made: Any) -> list[Any]:
    return [] if made is None else [made]
