"""Limits beside those that a schema has, and those that compare values in a way that no schema can."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from samewire.coreschema import CoreSchema
from samewire.coreschema.kinds import MOMENTS
from samewire.coreschema.limits import BOUNDS, Limit
from samewire.coreschema.rebuilt import with_parts
from samewire.export.context import Context
from samewire.export.refusals import as_core_schema


def tightened(core: CoreSchema, limit: Limit) -> CoreSchema:
    """``core`` with a limit beside the one that it has; a schema with a limit of its own is no named type any more."""
    return with_parts(core, **{limit.name: limit.tightened(core.get(limit.name))})


def is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal | Fraction)


def has_unknown_order(limit: Limit) -> bool:
    """Whether values other than numbers and moments may be compared with it."""
    known = is_number(limit.value) or isinstance(limit.value, tuple(MOMENTS.values()))
    return limit.name in BOUNDS and not known


def refused(context: Context, limit: Limit) -> CoreSchema:
    message = f"a limit of {limit.value!r}, with which texts can't be compared in a schema"
    return refuse(context, message, "check it in a validator")


def refuse(context: Context, message: str, hint: str) -> CoreSchema:
    return as_core_schema(context.refuse("no-json-form", message, hint))
