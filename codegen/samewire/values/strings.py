"""Strings of the intermediate representation: whether a text is one, and texts that are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from samewire import ir
from samewire.scalars.base import Format
from samewire.scalars.words import in_words
from samewire.values.errors import NoValueError
from samewire.values.patterns import candidates, compiled

_LONGEST: Final = 4096
"""Longer texts are not made to try a limit that is higher."""
_FEW: Final = 12
_PLAIN: Final = (
    "a",
    "",
    "é😀",
    "e\u0301",
    " padded ",
    "\t\n",
    '"\\/',
    "</script>",
    "\u2028\u2029",
    "__proto__",
    "constructor",
    "null",
    "0",
    "ÿ\x00\x7f",
    "İstanbul",
    "שלום",
)


@lru_cache(maxsize=4096)
def fits(type_: ir.String, text: str) -> bool:
    """
    Whether a text is surely such a string: a pattern that takes too long to search for is not.

    Remembered, since values that differ in one part have the same texts in all others.
    """
    return (
        (type_.min_length is None or len(text) >= type_.min_length)
        and (type_.max_length is None or len(text) <= type_.max_length)
        and _fits_bytes(type_, text)
        and (type_.format is None or type_.format.fits(text))
        and all(compiled(pattern).found(text) for pattern in type_.patterns)
    )


def _fits_bytes(type_: ir.String, text: str) -> bool:
    if type_.min_bytes is None and type_.max_bytes is None:
        return True
    size = len(text.encode(errors="surrogatepass"))
    most = size if type_.max_bytes is None else type_.max_bytes
    return (type_.min_bytes or 0) <= size <= most


def limits(type_: ir.String) -> tuple[int, int | None]:
    """How many characters a text has at least and at most, if all are of one byte."""
    low = max(type_.min_length or 0, type_.min_bytes or 0)
    high = [each for each in (type_.max_length, type_.max_bytes) if each is not None]
    return low, min(high, default=None)


def edges(type_: ir.String, where: str) -> Iterator[str]:
    """
    Texts at the edges of lengths, patterns and formats, at least one.

    Raises:
        NoValueError: none was found.

    """
    seen: dict[str, None] = {}
    for text in _tried(type_):
        if text not in seen and fits(type_, text):
            seen[text] = None
            yield text
    if not seen:
        raise NoValueError(where, f"no text could be made that is {described(type_)}")


def described(type_: ir.String) -> str:
    """What such a text is: "a string of 2 to 5 characters that matches /^[a-z]+$/u"."""
    said = in_words(type_.format) if type_.format is not None else "a string"
    sizes = (
        counted(type_.min_length, type_.max_length, "character"),
        counted(type_.min_bytes, type_.max_bytes, "byte"),
    )
    if any(sizes):
        said += f" of {' and '.join(filter(None, sizes))}"
    if type_.patterns:
        said += f" that matches {' and '.join(f'/{each.source}/{each.flags}' for each in type_.patterns)}"
    return said


def counted(low: int | None, high: int | None, noun: str) -> str:
    """How many there may be, in words; empty where there is no limit."""
    least, last = low or 0, high if high is not None else low
    nouns = noun if last == 1 else f"{noun}s"
    if high is None:
        return f"at least {least} {nouns}" if least else ""
    if least == high:
        return f"exactly {high} {nouns}"
    return f"{least} to {high} {nouns}" if least else f"at most {high} {nouns}"


def _tried(type_: ir.String) -> Iterator[str]:
    if type_.format is not None:
        yield from _format_edges(type_.format)
        return
    if type_.patterns:
        yield from islice(_matching(type_), _FEW)
        yield "😀"  # two units of UTF-16, which a pattern without the flag `u` sees as two characters
    yield from _of_lengths(type_)
    if not type_.patterns:
        yield from _PLAIN


@lru_cache(maxsize=256)
def _format_edges(format_: Format) -> tuple[str, ...]:
    """Remembered, since many fields have the same format."""
    return tuple(format_.edges())


def _matching(type_: ir.String) -> Iterator[str]:
    """Texts written along the first pattern that the others let through as well, also with something around them."""
    found: dict[str, None] = {}
    low, high = limits(type_)
    patterns = [compiled(each) for each in type_.patterns]
    # The pattern that says most is the one to write along.
    for pattern in sorted(
        patterns, key=lambda each: all(each.found(text) for text in ("", "a", "0"))
    ):
        for text in candidates(pattern):
            for padded in _padded(text, low, high):
                if padded not in found and fits(type_, padded):
                    found[padded] = None
                    yield padded


def _padded(text: str, low: int, high: int | None) -> Iterator[str]:
    """The text, and where it is too short or too long for the limits, what may still be found in it."""
    if len(text) < low:
        missing = low - len(text)
        if missing <= _LONGEST:
            yield from (text + "a" * missing, text + "0" * missing, "a" * missing + text)
            yield text + (text[-1:] or " ") * missing
        return
    yield text if high is None else text[:high]
    if len(text) < 4:
        yield from (f"{text}\n", f"x{text}", f"{text}😀")


def _of_lengths(type_: ir.String) -> Iterator[str]:
    """The plain letter, a character of two UTF-16 units, and one of two code points, as often as the limits allow."""
    low, high = limits(type_)
    first = list(islice(_PLAIN, 3)) if not type_.patterns else []
    for text in first:
        yield text.ljust(low, "a")[:high] if low <= _LONGEST else text
    for length in (low, high, None if high is None else (low + high) // 2):
        if length is not None and length <= _LONGEST:
            yield from (char * length for char in "a😀0 A_")
            yield ("e\u0301" * length)[:length]
            if type_.min_bytes is not None or type_.max_bytes is not None:
                yield from (char * (length // len(char.encode())) for char in "é中😀")
