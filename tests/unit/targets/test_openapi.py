"""From types to JSON Schema, and a contract as an OpenAPI document."""

from __future__ import annotations

from typing import Any

import pytest
import regress
from samewire import ir, scalars
from samewire.patterns import Regex, translate
from samewire.scalars.spelling import Spelling
from samewire.scalars.temporal import Zone
from samewire.targets.openapi.document import component_names, document
from samewire.targets.openapi.schemas import Schemas

from tests.openapi_rules import mistakes

INTEGER, STRING = ir.Integer(), ir.String()
CAT = ir.Object((ir.Property("kind", ir.Literal(("cat",)), True),))
DOG = ir.Object((ir.Property("kind", ir.Ref("Kind"), True),))
KIND = ir.EnumType((ir.EnumMember("DOG", "dog"), ir.EnumMember("WOLF", "wolf", "A wild one.")))
TYPES = {"Cat": CAT, "Dog": DOG, "Kind": KIND, "Odd name": STRING}
DEFINITIONS = {name: ir.Definition(name, type_, "") for name, type_ in TYPES.items()}
NAMES = component_names(DEFINITIONS, ())


def schema(type_: ir.Type, **options: Any) -> dict[str, Any]:
    return Schemas(DEFINITIONS, NAMES, frozenset(DEFINITIONS), **options).schema(type_)


def known(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


NULL = {"type": "null"}
TABLE: list[tuple[ir.Type, dict[str, Any]]] = [
    (ir.Unknown(), {}),
    (ir.JsonValue(), {}),
    (ir.Nullable(ir.Unknown()), {}),
    (ir.Never(), {"not": {}}),
    (ir.Null(), NULL),
    (ir.Boolean(), {"type": "boolean"}),
    (ir.Literal(("a",)), {"type": "string", "const": "a"}),
    (ir.Literal((1, 2)), {"type": "integer", "enum": [1, 2]}),
    (ir.Literal((1, True, None)), {"enum": [1, True, None]}),
    (
        ir.Integer(ge=0, lt=10, multiple_of=2),
        {"type": "integer", "minimum": 0, "exclusiveMaximum": 10, "multipleOf": 2},
    ),
    (
        ir.Number(gt=0.5, le=2),
        {"type": "number", "exclusiveMinimum": 0.5, "maximum": 2},
    ),
    (ir.Nullable(ir.Number()), {"anyOf": [{"type": "number"}, NULL]}),
    (ir.String(1, 5), {"type": "string", "minLength": 1, "maxLength": 5}),
    (ir.String(min_bytes=5, max_bytes=9), {"type": "string", "minLength": 2, "maxLength": 9}),
    (
        ir.String(patterns=(Regex.parse("^a"),)),
        {"type": "string", "pattern": "^a"},
    ),
    (
        ir.String(patterns=(Regex.parse("^a"), Regex.parse("b$"))),
        {
            "type": "string",
            "allOf": [{"type": "string", "pattern": "^a"}, {"type": "string", "pattern": "b$"}],
        },
    ),
    (
        ir.String(patterns=(Regex.parse("^k1$", "iu"),)),
        {"type": "string", "pattern": r"^[kK\u212a]1$"},
    ),
    (
        ir.Array(INTEGER, 1, 3, unique=True),
        {
            "type": "array",
            "items": {"type": "integer"},
            "minItems": 1,
            "maxItems": 3,
            "uniqueItems": True,
        },
    ),
    (
        ir.Tuple((INTEGER, STRING), min_items=1),
        {
            "type": "array",
            "prefixItems": [{"type": "integer"}, {"type": "string"}],
            "minItems": 1,
            "maxItems": 2,
        },
    ),
    (
        ir.Tuple((INTEGER,), STRING, 1),
        {
            "type": "array",
            "prefixItems": [{"type": "integer"}],
            "items": {"type": "string"},
            "minItems": 1,
        },
    ),
    (ir.Tuple(()), {"type": "array", "maxItems": 0}),
    (ir.Record(STRING, INTEGER), {"type": "object", "additionalProperties": {"type": "integer"}}),
    (
        ir.Record(ir.Ref("Kind"), INTEGER, 1),
        {
            "type": "object",
            "additionalProperties": {"type": "integer"},
            "propertyNames": known("Kind"),
            "minProperties": 1,
        },
    ),
    (ir.Object(()), {"type": "object"}),
    (ir.Object((), ir.REJECT), {"type": "object", "additionalProperties": False}),
    (
        ir.Object((ir.Property("a", INTEGER, False, ir.Doc(default=(None,))),), ir.Keep(STRING)),
        {
            "type": "object",
            "properties": {"a": {"type": "integer", "default": None}},
            "additionalProperties": {"type": "string"},
        },
    ),
    (
        ir.Object((ir.Property("a", INTEGER, True, ir.Doc("A", "An a.", "use b", (1,), (2,))),)),
        {
            "type": "object",
            "properties": {
                "a": {
                    "type": "integer",
                    "title": "A",
                    "description": "An a.",
                    "deprecated": True,
                    "examples": [1],
                }
            },
            "required": ["a"],
        },
    ),
    (ir.Union((INTEGER, STRING)), {"anyOf": [{"type": "integer"}, {"type": "string"}]}),
    (
        ir.Union((ir.Ref("Cat"), ir.Ref("Dog")), "kind"),
        {
            "oneOf": [known("Cat"), known("Dog")],
            "discriminator": {
                "propertyName": "kind",
                "mapping": {
                    "cat": "#/components/schemas/Cat",
                    "dog": "#/components/schemas/Dog",
                    "wolf": "#/components/schemas/Dog",
                },
            },
        },
    ),
    (ir.Union((CAT, ir.Ref("Dog")), "kind"), {"oneOf": [schema(CAT), known("Dog")]}),
    (ir.Ref("Odd name"), known("Odd_name")),
    (
        KIND,
        {
            "type": "string",
            "enum": ["dog", "wolf"],
            "x-enum-varnames": ["DOG", "WOLF"],
            "x-enum-descriptions": ["", "A wild one."],
        },
    ),
    (
        ir.Checked(STRING, (ir.Not(ir.Literal(("",))), ir.AllOf(ir.Unknown()))),
        {"allOf": [{"type": "string"}, {"not": {"type": "string", "const": ""}}]},
    ),
    (
        ir.Checked(ir.Unknown(), (ir.IfThenElse(STRING, ir.Unknown(), INTEGER),)),
        {"if": {"type": "string"}, "else": {"type": "integer"}},
    ),
    (
        ir.Checked(ir.Unknown(), (ir.Contains(INTEGER, 2, 3), ir.UniqueItems())),
        {
            "allOf": [
                {"contains": {"type": "integer"}, "minContains": 2, "maxContains": 3},
                {"uniqueItems": True},
            ]
        },
    ),
    (
        ir.Checked(
            ir.Unknown(),
            (
                ir.UnevaluatedProperties(
                    ir.Evaluated(("a",), inside=(ir.Evaluated(("b",), when=CAT),)), INTEGER
                ),
            ),
        ),
        {
            "properties": {"a": True},
            "allOf": [{"if": {"not": {"not": schema(CAT)}}, "then": {"properties": {"b": True}}}],
            "unevaluatedProperties": {"type": "integer"},
        },
    ),
]


@pytest.mark.parametrize(("type_", "wanted"), TABLE)
def test_a_type_as_json_schema(type_: ir.Type, wanted: dict[str, Any]) -> None:
    assert schema(type_) == wanted


@pytest.mark.parametrize(
    ("format_", "exact", "declared"),
    [
        (scalars.DateTime(Zone.AWARE), "date-time", "date-time"),
        (scalars.DateTime(Zone.NAIVE), "date-time-local", "date-time-local"),
        (scalars.DateTime(), None, "date-time"),
        (scalars.Date(), "date", "date"),
        (scalars.Duration(), None, "duration"),
        (scalars.Uuid(), "uuid", "uuid"),
        (scalars.Uuid(spelling=Spelling.READ), None, "uuid"),
        (scalars.Email(Spelling.READ), None, "email"),
        (scalars.Decimal(), "decimal", "decimal"),
        (scalars.Ip((4,)), "ipv4", "ipv4"),
    ],
)
def test_a_format_of_the_standard_is_one(
    format_: scalars.Format, exact: str | None, declared: str
) -> None:
    type_ = ir.String(format=format_)
    assert schema(type_).get("format") == exact
    assert schema(type_, formats="declared").get("format") == declared


FORMATS = [
    variant
    for scalar in scalars.SCALARS
    if isinstance(scalar, scalars.Format)
    for variant in scalar.variants()
]


@pytest.mark.parametrize("format_", FORMATS, ids=lambda one: one.label())
def test_the_pattern_of_a_format_takes_all_of_its_texts(format_: scalars.Format) -> None:
    """With the flag ``u`` and without, since generators leave it off."""
    pattern = format_.standard().get("pattern")
    if pattern is None:
        return
    Regex.parse(pattern)
    for flags in ("", "u"):
        regex = regress.Regex(pattern, flags)
        texts = [text for text in format_.edges() if format_.fits(text)]
        assert texts
        assert [text for text in texts if regex.find(text) is None] == []


EXACT = (
    *(
        "dateTime",
        "naiveDateTime",
        "dateTimeInput",
        "time",
        "duration",
        "uuidInput",
        "uuidV4Input",
        "decimal",
    ),
    *(
        "semanticVersion",
        "ulid",
        "macAddress",
        "base64",
        "base64Url",
        "emailInput",
        "ipv4Interface",
    ),
)


@pytest.mark.parametrize(
    "format_", [one for one in FORMATS if one.label() in EXACT], ids=lambda one: one.label()
)
def test_the_pattern_of_a_format_refuses_what_looks_like_it(format_: scalars.Format) -> None:
    regex = regress.Regex(format_.standard()["pattern"])
    texts = [text for text, _ in format_.invalid() if not format_.fits(text)]
    refused = [text for text in texts if regex.find(text) is None]
    assert len(refused) >= len(texts) - 2  # a day that February lacks, a domain for tests


def test_a_pattern_that_no_flag_can_be_left_off_of_is_none() -> None:
    regex = translate(r"(?i)\p{Lu}k", "rust-regex").regex
    assert regex.ignore_case
    assert schema(ir.String(patterns=(regex,))) == {"type": "string"}


def test_components_have_names_of_ascii_and_no_two_the_same() -> None:
    names = component_names(["Größe", "Gr__e", "Gr_ße", "Page[User]", "User"], ["User_"])
    assert names == {
        "Größe": "Gr__e_",
        "Gr__e": "Gr__e",
        "Gr_ße": "Gr__e__",
        "Page[User]": "Page_User_",
        "User": "User",
    }


def test_a_contract_without_an_application_has_components_alone() -> None:
    definitions = tuple(DEFINITIONS[name] for name in sorted(DEFINITIONS))
    contract = ir.Contract("zoo", definitions, ("Cat", "Dog"), ("Odd name",))
    made = document(contract, "3.1", {"version": "7"}, "exact")
    assert mistakes(made) == []
    assert made["info"] == {"title": "zoo", "version": "7"}
    assert made["paths"] == {}
    assert list(made["components"]["schemas"]) == ["Cat", "Dog", "Kind", "Odd_name"]


def test_defaults_stand_where_the_backend_reads() -> None:
    doc = ir.Doc(default=(1,))
    type_ = ir.Object((ir.Property("a", INTEGER, False, doc),))
    definitions = tuple(ir.Definition(name, type_, "") for name in ("In", "Out"))
    made = document(ir.Contract("c", definitions, ("Out",), ("In",)), "3.1", {}, "exact")
    schemas = made["components"]["schemas"]
    assert schemas["In"]["properties"]["a"] == {"type": "integer", "default": 1}
    assert schemas["Out"]["properties"]["a"] == {"type": "integer"}
