"""
Types that are the same in several forms.

The forms of a class (emitted, emitted with other dump options, accepted) are one type when their schemas agree in everything
but annotations, given that what they refer to agrees as well (a greatest fixed point, so recursive types unify).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from samewire.export import walk
from samewire.export.definition_keys import Key, key_of
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
    several = {core_ref: list(own) for core_ref, own in forms.items() if len(own) > 1}
    texts = {
        str(key): _structure(bodies[str(key)])
        for core_ref, own in several.items()
        for key in (Key(form, core_ref) for form in own)
    }
    users: dict[str, set[str]] = {}
    for core_ref, own in several.items():
        for form in own:
            for used in walk.refs(bodies[str(Key(form, core_ref))]):
                users.setdefault(Key.parse(used).core_ref, set()).add(core_ref)
    # All forms of a class are taken for one to begin with; what tells them apart is then found out.
    for core_ref, own in several.items():
        forms[core_ref] = dict.fromkeys(own, own[0])
    pending = set(several)
    while pending:
        core_ref = pending.pop()
        classes = _classes(core_ref, several[core_ref], bodies, texts, forms)
        if classes != forms[core_ref]:
            forms[core_ref] = classes
            pending |= users.get(core_ref, set())
    return forms


def _classes(
    core_ref: str,
    own: Iterable[Form],
    bodies: Mapping[str, JsonSchema],
    texts: Mapping[str, str],
    forms: Mapping[str, Mapping[Form, Form]],
) -> dict[Form, Form]:
    first: dict[tuple[object, ...], Form] = {}
    result: dict[Form, Form] = {}
    for form in own:
        key = str(Key(form, core_ref))
        used = map(Key.parse, walk.refs(bodies[key]))
        # Within a class that was told apart before, forms never come together again.
        same_as = (forms.get(ref.core_ref, {}).get(ref.form, ref.form) for ref in used)
        signature = forms[core_ref][form], texts[key], *same_as
        result[form] = first.setdefault(signature, form)
    return result


def _structure(body: JsonSchema) -> str:
    """The schema's text without annotations, its references without a form."""

    def plain(schema: JsonSchema) -> JsonSchema:
        result = {key: value for key, value in schema.items() if key not in _ANNOTATIONS}
        if "$ref" in result:
            result["$ref"] = Key.parse(key_of(result)).core_ref
        return result

    return json.dumps(walk.rewrite(body, plain), sort_keys=True, default=repr)
