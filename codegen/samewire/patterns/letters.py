"""
Which sets of characters overlap, as bit masks over a few representatives.

A representative is an ASCII character, an end of a range that is written in the pattern, or an unnamed member of a property. The
members of a property in ASCII are known for the properties that patterns use; of others only the unnamed one is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from samewire.patterns.ast import Chars
from samewire.patterns.charset import (
    ASCII_WORD,
    And,
    CharSet,
    Not,
    Prop,
    Ranges,
    Span,
    Union,
    contains,
)
from samewire.patterns.properties import (
    PYTHON_SPACE,
    PYTHON_WORD,
    RUST_DIGIT,
    RUST_SPACE,
    RUST_WORD,
)

_ASCII_BITS = 0x80
_LETTERS: tuple[Span, ...] = ((0x41, 0x5A), (0x61, 0x7A))
_ASCII: dict[tuple[str, ...], tuple[Span, ...]] = {
    RUST_WORD.items: ASCII_WORD.spans or (),
    PYTHON_WORD.items: ASCII_WORD.spans or (),
    RUST_DIGIT.items: ((0x30, 0x39),),
    RUST_SPACE.items: ((0x09, 0x0D), (0x20, 0x20)),
    PYTHON_SPACE.items: ((0x09, 0x0D), (0x1C, 0x20)),
    (r"\p{N}",): ((0x30, 0x39),),
    (r"\p{L}",): _LETTERS,
    (r"\p{Letter}",): _LETTERS,
    (r"\p{Alphabetic}",): _LETTERS,
    (r"\p{Script=Latin}",): _LETTERS,
    (r"\p{Lu}",): ((0x41, 0x5A),),
    (r"\p{Ll}",): ((0x61, 0x7A),),
}


class Letters:
    """The representatives for the sets of one pattern."""

    __slots__ = ("_all", "_ends", "_properties")

    def __init__(self, used: Iterable[Chars]) -> None:
        ends: set[int] = set()
        properties: dict[Prop, None] = {}
        for chars in used:
            _collect(chars.set, ends, properties)
        self._ends = sorted(ends)
        self._properties = list(properties)
        self._all = (1 << (_ASCII_BITS + len(ends) + len(properties))) - 1

    def mask(self, chars: CharSet) -> int:
        """A bit for each representative in the set."""
        match chars:
            case Ranges(spans):
                return self._points_in(spans)
            case Prop(items, _, spans):
                named = self._points_in(spans or _ASCII.get(items, ()))
                unnamed = _ASCII_BITS + len(self._ends) + self._properties.index(chars)
                return named | 1 << unnamed
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

    def _points_in(self, spans: tuple[Span, ...]) -> int:
        mask = 0
        for low, high in spans:
            if low < _ASCII_BITS:
                mask |= (1 << min(high + 1, _ASCII_BITS)) - (1 << low)
        for bit, end in enumerate(self._ends, _ASCII_BITS):
            mask |= contains(spans, end) << bit
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
