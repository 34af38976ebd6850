"""Objects, dictionaries, and their documentation."""

from __future__ import annotations

from typing import Any

import pytest
from samewire import ir, scalars

from tests.unit.lower.support import INTEGER, NULL, STRING, contract, ref, refused, type_of, types

TEXT, WHOLE = ir.String(), ir.Integer()
ANY = ir.Unknown()
SMALL = {"type": "integer", "maximum": 9}
WITH_A = {"type": "object", "properties": {"a": STRING}}
WITH_B = {"type": "object", "properties": {"b": INTEGER}}


def prop(key: str, type_: ir.Type = TEXT, required: bool = False) -> ir.Property:
    return ir.Property(key, type_, required)


@pytest.mark.parametrize(
    ("keywords", "want"),
    [
        ({}, ir.Record(TEXT, ANY)),
        ({"additionalProperties": True}, ir.Record(TEXT, ANY)),
        ({"additionalProperties": INTEGER}, ir.Record(TEXT, WHOLE)),
        (
            {"additionalProperties": INTEGER, "minProperties": 1, "maxProperties": 2},
            ir.Record(TEXT, WHOLE, 1, 2),
        ),
        ({"minProperties": 2, "maxProperties": 1}, ir.Never()),
        ({"additionalProperties": False}, ir.Object((), ir.REJECT)),
        ({"additionalProperties": False, "minProperties": 1}, ir.Never()),
        ({"maxProperties": 0}, ir.Object((), ir.REJECT)),
        ({"unevaluatedProperties": INTEGER}, ir.Record(TEXT, WHOLE)),
        ({"propertyNames": {"maxLength": 1}}, ir.Record(ir.String(max_length=1), ANY)),
        (
            {"propertyNames": {"format": "uuid"}, "additionalProperties": INTEGER},
            ir.Record(ir.String(format=scalars.Uuid()), WHOLE),
        ),
        ({"propertyNames": {"enum": ["a", 1, "b"]}}, ir.Record(ir.Literal(("a", "b")), ANY)),
        ({"propertyNames": {"const": "a"}}, ir.Record(ir.Literal(("a",)), ANY)),
        ({"propertyNames": {}}, ir.Record(TEXT, ANY)),
        ({"propertyNames": False}, ir.Object((), ir.REJECT)),
        ({"propertyNames": INTEGER}, ir.Object((), ir.REJECT)),
        ({"propertyNames": {"anyOf": [{"pattern": "^a"}, {}]}}, ir.Record(TEXT, ANY)),
        (
            {
                "propertyNames": {
                    "anyOf": [{"enum": ["a.b", "c"]}, {"type": "string", "pattern": "^d|e$"}]
                }
            },
            ir.Record(ir.String(patterns=(ir.Regex.parse(r"^(?:a\.b|c)$|(?:^d|e$)"),)), ANY),
        ),
        (
            {"patternProperties": {"^a/": INTEGER}, "additionalProperties": False},
            ir.Record(ir.String(patterns=(ir.Regex.parse(r"^a\/"),)), WHOLE),
        ),
        (
            {
                "patternProperties": {"^a": INTEGER},
                "additionalProperties": False,
                "propertyNames": {"maxLength": 3},
                "minProperties": 1,
            },
            ir.Record(ir.String(max_length=3, patterns=(ir.Regex.parse("^a"),)), WHOLE, 1),
        ),
        ({"patternProperties": {}, "additionalProperties": INTEGER}, ir.Record(TEXT, WHOLE)),
        (
            {"additionalProperties": INTEGER, "allOf": [{"additionalProperties": SMALL}]},
            ir.Record(TEXT, ir.Integer(le=9)),
        ),
    ],
)
def test_dictionaries(keywords: dict[str, Any], want: ir.Type) -> None:
    assert type_of({"type": "object", **keywords}) == want


@pytest.mark.parametrize(
    ("keywords", "want"),
    [
        ({"properties": {}}, ir.Object(())),
        ({"properties": {}, "additionalProperties": False}, ir.Object((), ir.REJECT)),
        ({"properties": {}, "additionalProperties": INTEGER}, ir.Object((), ir.Keep(WHOLE))),
        (
            {"properties": {"b": STRING, "a": INTEGER}, "required": ["a"]},
            ir.Object((prop("b"), prop("a", WHOLE, True))),
        ),
        (
            {"properties": {"a": STRING}, "additionalProperties": True},
            ir.Object((prop("a"),), ir.Keep(ANY)),
        ),
        (
            {"properties": {"a": STRING}, "additionalProperties": {}},
            ir.Object((prop("a"),), ir.Keep(ANY)),
        ),
        (
            {"properties": {"a": STRING}, "additionalProperties": {"not": {}}},
            ir.Object((prop("a"),), ir.REJECT),
        ),
        (
            {"properties": {"a": STRING}, "unevaluatedProperties": False},
            ir.Object((prop("a"),), ir.REJECT),
        ),
        (
            {
                "properties": {"a": STRING},
                "unevaluatedProperties": False,
                "additionalProperties": True,
            },
            ir.Object((prop("a"),), ir.Keep(ANY)),
        ),
        ({"properties": {"a": True}, "required": ["a"]}, ir.Object((prop("a", ANY, True),))),
        ({"properties": {"a": False}}, ir.Object((prop("a", ir.Never()),))),
        ({"required": ["a"]}, ir.Object((prop("a", ANY, True),), ir.Keep(ANY))),
        (
            {"required": ["a"], "additionalProperties": INTEGER},
            ir.Object((prop("a", WHOLE, True),), ir.Keep(WHOLE)),
        ),
        (
            {"properties": {"b": STRING}, "required": ["a", "a"]},
            ir.Object((prop("b"), prop("a", ANY, True))),
        ),
        (
            {"properties": {"b": STRING}, "required": ["a"], "additionalProperties": False},
            ir.Never(),
        ),
        (
            {"properties": {"a": STRING}, "required": ["a"], "minProperties": 1},
            ir.Object((prop("a", TEXT, True),)),
        ),
        (
            {"properties": {"a": STRING}, "additionalProperties": False, "maxProperties": 1},
            ir.Object((prop("a"),), ir.REJECT),
        ),
        (
            {"properties": {"a": STRING}, "propertyNames": {"type": "string"}},
            ir.Object((prop("a"),)),
        ),
        (
            {"properties": {"__proto__": STRING, "constructor": STRING}},
            ir.Object((prop("__proto__"), prop("constructor"))),
        ),
        (
            {"properties": {"a": STRING}, "patternProperties": {}, "dependentRequired": {}},
            ir.Object((prop("a"),)),
        ),
    ],
)
def test_objects(keywords: dict[str, Any], want: ir.Type) -> None:
    assert type_of({"type": "object", **keywords}) == want


@pytest.mark.parametrize(
    ("schema", "want"),
    [
        ({"allOf": [WITH_A, WITH_B]}, ir.Object((prop("a"), prop("b", WHOLE)))),
        ({**WITH_B, "allOf": [WITH_A]}, ir.Object((prop("b", WHOLE), prop("a")))),
        ({"allOf": [WITH_A, {"required": ["a"]}]}, ir.Object((prop("a", TEXT, True),))),
        (
            {"allOf": [WITH_A, {"type": "object", "properties": {"a": {"maxLength": 3}}}]},
            ir.Object((prop("a", ir.String(max_length=3)),)),
        ),
        (
            {"allOf": [WITH_A, {"type": "object", "properties": {"a": INTEGER}}]},
            ir.Object((prop("a", ir.Never()),)),
        ),
        ({"allOf": [WITH_A, WITH_A]}, ir.Object((prop("a"),))),
        ({"allOf": [WITH_A, {"type": "object"}]}, ir.Object((prop("a"),))),
        (
            {"allOf": [WITH_B, {"additionalProperties": SMALL}]},
            ir.Object((prop("b", ir.Integer(le=9)),), ir.Keep(ir.Integer(le=9))),
        ),
        (
            {"allOf": [WITH_A, WITH_B], "unevaluatedProperties": False},
            ir.Object((prop("a"), prop("b", WHOLE)), ir.REJECT),
        ),
        (
            {"allOf": [WITH_A], "unevaluatedProperties": INTEGER, "required": ["c"]},
            ir.Object((prop("a"), prop("c", WHOLE, True)), ir.Keep(WHOLE)),
        ),
        (
            {"allOf": [{**WITH_A, "additionalProperties": True}], "unevaluatedProperties": False},
            ir.Object((prop("a"),), ir.Keep(ANY)),
        ),
        (
            {"allOf": [WITH_A], "unevaluatedProperties": False, "properties": {"c": NULL}},
            ir.Object((prop("c", ir.Null()), prop("a")), ir.REJECT),
        ),
    ],
)
def test_merged_objects(schema: dict[str, Any], want: ir.Type) -> None:
    assert type_of(schema) == want


def test_a_base_class_comes_first() -> None:
    derived = {"allOf": [ref("Base"), WITH_B], "unevaluatedProperties": False}
    found = types({"A": derived, "Base": {**WITH_A, "required": ["a"]}})
    assert found["A"] == ir.Object((prop("a", TEXT, True), prop("b", WHOLE)), ir.REJECT)
    assert found["Base"] == ir.Object((prop("a", TEXT, True),))


@pytest.mark.parametrize(
    ("keywords", "want"),
    [
        ({"properties": []}, [("invalid-keyword", "./properties")]),
        ({"properties": {"a": 1}}, [("invalid-schema", "./properties/a")]),
        ({"required": "a"}, [("invalid-keyword", "./required")]),
        ({"required": True, "properties": {}}, [("invalid-keyword", "./required")]),
        (
            {"properties": {"a/b": {"$ref": "#/$defs/X"}}},
            [("missing-ref", "./properties/a~1b/$ref")],
        ),
        ({"properties": {}, "minProperties": "1"}, [("invalid-keyword", "./minProperties")]),
        ({"properties": {"a": {}}, "propertyNames": 1}, [("invalid-schema", "./propertyNames")]),
        ({"patternProperties": {"a": 1}}, [("invalid-schema", "./patternProperties/a")]),
        (
            {"patternProperties": {"(": {}}, "additionalProperties": False},
            [("invalid-pattern", "./patternProperties/(/pattern")],
        ),
        ({"dependentRequired": {"a": "b"}}, [("invalid-keyword", "./dependentRequired/a")]),
        ({"dependentSchemas": {"a": 5}}, [("invalid-schema", "./dependentSchemas/a")]),
        ({"dependencies": {"a": ["b"]}}, [("unsupported-keyword", "./dependencies")]),
        ({"if": {"required": "a"}, "then": False}, [("invalid-keyword", "./if/required")]),
        (
            {"allOf": [{**WITH_A, "additionalProperties": False}, {**WITH_B, "required": ["b"]}]},
            [("closed-all-of", "./allOf/0/additionalProperties")],
        ),
    ],
)
def test_refusals(keywords: dict[str, Any], want: list[tuple[str, str]]) -> None:
    assert refused({"type": "object", **keywords}) == want


NEVER = ir.Never()
UUID_OR_A = {"anyOf": [{"type": "string", "format": "uuid"}, {"const": "a"}]}
UUID_OR_A_TYPE = ir.Union((ir.String(format=scalars.Uuid()), ir.Literal(("a",))))


@pytest.mark.parametrize(
    ("keywords", "want"),
    [
        (
            {"properties": {}, "minProperties": 1},
            ir.Checked(ir.Object(()), (ir.PropertyCount(1, None),)),
        ),
        ({"properties": {"a": {}}, "required": ["a"], "minProperties": 1}, None),
        ({"properties": {"a": {}}, "additionalProperties": False, "maxProperties": 1}, None),
        (
            {"properties": {"a": {}}, "maxProperties": 1},
            ir.Checked(ir.Object((prop("a", ANY),)), (ir.PropertyCount(None, 1),)),
        ),
        (
            {"properties": {"a": {}}, "propertyNames": {"maxLength": 1}},
            ir.Checked(ir.Object((prop("a", ANY),)), (ir.PropertyNames(ir.String(max_length=1)),)),
        ),
        (
            {"properties": {"a": STRING}, "patternProperties": {"a": INTEGER}},
            ir.Checked(
                ir.Object((prop("a", TEXT),), ir.Keep(ANY)),
                (ir.PatternProperties(ir.Regex.parse("a"), ir.Integer()),),
            ),
        ),
        (
            {"patternProperties": {"a": INTEGER, "b": {}}},
            ir.Checked(
                ir.Record(TEXT, ANY), (ir.PatternProperties(ir.Regex.parse("a"), ir.Integer()),)
            ),
        ),
        (
            {"patternProperties": {"a": INTEGER, "b": STRING}, "additionalProperties": False},
            ir.Checked(
                ir.Record(TEXT, ir.Union((ir.Integer(), TEXT))),
                (
                    ir.PatternProperties(ir.Regex.parse("a"), ir.Integer()),
                    ir.PatternProperties(ir.Regex.parse("b"), TEXT),
                    ir.UnevaluatedProperties(
                        ir.Evaluated(patterns=(ir.Regex.parse("a"), ir.Regex.parse("b"))), NEVER
                    ),
                ),
            ),
        ),
        (
            {"propertyNames": UUID_OR_A, "additionalProperties": INTEGER},
            ir.Checked(ir.Record(TEXT, ir.Integer()), (ir.PropertyNames(UUID_OR_A_TYPE),)),
        ),
        (
            {"allOf": [{**WITH_A, "additionalProperties": False}, WITH_B]},
            ir.Object((prop("a"), prop("b", NEVER)), ir.REJECT),
        ),
        (
            {"allOf": [{"allOf": [WITH_A], "unevaluatedProperties": False}, WITH_B]},
            ir.Checked(
                ir.Object((prop("a"), prop("b", WHOLE))),
                (ir.UnevaluatedProperties(ir.Evaluated(("a",)), NEVER),),
            ),
        ),
        (
            {"anyOf": [WITH_A, WITH_B], "unevaluatedProperties": False},
            ir.Checked(
                ir.Union((ir.Object((prop("a"),)), ir.Object((prop("b", WHOLE),)))),
                (
                    ir.UnevaluatedProperties(
                        ir.Evaluated(
                            inside=(
                                ir.Evaluated(("a",), when=ir.Object((prop("a"),))),
                                ir.Evaluated(("b",), when=ir.Object((prop("b", WHOLE),))),
                            )
                        ),
                        NEVER,
                    ),
                ),
            ),
        ),
    ],
)
def test_what_is_checked(keywords: dict[str, Any], want: ir.Type | None) -> None:
    found = type_of({"type": "object", **keywords})
    assert found == want if want is not None else isinstance(found, ir.Object)


@pytest.mark.parametrize(
    ("names", "target", "want"),
    [
        (ref("K"), {"enum": ["x", "y"], "x-enum-varnames": ["X", "Y"]}, ir.Ref("K")),
        (ref("K"), {"type": "string", "format": "uuid"}, ir.Ref("K")),
        (ref("K"), {"const": "x"}, ir.Ref("K")),
        (ref("K"), ref("L"), ir.Ref("K")),
        ({**ref("K"), "type": "string"}, STRING, ir.Ref("K")),
        ({**ref("K"), "minLength": 1}, STRING, ir.String(1)),
        (ref("K"), {"enum": ["x", 1]}, ir.Literal(("x",))),
        (ref("K"), {"type": ["string", "null"], "maxLength": 5}, ir.String(max_length=5)),
        (ref("K"), {}, TEXT),
    ],
)
def test_keys_that_are_references(
    names: dict[str, Any], target: dict[str, Any], want: ir.Type
) -> None:
    schema = {"type": "object", "propertyNames": names, "additionalProperties": INTEGER}
    assert type_of(schema, K=target, L=STRING) == ir.Record(want, WHOLE)


def test_a_key_that_is_one_reference_of_several_is_one_pattern() -> None:
    colour = {"type": "string", "enum": ["red", "blue"], "x-enum-varnames": ["RED", "BLUE"]}
    names = {"anyOf": [ref("Colour"), {"type": "string", "pattern": "^[0-9]+$"}]}
    want = ir.String(patterns=(ir.Regex.parse("^(?:red|blue)$|(?:^[0-9]+$)"),))
    schema = {"type": "object", "propertyNames": names, "additionalProperties": INTEGER}
    assert type_of(schema, Colour=colour) == ir.Record(want, WHOLE)
    either = ir.Union((ir.Ref("Colour"), ir.String(patterns=(ir.Regex.parse("^[0-9]+$"),))))
    assert type_of(schema, Colour={"type": "string", "minLength": 3}) == ir.Checked(
        ir.Record(TEXT, WHOLE), (ir.PropertyNames(either),)
    )


def test_a_key_that_refers_to_a_union_is_checked() -> None:
    schema = {"type": "object", "propertyNames": ref("K")}
    assert type_of(schema, K=UUID_OR_A) == ir.Checked(
        ir.Record(TEXT, ANY), (ir.PropertyNames(ir.Ref("K")),)
    )


# --- Documentation ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "want"),
    [
        ({}, ir.NO_DOC),
        (True, ir.NO_DOC),
        ({"title": "First Name"}, ir.NO_DOC),
        ({"title": "firstName"}, ir.NO_DOC),
        ({"title": "FIRST-NAME"}, ir.NO_DOC),
        ({"title": ""}, ir.NO_DOC),
        ({"title": "Given Name"}, ir.Doc(title="Given Name")),
        (
            {
                "title": 5,
                "description": [],
                "examples": {"a": 1},
                "deprecated": 1,
                "readOnly": "yes",
            },
            ir.NO_DOC,
        ),
        ({"description": "*/ alert(1)\u2028"}, ir.Doc(description="*/ alert(1)\u2028")),
        ({"description": ""}, ir.NO_DOC),
        ({"deprecated": True}, ir.Doc(deprecated=True)),
        ({"deprecated": False}, ir.NO_DOC),
        ({"deprecated": True, "x-samewire-deprecated": "use b"}, ir.Doc(deprecated="use b")),
        ({"x-samewire-deprecated": "use b"}, ir.Doc(deprecated="use b")),
        ({"examples": ["a", None, {"b": [1]}]}, ir.Doc(examples=("a", None, {"b": [1]}))),
        ({"examples": []}, ir.NO_DOC),
        ({"default": None}, ir.Doc(default=(None,))),
        ({"default": []}, ir.Doc(default=([],))),
        ({"readOnly": True, "writeOnly": True}, ir.Doc(read_only=True, write_only=True)),
        ({**ref("B"), "description": "mine"}, ir.Doc(description="mine")),
        (ref("B"), ir.NO_DOC),
        (
            {"allOf": [{**ref("B"), "description": "inner"}], "default": 1},
            ir.Doc(description="inner", default=(1,)),
        ),
        (
            {"allOf": [{**STRING, "description": "inner"}], "description": "outer"},
            ir.Doc(description="outer"),
        ),
        (
            {"anyOf": [{**STRING, "description": "inner", "title": "T"}, NULL], "default": None},
            ir.Doc(description="inner", default=(None,)),
        ),
        (
            {"anyOf": [{**STRING, "description": "one"}, {**INTEGER, "description": "two"}]},
            ir.NO_DOC,
        ),
    ],
)
def test_documentation(schema: Any, want: ir.Doc) -> None:
    defs = {
        "A": {"type": "object", "properties": {"first_name": schema}},
        "B": {"type": "string", "description": "B itself"},
    }
    found = types(defs)["A"]
    assert isinstance(found, ir.Object)
    assert repr(found.properties[0].doc) == repr(want)


def test_documentation_of_a_definition() -> None:
    schema = {"title": "User", "description": "d", "x-samewire-source": "app:User", **STRING}
    (found,) = contract({"User": schema}).definitions
    assert found == ir.Definition("User", TEXT, "#/$defs/User", "app:User", ir.Doc(description="d"))
    assert refused({"x-samewire-source": 5}) == [("invalid-keyword", "./x-samewire-source")]
