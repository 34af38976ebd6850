"""
Texts that a pattern describes, written along its tree.

Assertions are left out while writing (look-arounds, word boundaries, anchors inside of a pattern), so what is written is a
candidate for :mod:`samewire.values.patterns` to judge. All choices go through ``pick``: ``pick(n)`` gives a number below
``n``, 0 for the plainest choice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias, assert_never

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
from samewire.patterns.charset import CharSet
from samewire.patterns.members import samples
from samewire.patterns.regex import Regex

Pick: TypeAlias = Callable[[int], int]
Writer: TypeAlias = Callable[[Pick, int], str]
"""Writes a text; the number is by how many rounds a loop without an end may go beyond its least number."""

_Write: TypeAlias = Callable[[Pick, int, dict[int, str]], str]

_MANY: Final = 40
"""Of a set with more sample characters than that, the others are left to sets that are smaller."""


class NoTextError(Exception):
    """A character of a set of which no member is known has to be written."""


def writer(regex: Regex) -> Writer:
    """The function that writes candidates. It raises NoTextError where it has to write what it doesn't know."""

    def sampled(chars: CharSet) -> tuple[str, ...]:
        return samples(chars, ignore_case=regex.ignore_case)

    write = _Compiler(sampled, "".join(_asked_for(regex.tree, sampled))).of(regex.tree)
    return lambda pick, rounds: write(pick, rounds, {})


def _asked_for(node: Node, sampled: Callable[[CharSet], tuple[str, ...]]) -> list[str]:
    """Characters that a pattern speaks of, above all in its look-aheads; where it takes many, these are worth trying."""
    match node:
        case Chars(wanted):
            found = sampled(wanted)
            return ["".join(found[:12])] if len(found) <= _MANY else []
        case _:
            return [text for child in children(node) for text in _asked_for(child, sampled)]


class _Compiler:
    def __init__(self, sampled: Callable[[CharSet], tuple[str, ...]], asked: str) -> None:
        self.sampled = sampled
        self.asked = asked

    def of(self, node: Node) -> _Write:
        match node:
            case Empty() | Anchor() | Boundary() | Look():
                return _nothing
            case Chars(wanted):
                return self._chars(wanted)
            case Backref(group):
                return lambda _, __, groups: groups.get(group, "")
            case Group(body, number):
                return _group(self.of(body), number)
            case Atomic(body):
                return self.of(body)
            case Repeat(body, low, high):
                return _repeat(self.of(body), low, high)
            case Concat(items):
                return _concat(list(map(self.of, items)))
            case Alternation(branches):
                return _alternation(list(map(self.of, branches)))
            case _:
                assert_never(node)

    def _chars(self, wanted: CharSet) -> _Write:
        found = self.sampled(wanted)
        if len(found) > _MANY:
            known = set(found)
            asked = (char for char in self.asked if char in known)
            found = tuple(dict.fromkeys((*found[:_MANY], *asked, *found)))

        def write(pick: Pick, _rounds: int, _groups: dict[int, str]) -> str:
            if not found:
                raise NoTextError
            return found[pick(len(found))]

        return write


def _nothing(_pick: Pick, _rounds: int, _groups: dict[int, str]) -> str:
    return ""


def _group(body: _Write, number: int) -> _Write:
    def write(pick: Pick, rounds: int, groups: dict[int, str]) -> str:
        text = groups[number] = body(pick, rounds, groups)
        return text

    return write


def _repeat(body: _Write, low: int, high: int | None) -> _Write:
    def write(pick: Pick, rounds: int, groups: dict[int, str]) -> str:
        most = low + rounds if high is None else min(high, low + rounds)
        count = low + pick(most - low + 1)
        return "".join(body(pick, rounds, groups) for _ in range(count))

    return write


def _concat(items: list[_Write]) -> _Write:
    return lambda pick, rounds, groups: "".join(item(pick, rounds, groups) for item in items)


def _alternation(branches: list[_Write]) -> _Write:
    def write(pick: Pick, rounds: int, groups: dict[int, str]) -> str:
        order = pick(len(branches))
        # A branch that can't be written leaves the choice to the next one.
        for index in range(len(branches)):
            try:
                return branches[(order + index) % len(branches)](pick, rounds, groups)
            except NoTextError:
                continue
        raise NoTextError

    return write
