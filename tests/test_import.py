"""``samewire import``: what models it writes, what it says they lose, and that no text of a file becomes code."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from samewire import ir, jsonschema
from samewire.errors import Diagnostic, SamewireError, SchemaError

from .project import Project, project_in

pytest.importorskip("datamodel_code_generator", reason="an extra, which the lowest versions lack")

from samewire.importing import Imported, import_document
from samewire.importing.dialects import modern
from samewire.importing.families import Families, Instance, families
from samewire.importing.losses import CAUSES
from samewire.importing.reading import read
from samewire.importing.safety import check_harmless

from .conformance.features.python import imported as module_of

TOP = Path(__file__).parents[1]


def imported(definitions: dict[str, Any], **top: Any) -> Imported:
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": definitions,
        **top,
    }
    return import_document(modern(document), Path("api.json"), "api.json")


def body(result: Imported) -> str:
    """The module behind its imports."""
    statements = ast.parse(result.text).body
    first = next(each for each in statements if not isinstance(each, ast.ImportFrom | ast.Expr))
    return "\n".join(result.text.splitlines()[first.lineno - 1 :]).replace("\n\n\n", "\n\n")


def losses(result: Imported) -> list[str]:
    return [f"{each.kind} {each.place}" for each in result.losses]


# --- What is written --------------------------------------------------------------------------------------------------

CASES: dict[str, tuple[dict[str, Any], str, list[str]]] = {
    "fields": (
        {
            "order": {
                "description": "What is ordered.",
                "type": "object",
                "required": ["id", "lines", "placedAt"],
                "properties": {
                    "id": {"type": "integer", "minimum": 1},
                    "placedAt": {"type": "string", "format": "date-time", "description": "In UTC."},
                    "state": {"enum": ["open", "shipped"], "default": "open"},
                    "lines": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/line-item"}},
                    "note": {"type": ["string", "null"], "maxLength": 80},
                },
                "additionalProperties": False,
            },
            "line-item": {
                "type": "object",
                "required": ["sku"],
                "properties": {"sku": {"type": "string", "pattern": "^[A-Z]{3}-\\d+$"}},
            },
        },
        '''
        class LineItem(BaseModel):
            sku: Annotated[str, Field(pattern="^[A-Z]{3}-[0-9]+$")]

        class Order(BaseModel):
            """What is ordered."""

            model_config = ConfigDict(extra="forbid", populate_by_name=True, use_attribute_docstrings=True)

            id: Annotated[int, Field(ge=1)]
            placed_at: Annotated[AwareDatetime, Field(alias="placedAt")]
            """In UTC."""

            state: Literal["open", "shipped"] = "open"
            lines: Annotated[list[LineItem], Field(min_length=1)]
            note: Annotated[str, Field(max_length=80)] | None = None
        ''',
        ["spelling order.placedAt"],
    ),
    "objects inside": (
        {
            "Pet": {
                "type": "object",
                "required": ["owner", "kind"],
                "properties": {
                    "owner": {"type": "object", "properties": {"name": {"type": "string"}}},
                    "kind": {
                        "oneOf": [
                            {
                                "type": "object",
                                "required": ["type", "lives"],
                                "properties": {"type": {"const": "cat"}, "lives": {"type": "integer"}},
                            },
                            {
                                "type": "object",
                                "required": ["type"],
                                "properties": {"type": {"const": "dog"}},
                            },
                        ]
                    },
                },
            }
        },
        """
        class PetOwner(BaseModel):
            name: str | None = None

        class PetKindCat(BaseModel):
            type: Literal["cat"]
            lives: int

        class PetKindDog(BaseModel):
            type: Literal["dog"]

        class Pet(BaseModel):
            owner: PetOwner
            kind: Annotated[PetKindCat | PetKindDog, Field(discriminator="type")]
        """,
        ["accepts-null Pet.owner.name"],
    ),
    "members of a union that their keys tell apart": (
        {
            "Job": {
                "anyOf": [
                    {"type": "object", "required": ["uses"], "properties": {"uses": {"type": "string"}}},
                    {"type": "object", "required": ["runsOn"], "properties": {"runsOn": {"type": "string"}}},
                    {"type": "object", "required": ["uses", "by"], "properties": {"uses": {"type": "string"}, "by": {"type": "string"}}},
                    {"type": "object", "required": ["at"], "properties": {"in": {}, "at": {}}},
                    {"type": "object", "required": ["in"], "properties": {"in": {}, "at": {}}},
                ]
            }
        },
        """
        class JobWithUses(BaseModel):
            uses: str

        class JobWithRunsOn(BaseModel):
            model_config = ConfigDict(populate_by_name=True)

            runs_on: Annotated[str, Field(alias="runsOn")]

        class JobWithBy(BaseModel):
            uses: str
            by: str

        class JobWithAt(BaseModel):
            model_config = ConfigDict(populate_by_name=True)

            in_: Annotated[Any, Field(alias="in")] = None
            at: Any

        class JobWithIn(BaseModel):
            model_config = ConfigDict(populate_by_name=True)

            in_: Annotated[Any, Field(alias="in")]
            at: Any = None

        Job: TypeAlias = JobWithUses | JobWithRunsOn | JobWithBy | JobWithAt | JobWithIn
        """,
        [],
    ),
    "aliases": (
        {
            "Id": {"type": "string", "format": "uuid"},
            "Tree": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"$ref": "#/$defs/Tree"}}]},
            "Map": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Id"}},
            "Point": {"type": "array", "prefixItems": [{"type": "number"}, {"type": "number"}], "items": False, "minItems": 2},
            "List": {"type": "array", "items": {"type": "boolean"}},
        },
        """
        Id: TypeAlias = UUID

        List: TypeAlias = list[bool]

        Map: TypeAlias = dict[str, Id]

        Point: TypeAlias = tuple[float, float]

        Tree = TypeAliasType("Tree", "str | list[Tree]")
        """,
        ["spelling Id"],
    ),
    "one part in two members": (
        {
            "Step": {
                "anyOf": [
                    {"type": "object", "properties": {key: {"type": "string"}, "with": {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}}}
                    for key in ("uses", "run")
                ]
            }
        },
        """
        class StepObjectWith(BaseModel):
            a: int

        class StepObject(BaseModel):
            model_config = ConfigDict(populate_by_name=True)

            uses: str | None = None
            with_: Annotated[StepObjectWith | None, Field(alias="with")] = None

        class StepObject2(BaseModel):
            model_config = ConfigDict(populate_by_name=True)

            run: str | None = None
            with_: Annotated[StepObjectWith | None, Field(alias="with")] = None

        Step: TypeAlias = StepObject | StepObject2
        """,
        ["accepts-null Step.run", "accepts-null Step.uses", "accepts-null Step.with"],
    ),
    "further keys": (
        {
            "Open": {"type": "object", "properties": {"a": {"type": "number"}}, "additionalProperties": True, "required": ["a"]},
            "Typed": {"type": "object", "properties": {"a": {"type": "number"}}, "additionalProperties": {"type": "integer"}, "required": ["a"]},
        },
        """
        class Open(BaseModel):
            model_config = ConfigDict(extra="allow")

            a: float

        class Typed(BaseModel):
            model_config = ConfigDict(extra="allow")

            __pydantic_extra__: dict[str, int] = Field(init=False)

            a: float
        """,
        [],
    ),
    "all of another, and more": (
        {
            "Pet": {
                "type": "object",
                "required": ["petType"],
                "properties": {"petType": {"type": "string"}, "name": {"type": "string"}, "owner": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}},
            },
            "Animal": {"$ref": "#/$defs/Pet"},
            "Cat": {
                "allOf": [
                    {"$ref": "#/$defs/Animal"},
                    {"type": "object", "required": ["name"], "properties": {"petType": {"const": "cat"}, "friend": {"$ref": "#/$defs/Kitten"}}},
                ]
            },
            "Marked": {"type": "object", "required": ["mark"], "properties": {"mark": {"type": "string"}}, "additionalProperties": True},
            "Kitten": {"description": "Small.", "allOf": [{"$ref": "#/$defs/Pet"}, {"$ref": "#/$defs/Cat"}, {"$ref": "#/$defs/Marked"}]},
            "Other": {"allOf": [{"$ref": "#/$defs/Marked"}], "required": ["mark"], "properties": {"mark": {"type": "string", "format": "uuid"}}},
        },
        '''
        class PetOwner(BaseModel):
            id: int

        class Pet(BaseModel):
            model_config = ConfigDict(populate_by_name=True)

            pet_type: Annotated[str, Field(alias="petType")]
            name: str | None = None
            owner: PetOwner | None = None

        Animal: TypeAlias = Pet

        class Marked(BaseModel):
            model_config = ConfigDict(extra="allow")

            mark: str

        class Cat(Pet):
            pet_type: Annotated[Literal["cat"], Field(alias="petType")]
            name: str
            friend: Kitten | None = None

        class Kitten(Cat, Marked):
            """Small."""

            model_config = ConfigDict(extra="allow")

        Cat.model_rebuild()
        Kitten.model_rebuild()

        class Other(BaseModel):
            model_config = ConfigDict(extra="allow")

            mark: UUID
        ''',
        ["accepts-null Cat.friend", "accepts-null Pet.name", "accepts-null Pet.owner", "spelling Other.mark"],
    ),
    "types that differ in one place": (
        {
            f"Page_{name}_": {
                "title": f"Page[{name}]",
                "type": "object",
                "required": ["items", "total"],
                "properties": {"items": {"type": "array", "items": items}, "total": {"type": "integer"}, "more": {"type": "object", "required": ["at"], "properties": {"at": {"type": "integer"}}}},
            }
            for name, items in {"Item": {"$ref": "#/$defs/Item"}, "int": {"type": "integer"}, "Page_Item_": {"$ref": "#/$defs/Page_Item_"}}.items()
        }
        | {
            "Item": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}, "parts": {"$ref": "#/$defs/Page_Item_"}}},
            "Whole_a_": {"type": "object", "required": ["part"], "properties": {"part": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}}},
            "Whole_b_": {"type": "object", "required": ["part"], "properties": {"part": {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}}},
            "Box_a_": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}},
            "Box_b_": {"type": "object", "required": ["b"], "properties": {"b": {"type": "string"}}},
            "Node_a_": {"type": "object", "required": ["a", "next"], "properties": {"a": {"type": "string"}, "next": {"$ref": "#/$defs/Node_a_"}}},
            "Node_b_": {"type": "object", "required": ["a", "next"], "properties": {"a": {"type": "string"}, "next": {"$ref": "#/$defs/Node_b_"}}},
        },
        """
        T = TypeVar("T")

        class BoxA(BaseModel):
            a: str

        class BoxB(BaseModel):
            b: str

        class PageMore(BaseModel):
            at: int

        class Page(BaseModel, Generic[T]):
            items: list[T]
            total: int
            more: PageMore | None = None

        class Item(BaseModel):
            id: int
            parts: Page[Item] | None = None

        class NodeA(BaseModel):
            a: str
            next: NodeA

        class NodeB(BaseModel):
            a: str
            next: NodeB

        class WholeAPart(BaseModel):
            a: str

        class WholeA(BaseModel):
            part: WholeAPart

        class WholeBPart(BaseModel):
            a: int

        class WholeB(BaseModel):
            part: WholeBPart
        """,
        ["accepts-null Item.parts", "accepts-null Page.more"],
    ),
    "what annotations do not say": (
        {
            "Odd": {
                "type": "object",
                "required": ["unique", "mail", "look", "half", "dot", "not", "far", "first"],
                "properties": {
                    "unique": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
                    "mail": {"type": "string", "format": "email"},
                    "look": {"type": "string", "pattern": "^(?!x)"},
                    "half": {"const": 0.5},
                    "dot": {"type": "string", "pattern": "^a.b$"},
                    "not": {"type": "string", "not": {"pattern": "x"}},
                    "far": {"$ref": "other.json#/Far"},
                    "first": {"type": "array", "prefixItems": [{"type": "string"}], "items": {"type": "integer"}},
                    "unit": {"$ref": "#/$defs/Unit", "default": {"a": 1}},
                },
            },
            "Unit": {"type": "object", "properties": {"a": {"type": "integer", "default": 1}}},
        },
        """
        class Unit(BaseModel):
            a: int = 1

        class Odd(BaseModel):
            model_config = ConfigDict(populate_by_name=True)

            unique: list[str]
            mail: str
            look: str
            half: float
            dot: Annotated[str, Field(pattern="^a.b$")]
            not_: Annotated[str, Field(alias="not")]
            far: Any
            first: list[str | int]
            unit: Unit | None = None
        """,
        [
            "accepts-null Odd.unit",
            "default Odd.unit",
            "format Odd.mail",
            "not Odd.not",
            "not-read Odd/properties/far",
            "number-literal Odd.half",
            "pattern Odd.look",
            "pattern-dialect Odd.dot",
            "positions Odd.first",
            "unique Odd.unique",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_models(name: str) -> None:
    definitions, text, lost = CASES[name]
    result = imported(definitions)
    assert body(result).strip() == textwrap.dedent(text).strip()
    assert losses(result) == lost


@pytest.mark.parametrize("name", CASES)
def test_modules_are_formatted_and_their_imports_sorted(name: str, tmp_path: Path) -> None:
    (tmp_path / "models.py").write_text(imported(CASES[name][0]).text, encoding="utf-8")
    for check in (
        ["check", "--select", "E4,E7,E9,F,I,UP"],
        ["format", "--check", "--line-length", "100"],
    ):
        command = [
            "ruff",
            *check[:1],
            "--isolated",
            "--target-version",
            "py311",
            *check[1:],
            "models.py",
        ]
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


def test_a_generic_type_that_the_round_trip_does_not_prove_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    definitions = {
        f"Box_{name}_": {"type": "object", "required": ["in"], "properties": {"in": {"type": name}}}
        for name in ("string", "boolean")
    }

    def wrong(contract: ir.Contract, document: dict[str, Any]) -> Families:
        found = families(contract, document)
        instances = dict.fromkeys(found.instances, Instance("Box", ir.Null()))
        return replace(found, instances=instances)

    assert "class Box(BaseModel, Generic[T]):" in imported(definitions).text
    monkeypatch.setattr("samewire.importing.families", wrong)
    result = imported(definitions)
    assert result.renamed == ("Box_boolean_ is BoxBoolean", "Box_string_ is BoxString")
    assert not losses(result)


def test_a_file_that_comes_to_too_much_is_read_without_alternatives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limited = iter([True])

    def lower(document: dict[str, Any], *, where: str) -> Any:
        if next(limited, False):
            raise SchemaError(Diagnostic("too-large", "#", "more than 20000 schemas"))
        return lower_any(document, where=where)

    lower_any = jsonschema.lower
    monkeypatch.setattr(jsonschema, "lower", lower)
    either = {
        "properties": {"a": {"type": "string"}},
        "anyOf": [{"required": ["a"]}, {"required": ["b"]}],
    }
    result = imported({"A": {"type": "object", **either}, "B": {"anyOf": [{"type": "string"}]}})
    assert (
        body(result).strip()
        == "class A(BaseModel):\n    a: str | None = None\n\nB: TypeAlias = str"
    )
    assert losses(result) == ["accepts-null A.a", "too-many-choices A"]


def test_the_relation_finds_what_nobody_foresaw() -> None:
    """The comparison is of what Pydantic reads, and not of what was meant to be written."""
    from samewire import ir
    from samewire.importing.round_trip import compared

    text = "from pydantic import BaseModel\n\nclass A(BaseModel):\n    a: int | None = None\n    b: str\n"
    properties = tuple(ir.Property(key, ir.Integer(), required=True) for key in "ab")
    ours = {"A": ir.Definition("A", ir.Object(properties), "/$defs/A")}
    found = {each.kind: each.witness for each in compared(ours, {"A": "A"}, text)}
    assert {"refuses-type", "accepts-key-optional", "accepts-type"} <= found.keys()
    assert json.loads(found["refuses-type"])["b"] == 0


# --- Dialects ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "wanted"),
    [
        ({"type": "number", "minimum": 1, "exclusiveMinimum": True}, {"type": "number", "exclusiveMinimum": 1}),
        ({"maximum": 1, "exclusiveMaximum": False}, {"maximum": 1}),
        ({"items": [{}], "additionalItems": False}, {"prefixItems": [{}], "items": False}),
        ({"items": {}, "additionalItems": False}, {"items": {}}),
        ({"id": "x", "type": "null"}, {"$id": "x", "type": "null"}),
        ({"dependencies": {"a": ["b"], "c": {"type": "object"}}}, {"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {"type": "object"}}}),
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": True, "enum": ["a"]}, {"type": ["string", "null"], "enum": ["a", None]}),
        ({"allOf": [{"$ref": "#/a"}], "nullable": True, "description": "d"}, {"description": "d", "anyOf": [{"allOf": [{"$ref": "#/a"}]}, {"type": "null"}]}),
        ({"$ref": "#/a", "minimum": 1, "description": "d"}, {"$ref": "#/a", "description": "d"}),
        ({"$ref": "#/definitions/A", "definitions": {"A": {"id": "a"}}}, {"$ref": "#/definitions/A", "definitions": {"A": {"$id": "a"}}}),
        ({"$recursiveRef": "#"}, {"$ref": "#"}),
        ({"properties": {"nullable": {"example": 1}}}, {"properties": {"nullable": {"examples": [1]}}}),
    ],
)  # fmt: skip
def test_older_dialects(schema: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert modern(schema, alone=True) == wanted


def test_bodies_of_routes_are_types(tmp_path: Path) -> None:
    file = tmp_path / "api.yaml"
    file.write_text(
        textwrap.dedent("""
            openapi: 3.0.3
            info: {title: T, version: 2024-01-01}
            paths:
              /pets/{id}:
                post:
                  requestBody: {content: {application/json: {schema: {type: object, required: [at], properties: {at: {type: string, enum: [2024-01-01]}}}}}}
                  responses: {'200': {content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}}
            components: {schemas: {Pet: {type: object, required: [name], properties: {name: {type: string, nullable: true}}}}}
        """),
        encoding="utf-8",
    )
    text = import_document(read(file, "api.yaml"), file, "api.yaml").text
    assert 'class PostPetsIdBody(BaseModel):\n    at: Literal["2024-01-01"]\n' in text
    assert "PostPetsIdResponse: TypeAlias = list[Pet]\n" in text
    assert "    name: str | None\n" in text


# --- Hostile texts ----------------------------------------------------------------------------------------------------

HOSTILE = [
    '"""\nimport os\nos.abort()\n"""',
    "'''\nimport os; os.abort()",
    '\\"""\nimport os\nos.abort()\n#',
    "x\nimport os\nos.abort()",
    "x\rimport os\ros.abort()",
    "x\u2028import os\x0cimport os",
    '{{ __import__("os").abort() }}{% include "x" %}',
    '"), __import__("os").abort(), ("',
    "A(BaseModel): pass\nimport os #",
    "\\",
    "\\N{BULLET}\\u202e\u202e",
    "__class__",
    "os",
    "",
]  # fmt: skip


def hostile_document(text: str) -> dict[str, Any]:
    """A text in every place where a document has one."""
    schema: dict[str, Any] = {
        "title": text,
        "description": text,
        "$comment": text,
        "type": "object",
        "required": ["tag", text],
        "properties": {
            text: {"type": "string", "title": text, "description": text, "default": text, "examples": [text]},
            "tag": {"const": text, "deprecated": text},
            "enum": {"enum": [text, "b"], "default": text, "x-enum-varnames": [text, "B"], "x-enum-descriptions": [text, text]},
            "list": {"type": "array", "items": {"type": "string"}, "default": [text]},
            "map": {"type": "object", "additionalProperties": {"type": "string"}, "default": {text: text}},
            "pattern": {"type": "string", "pattern": text},
            "escaped": {"type": "string", "pattern": f"^{text}$".translate({ord(c): f"\\{c}" for c in '\\"{}()%.*'})},
            "format": {"type": "string", "format": text},
            "encoding": {"type": "string", "contentEncoding": text, "contentMediaType": text},
            "ref": {"$ref": f"#/$defs/{text}/properties/tag"},
            "far": {"$ref": text},
            "custom": {"customTypePath": "os.abort", "customBasePath": "os.abort", "x-python-import": {"module": "os", "name": "abort"}},
        },
        "patternProperties": {text: {"type": "string"}},
        "customBasePath": text,
        "additionalProperties": {"type": "object", "properties": {text: {"type": "integer"}}},
    }  # fmt: skip
    union = {
        "oneOf": [{"$ref": "#/$defs/Plain"}, {**schema, "properties": {"tag": {"const": text}}}],
        "discriminator": {"propertyName": "tag", "mapping": {text: text}},
    }
    plain = {"type": "object", "required": ["tag"], "properties": {"tag": {"const": "plain"}}}
    enum = {"enum": [text, "b"], "x-enum-varnames": [text, "B"], "description": text}
    return {
        "$defs": {text or "Empty": schema, "Union": union, "Plain": plain, "Enum": enum},
        "title": text,
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_code(text: str) -> None:
    """Importing the module would end the process; and it declares nothing but types."""
    result = import_document(
        modern(hostile_document(text)), Path(f"{text.replace('/', '')}.json"), "x"
    )
    check_harmless(result.text, "x")
    names = {
        getattr(node, "id", getattr(node, "attr", None))
        for node in ast.walk(ast.parse(result.text))
    }
    assert not names & {"abort", "__import__", "__class__"}
    assert "\u202e" not in result.text


@pytest.mark.parametrize(
    "text",
    [
        "import os",
        "from os import abort",
        "from .x import y",
        "abort()",
        "x: int = Field(default_factory=print)()",
        "def f(): pass",
        "class A:\n    def f(self): pass",
        "class A(metaclass=M): pass",
        "@d\nclass A: pass",
        "x = lambda: abort()",
        "x = [y for y in z]",
        "x = f'{y}'",
        "if True:\n    pass",
        "(",
    ],
)
def test_modules_that_do_more_than_declare_are_refused(text: str) -> None:
    with pytest.raises(SamewireError, match="import-unsafe"):
        check_harmless(text, "x")


# --- The command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path, empty=True) as project:
        project.write("pet.schema.json", json.dumps(PET))
        yield project


PET = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "title": "Pet",
    "type": "object",
    "properties": {"name": {"type": "string"}, "age": {"type": "integer", "default": 0}},
}


def test_models_to_own(project: Project) -> None:
    done = project.run("import", "pet.schema.json", "--output", "app/models.py")
    assert (done.code, done.out) == (0, "")
    assert done.err == (
        f"accepts-null: {CAUSES['accepts-null']}\n"
        "  Pet.name\n"
        "wrote app/models.py: 1 type\n"
        "1 difference from pet.schema.json: 1 accepts-null\n"
    )
    text = (project.root / "app/models.py").read_text(encoding="utf-8")
    assert text.startswith('"""The models of pet.schema.json."""\n')
    again = project.run("import", "pet.schema.json", "--output", "app/models.py")
    assert again.code == 2
    assert "--force" in again.err
    printed = project.run("import", "pet.schema.json")
    assert printed.out == text
    forced = project.run("import", "pet.schema.json", "--output", "app/models.py", "--force", "-q")
    assert (forced.code, forced.err) == (0, "")


def test_json(project: Project) -> None:
    done = project.run("import", "pet.schema.json", "--format", "json")
    answer = json.loads(done.out)
    assert answer.pop("text").startswith('"""The models')
    assert answer == {
        "command": "import",
        "ok": True,
        "types": 1,
        "losses": [{"kind": "accepts-null", "place": "Pet.name", "detail": "", "witness": ""}],
        "renamed": [],
    }


def test_what_is_no_file_to_import(project: Project) -> None:
    project.write("swagger.json", '{"swagger": "2.0"}')
    project.write("old.json", '{"openapi": "2.0"}')
    project.write("broken.yaml", "a: [")
    project.write("bytes.json", "\xff")
    project.write("api.graphql", "type Query { id: Int! }")
    (project.root / "latin.json").write_bytes(b"\xff\xfe\xff")
    files = ("swagger.json", "old.json", "broken.yaml", "api.graphql", "latin.json", "missing.json")
    for file in files:
        done = project.run("import", file)
        assert (done.code, done.out) == (2, ""), file
        assert done.err.startswith(f"error: {file}: "), done.err
        assert "[import-unreadable]" in done.err


def test_the_file_as_the_source_of_a_contract(project: Project) -> None:
    refused = project.run("import", "pet.schema.json", "--as", "source")
    assert refused.code == 2
    assert "[import-no-source]" in refused.err
    done = project.run("import", "pet.schema.json", "--as", "source", "--output", "api/pet.json")
    assert done.code == 0, done.err
    project.write("pyproject.toml", done.out)
    assert project.run("generate").code == 0
    assert "name?: string" in (project.root / "generated/pet/types.ts").read_text(encoding="utf-8")
    kept = project.run("import", "api/pet.json", "--as", "source")
    assert kept.out == done.out


def test_a_package(project: Project) -> None:
    """Modules import each other in one direction, and the package has all classes, complete."""
    schemas = {
        "Pet": {"type": "object", "required": ["tag"], "properties": {"tag": {"$ref": "#/$defs/Tag"}, "owner": {"$ref": "#/$defs/UserName"}, "next": {"$ref": "#/$defs/PetList"}}},
        "PetList": {"type": "array", "items": {"anyOf": [{"$ref": "#/$defs/Pet"}, {"$ref": "#/$defs/PetList"}]}},
        "Tag": {"type": "object", "required": ["pets"], "properties": {"pets": {"type": "array", "items": {"$ref": "#/$defs/Pet"}}}},
        "UserName": {"type": "string", "maxLength": 9, "description": "A name."},
        "import": {"allOf": [{"$ref": "#/$defs/shop.v1.Base"}], "properties": {"name": {"$ref": "#/$defs/UserName"}}},
        "shop.v1.Base": {"type": "object", "required": ["at"], "properties": {"at": {"$ref": "#/$defs/Page_Tag_"}}},
        "Page_Tag_": {"type": "object", "required": ["items"], "properties": {"items": {"type": "array", "items": {"$ref": "#/$defs/Tag"}}}},
        "Page_Pet_": {"type": "object", "required": ["items"], "properties": {"items": {"type": "array", "items": {"$ref": "#/$defs/Pet"}}}},
    }  # fmt: skip
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": schemas}
    project.write("all.json", json.dumps(document))
    done = project.run("import", "all.json", "--package", "app/shop")
    assert done.code == 0, done.err
    assert "wrote app/shop: 8 types\n" in done.err
    folder = project.root / "app/shop"
    texts = {each.stem: each.read_text(encoding="utf-8") for each in folder.iterdir()}
    classes = {name: re.findall(r"^(?:class )?([A-Z]\w*)(?:\(| =|: T)", text, re.MULTILINE) for name, text in texts.items()}  # fmt: skip
    assert classes == {
        "__init__": [],
        "pet": ["Pet", "Tag", "PetList"],
        "user": ["UserName"],
        "page": ["T", "Page"],
        "shop_v1": ["ShopV1Base"],
        "import_": ["Import"],
    }
    assert (
        'UserName: TypeAlias = Annotated[str, Field(max_length=9)]\n"""A name."""' in texts["user"]
    )
    assert "\n\nfrom .page import Page\nfrom .pet import Tag\n\n\n" in texts["shop_v1"]
    check = (
        "import shop; from pydantic import TypeAdapter, BaseModel\n"
        "assert all(issubclass(c, BaseModel) and c.__pydantic_complete__ for n in shop.__all__"
        " if isinstance(c := getattr(shop, n), type))\n"
        'print(shop.Import.model_validate_json(\'{"at": {"items": [{"pets": [{"tag": {"pets": []}}]}]}}\'))\n'
    )
    ran = subprocess.run(
        [sys.executable, "-c", check],
        cwd=folder.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("at=Page[Tag](items=[Tag(pets=[Pet(")
    assert project.run("import", "all.json", "--package", "app/shop").code == 2
    assert project.run("import", "all.json", "--package", "x", "--output", "y").code == 2
    assert project.run("import", "all.json", "--package", "app/shop", "--force", "-q").code == 0


# --- Samples ----------------------------------------------------------------------------------------------------------

SAMPLES = {
    "order-1": {
        "id": 1,
        "total": 2,
        "note": None,
        "lines": [{"sku": "A"}, {"sku": "B", "count": 2}],
    },
    "order-2": {"id": 2, "total": 1.5, "note": "x", "lines": [], "placed-at": "2024-01-02"},
    "names": ["a", "b"],
}


def test_samples(project: Project) -> None:
    for name, value in SAMPLES.items():
        project.write(f"samples/{name}.json", json.dumps(value))
    done = project.run("import", "samples", "--output", "models.py")
    assert done.code == 0, done.err
    text = (project.root / "models.py").read_text(encoding="utf-8")
    assert (
        body(Imported(text, 0, (), ())).strip()
        == textwrap.dedent("""
        Names: TypeAlias = list[str]

        class OrderLinesItem(BaseModel):
            sku: str
            count: int | None = None

        class Order(BaseModel):
            model_config = ConfigDict(populate_by_name=True)

            id: int
            total: float
            note: str | None
            lines: list[OrderLinesItem]
            placed_at: Annotated[str | None, Field(alias="placed-at")] = None
    """).strip()
    )
    order = module_of(text, "samples_of_orders").Order
    for name in ("order-1", "order-2"):
        read_back = order.model_validate_json(json.dumps(SAMPLES[name]), strict=True)
        assert read_back.model_dump(by_alias=True, exclude_unset=True) == SAMPLES[name]


def test_folders_without_samples(project: Project) -> None:
    (project.root / "samples").mkdir()
    assert "[import-unreadable]" in project.run("import", "samples").err
    project.write("samples/a.json", "{")
    done = project.run("import", "samples")
    assert (done.code, done.err.partition(":")[0]) == (2, "error")
    assert "samples/a.json: is not JSON" in done.err
    assert project.run("import", "samples", "--as", "source").code == 2


# --- zod --------------------------------------------------------------------------------------------------------------

SCHEMAS = """
    import { z } from "zod";
    console.log("what a module prints is no answer");
    export const AddressSchema = z.object({ zip: z.string().regex(/^\\d{5}$/) }).describe("Where somebody lives.");
    export const UserSchema = z.object({
      id: z.int().positive(),
      role: z.enum(["admin", "member"]).default("member"),
      address: AddressSchema.nullable(),
      friends: z.array(z.lazy(() => UserSchema)),
      name: z.string().trim().max(40),
      slug: z.string().transform((text) => text.length),
      even: z.number().refine((value) => value % 2 === 0),
      born: z.iso.date(),
      at: z.date(),
    });
    export const version = 1;
"""


def test_zod_schemas(project: Project) -> None:
    project.write("web/schemas.ts", SCHEMAS)
    (project.root / "web/node_modules").symlink_to(TOP / "node_modules")
    done = project.run("import", "--zod", "web/schemas.ts", "--format", "json")
    assert done.code == 0, done.err
    answer = json.loads(done.out)
    assert (
        body(Imported(answer["text"], 0, (), ())).strip()
        == textwrap.dedent('''
        class Address(BaseModel):
            """Where somebody lives."""

            zip: Annotated[str, Field(pattern="^[0-9]{5}$")]

        class User(BaseModel):
            id: Annotated[int, Field(gt=0)]
            role: Literal["admin", "member"] = "member"
            address: Address | None
            friends: list[User]
            name: Annotated[str, Field(max_length=40)]
            slug: str
            even: float
            born: date
            at: Any
    ''').strip()
    )
    assert [f"{each['kind']} {each['place']} {each['detail']}" for each in answer["losses"]] == [
        "zod User.name overwrite, as of trim()",
        "zod User.slug transform",
        "zod User.even refine",
        "zod User.at date",
    ]


@pytest.mark.parametrize(
    ("module", "said"),
    [
        ("export const a = 1;", "exports no zod schema"),
        ("throw new Error('not today');", "Error: not today"),
        ("export const {", "SyntaxError"),
        (None, "Cannot find module"),
    ],
)
def test_modules_without_zod_schemas(project: Project, module: str | None, said: str) -> None:
    (project.root / "node_modules").symlink_to(TOP / "node_modules")
    if module is not None:
        project.write("schemas.ts", module)
    done = project.run("import", "--zod", "schemas.ts")
    assert done.code == 2
    assert said in done.err
    assert "[import-zod]" in done.err


def test_one_source_at_a_time(project: Project) -> None:
    for arguments in (
        ["import"],
        ["import", "a.json", "--zod", "b.ts"],
        ["import", "--zod", "b.ts", "--as", "source"],
    ):
        assert project.run(*arguments).code == 2


# --- The documentation ------------------------------------------------------------------------------------------------


def test_every_kind_of_loss_is_explained() -> None:
    page = (TOP / "docs/importing.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z][a-z-]*)` \|", page, re.MULTILINE)) == CAUSES.keys()


def test_not_starting_from_pydantic(project: Project) -> None:
    section = (
        (TOP / "README.md")
        .read_text(encoding="utf-8")
        .partition("## Not starting from Pydantic?")[2]
    )
    [command] = re.findall(r"^samewire (import .*)$", section.partition("\n## ")[0], re.MULTILINE)
    components = {"schemas": {"Pet": {**PET, "required": ["name"]}}}
    project.write("openapi.json", json.dumps({"openapi": "3.1.0", "components": components}))
    done = project.run(*command.split())
    assert done.code == 0
    assert done.err.endswith("0 differences from openapi.json\n")
    assert "name: str\n" in (project.root / "app/models.py").read_text(encoding="utf-8")
