"""
Types that are the same in both directions.

Two views of a class are one type when their schemas agree in everything but annotations, given that what they refer to
agrees as well (a greatest fixed point, so recursive types unify).
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from samewire.export import walk
from samewire.export.scalars import JsonSchema

_ANNOTATIONS = frozenset(
    (
        "title",
        "description",
        "examples",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
        "x-samewire-deprecated",
    )
)


def differing(bodies: Mapping[str, JsonSchema]) -> frozenset[str]:
    """The core references whose two views differ, among those that have two; keys are ``<mode>|<core reference>``."""
    views: dict[str, dict[str, JsonSchema]] = {}
    for key, body in bodies.items():
        mode, core_ref = key.split("|", 1)
        views.setdefault(core_ref, {})[mode] = body
    pairs = {core_ref: list(view.values()) for core_ref, view in views.items() if len(view) == 2}
    different = {ref for ref, (one, other) in pairs.items() if _structure(one) != _structure(other)}
    users: dict[str, set[str]] = {}
    for ref, (one, _) in pairs.items():
        for used in walk.refs(one):
            users.setdefault(used.split("|", 1)[1], set()).add(ref)
    waiting = list(different)
    while waiting:
        for user in users.get(waiting.pop(), set()) - different:
            different.add(user)
            waiting.append(user)
    return frozenset(different)


def _structure(body: JsonSchema) -> str:
    """The schema's text without annotations, its references without a direction."""

    def plain(schema: JsonSchema) -> JsonSchema:
        result = {key: value for key, value in schema.items() if key not in _ANNOTATIONS}
        if "$ref" in result:
            result["$ref"] = result["$ref"].split("|", 1)[1]
        return result

    return json.dumps(walk.rewrite(body, plain), sort_keys=True, default=repr)
