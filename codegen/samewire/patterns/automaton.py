"""
The position automaton (Glushkov) of a loop: which place of the pattern can follow which, and in how many ways.

Ways are counted up to two, which is all that matters. As in a backtracking engine, an optional or repeated piece isn't gone
through without taking a character.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, assert_never

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
from samewire.patterns.letters import Letters

_LONG = 8
_MOST_POSITIONS = 300

Ways: TypeAlias = dict[int, int]
"""Positions, with the number of ways to each."""


class TooLargeError(Exception):
    """The automaton would have too many positions to look at."""


@dataclass(slots=True)
class Fragment:
    """
    The automaton of one piece.

    ``first`` and ``last`` are the positions a way can start and end at, ``empty`` the ways to take nothing. ``loose`` are the last
    positions behind which no assertion stands, ``loose_empty`` says that nothing may be taken without one.
    """

    letters: dict[int, int] = field(default_factory=dict)
    follow: dict[int, Ways] = field(default_factory=dict)
    first: Ways = field(default_factory=dict)
    last: Ways = field(default_factory=dict)
    empty: int = 0
    loose: frozenset[int] = frozenset()
    loose_empty: bool = False


def is_long(high: int | None) -> bool:
    """Whether a repeat can go round often enough to matter."""
    return high is None or high >= _LONG


def fragment(node: Node, letters: Letters) -> Fragment:
    """The automaton of the node. Raises TooLargeError."""
    return _Builder(letters).build(node)


class _Builder:
    __slots__ = ("letters", "positions")

    def __init__(self, letters: Letters) -> None:
        self.letters = letters
        self.positions = 0

    def build(self, node: Node) -> Fragment:
        match node:
            case Empty():
                return Fragment(empty=1, loose_empty=True)
            case Chars(wanted):
                return self.position(self.letters.mask(wanted))
            case Anchor() | Boundary() | Look() | Backref():
                return Fragment(empty=1)
            case Group(body):
                return self.build(body)
            case Atomic(body):
                return self.atomic(body)
            case Repeat():
                return self.repeat(node)
            case Concat(items):
                whole = Fragment(empty=1, loose_empty=True)
                for item in items:
                    whole = _chained(whole, self.build(item))
                return whole
            case Alternation(branches):
                return _either([self.build(branch) for branch in branches])
            case _:
                assert_never(node)

    def position(self, mask: int) -> Fragment:
        self.positions += 1
        if self.positions > _MOST_POSITIONS:
            raise TooLargeError
        here = self.positions
        return Fragment({here: mask}, {here: {}}, {here: 1}, {here: 1}, loose=frozenset({here}))

    def atomic(self, body: Node) -> Fragment:
        """There is one way through it from any place, so it is like one character."""
        inner = self.build(body)
        mask = 0
        for start in inner.first:
            mask |= inner.letters[start]
        whole = self.position(mask)
        whole.empty, whole.loose_empty = min(inner.empty, 1), inner.loose_empty
        return whole

    def repeat(self, node: Repeat) -> Fragment:
        """Long repeats as ``+`` or ``*``, shorter ones as up to four copies."""
        if is_long(node.max):
            body = self.build(node.body)
            for last, ways in body.last.items():
                _add(body.follow[last], body.first, ways)
            return body if node.min else _optional(body)
        high = node.max or 0
        whole = Fragment(empty=1, loose_empty=True)
        for _ in range(min(node.min, 2)):
            whole = _chained(whole, self.build(node.body))
        rest = Fragment(empty=1, loose_empty=True)
        for _ in range(min(high - node.min, 2)):
            rest = _optional(_chained(self.build(node.body), rest))
        return _chained(whole, rest)


def _chained(left: Fragment, right: Fragment) -> Fragment:
    follow = left.follow | right.follow
    for last, ways in left.last.items():
        _add(follow[last], right.first, ways)
    first, last_positions = dict(left.first), dict(right.last)
    _add(first, right.first, left.empty)
    _add(last_positions, left.last, right.empty)
    return Fragment(
        left.letters | right.letters,
        follow,
        first,
        last_positions,
        min(left.empty * right.empty, 2),
        right.loose | left.loose if right.loose_empty else right.loose,
        left.loose_empty and right.loose_empty,
    )


def _either(branches: list[Fragment]) -> Fragment:
    whole = Fragment()
    for branch in branches:
        whole.letters |= branch.letters
        whole.follow |= branch.follow
        _add(whole.first, branch.first, 1)
        _add(whole.last, branch.last, 1)
        whole.empty = min(whole.empty + branch.empty, 2)
        whole.loose |= branch.loose
        whole.loose_empty = whole.loose_empty or branch.loose_empty
    return whole


def _optional(body: Fragment) -> Fragment:
    body.empty, body.loose_empty = 1, True
    return body


def _add(ways: Ways, more: Mapping[int, int], times: int) -> None:
    for position, number in more.items():
        if total := min(ways.get(position, 0) + number * times, 2):
            ways[position] = total
