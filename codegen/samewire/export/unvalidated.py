"""
Defaults that no validation lets through, in the types that are emitted.

A type is compared with what is sent for a default (:class:`~samewire.export.defaults.Sent`) when all definitions are there. A value
that is not of the type becomes an alternative of it. A value that is another one each time has no exact form.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from samewire import ir
from samewire.errors import SchemaError
from samewire.export import walk
from samewire.export.contents import Contents
from samewire.export.defaults import SENT, Sent
from samewire.export.definition_keys import key_of, ref_to
from samewire.export.hooks import ANNOTATIONS
from samewire.export.refusals import Refusal, refusals_in
from samewire.export.unions import any_of
from samewire.graph import components, reachable, reversed_edges
from samewire.lower import lower
from samewire.lower.literals import exactly
from samewire.lower.unions import union
from samewire.scalars.view import JsonSchema
from samewire.values.depth import Types
from samewire.values.membership import matches

_SITE: Final = "default "
_LONG: Final = 60


def with_alternatives(
    bodies: Mapping[str, JsonSchema], contents: Contents
) -> dict[str, JsonSchema]:
    """Definitions in which every value that is sent for a default is of its field's type, or the field is refused."""
    parts, sent = _apart(bodies, contents)
    if not sent:
        return parts
    edges = contents.refs(parts)
    misfits = _misfits(parts, sent, edges)
    resolved: dict[str, JsonSchema] = {}

    def change(schema: JsonSchema) -> JsonSchema:
        site = key_of(schema)
        if site not in sent:
            return schema
        if site not in resolved:
            # A default may stand inside the type of another one.
            inner = walk.rewrite(parts[site], change)
            resolved[site] = _with(inner, sent[site]) if site in misfits else inner
        return resolved[site]

    return {
        key: parts[key] if sent.keys().isdisjoint(edges[key]) else walk.rewrite(parts[key], change)
        for key in bodies
    }


def _apart(
    bodies: Mapping[str, JsonSchema], contents: Contents
) -> tuple[dict[str, JsonSchema], dict[str, Sent]]:
    """The definitions, each type that has a default to compare a definition of its own; and what is sent for those."""
    refused = _refused(bodies, contents)
    parts: dict[str, JsonSchema] = {}
    sent: dict[str, Sent] = {}

    def change(schema: JsonSchema) -> JsonSchema:
        if SENT not in schema:
            return schema
        rest = {key: value for key, value in schema.items() if key != SENT}
        if next(refusals_in(rest), None) is not None or not refused.isdisjoint(walk.refs(rest)):
            return rest
        site = f"{_SITE}{len(sent)}"
        parts[site], sent[site] = rest, schema[SENT]
        return ref_to(site)

    for key, body in bodies.items():
        parts[key] = walk.rewrite(body, change)
    return parts, sent


def _refused(bodies: Mapping[str, JsonSchema], contents: Contents) -> set[str]:
    """The definitions that have a refusal inside, or depend on one that has."""
    users = reversed_edges(contents.refs(bodies))
    own = [key for key, found in contents.refusals(bodies).items() if found]
    return reachable([*own, *(ref for ref in users if ref not in bodies)], users)


# --- Comparing --------------------------------------------------------------------------------------------------------


def _misfits(
    parts: Mapping[str, JsonSchema], sent: Mapping[str, Sent], edges: Mapping[str, tuple[str, ...]]
) -> set[str]:
    """
    Which values are not of the types that they are sent for.

    Types inside come first: a default that holds another one is of its type when that one is.
    """
    # Keys are those of Pydantic, which a reference of JSON Schema can't hold as they are.
    names = {key: f"d{at}" for at, key in enumerate(parts)}
    definitions = _lowered(parts, [*sent], edges, names)
    types = Types(definitions)
    misfits: set[str] = set()
    for site in (key for group in components(sorted(parts), edges) for key in group if key in sent):
        value, fits = sent[site].value, sent[site].fits
        known = definitions.get(names[site])
        if fits is None:
            fits = known is None or matches(known.type, value, types)
        if not fits:
            misfits.add(site)
            if known is not None:
                wider = union([known.type, exactly(value)])
                definitions[known.name] = replace(known, type=wider)
    return misfits


def _lowered(
    parts: Mapping[str, JsonSchema],
    sites: Sequence[str],
    edges: Mapping[str, tuple[str, ...]],
    names: Mapping[str, str],
) -> dict[str, ir.Definition]:
    """The types of the sites and what they refer to, by name. What can't be lowered, which is said later, is left out."""

    def strict(schema: JsonSchema) -> JsonSchema:
        """Without the keys that a validator would drop: a default is sent whole."""
        result = {key: value for key, value in schema.items() if key != "x-samewire-order"}
        if "$ref" in result:
            result |= ref_to(names[key_of(result)])
        return {"additionalProperties": False, **result} if "properties" in result else result

    needed = {
        names[key]: walk.rewrite(parts[key], strict) for key in sorted(reachable(sites, edges))
    }
    try:
        contract = lower({"$defs": needed}, where="defaults")
    except SchemaError:
        if len(sites) == 1:
            return {}
        single = (_lowered(parts, [site], edges, names) for site in sites)
        return {name: definition for one in single for name, definition in one.items()}
    return {definition.name: definition for definition in contract.definitions}


# --- What becomes of it -----------------------------------------------------------------------------------------------


def _with(schema: JsonSchema, sent: Sent) -> JsonSchema:
    """The schema of a field that is sent a value which is not of its type."""
    if sent.varies:
        return Refusal(
            sent.where,
            "invalid-default",
            f"is sent with a default that is not of its type, and not the same each time ({_shown(sent.value)}): "
            "Pydantic does not validate defaults",
            "let the factory make a value of the type; or set validate_default=True, so that Pydantic converts what it makes",
        ).schema
    docs = {key: value for key, value in schema.items() if key in ANNOTATIONS}
    type_ = {key: value for key, value in schema.items() if key not in ANNOTATIONS}
    alone: JsonSchema = {"type": "null"} if sent.value is None else {"const": sent.value}
    return {**docs, **any_of([type_, alone])}


def _shown(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= _LONG else f"{text[:_LONG]}..."
