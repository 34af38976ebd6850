"""
Types that are one, though Pydantic has several references for them.

A reference holds the identity of a class, of which a function makes another one each time that it is called, and of each argument
of a generic, of which ``int | None`` is another one each time that it is written.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from samewire.export import walk
from samewire.export.definition_keys import Key, key_of, ref_to, without_constraint, without_own_id
from samewire.graph import alike
from samewire.scalars.view import JsonSchema


def merged(bodies: Mapping[str, JsonSchema]) -> dict[str, JsonSchema]:
    """Definitions of which those are one that are called the same and say the same, given that what they refer to does as well."""
    called: dict[tuple[str, str], list[str]] = {}
    for key in bodies:
        parsed = Key.parse(key)
        called.setdefault((parsed.form, without_own_id(parsed.core_ref)), []).append(key)
    groups = [keys for keys in called.values() if len(keys) > 1]
    several = [key for keys in groups for key in keys]
    labels = {key: _without_refs(bodies[key]) for key in several}
    first = alike(groups, labels, {key: [*walk.refs(bodies[key])] for key in several})
    kept = [key for key in bodies if first.get(key, key) == key]
    plain = _plain(kept)
    renamed = {key: plain[first.get(key, key)] for key in bodies}
    if all(key == other for key, other in renamed.items()):
        return dict(bodies)

    def change(schema: JsonSchema) -> JsonSchema:
        key = key_of(schema)
        return {**schema, **ref_to(renamed[key])} if renamed.get(key, key) != key else schema

    return {renamed[key]: walk.rewrite(bodies[key], change) for key in kept}


def _plain(keys: Sequence[str]) -> dict[str, str]:
    """
    Keys without the constraint that Pydantic appends to the reference, unless the type with and without it differ: what is emitted
    without and accepted with a constraint is one type.
    """
    plain = {
        key: str(Key(parsed.form, without_constraint(parsed.core_ref)))
        for key, parsed in ((key, Key.parse(key)) for key in keys)
    }
    counts = Counter(plain.values())
    return {key: other if counts[other] == 1 else key for key, other in plain.items()}


def _without_refs(body: JsonSchema) -> str:
    bare = walk.rewrite(body, lambda schema: {**schema, "$ref": ""} if "$ref" in schema else schema)
    return json.dumps(bare, sort_keys=True, default=repr)
