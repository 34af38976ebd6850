"""
What a schema leaves out, as schemas.

A value is out of a schema if one of its keywords refuses it, so the complement is a choice with an alternative for each keyword:
``minLength: 3`` leaves ``{"type": "string", "maxLength": 2}``. Keywords whose complement no schema says exactly (an array of which
some element is wrong, text that is not a date) are named instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from samewire.lower.formats import constrains
from samewire.lower.references import resolve
from samewire.lower.scope import DERIVED, Scope, Site
from samewire.lower.strings import regex
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


@dataclass(frozen=True, slots=True)
class Inexact:
    """The keyword of which no schema says what it leaves out."""

    keyword: str


def complement(site: Site, scope: Scope) -> list[Site] | Inexact:
    """The alternatives whose values are exactly those that ``site``, an object, leaves out."""
    found: list[Schema] = []
    for keyword in sorted(site.schema):
        if keyword not in (keywords.OWN | keywords.APPLICATORS) or keyword == "discriminator":
            continue
        alternatives = _of_keyword(keyword, site, scope)
        if alternatives is None:
            return Inexact(keyword)
        found += alternatives
    return [
        Site(schema, site.at(DERIVED, str(index)), derived=True)
        for index, schema in enumerate(found)
    ]


def _of_keyword(keyword: str, site: Site, scope: Scope) -> list[Schema] | None:
    value = site.schema[keyword]
    match keyword:
        case "type":
            return _other_types(value)
        case "const":
            return [{"not": {"enum": [value]}}]
        case "enum":
            return [{"not": {"enum": value}}] if isinstance(value, list) and value else None
        case "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum":
            limit = scope.number(site, keyword)
            return None if limit is None else [{"type": "number", _LIMITS[keyword]: limit}]
        case "pattern":
            return _other_texts(site, scope)
        case "format" | "contentEncoding":
            return None if constrains(site) else []
    if keyword[3:] in _COUNTS and keyword[:3] in ("min", "max"):
        return _other_counts(keyword, site, scope)
    if keyword in keywords.APPLICATORS:
        return _of_applicator(keyword, site, scope)
    if keyword in keywords.ARRAY:
        return _other_arrays(keyword, site, scope)
    if keyword in keywords.OBJECT:
        return _other_objects(keyword, site, scope)
    return None


def _other_types(value: Any) -> list[Schema] | None:
    names = value if isinstance(value, list) else [value]
    if not names or any(name not in keywords.TYPES for name in names):
        return None
    others = [name for name in keywords.TYPES if name not in (*names, "integer")]
    if "number" not in names and "integer" in names:
        others.remove("number")
        return [{"type": others}, {"type": "number", "not": {"type": "integer"}}]
    return [{"type": others}] if others else []


def _other_texts(site: Site, scope: Scope) -> list[Schema] | None:
    source = scope.text(site, "pattern")
    if source is None or site.has("x-samewire-pattern-flags"):
        return None
    if regex(source, site.at("pattern"), scope) is None:
        return []
    return [{"type": "string", "pattern": rf"^(?![\s\S]*(?:{source}))"}]


def _other_counts(keyword: str, site: Site, scope: Scope) -> list[Schema] | None:
    limit = scope.count(site, keyword)
    if limit is None:
        return None
    what = keyword[3:]
    if keyword.startswith("max"):
        return [{"type": _COUNTS[what], f"min{what}": limit + 1}]
    return [{"type": _COUNTS[what], f"max{what}": limit - 1}] if limit else []


def _of_applicator(keyword: str, site: Site, scope: Scope) -> list[Schema] | None:
    match keyword:
        case "$ref":
            target = resolve(site, scope)
            return [] if target is None else [{"not": target.schema}]
        case "not":
            return [{"allOf": [site.schema["not"]]}]
        case "allOf":
            return [{"not": each.schema} for each in scope.schemas(site, "allOf")]
        case "anyOf" | "oneOf":
            members = [each.schema for each in scope.schemas(site, keyword)]
            none: Schema = {"allOf": [{"not": each} for each in members]}
            pairs = [
                {"allOf": [each, other]}
                for index, each in enumerate(members)
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
    return None


def _other_arrays(keyword: str, site: Site, scope: Scope) -> list[Schema] | None:
    prefix = [each.schema for each in scope.schemas(site, "prefixItems", some=False)]
    match keyword, site.schema[keyword]:
        case ("prefixItems", _):
            return [
                {
                    "type": "array",
                    "minItems": index + 1,
                    "prefixItems": [*([{}] * index), {"not": each}],
                }
                for index, each in enumerate(prefix)
            ]
        case ("items", True) | ("uniqueItems", False):
            return []
        case ("items", False):
            return [{"type": "array", "minItems": len(prefix) + 1}]
        case ("contains", each) if not site.has("minContains", "maxContains"):
            return [{"type": "array", "items": {"not": each}}]
        case ("minContains" | "maxContains", _) if not site.has("contains"):
            return []
    return None


def _other_objects(keyword: str, site: Site, scope: Scope) -> list[Schema] | None:
    match keyword, site.schema[keyword]:
        case ("required", _):
            return [_without(key) for key in scope.texts(site, "required")]
        case ("properties", _):
            return [
                {"type": "object", "required": [key], "properties": {key: {"not": each.schema}}}
                for key, each in scope.named_schemas(site, "properties").items()
            ]
        case ("additionalProperties" | "propertyNames" | "unevaluatedProperties", True):
            return []
        case ("dependentRequired" | "dependentSchemas", _):
            return [
                {"allOf": [{"type": "object", "required": [key]}, {"not": each.schema}]}
                for key, each in dependents(keyword, site, scope)
            ]
    return None


def _without(key: str) -> Schema:
    return {"type": "object", "properties": {key: False}}


def dependents(keyword: str, site: Site, scope: Scope) -> Iterator[tuple[str, Site]]:
    """What has to hold when a key is there, by the keys."""
    if keyword == "dependentSchemas":
        yield from scope.named_schemas(site, keyword).items()
        return
    given = site.schema.get(keyword, {})
    if not isinstance(given, dict):
        scope.invalid(site, keyword, "an object of lists of keys")
        return
    for key, names in given.items():
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            scope.refuse("invalid-keyword", site.at(keyword, key), "is to be a list of keys")
            continue
        yield key, Site({"required": names}, site.at(keyword, key))
