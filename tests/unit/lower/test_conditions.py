"""Conditions, negations and overlapping choices: verdicts on values, by a validator of the schema itself and by the type."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from samewire import ir
from samewire.jsonschema import lower

from tests.unit.lower.meaning import accepts
from tests.unit.lower.support import check_contract, type_of

KIND = {
    "type": "object",
    "properties": {"kind": {"enum": ["card", "iban"]}, "code": {"type": "string"}},
    "required": ["kind"],
}
IS_CARD = {"properties": {"kind": {"const": "card"}}, "required": ["kind"]}
VALUES: list[Any] = [
    None,
    True,
    0,
    1,
    2.5,
    "",
    "a",
    "a\n",
    "ab",
    [],
    [1],
    ["a", 1],
    *(
        {key: value for key, value in zip(("kind", "code", "a", "b"), found, strict=True) if value}
        for found in product(("card", "iban", 5, None), ("x", None), (1, "a", None), (1, None))
    ),
]
SCHEMAS: list[dict[str, Any]] = [
    {**KIND, "if": IS_CARD, "then": {"required": ["code"]}},
    {**KIND, "if": IS_CARD, "else": {"required": ["code"]}},
    {"if": {"type": "string"}, "then": {"minLength": 2}, "else": {"type": "object"}},
    {"not": {"type": ["string", "null"]}},
    {"not": {"const": "a"}},
    {"type": "string", "not": {"enum": ["a", ""]}},
    {"type": "number", "not": {"enum": [0, 1]}},
    {"not": {"enum": [True, 1, None]}},
    {"not": {"allOf": [{"type": "string", "enum": ["a", 1]}]}},
    {"not": {"allOf": [True, {"type": "null"}]}},
    {"not": {"required": ["a", "b"]}},
    {"not": {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}},
    {"not": {"properties": {"a": {"type": "number", "minimum": 1}}, "required": ["a"]}},
    {"not": {"type": "string", "pattern": "^a"}},
    {"not": {"type": "array", "maxItems": 1}},
    {"not": {"contains": {"const": 1}}},
    {"dependentRequired": {"a": ["b"], "b": ["code"]}},
    {"dependentSchemas": {"a": {"properties": {"b": False}, "required": ["code"]}}},
    {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
    {"oneOf": [{"type": "string"}, {"maxLength": 1}]},
    {"not": {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}},
]


@pytest.mark.parametrize("schema", SCHEMAS, ids=str)
def test_verdicts(schema: dict[str, Any]) -> None:
    from jsonschema import Draft202012Validator

    lowered = lower({"$defs": {"A": schema}}, where="test.json")
    check_contract(lowered)
    types = {each.name: each.type for each in lowered.definitions}
    validator = Draft202012Validator(schema)
    said = [validator.is_valid(value) for value in VALUES]
    assert [accepts(types["A"], value, types) for value in VALUES] == said
    assert {True, False} == set(said)


def test_what_is_left_is_written_out() -> None:
    kept = type_of({"enum": ["a", "b", 1, None], "not": {"enum": ["a", 1]}})
    assert kept == ir.Nullable(ir.Literal(("b",)))
    assert type_of({"not": {"type": "integer"}, "type": ["integer", "string"]}) == ir.String()


def test_an_object_without_properties_keeps_what_it_has() -> None:
    found = type_of({"type": "object", "not": {"required": ["a"]}})
    assert isinstance(found, ir.Object)
    assert found.extra == ir.Keep(ir.Unknown())
