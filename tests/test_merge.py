"""Branches that change one contract, merged by git: what merges in Python merges in the generated files, and is right then."""

from __future__ import annotations

import itertools
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project import Project, project_in

MODELS = """
    from datetime import date, datetime
    from decimal import Decimal
    from enum import Enum
    from typing import Literal
    from uuid import UUID

    from pydantic import BaseModel, Field


    class Account(BaseModel):
        name: str = Field(min_length=1)
        # account


    class Badge(BaseModel):
        title: str
        opened: date
        closed: date


    class Board(BaseModel):
        title: str
        starts: date


    class Kind(str, Enum):
        a = "alpha"
        # kind


    class Message(BaseModel):
        kind: Kind
        # status
        status: Literal["sent", "read"] = "sent"
        text: str
        # message


    class Team(BaseModel):
        name: str
        size: int = 0
        # team


    class User(BaseModel):
        name: str
        age: int = 0
        # user
"""


def model(name: str) -> str:
    return f"class {name}(BaseModel):\n    label: str\n\n\n"


CHANGES = {
    "a model at the top": ("class Account", f"{model('Aaa')}class Account"),
    "a model in the middle": ("class Message", f"{model('Label')}class Message"),
    "a model further down": ("class Team", f"{model('Note')}class Team"),
    "a model at the end": ("    # user", f"    # user\n\n\n{model('Zebra').rstrip()}"),
    "a field": ("    # account", "    # account\n    size: int = Field(ge=0)"),
    "a field of another model": ("    # message", "    # message\n    priority: int = 0"),
    "a field of a new kind": ("    # team", "    # team\n    id: UUID"),
    "a field with a library": ("    # user", "    # user\n    price: Decimal = Decimal(1)"),
    "a member of an enum": ("    # kind", "    # kind\n    b = 'beta'"),
    "a value of a literal": ('["sent", "read"]', '["sent", "read", "gone"]'),
    "a field less": ("    opened: date\n", ""),
    "a model less": (
        "class Badge(BaseModel):\n    title: str\n    opened: date\n    closed: date\n\n\n",
        "",
    ),
}


def git(*arguments: str) -> subprocess.CompletedProcess[str]:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    return subprocess.run(
        ["git", *identity, *arguments], capture_output=True, text=True, check=False
    )


def commit(branch: str) -> None:
    git("add", "-A")
    assert git("commit", "-qm", branch).returncode == 0


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path) as project:
        project.edit("pyproject.toml", "[tool", "# first\n\n\n[tool")
        project.edit(
            "pyproject.toml",
            'emits = ["app.models"]\n',
            'emits = ["app.models"]\naccepts = ["app.models"]\n\n# last\n',
        )
        project.write("app/models.py", MODELS)
        project.write(".gitignore", "__pycache__\n")
        git("init", "-q", "-b", "main")
        assert project.run("generate").code == 0
        commit("main")
        yield project


def branch(project: Project, name: str, path: str, old: str, new: str) -> None:
    git("checkout", "-q", "-b", name.replace(" ", "-"), "main")
    project.edit(path, old, new)
    assert project.run("generate").code == 0
    commit(name)


def merged(first: str, second: str) -> list[str]:
    """Merge a branch into a copy of another; the files with conflicts."""
    git("checkout", "-q", "-f", "--detach", first.replace(" ", "-"))
    git("merge", "-q", "--no-edit", second.replace(" ", "-"))
    return git("diff", "--name-only", "--diff-filter=U").stdout.split()


def test_what_merges_in_the_models_merges_in_what_is_generated(project: Project) -> None:
    for name, (old, new) in CHANGES.items():
        branch(project, name, "app/models.py", old, new)
    unmerged = []
    for first, second in itertools.combinations(CHANGES, 2):
        conflicts = merged(first, second)
        if "app/models.py" in conflicts:
            unmerged.append((first, second))
        else:
            assert conflicts == [], (first, second)
            result = project.run("check")
            assert result.code == 0, (first, second, result.err)
        git("merge", "--abort")
    assert len(unmerged) <= 5, unmerged


def test_branches_that_add_a_contract_each(project: Project) -> None:
    for name, mark in (("alpha", "# first"), ("zulu", "# last")):
        table = f'[tool.samewire.contracts.{name}]\nemits = ["app.models:Team"]\n'
        branch(project, name, "pyproject.toml", mark, f"{mark}\n{table}")
    assert merged("alpha", "zulu") == []
    assert project.run("check").code == 0


def test_branches_that_move_and_extend_a_contract(project: Project) -> None:
    """One moves the output, the other brings a file of the library, which git puts beside its old place."""
    branch(project, "moved", "pyproject.toml", "\n\n# last", '\noutput = "web/api"\n\n# last')
    branch(project, "extended", "app/models.py", "    # team", "    # team\n    price: Decimal")
    conflicts = merged("moved", "extended")
    assert not any(path.startswith(("schema/", "app/")) for path in conflicts)
    assert project.run("generate").code == 0
    assert project.run("check").code == 0
    left = {path for path in project.tree() if path.startswith("generated/")}
    assert left <= {"generated/api/runtime/decimals.ts"}, "only what no document knows of"


def test_a_conflict_in_generated_files_is_resolved_by_generate(project: Project) -> None:
    """The first uses of two scalars: their imports stand at one place."""
    branch(project, "one", "app/models.py", "    # team", "    # team\n    at: datetime")
    branch(project, "two", "app/models.py", "    # user", "    # user\n    price: Decimal")
    conflicts = merged("one", "two")
    assert conflicts == ["generated/api/schemas.ts"]
    assert "generated/api/schemas.ts: merge conflict\n" in project.run("check").err
    assert project.run("generate").code == 0
    assert project.run("check").code == 0
