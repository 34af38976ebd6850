"""The text of a decimal number, for every scalar that has one."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

PLAIN: Final = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
"""Digits with a point or without."""


def number(exponent: str = "+") -> str:
    """Digits with an exponent or without; ``exponent`` is the quantifier of its digits."""
    return rf"{PLAIN}(?:[eE][-+]?[0-9]{exponent})?"


# As the wire may have it: Python reads no exponent of more digits.
TEXT: Final = re.compile(r"[+-]?" + number("{1,15}"))
_ANY: Final = re.compile(r"[+-]?" + number())


def decimal_of(text: str) -> Decimal | None:
    """The number that a bound or a step stands for."""
    if not _ANY.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
