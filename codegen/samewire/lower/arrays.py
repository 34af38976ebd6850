"""Arrays and tuples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from samewire import ir
from samewire.lower.scope import BeyondSubsetError, Scope, Site
from samewire.lower.strings import decoded_to
from samewire.lower.unions import checked
from samewire.scalars.decoded import HOLDS


def array_type(site: Site, scope: Scope) -> ir.Type:
    if isinstance(site.schema.get("items"), list):
        raise BeyondSubsetError
    prefix = list(map(scope.type_of, scope.schemas(site, "prefixItems", some=False)))
    items = scope.schema(site, "items")
    rest = ir.Unknown() if items is None else scope.type_of(items)
    low, high = scope.counts([site], "minItems", "maxItems")
    unique = scope.flag(site, "uniqueItems")
    return marked([site], array_of(prefix, rest, low, high, unique=unique), scope)


def marked(sites: Sequence[Site], array: ir.Type, scope: Scope) -> ir.Type:
    """With what Python has of it, if the document says so."""
    is_set = any(scope.text(site, HOLDS) == "set" for site in sites)
    if not is_set or not isinstance(array, ir.Array):
        return array
    return replace(array, is_set=True, decode=decoded_to(sites, scope))


def array_of(
    prefix: Sequence[ir.Type], rest: ir.Type, low: int | None, high: int | None, *, unique: bool
) -> ir.Type:
    """Arrays of ``prefix`` by position and then any number of ``rest``, as many as the limits allow."""
    if low is not None and high is not None and low > high:
        return ir.Never()
    if not prefix and not isinstance(rest, ir.Never):
        return ir.Array(rest, low, high, unique)
    array = _tuple(prefix, rest, low or 0, high)
    if array.rest is None and array.min_items > len(array.prefix):
        return ir.Never()
    several = array.rest is not None or len(array.prefix) > 1
    return checked(array, [ir.UniqueItems()] if unique and several else [])


def _tuple(prefix: Sequence[ir.Type], rest: ir.Type, low: int, high: int | None) -> ir.Tuple:
    """Cut where no more elements are allowed, or where one would have to be of a type without values."""
    length = next((at for at, type_ in enumerate(prefix) if type_ == ir.Never()), len(prefix))
    if length < len(prefix) or isinstance(rest, ir.Never) or (high is not None and high <= length):
        return ir.Tuple(tuple(prefix[: length if high is None else min(length, high)]), None, low)
    return ir.Tuple(tuple(prefix), rest, low, high)
