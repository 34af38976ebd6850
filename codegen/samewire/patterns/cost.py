"""
How long a text a backtracking engine can search in a moment.

The bound is on the number of ways that the engine may try: a power of the text's length for a pattern without exponential loops.
It is coarse, and meant for whoever would rather not know the answer than wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from samewire.patterns.ambiguity import dangerous_loops, sets
from samewire.patterns.ast import (
    Alternation,
    Anchor,
    Atomic,
    Concat,
    Group,
    Look,
    Node,
    Repeat,
    children,
)
from samewire.patterns.automaton import is_long
from samewire.patterns.letters import Letters
from samewire.patterns.regex import Regex
from samewire.patterns.shares import crowded
from samewire.patterns.width import may_be_empty

_MOST_WAYS: Final = 20_000_000
_IF_EXPONENTIAL: Final = 16


def longest_text(regex: Regex) -> int:
    """The number of characters up to which a search for the pattern, found or not, takes a moment at most."""
    root = regex.tree
    found = (find(root, ignore_case=regex.ignore_case) for find in (dangerous_loops, crowded))
    if any(map(any, found)):
        return _IF_EXPONENTIAL
    power = _Power(Letters(sets(root), ignore_case=regex.ignore_case)).of(root)
    if not _starts_at_start(root):
        power += 1
    return int(_MOST_WAYS ** (1 / max(power, 1)))


def _starts_at_start(node: Node) -> bool:
    match node:
        case Anchor.TEXT_START:
            return True
        case Group(body) | Atomic(body):
            return _starts_at_start(body)
        case Concat(items):
            return any(map(_starts_at_start, items[:2]))
        case Alternation(branches):
            return all(map(_starts_at_start, branches))
        case _:
            return False


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the pieces in a row. ``letters`` are all that it takes, ``power`` is how its ways grow with the text."""

    letters: int
    power: int
    may_be_empty: bool


class _Power:
    """The power of the length that the number of ways through a pattern grows with."""

    def __init__(self, letters: Letters) -> None:
        self.letters = letters

    def of(self, root: Node) -> int:
        return self._chain(self._parts(root)) + self._cost_of_looks(root)

    def _cost_of_looks(self, node: Node) -> int:
        """A look is searched anew at each place, and in one way."""
        inner = max(map(self._cost_of_looks, children(node)), default=0)
        if isinstance(node, Look):
            return inner + self._chain(self._parts(node.body))
        return inner

    def _parts(self, node: Node) -> list[_Part]:
        match node:
            case Concat(items):
                return [part for item in items for part in self._parts(item)]
            case Group(body):
                return self._parts(body)
            case Look():
                return []
            case Alternation(branches):
                power = max(self._chain(self._parts(branch)) for branch in branches)
                return [self._part(node, power)]
            case Repeat(body, low, high) if is_long(high):
                return [self._part(node, 1 if low != high else self._chain(self._parts(body)))]
            case Repeat(body) | Atomic(body):
                return [self._part(node, self._chain(self._parts(body)))]
            case _:
                return [self._part(node, 0)]

    def _part(self, node: Node, power: int) -> _Part:
        letters = 0
        for chars in sets(node):
            letters |= self.letters.mask(chars.set)
        return _Part(letters, power, may_be_empty(node))

    def _chain(self, parts: list[_Part]) -> int:
        """
        The power of pieces in a row: that of the longest chain of loops in which the same text can end one and begin the next.

        What stands between two has to be in that text.
        """
        best = [part.power for part in parts]
        for at, part in enumerate(parts):
            for before in range(at if part.power else 0):
                common = part.letters & parts[before].letters
                between = parts[before + 1 : at]
                if best[before] and all(p.may_be_empty or p.letters & common for p in between):
                    best[at] = max(best[at], best[before] * bool(common) + part.power)
        return max(best, default=0)
