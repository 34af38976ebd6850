"""A schema document with every keyword in it, and ways to spoil it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, TypeAlias

from hypothesis import strategies as st
from samewire.schema import keywords

from tests.conformance.hostile.texts import json_texts

Pointer: TypeAlias = tuple[str | int, ...]

DOCUMENT: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "contract",
    "x-samewire-output": "web/contract",
    "x-samewire-runtime": "web/runtime",
    "x-samewire-python": "worker/contract.py",
    "x-samewire-docs": "docs",
    "$defs": {
        "Model": {
            "x-samewire-root": ["emits", "accepts"],
            "title": "A title",
            "description": "What it is.\nIn two lines.",
            "x-samewire-deprecated": "No more.",
            "x-samewire-source": "app:Model",
            "x-note": {"text": ["anything"]},
            "type": "object",
            "properties": {
                "key": {"type": "string", "default": "text", "examples": ["a", {"b": "c"}]},
                "scheme": {
                    "type": "string",
                    "format": "uri",
                    "x-samewire-url-schemes": ["https"],
                },
                "day": {"type": "string", "format": "date", "formatMinimum": "2020-01-01"},
                "price": {"type": "string", "format": "decimal", "x-samewire-multiple-of": "0.01"},
                "count": {"type": "integer", "minimum": 0, "exclusiveMaximum": 1.5e3},
                "pattern": {
                    "type": "string",
                    "pattern": "^[^/]+/?$",
                    "x-samewire-pattern-source": r"^[^/]+/?\z",
                    "x-samewire-pattern-flags": "iu",
                },
                "template": {"type": "string", "pattern": "^data-"},
                "literal": {"enum": ["one", "two", None, 1]},
                "constant": {"const": "text"},
                "record": {
                    "type": "object",
                    "propertyNames": {"enum": ["a", "b"]},
                    "additionalProperties": {"$ref": "#/$defs/Color"},
                    "minProperties": 1,
                },
                "pair": {
                    "type": "array",
                    "prefixItems": [{"type": "string", "minLength": 1}],
                    "items": {"x-samewire-type": "json"},
                    "maxItems": 3,
                },
                "next": {"anyOf": [{"$ref": "#/$defs/Model"}, {"type": "null"}]},
                "set": {"type": "array", "items": {}, "uniqueItems": True},
            },
            "required": ["key", "literal"],
            "additionalProperties": {"type": "string"},
        },
        "Color": {
            "type": "string",
            "enum": ["red", "green"],
            "x-enum-varnames": ["RED", "GREEN"],
            "x-enum-descriptions": ["Hot.", ""],
            "description": "Which.",
        },
        "Choice": {
            "oneOf": [{"$ref": "#/$defs/First"}, {"$ref": "#/$defs/Second"}],
            "discriminator": {"propertyName": "kind", "mapping": {"first": "#/$defs/First"}},
        },
        "First": {
            "type": "object",
            "properties": {"kind": {"const": "first"}},
            "required": ["kind"],
        },
        "Second": {
            "type": "object",
            "properties": {"kind": {"const": "second"}},
            "required": ["kind"],
            "additionalProperties": False,
        },
    },
}

_KEYWORDS = sorted({*keywords.OWN, *keywords.APPLICATORS, *keywords.ANNOTATIONS, *keywords.REFUSED})
_FORMATS = ("date-time", "time", "duration", "uuid", "email", "json-string", "ipvanynetwork")
_VALUES = (
    json_texts
    | st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from([-0.0, 1e-7, 1e300, 2**53 + 1, -(10**30), [], {}, "string", "#", *_FORMATS])
)
_SCHEMAS = st.recursive(
    _VALUES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(_KEYWORDS) | json_texts, inner, max_size=3)
    ),
    max_leaves=6,
)


def _pointers(value: Any, at: Pointer = ()) -> Iterator[Pointer]:
    yield at
    children = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, child in children:
        yield from _pointers(child, (*at, key))


@st.composite
def spoiled(draw: st.DrawFn) -> dict[str, Any]:
    """The document with a few of its values replaced, keys renamed, and keywords added."""
    document = copy.deepcopy(DOCUMENT)
    for _ in range(draw(st.integers(1, 4))):
        pointer = draw(st.sampled_from(list(_pointers(document))[1:]))
        parent: Any = document
        for step in pointer[:-1]:
            parent = parent[step]
        last = pointer[-1]
        match draw(st.sampled_from(["text", "value", "key", "add"])):
            case "text" if isinstance(parent[last], str):
                parent[last] = draw(json_texts)
            case "key" if isinstance(parent, dict):
                parent[draw(json_texts)] = parent.pop(last)
            case "add" if isinstance(parent[last], dict):
                parent[last][draw(st.sampled_from(_KEYWORDS) | json_texts)] = draw(_SCHEMAS)
            case _:
                parent[last] = draw(_SCHEMAS)
    return document
