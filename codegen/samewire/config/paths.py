"""
Folders named in a configuration, held inside the project.

A path is written relative to the configuration file, with forward slashes on every system. What comes out is relative to
the project root, so that the same configuration gives the same bytes on every machine.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from samewire.config.table import bad, string

FORBIDDEN = frozenset({".git", "node_modules"})  # folders whose content belongs to another tool


def fence(folder: Path, text: str) -> Path:
    """The project root: ``folder`` itself or a folder above it."""
    _posix(text)
    root = Path(os.path.realpath(folder / text))
    if not Path(os.path.realpath(folder)).is_relative_to(root):
        raise bad(
            f'expected "." or a folder above ("..", "../.."), found {text!r}', code="config-path"
        )
    return root


def inside(root: Path, folder: Path, text: str) -> str:
    """``text``, relative to ``folder``, as a normal POSIX path relative to ``root``; links on the way are followed."""
    _posix(text)
    path = Path(os.path.realpath(folder / text))
    if not path.is_relative_to(root):
        hint = f'set root = "{_way_up(folder, path)}" to let Samewire write there'
        raise bad(f"{text!r} is outside of the project root", code="config-path", hint=hint)
    relative = PurePosixPath(path.relative_to(root).as_posix())
    owned = FORBIDDEN.intersection(part.lower() for part in relative.parts)
    if owned:
        raise bad(f"{text!r} is in {min(owned)}, which belongs to another tool", code="config-path")
    return str(relative)


def schema_file(folder: Path, value: object) -> Path:
    """A file that is read and never written, so it may be outside of the project root."""
    text = string(value)
    _posix(text)
    file = folder / text
    if not file.is_file():
        raise bad(f"there is no file {text!r}", code="config-path")
    return Path(os.path.normpath(file))


def _posix(text: str) -> None:
    if "\\" in text:
        raise bad(f"write the path with forward slashes, not {text!r}", code="config-path")
    if (
        PurePosixPath(text).is_absolute()
        or Path(text).is_absolute()
        or text.startswith("~")
        or ":" in text
    ):
        raise bad(f"expected a path relative to this file, found {text!r}", code="config-path")


def _way_up(folder: Path, path: Path) -> str:
    """From ``folder`` up to the folder that holds both it and ``path``."""
    folder = Path(os.path.realpath(folder))
    return Path(os.path.relpath(os.path.commonpath([folder, path]), folder)).as_posix()
