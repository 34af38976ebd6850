"""
Which keys of an object and elements of an array schemas evaluate, for ``unevaluatedProperties`` and ``unevaluatedItems``.

JSON Schema 2020-12, Core, section 11: the annotations of the keywords that describe the same value count, those of schemas that
it does not belong to do not. Which these are depends on the value where there are choices, so it is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from samewire import ir
from samewire.jsonschema.complement import dependents
from samewire.jsonschema.scope import Scope
from samewire.lower.references import resolve
from samewire.lower.scope import Site
from samewire.lower.strings import regex
from samewire.lower.unions import distinct
from samewire.schema.pointers import Pointer

NOTHING = ir.Evaluated()


def unevaluated_properties(site: Site, scope: Scope) -> Iterator[ir.Check]:
    known = _known(site, scope, _keys, frozenset(), outermost=True)
    rest = scope.schema(site, "unevaluatedProperties")
    if rest is not None and not known.everything and rest.schema not in (True, {}):
        yield ir.UnevaluatedProperties(known, scope.type_of(rest))


def unevaluated_items(site: Site, scope: Scope) -> Iterator[ir.Check]:
    known = _known(site, scope, _items, frozenset(), outermost=True)
    rest = scope.schema(site, "unevaluatedItems")
    if rest is not None and not known.everything and rest.schema not in (True, {}):
        yield ir.UnevaluatedItems(known, scope.type_of(rest))


def described(site: Site, scope: Scope) -> ir.Evaluated:
    """The keys that ``properties`` and ``patternProperties`` of a schema describe."""
    sources = scope.named_schemas(site, "patternProperties")
    parsed = (regex(source, site.at("patternProperties", source), scope) for source in sources)
    patterns = tuple(regex_ for regex_ in parsed if regex_ is not None)
    return ir.Evaluated(tuple(scope.named_schemas(site, "properties")), patterns)


def _keys(site: Site, scope: Scope, *, outermost: bool) -> ir.Evaluated:
    everything = site.has("additionalProperties") or (
        not outermost and site.has("unevaluatedProperties")
    )
    return ir.Evaluated(everything=True) if everything else described(site, scope)


def _items(site: Site, scope: Scope, *, outermost: bool) -> ir.Evaluated:
    if site.has("items") or (not outermost and site.has("unevaluatedItems")):
        return ir.Evaluated(everything=True)
    contains = scope.schema(site, "contains")
    return ir.Evaluated(
        items=len(scope.schemas(site, "prefixItems", some=False)),
        contains=() if contains is None else (scope.type_of(contains),),
    )


def _known(
    site: Site,
    scope: Scope,
    own: Callable[..., ir.Evaluated],
    path: frozenset[Pointer],
    *,
    outermost: bool = False,
) -> ir.Evaluated:
    if not isinstance(site.schema, dict) or site.pointer in path:
        return NOTHING
    path = path | {site.pointer}
    known = own(site, scope, outermost=outermost)
    for when, inner in _in_place(site, scope):
        described_there = _joined([_known(schema, scope, own, path) for schema in inner])
        if described_there != NOTHING:
            known = _joined([known, replace(described_there, when=when)])
    return known


def _in_place(site: Site, scope: Scope) -> Iterator[tuple[ir.Type | None, list[Site]]]:
    """The schemas for the same value, with the type of the values for which they count; ``None``: all."""
    for member in scope.schemas(site, "allOf"):
        yield None, [member]
    if site.has("$ref") and (target := resolve(site, scope)) is not None:
        yield None, [target]
    for keyword in ("anyOf", "oneOf"):
        for member in scope.schemas(site, keyword):
            yield scope.type_of(member), [member]
    test = scope.schema(site, "if")
    if test is not None:
        type_ = scope.type_of(test)
        then, otherwise = (scope.schema(site, key) for key in ("then", "else"))
        yield type_, [test] if then is None else [test, then]
        if otherwise is not None:
            yield ir.Checked(ir.Unknown(), (ir.Not(type_),)), [otherwise]
    for key, schema in dependents("dependentSchemas", site, scope):
        there = Site({"type": "object", "required": [key]}, schema.pointer)
        yield scope.type_of(there), [schema]


def _joined(several: list[ir.Evaluated]) -> ir.Evaluated:
    """What all of them know; what holds of every value in one."""
    always = [known for known in several if known.when is None]
    sometimes = [known for known in several if known.when is not None and known != NOTHING]
    if any(known.everything for known in always):
        return ir.Evaluated(everything=True)
    return ir.Evaluated(
        keys=tuple(dict.fromkeys(key for known in always for key in known.keys)),
        patterns=tuple(dict.fromkeys(one for known in always for one in known.patterns)),
        items=max((known.items for known in always), default=0),
        contains=tuple(distinct(one for known in always for one in known.contains)),
        inside=tuple(distinct((*(one for known in always for one in known.inside), *sometimes))),
    )
