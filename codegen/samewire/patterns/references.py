"""
Whether every back-reference points to a group that has certainly taken part.

To a group that hasn't, Python's reference matches nothing and JavaScript's the empty string. The same place refuses references to
groups inside a look-behind, which JavaScript fills from right to left.
"""

from __future__ import annotations

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
from samewire.patterns.errors import refuse


def check_references(root: Node, pattern: str) -> None:
    """Raises PatternError for a reference to a group that may be unset."""
    _after(root, frozenset(), pattern)


def _after(node: Node, filled: frozenset[int], pattern: str) -> frozenset[int]:
    """The groups certainly filled behind the node, given those before it."""
    match node:
        case Empty() | Anchor() | Boundary() | Chars():
            return filled
        case Backref(group, _, at):
            if group not in filled:
                raise refuse(
                    pattern,
                    at,
                    "this refers to a group that may not have taken part: that fails in Python and"
                    " matches the empty string in JavaScript",
                    "let the group take part always, e.g. (a?) for (a)?",
                )
            return filled
        case Group(body, number):
            return _after(body, filled, pattern) | {number}
        case Atomic(body):
            return _after(body, filled, pattern)
        case Look(body, ahead, negative):
            inner = _after(body, filled, pattern)
            return inner if ahead and not negative else filled
        case Repeat(body, low):
            inner = _after(body, filled, pattern)
            return inner if low else filled
        case Concat(items):
            for item in items:
                filled = _after(item, filled, pattern)
            return filled
        case Alternation(branches):
            return frozenset.intersection(*(_after(branch, filled, pattern) for branch in branches))
        case _:
            assert_never(node)
