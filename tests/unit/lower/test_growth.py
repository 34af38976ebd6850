"""Lowering takes time in proportion to its schema, or refuses what would be written out many times its size."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest
from samewire.errors import SchemaError
from samewire.jsonschema import lower

from tests.unit.lower.support import INTEGER, STRING, ref, tagged

Schema = dict[str, Any]


def calls(document: Schema) -> int:
    """How many functions of Python lowering a document calls: its time, on any machine."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(note)
    try:
        lower(document, where="test.json")
    finally:
        sys.setprofile(None)
    return count


def one_of_references(size: int) -> Schema:
    return {"oneOf": [ref(f"M{index}") for index in range(size)]}


def with_members(union: Callable[[int], Schema]) -> Callable[[int], Schema]:
    def document(size: int) -> Schema:
        members = {f"M{index}": tagged("kind", f"m{index}") for index in range(size)}
        return {"$defs": {**members, "A": union(size)}}

    return document


def mapped(size: int, form: str) -> Schema:
    mapping = {f"m{index}": form.format(f"M{index}") for index in range(size)}
    return {
        **one_of_references(size),
        "discriminator": {"propertyName": "kind", "mapping": mapping},
    }


def inline(member: Callable[[int], Schema]) -> Callable[[int], Schema]:
    return lambda size: {"$defs": {"A": {"oneOf": [member(index) for index in range(size)]}}}


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(
            with_members(lambda size: mapped(size, "#/$defs/{}")), id="mapping of references"
        ),
        pytest.param(with_members(lambda size: mapped(size, "{}")), id="mapping of names"),
        pytest.param(with_members(one_of_references), id="references with a tag"),
        pytest.param(inline(lambda index: tagged("kind", index)), id="inline with a tag"),
        pytest.param(inline(lambda index: {"properties": {f"p{index}": STRING}}), id="inline"),
        pytest.param(inline(lambda index: {**STRING, "minLength": index + 1}), id="texts"),
    ],
)
def test_twice_the_members_take_twice_the_time(document: Callable[[int], Schema]) -> None:
    assert calls(document(700)) < 2.2 * calls(document(350))


OTHER = {"type": "object", "properties": {"other": STRING}}
WRAPPERS: dict[str, Callable[[Schema], Schema]] = {
    "oneOf": lambda inner: {"oneOf": [inner, OTHER]},
    "oneOf of texts": lambda inner: {"oneOf": [inner, {**STRING, "maxLength": 3}]},
    "oneOf in a list": lambda inner: {
        "oneOf": [{"type": "array", "items": inner}, {"type": "array"}]
    },
    "not oneOf": lambda inner: {"not": {"oneOf": [inner, OTHER]}},
    "unevaluatedProperties": lambda inner: {
        "oneOf": [inner, OTHER],
        "unevaluatedProperties": False,
    },
    "unevaluatedItems": lambda inner: {
        "type": "array",
        "contains": inner,
        "unevaluatedItems": False,
    },
    "patternProperties": lambda inner: {
        "type": "object",
        "patternProperties": {"^a": inner, "^b": INTEGER},
        "additionalProperties": False,
    },
    "beside alternatives": lambda inner: {
        "type": "object",
        "properties": {"inner": inner},
        "oneOf": [{"required": ["a"]}, {"required": ["b"]}],
    },
}


@pytest.mark.parametrize("wrap", WRAPPERS.values(), ids=WRAPPERS)
def test_what_doubles_with_every_level_is_refused(wrap: Callable[[Schema], Schema]) -> None:
    schema: Schema = {"type": "object", "properties": {"text": STRING}, "required": ["text"]}
    for _ in range(24):
        schema = wrap(schema)
    with pytest.raises(SchemaError) as caught:
        lower({"$defs": {"A": schema}}, where="test.json")
    assert "too-large" in {each.code for each in caught.value.diagnostics}


def test_a_large_schema_that_repeats_nothing_is_no_problem() -> None:
    properties = {f"p{index}": {"type": ["string", "integer"]} for index in range(15_000)}
    document = {"$defs": {"A": {"type": "object", "properties": properties}}}
    (definition,) = lower(document, where="test.json").definitions
    assert len(definition.type.properties) == 15_000
