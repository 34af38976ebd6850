"""Fingerprints of what a run read of the project, without what it generated."""

from __future__ import annotations

import contextlib
from typing import Final

from samewire.notice import HEAD, source_of
from samewire.record.fingerprints import content
from samewire.record.keep import changed_since, own_files, own_folders
from samewire.record.observe import Observation
from samewire.watch.run import names

CHANGING: Final = "changing"
"""The fingerprint of a file that may have changed after it was read: it is like no other, so the file counts as changed."""


def files(observation: Observation) -> dict[str, str]:
    """The files that were read, or were looked for and not there, by content."""
    paths = (path for path in own_files(observation) if not _is_generated(path))
    return {path: CHANGING if changed_since(observation, path) else content(path) for path in paths}


def folders(observation: Observation) -> dict[str, str]:
    """The folders that were listed, by the names in them."""
    return {folder: names(folder) for folder in own_folders(observation)}


def _is_generated(path: str) -> bool:
    """Files of Samewire's are read to be compared; its schema documents name the folder of their contract in the first lines."""
    with contextlib.suppress(OSError), open(path, "rb") as file:
        start = file.read(4 * HEAD).decode(errors="replace")
        return source_of(start) is not None or '"x-samewire-output"' in start
    return False
