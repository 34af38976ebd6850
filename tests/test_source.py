"""Contracts from schema files, through the commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.project import Project, project_in

API: dict[str, Any] = {
    "openapi": "3.1.0",
    "components": {
        "schemas": {
            "Invoice": {
                "type": "object",
                "properties": {
                    "lines": {"type": "array", "items": {"$ref": "#/components/schemas/Line"}}
                },
                "required": ["lines"],
            },
            "Line": {"type": "object", "properties": {"amount": {"type": "integer"}}},
        }
    },
}
CONFIG = """
    [tool.samewire.contracts.billing]
    source = "openapi.json"
    emits = ["Invoice"]
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path, empty=True) as project:
        yield project


def test_generate_check_and_drift(project: Project) -> None:
    project.write("pyproject.toml", CONFIG)
    project.write("openapi.json", json.dumps(API))
    assert project.run("generate").code == 0
    types = (project.root / "generated/billing/types.ts").read_text()
    assert "lines: Line[];" in types
    assert project.run("check").code == 0
    project.edit("openapi.json", '"integer"', '"string"')
    found = project.run("check")
    assert found.code == 1
    assert "openapi.json#/components/schemas/Line" in found.err


def test_what_is_generated_names_the_file_to_change(project: Project) -> None:
    project.write("pyproject.toml", CONFIG)
    project.write("openapi.json", json.dumps(API))
    assert project.run("generate").code == 0
    for file in ("types.ts", "schemas.ts", "index.ts"):
        header = (project.root / "generated/billing" / file).read_text().splitlines()[:2]
        assert header[1] == "// Change openapi.json and run: samewire generate"
    project.edit("openapi.json", '"integer"', '"string"')
    found = project.run("check")
    assert "schemas: openapi.json#/components/schemas/Line" in found.err
    assert "models" not in found.err


def test_types_of_a_file_can_be_renamed(project: Project) -> None:
    project.write("openapi.json", json.dumps(API))
    names = '    names = { "Line" = "InvoiceLine", "Invoice" = "Bill" }\n'
    project.write("pyproject.toml", CONFIG.replace('["Invoice"]', '["Bill"]') + names)
    assert project.run("generate").code == 0
    types = (project.root / "generated/billing/types.ts").read_text()
    assert "export interface Bill {" in types
    assert "lines: InvoiceLine[];" in types


def test_a_clash_of_names_says_which_line_decides_it(project: Project) -> None:
    schemas = {"A-b": {"type": "string"}, "a-b": {"type": "integer"}, "a[]": {"type": "boolean"}}
    project.write("openapi.json", json.dumps({**API, "components": {"schemas": schemas}}))
    config = CONFIG.replace('    emits = ["Invoice"]\n', "")
    project.write("pyproject.toml", config)
    found = project.run("generate")
    assert found.code == 2
    assert '[tool.samewire.contracts.billing.names] "a-b" = "NewName"' in found.err
    project.write("pyproject.toml", config + '    names = { "a-b" = "Other" }\n')
    assert project.run("generate").code == 0
    types = (project.root / "generated/billing/types.ts").read_text()
    assert "export type AArray = boolean;" in types
    assert "export type Other = number;" in types


def test_risky_patterns_are_warned_of(project: Project) -> None:
    schemas = {
        "Safe": {"type": "string", "pattern": "^[a-z]+$"},
        "Plain": {"type": "string", "pattern": "^(a+)+$"},
        "Folded": {"type": "string", "pattern": "^(k|\u212a)+$", "x-samewire-pattern-flags": "iu"},
        "Other": {"type": "string", "pattern": "^(日|[日本])+$"},
        "Skipping": {"type": "string", "pattern": "^(?:a?){30}b$"},
        "Nested": {"type": "string", "pattern": "^(?:(?:(?:a{1,3}){1,3}){1,3}){1,3}$"},
        "Keys": {"type": "object", "patternProperties": {"^(\\w+\\s?)*$": {"type": "string"}}},
        "Again": {"type": "string", "pattern": "^(a+)+$"},
    }
    project.write("openapi.json", json.dumps({**API, "components": {"schemas": schemas}}))
    project.write("pyproject.toml", CONFIG.replace('    emits = ["Invoice"]\n', ""))
    found = project.run("--format", "json", "generate")
    warned = [
        each["where"].rpartition("/schemas/")[2].partition("/")[0] or each["where"]
        for each in json.loads(found.out)["warnings"]
        if each["code"] == "risky-pattern"
    ]
    assert len(warned) == 6, warned


def test_a_type_without_an_exact_form_is_named_and_the_rest_is_generated(project: Project) -> None:
    schemas = {**API["components"]["schemas"], "Odd": {"type": "string", "$dynamicRef": "#a"}}
    project.write("openapi.json", json.dumps({**API, "components": {"schemas": schemas}}))
    project.write("pyproject.toml", CONFIG.replace('    emits = ["Invoice"]\n', ""))
    found = project.run("generate")
    assert found.code == 2
    assert "openapi.json#/components/schemas/Odd" in found.err
    assert (project.root / "generated/billing/types.ts").exists()


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ('source = "missing.json"', "there is no file 'missing.json'"),
        ('source = "openapi.json"\ndump = { exclude-none = true }', "applies to models"),
        ('source = "openapi.json"\nnames = { "Invoce" = "C" }', "did you mean Invoice?"),
        ('source = "openapi.json"\nnames = { "Invoice" = "a b" }', "names"),
        ('emits = ["app.models"]\nformats = "assert"', "applies to a schema file"),
        ('source = "openapi.json"\nformats = "asert"', 'did you mean "assert"?'),
    ],
)
def test_configuration(project: Project, keys: str, says: str) -> None:
    project.write("openapi.json", json.dumps(API))
    project.write("pyproject.toml", "")
    (project.root / "pyproject.toml").write_text(f"[tool.samewire.contracts.billing]\n{keys}\n")
    found = project.run("check")
    assert found.code == 2
    assert says in found.err
