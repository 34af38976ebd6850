"""How a guard repairs a stream, from the declaration of its order alone."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from samewire.streams.tracker import Broken, Tracker
from samewire.streams.vocabulary import ABSENT, CLOSED, Block, Move, Order, order_of


@dataclass(frozen=True, slots=True)
class Repair:
    """Events to send before the one that breaks a rule, and one to send instead of it; ``None`` keeps the event."""

    before: tuple[Any, ...] = ()
    replacement: Any = None

    def __bool__(self) -> bool:
        return bool(self.before) or self.replacement is not None


NO_REPAIR = Repair()


@lru_cache(maxsize=64)
def repairer(classes: tuple[type[Any], ...]) -> Repairer:
    return Repairer(classes)


class Repairer:
    """Makes events of a protocol's classes. It makes none whose class requires values that the declaration does not have."""

    def __init__(self, classes: Iterable[type[Any]]) -> None:
        orders = [(cls, order_of(cls)) for cls in classes]
        self._orders: list[tuple[type[Any], Order]] = [
            (cls, order) for cls, order in orders if order is not None
        ]

    def interrupts(self, event: Any) -> bool:
        order = order_of(type(event))
        return order is not None and order.last is not None and order.last.interrupts

    def first(self) -> Any:
        """The event that begins a stream, ``None`` if it can't be made."""
        return _make((cls, {}) for cls, order in self._orders if order.first)

    def last(self) -> Any:
        """An orderly end, ``None`` if it can't be made."""
        ends = [cls for cls, order in self._orders if order.last and not order.last.interrupts]
        return _make((cls, {}) for cls in ends)

    def repair(self, event: Any, broken: Broken, tracker: Tracker) -> Repair:
        """The repair of a broken rule, :data:`NO_REPAIR` where there is none."""
        block = broken.block
        match broken.rule:
            case "not-first":
                return _before(self.first())
            case "fixed":
                return Repair((), _with(event, broken.field, tracker.fixed[str(broken.field)]))
            case "same" if block is not None:
                instance = tracker.kind(block).instances[broken.key]
                return Repair((), _with(event, broken.field, instance.same.get(str(broken.field))))
            case "inside" if block is not None:
                return _before(self._opener(block, (), None))
            case "after" if block is not None:
                opener = self._opener(block, (), None)
                closer = None if opener is None else self._closer(block, None, {}, ())
                return _before(opener, closer)
            case "outside" if block is not None:
                return _before(*self._closers(block, tracker))
            case "left-open":
                return _before(self.closer(broken, tracker))
            case "not-open" if broken.move is not None and broken.move.after != CLOSED:
                move = broken.move
                return _before(self._opener(move.block, move.before, broken.key))
            case "already-open" if block is not None and not block.once:
                return _before(self.closer(broken, tracker))
            case _:
                return NO_REPAIR

    def closer(self, broken: Broken, tracker: Tracker) -> Any:
        """An event after which the block of a broken rule need not be closed any more."""
        if broken.block is None:
            return None
        instance = tracker.kind(broken.block).instances[broken.key]
        return self._closer(broken.block, broken.key, instance.same, (instance.state,))

    def _closers(self, block: Block, tracker: Tracker) -> list[Any]:
        return [
            self._closer(block, key, instance.same, (instance.state,))
            for key, instance in tracker.kind(block).instances.items()
            if instance.state != CLOSED
        ]

    def _opener(self, block: Block, states: tuple[str, ...], key: Any) -> Any:
        """An event that opens the block, in one of ``states`` if any are named."""
        moves = (
            (cls, move)
            for cls, move in self._moves(block)
            if ABSENT in move.before and (not states or move.after in states)
        )
        return _make((cls, _values(move, key, {})) for cls, move in moves)

    def _closer(
        self, block: Block, key: Any, same: Mapping[str, Any], states: tuple[str, ...]
    ) -> Any:
        moves = [
            (cls, move)
            for cls, move in self._moves(block)
            if (not states or states[0] in move.before)
            and (move.after == CLOSED or block.states[move.after] == "any")
            and not move.by_alias
        ]
        moves.sort(key=lambda pair: pair[1].after != CLOSED)
        return _make((cls, _values(move, key, same)) for cls, move in moves)

    def _moves(self, block: Block) -> list[tuple[type[Any], Move]]:
        """Those of the block, but for events that would end the stream."""
        return [
            (cls, move)
            for cls, order in self._orders
            for move in order.moves
            if move.block is block and order.last is None
        ]


def _before(*events: Any) -> Repair:
    """All of these events before the one that breaks a rule; no repair if one of them can't be made."""
    return NO_REPAIR if any(event is None for event in events) else Repair(events)


def _make(candidates: Iterable[tuple[type[Any], dict[str, Any]]]) -> Any:
    """The first event that its class takes with these values, ``None`` if there is none."""
    for cls, values in candidates:
        if issubclass(cls, BaseModel):
            known = {name: value for name, value in values.items() if name in cls.model_fields}
            try:
                return _by_name(cls, {**_literals(cls), **known})
            except ValidationError:
                continue
    return None


def _by_name(cls: type[BaseModel], fields: Mapping[str, Any]) -> BaseModel:
    """An event from fields by their names in Python, which a class reads if it says so, or if Pydantic can be told to (2.11)."""
    if "by_name" in inspect.signature(cls.model_validate).parameters:
        return cls.model_validate(fields, by_name=True)
    aliases = {name: cls.model_fields[name].validation_alias for name in fields}
    keys = {name: alias if isinstance(alias, str) else name for name, alias in aliases.items()}
    return cls.model_validate({keys[name]: value for name, value in fields.items()})


def _values(move: Move, key: Any, same: Mapping[str, Any]) -> dict[str, Any]:
    named = {} if move.block.key is None else {move.block.key: key}
    return {**move.when, **same, **move.repair, **named}


def _literals(cls: type[BaseModel]) -> dict[str, Any]:
    """Required fields that have but one value."""
    literals: dict[str, Any] = {}
    for name, info in cls.model_fields.items():
        values = get_args(info.annotation) if get_origin(info.annotation) is Literal else ()
        if info.is_required() and len(values) == 1:
            literals[name] = values[0]
    return literals


def _with(event: Any, name: str | None, value: Any) -> Any:
    """``event`` with another value of one field, or ``None`` if its class does not take that."""
    if not isinstance(event, BaseModel) or name is None:
        return None
    changed = event.model_copy(update={name: value})
    fields = {field: getattr(changed, field) for field in changed.model_fields_set | {name}}
    try:
        _by_name(type(event), fields)
    except ValidationError:
        return None
    return changed
