"""
Which files on disk belong to Samewire: schema documents, and files whose first lines say that they are generated.

No list of files is kept. A schema document names the folders into which its contract was generated, so a file that is no longer
generated is found where its contract had its files, also after the contract was renamed, moved or removed.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from samewire.artifacts.plan import Plan, beside
from samewire.notice import HEAD, LIBRARY, source_of

FORBIDDEN: Final = frozenset(
    (".git", ".hg", ".svn", ".jj", "node_modules", ".venv", "venv", "site-packages", "__pycache__")
)
"""Folders in which nothing is ever deleted, whatever a schema document says."""

INNER: Final = ("runtime", "types", "wire", "schemas", "guards", "exact")
"""The folders that the folder of a contract may have in it."""

MAX_PATH: Final = 1024  # characters of a folder that a schema document may name
MAX_NAME: Final = 255  # bytes of each of its parts, as file systems have it

_LINE: Final = re.compile(
    r'^\s*"(?P<key>title|x-samewire-output|x-samewire-runtime|x-samewire-python|x-samewire-docs|x-samewire-emits)":\s*'
    r'(?P<value>"(?:[^"\\]|\\.)*"|\[)',
    re.MULTILINE,
)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_LISTED: Final = re.compile(r'^\s*("(?:[^"\\]|\\.)*"): "sha256:', re.MULTILINE)


def is_document(path: str, text: str) -> bool:
    """Whether a file is the schema document of the contract that it is named after, even with merge conflicts in it."""
    keys = _head(text)
    ours = "x-samewire-output" in keys or "x-samewire-emits" in keys
    return ours and PurePosixPath(path).stem in keys.get("title", ())


def folders(document: str) -> frozenset[str]:
    """The folders into which a contract was generated, according to its schema document."""
    keys = _head(document)
    outputs = keys.get("x-samewire-output", ())
    named = {*outputs, *keys.get("x-samewire-runtime", ()), *keys.get("x-samewire-docs", ())}
    named |= {beside(output, inner) for output in outputs for inner in INNER}
    named |= {PurePosixPath(path).parent.as_posix() for path in keys.get("x-samewire-python", ())}
    return frozenset(filter(is_safe, named))


def is_safe(path: str) -> bool:
    """Whether a path from a file may be accessed: inside the root, and not in a folder of other tools."""
    pure = PurePosixPath(path)
    return (
        0 < len(path) <= MAX_PATH
        and not _CONTROL.search(path)
        and all(len(part.encode(errors="replace")) <= MAX_NAME for part in pure.parts)
        and str(pure) == path
        and not pure.is_absolute()
        and "\\" not in path
        and ":" not in path.partition("/")[0]
        and not {"..", *FORBIDDEN}.intersection(part.lower() for part in pure.parts)
    )


def _head(document: str) -> dict[str, set[str]]:
    """The first lines of a schema document: every value by its key. In a merge conflict a key has two."""
    keys: dict[str, set[str]] = {}
    for match in _LINE.finditer(document[: 4 * HEAD]):
        values = keys.setdefault(match["key"], set())
        try:
            values.add(json.loads(match["value"]))
        except ValueError:
            continue
    return keys


# --- What is no longer generated --------------------------------------------------------------------------------------


def orphans(root: Path, plan: Plan) -> tuple[str, ...]:
    """The files that Samewire generated earlier and no longer does, sorted; without those of failed contracts."""
    search = _Search(root, plan)
    documents = dict(search.documents())
    listed = list(search.earlier_manifest())
    places = {folder for document in documents.values() for folder in folders(document)}
    places |= {folder for file in plan.files for folder in search.planned_folders(file.path)}
    places |= {PurePosixPath(path).parent.as_posix() for path in listed}
    generated = [path for folder in sorted(places) for path in search.generated_in(folder)]
    gone = {*documents, *search.moved_documents(), *search.manifests()}
    return tuple(filter(search.is_orphan, sorted({*generated, *gone})))


class _Search:
    """One look at a project, which knows each file by what it is on disk: two names may lead to one file."""

    def __init__(self, root: Path, plan: Plan) -> None:
        self.root, self.plan = root, plan
        self.planned = {file.path: file for file in plan.files}
        self.kept = {place for path in self.planned if (place := self._identity(path)) is not None}
        self.failed = {plan.schema_path(contract) for contract in plan.failed}

    def _identity(self, path: str) -> tuple[int, int] | None:
        try:
            status = (self.root / path).stat()
        except (OSError, ValueError):
            return None
        return status.st_dev, status.st_ino

    def is_orphan(self, path: str) -> bool:
        """Whether a file can go: it is none that is planned, under this name or another. A second name for a file counts once."""
        place = self._identity(path)
        if path in self.planned or place is None or place in self.kept:
            return False
        self.kept.add(place)
        return True

    def planned_folders(self, path: str) -> frozenset[str]:
        file = self.planned[path]
        own = path == self.plan.schema_path(file.contract)
        return folders(file.text) if own else frozenset()

    def documents(self) -> Iterator[tuple[str, str]]:
        """The schema documents on disk whose contracts did not fail."""
        for path in self._files_in(self.plan.schema):
            if path.endswith(".json") and path not in self.failed:
                text = self._start_of(path)
                if is_document(path, text):
                    yield path, text

    def moved_documents(self) -> Iterator[str]:
        """Schema documents in the folder that was Samewire's before, which files in their place still name."""
        for path, file in self.planned.items():
            document = source_of(self._start_of(path))
            if document is None or not is_safe(document) or document in self.planned:
                continue
            pure = PurePosixPath(document)
            same = (
                pure.name == f"{file.contract}.json" and pure.parent.as_posix() != self.plan.schema
            )
            if same and document in self._files_in(pure.parent.as_posix()):
                text = self._start_of(document)
                if is_document(document, text) and PurePosixPath(path).parent.as_posix() in folders(
                    text
                ):
                    yield document

    def generated_in(self, folder: str) -> Iterator[str]:
        """The files of a folder with the notice of a schema document of this configuration, or of one that is gone."""
        for path in self._files_in(folder):
            source = source_of(self._start_of(path))
            if source is None or source in self.failed:
                continue
            # A contract that failed may need any file of the library.
            if not self.failed if source == LIBRARY else self._is_ours(source):
                yield path

    def _is_ours(self, document: str) -> bool:
        """Whether a document is of this configuration, or nobody's any more."""
        folder = PurePosixPath(document).parent.as_posix()
        return folder == self.plan.schema or (
            is_safe(document) and not (self.root / document).exists()
        )

    def manifests(self) -> Iterator[str]:
        """The list of files that earlier versions kept; nothing reads it any more."""
        path = beside(self.plan.schema, ".samewire.json")
        if path in self._files_in(self.plan.schema) and not self.failed:
            yield path

    def earlier_manifest(self) -> Iterator[str]:
        for path in self.manifests():
            for match in _LISTED.finditer(_read(self.root / path)):
                listed = json.loads(match[1])
                if is_safe(listed):
                    yield listed

    def _files_in(self, folder: str) -> Iterator[str]:
        """The files of a folder, links left out, if it is a folder of the project in which something may be deleted."""
        place = self.root / folder
        if not (folder == "." or is_safe(folder)) or not is_inside(self.root, place):
            return
        try:
            with os.scandir(place) as entries:
                names = sorted(
                    entry.name for entry in entries if entry.is_file(follow_symlinks=False)
                )
        except OSError:
            return
        for name in names:
            yield beside(folder, name)

    def _start_of(self, path: str) -> str:
        return _read(self.root / path, 8 * HEAD)


def is_inside(root: Path, place: Path) -> bool:
    """Whether a folder is below the project root, and in no forbidden folder, links resolved."""
    try:
        real, top = Path(os.path.realpath(place)), Path(os.path.realpath(root))
        below = real.relative_to(top)
    except (OSError, ValueError):
        return False
    return FORBIDDEN.isdisjoint(part.lower() for part in below.parts)


def _read(file: Path, size: int = -1) -> str:
    try:
        with file.open("rb") as stream:
            return stream.read(size).decode("utf-8-sig", errors="replace")
    except OSError:
        return ""
