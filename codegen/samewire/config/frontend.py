"""
What the frontend around an output folder needs: which zod its package.json asks for, and how its tsconfig.json resolves
imports. Looked for from the output folder upwards, and never outside of the project root.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from samewire.config.model import Imports, Options
from samewire.config.resolved import NEWEST_FEATURES, Frontend
from samewire.config.tsconfig import TsconfigError, imports_of
from samewire.config.words import OLDEST_ZOD
from samewire.errors import Diagnostic

DEPENDENCIES = ("dependencies", "peerDependencies", "devDependencies", "optionalDependencies")

# The lower bound of an npm range: its first comparator, which may be `^`, `~`, `>=`, `=` or nothing, or `a - b`.
LOWER_BOUND = re.compile(
    r"(?:npm:zod@)?(?:\^|~|>=|=|v)?\s*(\d{1,4})(?:\.(\d{1,4}|[xX*]))?(?:\.(\d{1,4}|[xX*]))?"
)

# zod 3.25 carries zod 4.0 under the import specifiers zod/v4 and zod/v4-mini.
FIRST_WITH_V4 = (3, 25)


def frontend_of(
    root: Path, output: str, options: Options, key: str, problems: list[Diagnostic]
) -> tuple[Frontend, tuple[Diagnostic, ...]]:
    """
    What ``output`` has to fit: what the options say, else what is found.

    Doubts are returned; mistakes go to ``problems``, under ``key``, where the contract is configured.
    """
    version = options.zod_version
    doubts: list[Diagnostic | None] = []
    if version is None and "zod" not in options.targets:
        version = NEWEST_FEATURES
    elif version is None:
        version, doubt = _zod_version(root, output, options.zod, key, problems)
        doubts.append(doubt)
    imports = options.imports
    if imports is None:
        imports, doubt = _imports(root, output, key, problems)
        doubts.append(doubt)
    return Frontend(version, imports), tuple(doubt for doubt in doubts if doubt is not None)


def upwards(root: Path, output: str) -> Iterator[Path]:
    """The output folder and every folder above it, the root last."""
    folder = root / output
    yield folder
    while folder != root:
        folder = folder.parent
        yield folder


# --- zod --------------------------------------------------------------------------------------------------------------


def _zod_version(
    root: Path, output: str, specifier: str, key: str, problems: list[Diagnostic]
) -> tuple[tuple[int, int], Diagnostic | None]:
    for folder in upwards(root, output):
        file = folder / "package.json"
        wanted = _zod_range(file)
        if wanted is None:
            continue
        where = file.relative_to(root).as_posix()
        version = lower_bound(wanted)
        if version is None:
            message = f'asks for zod "{wanted}", which names no lowest version; assuming {_dotted(NEWEST_FEATURES)}'
            hint = f'set zod-version = "{_dotted(NEWEST_FEATURES)}" or the version you have'
            return NEWEST_FEATURES, Diagnostic("zod-version-unknown", where, message, hint)
        if FIRST_WITH_V4 <= version < OLDEST_ZOD and specifier.startswith("zod/v4"):
            return OLDEST_ZOD, None
        if version < OLDEST_ZOD:
            message = (
                f'{where} asks for zod "{wanted}", and generated validators need zod 4.0 or newer'
            )
            hint = 'raise it there, or set zod-version = "4.0" if a newer zod is what is installed'
            problems.append(Diagnostic("config-zod-version", f"{key}.zod-version", message, hint))
            return OLDEST_ZOD, None
        return version, None
    return NEWEST_FEATURES, None


def lower_bound(wanted: str) -> tuple[int, int] | None:
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


def _zod_range(file: Path) -> str | None:
    """What a package.json asks of zod, or ``None`` when it does not list it or is no package.json at all."""
    try:
        package = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return None
    for group in DEPENDENCIES:
        listed = package.get(group) if isinstance(package, Mapping) else None
        wanted = listed.get("zod") if isinstance(listed, Mapping) else None
        if isinstance(wanted, str):
            return wanted
    return None


def _dotted(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"


# --- Relative imports -------------------------------------------------------------------------------------------------


def _imports(
    root: Path, output: str, key: str, problems: list[Diagnostic]
) -> tuple[Imports, Diagnostic | None]:
    for folder in upwards(root, output):
        tsconfig = folder / "tsconfig.json"
        if tsconfig.is_file():
            return _from_tsconfig(tsconfig, root, output, key, problems)
        if any((folder / name).is_file() for name in ("deno.json", "deno.jsonc")):
            return ".ts", None
    return ".js", None


def _from_tsconfig(
    tsconfig: Path, root: Path, output: str, key: str, problems: list[Diagnostic]
) -> tuple[Imports, Diagnostic | None]:
    where = tsconfig.relative_to(root).as_posix()
    try:
        imports, doubt = imports_of(tsconfig, root / output)
    except TsconfigError as error:
        hint = 'repair it, or set imports to ".js", ".ts" or "none"'
        problems.append(Diagnostic("config-tsconfig", f"{key}.imports", f"{where}: {error}", hint))
        return ".js", None
    if doubt is None:
        return imports, None
    return imports, Diagnostic(
        "imports-unknown", where, doubt, f'set imports = "{imports}" to settle it'
    )
