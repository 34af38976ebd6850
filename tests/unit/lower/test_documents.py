"""Documents: definitions, references, roots, and whatever else somebody may put in a file."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from samewire import ir
from samewire.errors import SchemaError
from samewire.jsonschema import lower
from samewire.schema import keywords

from tests.unit.lower.support import (
    INTEGER,
    NULL,
    STRING,
    check_contract,
    contract,
    hints,
    problems,
    ref,
    refused,
    tagged,
    type_of,
    types,
)

TEXT, WHOLE = ir.String(), ir.Integer()


# --- Definitions ------------------------------------------------------------------------------------------------------


def test_a_contract() -> None:
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "shop",
        "$defs": {
            "C": {"x-samewire-root": ["accepts"], **STRING},
            "B": {"x-samewire-root": ["emits"], **ref("A")},
            "A": {"x-samewire-root": ["emits"], **NULL},
            "D": False,
        },
    }
    assert lower(document, where="schema/other.json") == ir.Contract(
        "shop",
        (
            ir.Definition("A", ir.Null(), "#/$defs/A"),
            ir.Definition("B", ir.Ref("A"), "#/$defs/B"),
            ir.Definition("C", TEXT, "#/$defs/C"),
            ir.Definition("D", ir.Never(), "#/$defs/D"),
        ),
        ("A", "B"),
        ("C",),
    )


def test_a_document_from_elsewhere() -> None:
    lowered = lower(
        {"definitions": {"b/c": STRING}, "$defs": {"a d": {"$ref": "#/definitions/b~1c"}}},
        where="dir/foreign.json",
    )
    assert lowered.name == "foreign"
    assert lowered.emits == ("a d", "b/c")
    assert lowered.accepts == ()
    assert lowered.definitions == (
        ir.Definition("a d", ir.Ref("b/c"), "#/$defs/a d"),
        ir.Definition("b/c", TEXT, "#/definitions/b~1c"),
    )


@pytest.mark.parametrize(
    ("document", "want"),
    [
        ({}, {}),
        ({"title": "T", "description": "d"}, {}),
        ({"type": "string"}, {"Root": TEXT}),
        ({"title": "Thing", "type": "string", "$id": "https://example.com/thing"}, {"Thing": TEXT}),
        ({"$ref": "#/$defs/A", "$defs": {"A": STRING}}, {"A": TEXT}),
        (
            {"$ref": "#/$defs/A", "maxLength": 3, "$defs": {"A": STRING}},
            {"A": TEXT, "Root": ir.String(max_length=3)},
        ),
        (
            {"title": "A", "anyOf": [ref("A"), NULL], "$defs": {"A": STRING}},
            {"A": TEXT, "A_": ir.Nullable(ir.Ref("A"))},
        ),
        ({"type": "array", "items": {"$ref": "#"}}, {"Root": ir.Array(ir.Ref("Root"))}),
        ({"$defs": {"A": {"x-samewire-root": ["emits"], **STRING}}}, {"A": TEXT}),
    ],
)
def test_the_document_itself(document: dict[str, Any], want: dict[str, ir.Type]) -> None:
    lowered = lower(document, where="x.json")
    check_contract(lowered)
    assert {each.name: each.type for each in lowered.definitions} == want


@pytest.mark.parametrize(
    ("document", "want"),
    [
        ({"$defs": []}, [("invalid-keyword", "#/$defs")]),
        ({"$defs": {"A": 1}}, [("invalid-schema", ".")]),
        (
            {"$defs": {"A": STRING}, "definitions": {"A": STRING}},
            [("duplicate-definition", "#/definitions/A")],
        ),
        (
            {"$defs": {"A": {**STRING, "x-samewire-root": ["emit"]}}},
            [("invalid-keyword", "./x-samewire-root")],
        ),
        (
            {"$defs": {"A": {**STRING, "x-samewire-root": "emits"}}},
            [("invalid-keyword", "./x-samewire-root")],
        ),
        (
            {"$defs": {"A": STRING}, "x-samewire-emit": ["A"]},
            [("unknown-keyword", "#/x-samewire-emit")],
        ),
        ({"$ref": "https://example.com/a", "$defs": {"A": STRING}}, [("remote-ref", "#/$ref")]),
        ({"$ref": "#/$defs/B", "$defs": {"A": STRING}}, [("missing-ref", "#/$ref")]),
        ({"$defs": {"A": {"default": float("inf")}}}, [("not-json", "./default")]),
        (
            {"$defs": {"A": {"minimum": float("nan")}, "B": {"enum": [{1}]}}},
            [("not-json", "./minimum"), ("not-json", "#/$defs/B/enum/0")],
        ),
        (
            {"$defs": {"A": {"type": "array", "items": {"$id": "x", **STRING}}}},
            [("unsupported-keyword", "./items/$id")],
        ),
        ({"$defs": {"A": {**STRING, "nullable": True}}}, [("unsupported-keyword", "./nullable")]),
        ({"$defs": {"A": {"$dynamicRef": "#A"}}}, [("unsupported-keyword", "./$dynamicRef")]),
        (
            {"$defs": {"A": {**STRING, "x-samewire-paterns": []}}},
            [("unknown-keyword", "./x-samewire-paterns")],
        ),
    ],
)
def test_refused_documents(document: dict[str, Any], want: list[tuple[str, str]]) -> None:
    assert problems(document) == want


def test_everything_that_is_wrong_is_found_at_once() -> None:
    defs = {
        "A": {"type": "object", "properties": {"x": {"type": "strng"}, "y": ref("Nope")}},
        "B": {"type": "array", "contains": {"$dynamicRef": "#x"}},
    }
    assert problems({"$defs": defs}) == [
        ("invalid-keyword", "./properties/x/type"),
        ("missing-ref", "./properties/y/$ref"),
        ("unsupported-keyword", "#/$defs/B/contains/$dynamicRef"),
    ]


def test_hints_name_what_was_meant() -> None:
    assert 'did you mean "#/$defs/User"?' in hints({"$ref": "#/$defs/Usr"}, User=STRING)
    assert 'did you mean "x-samewire-timezone"?' in hints({"x-samewire-timezon": "aware"})


@pytest.mark.parametrize(
    "name", ["", "a/b~c", "__proto__", "\n*/ x", "\ud800", "x y", "123", "constructor", "é" * 300]
)
def test_names_are_any_text(name: str) -> None:
    pointer = "#/$defs/" + name.replace("~", "~0").replace("/", "~1")
    lowered = contract({name: {"type": "array", "items": {"$ref": pointer}}})
    check_contract(lowered)
    assert lowered.definitions[0].type == ir.Array(ir.Ref(name))
    assert lowered.definitions[0].pointer.isprintable()


# --- References -------------------------------------------------------------------------------------------------------


def test_references() -> None:
    assert type_of(ref("B"), B=STRING) == ir.Ref("B")
    assert type_of({**ref("B"), "title": "T", "default": 1, "x-mine": 2}, B=STRING) == ir.Ref("B")
    assert type_of({"allOf": [ref("B")], "description": "d"}, B=STRING) == ir.Ref("B")
    assert type_of({"allOf": [ref("B"), {}, True, {"title": "T"}]}, B=STRING) == ir.Ref("B")
    assert type_of({"allOf": [ref("B"), ref("B")]}, B=STRING) == TEXT
    assert type_of({**ref("B"), "type": "string"}, B={"const": "x"}) == ir.Ref("B")
    assert type_of({**ref("B"), "type": "number"}, B=INTEGER) == ir.Ref("B")
    assert type_of({**ref("B"), "type": "integer"}, B={"type": "number"}) == WHOLE
    assert type_of({**ref("B"), "type": "string"}, B={"type": ["string", "null"]}) == TEXT
    assert type_of({**ref("B"), "minLength": 2}, B={**STRING, "maxLength": 3}) == ir.String(2, 3)
    assert type_of({**ref("B"), "type": "string"}, B={"anyOf": [STRING, {}]}) == TEXT
    assert type_of({**ref("B"), "not": {}}, B=STRING) == ir.Never()
    assert type_of({"$ref": "#/$defs/a%20b"}, **{"a b": STRING}) == ir.Ref("a b")


def test_the_same_reference_twice_says_the_same_twice() -> None:
    either = {"anyOf": [{"type": "string", "pattern": "a"}, {"type": "string", "pattern": "b"}]}
    found = type_of({"allOf": [ref("B"), ref("B")]}, B=either)
    assert isinstance(found, ir.Union)
    assert len(found.members) == 2


def test_references_into_the_middle_are_copies() -> None:
    defs = {"B": {"type": "object", "properties": {"x": {"anyOf": [STRING, INTEGER]}}}}
    assert type_of({"$ref": "#/$defs/B/properties/x"}, **defs) == ir.Union((TEXT, WHOLE))
    assert type_of(
        {"type": "array", "items": {"$ref": "#/$defs/B/properties/x/anyOf/1"}}, **defs
    ) == ir.Array(WHOLE)


def test_references_into_the_middle_of_themselves_are_definitions() -> None:
    node = {"type": "object", "properties": {"next": {"$ref": "#/$defs/A/properties/node"}}}
    found = types({"A": {"type": "object", "properties": {"node": node}}})
    inner = ir.Object((ir.Property("next", ir.Ref("node"), False),))
    assert found == {"A": ir.Object((ir.Property("node", inner, False),)), "node": inner}
    taken = types({"A": {"type": "object", "properties": {"node": node}}, "node": STRING})
    assert taken["properties_node"] == ir.Object(
        (ir.Property("next", ir.Ref("properties_node"), False),)
    )


def test_recursion_through_structure() -> None:
    tree = {
        "type": "object",
        "properties": {
            "children": {"type": "array", "items": ref("A")},
            "parent": {"anyOf": [ref("A"), NULL]},
        },
    }
    children = ir.Property("children", ir.Array(ir.Ref("A")), False)
    assert type_of(tree) == ir.Object(
        (children, ir.Property("parent", ir.Nullable(ir.Ref("A")), False))
    )
    assert type_of(
        {"type": "object", "additionalProperties": {**ref("A"), "type": "object"}}
    ) == ir.Record(TEXT, ir.Ref("A"))


@pytest.mark.parametrize(
    ("defs", "want"),
    [
        ({"A": ref("A")}, [("cyclic-ref", ".")]),
        ({"A": ref("B"), "B": ref("A")}, [("cyclic-ref", ".")]),
        ({"A": {"anyOf": [STRING, ref("A")]}}, [("cyclic-ref", ".")]),
        (
            {"A": {"anyOf": [ref("B"), NULL]}, "B": {"oneOf": [ref("A"), INTEGER]}},
            [("cyclic-ref", ".")],
        ),
        ({"A": {"allOf": [ref("A")], "type": "object"}}, [("cyclic-ref", ".")]),
        (
            {"A": {"allOf": [ref("A")], **STRING, "minLength": 1}},
            [("cyclic-ref", "./allOf/0/$ref")],
        ),
        (
            {"A": {**STRING, **ref("B"), "minLength": 1}, "B": {**ref("A"), "maxLength": 2}},
            [("cyclic-ref", "./$ref"), ("cyclic-ref", "#/$defs/B/$ref")],
        ),
        ({"A": {"$ref": "#/$defs/A/items"}}, [("missing-ref", "./$ref")]),
        (
            {"A": {"type": "array", "items": {"$ref": "#/$defs/A/items"}}},
            [("cyclic-ref", "./items")],
        ),
        ({"A": ref("B")}, [("missing-ref", "./$ref")]),
        ({"A": {"$ref": "#anchor"}, "B": {"$anchor": "anchor"}}, [("remote-ref", "./$ref")]),
        ({"A": {"$ref": "other.json#/a"}}, [("remote-ref", "./$ref")]),
        ({"A": {"$ref": "https://example.com/a"}}, [("remote-ref", "./$ref")]),
        ({"A": {"$ref": 5}}, [("invalid-keyword", "./$ref")]),
        ({"A": {"$ref": "#/$defs/B/type"}, "B": STRING}, [("invalid-schema", "#/$defs/B/type")]),
        ({"A": {"$ref": "#/x", "type": "string"}}, [("missing-ref", "./$ref")]),
    ],
)
def test_refused_references(defs: dict[str, Any], want: list[tuple[str, str]]) -> None:
    assert problems({"$defs": defs}) == want


def test_a_cycle_is_spelled_out() -> None:
    assert '"A" -> "B" -> "A"' in hints(ref("B"), B={"anyOf": [ref("A"), STRING]})


def test_long_chains() -> None:
    defs = {f"D{i}": ref(f"D{i + 1}") for i in range(3000)}
    check_contract(contract({**defs, "D3000": STRING}))
    assert type_of({**ref("D0"), "maxLength": 1}, **defs, D3000=STRING) == ir.String(max_length=1)
    assert type_of({**ref("D0"), "type": "string"}, **defs, D3000=STRING) == TEXT
    assert type_of({**ref("D2990"), "type": "string"}, **defs, D3000=STRING) == ir.Ref("D2990")
    one_of = type_of({"oneOf": [ref("D0"), STRING]}, **defs, D3000=STRING)
    members = (ir.Ref("D0"), TEXT)
    assert one_of == ir.Checked(ir.Union(members), (ir.OneOf(members),))


def test_a_recursive_reference_with_keywords_is_written_out_once() -> None:
    inner = {**ref("A"), "required": ["a"]}
    found = type_of({"type": "object", "properties": {"a": inner}})
    child = ir.Object((ir.Property("a", ir.Unknown(), required=True),), ir.Keep(ir.Unknown()))
    below = ir.Checked(ir.Ref("A"), (ir.AllOf(child),))
    assert isinstance(found, ir.Object)
    (once,) = found.properties
    assert once.type == ir.Object((ir.Property("a", below, required=True),))


# --- Size -------------------------------------------------------------------------------------------------------------


def nested(levels: int, wrap: str) -> Any:
    schema: Any = STRING
    for _ in range(levels):
        match wrap:
            case "items" | "additionalProperties":
                schema = {"type": "array" if wrap == "items" else "object", wrap: schema}
            case "properties":
                schema = {"type": "object", "properties": {"x": schema}}
            case "not":
                schema = {"not": schema}
            case "prefixItems":
                schema = {"type": "array", "prefixItems": [schema]}
            case _:
                schema = {wrap: [schema]}
    return schema


@pytest.mark.parametrize(
    "wrap",
    [
        "items",
        "additionalProperties",
        "properties",
        "not",
        "anyOf",
        "oneOf",
        "allOf",
        "prefixItems",
        "default",
        "const",
    ],
)
def test_depth(wrap: str) -> None:
    document = {
        "$defs": {
            "A": nested(30, wrap)
            if wrap not in ("default", "const")
            else {wrap: nested(30, "items")}
        }
    }
    check_contract(lower(document, where="x"))
    for levels in (66, 99, 1000, 20_000):
        deep = (
            nested(levels, wrap)
            if wrap not in ("default", "const")
            else {wrap: nested(levels, "items")}
        )
        if levels < 100 and wrap in (
            "default",
            "const",
        ):  # data, which may be as deep as the document
            check_contract(contract({"A": deep}))
        else:
            assert "too-deep" in [code for code, _ in refused(deep)]


def test_depth_through_copies() -> None:
    levels = {f"L{i}": {"type": "array", "items": {"$ref": f"#/x/L{i + 1}"}} for i in range(100)}
    document = {"$defs": {"A": {"$ref": "#/x/L0"}}, "x": {**levels, "L100": STRING}}
    assert [code for code, _ in problems(document)] == ["too-deep"]


def test_types_of_many_ways_to_the_same() -> None:
    defs = {
        f"D{i}": {"anyOf": [ref(f"D{i + 1}"), {"anyOf": [ref(f"D{i + 1}"), NULL]}]}
        for i in range(60)
    }
    assert type_of({**ref("D30"), "type": ["string", "null"]}, **defs, D60=STRING) == ir.Ref("D30")


def test_copies_of_copies() -> None:
    levels = {
        f"L{i}": {"type": "object", "properties": {key: {"$ref": f"#/x/L{i + 1}"} for key in "ab"}}
        for i in range(20)
    }
    document = {"$defs": {"A": {"$ref": "#/x/L0"}}, "x": {**levels, "L20": STRING}}
    assert [code for code, _ in problems(document)] == ["too-large"]


# --- Anything ---------------------------------------------------------------------------------------------------------

NAMES = sorted(
    {
        *keywords.OWN,
        *keywords.APPLICATORS,
        *keywords.ANNOTATIONS,
        *keywords.OF_DEFINITIONS,
        *keywords.OF_DOCUMENTS,
        *keywords.IGNORED,
        *keywords.REFUSED,
    }
)
WORDS = [
    *keywords.TYPES,
    "#/$defs/A",
    "#/$defs/B",
    "#/$defs/A/properties/a",
    "#",
    "^a|(",
    "date-time",
    "decimal",
    "base64",
    "u",
    "kind",
    "A",
    "0.1",
    "2024-01-01",
]
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 10),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(WORDS),
    st.text(max_size=5),
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
        st.dictionaries(
            st.sampled_from(("a", "kind", "mapping", "propertyName")), inner, max_size=2
        ),
        st.tuples(
            st.sampled_from(keywords.TYPES),
            st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
        ).map(lambda pair: {**pair[1], "type": pair[0]}),
    ),
    max_leaves=12,
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(ANYTHING, ANYTHING, st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=2))
@example({"type": "object", "required": [[]]}, {"enum": {"a": 1}}, {})
@example(
    {"discriminator": {"propertyName": "a", "mapping": {"": None}}, "oneOf": [{}]},
    None,
    {"$defs": None},
)
def test_anything_is_a_contract_or_an_error(one: Any, other: Any, root: dict[str, Any]) -> None:
    for document in ({"$defs": {"A": one, "B": other}}, {**root, "definitions": {"A": other}}):
        before = json.dumps(document)
        try:
            lowered = lower(document, where="x.json")
        except SchemaError as error:
            assert error.diagnostics
            assert all(
                each.where.startswith("x.json#") and each.message and each.code
                for each in error.diagnostics
            )
        else:
            check_contract(lowered)
        assert json.dumps(document) == before


def test_a_real_contract() -> None:
    defs = {
        "Event": {
            "oneOf": [ref("Created"), ref("Deleted")],
            "discriminator": {
                "propertyName": "type",
                "mapping": {"created": "#/$defs/Created", "deleted": "#/$defs/Deleted"},
            },
        },
        "Created": {
            **tagged(
                "type", "created", at={"type": "string", "format": "date-time", "title": "At"}
            ),
            "additionalProperties": False,
        },
        "Deleted": tagged("type", "deleted", reason={"anyOf": [STRING, NULL], "default": None}),
    }
    lowered = contract(defs)
    check_contract(lowered)
    assert lowered.definitions[2].type == ir.Union((ir.Ref("Created"), ir.Ref("Deleted")), "type")
