"""
What the frontend around an output folder requires: the zod of its package.json, the import style of its tsconfig.json, and its
JavaScript target. The search goes from the output folder upwards, and never outside the project root.
"""

from __future__ import annotations

import os
from pathlib import Path

from samewire import targets
from samewire.config.language import shortcomings
from samewire.config.model import Imports, Options
from samewire.config.packages import requirement_of, upwards
from samewire.config.resolved import Frontend
from samewire.config.tsconfig import CompilerOptions, TsconfigError, imports_of, read
from samewire.errors import Diagnostic
from samewire.zod_versions import FIRST_WITH_V4, NEWEST_FEATURES, OLDEST_ZOD


def frontend_of(
    root: Path, output: str, options: Options, key: str, problems: list[Diagnostic]
) -> tuple[Frontend, tuple[Diagnostic, ...]]:
    """
    What ``output`` has to fit: what the options say, else what is found.

    Doubts are returned; mistakes go to ``problems``, under ``key``, where the contract is configured.
    """
    version = options.zod_version
    doubts: list[Diagnostic] = []
    if version is None and "zod" not in options.targets:
        version = NEWEST_FEATURES
    elif version is None:
        version = _zod_version(root, output, options.zod, key, problems, doubts)
    project = _compiler_options(root, output, options, key, problems)
    imports = options.imports or _imports(root, output, project, doubts)
    if project is not None and targets.validators(options.targets) is not None:
        typescript = requirement_of("typescript", upwards(root / output, root))
        version_of_it = typescript.lowest if typescript else None
        where = _shown(project.file, root)
        for message, hint in shortcomings(project.all, version_of_it):
            doubts.append(Diagnostic("frontend-language", where, message, hint))
    return Frontend(version, imports), tuple(doubts)


# --- zod --------------------------------------------------------------------------------------------------------------


def _zod_version(  # noqa: PLR0913, PLR0917  # what surrounds a contract
    root: Path,
    output: str,
    specifier: str,
    key: str,
    problems: list[Diagnostic],
    doubts: list[Diagnostic],
) -> tuple[int, int]:
    found = requirement_of("zod", upwards(root / output, root))
    if found is None:
        return NEWEST_FEATURES
    where, version = found.file.relative_to(root).as_posix(), found.lowest
    if version is None:
        message = (
            f'asks for zod "{found.wanted}", which has no lowest version; assuming '
            f"{_dotted(NEWEST_FEATURES)}"
        )
        hint = f'set zod-version = "{_dotted(NEWEST_FEATURES)}" or the version you have'
        doubts.append(Diagnostic("zod-version-unknown", where, message, hint))
        return NEWEST_FEATURES
    if version >= OLDEST_ZOD:
        return version
    carries_v4 = version >= FIRST_WITH_V4
    if not (carries_v4 and specifier.startswith("zod/v4")):
        message = (
            f'{where} asks for zod "{found.wanted}", but generated validators need zod 4.0 or newer'
        )
        hint = (
            'set zod = "zod/v4": zod 3.25 ships zod 4 under that name'
            if carries_v4
            else (
                'raise it to 3.25 and set zod = "zod/v4", raise it to 4, or set targets = '
                '["types"] to generate no validators'
            )
        )
        problems.append(Diagnostic("config-zod-version", f"{key}.zod", message, hint))
    return OLDEST_ZOD


def _dotted(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"


# --- TypeScript -------------------------------------------------------------------------------------------------------


def _compiler_options(
    root: Path, output: str, options: Options, key: str, problems: list[Diagnostic]
) -> CompilerOptions | None:
    """The options of the nearest tsconfig.json; ``None`` without one, and in Deno, which has its own."""
    for folder in upwards(root / output, root):
        tsconfig = folder / "tsconfig.json"
        if tsconfig.is_file():
            try:
                return read(tsconfig, root / output)
            except TsconfigError as error:
                if options.imports is None:
                    where = f"{tsconfig.relative_to(root).as_posix()}: {error}"
                    hint = 'repair it, or set imports to ".js", ".ts" or "none"'
                    problems.append(Diagnostic("config-tsconfig", f"{key}.imports", where, hint))
                return None
        if _is_deno(folder):
            return None
    return None


def _imports(
    root: Path, output: str, project: CompilerOptions | None, doubts: list[Diagnostic]
) -> Imports:
    if project is None:
        return ".ts" if any(map(_is_deno, upwards(root / output, root))) else ".js"
    imports, doubt = imports_of(project)
    if doubt is not None:
        where = _shown(project.file, root)
        hint = f'set imports = "{imports}" to decide it'
        doubts.append(Diagnostic("imports-unknown", where, doubt, hint))
    return imports


def _shown(file: Path, root: Path) -> str:
    """A file relative to the root, which a reference or ``extends`` may lead out of."""
    return Path(os.path.relpath(file, root)).as_posix()


def _is_deno(folder: Path) -> bool:
    return any((folder / name).is_file() for name in ("deno.json", "deno.jsonc"))
