"""
Matches between the two halves of an astral character.

ECMA-262 tries a ``u`` expression at whole code points only, V8 (Node 24, Chrome) also between the two UTF-16 halves of one. What
takes a character fails there; an empty match held up by assertions alone (``\\B``, ``(?<!a)``, ``(?m)^$``) does not.
"""

from __future__ import annotations

from typing import Final, assert_never

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
    concat,
)
from samewire.patterns.charset import ANY

_AT_WHOLE_CHARACTER: Final = Look(
    Alternation((Chars(ANY), Anchor.TEXT_END)), ahead=True, negative=False
)
"""Fails between two halves, of which the second isn't a character."""


def at_whole_characters(root: Node) -> Node:
    """An equal tree that V8 doesn't match between two halves, unless it matches everywhere."""
    return concat([_AT_WHOLE_CHARACTER, root]) if can_match_between_halves(root) else root


def can_match_between_halves(root: Node) -> bool:
    """Whether the empty string is matched there and not everywhere."""
    return _matches_empty(root, with_assertions=True) and not _matches_empty(
        root, with_assertions=False
    )


def _matches_empty(node: Node, *, with_assertions: bool) -> bool:
    match node:
        case Empty():
            return True
        case Chars() | Anchor.TEXT_START | Anchor.TEXT_END | Anchor.FINAL_LINE_END:
            return False
        case Anchor() | Boundary() | Look() | Backref():
            return with_assertions
        case Group(body) | Atomic(body):
            return _matches_empty(body, with_assertions=with_assertions)
        case Repeat(body, low):
            return low == 0 or _matches_empty(body, with_assertions=with_assertions)
        case Concat(items):
            return all(_matches_empty(item, with_assertions=with_assertions) for item in items)
        case Alternation(branches):
            return any(
                _matches_empty(branch, with_assertions=with_assertions) for branch in branches
            )
        case _:
            assert_never(node)
