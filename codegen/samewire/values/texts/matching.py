"""
Whether a pattern is found in a text, by the tree of the pattern.

A backtracking search over closures: exact for what the trees can say, for texts and patterns of the size of examples. It gives up
after a number of steps, and answers then that it doesn't know.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias, assert_never

from samewire.patterns.ast import (
    Alternation,
    Anchor,
    Atomic,
    Backref,
    Boundary,
    Chars,
    Concat,
    Edge,
    Empty,
    Fold,
    Group,
    Look,
    Node,
    Repeat,
)
from samewire.patterns.charset import CharSet
from samewire.values.texts.characters import holds

_STEPS: Final = 50_000


class TooLongError(Exception):
    """The search took too many steps."""


@dataclass(slots=True)
class _Text:
    value: str
    steps: int = _STEPS
    groups: dict[int, tuple[int, int]] = field(default_factory=dict)

    def step(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise TooLongError


_Then: TypeAlias = Callable[[int], bool]
_Match: TypeAlias = Callable[[_Text, int, _Then], bool]


def searcher(root: Node) -> Callable[[str], bool]:
    """The search of a pattern: whether it matches anywhere in a text. Raises TooLongError."""
    match = _compiled(root)

    def search(value: str) -> bool:
        text = _Text(value)
        try:
            return any(match(text, at, lambda _: True) for at in range(len(value) + 1))
        except RecursionError:
            raise TooLongError from None

    return search


def _compiled(node: Node) -> _Match:
    match node:
        case Empty():
            return lambda _, at, then: then(at)
        case Chars(wanted, fold):
            return _chars(wanted, fold)
        case Anchor():
            return lambda text, at, then: _at_anchor(node, text.value, at) and then(at)
        case Boundary(edge, word):
            return lambda text, at, then: _at_edge(edge, word, text.value, at) and then(at)
        case Backref(group):
            return _backref(group)
        case Group(body, number):
            return _group(_compiled(body), number)
        case Look(body, ahead, negative):
            return _look(_compiled(body), ahead, negative)
        case Atomic(body):
            return _atomic(_compiled(body))
        case Repeat(Chars(wanted, fold), low, high, lazy):
            return _run(wanted, fold, low, high, lazy)
        case Repeat(body, low, high, lazy):
            return _repeat(_compiled(body), low, high, lazy)
        case Concat(items):
            return _concat([_compiled(item) for item in items])
        case Alternation(branches):
            every = [_compiled(branch) for branch in branches]
            return lambda text, at, then: any(each(text, at, then) for each in every)
        case _:
            assert_never(node)


def _test(wanted: CharSet, fold: Fold) -> Callable[[str], bool]:
    known: dict[str, bool] = {}

    def test(char: str) -> bool:
        found = known.get(char)
        if found is None:
            found = known[char] = holds(wanted, ord(char), fold)
        return found

    return test


def _chars(wanted: CharSet, fold: Fold) -> _Match:
    test = _test(wanted, fold)

    def match(text: _Text, at: int, then: _Then) -> bool:
        text.step()
        return at < len(text.value) and test(text.value[at]) and then(at + 1)

    return match


def _run(wanted: CharSet, fold: Fold, low: int, high: int | None, lazy: bool) -> _Match:
    """Characters of one set in a row, without a call for each."""
    test = _test(wanted, fold)

    def match(text: _Text, at: int, then: _Then) -> bool:
        text.step()
        value = text.value
        end = len(value) if high is None else min(len(value), at + high)
        stop = at
        while stop < end and test(value[stop]):
            stop += 1
        ends = range(at + low, stop + 1)
        return any(then(each) for each in (ends if lazy else reversed(ends)))

    return match


def _concat(items: list[_Match]) -> _Match:
    first, *others = items
    if not others:
        return first
    rest = _concat(others)
    return lambda text, at, then: first(text, at, lambda to: rest(text, to, then))


def _repeat(body: _Match, low: int, high: int | None, lazy: bool) -> _Match:
    def go(text: _Text, at: int, then: _Then, count: int) -> bool:
        text.step()

        def again() -> bool:
            if high is not None and count >= high:
                return False
            return body(
                text,
                at,
                # Once more without taking anything would never end.
                lambda to: (to > at or count < low) and go(text, to, then, count + 1),
            )

        if count < low:
            return again()
        return (then(at) or again()) if lazy else (again() or then(at))

    return lambda text, at, then: go(text, at, then, 0)


def _group(body: _Match, number: int) -> _Match:
    def match(text: _Text, at: int, then: _Then) -> bool:
        before = text.groups.get(number)

        def captured(to: int) -> bool:
            text.groups[number] = (at, to)
            return then(to)

        if body(text, at, captured):
            return True
        if before is None:
            text.groups.pop(number, None)
        else:
            text.groups[number] = before
        return False

    return match


def _backref(group: int) -> _Match:
    def match(text: _Text, at: int, then: _Then) -> bool:
        start, end = text.groups.get(group, (0, 0))
        captured = text.value[start:end]
        return text.value.startswith(captured, at) and then(at + len(captured))

    return match


def _atomic(body: _Match) -> _Match:
    def match(text: _Text, at: int, then: _Then) -> bool:
        ends: list[int] = []

        def first(to: int) -> bool:
            ends.append(to)
            return True

        return body(text, at, first) and then(ends[0])

    return match


def _look(body: _Match, ahead: bool, negative: bool) -> _Match:
    def match(text: _Text, at: int, then: _Then) -> bool:
        if ahead:
            found = body(text, at, lambda _: True)
        else:
            found = any(body(text, start, lambda to: to == at) for start in range(at, -1, -1))
        return found is not negative and then(at)

    return match


def _at_anchor(anchor: Anchor, text: str, at: int) -> bool:
    match anchor:
        case Anchor.TEXT_START:
            return at == 0
        case Anchor.TEXT_END:
            return at == len(text)
        case Anchor.LINE_START:
            return at == 0 or text[at - 1] == "\n"
        case Anchor.LINE_END:
            return at == len(text) or text[at] == "\n"
        case Anchor.FINAL_LINE_END:
            return at == len(text) or text[at:] == "\n"
        case _:
            assert_never(anchor)


def _at_edge(edge: Edge, word: CharSet, text: str, at: int) -> bool:
    before = at > 0 and holds(word, ord(text[at - 1]))
    after = at < len(text) and holds(word, ord(text[at]))
    match edge:
        case Edge.BOUNDARY:
            return before != after
        case Edge.INSIDE:
            return before == after
        case Edge.INSIDE_NOT_EMPTY:
            return before == after and text != ""
        case Edge.START:
            return after and not before
        case Edge.END:
            return before and not after
        case Edge.START_HALF:
            return not before
        case Edge.END_HALF:
            return not after
        case _:
            assert_never(edge)
