"""``samewire diff``: a patch on stdout that does what ``generate`` would do."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project import Project, project_in


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path) as project:
        yield project


def test_no_difference(project: Project) -> None:
    project.run("generate")
    result = project.run("diff")
    assert (result.code, result.out, result.err) == (0, "", "")


def test_a_first_run_is_all_new_files(project: Project) -> None:
    before = project.tree()
    result = project.run("diff")
    assert result.code == 1
    assert "--- /dev/null\n+++ b/schema/api.json\n" in result.out
    assert "+export interface User {" in result.out
    assert result.err == ""
    assert project.tree() == before


def test_the_patch_does_what_generate_does(project: Project) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    project.edit("pyproject.toml", "contracts.api]", "contracts.old]")
    project.run("generate")
    project.edit("pyproject.toml", "contracts.old]", "contracts.api]")
    project.edit(
        "app/models.py",
        "class Team(BaseModel):\n    name: str",
        "class Team(BaseModel):\n    title: str",
    )
    patch = project.run("diff").out
    assert "+++ /dev/null" in patch
    subprocess.run(["git", "apply", "-"], input=patch.encode(), check=True)
    applied = project.tree()
    assert project.run("check").code == 0
    assert project.run("generate").err == f"{len(project.generated())} unchanged\n"
    assert project.tree() == applied


def test_a_patch_deletes_what_is_no_longer_generated(project: Project) -> None:
    project.run("generate")
    mine = project.write("generated/api/mine.ts", "export const mine = 1;\n")
    project.edit(
        "pyproject.toml", 'emits = ["app.models"]', 'emits = ["app.models"]\noutput = "web"'
    )
    result = project.run("diff")
    assert result.code == 1
    assert "--- a/generated/api/index.ts\n+++ /dev/null" in result.out
    assert "mine" not in result.out
    assert project.run("generate").code == 0
    assert mine.exists()
    assert project.run("diff").out == ""


def test_a_patch_never_overwrites_a_file_of_the_users(project: Project) -> None:
    project.write("generated/api/types.ts", "export type Mine = string;\n")
    result = project.run("diff")
    assert result.code == 1
    assert "+++ b/generated/api/types.ts" not in result.out
    assert "generated/api/types.ts: Samewire did not write it" in result.err


def test_shows_the_whole_difference_whatever_its_length(project: Project) -> None:
    project.run("generate")
    fields = "".join(f"    field{number}: int\n" for number in range(300))
    project.write(
        "app/models.py", f"from pydantic import BaseModel\nclass Wide(BaseModel):\n{fields}"
    )
    assert "+  field299: number;" in project.run("diff").out


def test_line_endings_are_explained_and_still_a_patch(project: Project) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    project.run("generate")
    before = project.tree()
    file = Path("generated/api/types.ts")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    result = project.run("diff")
    assert result.code == 1
    assert "generated/api/types.ts: its text is right but has CRLF line endings" in result.err
    subprocess.run(
        ["git", "-c", "core.autocrlf=false", "apply", "-"], input=result.out.encode(), check=True
    )
    assert project.tree() == before


def test_json(project: Project) -> None:
    result = project.run("--format", "json", "diff")
    report = json.loads(result.out)
    assert (result.code, report["command"], report["ok"]) == (1, "diff", False)
    assert {file["state"] for file in report["files"]} == {"missing"}
