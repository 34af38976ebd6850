"""Compares the files on disk with a plan, and classifies every difference."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Final

from samewire.artifacts import environment
from samewire.artifacts.ownership import folders, is_document, orphans
from samewire.artifacts.plan import Plan, PlannedFile
from samewire.artifacts.tokens import differ_in_format_only
from samewire.errors import ArtifactError, Diagnostic, SchemaError
from samewire.notice import source_of
from samewire.schema import dumps, load, python_source


class State(Enum):
    """The state of a file, in the words of the report."""

    CHANGED = "changed"
    MISSING = "missing"
    EDITED = "edited by hand"
    CONFLICT = "merge conflict"
    FORMATTED = "formatted by another tool"
    LINE_ENDINGS = "line endings only"
    ORPHAN = "orphan"
    FOREIGN = "in the way"


@dataclass(frozen=True, slots=True)
class Drift:
    """
    One file that differs from the plan.

    ``old`` is the text on disk and ``new`` the planned one; ``None`` for no file. ``contract`` is ``None`` for orphans.
    ``models`` are the types that changed since the schema document on disk was written, as ``module:qualname``.
    """

    path: str
    state: State
    old: str | None
    new: str | None
    contract: str | None = None
    models: tuple[str, ...] = ()
    why: str | None = None


def compare(root: Path, plan: Plan) -> tuple[Drift, ...]:
    """
    Returns all drift, sorted by path.

    Raises:
        ArtifactError: a file that can't be read, or one outside the project root.

    """
    committed = _Committed(root, plan)
    models: dict[str, tuple[str, ...]] = {}
    drift: list[Drift] = []
    for file in plan.files:
        content = read(root, file.path)
        if content is None:
            _refuse_blocked(root, file.path)
        state = _state(file, content, committed)
        if state is None:
            continue
        if file.contract not in models:
            models[file.contract] = committed.changed_models(file.contract)
        old = None if content is None else decode(content)
        why = committed.surroundings(file, _plain(old)) if old and state is State.EDITED else None
        state = State.CHANGED if why else state
        drift.append(
            Drift(file.path, state, old, file.text, file.contract, models[file.contract], why)
        )
    drift += [
        Drift(path, State.ORPHAN, decode(read(root, path) or b""), None)
        for path in orphans(root, plan)
    ]
    return tuple(sorted(drift, key=lambda file: file.path))


def misplaced(root: Path, files: Iterable[PlannedFile]) -> tuple[Diagnostic, ...]:
    """Files that cannot be in their place, because a user's file is there or the place cannot be read."""
    found: dict[Diagnostic, None] = {}
    for file in files:
        try:
            if read(root, file.path) is None:
                _refuse_blocked(root, file.path)
        except ArtifactError as error:
            found |= dict.fromkeys(error.diagnostics)
    return tuple(found)


def unobstructed(root: Path, plan: Plan) -> Plan:
    """The plan without the contracts that would overwrite a user's file."""
    failed: dict[str, list[Diagnostic]] = {}
    for file in plan.files:
        content = read(root, file.path)
        if content is not None and _is_foreign(plan, file, content):
            for contract in (file.contract, *file.sharing):
                failed.setdefault(contract, []).append(foreign(file.path))
    return plan.failing({contract: tuple(found) for contract, found in failed.items()})


def decode(content: bytes) -> str:
    """The text of a file; for display, invalid UTF-8 is replaced."""
    return content.decode(errors="replace")


def read(root: Path, path: str) -> bytes | None:
    """
    Returns the content of a file, or ``None`` if there is none.

    Raises:
        ArtifactError: it is a folder or a pipe, can't be read, or a link leads out of the project root.

    """
    file = located(root, path)
    try:
        mode = file.stat().st_mode
        if stat.S_ISREG(mode):
            return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        hint = "make it readable, or delete it"
        raise ArtifactError(Diagnostic("file-unreadable", path, message, hint)) from error
    what = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
    raise ArtifactError(_in_the_way(path, f"it is {what} where a generated file belongs"))


def located(root: Path, path: str) -> Path:
    """
    The place of a planned path on disk. Folders on the way may be links that stay inside the project.

    Raises:
        ArtifactError: they do not.

    """
    file = root / path
    if not Path(os.path.realpath(file.parent)).is_relative_to(os.path.realpath(root)):
        message = "a link on the way leads outside the project root"
        hint = "replace the link by a folder, or set root to a folder that holds both"
        raise ArtifactError(Diagnostic("file-outside", path, message, hint))
    return file


def _refuse_blocked(root: Path, path: str) -> None:
    """A file of the user's where a folder of ours belongs would have its place only once it is gone."""
    for folder in reversed((root / path).relative_to(root).parents):
        place = root / folder
        if place.is_file():
            why = "it is a file where a folder of generated files belongs"
            raise ArtifactError(_in_the_way(folder.as_posix(), why))
        if place.is_symlink() and not place.exists():
            why = "it is a broken link, where a folder of generated files belongs"
            raise ArtifactError(_in_the_way(folder.as_posix(), why))


def foreign(path: str) -> Diagnostic:
    """A user's file that would be overwritten."""
    return _in_the_way(path, "Samewire did not write it, and would overwrite it")


def _in_the_way(path: str, why: str) -> Diagnostic:
    hint = "move it away, or set another output folder"
    return Diagnostic("file-in-the-way", path, f"is in the way: {why}", hint)


# --- States -----------------------------------------------------------------------------------------------------------


class _Committed:
    """The schema documents on disk, and the files that follow from them under the configuration of today."""

    def __init__(self, root: Path, plan: Plan) -> None:
        self.root, self.plan = root, plan
        self.planned: dict[str, dict[str, str]] = {}
        for file in plan.files:
            self.planned.setdefault(file.contract, {})[file.path] = file.text
        self._files: dict[str, Mapping[str, str] | None] = {}
        self._otherwise: dict[str, list[tuple[str, Mapping[str, str]]]] = {}

    def document(self, contract: str) -> str:
        content = read(self.root, self.plan.schema_path(contract)) or b""
        return _plain(decode(content))

    def files(self, contract: str) -> Mapping[str, str] | None:
        """What the document of a contract gives, by path; ``None`` if it gives nothing that could be told."""
        if contract not in self._files:
            text, planned = self.document(contract), self.planned[contract]
            same = text == planned.get(self.plan.schema_path(contract))
            self._files[contract] = planned if same else self.plan.rendered(contract, text)
        return self._files[contract]

    def surroundings(self, file: PlannedFile, text: str) -> str | None:
        """Why a file differs, if what surrounds it changed since it was generated, and not the models."""
        expected = (self.files(file.contract) or {}).get(file.path, file.text)
        return environment.changed(
            file.path, text, expected, partial(self.otherwise, file.contract)
        )

    def otherwise(self, contract: str) -> list[tuple[str, Mapping[str, str]]]:
        """The files of a contract in other surroundings, each time with the reason."""
        if contract not in self._otherwise:
            made = self.plan.otherwise(contract, self.document(contract))
            self._otherwise[contract] = list(made)
        return self._otherwise[contract]

    def is_followed(self, contract: str) -> bool:
        """Whether the files on disk, all as planned, follow from a document that is not: then the document was edited."""
        path, rendered = self.plan.schema_path(contract), self.files(contract)
        rest = {at: text for at, text in self.planned[contract].items() if at != path}
        if rendered is None or all(rendered.get(at) == text for at, text in rest.items()):
            return True
        return any(_plain(decode(read(self.root, at) or b"")) != text for at, text in rest.items())

    def changed_models(self, contract: str) -> tuple[str, ...]:
        """The types whose definition in the schema document on disk is not the planned one."""
        new = self.planned[contract].get(self.plan.schema_path(contract), "")
        before, after = _definitions(self.document(contract)), _definitions(new)
        changed = {
            name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
        }
        sources = {
            python_source(definitions.get(name))
            for name in changed
            for definitions in (before, after)
        }
        return tuple(sorted(source for source in sources if source is not None))


def _state(file: PlannedFile, content: bytes | None, committed: _Committed) -> State | None:
    if content is None:
        return State.MISSING
    if content == file.text.encode():
        return None
    if content.replace(b"\r\n", b"\n") == file.text.encode():
        return State.LINE_ENDINGS
    if _is_foreign(committed.plan, file, content):
        return State.FOREIGN
    text = _plain(decode(content))
    if _CONFLICT.search(text):
        return State.CONFLICT
    if differ_in_format_only(file.path, text, file.text):
        return State.FORMATTED
    if file.path == committed.plan.schema_path(file.contract):
        return _state_of_document(file, text, committed)
    rendered = (committed.files(file.contract) or {}).get(file.path)
    if rendered is None or rendered == text or differ_in_format_only(file.path, text, rendered):
        return State.CHANGED
    return State.EDITED


def _is_foreign(plan: Plan, file: PlannedFile, content: bytes) -> bool:
    """Whether what stands in the place of a file is neither Samewire's nor empty nor the right text in another layout."""
    text = _plain(decode(content))
    if file.path == plan.schema_path(file.contract):
        ours = is_document(file.path, text)
    else:
        ours = source_of(text) is not None or not text.strip()
    return not ours and text != file.text and not differ_in_format_only(file.path, text, file.text)


def _state_of_document(file: PlannedFile, text: str, committed: _Committed) -> State:
    if not folders(text):
        return State.CHANGED  # as versions before 1.0 wrote it
    try:
        as_written = dumps(load(text, file.path)) == text
    except SchemaError:
        return State.EDITED
    return State.CHANGED if as_written and committed.is_followed(file.contract) else State.EDITED


_CONFLICT: Final = re.compile(r"^(?:<<<<<<< |>>>>>>> )", re.MULTILINE)
"""The marks that git leaves, of which one alone may be left."""


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


# --- Models -----------------------------------------------------------------------------------------------------------


def _definitions(text: str) -> Mapping[str, object]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    definitions = document.get("$defs") if isinstance(document, dict) else None
    return definitions if isinstance(definitions, dict) else {}
