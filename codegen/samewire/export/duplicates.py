"""
Generics that are one type, though Pydantic has several references for them.

A reference holds the identity of each argument as an object, of which ``int | None`` is another one each time that it is written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from samewire.export import walk
from samewire.export.definition_keys import Key, key_of, ref_to, without_ids
from samewire.scalars.view import JsonSchema


def merged(bodies: Mapping[str, JsonSchema]) -> dict[str, JsonSchema]:
    """Definitions of which those are one that are called the same and say the same, given that what they refer to does as well."""
    classes = {key: key for key in bodies}
    alike: dict[tuple[str, str], list[str]] = {}
    for key in bodies:
        parsed = Key.parse(key)
        if "[" in parsed.core_ref:
            alike.setdefault((parsed.form, without_ids(parsed.core_ref)), []).append(key)
    groups = [keys for keys in alike.values() if len(keys) > 1]
    texts = {key: _without_refs(bodies[key]) for keys in groups for key in keys}
    for keys in groups:
        classes |= dict.fromkeys(keys, keys[0])
    changed = bool(groups)
    while changed:
        signatures = {
            key: (classes[key], text, *(classes.get(ref, ref) for ref in walk.refs(bodies[key])))
            for key, text in texts.items()
        }
        firsts: dict[tuple[str, ...], str] = {}
        new = {key: firsts.setdefault(seen, key) for key, seen in signatures.items()}
        changed = any(classes[key] != first for key, first in new.items())
        classes |= new

    def change(schema: JsonSchema) -> JsonSchema:
        key = key_of(schema)
        return {**schema, **ref_to(classes[key])} if classes.get(key, key) != key else schema

    if not groups:
        return dict(bodies)
    return {
        key: walk.rewrite(bodies[key], change) for key, first in classes.items() if key == first
    }


def _without_refs(body: JsonSchema) -> str:
    bare = walk.rewrite(body, lambda schema: {**schema, "$ref": ""} if "$ref" in schema else schema)
    return json.dumps(bare, sort_keys=True, default=repr)
