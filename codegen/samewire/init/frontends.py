"""The frontend that reads what a backend sends: which package of a repository it is, and what it has to validate with."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from samewire.config.packages import (
    PNPM_WORKSPACE,
    dependencies,
    read_package,
    requirement_of,
    upwards,
)
from samewire.init.repository import walk
from samewire.zod_versions import FIRST_WITH_V4, OLDEST_ZOD

DEEPEST = 5

# How well a package looks like the frontend that parses what the backend sends.
SIGNS: Final = {
    **dict.fromkeys(("zod", "valibot"), 6),
    "ai": 4,
    **dict.fromkeys(("react", "vue", "svelte", "@angular/core", "solid-js", "preact", "lit"), 4),
    **dict.fromkeys(("next", "nuxt", "astro", "@sveltejs/kit", "expo", "vite"), 2),
    "typescript": 1,
}
STARTS: Final = frozenset(
    {"dev", "start", "serve"}
)  # scripts that a package for others to use has not
LIKELY: Final = frozenset(
    {"app", "client", "dashboard", "front", "frontend", "ui", "web", "webapp", "www"}
)
UNLIKELY: Final = frozenset(
    {
        "demo",
        "demos",
        "doc",
        "docs",
        "e2e",
        "email",
        "emails",
        "example",
        "examples",
        "landing",
        "playground",
    }
    | {"script", "scripts", "sdk", "site", "storybook", "test", "tests", "tool", "tools", "website"}
)
WORKSPACES: Final = (PNPM_WORKSPACE, "lerna.json", "nx.json", "turbo.json")
PER_STEP = 3  # what each step between the backend and a package takes from its signs

OLDEST_VALIBOT: Final = (1, 0)
OLDEST_TYPESCRIPT: Final = (5, 0)
"""What zod 4 and valibot need, and so the validators; types alone are read by older ones."""

ADD: Final = {
    "pnpm-lock.yaml": "pnpm add",
    "yarn.lock": "yarn add",
    "bun.lock": "bun add",
    "bun.lockb": "bun add",
}


@dataclass(frozen=True, slots=True)
class Validators:
    """
    ``targets`` and ``zod`` as the configuration has them, ``None`` for the default, and what was found. ``why`` there are none, and
    the ``remedy``.
    """

    targets: tuple[str, ...] | None = None
    zod: str | None = None
    found: str | None = None
    why: str | None = None
    remedy: str | None = None


def find_frontend(folder: Path, repository: Path | None) -> Path | None:
    """
    The folder of the most likely frontend: of the packages below ``folder`` and, in a repository, of all others.

    What a package depends on counts, what it is called, and how far away it is.
    """
    ranked = []
    for package, depends in _packages(repository or folder):
        score = sum(weight for name, weight in SIGNS.items() if name in depends)
        score += (_by_name(package, repository or folder) + _by_use(package)) if score else 0
        if score > 0:
            path = Path(os.path.relpath(package, folder))
            steps = len([part for part in path.parts if part != "."])
            ranked.append((PER_STEP * steps - score, steps, path.as_posix(), package))
    return min(ranked)[-1] if ranked else None


def validators_for(output: Path, top: Path) -> Validators:
    """What the package around ``output``, looked for up to ``top``, can validate with."""
    folders = list(upwards(output, top))
    package = next((folder for folder in folders if (folder / "package.json").is_file()), None)
    if package is None:
        return Validators()
    typescript = requirement_of("typescript", folders)
    if typescript and typescript.lowest and typescript.lowest < OLDEST_TYPESCRIPT:
        why = f"asks for TypeScript {typescript.wanted}, and validators need 5.0"
        return _types_alone(why, "raise it")
    zod = requirement_of("zod", folders)
    if zod is not None:
        version = zod.lowest
        if version is None or version >= OLDEST_ZOD:
            return Validators(found=f"zod {zod.wanted}")
        if version >= FIRST_WITH_V4:
            return Validators(zod="zod/v4", found=f"zod {zod.wanted}")
    valibot = requirement_of("valibot", folders)
    if valibot is not None and (valibot.lowest is None or valibot.lowest >= OLDEST_VALIBOT):
        return Validators(("valibot",), found=f"valibot {valibot.wanted}")
    add = next(
        (add for folder in folders for lock, add in ADD.items() if (folder / lock).exists()),
        "npm install",
    )
    if zod is not None:
        return _types_alone(
            f"asks for zod {zod.wanted}, and validators need 3.25 or newer", f"run `{add} zod@4`"
        )
    if valibot is not None:
        return _types_alone(
            f"asks for valibot {valibot.wanted}, and validators need 1.0 or newer",
            f"run `{add} valibot@1`",
        )
    return _types_alone("lists neither zod nor valibot", f"run `{add} zod`")


def _types_alone(why: str, remedy: str) -> Validators:
    return Validators(("types",), why=why, remedy=remedy)


# --- Packages ---------------------------------------------------------------------------------------------------------


def _packages(top: Path) -> Iterator[tuple[Path, AbstractSet[str]]]:
    """
    Folders that may be a frontend, each with the packages that it depends on.

    In an Nx workspace an application is a folder with a project.json, and the one package.json lists what all of them need.
    """
    shared = (
        dependencies(top / "package.json").keys() if (top / "nx.json").exists() else frozenset()
    )
    for folder, names in walk(top, DEEPEST):
        if "package.json" in names:
            yield folder, dependencies(folder / "package.json").keys()
        elif shared and any(map(_is_tsconfig, names)) and _is_application(folder):
            yield folder, shared


def _is_tsconfig(name: str) -> bool:
    return name.startswith("tsconfig")


def _is_application(folder: Path) -> bool:
    kind = read_package(folder / "project.json").get("projectType")
    return kind == "application" and not folder.name.endswith("-e2e")


def _by_name(package: Path, top: Path) -> int:
    words = _words(package.relative_to(top).parts)
    own = _words(package.parts[-1:])
    return (4 if own & LIKELY else 0) - (10 if words & UNLIKELY else 0)


def _words(parts: Iterable[str]) -> set[str]:
    return {word for part in parts for word in re.split(r"[-_.]", part.lower())}


def _by_use(package: Path) -> int:
    """A package that starts a server of its own is an application; the root of a workspace only holds others."""
    scripts = read_package(package / "package.json").get("scripts")
    starts = isinstance(scripts, Mapping) and not STARTS.isdisjoint(scripts)
    holds = "workspaces" in read_package(package / "package.json") or any(
        (package / name).exists() for name in WORKSPACES
    )
    return -4 if holds else 3 if starts else 0
