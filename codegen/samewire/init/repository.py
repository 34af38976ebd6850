"""The repository around a project: where it is, its default branch, and the folders in it that are worth a look."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

SKIPPED_FOLDERS = frozenset({"node_modules", "build", "coverage", "dist", "out", "target", "venv"})


def find_repository(folder: Path) -> Path | None:
    """The git work tree that ``folder`` is in."""
    return next((place for place in (folder, *folder.parents) if (place / ".git").exists()), None)


def walk(folder: Path, depth: int) -> Iterator[tuple[Path, list[str]]]:
    """Every folder down to ``depth`` with the names of its files; hidden, built and installed ones aside."""
    for place, folders, names in os.walk(folder):
        deep = len(Path(place).relative_to(folder).parts)
        hidden = {name for name in folders if name.startswith(".") or name in SKIPPED_FOLDERS}
        folders[:] = [] if deep >= depth else sorted(set(folders) - hidden)
        yield Path(place), names


def default_branch(repository: Path) -> str:
    """
    The branch that pushes go to, as far as the clone knows it: what its origin says, else one of the usual names that is here,
    else the only one that there is, the current one of a repository that is new.
    """
    git = repository / ".git"
    origin = _head(git / "refs" / "remotes" / "origin" / "HEAD").partition("refs/remotes/origin/")
    if origin[2]:
        return origin[2]
    packed = {line.partition(" ")[2] for line in text_of(git / "packed-refs").splitlines()}
    for usual in ("main", "master"):
        if (git / "refs" / "heads" / usual).exists() or f"refs/heads/{usual}" in packed:
            return usual
    return _head(git / "HEAD").partition("refs/heads/")[2] or "main"


def text_of(file: Path) -> str:
    """What a file says; nothing where it is not there or is no text."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""


def _head(file: Path) -> str:
    """What a symbolic reference of git's stands for; empty where it is none that can be written into a workflow."""
    reference = text_of(file).strip()
    return reference if re.fullmatch(r"ref: [A-Za-z0-9._/-]+", reference) else ""
