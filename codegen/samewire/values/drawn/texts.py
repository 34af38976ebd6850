"""Strings, with patterns and formats."""

from __future__ import annotations

from itertools import islice

from hypothesis import strategies as st

from samewire import ir
from samewire.scalars.base import Format
from samewire.values.drawn.choices import Choices, Draw, below, one_of
from samewire.values.texts import strings
from samewire.values.texts.patterns import Pattern, compiled
from samewire.values.texts.writing import NoTextError

_POOL = 24
_REACH = 16
"""How many characters a text may have beyond the least."""
_ATTEMPTS = 3
_ROUNDS = (1, 0, 3, 8)

ALPHABET = st.characters(codec="utf-8")


class Texts:
    """What makes the strings of one type; ``pool`` are texts to fall back on."""

    def __init__(self, type_: ir.String, where: str) -> None:
        self.type = type_
        # Raises where no text can be made, before anything is drawn.
        self.pool = tuple(islice(strings.edges(type_, where), _POOL))
        low, high = strings.limits(type_)
        # An empty range can't come from a schema, and a huge one would be drawn for nothing.
        self.plain = st.text(
            ALPHABET,
            min_size=low,
            max_size=low + _REACH if high is None else min(high, low + _REACH),
        )
        self.patterns = tuple(map(compiled, type_.patterns))

    def make(self, draw: Draw, _depth: int) -> str:
        if self.type.format is not None:
            text = self._formatted(draw, self.type.format)
            return text if strings.fits(self.type, text) else one_of(draw, self.pool)
        if self.patterns:
            return self._matching(draw)
        # One in eight is one of the texts that are known to be awkward.
        text = one_of(draw, self.pool) if below(draw, 8) == 7 else draw(self.plain)
        return text if strings.fits(self.type, text) else one_of(draw, self.pool)

    def _matching(self, draw: Draw) -> str:
        for attempt in range(_ATTEMPTS):
            text = written(draw, self.patterns[attempt % len(self.patterns)])
            if text is not None and strings.fits(self.type, text):
                return text
        return one_of(draw, self.pool)

    def _formatted(self, draw: Draw, format_: Format) -> str:
        if below(draw, 4) == 0:
            return one_of(draw, self.pool)
        return format_.draw(Choices(draw))


def written(draw: Draw, pattern: Pattern) -> str | None:
    """A candidate for a pattern, ``None`` if it can't be written."""
    rounds = one_of(draw, _ROUNDS)
    try:
        return pattern.write(lambda count: below(draw, count), rounds)
    except NoTextError:
        return None
