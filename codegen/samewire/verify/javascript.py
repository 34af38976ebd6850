"""JSON as JavaScript has it: when two values are equal, which numbers it does not hold, and what it writes."""

from __future__ import annotations

import json
import math
import re
from typing import Final

from pydantic_core import to_json

from samewire.ir import Json
from samewire.values.equality import value_of

SAFE: Final = 2**53
"""From here on, a JavaScript number is no longer one integer."""


def same(left: str, right: str) -> bool:
    """Equal as JavaScript would have it: ``1`` and ``1.0`` are one number, ``1`` and ``true`` are two values."""
    return left == right or equal(value_of(left), value_of(right))


def alike(first: Json, other: Json, second: Json) -> bool:
    """Whether ``other`` is ``first`` wherever that is also ``second``."""
    match first, other, second:
        case dict(), dict(), dict() if first.keys() == other.keys() == second.keys():
            return all(alike(first[key], other[key], second[key]) for key in first)
        case list(), list(), list() if len(first) == len(other) == len(second):
            return all(map(alike, first, other, second))
        case _:
            single = not isinstance(first, dict | list)
            return equal(first, other) or (single and first != second)


def equal(left: Json, right: Json) -> bool:
    match left:
        case bool() | None:
            return left is right
        case int() | float():
            if not isinstance(right, int | float) or isinstance(right, bool):
                return False
            return _number(left) == _number(right)
        case list():
            return (
                isinstance(right, list) and len(left) == len(right) and all(map(equal, left, right))
            )
        case dict():
            return (
                isinstance(right, dict)
                and left.keys() == right.keys()
                and all(equal(each, right[key]) for key, each in left.items())
            )
        case _:
            return left == right


def has_unsafe(value: Json) -> bool:
    """Whether an integer is in a value whose digits a JavaScript number does not hold (ECMA-262, Number.MAX_SAFE_INTEGER)."""
    match value:
        case bool():
            return False
        case int() | float():
            return abs(value) >= SAFE
        case list():
            return any(map(has_unsafe, value))
        case dict():
            return any(map(has_unsafe, value.values()))
        case _:
            return False


def sent(value: Json) -> str:
    """What a frontend sends for a value: ``JSON.stringify`` of it."""
    try:
        text = to_json(value).decode()
    except ValueError:  # half of a surrogate pair, or a value too deep for Pydantic
        text = _encoded(value)
    is_other = isinstance(value, int | float) or (
        isinstance(value, list | dict) and _WRITTEN_OTHERWISE.search(text) is not None
    )
    return _encoded(_plain(value)) if is_other else text


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_WRITTEN_OTHERWISE = re.compile(r"(?:\":|[,\[])-?(?:[0-9]+[.eE]|[0-9]{16}|Infinity|NaN)")
"""
Numbers of which JavaScript may write another text than Python. Texts in quotes that look like one do no harm; those of times, which
are frequent, have no quote before a colon.
"""


def _plain(value: Json) -> Json:
    match value:
        case bool() | str() | None:
            return value
        case int() | float():
            number = _number(value)
            if math.isinf(
                number
            ):  # what JSON.parse makes of 1e400, and JSON.stringify null of that
                return None
            # JavaScript writes no fraction and no exponent below 1e21 (ECMA-262, Number::toString).
            return int(number) if number.is_integer() and abs(number) < 1e21 else number
        case list():
            return [_plain(each) for each in value]
        case dict():
            return {key: _plain(each) for key, each in value.items()}


def _number(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf
