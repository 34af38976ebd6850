r"""
Pieces in a row that can share one text out among themselves: ``a?a?a?...`` or ``\d*\d*\d*\d*``.

None of them is a loop that is dangerous by itself. A text of a letter that they take, behind which the pattern fails, is cut in
every way, of which the number grows with a power of its length as high as there are pieces.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from samewire.patterns.ast import (
    Alternation,
    Atomic,
    Chars,
    Concat,
    Group,
    Look,
    Node,
    Repeat,
    children,
)
from samewire.patterns.letters import Letters

_MOST_WAYS: Final = 1_000_000
_LONG_TEXT: Final = 200
_FEWEST: Final = 4  # three cut a text of 200 letters in 20,000 ways


def crowded(root: Node, *, ignore_case: bool) -> Iterator[tuple[Repeat, Repeat]]:
    """The first and the last of repeats in a row among which a text of 200 letters can be cut in more than a million ways."""
    found: dict[tuple[int, int], tuple[Repeat, Repeat]] = {}
    for row, free in _rows(root, free=True):
        items = tuple(map(_bare, row))
        if sum(isinstance(item, Repeat) and item.min != item.max for item in items) < _FEWEST:
            continue
        taken = [chars for chars in map(_letters_of, items) if chars is not None]
        letters = Letters(taken, ignore_case=ignore_case)
        masks = [
            0 if (chars := _letters_of(item)) is None else letters.mask(chars.set) for item in items
        ]
        columns = {
            tuple(mask >> bit & 1 for mask in masks)
            for bit in range(max(mask.bit_length() for mask in masks))
        }
        for column in sorted(columns):
            for first, last in _of_letter(items, column, free=free):
                found.setdefault((first.at[0], last.at[0]), (first, last))
    yield from found.values()


def _of_letter(
    items: tuple[Node, ...], takes: tuple[int, ...], *, free: bool
) -> Iterator[tuple[Repeat, Repeat]]:
    """The same for texts of one letter; ``takes`` says which of the items take it."""
    run: list[Repeat] = []
    for position, item in enumerate((*items, None)):
        if item is not None and takes[position]:
            run += [item] if isinstance(item, Repeat) and item.min != item.max else []
        elif item is None or not may_be_left_out(item):
            rest = free and all(map(may_be_left_out, items[position:]))
            if not rest and _ways(run) > _MOST_WAYS:
                yield run[0], run[-1]
            run = []


def _ways(run: list[Repeat]) -> int:
    """In how many ways the pieces cut a text, of the length of which there are most."""
    ways = [1]
    for piece in run:
        most = _LONG_TEXT if piece.max is None else min(piece.max - piece.min, _LONG_TEXT)
        total, added = 0, []
        for length in range(min(len(ways) + most, _LONG_TEXT + 1)):
            total += ways[length] if length < len(ways) else 0
            total -= ways[length - most - 1] if 0 <= length - most - 1 < len(ways) else 0
            added.append(total)
        ways = added
    return max(ways)


def _rows(node: Node, *, free: bool) -> Iterator[tuple[tuple[Node, ...], bool]]:
    """What stands in a row somewhere, and whether all that follows may be left out."""
    if isinstance(node, Concat):
        yield node.items, free
    for child, rest in with_rest(node, free=free):
        yield from _rows(child, free=rest)


def with_rest(node: Node, *, free: bool) -> Iterator[tuple[Node, bool]]:
    """The nodes directly below, each with whether all that follows it may be left out; ``free``: what follows ``node`` may be."""
    match node:
        case Concat(items):
            rests = [free]
            for item in items[:0:-1]:
                rests.append(rests[-1] and may_be_left_out(item))
            yield from zip(items, reversed(rests), strict=True)
        case Look(body) | Atomic(body):
            yield body, True
        case _:
            yield from ((child, free) for child in children(node))


def may_be_left_out(node: Node) -> bool:
    """Whether the node matches the empty string at any place."""
    match node:
        case Repeat(body, low):
            return low == 0 or may_be_left_out(body)
        case Concat(items):
            return all(may_be_left_out(item) for item in items)
        case Alternation(branches):
            return any(may_be_left_out(branch) for branch in branches)
        case Group(body) | Atomic(body):
            return may_be_left_out(body)
        case _:
            return False


def _bare(item: Node) -> Node:
    return _bare(item.body) if isinstance(item, Group) else item


def _letters_of(item: Node) -> Chars | None:
    match item:
        case Chars():
            return item
        case Repeat(body):
            inner = _bare(body)
            return inner if isinstance(inner, Chars) else None
        case _:
            return None
