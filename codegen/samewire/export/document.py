"""The schema document: definitions under their names, each form of a class once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from samewire.brand import BRAND
from samewire.errors import Diagnostic
from samewire.export import stream_order, walk
from samewire.export.contents import Contents
from samewire.export.definition_keys import REF, Key, key_of, ref_to
from samewire.export.form_names import Naming
from samewire.export.forms import ACCEPTS, EMITS
from samewire.graph import reachable, reversed_edges
from samewire.scalars.view import JsonSchema

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class Assembled:
    """A document, the names of its definitions and roots by their keys, and what can't be in it for want of a name."""

    document: dict[str, Any]
    names: Mapping[str, str]
    clashes: list[Diagnostic]


def assemble(
    name: str,
    bodies: Mapping[str, JsonSchema],
    roots: Sequence[str],
    naming: Naming,
    contents: Contents,
) -> Assembled:
    """The document of all ``bodies``."""
    aliased = {key: key_of(bodies[key]) for key in roots if bodies[key].keys() == {"$ref"}}
    order = naming.forms.in_order()

    def place(key: str) -> tuple[int, str]:
        form, _, config = Key.parse(key).form.partition("@")
        return order[form], config

    kept = {key: bodies[key] for key in sorted(bodies, key=place) if key not in aliased}
    refs = contents.refs(kept)
    names, clashes = naming.names(kept, refs)
    users, sources = reversed_edges(refs), naming.sources.of(kept)
    clashes = [replace(each, takes=_takes(each.where, sources, users)) for each in clashes]
    nameless = reachable((key for key in kept if key not in names), users)
    kept = {key: body for key, body in kept.items() if key not in nameless}
    known = {key: names[of] for key in roots if (of := aliased.get(key, key)) in kept}
    roots = [key for key in known if not naming.sources.is_part(Key.parse(key).core_ref)]
    definitions: dict[str, JsonSchema] = {}
    for key in sorted(kept, key=lambda one: names[one]):  # stable: what is emitted comes first
        if names[key] not in definitions:
            renamed = walk.rewrite(kept[key], lambda schema: _renamed(schema, names))
            definitions[names[key]] = {**renamed, "x-samewire-source": sources[key]}
    for root, directions in _directions(roots, known).items():
        definitions[root]["x-samewire-root"] = directions
    order = stream_order.gather(definitions, clashes)
    document = {
        "$schema": DIALECT,
        "title": name,
        **order,
        "$defs": definitions,
    }
    return Assembled(document, {key: names[key] for key in kept} | known, clashes)


def _takes(
    source: str, sources: Mapping[str, str], users: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """A type that has no name, and all that depend on it."""
    keys = (key for key, one in sources.items() if one == source)
    return tuple(sorted({sources[key] for key in reachable(keys, users)}))


def _directions(roots: Sequence[str], names: Mapping[str, str]) -> dict[str, list[str]]:
    """The definitions that are roots, each with the directions in which it is one."""
    directions: dict[str, list[str]] = {}
    for direction, mode in (("emits", EMITS), ("accepts", ACCEPTS)):
        for name in {names[key] for key in roots if key.startswith(mode)}:
            directions.setdefault(name, []).append(direction)
    return directions


def _renamed(schema: JsonSchema, names: Mapping[str, str]) -> JsonSchema:
    if BRAND in schema:
        key = str(schema[BRAND]).removeprefix(REF)
        return {**schema, BRAND: f"{REF}{names.get(key, '')}"}
    if "$ref" not in schema:
        return schema
    return {**schema, **ref_to(names.get(key_of(schema), ""))}
