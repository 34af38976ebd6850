"""
Rules of this repository that no linter knows, over the files that git tracks.

Ends with 1 and a line a finding: a registry's address in a lock, an absolute path of somebody's machine, ``any`` or a silenced
check in TypeScript or its templates, a line ending other than LF.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_RULES = (
    (
        re.compile(r"(^|/)(package-lock\.json|requirements/.*\.txt|.*\.lock)$"),
        re.compile(r"https?://\S*(/simple/|/-/|registry|/packages/)"),
        "names a registry's address",
    ),
    (
        re.compile(r"."),
        re.compile(r"(?<![\w./~-])/(?:root|work|Users/\w+|home/\w+)/\w"),
        "names a path of a machine",
    ),
    (
        re.compile(r"\.(ts|tsx|mts|j2|jinja)$"),
        re.compile(r"@ts-(?:ignore|nocheck)|\bas any\b|:\s*any\b"),
        "turns the type checker off",
    ),
)
_TEXT_LIMIT = 2_000_000


def findings() -> Iterator[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=_ROOT, check=True, capture_output=True)
    for name in listed.stdout.decode().split("\0"):
        path = _ROOT / name
        if (
            not name
            or not path.is_file()
            or path.stat().st_size > _TEXT_LIMIT
            or name == "scripts/check_tree.py"
        ):
            continue
        data = path.read_bytes()
        if b"\0" in data:
            continue
        if b"\r\n" in data:
            yield f"{name}: has CRLF line endings"
        text = data.decode("utf-8", errors="replace")
        for files, wrong, message in _RULES:
            if files.search(name) and (match := wrong.search(text)):
                line = text.count("\n", 0, match.start()) + 1
                yield f"{name}:{line}: {message}: {match.group()[:60]}"


def main() -> int:
    found = list(findings())
    print("\n".join(found) or "the tree keeps its rules")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
