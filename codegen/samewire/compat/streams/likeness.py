"""Where two orders differ: in the properties that they compare, or in their rules for a block."""

from __future__ import annotations

from collections.abc import Iterable

from samewire.compat.streams.chunks import Chunks
from samewire.compat.streams.machine import Machine


def remember_alike(made: Machine, known: Machine) -> bool:
    """Whether both orders compare the same properties with earlier values, as long as they have the same blocks open."""

    def remembered(machine: Machine) -> object:
        return {
            tag: (
                set(event.after),
                {(m.block, m.key, m.alias, frozenset(m.same)) for m in event.moves},
            )
            for tag, event in machine.by_tag.items()
            if event.after or event.moves
        }

    return remembered(made) == remembered(known)


def fixed_differently(made: Machine, known: Machine, chunks: Chunks) -> frozenset[str]:
    """Properties that only one order fixes."""
    found: set[str] = set()
    for tag in chunks.members:
        one, other = (
            set(rules.fixed) if (rules := each.by_tag.get(tag)) else set() for each in (made, known)
        )
        found |= one ^ other
    return frozenset(found)


def changed_blocks(made: Machine, known: Machine, chunks: Chunks) -> frozenset[str]:
    """The blocks whose rules differ, and their properties that must stay the same."""
    found: set[str] = set()
    for name in made.blocks.keys() | known.blocks.keys():
        if rules_of(made, name, chunks.members) != rules_of(known, name, chunks.members):
            found.add(name)
            for machine in (made, known):
                moves = [move for event in machine.order.events for move in event.moves]
                found |= {
                    f"{name} {each}" for move in moves if move.block == name for each in move.same
                }
    return frozenset(found)


def requests(machine: Machine, name: str) -> object:
    """The events that require a block."""
    return {
        tag: [
            name in event.inside,
            name in event.outside,
            [each for each in event.after if each.block == name],
        ]
        for tag, event in machine.by_tag.items()
        if name in event.inside
        or name in event.outside
        or any(each.block == name for each in event.after)
    }


def rules_of(machine: Machine, name: str | None, tags: Iterable[str]) -> object:
    """All rules for a block and for the blocks around it."""
    if name is None or name not in machine.blocks:
        return None
    block = machine.blocks[name]
    events = ((tag, machine.by_tag.get(tag)) for tag in sorted(tags))
    moves = [
        (tag, [move for move in event.moves if move.block == name])
        for tag, event in events
        if event is not None
    ]
    return block, [each for each in moves if each[1]], rules_of(machine, block.inside, tags)
