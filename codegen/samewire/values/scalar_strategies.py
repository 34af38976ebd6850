"""Strings, numbers, and any JSON at all."""

from __future__ import annotations

from itertools import islice

from samewire import ir
from samewire.scalars.base import Format
from samewire.values import numbers, strings
from samewire.values.draws import LONGEST_KEY, any_key
from samewire.values.errors import NoValueError
from samewire.values.pattern_texts import NoTextError
from samewire.values.patterns import Pattern, compiled
from samewire.values.random_draws import Draw, Make

_POOL = 24
_REACH = 16
"""How many characters a text may have beyond the least."""
_ATTEMPTS = 3
_ROUNDS = (1, 0, 3, 8)


class Texts:
    """What makes the strings of one type; ``pool`` are texts to fall back on."""

    def __init__(self, type_: ir.String, where: str) -> None:
        self.type = type_
        # Raises where no text can be made, before anything is drawn.
        self.pool = tuple(islice(strings.edges(type_, where), _POOL))
        low, high = strings.limits(type_)
        # An empty range can't come from a schema, and a huge one would be drawn for nothing.
        self.lengths = low, low + _REACH if high is None else min(high, low + _REACH)
        self.patterns = tuple(map(compiled, type_.patterns))

    def make(self, draw: Draw, _depth: int) -> str:
        if self.type.format is not None:
            text = self._formatted(draw, self.type.format)
            return text if strings.fits(self.type, text) else draw.choice(self.pool)
        if self.patterns:
            return self._matching(draw)
        # One in eight is one of the texts that are known to be awkward.
        known = draw.below(8) == 7
        text = draw.choice(self.pool) if known else draw.any_text(*self.lengths)
        return text if strings.fits(self.type, text) else draw.choice(self.pool)

    def _matching(self, draw: Draw) -> str:
        for attempt in range(_ATTEMPTS):
            text = written(draw, self.patterns[attempt % len(self.patterns)])
            if text is not None and strings.fits(self.type, text):
                return text
        return draw.choice(self.pool)

    def _formatted(self, draw: Draw, format_: Format) -> str:
        if draw.below(4) == 0:
            return draw.choice(self.pool)
        return format_.draw(draw)


def written(draw: Draw, pattern: Pattern) -> str | None:
    """A candidate for a pattern, ``None`` if it can't be written."""
    rounds = draw.choice(_ROUNDS)
    try:
        return pattern.write(draw.below, rounds)
    except NoTextError:
        return None


# --- Numbers ----------------------------------------------------------------------------------------------------------


def integer(type_: ir.Integer, where: str) -> Make:
    low, high = numbers.integer_range(type_)
    if low is not None and high is not None and low > high:
        raise NoValueError(where, f"no number was found in {type_}")
    step = type_.multiple_of or 1
    least = min(-numbers.SAFE, high if high is not None else 0) if low is None else low
    most = max(numbers.SAFE, low if low is not None else 0) if high is None else high
    first, last = -(-least // step), most // step
    return lambda draw, _: draw.integer(first, last) * step


def number(type_: ir.Number, where: str) -> Make:
    pool = tuple(numbers.number_edges(type_))
    if not pool:
        raise NoValueError(where, f"no number was found in {type_}")
    if type_.multiple_of is not None:
        step, (first, last) = type_.multiple_of, numbers.multiples(type_, 10**6)

        def multiple(draw: Draw, _depth: int) -> ir.Json:
            value = numbers.multiple(draw.integer(first, last), step)
            return value if numbers.holds_number(type_, value) else draw.choice(pool)

        return multiple
    if type_.decimal is not None:
        return lambda draw, _: draw.choice(pool)
    low, high = _ends(type_)

    def number(draw: Draw, _depth: int) -> ir.Json:
        value = draw.number(low, high)
        return value if numbers.holds_number(type_, value) else draw.choice(pool)

    return number


def _ends(type_: ir.Number) -> tuple[float | None, float | None]:
    low = type_.ge if type_.gt is None else type_.gt
    high = type_.le if type_.lt is None else type_.lt
    return None if low is None else float(low), None if high is None else float(high)


# --- Anything ---------------------------------------------------------------------------------------------------------


def any_json(draw: Draw, depth: int) -> ir.Json:
    match draw.below(5 if depth >= 3 else 7):
        case 0:
            return None
        case 1:
            return draw.below(2) == 1
        case 2:
            return draw.integer(-numbers.SAFE, numbers.SAFE)
        case 3:
            return draw.any_text(0, LONGEST_KEY)
        case 4:
            return draw.number()
        case 5:
            return [any_json(draw, max(depth, 1) + 1) for _ in range(draw.below(3))]
        case _:
            return {any_key(draw): any_json(draw, max(depth, 1) + 1) for _ in range(draw.below(3))}
