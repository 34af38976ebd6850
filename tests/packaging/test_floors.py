"""The lowest versions that are declared: the matrix installs them, and what is lower is refused in one sentence."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import samewire.cli
from packaging.requirements import Requirement
from packaging.version import Version
from samewire.pydantic_version import LOWEST


def test_every_declared_floor_is_in_the_lock_of_the_lowest_versions(repo_root: Path) -> None:
    project = tomllib.loads((repo_root / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    assert extras.keys() - {"python"} == _lowest_extras(repo_root)
    declared = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(each for name, extra in extras.items() if name != "python" for each in extra),
    ]
    lock = (repo_root / "requirements/lowest.txt").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))
    for requirement in map(Requirement, declared):
        [bound] = requirement.specifier
        assert bound.operator == ">=", requirement
        assert Version(locked[requirement.name]) == Version(bound.version), "run make lock"


def _lowest_extras(repo_root: Path) -> set[str]:
    makefile = (repo_root / "Makefile").read_text(encoding="utf-8")
    [line] = re.findall(r"^LOWEST_EXTRAS := (.*)$", makefile, re.MULTILINE)
    return set(line.split())


def test_the_lowest_pydantic_is_the_declared_one(repo_root: Path) -> None:
    project = tomllib.loads((repo_root / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {one.name: one for one in map(Requirement, project["project"]["dependencies"])}
    [bound] = declared["pydantic"].specifier
    assert Version(bound.version).release == LOWEST


@pytest.mark.parametrize("version", ["1.10.26", "2.5.3", "2.10.3"])
@pytest.mark.parametrize(
    "command", [["generate"], ["check"], ["diff"], ["verify"], ["init"], ["generate", "--quiet"]]
)
def test_a_lower_pydantic_is_one_sentence(tmp_path: Path, version: str, command: list[str]) -> None:
    done = _run_with(tmp_path, version, "-m", "samewire", *command)
    assert done.returncode == 2
    assert done.stderr == f"error: {_sentence(version)}\n"
    assert done.stdout == ""


def test_the_models_of_the_stream_say_so_too(tmp_path: Path) -> None:
    done = _run_with(tmp_path, "2.5.3", "-c", "import samewire.ui_stream")
    assert done.returncode == 1
    assert (
        done.stderr.splitlines()[-1]
        == f"samewire.pydantic_version.PydanticVersionError: {_sentence('2.5.3')}"
    )


def test_help_needs_no_pydantic(tmp_path: Path) -> None:
    assert _run_with(tmp_path, "1.10.26", "-m", "samewire", "--help").returncode == 0


def _sentence(version: str) -> str:
    lowest = ".".join(map(str, LOWEST))
    return (
        f"Samewire needs Pydantic {lowest} or later, and this environment has {version}: "
        f"pip install 'pydantic>={lowest}'"
    )


def _run_with(folder: Path, version: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python, where a package that has the version of an older Pydantic, and nothing else, stands before the installed one."""
    (folder / "pydantic").mkdir()
    (folder / "pydantic/__init__.py").write_text(f"VERSION = {version!r}\n", encoding="utf-8")
    source = Path(samewire.cli.__file__).parents[2]
    path = os.pathsep.join(map(str, (folder, source)))
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
