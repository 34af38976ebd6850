"""Unified diffs."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from samewire.artifacts.drift import Drift

NO_NEWLINE = "\\ No newline at end of file"


def unified(drift: Drift) -> list[str]:
    """The change that ``generate`` would make to a file, as lines of a patch."""
    return list(unified_texts(drift.path, drift.old, drift.new))


def unified_texts(path: str, old: str | None, new: str | None) -> Iterator[str]:
    """The same for any file; ``None`` is a missing file."""
    before = "/dev/null" if old is None else f"a/{path}"
    after = "/dev/null" if new is None else f"b/{path}"
    for line in difflib.unified_diff(_split(old or ""), _split(new or ""), before, after):
        if line.endswith("\n"):
            yield line[:-1]
        else:
            yield line
            yield NO_NEWLINE


def first_line(drift: Drift) -> int:
    """The first line of the file on disk that differs, counted from 1."""
    old, new = (drift.old or "").splitlines(), (drift.new or "").splitlines()
    for number, (left, right) in enumerate(zip(old, new, strict=False), start=1):
        if left != right:
            return number
    return min(len(old), len(new)) + 1 if old else 1


def _split(text: str) -> list[str]:
    """Lines with their ends; only LF ends a line, as for ``diff``."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
