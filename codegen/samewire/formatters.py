"""Known formatters: the files that show a repository uses one, and the ``format`` command that runs it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from samewire.config.packages import read_package


@dataclass(frozen=True, slots=True)
class Formatter:
    """``files`` are patterns of its configuration; ``key`` is the one that it may have in package.json instead."""

    name: str
    files: tuple[str, ...]
    command: tuple[str, ...]
    key: str | None = None


KNOWN: Final = (
    Formatter(
        "Biome",
        ("biome.json", "biome.jsonc", ".biome.json", ".biome.jsonc"),
        ("npx", "biome", "check", "--write", "--stdin-file-path={path}"),
    ),
    Formatter(
        "Prettier",
        (".prettierrc*", "prettier.config.*"),
        ("npx", "prettier", "--stdin-filepath", "{path}"),
        "prettier",
    ),
    Formatter(
        "dprint",
        ("dprint.json", "dprint.jsonc", ".dprint.json", ".dprint.jsonc"),
        ("npx", "dprint", "fmt", "--stdin", "{path}"),
    ),
)


def formatter_of(root: Path, path: str) -> tuple[Formatter, str] | None:
    """The formatter that is configured nearest above a file, up to the root, with the file that configures it."""
    for folder in (root / path).parents:
        for formatter in KNOWN:
            if (file := _configured(formatter, folder)) is not None:
                return formatter, file.relative_to(root).as_posix()
        if folder == root:
            break
    return None


def _configured(formatter: Formatter, folder: Path) -> Path | None:
    for pattern in formatter.files:
        if files := sorted(folder.glob(pattern)):
            return files[0]
    package = folder / "package.json"
    return package if formatter.key in read_package(package) else None
