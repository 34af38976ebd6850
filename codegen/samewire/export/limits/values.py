"""Limits on values that are listed, and on classes."""

from __future__ import annotations

from enum import Flag
from typing import Any

from samewire.coreschema import CoreSchema
from samewire.coreschema.limits import LENGTHS, Limit
from samewire.export.context import Context
from samewire.export.limits.comparing import refuse
from samewire.export.limits.pending import NO_VALUE


def admitted(core: CoreSchema, values: Any, limit: Limit) -> CoreSchema:
    """Those values that a limit admits."""
    kept = [value for value in values if limit.admits(value)]
    return core if len(kept) == len(values) else {"type": "literal", "expected": kept}


def of_enum(context: Context, core: CoreSchema, limit: Limit) -> CoreSchema:
    if core.get("missing") is not None or issubclass(core["cls"], Flag):
        return _refused(context, limit, "an enumeration that makes members of other values")
    return admitted(core, core["members"], limit)


def of_class(context: Context, core: CoreSchema, limit: Limit) -> CoreSchema:
    """A class has a length or an order only if it defines one, in Python."""
    cls = core.get("cls")
    if limit.name in LENGTHS:
        has_none = core["type"] != "typed-dict" and not hasattr(cls, "__len__")
    else:
        slot = f"__{'mod' if limit.name == 'multiple_of' else limit.name}__"
        has_none = getattr(cls, slot, None) in (None, getattr(object, slot, None))
    if has_none:
        return NO_VALUE
    return _refused(context, limit, "a class whose length or order Python decides")


def _refused(context: Context, limit: Limit, on: str) -> CoreSchema:
    message = f"the limit {limit.name}={limit.value!r} on {on}"
    return refuse(context, message, "check it in a validator")
