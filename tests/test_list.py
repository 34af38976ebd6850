"""``samewire list``, ``inputs`` and ``outputs``: what a plan is made from, and what it says, for people and for build tools."""

from __future__ import annotations

import ast
import fnmatch
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.project import Project, project_in

DOCS = (Path(__file__).parents[1] / "docs/every-day.md").read_text(encoding="utf-8")
README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")

APP = """
    from fastapi import APIRouter, FastAPI
    from app.models import Team, User

    router = APIRouter()

    @router.get("/users/{id}")
    def user(id: int) -> User: ...

    @router.get("/users/{id}/card", response_model=User, response_model_exclude_none=True)
    def card(id: int): ...

    @router.get("/users")
    def list_users() -> list[User]: ...

    @router.post("/users")
    def add(user: User) -> User: ...

    app = FastAPI()
    app.include_router(router)
"""
MODELS = """
    from pydantic import BaseModel

    class Team(BaseModel):
        name: str

    class User(BaseModel):
        name: str = ""
        team: Team | None = None
"""
CONFIG = """
    [tool.samewire.contracts.api]
    emits = ["app.main:app"]
    accepts = ["app.main:app"]
    output = "web/src/generated/api"
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path, empty=True) as project:
        project.write("pyproject.toml", CONFIG)
        project.write("app/__init__.py", "")
        project.write("app/models.py", MODELS)
        project.write("app/main.py", APP)
        yield project


def listed(project: Project) -> dict[str, dict[str, Any]]:
    """The types of the only contract, by name."""
    [contract] = json.loads(project.run("list", "--format", "json").out)["contracts"]
    return {one["name"]: one for one in contract["types"]}


# --- list -------------------------------------------------------------------------------------------------------------


def test_the_table_of_the_documentation(project: Project) -> None:
    shown = re.search(r"^```console\n\$ samewire list\n(.*?)^```", DOCS, re.DOTALL | re.MULTILINE)
    result = project.run("list")
    assert (result.code, result.out, result.err) == (0, shown[1], "")
    assert project.generated() == []


def test_routes_have_their_direction_and_the_paths_that_they_are_mounted_at(
    project: Project,
) -> None:
    project.edit("app/main.py", "app = FastAPI()", "inner = FastAPI()\napp = FastAPI()")
    project.edit(
        "app/main.py",
        "app.include_router(router)",
        "inner.include_router(router, prefix='/v1')\napp.mount('/api', inner)\napp.include_router(router)",
    )
    types = listed(project)
    assert types["User"]["routes"] == [
        {"direction": "emits", "route": route}
        for route in (
            "GET /api/v1/users/{id}",
            "POST /api/v1/users",
            "GET /users/{id}",
            "POST /users",
        )
    ]
    assert types["UserInput"]["routes"] == [
        {"direction": "accepts", "route": route} for route in ("POST /api/v1/users", "POST /users")
    ]
    assert (
        "GET /api/v1/users/{id}, POST /api/v1/users, GET /users/{id} and 1 more"
        in project.run("list").out
    )


def test_roots_are_told_from_what_they_use(project: Project) -> None:
    types = listed(project)
    assert types["Team"]["root"] is False
    assert types["Team"]["roots"] == ["ListUsersResponse", "User", "UserInput", "UserWithoutNone"]
    assert types["User"]["roots"] == ["User"]
    project.edit("pyproject.toml", '"app.main:app"]\naccepts', '"app.models"]\naccepts')
    types = listed(project)
    assert types["Team"]["roots"] == ["Team"]
    assert types["Team"]["routes"] == []


def test_what_is_wrong_stands_beside_its_type(project: Project) -> None:
    project.edit("app/models.py", "name: str\n", "name: str = Field(pattern='^(a+)+$')\n")
    project.edit("app/models.py", "import BaseModel", "import BaseModel, Field, field_serializer")
    project.edit("app/main.py", "import Team, User", "import Team, User, Odd")
    project.edit(
        "app/main.py",
        "app = FastAPI()",
        "@router.get('/odd')\ndef odd() -> Odd: ...\n\napp = FastAPI()",
    )
    odd = "\n\nclass Odd(BaseModel):\n    x: int\n    @field_serializer('x')\n    def s(self, v): return v\n"
    models = Path("app/models.py")
    models.write_text(models.read_text() + odd)
    result = project.run("list")
    assert result.code == 2
    assert re.search(r"^  Team .*\[risky-pattern\]$", result.out, re.MULTILINE)
    assert "error: app.models:Odd.x: " in result.err
    report = json.loads(project.run("list", "--format", "json").out)
    assert report["ok"] is False
    assert [one["code"] for one in report["diagnostics"]] == ["opaque-serializer"]
    types = {one["name"]: one for one in report["contracts"][0]["types"]}
    assert [one["code"] for one in types["Team"]["diagnostics"]] == ["risky-pattern"]
    assert types["User"]["diagnostics"] == []


def test_schema_files_too(project: Project) -> None:
    project.write(
        "pyproject.toml",
        '[tool.samewire.contracts.api]\nsource = "api.json"\nemits = ["B"]\naccepts = ["A"]\n',
    )
    project.write(
        "api.json",
        json.dumps(
            {
                "$defs": {
                    "A": {"$ref": "#/$defs/C"},
                    "B": {"type": "array", "items": {"$ref": "#/$defs/C"}},
                    "C": {"type": "object"},
                }
            }
        ),
    )
    found = {
        name: (one["directions"], one["source"], one["roots"])
        for name, one in listed(project).items()
    }
    assert found["B"] == (["emits"], "api.json#/$defs/B", ["B"])
    assert found["C"] == (["emits", "accepts"], "api.json#/$defs/C", ["A", "B"])


# --- inputs and outputs -----------------------------------------------------------------------------------------------


def test_inputs_and_outputs_are_the_files_of_the_project(project: Project) -> None:
    project.write("app/unused.py", "")
    project.write("web/package.json", '{"dependencies": {"zod": "^4.0"}}')
    project.write("web/tsconfig.json", "{}")
    result = project.run("inputs")
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == [
        *("app/__init__.py", "app/main.py", "app/models.py"),
        *("pyproject.toml", "web/package.json", "web/tsconfig.json"),
    ]
    outputs = project.run("outputs").out.splitlines()
    assert project.generated() == []
    project.run("generate")
    written = [path for path in project.tree() if path.startswith(("schema/", "web/src/"))]
    assert outputs == written


def test_inputs_as_json_have_folders_and_variables(project: Project) -> None:
    project.edit("app/models.py", "class Team", "import os\nt = os.getenv('TITLE')\nclass Team")
    report = json.loads(project.run("inputs", "--format", "json").out)
    assert {".", "app"} <= {*report["folders"]}
    assert "TITLE" in report["variables"]
    project.edit("app/models.py", "os.getenv('TITLE')", "dict(os.environ)")
    assert json.loads(project.run("inputs", "--format", "json").out)["variables"] == ["*"]


@pytest.mark.parametrize("command", ["inputs", "outputs"])
def test_from_the_record_they_are_the_same(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    anew = project.run(command)
    monkeypatch.setenv("SAMEWIRE_CACHE_DIR", str(tmp_path.parent / f"{tmp_path.name}-cache"))
    monkeypatch.delenv("SAMEWIRE_NO_CACHE")
    monkeypatch.delenv("CI", raising=False)
    time.sleep(0.08)
    assert project.run("generate").code == 0

    def never(*_: object) -> None:
        raise AssertionError("the models were imported")

    monkeypatch.setattr("samewire.record.files.plan_of", never)
    assert project.run(command) == anew


def test_what_is_refused_is_said_and_the_rest_is_printed(project: Project) -> None:
    project.edit("app/models.py", "import BaseModel", "import BaseModel, field_serializer")
    project.edit(
        "app/models.py",
        "class Team(BaseModel):\n    name: str",
        "class Team(BaseModel):\n    name: str\n    @field_serializer('name')\n    def s(self, v): return v",
    )
    project.edit("app/models.py", "    team: Team | None = None\n", "")
    project.edit("app/main.py", "def list_users() -> list[User]", "def list_teams() -> list[Team]")
    result = project.run("outputs")
    assert result.code == 2
    assert "schema/api.json" in result.out
    assert "app.models:Team.name" in result.err


# --- The snippets of the documentation --------------------------------------------------------------------------------


def snippet(heading: str) -> str:
    section = DOCS.partition(f"### {heading}\n")[2]
    return re.search(r"^```\w+\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)[1]


@pytest.fixture
def of_the_readme(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path, empty=True) as project:
        block = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
        project.write("app/__init__.py", "")
        project.write("app/models.py", next(text for kind, text in block if kind == "python"))
        project.write("pyproject.toml", next(text for kind, text in block if kind == "toml"))
        assert project.run("generate").code == 0
        yield project


def test_patterns_of_turborepo_nx_and_bazel_cover_what_is_read_and_written(
    of_the_readme: Project,
) -> None:
    inputs = of_the_readme.run("inputs").out.splitlines()
    outputs = of_the_readme.run("outputs").out.splitlines()
    turbo = json.loads(snippet("Turborepo"))["tasks"]["//#contracts"]
    nx = json.loads(snippet("Nx"))["targets"]["contracts"]
    assert nx["command"] == "samewire generate"
    call = ast.parse(snippet("Bazel")).body[0].value
    [data] = [word.value for word in call.keywords if word.arg == "data"]
    bazel = [one.value for one in ast.walk(data) if isinstance(one, ast.Constant)]
    covers = [
        (inputs, turbo["inputs"]),
        (outputs, turbo["outputs"]),
        (inputs, nx["inputs"]),
        (outputs, [f"{folder}/**" for folder in nx["outputs"]]),
        (inputs + outputs, bazel),
    ]
    for paths, patterns in covers:
        bare = [
            pattern.removeprefix("{workspaceRoot}/").replace("**/*", "*") for pattern in patterns
        ]
        for path in paths:
            assert any(fnmatch.fnmatch(path, pattern) for pattern in bare), (path, patterns)


def test_make_generates_when_an_input_is_newer_or_an_output_is_gone(of_the_readme: Project) -> None:
    """With the snippet of the documentation, and `samewire` as it is installed here."""
    Path("Makefile").write_text(snippet("make"))
    wrapper = of_the_readme.write(
        "bin/samewire", f'#!/bin/sh\nexec {sys.executable} -m samewire "$@"\n'
    )
    wrapper.chmod(0o755)

    def make() -> str:
        env = {**os.environ, "PATH": f"{wrapper.parent}:{os.environ['PATH']}"}
        env["PYTHONPATH"] = ":".join(path for path in sys.path if path)
        env |= {"SAMEWIRE_NO_CACHE": "", "CI": "", "SAMEWIRE_CACHE_DIR": str(wrapper.parent)}
        done = subprocess.run(["make"], env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    make()
    assert "Nothing to be done" in make()
    time.sleep(0.02)
    Path("app/models.py").touch()
    assert "samewire generate" in make()
    assert "Nothing to be done" in make()
    Path("schema/chat.json").unlink()
    assert "samewire generate" in make()
    assert Path("schema/chat.json").is_file()
    assert "Nothing to be done" in make()
