"""Unions: members, null, tags, and what only one of several may match."""

from __future__ import annotations

from typing import Any

import pytest
from samewire import ir

from tests.unit.lower.support import (
    INTEGER,
    NULL,
    STRING,
    check_contract,
    contract,
    ref,
    refused,
    tagged,
    type_of,
    types,
)

TEXT, WHOLE, NUMBER, BOOL = ir.String(), ir.Integer(), ir.Number(), ir.Boolean()
BOOLEAN = {"type": "boolean"}
LIST = {"type": "array", "items": STRING}


def literal(*values: Any) -> ir.Literal:
    return ir.Literal(values)


@pytest.mark.parametrize(
    ("schema", "want"),
    [
        ({"anyOf": [STRING]}, TEXT),
        ({"anyOf": [STRING, INTEGER]}, ir.Union((TEXT, WHOLE))),
        ({"anyOf": [INTEGER, STRING, INTEGER]}, ir.Union((WHOLE, TEXT))),
        ({"anyOf": [STRING, {"type": "string", "description": "again"}]}, TEXT),
        ({"anyOf": [STRING, NULL]}, ir.Nullable(TEXT)),
        ({"anyOf": [NULL, STRING, INTEGER]}, ir.Nullable(ir.Union((TEXT, WHOLE)))),
        ({"anyOf": [NULL, NULL]}, ir.Null()),
        ({"anyOf": [STRING, {"anyOf": [INTEGER, NULL]}]}, ir.Nullable(ir.Union((TEXT, WHOLE)))),
        ({"anyOf": [{"anyOf": [STRING, NULL]}, NULL]}, ir.Nullable(TEXT)),
        (
            {"anyOf": [STRING, {"anyOf": [INTEGER, BOOLEAN], "description": "x"}]},
            ir.Union((TEXT, WHOLE, BOOL)),
        ),
        ({"anyOf": [STRING, {"oneOf": [INTEGER, BOOLEAN]}]}, ir.Union((TEXT, WHOLE, BOOL))),
        ({"anyOf": [STRING, False]}, TEXT),
        ({"anyOf": [False, False]}, ir.Never()),
        ({"anyOf": [STRING, {}]}, ir.Unknown()),
        ({"anyOf": [NULL, True]}, ir.Unknown()),
        ({"anyOf": [STRING, {"x-samewire-type": "json"}, NULL]}, ir.JsonValue()),
        (
            {"anyOf": [{"const": 1}, STRING, {"enum": [True, 1.0, None]}]},
            ir.Nullable(ir.Union((literal(1, True), TEXT))),
        ),
        ({"anyOf": [{"const": "a"}, {"const": "b"}]}, literal("a", "b")),
        ({"type": ["string", "null"]}, ir.Nullable(TEXT)),
        (
            {"type": ["null", "string", "array"], "items": STRING, "minLength": 2},
            ir.Nullable(ir.Union((ir.String(2), ir.Array(TEXT)))),
        ),
        ({"type": ["object", "string"], "properties": {}}, ir.Union((ir.Object(()), TEXT))),
        (
            {"type": ["string", "null"], "anyOf": [{"maxLength": 2}, NULL]},
            ir.Nullable(ir.String(max_length=2)),
        ),
        (
            {"type": "string", "anyOf": [{"maxLength": 2}, {"pattern": "a"}]},
            ir.Union((ir.String(max_length=2), ir.String(patterns=(ir.Regex.parse("a"),)))),
        ),
        ({"anyOf": [STRING, INTEGER], "allOf": [{"anyOf": [INTEGER, BOOLEAN]}]}, WHOLE),
        ({"anyOf": [STRING, INTEGER], "type": "number"}, WHOLE),
        ({"anyOf": [STRING, INTEGER], "enum": ["a", 1, None, 1.5]}, literal("a", 1)),
        ({"anyOf": [STRING, NULL], "not": {}}, ir.Never()),
        (
            {"anyOf": [{"const": []}, {"const": [1]}]},
            ir.Union((ir.Tuple(()), ir.Tuple((literal(1),), None, 1))),
        ),
    ],
)
def test_unions(schema: dict[str, Any], want: ir.Type) -> None:
    assert repr(type_of(schema)) == repr(want)


def test_members_that_are_references_stay_references() -> None:
    found = types(
        {
            "A": {"anyOf": [ref("B"), ref("C"), ref("B"), NULL]},
            "B": STRING,
            "C": {"anyOf": [INTEGER, NULL]},
        }
    )
    assert found["A"] == ir.Nullable(ir.Union((ir.Ref("B"), ir.Ref("C"))))


def test_a_type_beside_references_that_have_it_anyway() -> None:
    found = types(
        {
            "A": {"type": "object", "anyOf": [ref("B"), ref("C")]},
            "B": {"type": "object"},
            "C": {"anyOf": [tagged("k", 1), ref("B")]},
        }
    )
    assert found["A"] == ir.Union((ir.Ref("B"), ir.Ref("C")))


def test_alternatives_multiply_out_what_stands_beside_them() -> None:
    schema = {
        "type": "object",
        "properties": {"a": STRING, "b": INTEGER},
        "anyOf": [{"required": ["a"]}, {"required": ["b"]}],
        "additionalProperties": False,
    }
    a, b = ir.Property("a", TEXT, True), ir.Property("b", WHOLE, True)
    maybe_a, maybe_b = ir.Property("a", TEXT, False), ir.Property("b", WHOLE, False)
    assert type_of(schema) == ir.Union(
        (ir.Object((a, maybe_b), ir.REJECT), ir.Object((maybe_a, b), ir.REJECT))
    )


def test_alternatives_beside_a_reference() -> None:
    schema = {**ref("B"), "oneOf": [tagged("kind", "x"), tagged("kind", "y")]}
    a = ir.Property("a", TEXT, False)
    want = ir.Union(
        tuple(ir.Object((a, ir.Property("kind", literal(each), True))) for each in "xy"),
        "kind",
    )
    assert type_of(schema, B={"type": "object", "properties": {"a": STRING}}) == want


@pytest.mark.parametrize(
    ("schema", "want"),
    [
        ({"anyOf": []}, [("invalid-keyword", "./anyOf")]),
        ({"oneOf": {}}, [("invalid-keyword", "./oneOf")]),
        ({"allOf": [STRING, 1]}, [("invalid-schema", "./allOf/1")]),
        (
            {"anyOf": [STRING, {"type": "strin"}, "x"]},
            [("invalid-keyword", "./anyOf/1/type"), ("invalid-schema", "./anyOf/2")],
        ),
        (
            {"oneOf": [STRING, INTEGER], "discriminator": "kind"},
            [("invalid-keyword", "./discriminator")],
        ),
        (
            {"oneOf": [STRING, INTEGER], "discriminator": {}},
            [("invalid-keyword", "./discriminator")],
        ),
        (
            {"oneOf": [tagged("k", 1)], "discriminator": {"propertyName": "k", "mapping": []}},
            [("invalid-keyword", "./discriminator/mapping")],
        ),
    ],
)
def test_refusals(schema: dict[str, Any], want: list[tuple[str, str]]) -> None:
    assert refused(schema) == want


def test_too_many_alternatives(monkeypatch: pytest.MonkeyPatch) -> None:
    def choice(suffix: int) -> dict[str, Any]:
        return {
            "anyOf": [{"type": "string", "pattern": f"{letter}{suffix}"} for letter in "abcdefgh"]
        }

    found = type_of({"allOf": [choice(0), choice(1)]})
    assert isinstance(found, ir.Union)
    assert len(found.members) == 64
    checked = type_of({"allOf": [choice(each) for each in range(8)]})
    assert isinstance(checked, ir.Checked)
    assert isinstance(checked.type, ir.Union)
    assert [type(each) for each in checked.checks] == [ir.AllOf] * 7
    monkeypatch.setattr("samewire.jsonschema.types.MAX_COPIES", 50)
    assert refused({"allOf": [choice(0), choice(1)]}) == [("too-large", "#")]


# --- oneOf ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "disjoint"),
    [
        ([STRING, INTEGER, NULL, BOOLEAN, LIST, {"type": "object"}], True),
        ([{"const": "a"}, {"enum": ["b", 1]}, {"enum": [True, 1.5]}], True),
        ([INTEGER, {"type": "number"}], False),
        ([{"type": "integer", "maximum": 4}, {"type": "number", "exclusiveMinimum": 4}], True),
        ([{"type": "integer", "maximum": 4}, {"type": "number", "minimum": 4}], False),
        ([{"type": "integer", "exclusiveMaximum": 4}, {"type": "number", "minimum": 4}], True),
        ([STRING, False], True),
        ([tagged("a", 1), tagged("a", 2)], True),
        ([tagged("a", 1), {**tagged("b", 2), "additionalProperties": False}], True),
        ([tagged("a", 1), {"type": "object", "properties": {"a": {"const": 2}}}], True),
        (
            [tagged("a", 1), {"type": "object", "properties": {}, "additionalProperties": STRING}],
            True,
        ),
        (
            [
                tagged("a", "x", b=tagged("k", 1)),
                {"type": "object", "properties": {"b": STRING}, "required": ["b"]},
            ],
            True,
        ),
        (
            [
                {"type": "object", "properties": {"b": each}, "required": ["b"]}
                for each in (tagged("k", 1), tagged("k", 2))
            ],
            True,
        ),
        ([LIST, {"type": "array", "items": INTEGER}], False),
        ([{"type": "array", "maxItems": 2}, {"type": "array", "minItems": 3}], True),
        ([{**LIST, "minItems": 1}, {"type": "array", "items": INTEGER, "minItems": 1}], True),
        (
            [{"type": "array", "prefixItems": [{"const": each}], "minItems": 1} for each in (1, 2)],
            True,
        ),
        (
            [
                {"type": "array", "prefixItems": [STRING], "items": False},
                {"type": "array", "minItems": 2},
            ],
            True,
        ),
        ([ref("Name"), INTEGER], True),
        ([ref("Name"), {"const": "b"}], True),
        ([ref("Colour"), {"const": "b"}], True),
        ([ref("Both"), BOOLEAN], True),
        ([ref("Tree"), ref("Tree2")], False),
        ([ref("Tree"), ref("Tree3")], True),
    ],
)
def test_one_of_without_a_discriminator(members: list[Any], disjoint: bool) -> None:
    def tree(name: str, *kinds: int) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": {"kind": {"enum": [*kinds]}, "next": ref(name)},
            "required": ["next", "kind"],
        }

    defs = {
        "Name": {"const": "a"},
        "Colour": {"enum": ["a"], "x-enum-varnames": ["A"]},
        "Both": {"anyOf": [STRING, INTEGER, NULL]},
        "Tree": tree("Tree", 1),
        "Tree2": tree("Tree2", 1, 2),
        "Tree3": tree("Tree3", 3),
    }
    lowered = contract({"A": {"oneOf": members}, **defs})
    check_contract(lowered)
    (found,) = (each.type for each in lowered.definitions if each.name == "A")
    assert isinstance(found, ir.Checked) is not disjoint


@pytest.mark.parametrize(
    ("members", "want"),
    [
        ([{"const": 1}, {"const": 1.0}], ir.Never()),
        ([STRING, {"type": ["string", "null"]}], ir.Null()),
        ([NULL, {"anyOf": [STRING, NULL]}], TEXT),
        ([tagged("a", 1), tagged("a", 1, 2)], type_of(tagged("a", 2))),
    ],
)
def test_what_is_in_two_members_is_in_none(members: list[Any], want: ir.Type) -> None:
    assert type_of({"oneOf": members}) == want


def test_one_of_with_a_discriminator_is_what_it_says() -> None:
    schema = {
        "oneOf": [STRING, {"type": "string", "maxLength": 2}],
        "discriminator": {"propertyName": "kind"},
    }
    assert type_of(schema) == ir.Union((TEXT, ir.String(max_length=2)))


# --- Tags -------------------------------------------------------------------------------------------------------------


def discriminated(*members: Any, key: str = "kind", **mapping: str) -> dict[str, Any]:
    more = {"mapping": mapping} if mapping else {}
    return {"oneOf": list(members), "discriminator": {"propertyName": key, **more}}


def tag_of(schema: Any, **defs: Any) -> str | None:
    lowered = contract({"A": schema, **defs})
    check_contract(lowered)
    (found,) = [each.type for each in lowered.definitions if each.name == "A"]
    if isinstance(found, ir.Nullable):
        found = found.inner
    assert isinstance(found, ir.Union)
    return found.tag


X, Y, Z = (tagged("kind", each) for each in "xyz")
OPTIONAL = {"type": "object", "properties": {"kind": {"const": "o"}}}


@pytest.mark.parametrize(
    ("schema", "want"),
    [
        (discriminated(X, Y), "kind"),
        (discriminated(X, ref("RY"), ref("RYZ")), None),
        (discriminated(X, ref("RY"), tagged("kind", 1, True)), "kind"),
        (discriminated(X, ref("RYZ")), "kind"),
        (discriminated(X, discriminated(Y, Z)), "kind"),
        ({"anyOf": [discriminated(X, Y), NULL]}, "kind"),
        (discriminated(X, OPTIONAL), None),
        (discriminated(X, tagged("kind", "x", "y")), None),
        (discriminated(X, STRING), None),
        (discriminated(X, {"type": "object"}), None),
        (
            discriminated(
                X, {"type": "object", "properties": {"kind": STRING}, "required": ["kind"]}
            ),
            None,
        ),
        (discriminated(X, tagged("kind", None, "y")), None),
        (discriminated(X, Y, key="sort"), "kind"),
        (discriminated(tagged("kind", "x", type={"const": 1}), Y), "kind"),
        ({"anyOf": [X, Y], "discriminator": {"propertyName": "kind"}}, "kind"),
        (discriminated(ref("OfColour"), X), "kind"),
        (discriminated(ref("OfConst"), X), "kind"),
        ({"anyOf": [X, Y]}, "kind"),
        ({"anyOf": [X, Y, STRING]}, None),
        ({"anyOf": [ref("RYZ"), X]}, "kind"),
        ({"anyOf": [ref("RYZ"), tagged("sort", 1)]}, None),
        ({"anyOf": [tagged("b", 1, a={"const": 1}), tagged("b", 2)]}, "b"),
        ({"oneOf": [X, Y]}, "kind"),
        ({"anyOf": [tagged("zoo", 1), tagged("zoo", 2)]}, "zoo"),
    ],
)
def test_tags(schema: dict[str, Any], want: str | None) -> None:
    defs = {
        "RY": Y,
        "RYZ": {"anyOf": [Y, Z]},
        "Colour": {"enum": ["red"], "x-enum-varnames": ["RED"]},
        "OfColour": {"type": "object", "properties": {"kind": ref("Colour")}, "required": ["kind"]},
        "Const": {"const": "c"},
        "OfConst": {"type": "object", "properties": {"kind": ref("Const")}, "required": ["kind"]},
    }
    assert tag_of(schema, **defs) == want


def test_a_union_inside_another_keeps_its_own_tag() -> None:
    inner = {"anyOf": [tagged("kind", each, type={"const": each}) for each in "ab"]}
    for member in inner["anyOf"]:
        member["required"] = ["kind", "type"]
    assert tag_of(inner) == "type"
    assert tag_of({"anyOf": [ref("Inner"), Z]}, Inner=inner) == "kind"
    assert tag_of(discriminated(ref("Inner"), Z), Inner=inner) == "kind"
    assert tag_of({"anyOf": [ref("Inner"), tagged("kind", "a")]}, Inner=inner) is None
    assert tag_of({"anyOf": [ref("Inner"), tagged("other", "z")]}, Inner=inner) is None


def test_one_value_of_a_tag_may_be_a_union_with_a_tag_of_its_own() -> None:
    def call(name: str) -> dict[str, Any]:
        made = tagged("kind", "call", name={"const": name})
        return made | {"required": ["kind", "name"]}

    calls = {"oneOf": [call("a"), call("b")], "discriminator": {"propertyName": "name"}}
    for found in (
        type_of(discriminated(X, calls, Y)),
        type_of({"anyOf": [X, calls, Y]}),
        type_of(discriminated(X, ref("Calls"), Y), Calls=calls),
    ):
        assert isinstance(found, ir.Union)
        assert found.tag == "kind"
        assert len(found.members) == 3
    # Of which every member has to have the outer tag.
    without = {"oneOf": [call("a"), tagged("name", "b")], "discriminator": calls["discriminator"]}
    assert tag_of({"anyOf": [X, without, Y]}) is None


@pytest.mark.parametrize(
    ("keys", "want"),
    [
        (["zebra", "status", "alpha"], "status"),
        (["role", "status"], "role"),
        (["kind", "role"], "kind"),
        (["kind", "type"], "type"),
        (["zebra", "alpha"], "alpha"),
    ],
)
def test_which_tag_is_found(keys: list[str], want: str) -> None:
    def member(value: str) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": {key: {"const": value} for key in keys},
            "required": keys,
        }

    assert tag_of({"anyOf": [member("a"), member("b")]}) == want


def test_a_tagged_union_inside_another_is_flattened_where_one_tag_serves_both() -> None:
    def members(found: ir.Type) -> int:
        assert isinstance(found, ir.Union)
        return len(found.members)

    assert members(type_of({"anyOf": [discriminated(X, Y), Z]})) == 3
    nested = type_of({"anyOf": [discriminated(X, Y), tagged("sort", 1)]})
    assert isinstance(nested, ir.Union)
    assert nested.tag is None
    inner = nested.members[0]
    assert isinstance(inner, ir.Union)
    assert inner.tag == "kind"


def test_a_chain_of_unions() -> None:
    defs = {f"U{i}": {"anyOf": [tagged("kind", i), ref(f"U{i + 1}")]} for i in range(1500)}
    lowered = contract(
        {**defs, "U1500": tagged("kind", 1500), "A": discriminated(ref("U0"), tagged("kind", "x"))}
    )
    found = {each.name: each.type for each in lowered.definitions}
    assert all(
        isinstance(type_, ir.Union) and type_.tag == "kind"
        for name, type_ in found.items()
        if name != "U1500"
    )


@pytest.mark.parametrize(
    ("mapping", "want"),
    [
        ({"x": "#/$defs/X", "y": "#/$defs/Y"}, None),
        ({"x": "X", "y": "Y", "z": "#/$defs/Z"}, None),
        ({"1": "One"}, None),
        ({"x": "#/$defs/YZ"}, [("discriminator-mapping", "./discriminator/mapping/x")]),
        ({"x": "#/$defs/Other"}, [("discriminator-mapping", "./discriminator/mapping/x")]),
        ({"y": "#/$defs/X"}, [("discriminator-mapping", "./discriminator/mapping/y")]),
        ({"x": "#/$defs/Missing"}, [("invalid-keyword", "./discriminator/mapping/x")]),
        ({"x": "x.json"}, [("invalid-keyword", "./discriminator/mapping/x")]),
        ({"x": 1}, [("invalid-keyword", "./discriminator/mapping/x")]),
    ],
)
def test_mappings(mapping: dict[str, Any], want: list[tuple[str, str]] | None) -> None:
    schema = {
        "oneOf": [ref("X"), ref("YZ"), ref("One")],
        "discriminator": {"propertyName": "kind", "mapping": mapping},
    }
    defs = {
        "X": X,
        "YZ": {"anyOf": [ref("Y"), ref("Z")]},
        "Y": Y,
        "Z": Z,
        "One": tagged("kind", 1),
        "Other": tagged("kind", "o"),
    }
    if want is None:
        assert tag_of(schema, **defs) == "kind"
    else:
        assert refused(schema, **defs) == want
