"""
What Python's ``re`` and JavaScript do differently although both can say it: refused here.

A reference to a group that hasn't taken part matches nothing in Python and the empty string in JavaScript. A group inside a
look-behind is filled from left to right in Python and from right to left in JavaScript. And Python prefers to go round a loop once
without taking a character where JavaScript looks for another way, which shows where the first way is final, in an atomic group or
a look-ahead that captures, and in what a group inside the loop has captured last.
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
    children,
)
from samewire.patterns.errors import refuse
from samewire.patterns.width import may_be_empty


def check_differences(root: Node, pattern: str) -> None:
    """Raises PatternError for a reference to a group that may be unset, and for a final way through an empty loop."""
    _after(root, frozenset(), pattern)
    _check_loops(root, _referred_to(root), pattern, final=False)


def _referred_to(node: Node) -> frozenset[int]:
    if isinstance(node, Backref):
        return frozenset({node.group})
    return frozenset[int]().union(*map(_referred_to, children(node)))


def _check_loops(node: Node, referred_to: frozenset[int], pattern: str, *, final: bool) -> None:
    match node:
        case Repeat(body, low, high, _, at) if (
            low != high and may_be_empty(body) and (final or referred_to & _captured(body))
        ):
            raise refuse(
                pattern,
                at,
                "in an atomic group or around a group that is referred to, a loop of something that may"
                " be empty goes another way in Python than in JavaScript",
                "let what is repeated take at least one character, e.g. (?:a|b)* for (?:a|b|)*",
            )
        case Atomic():
            final = True
        case Look():
            final = bool(referred_to & _captured(node))
        case _:
            pass
    for child in children(node):
        _check_loops(child, referred_to, pattern, final=final)


def _captured(node: Node) -> frozenset[int]:
    inner = frozenset[int]().union(*map(_captured, children(node)))
    return inner | {node.number} if isinstance(node, Group) else inner


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
