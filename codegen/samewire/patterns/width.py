"""How many characters a piece of a pattern takes."""

from __future__ import annotations

from collections.abc import Mapping
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

Width: TypeAlias = tuple[int, int | None]
"""Least and most; None for no limit."""


def width(node: Node, groups: Mapping[int, Width]) -> Width:
    """The width, given those of the groups that may be referred to."""
    match node:
        case Empty() | Anchor() | Boundary() | Look():
            return (0, 0)
        case Chars():
            return (1, 1)
        case Backref(group):
            return groups[group]
        case Group(body) | Atomic(body):
            return width(body, groups)
        case Repeat(body, low, high):
            least, most = width(body, groups)
            if most == 0 or high == 0:
                return (least * low, 0)
            return (least * low, None if most is None or high is None else most * high)
        case Concat(items):
            inner = [width(item, groups) for item in items]
            return (sum(least for least, _ in inner), _total([most for _, most in inner]))
        case Alternation(branches):
            inner = [width(branch, groups) for branch in branches]
            mosts = [most for _, most in inner]
            bounded = [most for most in mosts if most is not None]
            return (
                min(least for least, _ in inner),
                max(bounded) if len(bounded) == len(mosts) else None,
            )
        case _:
            assert_never(node)


def may_be_empty(node: Node) -> bool:
    """Whether the node can match without taking a character. A reference counts as empty."""
    match node:
        case Chars():
            return False
        case Empty() | Anchor() | Boundary() | Look() | Backref():
            return True
        case Group(body) | Atomic(body):
            return may_be_empty(body)
        case Repeat(body, low):
            return low == 0 or may_be_empty(body)
        case Concat(items):
            return all(may_be_empty(item) for item in items)
        case Alternation(branches):
            return any(may_be_empty(branch) for branch in branches)
        case _:
            assert_never(node)


def _total(mosts: list[int | None]) -> int | None:
    bounded = [most for most in mosts if most is not None]
    return sum(bounded) if len(bounded) == len(mosts) else None
