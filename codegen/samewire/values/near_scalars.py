"""
Scalars one step beyond a type: below and above its limits, of another spelling, of another type.

What is given is not always outside of the type; whoever uses it asks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final, TypeAlias

from samewire import ir
from samewire.scalars.base import Format
from samewire.values import numbers
from samewire.values.patterns import compiled

Near: TypeAlias = tuple[ir.Json, str]
"""What stands there instead, and what it is."""

_LONGEST: Final = 4096
_HUGE: Final = 10**400


def near_number(type_: ir.Integer | ir.Number, value: float) -> Iterator[Near]:
    if isinstance(type_, ir.Integer):
        yield from _near_integer(type_, int(value))
    else:
        yield from _near_number(type_, value)
    yield -0.0, "minus zero"
    yield 1.5, "a fraction"
    yield numbers.SAFE + 2, "an integer that a JavaScript number can't hold"
    yield _HUGE, "beyond what a JavaScript number holds"


def _near_integer(type_: ir.Integer, value: int) -> Iterator[Near]:
    low, high = numbers.integer_range(type_)
    yield value + 0.5, "a fraction"
    if low is not None:
        yield low - (type_.multiple_of or 1), "below the least"
    if high is not None:
        yield high + (type_.multiple_of or 1), "above the greatest"
    if type_.multiple_of is not None:
        yield value + 1, "no multiple"


def _near_number(type_: ir.Number, value: float) -> Iterator[Near]:
    for bound, exclusive, lower in (
        (type_.ge, False, True),
        (type_.gt, True, True),
        (type_.le, False, False),
        (type_.lt, True, False),
    ):
        if bound is None:
            continue
        what = "below the least" if lower else "above the greatest"
        if exclusive:
            yield bound, "the limit, which is excluded"
        else:
            yield math.nextafter(bound, -math.inf if lower else math.inf), what
        yield (bound - 1 if lower else bound + 1), what
    if type_.multiple_of is not None:
        yield value + type_.multiple_of / 2, "no multiple"
    if type_.decimal is not None:
        yield from ((float(text), what) for text, what in type_.decimal.near(repr(value)))


def near_string(type_: ir.String, value: str) -> Iterator[Near]:
    low, high = type_.min_length, type_.max_length
    if low and low <= _LONGEST:
        short = value[: low - 1] if len(value) >= low - 1 else value
        yield short, "a code point too short"
        yield "😀" * (low - 1), "too short, unless UTF-16 units are counted"
    if high is not None and high <= _LONGEST:
        yield value + (value[-1:] or "a") * (high + 1 - len(value)), "a code point too long"
        yield "a" * (high + 1), "a letter too long"
    least, most = type_.min_bytes, type_.max_bytes
    if least and least <= _LONGEST:
        yield "a" * (least - 1), "a byte too short"
        yield "é" * ((least - 1) // 2), "too few bytes"
    if most is not None and most <= _LONGEST:
        yield "a" * (most + 1), "a byte too long"
        for char in "é中😀":
            yield char * (most // len(char.encode()) + 1), "too many bytes"
    if type_.patterns:
        yield from _against_patterns(type_, value)
        yield value + "\n", "a line feed at the end"
    if type_.format is not None:
        yield from near_format(type_.format, value)


def _against_patterns(type_: ir.String, value: str) -> Iterator[Near]:
    middle = len(value) // 2
    swapped = value.swapcase()
    for text, what in (
        (value[:-1], "the last character cut off"),
        (swapped, "the other case"),
        (value[1:], "the first character cut off"),
        (value + "\x00", "a control character at the end"),
        (" " + value, "a space in front"),
        (value + "~", "a character at the end"),
        (value[:middle] + "é" + value[middle + 1 :], "a character replaced"),
        (value + value, "twice"),
        ("", "empty"),
        ("😀", "an emoji"),
        ("\x00", "a control character"),
    ):
        if text != value and any(compiled(each).found(text) is False for each in type_.patterns):
            yield text, f"the pattern broken: {what}"


def near_format(format_: Format, value: str) -> Iterator[Near]:
    yield "", "empty"
    yield f" {value}", "a space in front"
    yield f"{value}\n", "a line feed at the end"
    yield f"{value}x", "a letter at the end"
    yield from format_.near(value)
    yield from format_.invalid()


def other_scalars(values: tuple[ir.Scalar, ...], value: ir.Json) -> Iterator[Near]:
    """What is none of the values of an enum or a literal, but looks like one."""
    match value:
        case str():
            near: tuple[tuple[ir.Json, str], ...] = (
                (f"{value}x", "another text"),
                (value.swapcase(), "the other case"),
                (f" {value}", "a space in front"),
                ("", "empty"),
                (value[:-1], "the last character cut off"),
            )
        case bool():
            near = (
                (int(value), "the number that Python equates with it"),
                (str(value).lower(), "its text"),
            )
        case int() | float():
            near = (
                (value + 1, "another number"),
                (value + 0.5, "a fraction"),
                (str(value), "its text"),
                (bool(value), "a truth value"),
            )
        case _:
            near = ((0, "0"), ("", "empty"), ("null", "the word null"))
    for each, what in near:
        if not any(
            each == known and isinstance(each, bool) is isinstance(known, bool) for known in values
        ):
            yield each, f"not a value of the list: {what}"
