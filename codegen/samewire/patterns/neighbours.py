"""What is known of the character at the edge of a piece: whether it is a word character."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from samewire.patterns.ast import (
    Alternation,
    Anchor,
    Atomic,
    Backref,
    Boundary,
    Chars,
    Concat,
    Empty,
    Group,
    Look,
    Node,
    Repeat,
)
from samewire.patterns.charset import ASCII_WORD, CharSet, Not, Prop, Ranges, Union, contains
from samewire.patterns.properties import PYTHON_DIGIT, PYTHON_SPACE, RUST_DIGIT, RUST_SPACE

_WORD_SPANS = ASCII_WORD.spans or ()


def is_word(node: Node, word: CharSet, *, at_end: bool) -> bool | None:
    """
    Whether the node always takes a character, and its first (or last, ``at_end``) is always in ``word`` or never.

    None where it may take none, or where that isn't plain to see.
    """
    match node:
        case Chars(wanted):
            return _among(wanted, word)
        case Group(body) | Atomic(body):
            return is_word(body, word, at_end=at_end)
        case Repeat(body, low):
            return is_word(body, word, at_end=at_end) if low else None
        case Concat(items):
            return is_word(items[-1 if at_end else 0], word, at_end=at_end)
        case Alternation(branches):
            return _agreed(is_word(branch, word, at_end=at_end) for branch in branches)
        case Empty() | Anchor() | Boundary() | Backref() | Look():
            return None
        case _:
            assert_never(node)


def _among(wanted: CharSet, word: CharSet) -> bool | None:
    """Decided for ASCII and the classes of the dialects, which is what stands beside a ``\\b``."""
    match wanted:
        case Ranges(spans) if spans and all(high < 0x80 for _, high in spans):
            members = (c for low, high in spans for c in range(low, high + 1))
            return _agreed(contains(_WORD_SPANS, c) for c in members)
        case Prop():
            if wanted in (RUST_SPACE, PYTHON_SPACE):
                return False
            return (
                True if wanted in (word, RUST_DIGIT, PYTHON_DIGIT) and word != ASCII_WORD else None
            )
        case Not(of):
            return False if of == word else None
        case Union(parts):
            return _agreed(_among(part, word) for part in parts)
        case _:
            return None


def _agreed(answers: Iterable[bool | None]) -> bool | None:
    different = set(answers)
    return different.pop() if len(different) == 1 else None
