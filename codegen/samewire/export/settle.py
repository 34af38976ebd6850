"""
What can be decided only when all definitions are there: alias choices and the keys of tagged unions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from samewire.export import aliases, forms, subset, walk
from samewire.export.definition_keys import Key, is_root, key_of
from samewire.scalars.floats import NON_FINITE
from samewire.scalars.view import JsonSchema

# Pydantic's reference of a class or type alias. One of an alias with further constraints, such as Name:140_MaxLen(max_length=2), is
# no type of its own.
_NAMED = re.compile(r"[^:]+\.[^:]+:\d+(?![\d_])")
_TAGS = "x-samewire-tags"


def settle(
    bodies: Mapping[str, JsonSchema], classes: Mapping[str, type[Any] | None]
) -> dict[str, JsonSchema]:
    """Definitions as they go into the document; ``bodies`` as the generator left them, ``classes`` by core reference."""
    nameless = _nameless(bodies, classes)
    required: dict[str, set[str]] = {}
    for key, body in bodies.items():
        # What is emitted says by itself whether the tag is there.
        for union in _unions(body) if key.startswith(forms.ACCEPTS) else ():
            tag = _tag(union, bodies)
            for member in union["oneOf"] if tag else ():
                _require(member, tag or "", bodies, required, key)

    def change(schema: JsonSchema) -> JsonSchema:
        if (key := key_of(schema)) in nameless:
            rest = {word: value for word, value in schema.items() if word != "$ref"}
            return {**walk.rewrite(bodies[key], change), **rest}
        if aliases.CHOICES in schema:
            schema = aliases.expand(schema)
        if _TAGS in schema:
            return _settled_union(schema, bodies)
        if NON_FINITE in schema.get("anyOf", ()) and {"type": "null"} in schema["anyOf"]:
            return {**schema, "anyOf": [one for one in schema["anyOf"] if one != NON_FINITE]}
        return schema

    return {
        key: walk.rewrite(_with_required(body, required.get(key, set())), change)
        for key, body in bodies.items()
    }


def _nameless(
    bodies: Mapping[str, JsonSchema], classes: Mapping[str, type[Any] | None]
) -> set[str]:
    """
    The definitions that have no name: their reference is not Pydantic's, of a class or alias, but one that an author made up.

    They stand where they are referred to, unless they are recursive.
    """
    found: set[str] = set()
    for key in bodies:
        core_ref = Key.parse(key).core_ref
        if not (is_root(core_ref) or classes.get(core_ref) or _NAMED.match(core_ref)):
            found.add(key)
    users = {key: [ref for ref in walk.refs(bodies[key]) if ref in found] for key in found}
    return {key for key in found if key not in subset.dependents(users[key], users)}


def _unions(schema: JsonSchema) -> Iterator[JsonSchema]:
    if _TAGS in schema:
        yield schema
    for child in walk.children(schema):
        yield from _unions(child)


def _settled_union(schema: JsonSchema, bodies: Mapping[str, JsonSchema]) -> JsonSchema:
    rest = {key: value for key, value in schema.items() if key not in (_TAGS, "oneOf")}
    tag = _tag(schema, bodies)
    if tag is None:
        return {**rest, "anyOf": schema["oneOf"]}
    return {**rest, "oneOf": schema["oneOf"], "discriminator": {"propertyName": tag}}


def _tag(union: JsonSchema, bodies: Mapping[str, JsonSchema]) -> str | None:
    """The first candidate that every member has as a property."""
    for name in union[_TAGS]:
        if all(_has(member, name, bodies, frozenset()) for member in union["oneOf"]):
            return str(name)
    return None


def _has(
    schema: Any, name: str, bodies: Mapping[str, JsonSchema], seen: frozenset[str]
) -> bool:  # JSON
    if "$ref" in schema:
        key = key_of(schema)
        return key not in seen and key in bodies and _has(bodies[key], name, bodies, seen | {key})
    for many in ("oneOf", "anyOf"):
        if many in schema:
            return all(_has(one, name, bodies, seen) for one in schema[many])
    return name in schema.get("properties", {})


def _require(
    member: JsonSchema,
    tag: str,
    bodies: Mapping[str, JsonSchema],
    required: dict[str, set[str]],
    owner: str,
) -> None:
    """
    A tag must be there for the union to be read, although the member alone has a default for it.

    The member's own definition says so then, which accepts a little less than Pydantic does outside the union.
    """
    if "$ref" in member:
        key = key_of(member)
        body = bodies.get(key, {})
        if "properties" in body:
            required.setdefault(key, set()).add(tag)
        elif key != owner:
            for many in ("oneOf", "anyOf"):
                for one in body.get(many, ()):
                    _require(one, tag, bodies, required, key)


def _with_required(body: JsonSchema, tags: set[str]) -> JsonSchema:
    if not tags:
        return body
    needed = {*body.get("required", ()), *tags}
    return {**body, "required": [name for name in body["properties"] if name in needed]}
