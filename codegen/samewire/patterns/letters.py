"""
Which sets of characters overlap, as bit masks over a few representatives.

A representative is an ASCII character, an end of a range that is written in the pattern, or an unnamed member of a property.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from samewire.patterns.ast import Chars
from samewire.patterns.charset import And, CharSet, Not, Prop, Ranges, Union
from samewire.patterns.members import holds

_ASCII_BITS = 0x80


class Letters:
    """The representatives for the sets of one pattern."""

    __slots__ = ("_all", "_ignore_case", "_points", "_properties")

    def __init__(self, used: Iterable[Chars], *, ignore_case: bool = False) -> None:
        ends: set[int] = set()
        properties: dict[Prop, None] = {}
        for chars in used:
            _collect(chars.set, ends, properties)
        self._ignore_case = ignore_case
        self._points = (*range(_ASCII_BITS), *sorted(ends))
        self._properties = list(properties)
        self._all = (1 << (len(self._points) + len(properties))) - 1

    def mask(self, chars: CharSet) -> int:
        """A bit for each representative in the set."""
        match chars:
            case Ranges():
                return self._points_in(chars)
            case Prop():
                unnamed = len(self._points) + self._properties.index(chars)
                return self._points_in(chars) | 1 << unnamed
            case Not(of):
                return ~self.mask(of) & self._all
            case Union(parts):
                mask = 0
                for part in parts:
                    mask |= self.mask(part)
                return mask
            case And(parts):
                mask = self._all
                for part in parts:
                    mask &= self.mask(part)
                return mask
            case _:
                assert_never(chars)

    def _points_in(self, chars: CharSet) -> int:
        mask = 0
        for bit, code in enumerate(self._points):
            mask |= holds(chars, code, ignore_case=self._ignore_case) << bit
        return mask


def _collect(chars: CharSet, ends: set[int], properties: dict[Prop, None]) -> None:
    match chars:
        case Ranges(spans):
            ends.update(end for span in spans for end in span if end >= _ASCII_BITS)
        case Prop():
            properties[chars] = None
        case Not(of):
            _collect(of, ends, properties)
        case Union(parts) | And(parts):
            for part in parts:
                _collect(part, ends, properties)
        case _:
            assert_never(chars)
