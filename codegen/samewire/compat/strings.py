"""Compares strings: lengths, patterns by their languages, and formats by their limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from random import Random
from typing import Final

from samewire import ir
from samewire.compat import formats
from samewire.compat.mismatch import Kind, Mismatch
from samewire.compat.words import expected_is
from samewire.patterns.inclusion import UndecidedError, shortest_difference
from samewire.patterns.spell import literal
from samewire.scalars.bounds import Bounds
from samewire.values import strings
from samewire.values.errors import NoValueError
from samewire.values.random_draws import Draw

_MOST_EDGES: Final = 80
_DRAWN: Final = 40
_LONGEST: Final = 10_000


def compare(produced: ir.String, accepted: ir.String) -> list[Mismatch]:
    if produced == accepted or accepted == ir.String():
        return []
    expected = expected_is(strings.described(accepted))
    for text in _candidates(produced, accepted):
        if strings.fits(produced, text) and not strings.fits(accepted, text):
            return [Mismatch(_kind(accepted, text), text, expected)]
    try:
        return _decided(produced, accepted, expected)
    except UndecidedError:
        return [Mismatch(Kind.UNPROVEN, "", expected)]


def are_listed(produced: ir.String, values: Iterable[ir.Json]) -> bool:
    """Whether it is proved that there are no other texts than these."""
    texts = [
        "".join(literal(ord(sign)) for sign in each) for each in values if isinstance(each, str)
    ]
    if not produced.patterns or not texts:
        return False
    listed = ir.Regex.parse(f"^(?:{'|'.join(texts)})$")
    try:
        return not _decided(produced, ir.String(patterns=(listed,)), "")
    except UndecidedError:
        return False


def _decided(produced: ir.String, accepted: ir.String, expected: str) -> list[Mismatch]:
    """Raises :class:`UndecidedError` where nothing is proved."""
    if accepted.format is not None and not formats.is_proved(produced.format, accepted.format):
        raise UndecidedError
    if not _are_bytes_wider(produced, accepted):
        raise UndecidedError
    low, high = produced.min_length or 0, produced.max_length
    wanted = list(accepted.patterns)
    short = accepted.min_length is not None and low < accepted.min_length
    long = accepted.max_length is not None and (high is None or high > accepted.max_length)
    if short or long:
        if produced.format is not None or not produced.patterns:
            raise UndecidedError  # a text of that length would have been among the candidates
        most = "" if accepted.max_length is None else accepted.max_length
        wanted.append(ir.Regex.parse(rf"^[\s\S]{{{accepted.min_length or 0},{most}}}$"))
    for pattern in wanted:
        if pattern in produced.patterns:
            continue
        text = shortest_difference(produced.patterns, pattern, low, high)
        if text is None:
            continue
        if not strings.fits(produced, text) or strings.fits(accepted, text):
            raise UndecidedError
        return [Mismatch(_kind(accepted, text), text, expected)]
    return []


def _are_bytes_wider(produced: ir.String, accepted: ir.String) -> bool:
    if accepted.min_bytes is not None and (produced.min_bytes or 0) < accepted.min_bytes:
        return False
    most = produced.max_bytes
    return accepted.max_bytes is None or (most is not None and most <= accepted.max_bytes)


def _kind(accepted: ir.String, text: str) -> Kind:
    if accepted.format is not None and not accepted.format.fits(text):
        return Kind.FORMAT
    lengths = ir.String(accepted.min_length, accepted.max_length)
    return Kind.PATTERN if strings.fits(lengths, text) and accepted.patterns else Kind.LENGTH


def _candidates(produced: ir.String, accepted: ir.String) -> Iterator[str]:
    yield from ("a", "", "0", "A", "a b", "é")
    for limit in (accepted.max_length, accepted.max_bytes):
        if limit is not None and limit < _LONGEST:
            yield "a" * (limit + 1)
    for limit in (accepted.min_length, accepted.min_bytes):
        if limit and limit < _LONGEST:
            yield "a" * (limit - 1)
    if produced.min_length and produced.min_length < _LONGEST:
        yield "a" * produced.min_length
    for type_ in (produced, accepted):
        if type_.format is not None:
            yield from type_.format.edges()
            bounds = getattr(type_.format, "bounds", Bounds())
            yield from (text for text in (bounds.ge, bounds.gt, bounds.le, bounds.lt) if text)
    try:
        yield from islice(strings.edges(produced, ""), _MOST_EDGES)
    except NoValueError:
        return
    if produced.format is not None:
        draw = Draw(Random(0))  # noqa: S311 - candidates, not secrets
        yield from (produced.format.draw(draw) for _ in range(_DRAWN))
