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
        ('source = "openapi.json"\ndump = { exclude-none = true }', "is about models"),
        ('source = "openapi.json"\nnames = { "a:B" = "C" }', "is about models"),
        ('emits = ["app.models"]\nformats = "assert"', "is about a schema file"),
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
