"""
Removes the look-arounds with which JavaScript spells features that Rust's ``regex`` has: word boundaries, and intersections of
character sets.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from samewire.patterns.ast import (
    Alternation,
    Atomic,
    Boundary,
    Chars,
    Concat,
    Edge,
    Group,
    Look,
    Node,
    Repeat,
    concat,
)
from samewire.patterns.charset import And, CharSet, Not, Prop, Union
from samewire.patterns.properties import RUST_WORD

_WORD: Final = frozenset(RUST_WORD.items)
_NEITHER: Final = {Edge.START_HALF, Edge.END_HALF}
_BOTH: Final = {(False, False), (True, False)}
"""Two looks for a word character, behind and ahead, neither negative."""


def without_looks(node: Node) -> Node:
    """The tree with word boundaries and sets instead of equivalent look-arounds."""
    match node:
        case Group(body) | Atomic(body) | Repeat(body) | Look(body):
            return _half(replace(node, body=without_looks(body)))
        case Alternation(branches):
            return _choice(Alternation(tuple(map(without_looks, branches))))
        case Concat(items):
            return concat(_sequence([*map(without_looks, items)]))
        case _:
            return node


def _choice(node: Alternation) -> Node:
    match node.branches:
        case (Boundary(first), Boundary(second)) if {first, second} == {Edge.START, Edge.END}:
            return Boundary(Edge.BOUNDARY, RUST_WORD)
        case (Concat((one, two)), Concat((three, four))):
            sides = [{_side(one), _side(two)}, {_side(three), _side(four)}]
            if _NEITHER in sides and _BOTH in sides:
                return Boundary(Edge.INSIDE, RUST_WORD)
        case _:
            pass
    return node


def _side(node: Node) -> object:
    match node:
        case Boundary(edge):
            return edge
        case Look(Chars(wanted), ahead, negative) if _is_word(wanted):
            return ahead, negative
        case _:
            return node


def _half(node: Node) -> Node:
    """A look for no word character is half of an edge."""
    match node:
        case Look(Chars(wanted), ahead, negative=True) if _is_word(wanted):
            return Boundary(Edge.END_HALF if ahead else Edge.START_HALF, RUST_WORD)
        case _:
            return node


def _sequence(items: list[Node]) -> list[Node]:
    done: list[Node] = []
    for item in reversed(items):
        done.insert(0, item)
        match done[:2]:
            case [Look(Chars(seen), ahead=True, negative=negative), Chars(wanted)]:
                done[:2] = [Chars(And((wanted, Not(seen) if negative else seen)))]
            case [Boundary(Edge.START_HALF), Look(Chars(seen), ahead=True, negative=False)] if (
                _is_word(seen)
            ):
                done[:2] = [Boundary(Edge.START, RUST_WORD)]
            case [
                Look(Chars(seen), ahead=False, negative=False),
                Boundary(Edge.END_HALF),
            ] if _is_word(seen):
                done[:2] = [Boundary(Edge.END, RUST_WORD)]
            case _:
                pass
    return done


def _is_word(wanted: CharSet) -> bool:
    """Whether a set is that of Rust's word characters, as a document spells it."""
    match wanted:
        case Prop(items, _, None):
            return frozenset(items) == _WORD
        case Union(parts):
            items_ = [each.items for each in parts if isinstance(each, Prop) and each.spans is None]
            return len(items_) == len(parts) and frozenset(sum(items_, ())) == _WORD
        case _:
            return False
