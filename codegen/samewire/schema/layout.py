"""
JSON as prettier lays it out, so that a project that formats all of its files leaves schema documents alone: an object has a line
for each key, an array is on one line where it fits.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from json.encoder import encode_basestring
from typing import Any, Final

WIDTH: Final = 80
_PADDED: Final = re.compile(r"e\+?(-?)0?")  # 1e+16 and 1e-07, as Python writes the exponent
_INDENT: Final = 2
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def lay_out(value: Any) -> str:
    """A JSON value as text, without a newline at its end."""
    return _laid_out(value, 0, 0)


def _laid_out(value: Any, level: int, column: int) -> str:
    """``column``: where the text begins, with whatever comes behind it up to the end of the line counted in."""
    if not value or not isinstance(value, dict | list):
        return _scalar(value)
    inner, outer = " " * (level + _INDENT), " " * level
    if isinstance(value, list):
        flat = _flat(value)
        if flat is not None and column + _columns(flat) <= WIDTH:
            return flat
        lines = _lines(value, inner)
        return f"[\n{inner}{lines}\n{outer}]"
    lines = f",\n{inner}".join(_entries(value, level + _INDENT))
    return f"{{\n{inner}{lines}\n{outer}}}"


def _entries(value: dict[str, Any], level: int) -> Iterable[str]:
    for index, (key, item) in enumerate(value.items(), start=1):
        name = f"{_scalar(key)}: "
        if type(item) is str:
            yield name + encode_basestring(item)
        else:
            column = level + _columns(name) + _comma(index, value)
            yield name + _laid_out(item, level, column)


def _lines(value: list[Any], inner: str) -> str:
    """The items of an array that takes several lines: numbers as many to a line as fit, others one."""
    if len(value) > 1 and all(_is_number(item) for item in value):
        return _filled([_scalar(item) for item in value], inner)
    level = len(inner)
    return f",\n{inner}".join(
        _laid_out(item, level, level + _comma(index, value))
        for index, item in enumerate(value, start=1)
    )


def _filled(numbers: list[str], inner: str) -> str:
    text, column = numbers[0], len(inner) + len(numbers[0])
    for index, number in enumerate(numbers[1:], start=2):
        needed = column + len(", ") + len(number) + _comma(index, numbers)
        if needed <= WIDTH:
            text, column = f"{text}, {number}", column + len(", ") + len(number)
        else:
            text, column = f"{text},\n{inner}{number}", len(inner) + len(number)
    return text


def _comma(index: int, items: list[Any] | dict[str, Any]) -> int:
    """The width of what comes behind the item of this number."""
    return 1 if index < len(items) else 0


def _flat(value: Any) -> str | None:
    """A value on one line; ``None`` where it has an object in it, or is a table of rows."""
    if not value or not isinstance(value, dict | list):
        return _scalar(value)
    if isinstance(value, dict) or _is_table(value):
        return None
    items = [_flat(item) for item in value]
    return None if None in items else f"[{', '.join(filter(None, items))}]"


def _is_table(value: list[Any]) -> bool:
    """Several rows of several columns, which stand below each other."""
    return len(value) > 1 and all(isinstance(item, list) and len(item) > 1 for item in value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _scalar(value: Any) -> str:
    if type(value) is str:
        return encode_basestring(
            value
        )  # as the encoder does, once it has asked what else it may be
    text = _ENCODE(value)
    return _PADDED.sub(r"e\1", text) if isinstance(value, float) else text


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(map(_column, text))


def _column(char: str) -> int:
    if "\u0300" <= char <= "\u036f":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
