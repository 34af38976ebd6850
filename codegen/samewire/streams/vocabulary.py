"""
Declares the order of a protocol's events: blocks, and rules on the event classes.

A :class:`Block` is something that events open, continue and close: a text, a step, a call of a tool. A keyed one is told from
others of its kind by a field of the event, and has a state. ``@ordered(...)`` (``declaration.py``) gives an event class its
rules, which subclasses inherit::

    STEP = Block("step")
    TEXT = Block("text", key="id", inside=STEP)

    @ordered(TEXT.opens())
    class TextStart(BaseModel): ...

    @ordered(TEXT.continues())
    class TextDelta(BaseModel): ...

Nothing here depends on the classes, so that any class with attributes can be an event.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias, TypeVar

T = TypeVar("T")

ABSENT: Final = "absent"
"""The state of a key that was not used yet, or not since its block was closed."""
CLOSED: Final = "closed"
OPEN: Final = "open"

Until: TypeAlias = Literal["scope", "end", "any"]
"""How long a block may stay in a state: until the block around it closes, until the stream ends, or for good."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """
    Something that is open for a while.

    ``key`` is the field that names it; without one there is at most one at a time. ``inside`` is the block, itself without a key,
    that must be open for this one to be opened. ``once``: a key is not used again after its block was closed. ``keys`` names the
    key space, which is the block's own unless another has the same. ``same`` are fields that keep the value of the event that
    opened the block, in whichever events have them; absent and false are the same. ``alias`` is a field that names the block a
    second time from the event on that has both. ``states`` are those between absent and closed, with how long it may stay in
    each.

    Raises:
        TypeError: the block around it has a key, or a state is called as one that each block has.

    """

    name: str
    key: str | None = None
    inside: Block | None = None
    once: bool = False
    keys: str | None = None
    same: tuple[str, ...] = ()
    alias: str | None = None
    states: Mapping[str, Until] = field(default_factory=lambda: {OPEN: "scope"})

    def __post_init__(self) -> None:
        if self.inside is not None and self.inside.key is not None:
            message = f"block {self.name!r}: {self.inside.name!r} has a key, so an event does not say which one it is inside"
            raise TypeError(message)
        if taken := {ABSENT, CLOSED} & set(self.states):
            message = f"block {self.name!r}: each block has the state {taken.pop()!r} already"
            raise TypeError(message)
        if self.alias is not None and self.key is None:
            raise TypeError(f"block {self.name!r}: an alias is a second key, and it has no first")

    @property
    def space(self) -> str:
        return self.keys or self.name

    def opens(self) -> Move:
        return self.moves(ABSENT, to=self._only())

    def continues(self) -> Move:
        return self.moves(self._only(), to=self._only())

    def closes(self, **repair: Any) -> Move:
        return self.moves(*self.states, to=CLOSED, repair=repair)

    def resets(self) -> Move:
        """Forgets every block that was opened inside this one since it was opened."""
        state = self._only()
        return Move(self, (state,), state, resets=True)

    def moves(
        self,
        *states: str,
        to: str,
        when: Mapping[str, Any] | None = None,
        by_alias: bool = False,
        repair: Mapping[str, Any] | None = None,
    ) -> Move:
        """
        From one of ``states`` to another.

        ``when``: only if the event's fields have these values. Of several such moves of one block the first applies.
        ``by_alias``: the event has the block's alias and not its key. ``repair``: values for fields of the event, with which a
        repairing guard may make one.

        Raises:
            TypeError: a state that the block does not have.

        """
        known = [ABSENT, *self.states, CLOSED]
        for state in (*states, to):
            if state not in known:
                message = (
                    f"block {self.name!r} has no state {state!r}, only {', '.join(known[1:-1])}"
                )
                raise TypeError(message)
        if by_alias and self.alias is None:
            raise TypeError(f"block {self.name!r} has no alias")
        return Move(self, states, to, dict(when or {}), by_alias, dict(repair or {}))

    def _only(self) -> str:
        if len(self.states) != 1:
            message = f"block {self.name!r} has several states ({', '.join(self.states)}): say which with moves()"
            raise TypeError(message)
        return next(iter(self.states))


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """The event takes a block from one of the states ``before`` to the state ``after``."""

    block: Block
    before: tuple[str, ...]
    after: str
    when: Mapping[str, Any] = field(default_factory=dict)
    by_alias: bool = False
    repair: Mapping[str, Any] = field(default_factory=dict)
    resets: bool = False

    @property
    def key(self) -> str | None:
        return self.block.alias if self.by_alias else self.block.key


@dataclass(frozen=True, slots=True)
class First:
    """The first event of each stream, and of no other place."""


@dataclass(frozen=True, slots=True)
class Last:
    """
    Nothing comes after it, and a stream ends with one.

    Nothing may be open that has to be closed, unless it ``interrupts``: then it comes anywhere.
    """

    interrupts: bool = False


@dataclass(frozen=True, slots=True)
class Once:
    """At most one in a stream."""


@dataclass(frozen=True, slots=True)
class Inside:
    """Only while a block of this kind is open."""

    block: Block


@dataclass(frozen=True, slots=True)
class Outside:
    """Only while no block of this kind is open."""

    block: Block


@dataclass(frozen=True, slots=True)
class After:
    """Only after such a block was opened in this stream; with ``continuing`` only where the stream continues an earlier one."""

    block: Block
    continuing: bool = False


@dataclass(frozen=True, slots=True)
class Fixed:
    """These fields have one value in the stream, in every event that has them and where they are not absent."""

    fields: tuple[str, ...]

    def __init__(self, *fields: str) -> None:
        object.__setattr__(self, "fields", fields)


Rule: TypeAlias = Move | First | Last | Once | Inside | Outside | After | Fixed


class Order:
    """
    The rules of one class, as attribute ``__samewire_order__`` of it.

    The generator reads it without importing this module: ``blocks()`` and ``rules(fields)`` give plain JSON, the latter with the
    names on the wire of the class's fields.
    """

    __slots__ = ("after", "first", "fixed", "inside", "last", "moves", "once", "outside")

    def __init__(self, rules: Sequence[Rule]) -> None:
        def of(kind: type[T]) -> tuple[T, ...]:
            return tuple(one for one in rules if isinstance(one, kind))

        self.first = bool(of(First))
        self.last = next(iter(of(Last)), None)
        self.once = bool(of(Once))
        self.fixed = tuple(dict.fromkeys(name for one in of(Fixed) for name in one.fields))
        self.inside = tuple(one.block for one in of(Inside))
        self.outside = tuple(one.block for one in of(Outside))
        self.after = of(After)
        self.moves = of(Move)

    def is_more_than_moves(self) -> bool:
        rules = (self.first, self.last, self.once, self.fixed, self.inside, self.outside)
        return any(rules) or bool(self.after)

    def named(self) -> list[Block]:
        """The blocks that the rules name."""
        after, moves = (one.block for one in self.after), (one.block for one in self.moves)
        return [*self.inside, *self.outside, *after, *moves]

    def blocks(self) -> dict[str, dict[str, Any]]:
        """Every kind of block that the rules name and those around it, by its name, as JSON."""
        named = self.named()
        blocks: dict[str, dict[str, Any]] = {}
        while named:
            block = named.pop()
            blocks[block.name] = _described(block)
            if block.inside is not None:
                named.append(block.inside)
        return {name: blocks[name] for name in sorted(blocks)}

    def rules(self, fields: Mapping[str, str]) -> dict[str, Any]:
        """``fields`` has the class's fields with their names on the wire. A field that it lacks keeps its name."""

        def wire(name: str) -> str:
            return fields.get(name, name)

        after = [
            {"block": one.block.name, **({"continuing": True} if one.continuing else {})}
            for one in self.after
        ]
        last = None if self.last is None else "interrupts" if self.last.interrupts else "ends"
        all_of: dict[str, Any] = {
            "first": self.first,
            "last": last,
            "once": self.once,
            "fixed": [wire(name) for name in self.fixed],
            "inside": [one.name for one in self.inside],
            "outside": [one.name for one in self.outside],
            "after": after,
            "moves": [_moved(one, fields, wire) for one in self.moves],
        }
        return {name: value for name, value in all_of.items() if value}


def _described(block: Block) -> dict[str, Any]:
    keys = {
        "inside": block.inside.name if block.inside else None,
        "once": block.once,
        "keys": block.keys,
        "states": dict(block.states),
    }
    return {name: value for name, value in keys.items() if value}


def _moved(move: Move, fields: Mapping[str, str], wire: Callable[[str], str]) -> dict[str, Any]:
    block = move.block
    same = [wire(name) for name in block.same if name in fields]
    alias = block.alias if move.by_alias or block.alias in fields else None
    keys = {
        "block": block.name,
        "key": None if block.key is None or move.by_alias else wire(block.key),
        "alias": None if alias is None else wire(alias),
        "from": list(move.before),
        "to": move.after,
        "when": {wire(name): value for name, value in move.when.items()},
        "same": same,
        "resets": move.resets,
    }
    return {name: value for name, value in keys.items() if value}


def order_of(cls: type[Any]) -> Order | None:
    order = getattr(cls, "__samewire_order__", None)
    return order if isinstance(order, Order) else None
