"""
The complement of a schema, as schemas.

A value is out of a schema if one of its keywords refuses it, so the complement is a choice with an alternative for each keyword:
``minLength: 3`` leaves ``{"type": "string", "maxLength": 2}``. Of a keyword whose complement no other says (an array of which some
element is wrong, text that is not a date), the alternative is what is left of the type without it (:data:`LEFT_OUT`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from samewire.jsonschema.limits import has_format
from samewire.jsonschema.scope import DERIVED, LEFT_OUT, DerivedSite, Scope
from samewire.lower.references import resolve
from samewire.lower.scope import Site
from samewire.schema import keywords

Schema: TypeAlias = "dict[str, Any]"

_LIMITS: Final = {
    "minimum": "exclusiveMaximum",
    "exclusiveMaximum": "minimum",
    "maximum": "exclusiveMinimum",
    "exclusiveMinimum": "maximum",
}
_COUNTS: Final = {
    "Length": "string",
    "Items": "array",
    "Properties": "object",
}
_UNEVALUATED: Final = ("unevaluatedProperties", "unevaluatedItems")
# Keywords that take effect only together with another one, with which they are negated.
_ALONG: Final = frozenset(("minContains", "maxContains", "discriminator", "x-samewire-type"))


def complement(site: Site, scope: Scope) -> list[Site]:
    """The alternatives whose values are exactly those that ``site``, an object, leaves out."""
    if site.has(*_UNEVALUATED) and site.has(*keywords.IN_PLACE, "contains"):
        schemas: list[Schema] = [{LEFT_OUT: site}]
    else:
        known = sorted((keywords.OWN | keywords.APPLICATORS).intersection(site.schema) - _ALONG)
        schemas = [
            schema for keyword in known for schema in _keyword_complement(keyword, site, scope)
        ]
    return [
        DerivedSite(schema, site.at(DERIVED, str(index))) for index, schema in enumerate(schemas)
    ]


def _keyword_complement(keyword: str, site: Site, scope: Scope) -> list[Schema]:
    match keyword:
        case "type":
            return _other_types(site)
        case "const" | "enum":
            return [{LEFT_OUT: _part(site, keyword)}]
        case "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum":
            limit = scope.number(site, keyword)
            return [] if limit is None else [{"type": "number", _LIMITS[keyword]: limit}]
        case "multipleOf":
            return [{"type": "number", LEFT_OUT: _part(site, keyword)}]
    if keyword[3:] in _COUNTS and keyword[:3] in ("min", "max"):
        return _other_counts(keyword, site, scope)
    if keyword in keywords.APPLICATORS:
        return _applicator_complement(keyword, site, scope)
    if keyword in keywords.STRING:
        return _other_texts(keyword, site)
    if keyword in keywords.ARRAY:
        return _other_arrays(keyword, site, scope)
    return _other_objects(keyword, site, scope)


def _part(site: Site, *kept: str) -> Site:
    """Some of the keywords of a schema."""
    return Site({key: value for key, value in site.schema.items() if key in kept}, site.pointer)


def _other_types(site: Site) -> list[Schema]:
    value = site.schema["type"]
    names = value if isinstance(value, list) else [value]
    if any(name not in keywords.TYPES for name in names):
        return [{LEFT_OUT: site}]
    others = [name for name in keywords.TYPES if name not in (*names, "integer")]
    if "number" not in names and "integer" in names:
        others.remove("number")
        integers = Site({"type": "integer"}, site.pointer)
        return [{"type": others}, {"type": "number", LEFT_OUT: integers}]
    return [{"type": others}] if others else []


def _other_texts(keyword: str, site: Site) -> list[Schema]:
    if keyword == "pattern":
        return [{"type": "string", LEFT_OUT: _part(site, keyword, "x-samewire-pattern-flags")}]
    if keyword in ("format", "contentEncoding") and has_format(site):
        limits = keywords.STRING - {"minLength", "maxLength", "pattern", "x-samewire-pattern-flags"}
        return [{"type": "string", LEFT_OUT: _part(site, *limits)}]
    return []


def _other_counts(keyword: str, site: Site, scope: Scope) -> list[Schema]:
    limit = scope.count(site, keyword)
    what = keyword[3:]
    if limit is None:
        return []
    if keyword.startswith("max"):
        return [{"type": _COUNTS[what], f"min{what}": limit + 1}]
    return [{"type": _COUNTS[what], f"max{what}": limit - 1}] if limit else []


def _applicator_complement(keyword: str, site: Site, scope: Scope) -> list[Schema]:
    match keyword:
        case "$ref":
            target = resolve(site, scope)
            return [] if target is None else [{"not": target.schema}]
        case "not":
            return [{"allOf": [site.schema["not"]]}]
        case "allOf":
            return [{"not": member.schema} for member in scope.schemas(site, "allOf")]
        case "anyOf" | "oneOf":
            members = [member.schema for member in scope.schemas(site, keyword)]
            none: Schema = {"allOf": [{"not": member} for member in members]}
            pairs = [
                {"allOf": [member, other]}
                for index, member in enumerate(members)
                for other in members[:index]
            ]
            return [none, *pairs] if keyword == "oneOf" else [none]
        case "if":
            test = site.schema["if"]
            return [
                {"allOf": [chosen, {"not": site.schema[branch]}]}
                for branch, chosen in (("then", test), ("else", {"not": test}))
                if site.has(branch)
            ]
    return []


def _other_arrays(keyword: str, site: Site, scope: Scope) -> list[Schema]:
    prefix = [item.schema for item in scope.schemas(site, "prefixItems", some=False)]
    match keyword, site.schema[keyword]:
        case ("prefixItems", _):
            return [
                {
                    "type": "array",
                    "minItems": index + 1,
                    "prefixItems": [*([{}] * index), {"not": item}],
                }
                for index, item in enumerate(prefix)
            ]
        case ("items" | "unevaluatedItems", True) | ("uniqueItems", False):
            return []
        case ("unevaluatedItems", _) if site.has("items"):
            return []
        case ("items" | "unevaluatedItems", False):
            return [{"type": "array", "minItems": len(prefix) + 1}]
        case ("contains", item) if not site.has("minContains", "maxContains"):
            return [{"type": "array", "items": {"not": item}}]
        case ("items" | "unevaluatedItems", item):
            more = Site({"prefixItems": [True] * len(prefix), "items": item}, site.at(keyword))
            return [{"type": "array", LEFT_OUT: more}]
        case _:
            along = ("minContains", "maxContains") if keyword == "contains" else ()
            return [{"type": "array", LEFT_OUT: _part(site, keyword, *along)}]


def _other_objects(keyword: str, site: Site, scope: Scope) -> list[Schema]:
    match keyword, site.schema[keyword]:
        case ("required", _):
            return [_without(key) for key in scope.texts(site, "required")]
        case ("properties", _):
            return [
                {"type": "object", "required": [key], "properties": {key: {"not": value.schema}}}
                for key, value in scope.named_schemas(site, "properties").items()
            ]
        case ("additionalProperties" | "propertyNames" | "unevaluatedProperties", True):
            return []
        case ("unevaluatedProperties", _) if site.has("additionalProperties"):
            return []
        case ("additionalProperties" | "unevaluatedProperties", value):
            others = {
                "properties": dict.fromkeys(scope.named_schemas(site, "properties"), True),
                "patternProperties": dict.fromkeys(
                    scope.named_schemas(site, "patternProperties"), True
                ),
                "additionalProperties": value,
            }
            return [{"type": "object", LEFT_OUT: Site(others, site.pointer)}]
        case ("dependentRequired" | "dependentSchemas", _):
            return [
                {"allOf": [{"type": "object", "required": [key]}, {"not": schema.schema}]}
                for key, schema in dependents(keyword, site, scope)
            ]
        case _:
            return [{"type": "object", LEFT_OUT: _part(site, keyword)}]


def _without(key: str) -> Schema:
    return {"type": "object", "properties": {key: False}}


def dependents(keyword: str, site: Site, scope: Scope) -> Iterator[tuple[str, Site]]:
    """What has to hold when a key is there, by the keys."""
    if keyword == "dependentSchemas":
        yield from scope.named_schemas(site, keyword).items()
        return
    dependencies = site.schema.get(keyword, {})
    if not isinstance(dependencies, dict):
        scope.invalid(site, keyword, "an object of lists of keys")
        return
    for key, names in dependencies.items():
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            scope.refuse("invalid-keyword", site.at(keyword, key), "is to be a list of keys")
            continue
        yield key, Site({"required": names}, site.at(keyword, key))
