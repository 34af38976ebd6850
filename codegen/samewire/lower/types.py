"""
From a schema to a type: one descent over the schemas that the exporter writes (``docs/schema-format.md``).

The exporter never lets two schemas speak of one value, but for the patterns of a string. So a schema has one of a few forms, each
with its own set of keywords. A schema of any other form raises :class:`~samewire.lower.scope.BeyondSubsetError`, and
``samewire.jsonschema`` lowers its definition.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from samewire import ir
from samewire.brand import BRAND, NEW_TYPE
from samewire.decode import DECODE
from samewire.lower.arrays import array_type
from samewire.lower.discriminators import note_mapping, tag_of
from samewire.lower.keywords import check_keywords
from samewire.lower.literals import literal_type, of_types, values_of
from samewire.lower.numbers import integer_type, number_type
from samewire.lower.objects import object_type, record_type
from samewire.lower.references import resolve
from samewire.lower.scope import MAX_DEPTH, BeyondSubsetError, Scope, Site, shown
from samewire.lower.strings import content_checks, string_type
from samewire.lower.unions import checked, union
from samewire.lower.unlisted import unlisted
from samewire.open import OPEN
from samewire.scalars.decoded import HOLDS
from samewire.schema.keywords import APPLICATORS, NUMBER, OWN, STRING, TYPES
from samewire.schema.text import NAME_PARTS

_KEYWORDS: Final = OWN | APPLICATORS
_SCALARS: Final = ("integer", "number", "string")
_CONTENT: Final = "x-samewire-content"
PATTERN: Final = frozenset(("pattern", "x-samewire-pattern-flags"))
"""What a member of ``allOf`` may say."""


def type_of(site: Site, scope: Scope) -> ir.Type:
    """
    Returns the type of the values of a schema.

    Raises:
        BeyondSubsetError: the exporter writes no such schema.

    """
    if scope.depth >= MAX_DEPTH:
        refuse_depth(site, scope)
        return ir.Never()
    scope.depth += 1
    try:
        return _lower(site, scope)
    finally:
        scope.depth -= 1


def refuse_depth(site: Site, scope: Scope) -> None:
    message = f"nested more than {MAX_DEPTH} levels deep without a name"
    scope.refuse("too-deep", site.pointer, message, NAME_PARTS)


def _lower(site: Site, scope: Scope) -> ir.Type:
    schema = site.schema
    if isinstance(schema, bool):
        return ir.Unknown() if schema else ir.Never()
    if not isinstance(schema, dict):
        refuse_schema(site, scope)
        return ir.Never()
    check_keywords(site, scope)
    if OPEN in schema:
        return unlisted(site, scope)
    match sorted(_KEYWORDS.intersection(schema)):
        case [] | ["x-samewire-type"]:
            return any_value(site, scope)
        case ["$ref"]:
            return _reference(site, scope)
        case ["anyOf"]:
            return union(map(scope.type_of, scope.schemas(site, "anyOf")))
        case ["discriminator", "oneOf"]:
            return _tagged_union(site, scope)
        case ["not"] if schema["not"] == {}:
            return ir.Never()
        case ["const"] | ["enum"] | ["const" | "enum", "type"]:
            return _literal(site, scope)
        case keywords if "type" in keywords:
            return branded(_type_by_name(schema["type"], keywords, site, scope), site, scope)
        case _:
            raise BeyondSubsetError


def refuse_schema(site: Site, scope: Scope) -> None:
    message = f"a schema is an object, true or false, not {shown(site.schema)}"
    scope.refuse("invalid-schema", site.pointer, message)


def any_value(site: Site, scope: Scope) -> ir.Type:
    if scope.text(site, "x-samewire-type") == "json":
        return ir.JsonValue()
    if site.has("x-samewire-type"):
        scope.invalid(site, "x-samewire-type", '"json"')
    return ir.Unknown()


def _reference(site: Site, scope: Scope) -> ir.Type:
    target = resolve(site, scope)
    if target is None:
        return ir.Never()
    if target.pointer not in scope.names:
        raise BeyondSubsetError
    return ir.Ref(scope.names[target.pointer])


def _tagged_union(site: Site, scope: Scope) -> ir.Type:
    tag = tag_of(site, scope)
    if tag is None:
        raise BeyondSubsetError
    members = [scope.type_of(member) for member in scope.schemas(site, "oneOf")]
    note_mapping(site, tag, members, scope)
    return union(members, tag)


def _literal(site: Site, scope: Scope) -> ir.Type:
    name = site.schema.get("type")
    if name is not None and name not in TYPES:
        raise BeyondSubsetError
    values = values_of([site], scope) or []
    return literal_type(of_types(values, None if name is None else (name,)))


# --- One type ---------------------------------------------------------------------------------------------------------


def _type_by_name(name: Any, keywords: list[str], site: Site, scope: Scope) -> ir.Type:
    if name not in _SCALARS or _CONTENT in keywords:
        return _of_form(name, keywords, site, scope)
    said = repr([(keyword, site.schema[keyword]) for keyword in keywords])
    if (same := scope.scalars.get(said)) is not None:
        return same
    type_ = _of_form(name, keywords, site, scope)
    if not scope.diagnostics:
        scope.scalars[said] = type_
    return type_


def _of_form(name: Any, keywords: list[str], site: Site, scope: Scope) -> ir.Type:
    for known, lower, described in _FORMS:
        if name == known and described.issuperset(keywords):
            return lower(site, scope)
    raise BeyondSubsetError


def branded(type_: ir.Type, site: Site, scope: Scope) -> ir.Type:
    """The type with the brand that the schema declares."""
    if BRAND not in site.schema or not isinstance(type_, ir.String | ir.Integer | ir.Number):
        return type_
    target = resolve(site, scope, BRAND)
    if target is None:
        return type_
    known = target.pointer in scope.names and isinstance(target.schema, dict)
    if not known or target.schema.get(NEW_TYPE) is not True:
        scope.invalid(site, BRAND, f"a reference to a definition with {NEW_TYPE}")
        return type_
    return replace(type_, brand=scope.names[target.pointer])


def _string(site: Site, scope: Scope) -> ir.Type:
    members = scope.schemas(site, "allOf")
    for member in members:
        if not isinstance(member.schema, dict):
            raise BeyondSubsetError
        check_keywords(member, scope)
        if not PATTERN.issuperset(_KEYWORDS.intersection(member.schema)):
            raise BeyondSubsetError
    return checked(string_type([site, *members], scope), list(content_checks([site], scope)))


def _words(*keywords: str) -> frozenset[str]:
    return frozenset(("type", *keywords))


def _constant(type_: ir.Type) -> Callable[[Site, Scope], ir.Type]:
    return lambda _site, _scope: type_


_FORMS: Final[tuple[tuple[str, Callable[[Site, Scope], ir.Type], frozenset[str]], ...]] = (
    ("null", _constant(ir.Null()), _words()),
    ("boolean", _constant(ir.Boolean()), _words()),
    ("integer", lambda site, scope: integer_type([site], scope), _words(*NUMBER)),
    ("number", lambda site, scope: number_type([site], scope), _words(*NUMBER)),
    ("string", _string, _words(*STRING, "allOf")),
    (
        "array",
        array_type,
        _words("items", "prefixItems", "minItems", "maxItems", "uniqueItems", HOLDS, DECODE),
    ),
    (
        "object",
        record_type,
        _words("additionalProperties", "propertyNames", "minProperties", "maxProperties"),
    ),
    (
        "object",
        object_type,
        _words("properties", "required", "additionalProperties", "x-samewire-names"),
    ),
)
"""The forms of a schema with a ``type``, each with the keywords that it may have."""
