"""What is in the wheel, and that it works where there is no repository, no Node and no development package."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from email.parser import HeaderParser
from importlib.metadata import EntryPoint, PathDistribution
from pathlib import Path
from textwrap import dedent
from zipfile import Path as ZipPath
from zipfile import ZipFile

import pytest
from samewire import __version__

from tests.packaging.conftest import Installed

MODELS = '''
    from typing import Literal

    from pydantic import BaseModel, Field


    class Team(BaseModel):
        name: str = Field(max_length=40)
        plan: Literal["free", "paid"] = "free"


    class User(BaseModel):
        """Somebody who can sign in."""

        id: int
        team: Team | None = None
'''


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A user's project: a package with two models and a frontend, and no sign of this repository."""
    for path, text in {
        "app/__init__.py": "",
        "app/models.py": dedent(MODELS).lstrip(),
        "web/package.json": '{"dependencies": {"zod": "^4.6.7"}}\n',
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def samewire(installed: Installed, project: Path, *arguments: str, code: int = 0) -> str:
    """Both outputs of a command that is to end with ``code``."""
    done = installed.run("samewire", *arguments, cwd=project)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def typescript(project: Path) -> dict[str, str]:
    return {
        file.relative_to(project).as_posix(): file.read_text() for file in project.rglob("*.ts")
    }


# --- What is in it ----------------------------------------------------------------------------------------------------


def test_it_holds_the_package_and_the_templates_and_nothing_else(
    wheel: Path, repo_root: Path
) -> None:
    folders = {"samewire": "codegen/samewire", "samewire/_templates": "templates"}
    expected = {
        f"{inside}/{file.relative_to(repo_root / outside).as_posix()}": file.read_bytes()
        for inside, outside in folders.items()
        for file in (repo_root / outside).rglob("*")
        if file.is_file() and file.suffix != ".pyc"
    }
    assert "samewire/py.typed" in expected
    assert "samewire/_templates/typescript/schemas.ts.jinja" in expected
    with ZipFile(wheel) as archive:
        found = {
            name: archive.read(name) for name in archive.namelist() if ".dist-info/" not in name
        }
    assert sorted(found) == sorted(expected)
    assert found == expected


def test_it_declares_what_pyproject_does(wheel: Path, repo_root: Path) -> None:
    project = tomllib.loads((repo_root / "pyproject.toml").read_text())["project"]
    with ZipFile(wheel) as archive:
        (info,) = {name.partition("/")[0] for name in archive.namelist() if ".dist-info/" in name}
        built = PathDistribution(ZipPath(archive, f"{info}/"))
        headers = HeaderParser().parsestr(archive.read(f"{info}/METADATA").decode())
        assert archive.read(f"{info}/licenses/LICENSE") == (repo_root / "LICENSE").read_bytes()
        assert (headers["Name"], headers["Version"]) == ("samewire", __version__)
        assert headers["Requires-Python"] == ">=3.11"
        assert headers["License-Expression"] == "MIT"
        assert set(headers.get_all("Provides-Extra")) == set(project["optional-dependencies"])
        base = {text for text in headers.get_all("Requires-Dist") if "extra ==" not in text}
        assert base == set(project["dependencies"])
        assert list(built.entry_points) == [
            EntryPoint("samewire", "samewire.cli:main", "console_scripts")
        ]


def test_an_editable_install_has_no_copy_of_the_templates(repo_root: Path, tmp_path: Path) -> None:
    build = "import sys; from hatchling.build import build_editable; build_editable(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, tmp_path], cwd=repo_root, check=True)
    (editable,) = tmp_path.glob("*.whl")
    with ZipFile(editable) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
        assert [name for name in names if not name.endswith(".pth")] == []
        (pth,) = names
        assert archive.read(pth).decode().strip() == str(repo_root / "codegen")


# --- That it works ----------------------------------------------------------------------------------------------------


def test_the_code_and_the_templates_that_run_are_the_wheels(
    installed: Installed, tmp_path: Path
) -> None:
    code = """
        import samewire, samewire.render
        print(samewire.__file__)
        print(samewire.render.templates("typescript"))
        print(samewire.render.templates("init"))
    """
    done = installed.run("python", "-c", dedent(code), cwd=tmp_path)
    package = installed.site_packages / "samewire"
    places = [
        package / "__init__.py",
        package / "_templates" / "typescript",
        package / "_templates" / "init",
    ]
    assert (done.stdout.splitlines(), done.stderr) == ([str(place) for place in places], "")


def test_from_init_to_check(installed: Installed, project: Path) -> None:
    samewire(installed, project, "init")
    configured = [name for name in ("samewire.toml", "pyproject.toml") if (project / name).exists()]
    assert configured != []
    samewire(installed, project, "generate")
    written = typescript(project)
    assert any("export interface User" in text for text in written.values())
    assert any("z.enum" in text or "z.literal" in text for text in written.values())
    samewire(installed, project, "check")

    models = project / "app" / "models.py"
    models.write_text(models.read_text().replace("id: int", "id: str"))
    assert "samewire generate" in samewire(installed, project, "check", code=1)
    samewire(installed, project, "generate")
    samewire(installed, project, "check")
    assert typescript(project) != written


def test_it_writes_what_the_repository_writes(installed: Installed, project: Path) -> None:
    (project / "pyproject.toml").write_text(
        dedent("""
            [tool.samewire.contracts.api]
            emits = ["app.models:User"]
            output = "web/src/api"
        """)
    )
    samewire(installed, project, "generate")
    by_the_wheel = typescript(project)
    assert all(path.startswith("web/src/api/") for path in by_the_wheel)
    assert "web/src/api/schemas.ts" in by_the_wheel

    command = [sys.executable, "-m", "samewire", "check"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_both_ways_to_start_it_know_the_version(installed: Installed, tmp_path: Path) -> None:
    command = installed.run("samewire", "--version", cwd=tmp_path)
    module = installed.run("python", "-m", "samewire", "--version", cwd=tmp_path)
    code = "import samewire; print(samewire.__version__)"
    attribute = installed.run("python", "-c", code, cwd=tmp_path)
    assert command.stdout == module.stdout == f"samewire {__version__}\n", command.stderr
    assert attribute.stdout == f"{__version__}\n", attribute.stderr


def test_every_command_loads_without_the_extras(installed: Installed, project: Path) -> None:
    listed = samewire(installed, project, "--help").partition("Commands:")[2]
    commands = [
        line.split()[0] for line in listed.splitlines() if line.startswith("  ") and line[2] != " "
    ]
    assert {"generate", "check", "diff", "init"} <= set(commands)
    for command in commands:
        assert f"Usage: samewire {command} " in samewire(installed, project, command, "--help")
