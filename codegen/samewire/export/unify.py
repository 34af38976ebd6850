"""
Types that are the same in several forms.

The forms of a class (emitted, emitted with other dump options, accepted) are one type when their schemas agree in everything
but annotations, given that what they refer to agrees as well (a greatest fixed point, so recursive types unify).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from samewire.brand import BRAND
from samewire.export import walk
from samewire.export.definition_keys import REF, Key
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


def same(
    bodies: Mapping[str, JsonSchema], refs: Mapping[str, Sequence[str]]
) -> dict[str, dict[Form, Form]]:
    """
    For each core reference its forms, and of each the first form that is the same; keys are those of :class:`Key`, as text.

    The order of ``bodies`` is that of the forms; ``refs`` are the keys that each refers to.
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
    labels = {key: first for keys in groups for key, first in _labels(bodies, keys).items()}
    first = alike(groups, labels, refs)
    for key, other in first.items():
        parsed = Key.parse(key)
        forms[parsed.core_ref][parsed.form] = Key.parse(other).form
    return forms


def _labels(bodies: Mapping[str, JsonSchema], group: Sequence[str]) -> dict[str, str]:
    """Of each of a group the first one that says the same."""
    labels: dict[str, str] = {}
    for key in group:
        firsts = dict.fromkeys(labels.values())
        labels[key] = next((one for one in firsts if _agree(bodies[one], bodies[key])), key)
    return labels


def _agree(one: JsonSchema, other: JsonSchema) -> bool:
    """Whether two schemas say the same, annotations and the forms of what they refer to aside."""
    keys = one.keys() - _ANNOTATIONS
    if keys != other.keys() - _ANNOTATIONS:
        return False
    return all(_agree_at(key, one[key], other[key]) for key in keys)


def _agree_at(key: str, one: Any, other: Any) -> bool:  # any JSON values
    if one is other:
        return True
    if key in ("$ref", BRAND):
        return _core_ref(one) == _core_ref(other)
    parts, others = walk.parts(key, one), walk.parts(key, other)
    if parts is None or others is None:
        return _text(one) == _text(other)
    return parts.keys() == others.keys() and all(
        _agree(part, others[name])
        if isinstance(part, dict) and isinstance(others[name], dict)
        else _text(part) == _text(others[name])
        for name, part in parts.items()
    )


def _core_ref(ref: object) -> str:
    return Key.parse(str(ref).removeprefix(REF)).core_ref


def _text(value: object) -> str:
    """A value of JSON as text: Python takes ``1`` and ``True`` for equal."""
    return json.dumps(value, sort_keys=True, default=repr)
