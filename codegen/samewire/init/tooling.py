"""How a project runs a command of its environment, installs that environment in CI, and adds a dependency."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import samewire
from samewire.config.packages import upwards
from samewire.init.repository import text_of

REQUIREMENT = re.compile(r"samewire(?![\w.-])")
REQUIREMENTS: Final = (
    "requirements-dev.txt",
    "requirements/dev.txt",
    "dev-requirements.txt",
    "requirements.txt",
)


@dataclass(frozen=True, slots=True)
class Tooling:
    """
    What goes before a command of the environment (``uv run ``), the commands that make the environment in CI, whether the project
    lists Samewire, and what adds it: a ``command`` if there is one, else what to do as the end of a sentence.
    """

    run: str
    install: tuple[str, ...]
    listed: bool
    command: str | None = None
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Manager:
    """A tool that locks an environment: its lock file, and its commands."""

    lock: str
    run: str
    install: tuple[str, ...]
    add: str


# Each `add` pins Samewire in the lock, so that everybody and CI generate the same bytes. None of them installs past the lock
# (`uv run --with samewire`): that may bring another Pydantic than the application's, whose schemas may differ.
MANAGERS: Final = (
    Manager("uv.lock", "uv run ", ("pip install uv", "uv sync"), "uv add --dev samewire"),
    Manager(
        "poetry.lock",
        "poetry run ",
        ("pip install poetry", "poetry install"),
        "poetry add --group dev samewire",
    ),
    Manager("pdm.lock", "pdm run ", ("pip install pdm", "pdm install"), "pdm add --dev samewire"),
    Manager(
        "Pipfile.lock",
        "pipenv run ",
        ("pip install pipenv", "pipenv install --dev"),
        "pipenv install --dev samewire",
    ),
)


def tooling(folder: Path, repository: Path | None) -> Tooling:
    """From the nearest lock file, which for a member of a workspace is above it, or the list of requirements that is there."""
    above = list(upwards(folder, repository))
    for place in above:
        for manager in MANAGERS:
            if (place / manager.lock).exists():
                files = {folder / "pyproject.toml", place / "pyproject.toml", place / "Pipfile"}
                listed = any(map(_lists_samewire, files))
                return Tooling(manager.run, manager.install, listed, manager.add)
    project = _document(folder / "pyproject.toml")
    listed = _lists_samewire(folder / "pyproject.toml")
    if "envs" in _table(_table(project.get("tool")).get("hatch")):
        where = f", in [tool.hatch.envs.default] of pyproject.toml: {_pinned()!r}"
        return Tooling("hatch run ", ("pip install hatch",), listed, otherwise=where)
    for requirements in REQUIREMENTS:
        if (folder / requirements).exists():
            return _from_requirements(folder, requirements)
    missing = "" if listed else f" {_pinned()}"
    if "project" in project:
        return Tooling("", (f"pip install -e .{missing}",), listed, otherwise=f": {_pinned()}")
    return Tooling("", (f"pip install {_pinned()}",), listed, otherwise=f": {_pinned()}")


def _from_requirements(folder: Path, name: str) -> Tooling:
    """A project with a list of requirements, which pip-tools or uv may compile from a shorter one."""
    source = Path(name).with_suffix(".in").as_posix()
    compiled = (folder / source).exists()
    listed = any(
        REQUIREMENT.match(line.strip())
        for file in (name, source)
        for line in text_of(folder / file).splitlines()
    )
    install = (f"pip install -r {name}{'' if listed else f' {_pinned()}'}",)
    where = f", in {source}, and compile {name} again" if compiled else f", in {name}"
    return Tooling("", install, listed, otherwise=f"{where}: {_pinned()}")


def _pinned() -> str:
    return f"samewire=={samewire.__version__}"


def _lists_samewire(file: Path) -> bool:
    """Whether a TOML file lists Samewire among dependencies, wherever a tool keeps them."""
    document = _document(file)
    tools = {
        name: table for name, table in _table(document.get("tool")).items() if name != "samewire"
    }
    return any(
        map(
            REQUIREMENT.match,
            _words({**document, "tool": tools, "project": _dependencies(document)}),
        )
    )


def _dependencies(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The dependencies of ``[project]``, whose own name and commands say nothing about what it needs."""
    project = _table(document.get("project"))
    return {key: project.get(key) for key in ("dependencies", "optional-dependencies")}


def _words(value: object) -> Iterator[str]:
    """Every text in a document: Poetry has requirements as keys, everybody else as values."""
    match value:
        case str():
            yield value
        case Mapping():
            for key, inner in value.items():
                yield key
                yield from _words(inner)
        case list():
            for inner in value:
                yield from _words(inner)
        case _:
            pass


def _document(file: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text_of(file))
    except tomllib.TOMLDecodeError:
        return {}


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
