"""Arrays and tuples, from any number of schemas that apply at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from samewire import ir
from samewire.jsonschema.scope import Scope
from samewire.lower.arrays import array_of, marked
from samewire.lower.scope import Site
from samewire.lower.unions import checked
from samewire.schema.keywords import IN_PLACE


def array_type(sites: Sequence[Site], scope: Scope) -> ir.Type:
    _refuse(sites, scope)
    low, high = scope.counts(sites, "minItems", "maxItems")
    prefixes = [scope.schemas(site, "prefixItems", some=False) for site in sites]
    rests = [_rest(site, scope) for site in sites]
    prefix: list[ir.Type] = []
    for index in range(max(map(len, prefixes), default=0)):
        at = [
            one[index] if index < len(one) else rest
            for one, rest in zip(prefixes, rests, strict=True)
        ]
        prefix.append(_element(at, scope))
    unique = any(scope.flag(site, "uniqueItems") for site in sites)
    array = marked(sites, array_of(prefix, _element(rests, scope), low, high, unique=unique), scope)
    return checked(array, [check for site in sites for check in _contains(site, scope)])


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
    stated = [schema for schema in schemas if schema is not None]
    return scope.type_of(*stated) if stated else ir.Unknown()


def _refuse(sites: Sequence[Site], scope: Scope) -> None:
    for site in sites:
        if isinstance(site.schema.get("items"), list):
            hint = "as in draft 7; since 2019-09 the schemas by position are prefixItems, and additionalItems is items"
            scope.refuse(
                "invalid-keyword", site.at("items"), "items is one schema, not a list", hint
            )
