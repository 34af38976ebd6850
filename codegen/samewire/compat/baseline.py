"""The deployed schema documents: of a git commit, a folder or a file."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from samewire.artifacts.plan import beside
from samewire.config import Config
from samewire.errors import ConfigError, Diagnostic

_SECONDS = 60


def baseline(config: Config, against: str, option: str = "--against") -> Mapping[str, str]:
    """
    Returns the texts of the deployed documents, by contract. ``option`` is the option with which the user named the place.

    Raises:
        ConfigError: there is no such commit, folder or file, or no document in it.

    """
    path = Path(against)
    if path.is_file():
        names = [contract.name for contract in config.contracts]
        texts = {names[0] if len(names) == 1 else path.stem: _read(path)}
    elif path.is_dir():
        texts = _from_folder(config, path)
    else:
        texts = _from_commit(config, against, option)
    if not texts:
        message = f"there is no schema document in {against}"
        hint = "name a commit, a folder or a file that has the committed documents"
        raise ConfigError(Diagnostic("compat-baseline", option, message, hint))
    return texts


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            Diagnostic("compat-baseline", str(path), f"cannot be read: {error}")
        ) from error


def _from_folder(config: Config, folder: Path) -> dict[str, str]:
    """Documents in the folder, or in the configured schema folder below it."""
    for place in (folder / config.schema, folder):
        if found := {path.stem: _read(path) for path in sorted(place.glob("*.json"))}:
            return found
    return {}


def _from_commit(config: Config, ref: str, option: str) -> dict[str, str]:
    """Documents from git's objects, without a checkout."""
    commit = _git(
        config, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"
    )
    if commit is None:
        message = f"{ref} is not a folder, a file, or a commit of this repository"
        hint = "fetch it first: CI often clones without history (fetch-depth: 0)"
        raise ConfigError(Diagnostic("compat-baseline", option, message, hint))
    commit = commit.strip()
    folder = f"./{config.schema}/"
    listed = _git(config, "ls-tree", "--name-only", "-z", commit, folder) or ""
    texts: dict[str, str] = {}
    for name in listed.split("\0"):
        path = Path(name)
        if path.suffix == ".json":
            place = beside(config.schema, path.name)
            text = _git(config, "show", f"{commit}:./{place}")
            if text is not None:
                texts[path.stem] = text
    return texts


def _git(config: Config, *arguments: str) -> str | None:
    """The output of git, or ``None`` if it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - git, with a commit that the user names
            ["git", *arguments],  # noqa: S607
            cwd=config.root,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=_SECONDS,
        )
    except (OSError, UnicodeDecodeError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
