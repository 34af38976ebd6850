"""Patterns, ready to be searched for and to be written."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import regress

from samewire.patterns import Regex
from samewire.patterns.cost import longest_text
from samewire.values.pattern_texts import NoTextError, Pick, writer

_ROUNDS: Final = (0, 1, 3, 8, 30)
_ATTEMPTS: Final = 60


class Pattern:
    """``write`` makes candidates, texts along the pattern; :meth:`found` says which of them match."""

    def __init__(self, regex: Regex) -> None:
        self.write = writer(regex)
        self._search = regress.Regex(regex.source, regex.flags).find
        self._longest = longest_text(regex)

    def found(self, text: str) -> bool | None:
        """Whether the pattern is found in a text; ``None`` if that may take long, and for lone surrogates."""
        if len(text) > self._longest:
            return None
        try:
            return self._search(text) is not None
        except UnicodeEncodeError:
            return None


@lru_cache(maxsize=4096)
def compiled(regex: Regex) -> Pattern:
    return Pattern(regex)


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
