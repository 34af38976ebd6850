"""Arrays and tuples, from any number of schemas that hold at once."""

from __future__ import annotations

from collections.abc import Sequence

from samewire import ir
from samewire.lower.scope import Scope, Site
from samewire.schema.keywords import IN_PLACE, REFUSED


def array_type(sites: Sequence[Site], scope: Scope) -> ir.Type:
    _refuse(sites, scope)
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
    unique = any(scope.flag(site, "uniqueItems") for site in sites)
    if low is not None and high is not None and low > high:
        return ir.Never()
    if not prefix and not isinstance(rest, ir.Never):
        return ir.Array(rest, low, high, unique)
    tuple_ = _tuple(prefix, rest, low or 0, high)
    if unique and (tuple_.rest is not None or len(tuple_.prefix) > 1):
        hint = "drop one of them, or describe all elements alike with items"
        scope.refuse(
            "no-exact-form",
            sites[0].pointer,
            "uniqueItems has no exact form beside prefixItems",
            hint,
        )
    return (
        tuple_ if tuple_.rest is not None or tuple_.min_items <= len(tuple_.prefix) else ir.Never()
    )


def _rest(site: Site, scope: Scope) -> Site | None:
    """What holds for the elements that ``prefixItems`` does not describe."""
    if site.has("items") or not site.has("unevaluatedItems"):
        return scope.schema(site, "items")
    if site.has(*IN_PLACE) and site.schema["unevaluatedItems"] not in (True, {}):
        message = "unevaluatedItems has no exact form beside allOf, anyOf, oneOf and $ref"
        scope.refuse(
            "unsupported-keyword", site.at("unevaluatedItems"), message, REFUSED["unevaluatedItems"]
        )
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
        if site.has("contains"):
            scope.refuse(
                "unsupported-keyword",
                site.at("contains"),
                "contains has no exact form",
                REFUSED["contains"],
            )
