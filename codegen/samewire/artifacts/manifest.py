"""
The manifest: which files belong to Samewire, and what was last written into them.

Without it a file that is no longer generated could not be told from one of the user's own, nor an edit from a file that is
merely out of date. It is committed beside the schema documents, one line a file, so that branches merge line by line.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from samewire.artifacts.plan import Plan

ABOUT = "The files Samewire owns. After a merge conflict in here, keep either side and run `samewire generate`."
ENTRY = re.compile(r'\s*("(?:[^"\\]|\\.)*"): "sha256:([0-9a-f]{64})",?\s*')


@dataclass(frozen=True, slots=True)
class Manifest:
    """Paths of owned files with what they may hold: one hash, or several after a merge that left both sides in."""

    files: Mapping[str, frozenset[str]]

    def owns(self, path: str) -> bool:
        return path in self.files

    def wrote(self, path: str, content: bytes) -> bool:
        """Whether a file holds what was last written into it, line endings aside."""
        return fingerprint(content) in self.files.get(path, frozenset())


def fingerprint(content: bytes) -> str:
    """SHA-256 of a file with its line endings as LF, in hexadecimal."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def parse(text: str) -> Manifest:
    """
    Read line by line rather than as JSON, so that conflict markers cost nothing. A path that does not stay below the project
    root is not Samewire's, whoever wrote it there.
    """
    files: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        entry = ENTRY.fullmatch(line)
        path = _path(entry[1]) if entry else None
        if entry and path is not None:
            files[path] = files.get(path, frozenset()) | {entry[2]}
    return Manifest(files)


def render(plan: Plan) -> str:
    """The manifest of a plan, as text."""
    entries = {file.path: f"sha256:{fingerprint(file.text.encode())}" for file in plan.files}
    document = {"about": ABOUT, "files": dict(sorted(entries.items()))}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _path(quoted: str) -> str | None:
    try:
        path = json.loads(quoted)
    except ValueError:
        return None
    pure = PurePosixPath(path)
    safe = (
        path
        and not pure.is_absolute()
        and ".." not in pure.parts
        and "\\" not in path
        and ":" not in pure.parts[0]
    )
    return path if safe and str(pure) == path else None
