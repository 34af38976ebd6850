"""The target ``docs`` as a user meets it: its files, where they go, drift, and mistakes in its options."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project import Project, project_in

CONFIG = """
    [tool.samewire.contracts.api]
    emits = ["app.models"]
    output = "web"

    [tool.samewire.contracts.api.targets]
    docs = { output = "docs", title = "Teams" }
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path) as project:
        project.write("pyproject.toml", CONFIG)
        yield project


def written(project: Project) -> set[str]:
    files = (path for path in project.root.rglob("*") if path.suffix in (".html", ".md", ".ts"))
    return {path.relative_to(project.root).as_posix() for path in files}


def test_it_writes_a_page_and_markdown_and_nothing_else(project: Project) -> None:
    assert project.run("generate").code == 0
    assert written(project) == {"docs/api.html", "docs/api.md"}
    assert "<title>Teams</title>" in (project.root / "docs/api.html").read_text("utf-8")
    assert "[`User.team`](#type-User.team)" in (project.root / "docs/api.md").read_text("utf-8")
    assert project.run("check").code == 0


def test_a_reference_of_other_models_is_drift(project: Project) -> None:
    project.run("generate")
    project.edit("app/models.py", "name: str", "name: str | None")
    found = project.run("check")
    assert found.code == 1
    assert "docs/api.html" in found.err
    assert "docs/api.md" in found.err
    assert "string | null" in project.run("diff").out


def test_what_it_does_not_write_any_more_is_deleted(project: Project) -> None:
    project.run("generate")
    project.write("docs/own.md", "# Mine\n")
    project.edit("pyproject.toml", '"Teams"', '"Teams", formats = ["html"]')
    assert project.run("generate").code == 0
    assert written(project) == {"docs/api.html", "docs/own.md"}
    project.edit("pyproject.toml", 'output = "docs", ', "")
    assert project.run("generate").code == 0
    assert written(project) == {"web/api.html", "docs/own.md"}


def test_a_formatter_leaves_the_page_as_it_is(project: Project) -> None:
    """Its script is named by a hash."""
    project.run("generate")
    page = (project.root / "docs/api.html").read_text("utf-8")
    shouting = f"{[sys.executable, '-c', 'import sys; print(sys.stdin.read().upper())']}"
    project.edit("pyproject.toml", 'output = "web"', f'output = "web"\nformat = {shouting}')
    assert project.run("generate").code == 0
    assert (project.root / "docs/api.html").read_text("utf-8") == page
    assert "# TEAMS" in (project.root / "docs/api.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ('{ output = "../elsewhere" }', "targets.docs.output"),
        ('{ formats = ["pdf"] }', "targets.docs.formats"),
        ("{ formats = [] }", "targets.docs.formats"),
        ("{ titel = 'x' }", "targets.docs.titel: unknown key"),
    ],
)
def test_mistakes_in_its_options_are_answered(project: Project, options: str, wanted: str) -> None:
    project.edit("pyproject.toml", '{ output = "docs", title = "Teams" }', options)
    found = project.run("generate")
    assert found.code == 2
    assert wanted in found.err
