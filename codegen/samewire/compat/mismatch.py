"""The reason why a produced type is not a subset of an accepted one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

from samewire import ir

Pair: TypeAlias = tuple[str, str]
"""The names of a produced definition and of the accepted one that it is compared with."""


class Kind(Enum):
    """The kind of difference, from the producer's view. :mod:`samewire.compat.rules` has the messages for both directions."""

    KEY_MISSING = "key-missing"
    KEY_OPTIONAL = "key-optional"
    KEY_ADDED = "key-added"
    KEY_IGNORED = "key-ignored"
    KEY_POSSIBLE = "key-possible"
    NAME = "name"
    EXTRA = "extra"
    KEYS = "keys"
    NULL = "null"
    VALUE = "value"
    TYPE = "type"
    MEMBER = "member"
    RANGE = "range"
    MULTIPLE = "multiple"
    LENGTH = "length"
    PATTERN = "pattern"
    FORMAT = "format"
    ITEMS = "items"
    UNIQUE = "unique"
    CHECK = "check"
    CLOSED = "closed"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """
    One reason. ``path`` are the steps from the definitions of the pair to the place. ``value`` is of the produced definition and
    not of the accepted one; for ``UNPROVEN`` it is anything. ``via`` is a pair inside of which the reason is, reported there.
    ``constant``: the produced type has no other value, as that of a tag.
    """

    kind: Kind
    value: ir.Json
    detail: str = ""
    path: tuple[str, ...] = ()
    via: Pair | None = None
    constant: bool = False


def inside(
    found: Iterable[Mismatch], step: str, around: Callable[[ir.Json], ir.Json]
) -> list[Mismatch]:
    """The same reasons, seen from the value around them."""
    return [replace(each, path=(step, *each.path), value=around(each.value)) for each in found]
