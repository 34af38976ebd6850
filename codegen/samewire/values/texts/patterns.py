"""Patterns, ready to be searched for and to be written."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from samewire import ir
from samewire.patterns.ast import Node
from samewire.values.texts.ecma import parse
from samewire.values.texts.matching import TooLongError, searcher
from samewire.values.texts.writing import NoTextError, Pick, Writer, writer

_ROUNDS: Final = (0, 1, 3, 8, 30)
_ATTEMPTS: Final = 60


@dataclass(frozen=True, slots=True)
class Pattern:
    """``found`` says whether the pattern is found in a text, ``None`` if that takes too long to say; ``write`` makes candidates."""

    search: Callable[[str], bool]
    write: Writer

    def found(self, text: str) -> bool | None:
        try:
            return self.search(text)
        except TooLongError:
            return None


def pattern_of(tree: Node) -> Pattern:
    return Pattern(searcher(tree), writer(tree))


@lru_cache(maxsize=4096)
def compiled(regex: ir.Regex) -> Pattern:
    return pattern_of(parse(regex.source, regex.flags))


def candidates(pattern: Pattern) -> Iterator[str]:
    """Texts written along a pattern, the shortest first, the same ones each time. Not all of them need to match."""
    yield from _attempt(pattern, lambda _: 0, 0)
    for rounds in _ROUNDS:
        yield from _attempt(pattern, lambda n: n - 1, rounds)
        random_ = random.Random(rounds)  # noqa: S311 - examples, not secrets
        for _ in range(_ATTEMPTS):
            yield from _attempt(pattern, random_.randrange, rounds)


def _attempt(pattern: Pattern, pick: Pick, rounds: int) -> Iterator[str]:
    try:
        text = pattern.write(pick, rounds)
    except NoTextError:
        return
    yield text
