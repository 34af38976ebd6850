"""Scalars: constants, literals, numbers and strings, keyword by keyword."""

from __future__ import annotations

from typing import Any

import pytest
from samewire import ir, scalars
from samewire.errors import SchemaError
from samewire.lower import lower

from tests.unit.lower.support import hints, refused, type_of, types

LITERAL, INTEGER, NUMBER, STRING = ir.Literal, ir.Integer, ir.Number, ir.String
ANY_STRING = STRING()


@pytest.mark.parametrize(
    ("schema", "want"),
    [
        ({}, ir.Unknown()),
        (True, ir.Unknown()),
        (
            {
                "title": "T",
                "default": 1,
                "$comment": "c",
                "x-mine": [1],
                "contentMediaType": "text/plain",
            },
            ir.Unknown(),
        ),
        ({"then": False, "else": False, "minContains": 2}, ir.Unknown()),
        ({"x-samewire-type": "json"}, ir.JsonValue()),
        (False, ir.Never()),
        ({"not": {}}, ir.Never()),
        ({"not": True}, ir.Never()),
        ({"not": {"title": "everything"}, "type": "string"}, ir.Never()),
        ({"not": False}, ir.Unknown()),
        ({"not": {"not": {}}}, ir.Unknown()),
        ({"not": {"not": True, "type": "string"}}, ir.Unknown()),
        ({"type": "null"}, ir.Null()),
        ({"type": "boolean"}, ir.Boolean()),
        ({"type": "boolean", "minimum": 3, "pattern": "(", "items": False}, ir.Boolean()),
        ({"type": ["boolean"]}, ir.Boolean()),
    ],
)
def test_constants(schema: Any, want: ir.Type) -> None:
    assert type_of(schema) == want


@pytest.mark.parametrize(
    ("schema", "want"),
    [
        ({"const": "a"}, LITERAL(("a",))),
        ({"const": None}, ir.Null()),
        ({"const": 1.0}, LITERAL((1,))),
        ({"const": -0.0}, LITERAL((0,))),
        ({"enum": ["a", "b", "a"]}, LITERAL(("a", "b"))),
        ({"enum": [1, 1.0, True, 0, False, "1"]}, LITERAL((1, True, 0, False, "1"))),
        ({"enum": [None]}, ir.Null()),
        ({"enum": ["a", None, "b"]}, ir.Nullable(LITERAL(("a", "b")))),
        ({"type": "string", "enum": ["a", 1, None]}, LITERAL(("a",))),
        ({"type": "integer", "enum": [1, 1.5, 2.0]}, LITERAL((1, 2))),
        ({"type": "number", "enum": [1, 1.5, True]}, LITERAL((1, 1.5))),
        ({"type": ["string", "null"], "enum": ["a", None, 3]}, ir.Nullable(LITERAL(("a",)))),
        ({"type": "string", "enum": [1]}, ir.Never()),
        ({"enum": ["a", "b"], "const": "b"}, LITERAL(("b",))),
        ({"enum": ["a", "b", "c"], "allOf": [{"enum": ["c", "b", 1]}]}, LITERAL(("b", "c"))),
        ({"enum": [1, 2, 3, "abc"], "minimum": 2, "maxLength": 2}, LITERAL((2, 3))),
        ({"enum": [1, 2, 3.5], "multipleOf": 0.5, "exclusiveMaximum": 3.5}, LITERAL((1, 2))),
        ({"enum": ["a"], "format": "int32"}, LITERAL(("a",))),
        (
            {
                "type": "string",
                "enum": ["a"],
                "minItems": 1,
                "x-enum-varnames": ["A"],
                "title": "A",
            },
            "enum",
        ),
        ({"const": []}, ir.Tuple(())),
        ({"const": {}}, ir.Object((), ir.REJECT)),
        (
            {"enum": [[1, "a"], {"k": [None]}, "x"]},
            ir.Union(
                (
                    ir.Tuple((LITERAL((1,)), LITERAL(("a",))), None, 2),
                    ir.Object(
                        (ir.Property("k", ir.Tuple((ir.Null(),), None, 1), True),), ir.REJECT
                    ),
                    LITERAL(("x",)),
                )
            ),
        ),
        ({"type": "array", "enum": [[], "x"]}, ir.Tuple(())),
    ],
)
def test_literals(schema: Any, want: Any) -> None:
    found = type_of(schema)
    if want == "enum":
        assert found == ir.EnumType((ir.EnumMember("A", "a"),))
    else:
        # Through repr, since to Python 1 and True and 1.0 are equal.
        assert repr(found) == repr(want)


@pytest.mark.parametrize(
    ("keywords", "want"),
    [
        ({}, INTEGER()),
        ({"minimum": 1, "maximum": 2}, INTEGER(ge=1, le=2)),
        ({"minimum": 1.0}, INTEGER(ge=1)),
        ({"minimum": 1.5, "maximum": 2.5}, INTEGER(ge=2, le=2)),
        ({"minimum": -1.5, "maximum": -0.5}, INTEGER(ge=-1, le=-1)),
        ({"exclusiveMinimum": 1.5, "exclusiveMaximum": 3.5}, INTEGER(gt=1, lt=4)),
        ({"exclusiveMinimum": 1, "exclusiveMaximum": 3}, INTEGER(gt=1, lt=3)),
        ({"minimum": 1, "exclusiveMinimum": 1}, INTEGER(gt=1)),
        ({"minimum": 2, "exclusiveMinimum": 1}, INTEGER(ge=2)),
        ({"maximum": 5, "exclusiveMaximum": 5}, INTEGER(lt=5)),
        ({"maximum": 4, "exclusiveMaximum": 5}, INTEGER(le=4)),
        ({"minimum": 2**64, "maximum": 10**400}, INTEGER(ge=2**64, le=10**400)),
        ({"multipleOf": 3}, INTEGER(multiple_of=3)),
        ({"multipleOf": 2.0}, INTEGER(multiple_of=2)),
        ({"multipleOf": 1.5}, INTEGER(multiple_of=3)),
        ({"multipleOf": 0.1}, INTEGER()),
        ({"multipleOf": 0.01, "format": "int64"}, INTEGER()),
        ({"minimum": 3, "maximum": 2}, ir.Never()),
        ({"exclusiveMinimum": 1, "exclusiveMaximum": 2}, ir.Never()),
        (
            {
                "minimum": 1,
                "allOf": [{"minimum": 3}, {"maximum": 9}, {"type": "number", "maximum": 8.5}],
            },
            INTEGER(ge=3, le=8),
        ),
        ({"multipleOf": 4, "allOf": [{"multipleOf": 6}]}, INTEGER(multiple_of=12)),
        ({"minLength": 3, "properties": {}, "required": ["x"]}, INTEGER()),
    ],
)
def test_integers(keywords: dict[str, Any], want: ir.Type) -> None:
    assert repr(type_of({"type": "integer", **keywords})) == repr(want)


@pytest.mark.parametrize(
    ("keywords", "want"),
    [
        ({}, NUMBER()),
        ({"minimum": 0.5, "exclusiveMaximum": 1e3}, NUMBER(ge=0.5, lt=1000)),
        ({"minimum": 0, "exclusiveMinimum": 0}, NUMBER(gt=0)),
        ({"minimum": 0.5, "exclusiveMinimum": 0}, NUMBER(ge=0.5)),
        ({"maximum": 1, "exclusiveMaximum": 1}, NUMBER(lt=1)),
        ({"multipleOf": 0.01}, NUMBER(multiple_of=0.01)),
        (
            {"multipleOf": 0.5, "x-samewire-remainder": True},
            NUMBER(multiple_of=0.5, remainder=True),
        ),
        (
            {"x-samewire-decimal-places": 3, "allOf": [{"x-samewire-decimal-places": 1}]},
            NUMBER(decimal=scalars.Decimal(decimal_places=1)),
        ),
        (
            {"x-samewire-max-digits": 3, "x-samewire-multiple-of": "0.5"},
            NUMBER(decimal=scalars.Decimal(max_digits=3, multiple_of="0.5")),
        ),
        ({"multipleOf": 0.1, "allOf": [{"multipleOf": 0.25}]}, NUMBER(multiple_of=0.5)),
        ({"multipleOf": 0.2, "allOf": [{"multipleOf": 0.5}]}, NUMBER(multiple_of=1)),
        ({"minimum": 1, "maximum": 1}, NUMBER(ge=1, le=1)),
        ({"minimum": 1, "exclusiveMaximum": 1}, ir.Never()),
        ({"minimum": 1.5, "maximum": 1}, ir.Never()),
        ({"allOf": [{"type": "integer", "minimum": 1.5}]}, INTEGER(ge=2)),
        ({"allOf": [{"type": "string"}]}, ir.Never()),
    ],
)
def test_numbers(keywords: dict[str, Any], want: ir.Type) -> None:
    assert repr(type_of({"type": "number", **keywords})) == repr(want)


def test_integer_among_the_types_of_a_number() -> None:
    assert type_of({"type": ["integer", "number"], "minimum": 0.5}) == NUMBER(ge=0.5)


@pytest.mark.parametrize(
    ("keywords", "want"),
    [
        ({"minLength": 1, "maxLength": 2.0}, STRING(1, 2)),
        ({"minLength": 0}, ANY_STRING),
        ({"minLength": 2, "maxLength": 1}, ir.Never()),
        ({"x-samewire-min-bytes": 2, "x-samewire-max-bytes": 1}, ir.Never()),
        (
            {"minLength": 1, "maxLength": 3, "x-samewire-min-bytes": 4, "x-samewire-max-bytes": 3},
            ir.Never(),
        ),
        (
            {"minLength": 2, "maxLength": 3, "x-samewire-min-bytes": 5, "x-samewire-max-bytes": 9},
            ir.String(max_length=3, min_bytes=5, max_bytes=9),
        ),
        ({"maxLength": 9, "x-samewire-max-bytes": 9}, ir.String(max_bytes=9)),
        (
            {"minLength": 1, "allOf": [{"minLength": 3, "maxLength": 9}, {"maxLength": 7}]},
            STRING(3, 7),
        ),
        ({"pattern": "^a/b$"}, STRING(patterns=(ir.Regex.parse(r"^a\/b$"),))),
        ({"pattern": r"^a\/b$"}, STRING(patterns=(ir.Regex.parse(r"^a\/b$"),))),
        ({"pattern": ""}, STRING(patterns=(ir.Regex.parse("(?:)"),))),
        (
            {"pattern": "a", "x-samewire-pattern-flags": "iu"},
            STRING(patterns=(ir.Regex.parse("a", "iu"),)),
        ),
        (
            {"pattern": "[a--b]", "x-samewire-pattern-flags": "v"},
            STRING(patterns=(ir.Regex.parse("[a--b]", "v"),)),
        ),
        (
            {"pattern": "a", "x-samewire-pattern-source": "(?i)a"},
            STRING(patterns=(ir.Regex.parse("a"),)),
        ),
        (
            {"pattern": "a", "allOf": [{"pattern": "b"}, {"pattern": "a"}]},
            STRING(patterns=(ir.Regex.parse("a"), ir.Regex.parse("b"))),
        ),
        ({"format": "email"}, STRING(format=scalars.Email())),
        ({"format": "ipvanyaddress"}, STRING(format=scalars.Ip())),
        ({"format": "json-string"}, STRING(format=scalars.JsonText())),
        ({"format": "binary"}, ANY_STRING),
        ({"format": "password", "writeOnly": True}, ANY_STRING),
        ({"format": "uri-reference", "minLength": 1}, STRING(1)),
        ({"contentEncoding": "base64"}, STRING(format=scalars.Base64())),
        ({"contentEncoding": "base64url", "format": "binary"}, ANY_STRING),
        (
            {"contentEncoding": "base64", "format": "base64url"},
            STRING(format=scalars.Base64(for_urls=True)),
        ),
        ({"contentEncoding": "quoted-printable", "contentSchema": {}}, ANY_STRING),
        ({"format": "date-time"}, STRING(format=scalars.DateTime())),
        (
            {"format": "date-time", "x-samewire-timezone": "aware"},
            STRING(format=scalars.DateTime(scalars.Zone.AWARE)),
        ),
        (
            {"format": "time", "x-samewire-timezone": "naive"},
            STRING(format=scalars.Time(scalars.Zone.NAIVE)),
        ),
        (
            {"format": "date", "formatMinimum": "2024-01-02"},
            STRING(format=scalars.Date(scalars.Bounds(ge="2024-01-02"))),
        ),
        (
            {
                "format": "duration",
                "formatExclusiveMinimum": "PT0S",
                "formatExclusiveMaximum": "P1DT2H3.5S",
            },
            STRING(format=scalars.Duration(scalars.Bounds(gt="PT0S", lt="P1DT2H3.5S"))),
        ),
        (
            {"format": "duration", "formatMinimum": "-P1Y35D"},
            STRING(format=scalars.Duration(scalars.Bounds(ge="-P1Y35D"))),
        ),
        (
            {
                "format": "date-time",
                "formatMinimum": "2024-01-01T00:00:00Z",
                "formatMaximum": "2024-01-01T00:00:00.5+02:00",
            },
            STRING(
                format=scalars.DateTime(
                    bounds=scalars.Bounds(
                        ge="2024-01-01T00:00:00Z", le="2024-01-01T00:00:00.5+02:00"
                    )
                )
            ),
        ),
        ({"format": "uuid"}, STRING(format=scalars.Uuid())),
        ({"format": "uuid4"}, STRING(format=scalars.Uuid(4))),
        ({"format": "uuid", "x-samewire-uuid-version": 7}, STRING(format=scalars.Uuid(7))),
        ({"format": "uri"}, STRING(format=scalars.Url())),
        (
            {"format": "uri", "maxLength": 9, "x-samewire-url-schemes": ["http", "HTTPS"]},
            STRING(None, 9, (), scalars.Url(("http", "https"))),
        ),
        (
            {"format": "multi-host-uri", "x-samewire-url-schemes": ["a+b"]},
            STRING(format=scalars.Url(("a+b",), multi_host=True)),
        ),
        (
            {
                "format": "decimal",
                "x-samewire-max-digits": 5,
                "x-samewire-decimal-places": 2,
                "x-samewire-multiple-of": "0.01",
                "formatMinimum": "-1E+2",
                "formatExclusiveMaximum": "9.99",
                "x-samewire-allow-special": True,
            },
            STRING(
                format=scalars.Decimal(5, 2, "0.01", scalars.Bounds(ge="-1E+2", lt="9.99"), True)
            ),
        ),
        (
            {"format": "decimal", "x-samewire-decimal-places": 0},
            STRING(format=scalars.Decimal(decimal_places=0)),
        ),
    ],
)
def test_strings(keywords: dict[str, Any], want: ir.Type) -> None:
    assert type_of({"type": "string", **keywords}) == want


@pytest.mark.parametrize(
    ("format_", "keyword", "one", "other", "want"),
    [
        ("decimal", "formatMinimum", "1E+1", "9.5", scalars.Bounds(ge="1E+1")),
        ("decimal", "formatMaximum", "1E+1", "9.5", scalars.Bounds(le="9.5")),
        ("date", "formatMinimum", "2024-02-01", "2023-12-31", scalars.Bounds(ge="2024-02-01")),
        ("duration", "formatMaximum", "PT90M", "PT1H", scalars.Bounds(le="PT1H")),
        ("duration", "formatMinimum", "P1Y", "P366D", scalars.Bounds(ge="P366D")),
        ("time", "formatMinimum", "10:00:00", "09:59:59.9", scalars.Bounds(ge="10:00:00")),
        (
            "date-time",
            "formatMinimum",
            "2024-01-01T01:00:00+02:00",
            "2024-01-01T00:00:00Z",
            scalars.Bounds(ge="2024-01-01T00:00:00Z"),
        ),
    ],
)
def test_the_stricter_bound_of_a_format(
    format_: str, keyword: str, one: str, other: str, want: scalars.Bounds
) -> None:
    for first, second in ((one, other), (other, one)):
        found = type_of(
            {"type": "string", "format": format_, keyword: first, "allOf": [{keyword: second}]}
        )
        assert isinstance(found, STRING)
        assert isinstance(
            found.format,
            scalars.Decimal | scalars.Date | scalars.Duration | scalars.Time | scalars.DateTime,
        )
        assert found.format.bounds == want


def test_an_exclusive_bound_is_stricter_than_an_inclusive_one() -> None:
    both = {
        "type": "string",
        "format": "decimal",
        "formatMinimum": "1",
        "formatExclusiveMinimum": "1.0",
    }
    assert type_of(both) == STRING(format=scalars.Decimal(bounds=scalars.Bounds(gt="1.0")))
    both = {
        "type": "string",
        "format": "decimal",
        "formatMinimum": "1.5",
        "formatExclusiveMinimum": "1.0",
    }
    assert type_of(both) == STRING(format=scalars.Decimal(bounds=scalars.Bounds(ge="1.5")))


@pytest.mark.parametrize(
    ("schema", "want"),
    [
        ({"type": "int"}, [("invalid-keyword", "./type")]),
        ({"type": []}, [("invalid-keyword", "./type")]),
        ({"type": ["string", {}]}, [("invalid-keyword", "./type")]),
        ({"enum": []}, [("invalid-keyword", "./enum")]),
        ({"enum": "ab"}, [("invalid-keyword", "./enum")]),
        ({"type": "integer", "minimum": "1"}, [("invalid-keyword", "./minimum")]),
        (
            {"type": "integer", "minimum": 1, "exclusiveMinimum": True},
            [("invalid-keyword", "./exclusiveMinimum")],
        ),
        ({"type": "number", "multipleOf": 0}, [("invalid-keyword", "./multipleOf")]),
        ({"type": "number", "multipleOf": -1.5}, [("invalid-keyword", "./multipleOf")]),
        (
            {
                "type": "number",
                "multipleOf": 1.000000000000001,
                "allOf": [{"multipleOf": 1.0000000000000007}],
            },
            [("no-exact-form", ".")],
        ),
        (
            {"type": "string", "minLength": -1, "maxLength": 1.5},
            [("invalid-keyword", "./minLength"), ("invalid-keyword", "./maxLength")],
        ),
        ({"type": "string", "minLength": True}, [("invalid-keyword", "./minLength")]),
        ({"type": "string", "pattern": "("}, [("invalid-pattern", "./pattern")]),
        ({"type": "string", "pattern": ["a"]}, [("invalid-keyword", "./pattern")]),
        (
            {"type": "string", "pattern": "a", "x-samewire-pattern-flags": "g"},
            [("invalid-keyword", "./x-samewire-pattern-flags")],
        ),
        (
            {"type": "string", "pattern": "a", "x-samewire-pattern-flags": "i"},
            [("invalid-keyword", "./x-samewire-pattern-flags")],
        ),
        (
            {"type": "string", "pattern": "a", "x-samewire-pattern-flags": "uv"},
            [("invalid-keyword", "./x-samewire-pattern-flags")],
        ),
        (
            {"type": "string", "pattern": "a", "x-samewire-pattern-flags": "uu"},
            [("invalid-keyword", "./x-samewire-pattern-flags")],
        ),
        ({"type": "string", "format": 1}, [("invalid-keyword", "./format")]),
        (
            {"type": "string", "format": "email", "allOf": [{"format": "uuid"}]},
            [("no-exact-form", "./allOf/0")],
        ),
        (
            {"type": "string", "format": "date", "formatMinimum": "01.02.2024"},
            [("invalid-keyword", "./formatMinimum")],
        ),
        (
            {"type": "string", "format": "date", "formatMinimum": "2023-02-29"},
            [("invalid-keyword", "./formatMinimum")],
        ),
        (
            {"type": "string", "format": "date", "formatMinimum": 5},
            [("invalid-keyword", "./formatMinimum")],
        ),
        (
            {"type": "string", "format": "duration", "formatMinimum": "P"},
            [("invalid-keyword", "./formatMinimum")],
        ),
        (
            {"type": "string", "format": "decimal", "formatMaximum": "NaN"},
            [("invalid-keyword", "./formatMaximum")],
        ),
        (
            {
                "type": "string",
                "format": "time",
                "formatMinimum": "10:00:00Z",
                "formatExclusiveMinimum": "10:00:00",
            },
            [("no-exact-form", "./formatExclusiveMinimum")],
        ),
        ({"type": "string", "formatMinimum": "a"}, [("unsupported-keyword", "./formatMinimum")]),
        (
            {"type": "string", "format": "email", "formatMaximum": "b"},
            [("unsupported-keyword", "./formatMaximum")],
        ),
        (
            {"type": "string", "format": "date", "x-samewire-timezone": "aware"},
            [("unsupported-keyword", "./x-samewire-timezone")],
        ),
        (
            {"type": "string", "format": "time", "x-samewire-timezone": "utc"},
            [("invalid-keyword", "./x-samewire-timezone")],
        ),
        (
            {"type": "string", "format": "uuid", "x-samewire-uuid-version": 9},
            [("invalid-keyword", "./x-samewire-uuid-version")],
        ),
        (
            {"type": "string", "format": "uuid", "x-samewire-uuid-version": True},
            [("invalid-keyword", "./x-samewire-uuid-version")],
        ),
        (
            {"type": "string", "format": "uri", "x-samewire-url-schemes": ["ht tp"]},
            [("invalid-keyword", "./x-samewire-url-schemes")],
        ),
        (
            {"type": "string", "format": "uri", "x-samewire-url-schemes": []},
            [("invalid-keyword", "./x-samewire-url-schemes")],
        ),
        (
            {"type": "string", "format": "decimal", "x-samewire-multiple-of": "0"},
            [("invalid-keyword", "./x-samewire-multiple-of")],
        ),
        (
            {"type": "string", "format": "decimal", "x-samewire-max-digits": -1},
            [("invalid-keyword", "./x-samewire-max-digits")],
        ),
        (
            {"type": "string", "format": "decimal", "x-samewire-allow-special": 1},
            [("invalid-keyword", "./x-samewire-allow-special")],
        ),
        ({"enum": ["a", "b"], "pattern": "("}, [("invalid-pattern", "./pattern")]),
        ({"x-samewire-type": "jsno"}, [("invalid-keyword", "./x-samewire-type")]),
        ({"not": 5}, [("invalid-schema", "./not")]),
        ({"not": {"type": "int"}}, [("invalid-keyword", "./not/type")]),
        ({"not": {"multipleOf": 0}}, [("invalid-keyword", "./not/multipleOf")]),
        ({"format": "int32"}, None),
        (
            {"minLength": 0, "uniqueItems": False, "properties": {}, "required": [], "items": True},
            None,
        ),
    ],
)
def test_refusals(schema: Any, want: list[tuple[str, str]] | None) -> None:
    if want is None:
        assert type_of(schema) == ir.Unknown()
    else:
        assert refused(schema) == want


@pytest.mark.parametrize(
    ("schema", "own"),
    [
        ({"minLength": 3}, ir.String(min_length=3)),
        ({"minimum": 3, "description": "x"}, ir.Number(ge=3)),
        ({"maxLength": 0}, ir.String(max_length=0)),
        ({"format": "uuid"}, ir.String(format=scalars.Uuid())),
        ({"maxItems": 2}, ir.Array(ir.Unknown(), max_items=2)),
        (
            {"required": ["a"]},
            ir.Object((ir.Property("a", ir.Unknown(), required=True),), ir.Keep(ir.Unknown())),
        ),
    ],
)
def test_a_keyword_limits_values_of_its_own_type_alone(schema: Any, own: ir.Type) -> None:
    """JSON Schema 2020-12, Validation, section 6: values of any other type are valid."""
    union = type_of(schema)
    assert isinstance(union, ir.Nullable)
    assert isinstance(union.inner, ir.Union)
    assert own in union.inner.members
    kinds = [type(each) for each in union.inner.members]
    assert {ir.Boolean, ir.Number, ir.String, ir.Array} <= set(kinds)
    assert len(kinds) == 5


def test_ways_out() -> None:
    assert 'did you mean "integer"?' in hints({"type": "int"})
    assert "since draft 6" in hints({"type": "number", "exclusiveMaximum": False})
    assert 'type": ["string", "null"]' in hints({"type": "string", "nullable": True})


# --- Enumerations -----------------------------------------------------------------------------------------------------


def test_names_make_an_enumeration_of_a_definition() -> None:
    schema = {
        "type": "integer",
        "enum": [1, 2.0, "x", 1.0],
        "x-enum-varnames": ["ONE", None, "X", "UNO"],
        "x-enum-descriptions": ["first", None, "", "alias"],
    }
    want = ir.EnumType((ir.EnumMember("ONE", 1, "first"), ir.EnumMember("2", 2)))
    assert repr(type_of(schema)) == repr(want)


@pytest.mark.parametrize(
    ("schema", "want"),
    [
        ({"enum": ["a", None], "x-enum-varnames": ["A", "NONE"]}, ir.Nullable(LITERAL(("a",)))),
        ({"enum": [[1]], "x-enum-varnames": ["A"]}, ir.Tuple((LITERAL((1,)),), None, 1)),
        ({"const": "a", "x-enum-varnames": ["A"]}, LITERAL(("a",))),
        ({"type": "string", "x-enum-varnames": ["A"]}, STRING()),
        ({"enum": ["a"]}, LITERAL(("a",))),
    ],
)
def test_what_has_names_and_is_no_enumeration(schema: Any, want: ir.Type) -> None:
    assert type_of(schema) == want


def test_an_enumeration_that_is_no_definition_is_a_literal() -> None:
    inline = {"enum": ["a", "b"], "x-enum-varnames": ["A", "B"]}
    assert type_of({"type": "array", "items": inline}) == ir.Array(LITERAL(("a", "b")))


def test_an_enumeration_with_a_constraint_beside_its_reference_is_a_literal() -> None:
    found = types(
        {
            "A": {"$ref": "#/$defs/E", "enum": ["b", "c"]},
            "E": {"enum": ["a", "b"], "x-enum-varnames": ["X", "Y"]},
        }
    )
    assert found["A"] == LITERAL(("b",))
    assert isinstance(found["E"], ir.EnumType)


@pytest.mark.parametrize(
    ("more", "want"),
    [
        ({"x-enum-varnames": ["A"]}, [("invalid-keyword", "./x-enum-varnames")]),
        ({"x-enum-varnames": ["A", 1]}, [("invalid-keyword", "./x-enum-varnames")]),
        ({"x-enum-varnames": "AB"}, [("invalid-keyword", "./x-enum-varnames")]),
        ({"x-enum-varnames": ["A", "A"]}, [("invalid-keyword", "./x-enum-varnames")]),
        ({"x-enum-varnames": ["b", None]}, [("invalid-keyword", "./x-enum-varnames")]),
        (
            {"x-enum-varnames": ["A", "B"], "x-enum-descriptions": ["a"]},
            [("invalid-keyword", "./x-enum-descriptions")],
        ),
        (
            {"x-enum-varnames": ["A", "B"], "x-enum-descriptions": {}},
            [("invalid-keyword", "./x-enum-descriptions")],
        ),
    ],
)
def test_names_that_do_not_fit(more: dict[str, Any], want: list[tuple[str, str]]) -> None:
    assert refused({"enum": ["a", "b"], **more}) == want


def test_fields_that_say_the_same_are_each_reported() -> None:
    """Of texts and numbers one type is kept for all schemas that say the same; ``True`` and 1 are equal in Python."""
    fields = {
        "right": {"type": "string", "minLength": 1},
        "wrong": {"type": "string", "minLength": True},
        "again": {"type": "string", "minLength": True},
    }
    with pytest.raises(SchemaError) as caught:
        lower({"$defs": {"A": {"type": "object", "properties": fields}}}, where="test.json")
    places = [each.where for each in caught.value.diagnostics]
    assert places == [
        f"test.json#/$defs/A/properties/{name}/minLength" for name in ("wrong", "again")
    ]
