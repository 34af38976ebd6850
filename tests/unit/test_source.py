"""Contracts from schema files: what is read of them, and what is said of files that can't be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from samewire.errors import SchemaError
from samewire.jsonschema import lower
from samewire.jsonschema.source import Source, read
from samewire.schema.text import dumps

from tests.documents import roots_of

INTEGER = {"type": "integer"}


def document(tmp_path: Path, schema: Any, name: str = "a.json", **rest: Any) -> dict[str, Any]:
    file = tmp_path / name
    file.write_text(schema if isinstance(schema, str) else json.dumps(schema), "utf-8")
    return read(Source(file, name, **rest), "api")


def definitions(tmp_path: Path, schema: Any, **rest: Any) -> dict[str, Any]:
    found = document(tmp_path, schema, **rest)
    lower(found, where="api.json")
    dumps(found)
    return {
        name: {
            key: value
            for key, value in each.items()
            if key not in ("x-samewire-root", "x-samewire-source")
        }
        for name, each in found["$defs"].items()
    }


# --- What the types of a file are -------------------------------------------------------------------------------------


def test_definitions_and_the_file_itself(tmp_path: Path) -> None:
    schema = {"title": "Order", "$ref": "#/$defs/id", "$defs": {"id": INTEGER}}
    assert definitions(tmp_path, schema) == {
        "Order": {"title": "Order", "$ref": "#/$defs/id"},
        "id": INTEGER,
    }


def test_a_file_without_a_title_is_named_as_it_is_called(tmp_path: Path) -> None:
    assert list(definitions(tmp_path, INTEGER, name="line-item.schema.json")) == ["LineItem"]


def test_components_of_openapi(tmp_path: Path) -> None:
    schemas = {
        "Pet": {
            "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
            "discriminator": {
                "propertyName": "kind",
                "mapping": {"cat": "#/components/schemas/Cat", "dog": "Dog"},
            },
        },
        "Cat": {"type": "object", "properties": {"kind": {"const": "cat"}}, "required": ["kind"]},
        "Dog": {"type": "object", "properties": {"kind": {"const": "dog"}}, "required": ["kind"]},
        "Unused": {"if": {}},
    }
    api = {"openapi": "3.1.0", "components": {"schemas": schemas}}
    found = definitions(tmp_path, api, emits=("Pet",))
    assert sorted(found) == ["Cat", "Dog", "Pet"]
    assert found["Pet"] == {
        "oneOf": [{"$ref": "#/$defs/Cat"}, {"$ref": "#/$defs/Dog"}],
        "discriminator": {
            "propertyName": "kind",
            "mapping": {"cat": "#/$defs/Cat", "dog": "#/$defs/Dog"},
        },
    }


def test_every_type_says_where_it_is_from(tmp_path: Path) -> None:
    api = {"openapi": "3.1.1", "components": {"schemas": {"A/B": INTEGER}}}
    found = document(tmp_path, api, name="api.json")
    assert found["$defs"]["A/B"]["x-samewire-source"] == "api.json#/components/schemas/A~1B"


@pytest.mark.parametrize(
    ("emits", "accepts", "want"),
    [
        ((), (), (["A", "B", "C"], [], ["A", "B", "C"])),
        (("A",), (), (["A"], [], ["A", "C"])),
        ((), ("B",), ([], ["B"], ["B"])),
        (("A",), ("A", "B"), (["A"], ["A", "B"], ["A", "B", "C"])),
    ],
)
def test_roots_and_what_they_use(
    tmp_path: Path, emits: tuple[str, ...], accepts: tuple[str, ...], want: Any
) -> None:
    schema = {
        "$defs": {
            "A": {"anyOf": [{"$ref": "#/$defs/C"}, {"type": "null"}]},
            "B": INTEGER,
            "C": True,
        }
    }
    found = document(tmp_path, schema, emits=emits, accepts=accepts)
    roots = [roots_of(found, direction) for direction in ("emits", "accepts")]
    assert (*roots, list(found["$defs"])) == want


def test_a_document_of_ours_comes_back_as_it_was(tmp_path: Path, repo_root: Path) -> None:
    text = (repo_root / "schema" / "ui-stream.json").read_text("utf-8")
    given = json.loads(text)
    about = {key: given[key] for key in ("title", "x-samewire-output")}
    assert dumps({**document(tmp_path, given), **about}) == text


# --- References -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ref", "want"),
    [
        ("#", "#/$defs/A"),
        ("#/$defs/n", "#/$defs/n"),
        ("#/%24defs/n", "#/$defs/n"),
        ("#/properties/x", "#/$defs/A/properties/x"),
        ("#/properties/a~1b%25", "#/$defs/A/properties/a~1b%25"),
        ("#here", "#/$defs/n"),
        ("https://example.com/a", "#/$defs/A"),
        ("a#here", "#/$defs/n"),
        ("/inner", "#/$defs/inner"),
        ("inner#deep", "#/$defs/inner/items"),
        ("inner#/items", "#/$defs/inner/items"),
        ("urn:example:one", "#/$defs/urn"),
        ("urn:example:one#two", "#/$defs/urn/items"),
    ],
)
def test_a_reference_becomes_a_pointer(tmp_path: Path, ref: str, want: str) -> None:
    schema = {
        "$id": "https://example.com/a",
        "title": "A",
        "type": "object",
        "properties": {"x": INTEGER, "a/b%": INTEGER, "ref": {"$ref": ref}},
        "$defs": {
            "n": {"$anchor": "here", **INTEGER},
            "inner": {"$id": "/inner", "type": "array", "items": {"$anchor": "deep", **INTEGER}},
            "urn": {
                "$id": "urn:example:one",
                "type": "array",
                "items": {"$anchor": "two", "anyOf": [INTEGER, {"type": "null"}]},
            },
        },
    }
    assert definitions(tmp_path, schema)["A"]["properties"]["ref"] == {"$ref": want}


def test_a_dynamic_reference_to_the_only_place_of_its_name(tmp_path: Path) -> None:
    schema = {
        "title": "Tree",
        "$dynamicAnchor": "node",
        "type": "object",
        "properties": {"children": {"type": "array", "items": {"$dynamicRef": "#node"}}},
    }
    items = definitions(tmp_path, schema)["Tree"]["properties"]["children"]["items"]
    assert items == {"$ref": "#/$defs/Tree"}


def test_a_dynamic_reference_with_a_choice_is_refused(tmp_path: Path) -> None:
    node = {"$dynamicAnchor": "node", "type": "object"}
    schema = {
        "$defs": {
            "A": {"$id": "a", **node, "properties": {"next": {"$dynamicRef": "#node"}}},
            "B": {"$id": "b", **node},
        }
    }
    with pytest.raises(SchemaError) as caught:
        definitions(tmp_path, schema)
    (found,) = caught.value.diagnostics
    assert found.code == "unsupported-keyword"
    assert found.where == "api.json#/$defs/A/properties/next/$dynamicRef"


def test_data_is_not_searched_for_references(tmp_path: Path) -> None:
    data = {"$ref": "#here", "$id": "x", "format": "email"}
    schema = {"$defs": {"A": {"type": "object", "default": data, "examples": [data]}}}
    assert definitions(tmp_path, schema)["A"] == schema["$defs"]["A"]


# --- Formats ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rest", "own", "kept"),
    [
        ({}, {}, False),
        ({"formats": "assert"}, {}, True),
        ({}, {"x-samewire-root": ["emits"]}, True),
    ],
)
def test_formats_annotate_unless_told_otherwise(
    tmp_path: Path, rest: Any, own: Any, kept: bool
) -> None:
    schema = {"$defs": {"A": {"type": "string", "format": "email", **own}}}
    assert ("format" in definitions(tmp_path, schema, **rest)["A"]) is kept


# --- What is wrong with a file ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "name", "code", "says"),
    [
        ("{", "a.json", "invalid-json", "line 1, column 2"),
        ("[]", "a.json", "invalid-schema", "is a JSON object"),
        ("openapi: 3.1.0", "a.yaml", "source-unreadable", "is YAML"),
        ({}, "a.json", "source-empty", "describes no type"),
        ({"openapi": "3.1.0", "paths": {}}, "a.json", "source-empty", "components.schemas"),
        ({"openapi": "3.0.3"}, "a.json", "unsupported-dialect", "is OpenAPI 3.0.3"),
        ({"swagger": "2.0"}, "a.json", "unsupported-dialect", "is Swagger 2"),
        (
            {"$schema": "http://json-schema.org/draft-07/schema#", **INTEGER},
            "a.json",
            "unsupported-dialect",
            "draft-07",
        ),
        (
            {"title": "A", **INTEGER, "$defs": {"A": INTEGER}},
            "a.json",
            "duplicate-definition",
            "as is #/$defs/A",
        ),
        ({"$defs": {"A": []}}, "a.json", "invalid-schema", "true or false"),
    ],
)
def test_what_is_said_of_a_file(
    tmp_path: Path, schema: Any, name: str, code: str, says: str
) -> None:
    with pytest.raises(SchemaError) as caught:
        document(tmp_path, schema, name=name)
    (found,) = caught.value.diagnostics
    assert found.code == code
    assert says in found.message
    assert found.where.startswith(name)


def test_a_root_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SchemaError) as caught:
        document(tmp_path, {"$defs": {"Order": INTEGER}}, emits=("Ordre",))
    (found,) = caught.value.diagnostics
    assert (found.code, found.hint) == ("unknown-root", "did you mean Order?")


def test_references_to_places_that_are_no_schemas_by_keyword(tmp_path: Path) -> None:
    api = {
        "openapi": "3.1.0",
        "components": {
            "schemas": {
                "A": {"type": "array", "items": {"$ref": "#/components/x-shared/ids/Id"}},
                "Id": {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/A"}}},
            },
            "x-shared": {
                "ids": {"Id": {"anyOf": [{"$ref": "#/components/x-shared/Text"}]}},
                "Text": {"type": "string"},
            },
        },
    }
    assert roots_of(document(tmp_path, api), "emits") == ["A", "Id"]
    found = definitions(tmp_path, api)
    assert found["A"]["items"] == {"$ref": "#/$defs/ids_Id"}
    assert found["ids_Id"] == {"anyOf": [{"$ref": "#/$defs/Text"}]}
    assert found["Text"] == {"type": "string"}
