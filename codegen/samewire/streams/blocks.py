"""The blocks of one kind in a stream: their states, by key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samewire.streams.vocabulary import ABSENT, CLOSED, Block


@dataclass(slots=True)
class BlockInstance:
    """A block that was opened. ``scope`` numbers the block around it; ``same`` has the fields that may not change."""

    state: str
    scope: int
    same: dict[str, Any]
    aliases: tuple[Any, ...] = ()


class BlockKind:
    """
    The blocks of one kind, by key.

    ``by_state`` are the keys in each state; ``unfinished`` those of blocks that have to leave their state before the stream ends.
    """

    __slots__ = ("block", "by_state", "instances", "keys", "opened", "scope", "unfinished")

    def __init__(self, block: Block) -> None:
        self.block = block
        self.instances: dict[Any, BlockInstance] = {}
        self.by_state: dict[str, set[Any]] = {state: set() for state in block.states}
        self.unfinished: dict[Any, None] = {}
        self.keys: dict[Any, Any] = {}
        self.opened = False
        self.scope = 0

    def state(self, key: Any) -> str:
        instance = self.instances.get(key)
        return ABSENT if instance is None else instance.state

    def move(self, key: Any, instance: BlockInstance, state: str) -> None:
        """Takes ``key`` to ``state``."""
        if instance.state in self.by_state:
            self.by_state[instance.state].discard(key)
        instance.state = state
        if state == CLOSED:
            self.unfinished.pop(key, None)
            instance.same = {}
            # A key that may not be used again keeps its aliases, which may not be used for another either.
            if not self.block.once:
                self._drop(key, instance)
                return
        else:
            self.by_state[state].add(key)
            if self.block.states[state] == "any":
                self.unfinished.pop(key, None)
            else:
                self.unfinished[key] = None
        self.instances[key] = instance

    def forget(self, key: Any) -> None:
        instance = self.instances[key]
        self.move(key, instance, CLOSED)
        self._drop(key, instance)

    def _drop(self, key: Any, instance: BlockInstance) -> None:
        for alias in instance.aliases:
            self.keys.pop(alias, None)
        self.instances.pop(key, None)
