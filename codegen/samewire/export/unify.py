"""
Types that are the same in several forms.

The forms of a class (emitted, emitted with other dump options, accepted) are one type when their schemas agree in everything
but annotations, given that what they refer to agrees as well (a greatest fixed point, so recursive types unify).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TypeAlias

from samewire.brand import BRAND
from samewire.export import walk
from samewire.export.definition_keys import REF, Key, key_of
from samewire.graph import alike
from samewire.scalars.view import JsonSchema

Form: TypeAlias = str

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
        "x-samewire-since",
    )
)


def same(bodies: Mapping[str, JsonSchema]) -> dict[str, dict[Form, Form]]:
    """
    For each core reference its forms, and of each the first form that is the same; keys are those of :class:`Key`, as text.

    The order of ``bodies`` is that of the forms.
    """
    forms: dict[str, dict[Form, Form]] = {}
    for key in bodies:
        parsed = Key.parse(key)
        forms.setdefault(parsed.core_ref, {})[parsed.form] = parsed.form
    groups = [
        [str(Key(form, core_ref)) for form in own]
        for core_ref, own in forms.items()
        if len(own) > 1
    ]
    several = [key for keys in groups for key in keys]
    labels = {key: _structure(bodies[key]) for key in several}
    first = alike(groups, labels, {key: [*walk.refs(bodies[key])] for key in several})
    for key, other in first.items():
        parsed = Key.parse(key)
        forms[parsed.core_ref][parsed.form] = Key.parse(other).form
    return forms


def _structure(body: JsonSchema) -> str:
    """The schema's text without annotations, its references without a form."""

    def plain(schema: JsonSchema) -> JsonSchema:
        result = {key: value for key, value in schema.items() if key not in _ANNOTATIONS}
        if "$ref" in result:
            result["$ref"] = Key.parse(key_of(result)).core_ref
        if BRAND in result:
            result[BRAND] = Key.parse(str(result[BRAND]).removeprefix(REF)).core_ref
        return result

    return json.dumps(walk.rewrite(body, plain), sort_keys=True, default=repr)
