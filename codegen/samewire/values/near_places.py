"""
Where values of a type were changed and how, so that no change is made twice.

The same part at the same place is one change, whatever stands around it.
"""

from __future__ import annotations

import sys
from collections.abc import Hashable, Iterable
from typing import Any, Final

from samewire import ir

ALIKE: Final = 2
"""Changes of one kind at a place, where they lead to different parts."""
SHAPES: Final = 2
"""Of the objects of a type at a place, so many with different keys have keys dropped and added."""
VALUES: Final = 4
"""Of the values at a place, so many of each kind are changed."""
_INHERITED: Final = ("__proto__", "constructor", "toString")
"""Keys that objects in JavaScript have by themselves. What stands under one of them may be handled apart."""


class Place:
    """
    A place in the values of a type. The items of an array are at one place, and so is what stands under the keys of a record.

    ``spent`` are the kinds of changes, in words, of which there are enough.
    """

    __slots__ = ("_counts", "_inside", "_parts", "_shapes", "_values", "spent")

    alike = ALIKE

    def __init__(self) -> None:
        self.spent: set[str] = set()
        self._counts: dict[str, int] = {}
        self._inside: dict[Hashable, Place] = {}
        self._parts: set[str] = set()
        self._shapes: dict[int, set[tuple[str, ...]]] = {}
        self._values: dict[tuple[type, bool], set[str]] = {}

    def into(self, step: Hashable) -> Place:
        """The place that a step leads to: a key, or what else tells places apart."""
        found = self._inside.get(step)
        if found is None:
            found = self._inside[step] = type(self)()
        return found

    def item(self, step: str | int) -> Place:
        """The place of an item of an array, or of what stands under a key of a record."""
        return self.into(step if step in _INHERITED else "*")

    def shape(self, type_: ir.Type, keys: Iterable[str]) -> Place | None:
        """Where the keys of an object of a type that has these keys are changed; none if others have been enough."""
        known = self._shapes.setdefault(id(type_), set())
        shape = tuple(keys)
        if shape in known or len(known) == SHAPES:
            return None
        known.add(shape)
        return self.into(len(known))

    def is_new(self, value: Any) -> bool:  # a JSON value
        """Whether a value is to be changed here, which it is once; what is in it does not tell arrays apart, nor objects."""
        kind = value.__class__
        known = self._values.setdefault((kind, not value), set())
        shown = "" if kind is list or kind is dict else repr(value)
        if len(known) == VALUES or shown in known:
            return False
        known.add(shown)
        return True

    def takes(self, part: str, what: str) -> bool:
        """Whether a part is wanted here, which it is once."""
        if part in self._parts:
            self.spent.add(what)
            return False
        self._parts.add(part)
        count = self._counts[what] = self._counts.get(what, 0) + 1
        if count == self.alike:
            self.spent.add(what)
        return True


class Everywhere(Place):
    """The place of a single value, in which every item is a place of its own and no change is left out."""

    __slots__ = ()

    alike = sys.maxsize

    def item(self, step: str | int) -> Place:
        return self.into(step)
