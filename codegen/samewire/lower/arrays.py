"""Arrays and tuples, from any number of schemas that hold at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from samewire import ir
from samewire.lower.excluded import checked
from samewire.lower.scope import Scope, Site
from samewire.schema.keywords import IN_PLACE


def array_type(sites: Sequence[Site], scope: Scope) -> ir.Type:
    _refuse(sites, scope)
    unique = any(scope.flag(site, "uniqueItems") for site in sites)
    array = _array(sites, unique, scope)
    checks = [check for site in sites for check in _contains(site, scope)]
    if unique and isinstance(array, ir.Tuple) and (array.rest is not None or len(array.prefix) > 1):
        checks.append(ir.UniqueItems())
    return checked(array, checks)


def _array(sites: Sequence[Site], unique: bool, scope: Scope) -> ir.Type:
    low, high = scope.counts(sites, "minItems", "maxItems")
    prefixes = [scope.schemas(site, "prefixItems", some=False) for site in sites]
    length = max(map(len, prefixes), default=0)
    rests = [_rest(site, scope) for site in sites]
    prefix: list[ir.Type] = []
    for index in range(length):
        at = [
            one[index] if index < len(one) else rest
            for one, rest in zip(prefixes, rests, strict=True)
        ]
        prefix.append(_element(at, scope))
    rest = _element(rests, scope)
    if low is not None and high is not None and low > high:
        return ir.Never()
    if not prefix and not isinstance(rest, ir.Never):
        return ir.Array(rest, low, high, unique)
    tuple_ = _tuple(prefix, rest, low or 0, high)
    return (
        tuple_ if tuple_.rest is not None or tuple_.min_items <= len(tuple_.prefix) else ir.Never()
    )


def _contains(site: Site, scope: Scope) -> Iterator[ir.Check]:
    item = scope.schema(site, "contains")
    if item is None:
        return
    low, high = scope.count(site, "minContains"), scope.count(site, "maxContains")
    low = 1 if low is None else low
    if low > 0 or high is not None:
        yield ir.Contains(scope.type_of(item), low, high)


def _rest(site: Site, scope: Scope) -> Site | None:
    """What holds for the elements that ``prefixItems`` does not describe."""
    if site.has("items") or site.has(*IN_PLACE, "contains"):
        return scope.schema(site, "items")
    return scope.schema(site, "unevaluatedItems")


def _element(schemas: Sequence[Site | None], scope: Scope) -> ir.Type:
    given = [schema for schema in schemas if schema is not None]
    return scope.type_of(*given) if given else ir.Unknown()


def _tuple(prefix: list[ir.Type], rest: ir.Type, low: int, high: int | None) -> ir.Tuple:
    """Cut where no more elements are allowed, or where one would have to be of a type without values."""
    length = next(
        (index for index, each in enumerate(prefix) if isinstance(each, ir.Never)), len(prefix)
    )
    if length < len(prefix) or isinstance(rest, ir.Never) or (high is not None and high <= length):
        return ir.Tuple(tuple(prefix[: length if high is None else min(length, high)]), None, low)
    return ir.Tuple(tuple(prefix), rest, low, high)


def _refuse(sites: Sequence[Site], scope: Scope) -> None:
    for site in sites:
        if isinstance(site.schema.get("items"), list):
            hint = "as in draft 7; since 2019-09 the schemas by position are prefixItems, and additionalItems is items"
            scope.refuse(
                "invalid-keyword", site.at("items"), "items is one schema, not a list", hint
            )
