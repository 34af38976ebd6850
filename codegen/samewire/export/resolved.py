"""
What can be decided only when all definitions are there: the keys of tagged unions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from samewire.export import forms, walk
from samewire.export.aliases import NAMES, Name
from samewire.export.definition_keys import Key, is_root, key_of, ref_to
from samewire.graph import reachable
from samewire.scalars.floats import NON_FINITE
from samewire.scalars.view import JsonSchema

# Pydantic's reference of a class or type alias. One of an alias with further constraints, such as Name:140_MaxLen(max_length=2), is
# no type of its own.
_NAMED = re.compile(r"[^:]+\.[^:]+:\d+(?![\d_])")
_TAGS = "x-samewire-tags"


def resolve(
    bodies: Mapping[str, JsonSchema], classes: Mapping[str, type[Any] | None]
) -> dict[str, JsonSchema]:
    """Definitions as they go into the document; ``bodies`` as the generator left them, ``classes`` by core reference."""
    nameless = _nameless(bodies, classes)
    members = _Members(bodies, nameless)
    result: dict[str, JsonSchema] = {}

    def resolved(key: str, body: JsonSchema) -> JsonSchema:
        accepts = key.startswith(forms.ACCEPTS)

        def change(schema: JsonSchema) -> JsonSchema:
            if (key := key_of(schema)) in nameless:
                rest = {word: value for word, value in schema.items() if word != "$ref"}
                return {**walk.rewrite(bodies[key], change), **rest}
            if _TAGS in schema:
                return members.union(schema, accepts=accepts)
            if NON_FINITE in schema.get("anyOf", ()) and {"type": "null"} in schema["anyOf"]:
                return {**schema, "anyOf": [one for one in schema["anyOf"] if one != NON_FINITE]}
            return schema

        return walk.rewrite(body, change)

    for key, body in bodies.items():
        result[key] = resolved(key, body)
    while members.added:
        key, body = members.added.popitem()
        result[key] = resolved(key, body)
    return result


def _nameless(
    bodies: Mapping[str, JsonSchema], classes: Mapping[str, type[Any] | None]
) -> set[str]:
    """
    The definitions that have no name: their reference is not Pydantic's, of a class or alias, but one that an author made up.

    They stand where they are referred to, unless they are recursive.
    """
    nameless: set[str] = set()
    for key in bodies:
        core_ref = Key.parse(key).core_ref
        if not (is_root(core_ref) or classes.get(core_ref) or _NAMED.match(core_ref)):
            nameless.add(key)
    users = {key: [ref for ref in walk.refs(bodies[key]) if ref in nameless] for key in nameless}
    return {key for key in nameless if key not in reachable(users[key], users)}


class _Members:
    """
    The members of tagged unions.

    A tag must be there for the union to be read, although the member alone may have a default for it. Such a member is a definition
    of its own inside the union; ``added`` are those that are not yet resolved.
    """

    def __init__(self, bodies: Mapping[str, JsonSchema], nameless: Collection[str]) -> None:
        self.bodies = dict(bodies)
        self.nameless = nameless
        self.added: dict[str, JsonSchema] = {}

    def union(self, schema: JsonSchema, *, accepts: bool) -> JsonSchema:
        names: Sequence[str] = schema[_TAGS]
        rest = {key: value for key, value in schema.items() if key not in (_TAGS, "oneOf")}
        tag = next((name for name in names if self._all_have(schema["oneOf"], name)), None)
        if tag is None:
            return {**rest, "anyOf": schema["oneOf"]}
        if not accepts:
            return {**rest, "oneOf": schema["oneOf"], "discriminator": {"propertyName": tag}}
        members = [self._with_tag(member, tag, names) for member in schema["oneOf"]]
        if len(members) == 1:
            return {**members[0], **rest}  # a union of one class asks for the tag as well
        if any(self._has_names(member, tag) for member in members):
            # The tag may have another name, which no discriminator says.
            return {**rest, "anyOf": members}
        return {**rest, "oneOf": members, "discriminator": {"propertyName": tag}}

    def _all_have(self, members: Sequence[JsonSchema], name: str) -> bool:
        return all(self._has(member, name, frozenset()) for member in members)

    def _has(self, schema: Any, name: str, seen: frozenset[str]) -> bool:  # JSON
        if "$ref" in schema:
            key = key_of(schema)
            known = key not in seen and key in self.bodies
            return known and self._has(self.bodies[key], name, seen | {key})
        for many in ("oneOf", "anyOf"):
            if many in schema:
                return all(self._has(one, name, seen) for one in schema[many])
        return name in schema.get("properties", {})

    def _has_names(self, schema: JsonSchema, tag: str) -> bool:
        """Whether the tag of a member may have another name."""
        pending, seen = [schema], set[str]()
        while pending:
            one = pending.pop()
            key = key_of(one)
            if key in self.bodies and key not in seen:
                seen.add(key)
                pending.append(self.bodies[key])
            pending += [*one.get("oneOf", ()), *one.get("anyOf", ())]
            if any(_is_of(names, tag) for names in one.get(NAMES, ())):
                return True
        return False

    def _with_tag(self, schema: JsonSchema, tag: str, names: Sequence[str]) -> JsonSchema:
        """A member in which the tag must be there, under one of the names."""
        for many in ("oneOf", "anyOf"):
            if many in schema:
                members = [self._with_tag(one, tag, names) for one in schema[many]]
                return {**schema, many: members}
        if "$ref" in schema:
            key = key_of(schema)
            if key in self.nameless:
                rest = {word: value for word, value in schema.items() if word != "$ref"}
                return {**self._with_tag(self.bodies[key], tag, names), **rest}
            tagged = self._definition(key, tag, names)
            return schema if tagged == key else {**schema, **ref_to(tagged)}
        return _requiring(schema, tag, names)

    def _definition(self, key: str, tag: str, names: Sequence[str]) -> str:
        """The definition of a member that requires the tag: the member's own, if it already does."""
        body = self.bodies.get(key)
        if body is None or self._requires(body, tag, names, frozenset((key,))):
            return key
        own = Key.parse(key)
        form = own.form if "@" in own.form else f"{own.form}@"
        word = "".join(part[:1].upper() + part[1:] for part in re.split(r"\W+|_", tag))
        tagged = str(Key(f"{form}With{word}", own.core_ref))
        if tagged not in self.bodies:
            self.bodies[tagged] = body  # which may lead back here
            self.bodies[tagged] = self.added[tagged] = self._with_tag(body, tag, names)
        return tagged

    def _requires(
        self, schema: JsonSchema, tag: str, names: Sequence[str], seen: frozenset[str]
    ) -> bool:
        if "$ref" in schema:
            key = key_of(schema)
            if key in seen or key not in self.bodies:
                return True
            return self._requires(self.bodies[key], tag, names, seen | {key})
        for many in ("oneOf", "anyOf"):
            if many in schema:
                return all(self._requires(one, tag, names, seen) for one in schema[many])
        return _requiring(schema, tag, names) == schema


def _requiring(schema: JsonSchema, tag: str, names: Sequence[str]) -> JsonSchema:
    if tag not in schema.get("properties", {}):
        return schema
    needed = {*schema.get("required", ()), tag}
    result = {**schema, "required": [name for name in schema["properties"] if name in needed]}
    # The union looks for the tag under its own names only.
    read = result.pop(NAMES, ())
    kept = [[one for one in of if one in names] if _is_of(of, tag) else of for of in read]
    if several := [of for of in kept if of != [tag]]:
        result[NAMES] = several
    return result


def _is_of(names: Sequence[Name], tag: str) -> bool:
    """Whether an entry of ``x-samewire-names`` is that of the tag."""
    return tag == next((name for name in names if isinstance(name, str)), None)
