"""Limits on a core schema that only its document can say, kept in the schema under a key of their own."""

from __future__ import annotations

from typing import Final

from samewire.coreschema import CoreSchema
from samewire.coreschema.limits import Limit
from samewire.coreschema.rebuilt import with_parts

PENDING: Final = "samewire-limits"

NO_VALUE: Final[CoreSchema] = {"type": "literal", "expected": []}
"""What no value is of."""


def with_pending(core: CoreSchema, limit: Limit | CoreSchema) -> CoreSchema:
    return with_parts(core, **{PENDING: (*core.get(PENDING, ()), limit)})


def pending(core: CoreSchema) -> tuple[CoreSchema, tuple[Limit | CoreSchema, ...]]:
    """A core schema without the limits that are still to be said, and those."""
    limits = core.get(PENDING, ())
    if not limits:
        return core, ()
    return {key: part for key, part in core.items() if key != PENDING}, limits
