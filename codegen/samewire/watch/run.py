"""What a run of ``samewire watch`` did, and whether what it read is as it was."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from samewire.record.fingerprints import ABSENT, content, of_names

TEMPORARY: Final = ("~", ".swp", ".swx", ".tmp", ".pyc")


@dataclass(frozen=True, slots=True)
class Run:
    """What a run did: exit code, files by what was done to them, seconds, and the fingerprints of its inputs."""

    code: int
    written: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0
    files: Mapping[str, str] | None = None
    folders: Mapping[str, str] | None = None

    def changed(self) -> tuple[str, ...]:
        """The inputs that are not as they were, by their paths; of a folder in which names changed, the folder."""
        before = {**(self.files or {}), **(self.folders or {})}
        return tuple(sorted(path for path in before if self.now(path) != before[path]))

    def now(self, path: str) -> str:
        """The fingerprint that an input would get now."""
        return names(path) if path in (self.folders or {}) else content(path)

    def places(self) -> list[str]:
        """The folders to be told of."""
        folders = {*(self.folders or {}), *(str(Path(file).parent) for file in self.files or {})}
        return sorted(folder for folder in folders if Path(folder).is_dir())


def names(folder: str) -> str:
    """The names in a folder but for hidden ones and those that editors make while they save."""
    try:
        entries = set(os.listdir(folder))
    except OSError:
        return ABSENT
    return of_names({name for name in entries if name[0] != "." and not name.endswith(TEMPORARY)})
