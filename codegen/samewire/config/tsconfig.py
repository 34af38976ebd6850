"""
How relative imports must be written for a TypeScript project, read from its tsconfig.json.

=============================================================  ========  ==================================================
compilerOptions                                                imports   who has it
=============================================================  ========  ==================================================
``allowImportingTsExtensions``/``rewriteRelativeImportExten``…  ``.ts``  Vite's templates, Node type stripping, Bun, Deno
``moduleResolution`` ``node16``/``nodenext``                    ``.js``  Node with tsc; also follows from ``module``
``moduleResolution`` ``bundler``                                none     Next.js, Nuxt, other bundlers
``moduleResolution`` ``node``/``node10``/``classic``            none     older CommonJS and webpack projects
none of them                                                    none     the same, by TypeScript's defaults
no tsconfig.json at all                                         ``.js``  the one form every resolver but webpack's knows
=============================================================  ========  ==================================================

``.ts`` comes first because a path that names the real file is right for every resolver that allows it. Source:
https://www.typescriptlang.org/tsconfig/ (moduleResolution, allowImportingTsExtensions, rewriteRelativeImportExtensions).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from samewire.config.model import Imports

TS_EXTENSIONS = ("allowImportingTsExtensions", "rewriteRelativeImportExtensions")
CONFIG_FOLDER = "${configDir}/"  # TypeScript 5.5: the folder of the tsconfig.json that is compiled
LONGEST_CHAIN = 16  # files in a chain of `extends`; a longer one is a circle

# A string first, so that what looks like a comment or a comma inside one is left alone.
COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|//[^\r\n]*|/\*.*?\*/', re.DOTALL)
TRAILING_COMMA = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])', re.DOTALL)


class TsconfigError(Exception):
    """A tsconfig.json that can't be read."""


@dataclass(slots=True)
class CompilerOptions:
    """
    The compiler options that decide, nearest file first; ``file`` is the project that they are for.

    ``own`` come from files of the project, ``all`` from packages in node_modules and folders that tools write (``.nuxt``,
    ``.svelte-kit``) as well. ``missing`` are the files of either kind that are not there.
    """

    file: Path
    own: dict[str, object] = field(default_factory=dict)
    all: dict[str, object] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def add(self, options: Mapping[str, object], *, packaged: bool) -> None:
        for option, value in options.items():
            self.all.setdefault(option, value)
            if not packaged:
                self.own.setdefault(option, value)


def read(tsconfig: Path, output: Path) -> CompilerOptions:
    """
    The options under which ``output`` is compiled, if ``tsconfig`` is the nearest tsconfig.json.

    Raises:
        TsconfigError: a tsconfig.json that is not JSON with comments.

    """
    options = CompilerOptions(_project_of(tsconfig, output))
    _collect(options.file, options, packaged=False, depth=0)
    return options


def imports_of(options: CompilerOptions) -> tuple[Imports, str | None]:
    """
    The ending of relative imports, and what is doubtful about it.

    A setting that comes from a file outside of version control, such as a package in node_modules, is used, and doubtful: where
    that is not there, on a build machine that only has Python, the same configuration would generate other imports.
    """
    imports = decide(options.all)
    if imports != decide(options.own):
        return (
            imports,
            (
                "extends a package to decide how imports are written, and that package may "
                "not be installed everywhere"
            ),
        )
    if options.missing and not options.own.keys() & {*TS_EXTENSIONS, "moduleResolution", "module"}:
        return (
            imports,
            (
                f"extends {options.missing[0]!r}, which does not exist, so its setting for "
                "imports is unknown"
            ),
        )
    return imports, None


def decide(options: Mapping[str, object]) -> Imports:
    """The table at the top of this file."""
    if any(options.get(option) is True for option in TS_EXTENSIONS):
        return ".ts"
    resolution = str(options.get("moduleResolution", "")).lower()
    if resolution:
        return ".js" if resolution in ("node16", "nodenext") else "none"
    module = str(options.get("module", "")).lower()
    return ".js" if module in ("node16", "node18", "node20", "nodenext") else "none"


# --- Reading ----------------------------------------------------------------------------------------------------------


def read_jsonc(file: Path) -> dict[str, object]:
    """
    A file of JSON with comments and trailing commas.

    Raises:
        TsconfigError: it cannot be read as that.

    """
    try:
        text = file.read_text(encoding="utf-8-sig")
        text = COMMENT.sub(lambda match: match[1] or " ", text)
        document = json.loads(TRAILING_COMMA.sub(lambda match: match[1] or "", text))
    except (OSError, ValueError) as error:
        raise TsconfigError(f"{file.name} cannot be read: {error}") from error
    if not isinstance(document, dict):
        raise TsconfigError(f"{file.name} is not a JSON object")
    return document


def _collect(file: Path, options: CompilerOptions, *, packaged: bool, depth: int) -> None:
    """The options of ``file``, then those of the files it extends: of several, the last one counts first."""
    if depth > LONGEST_CHAIN:
        raise TsconfigError(f"{file.name} extends itself")
    document = read_jsonc(file)
    own = document.get("compilerOptions")
    if isinstance(own, dict):
        options.add(own, packaged=packaged)
    extends = document.get("extends", [])
    for base in reversed(
        [extends] if isinstance(extends, str) else extends if isinstance(extends, list) else []
    ):
        relative = str(base).startswith((".", "/"))
        target = _file(file.parent / str(base)) if relative else _packaged(file.parent, str(base))
        if target is not None:
            made = not relative or _is_made(target, file.parent)
            _collect(target, options, packaged=packaged or made, depth=depth + 1)
        else:
            options.missing.append(str(base))


def _file(path: Path) -> Path | None:
    """What ``extends`` or a reference names: a file, a file without its ending, or a folder with a tsconfig.json."""
    for candidate in (path, path.with_name(f"{path.name}.json"), path / "tsconfig.json"):
        if candidate.is_file():
            return candidate
    return None


def _is_made(target: Path, beside: Path) -> bool:
    """Whether a tool writes the file: it is in a folder such as ``.nuxt``, which version control leaves out."""
    inside = Path(os.path.relpath(target, beside)).parts[:-1]
    return any(part.startswith(".") and part.strip(".") for part in inside)


def _packaged(start: Path, name: str) -> Path | None:
    """A tsconfig from the nearest node_modules that has it."""
    for folder in (start, *start.parents):
        target = _file(folder / "node_modules" / name)
        if target is not None:
            return target
    return None


# --- Solutions --------------------------------------------------------------------------------------------------------


def _project_of(tsconfig: Path, output: Path) -> Path:
    """
    The project that compiles ``output``.

    A tsconfig.json may hold no files and only refer to others, as in Vite's templates: then the first one whose ``include``
    covers the folder.
    """
    document = read_jsonc(tsconfig)
    references = document.get("references")
    has_files = document.get("files", document.get("include")) != []
    if has_files or not isinstance(references, list):
        return tsconfig
    for reference in references:
        path = reference.get("path") if isinstance(reference, dict) else None
        target = _file(tsconfig.parent / path) if isinstance(path, str) else None
        if target is not None and any(
            output.is_relative_to(folder) for folder in _included(target)
        ):
            return target
    return tsconfig


def _included(tsconfig: Path) -> Iterator[Path]:
    """The folders a project takes its files from: what its ``include`` patterns say before their first wildcard."""
    patterns = read_jsonc(tsconfig).get("include", ["."])
    for pattern in patterns if isinstance(patterns, list) else []:
        fixed = re.split(r"[*?]", str(pattern).removeprefix(CONFIG_FOLDER), maxsplit=1)[0]
        yield (
            tsconfig.parent / (fixed if fixed == pattern else fixed.rpartition("/")[0])
        ).resolve()
