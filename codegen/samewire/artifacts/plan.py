"""What generation results in, before anything is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from samewire.errors import Diagnostic


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file as it should be. ``path`` is a POSIX path relative to the project root. ``text`` has LF line endings."""

    path: str
    text: str
    contract: str


@dataclass(frozen=True, slots=True)
class Plan:
    """
    Everything that should be on disk, sorted by path.

    ``schema`` is the folder of the schema documents, relative to the project root; the manifest is in it. ``diagnostics`` are
    the types that have no exact form and are missing from the files; ``warnings`` need attention but change nothing.
    ``notes`` are for ``--verbose``.
    """

    files: tuple[PlannedFile, ...]
    schema: str
    diagnostics: tuple[Diagnostic, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()
    notes: tuple[Diagnostic, ...] = ()

    def schema_path(self, contract: str) -> str:
        return beside(self.schema, f"{contract}.json")

    @property
    def manifest_path(self) -> str:
        return beside(self.schema, ".samewire.json")


def beside(folder: str, name: str) -> str:
    """A file in a folder, as a path relative to the root, which itself is ``.``."""
    return name if folder == "." else f"{folder}/{name}"


def shared(files: Sequence[PlannedFile]) -> list[PlannedFile]:
    """The files without repetitions: two contracts may write the same text to the same file."""
    kept: dict[tuple[str, str], PlannedFile] = {}
    for file in files:
        kept.setdefault((file.path, file.text), file)
    return list(kept.values())


def clashes(files: Sequence[PlannedFile]) -> list[Diagnostic]:
    """Files that would be one and the same on a system that ignores case or normalises Unicode."""
    diagnostics = []
    taken: dict[str, PlannedFile] = {}
    for file in files:
        first = taken.setdefault(unicodedata.normalize("NFC", file.path).casefold(), file)
        if first is not file:
            message = (
                f"contract {file.contract!r} and contract {first.contract!r} both write this file"
            )
            if first.path != file.path:
                message += f" (as {first.path}, which differs only in case)"
            hint = "give each contract folders of its own (output, runtime)"
            diagnostics.append(Diagnostic("file-clash", file.path, message, hint))
    return diagnostics
