"""
Which packages the package.json files around a folder require.

A range may stand in the catalog of a workspace (``catalog:``, in pnpm-workspace.yaml or the package.json of the workspace) instead
of the package.json that lists the package.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

DEPENDENCIES: Final = (
    "dependencies",
    "peerDependencies",
    "devDependencies",
    "optionalDependencies",
)
CATALOG: Final = "catalog:"
PNPM_WORKSPACE: Final = "pnpm-workspace.yaml"

# The lower bound of an npm range: its first comparator, which may be `^`, `~`, `>=`, `=` or nothing, or `a - b`.
LOWER_BOUND = re.compile(
    r"(?:npm:(?:@[^@/]+/)?[^@/]+@)?(?:\^|~|>=|=|v)?\s*(\d{1,4})(?:\.(\d{1,4}|[xX*]))?(?:\.(\d{1,4}|[xX*]))?"
)
YAML_ENTRY = re.compile(
    r"""(?P<indent> *)(?P<key>"[^"]*"|'[^']*'|[^\s"'#:][^:#]*?)\s*:(?:\s+(?P<value>[^#]*?))?\s*(?:#.*)?"""
)

Version: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Requirement:
    """The range that a package.json requires, and the file."""

    file: Path
    wanted: str

    @property
    def lowest(self) -> Version | None:
        """The lowest version that the range lets through, if it says one."""
        return lower_bound(self.wanted)


def requirement_of(package: str, folders: Iterable[Path]) -> Requirement | None:
    """The range of ``package`` in the first of ``folders``, nearest first, whose package.json lists it."""
    places = list(folders)
    for at, folder in enumerate(places):
        file = folder / "package.json"
        wanted = dependencies(file).get(package)
        if wanted is not None and wanted.startswith(CATALOG):
            wanted = _in_catalog(wanted.removeprefix(CATALOG), package, places[at:]) or wanted
        if wanted is not None:
            return Requirement(file, wanted)
    return None


def upwards(folder: Path, top: Path | None) -> Iterator[Path]:
    """``folder`` and its parents up to ``top``; only ``folder`` if ``top`` is not above it."""
    yield folder
    if top is not None and folder.is_relative_to(top):
        while folder != top:
            folder = folder.parent
            yield folder


def dependencies(file: Path) -> dict[str, str]:
    """The ranges that a package.json lists, by package; empty where it is none."""
    package = read_package(file)
    listed: dict[str, str] = {}
    for group in DEPENDENCIES:
        for name, wanted in _table(package.get(group)).items():
            if isinstance(wanted, str):
                listed.setdefault(name, wanted)
    return listed


def read_package(file: Path) -> Mapping[str, object]:
    """A package.json; empty where there is none that can be read."""
    try:
        return _table(json.loads(file.read_text(encoding="utf-8-sig")))
    except (OSError, ValueError):
        return {}


def lower_bound(wanted: str) -> Version | None:
    """
    The lowest (major, minor) an npm version range lets through, or ``None`` for one that does not say.

    Of alternatives (``^3.25 || ^4``) the lowest counts. ``*``, tags, ``workspace:``, ``catalog:`` and URLs do not say.
    Source: https://github.com/npm/node-semver#ranges
    """
    bounds = []
    for alternative in wanted.split("||"):
        matched = LOWER_BOUND.match(alternative.strip())
        if matched is None:
            return None
        minor = matched[2] or "0"
        bounds.append((int(matched[1]), int(minor) if minor.isdigit() else 0))
    return min(bounds)


# --- Catalogs ---------------------------------------------------------------------------------------------------------


def _in_catalog(name: str, package: str, folders: Iterable[Path]) -> str | None:
    """
    The range of ``package`` in the catalog ``name`` of the nearest workspace; without a name in the default one.

    Source: https://pnpm.io/catalogs, https://bun.sh/docs/install/catalogs
    """
    named = ("catalogs", name or "default", package)
    paths = [named] if name not in ("", "default") else [("catalog", package), named]
    for folder in folders:
        package_json = read_package(folder / "package.json")
        tables = (
            _yaml_entries(folder / PNPM_WORKSPACE),
            _entries(package_json),
            _entries(_table(package_json.get("workspaces"))),
        )
        for table in tables:
            for path in paths:
                if path in table:
                    return table[path]
    return None


def _entries(table: Mapping[str, object]) -> dict[tuple[str, ...], str]:
    """The texts in nested tables, by the path of their keys."""
    entries: dict[tuple[str, ...], str] = {}
    for key, value in table.items():
        if isinstance(value, str):
            entries[key,] = value
        for path, text in _entries(_table(value)).items():
            entries[key, *path] = text
    return entries


def _yaml_entries(file: Path) -> dict[tuple[str, ...], str]:
    """The texts in the nested block mappings of a YAML file; lists and everything else are passed over."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    entries: dict[tuple[str, ...], str] = {}
    above: list[tuple[int, str]] = []
    for line in lines:
        entry = YAML_ENTRY.fullmatch(line)
        if entry is None:
            continue
        indent, key = len(entry["indent"]), entry["key"].strip("\"'")
        while above and above[-1][0] >= indent:
            above.pop()
        above.append((indent, key))
        if value := (entry["value"] or "").strip("\"'"):
            entries[tuple(name for _, name in above)] = value
    return entries


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
