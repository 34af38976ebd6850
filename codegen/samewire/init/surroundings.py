"""What is around a project: its frontend, its repository, and how it installs and runs things."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SKIPPED_FOLDERS = frozenset({"node_modules", "build", "coverage", "dist", "out", "target", "venv"})
DEEPEST = 4

# How well a package looks like the frontend that parses what the backend sends.
SIGNS = {
    "zod": 8,
    "ai": 4,
    "react": 4,
    "vue": 4,
    "svelte": 4,
    "@angular/core": 4,
    "next": 2,
    "nuxt": 2,
    "vite": 2,
    "typescript": 1,
}


@dataclass(frozen=True, slots=True)
class Frontend:
    """The folder of a package.json, and whether it lists zod."""

    folder: Path
    has_zod: bool


@dataclass(frozen=True, slots=True)
class Tooling:
    """
    How a project runs a command of its environment (``uv run ``), the commands that make that environment in CI with Samewire in
    it, whether the project lists Samewire, and how or where it is made to, as the end of a sentence.
    """

    run: str
    install: tuple[str, ...]
    listed: bool
    add: str = ""


def find_frontend(folder: Path, repository: Path | None) -> Frontend | None:
    """The most likely frontend below ``folder``; failing that, below the folders beside it in the same repository."""
    inside = _best(_packages(folder, DEEPEST))
    beside = folder.parent if repository is not None and folder != repository else None
    return inside or (_best(_packages(beside, 2)) if beside is not None else None)


def find_repository(folder: Path) -> Path | None:
    """The git work tree that ``folder`` is in."""
    return next((place for place in (folder, *folder.parents) if (place / ".git").exists()), None)


def default_branch(repository: Path) -> str:
    """
    The branch that pushes go to, as far as the clone knows it: what its origin says, else one of the usual names that is here,
    else the only one that there is, the current one of a repository that is new.
    """
    git = repository / ".git"
    origin = _head(git / "refs" / "remotes" / "origin" / "HEAD").partition("refs/remotes/origin/")
    if origin[2]:
        return origin[2]
    packed = {line.partition(" ")[2] for line in _text(git / "packed-refs").splitlines()}
    for usual in ("main", "master"):
        if (git / "refs" / "heads" / usual).exists() or f"refs/heads/{usual}" in packed:
            return usual
    return _head(git / "HEAD").partition("refs/heads/")[2] or "main"


def _head(file: Path) -> str:
    """What a symbolic reference of git's stands for; empty where it is none that can be written into a workflow."""
    reference = _text(file).strip()
    return reference if re.fullmatch(r"ref: [A-Za-z0-9._/-]+", reference) else ""


def tooling(folder: Path) -> Tooling:
    """From the lock file or the list of requirements that is there."""
    project = _text(folder / "pyproject.toml")
    listed = "samewire" in project.partition("[tool.samewire")[0]
    if (folder / "uv.lock").exists():
        run = "uv run " if listed else "uv run --with samewire "
        return Tooling(run, ("pip install uv", "uv sync"), listed, ": uv add --dev samewire")
    if (folder / "poetry.lock").exists():
        more = () if listed else ("poetry run pip install samewire",)
        install = ("pip install poetry", "poetry install", *more)
        return Tooling("poetry run ", install, listed, ": poetry add --group dev samewire")
    if (folder / "pdm.lock").exists():
        more = () if listed else ("pdm run pip install samewire",)
        install = ("pip install pdm", "pdm install", *more)
        return Tooling("pdm run ", install, listed, ": pdm add --dev samewire")
    for requirements in ("requirements-dev.txt", "requirements.txt"):
        if (folder / requirements).exists():
            listed = listed or "samewire" in _text(folder / requirements)
            install = (f"pip install -r {requirements}{'' if listed else ' samewire'}",)
            return Tooling("", install, listed, f", in {requirements}")
    if "[project]" in project:
        return Tooling("", (f"pip install -e .{'' if listed else ' samewire'}",), listed)
    return Tooling("", ("pip install samewire",), listed)


def _packages(folder: Path, depth: int) -> list[Path]:
    packages = []
    for place, folders, names in os.walk(folder):
        deep = len(Path(place).relative_to(folder).parts)
        hidden = {name for name in folders if name.startswith(".") or name in SKIPPED_FOLDERS}
        folders[:] = [] if deep >= depth else sorted(set(folders) - hidden)
        if "package.json" in names:
            packages.append(Path(place))
    return packages


def _best(packages: list[Path]) -> Frontend | None:
    """The package with the most signs of a frontend; of two that are even, the one nearest to the top."""
    scored = []
    for folder in packages:
        dependencies = _dependencies(folder / "package.json")
        score = sum(weight for name, weight in SIGNS.items() if name in dependencies)
        if score:
            scored.append(
                (
                    -score,
                    len(folder.parts),
                    folder.as_posix(),
                    Frontend(folder, "zod" in dependencies),
                )
            )
    return min(scored, key=lambda candidate: candidate[:3])[3] if scored else None


def _dependencies(file: Path) -> set[str]:
    try:
        package = json.loads(_text(file))
    except ValueError:
        return set()
    groups = ("dependencies", "devDependencies", "peerDependencies")
    listed = [package.get(group) for group in groups] if isinstance(package, Mapping) else []
    return {name for group in listed if isinstance(group, Mapping) for name in group}


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
