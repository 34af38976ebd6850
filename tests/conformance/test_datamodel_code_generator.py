"""
What datamodel-code-generator makes of plain JSON Schema that is not what the schema says: the table of docs/python.md.

Each is why the target ``python`` gives the generator a hint, or prints something itself. One that passes no more was mended there: delete
the entry, here and in the docs, and what works around it.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

generator = pytest.importorskip(
    "datamodel_code_generator", reason="an extra, which the lowest versions lack"
)

pytestmark = pytest.mark.filterwarnings("ignore:format of")

PAGE = Path(__file__).parents[2] / "docs" / "python.md"
NUMBERS = {"type": "integer", "enum": [1, 2]}
PAIR = {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}], "items": False}
MOMENT = {"type": "string", "format": "date-time"}

TAKES: dict[str, tuple[dict[str, Any], str]] = {
    "an optional key accepts null": ({"type": "string"}, "null"),
    "an enumeration of integers accepts text": (NUMBERS, '"1"'),
    "an enumeration of integers accepts `true`": (NUMBERS, "true"),
    "a constant 1 accepts `true`": ({"const": 1}, "true"),
    "a constant 1.5 accepts every number": ({"const": 1.5}, "2"),
    "`uniqueItems` accepts duplicates": ({"type": "array", "uniqueItems": True}, "[1, 1]"),
    "`prefixItems` accepts the items in any order": ({**PAIR, "minItems": 2}, '["x", 1]'),
    "a `date-time` accepts a number": (MOMENT, "1"),
    "a `date-time` accepts a space for its T": (MOMENT, '"2024-01-02 03:04:05Z"'),
    "a `uuid` accepts text without hyphens": (
        {"type": "string", "format": "uuid"},
        f'"{"1" * 32}"',
    ),
    "a pattern is read in Rust's dialect: `\\d` matches other digits": (
        {"type": "string", "pattern": "^\\d$"},
        '"\u0661"',
    ),
    "an unknown format is any text": (
        {"type": "string", "format": "semantic-version"},
        '"x"',
    ),
}
REFUSES: dict[str, tuple[dict[str, Any], str]] = {
    "a `date-time` without an offset is refused": (MOMENT, '"2024-01-02T03:04:05"'),
}
WRITES: dict[str, tuple[dict[str, Any], object, object]] = {
    "an omitted key is written as null": ({"type": "string"}, None, None),
    "an infinite number is written as null": ({"type": "number"}, float("inf"), None),
}
SOURCE: dict[str, tuple[dict[str, Any], str]] = {
    "enum members get other names in snake case": (
        {"enum": ["a"], "x-enum-varnames": ["First"]},
        "    first = 'a'",
    ),
    "the type of extra keys is where no type checker looks": (
        {"type": "object", "properties": {"b": {}}, "additionalProperties": {"type": "integer"}},
        "'__pydantic_extra__'",
    ),
    "a limit inside a union or list becomes its own type": (
        {"type": "array", "items": {"type": "string", "minLength": 1}},
        'AItem = TypeAliasType("AItem"',
    ),
}


def source_of(schema: dict[str, Any]) -> str:
    """With the options of ours that could mend it, and strict types."""
    text: str = generator.generate(
        {"title": "Root", "type": "object", "properties": {"a": schema}},
        input_file_type=generator.InputFileType.JsonSchema,
        output_model_type=generator.enums.DataModelType.PydanticV2BaseModel,
        target_python_version=generator.PythonVersion.PY_311,
        strict_types=list(generator.enums.StrictTypes),
        use_annotated=True,
        field_constraints=True,
        strict_nullable=True,
        use_type_alias=True,
        use_union_operator=True,
        use_standard_collections=True,
        snake_case_field=True,
        disable_timestamp=True,
        formatters=[],
    )
    return text


def model_of(schema: dict[str, Any]) -> type[BaseModel]:
    module = sys.modules["made_by_others"] = ModuleType("made_by_others")
    exec(compile(source_of(schema), "made_by_others", "exec", dont_inherit=True), module.__dict__)
    model: type[BaseModel] = module.Root
    return model


@pytest.mark.parametrize("name", TAKES)
def test_it_takes(name: str) -> None:
    schema, value = TAKES[name]
    model_of(schema).model_validate_json(f'{{"a": {value}}}')


@pytest.mark.parametrize("name", REFUSES)
def test_it_refuses(name: str) -> None:
    schema, value = REFUSES[name]
    with pytest.raises(ValidationError):
        model_of(schema).model_validate_json(f'{{"a": {value}}}')


@pytest.mark.parametrize("name", WRITES)
def test_it_writes(name: str) -> None:
    schema, value, written = WRITES[name]
    assert json.loads(model_of(schema)(a=value).model_dump_json()) == {"a": written}


@pytest.mark.parametrize("name", SOURCE)
def test_its_source_has(name: str) -> None:
    schema, text = SOURCE[name]
    assert text in source_of(schema)


def test_the_docs_list_the_same() -> None:
    section = PAGE.read_text(encoding="utf-8").partition("## What datamodel-code-generator")[2]
    rows = re.findall(r"^\| (.*?) \| .* \|$", section.partition("\n## ")[0], re.MULTILINE)
    listed = [row for row in rows if row not in ("from plain JSON Schema", "---")]
    assert listed == [*TAKES, *REFUSES, *WRITES, *SOURCE]
