"""Limits on numbers, dates and times."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from fractions import Fraction

from samewire.coreschema import CoreSchema
from samewire.coreschema.limits import BOUNDS, DIGITS, LENGTHS, Limit
from samewire.export.context import Context
from samewire.export.limits.comparing import is_number, refuse, tightened
from samewire.export.limits.pending import NO_VALUE
from samewire.scalars.floats import EXACT_MULTIPLE_OF


def of_number(context: Context, core: CoreSchema, limit: Limit) -> CoreSchema:
    name, value = limit.name, limit.value
    if name == "allow_inf_nan":
        return {**core, "allow_inf_nan": False}
    if name in DIGITS:
        return tightened(core, limit) if core["type"] == "decimal" else NO_VALUE
    if not is_number(value) or name in LENGTHS:
        return NO_VALUE
    if name == "multiple_of":
        return _multiple(context, core, value)
    return NO_VALUE if math.isnan(value) else tightened(core, limit)


def _multiple(context: Context, core: CoreSchema, value: float | Decimal | Fraction) -> CoreSchema:
    kind = core["type"]
    mixed = isinstance(value, float) if kind == "decimal" else isinstance(value, Decimal)
    if mixed and kind in ("float", "decimal"):
        return NO_VALUE  # Python divides no float by a decimal, nor the other way round
    if kind == "int":
        numerator = Fraction(value).numerator
        known = Fraction(core.get("multiple_of", 1)).numerator
        return {**core, "multiple_of": math.lcm(numerator, known)}
    key = EXACT_MULTIPLE_OF if kind == "float" else "multiple_of"
    if core.get(key, value) != value:
        message = "several multiple_of, of which each is checked"
        return refuse(context, message, "write one multiple_of")
    return {**core, key: value}


def of_moment(context: Context, core: CoreSchema, limit: Limit) -> CoreSchema:
    kind, name, value = core["type"], limit.name, limit.value
    if name == "multiple_of" and kind == "timedelta" and core.get(name, value) == value:
        return {**core, name: value}
    if name not in BOUNDS or (kind == "date" and isinstance(value, dt.datetime)):
        return NO_VALUE
    if kind in ("timedelta", "date"):
        return tightened(core, limit)
    # Python compares no moment that has an offset with one that has none.
    zone = "naive" if value.utcoffset() is None else "aware"
    known = core.get("tz_constraint", zone)
    if (zone == "naive") is not (known == "naive"):
        return NO_VALUE
    try:
        return {**tightened(core, limit), "tz_constraint": known}
    except TypeError:
        return refuse(context, "limits with a UTC offset and without one", "keep one of them")
