"""
Rules of this repository that no linter knows, over the files that git tracks.

Ends with 1 and a line a finding: an address of a package registry, an absolute path of somebody's machine, ``any`` or a silenced
check in TypeScript or its templates, a line ending other than LF.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]

LOCKS = re.compile(r"(^|/)(package-lock\.json|requirements/.*\.txt|[^/]*\.lock)$")
TYPESCRIPT = re.compile(r"\.([cm]?tsx?|[cm]?tsx?\.(j2|jinja))$")
EVERYTHING = re.compile(r"")

# What TypeScript doesn't read as code. Comments are blanked, and what is in quotes, so that prose may say "any".
NOT_CODE = re.compile(
    r"/\*.*?\*/|//[^\n]*|\{#.*?#\}"
    r"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What must not stand in which files; ``code`` leaves comments and strings out."""

    files: re.Pattern[str]
    wrong: re.Pattern[str]
    message: str
    code: bool = False


RULES = (
    Rule(
        EVERYTHING,
        re.compile(r"registry\.(?:npmjs|yarnpkg)\.\w+|pypi\.org/simple|pythonhosted\.org"),
        "names the address of a registry",
    ),
    Rule(
        LOCKS,
        re.compile(
            r"\"resolved\":\s*\"[a-z+]+:|^\s*--(?:extra-)?index-url|^\s*--find-links|https?://\S*/(?:simple|-|packages)/",
            re.MULTILINE,
        ),
        "says where packages come from",
    ),
    Rule(
        EVERYTHING,
        re.compile(r"(?<![\w./~-])/(?:root|work|Users/\w+|home/\w+)/\w|(?<!\w)[A-Z]:\\+Users\\"),
        "names a path of a machine",
    ),
    Rule(TYPESCRIPT, re.compile(r"@ts-(?:ignore|nocheck)"), "turns the type checker off"),
    Rule(
        TYPESCRIPT,
        # A property or parameter of that name is followed by a colon, a function by a parenthesis.
        re.compile(
            r"(?:[:<|&(,=\[]|=>|\b(?:as|is|satisfies|extends|keyof))\s*\bany\b(?!\s*\??\s*[:(.])"
            r"|\?\s*\bany\b(?=\s*:)|\bz\.any\("
        ),
        "has the type `any`",
        code=True,
    ),
)


def tracked(root: Path) -> Iterator[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, check=True, capture_output=True)
    yield from filter(None, listed.stdout.decode().split("\0"))


def findings(root: Path) -> Iterator[str]:
    """One line for each rule that a tracked file of the repository at ``root`` breaks."""
    for name in tracked(root):
        path = root / name
        if not path.is_file() or path == Path(__file__):
            continue
        data = path.read_bytes()
        if b"\0" in data:
            continue
        if b"\r" in data:
            yield f"{name}: has line endings other than LF"
        yield from broken(name, data.decode("utf-8", errors="replace"))


def broken(name: str, text: str) -> Iterator[str]:
    code = NOT_CODE.sub(blanked, text) if TYPESCRIPT.search(name) else text
    for rule in RULES:
        if rule.files.search(name) and (match := rule.wrong.search(code if rule.code else text)):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{name}:{line}: {rule.message}: {match.group().strip()[:60]}"


def blanked(match: re.Match[str]) -> str:
    """As many lines of nothing, so that line numbers stay."""
    return re.sub(r"[^\n]", " ", match.group())


def main() -> int:
    found = list(findings(ROOT))
    print("\n".join(found) or "the tree keeps its rules")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
