"""Enumerations of flags, whose values are numbers made of bits."""

from __future__ import annotations

import enum
import functools
import operator
from typing import Any, Final

from samewire.scalars.view import JsonSchema

_MOST_BITS: Final = 10
"""Of more bits a schema lists no combinations."""


def document(cls: type[enum.Flag]) -> JsonSchema:
    """
    Flags combine by ``|``, so any number made of the members' bits is a value; and any other as well if unknown bits are kept, as
    those of an ``IntFlag`` are.
    """
    if _keeps_unknown(cls):
        return {"type": "integer", "minimum": 0}
    mask = _mask(cls)
    if not _has_gaps(cls):
        return {"type": "integer", "minimum": 0, "maximum": mask}
    values = [0]
    for bit in (1 << place for place in range(mask.bit_length()) if mask >> place & 1):
        values += [value | bit for value in values]
    return {"type": "integer", "enum": [value for value in values if _is_made(cls, value)]}


def too_many(cls: type[enum.Enum]) -> bool:
    """Whether an enumeration is of flags that leave bits out, with more combinations than a schema can list."""
    if not issubclass(cls, enum.Flag) or _keeps_unknown(cls):
        return False
    return _has_gaps(cls) and _mask(cls).bit_count() > _MOST_BITS


def _has_gaps(cls: type[enum.Flag]) -> bool:
    """Whether some bit below the highest is no member by itself."""
    bits = {int(member.value) for member in cls.__members__.values()}
    return any(1 << place not in bits for place in range(_mask(cls).bit_length()))


def _mask(cls: type[enum.Flag]) -> int:
    return functools.reduce(
        operator.or_, (int(member.value) for member in cls.__members__.values()), 0
    )


def _keeps_unknown(cls: type[enum.Flag]) -> bool:
    """What Python does with a bit that no member has (``boundary``), found out by asking."""
    return _is_made(cls, 1 << _mask(cls).bit_length())


def _is_made(cls: type[enum.Flag], value: int) -> bool:
    try:
        made: Any = cls(value)
    except (ValueError, TypeError):
        return False
    return bool(getattr(made, "value", made) == value)
