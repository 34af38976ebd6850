"""Literals combined with the keywords that limit them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from samewire import ir
from samewire.jsonschema.limits import admits_length, admits_number, has_format
from samewire.lower.literals import literal_type, of_types, type_name
from samewire.lower.scope import Scope, Site
from samewire.schema import keywords

_DECIDED_BY_CHECK: Final = {
    "string": keywords.STRING - {"minLength", "maxLength"},
    "array": keywords.ARRAY,
    "object": keywords.OBJECT,
}
"""By type, the keywords that are not decided about single values when a schema is lowered."""


def limited(
    values: Sequence[Any], types: Sequence[str] | None, sites: Sequence[Site], scope: Scope
) -> ir.Type:
    """Those of the values that have one of the types and are within the limits, as far as no check is needed for that."""
    kept = of_types(values, types)
    return literal_type(value for value in kept if _is_within(value, sites, scope))


def _is_within(value: Any, sites: Sequence[Site], scope: Scope) -> bool:
    match value:
        case None | bool():
            return True
        case int() | float():
            return admits_number(value, sites, scope)
        case str():
            return admits_length(value, sites, scope)
        case _:
            return True


def undecided(values: Sequence[Any], sites: Sequence[Site]) -> list[Site]:
    """The part of the schemas that only a check decides about values of these types."""
    present = {type_name(value) for value in values}
    result: list[Site] = []
    for site in sites:
        decided_by_check = {
            keyword
            for name in present & set(_DECIDED_BY_CHECK)
            for keyword in _DECIDED_BY_CHECK[name].intersection(site.schema)
            if keyword not in ("format", "contentEncoding") or has_format(site)
        }
        if decided_by_check:
            others = {key: site.schema[key] for key in site.schema if key not in ("const", "enum")}
            result.append(replace(site, schema=others))
    return result
