"""What gives an event class its order, and refuses rules that no event of the class can keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from samewire.streams.vocabulary import ABSENT, CLOSED, Block, Order, Rule

T = TypeVar("T")


def ordered(*rules: Rule) -> Callable[[type[T]], type[T]]:
    """
    Declares the order of an event class. Subclasses inherit the rules; a subclass's own ``@ordered`` replaces all of them.

    Raises:
        TypeError: a rule names a field that the class lacks, or the rules together keep the event from ever coming.

    """
    order = Order(rules)

    def decorate(cls: type[T]) -> type[T]:
        known = _fields(cls)
        named = [name for move in order.moves for name in (move.key, *move.when, *move.repair)]
        if known is not None:
            _refuse_unknown(cls, [*filter(None, named), *order.fixed], known)
        _refuse_contradictions(cls, order)
        cls.__samewire_order__ = order  # type: ignore[attr-defined]  # made here
        return cls

    return decorate


def _fields(cls: type[Any]) -> frozenset[str] | None:
    """``None`` where a class does not say which fields it has."""
    known = getattr(cls, "model_fields", None) or getattr(cls, "__dataclass_fields__", None)
    return None if known is None else frozenset(known)


def _refuse_unknown(cls: type[Any], names: Sequence[str], known: frozenset[str]) -> None:
    for name in names:
        if name not in known:
            has = ", ".join(sorted(one for one in known if not one.startswith("_")))
            message = f"{cls.__name__}: its order names the field {name!r}, which it does not have (it has {has})"
            raise TypeError(message)


# --- Contradictions ---------------------------------------------------------------------------------------------------


def _refuse_contradictions(cls: type[Any], order: Order) -> None:
    for why in (
        *_mistakes_of_first(order),
        *_mistakes_of_last(order),
        *_mistakes_of_surroundings(order),
    ):
        raise TypeError(f"{cls.__name__}: no stream can have this event where it may be: {why}")


def _mistakes_of_first(order: Order) -> Iterator[str]:
    for after in order.after if order.first else ():
        if not after.continuing:
            yield f"First() comes before any {after.block.name}, and After() wants one before it"


def _mistakes_of_last(order: Order) -> Iterator[str]:
    """Nothing is open at an event that ends the stream in good order, also not what it would close itself."""
    if order.last is None or order.last.interrupts:
        return
    way_out = "write Last(interrupts=True), or give this to an event of its own"
    for move in order.moves:
        name, has_to_end = move.block.name, _has_to_end(move.block)
        if has_to_end.issuperset(move.before):
            yield f"at Last() no {name} may be open, and it wants one that is: {way_out}"
        if move.after in has_to_end:
            yield f"Last() leaves nothing open, and it opens a {name}: {way_out}"
    for block in order.inside:
        if _has_to_end(block).issuperset(block.states):
            yield f"at Last() no {block.name} may be open, and Inside() wants one that is: {way_out}"


def _has_to_end(block: Block) -> set[str]:
    return {state for state, until in block.states.items() if until != "any"}


def _mistakes_of_surroundings(order: Order) -> Iterator[str]:
    for block in order.outside:
        if block in order.inside:
            yield f"it is Inside() a {block.name}, and Outside() it"
    for move in order.moves:
        block = move.block
        if block in order.outside and not {ABSENT, CLOSED} & set(move.before):
            yield f"it is Outside() a {block.name}, and wants one that is open"
        opens = move.before == (ABSENT,)
        if opens and block.inside in order.outside:
            yield f"it opens a {block.name} inside a {block.inside.name}, and is Outside() that"
        if opens and block.key is None and block in order.inside:
            yield f"it is Inside() the {block.name} that it opens"
