"""The disk against a plan: every way in which a generated file can be out of line, told apart."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from samewire.artifacts import manifest as manifests
from samewire.artifacts.manifest import Manifest
from samewire.artifacts.plan import Plan, PlannedFile
from samewire.errors import ArtifactError, Diagnostic

HEAD = 1000  # characters within which a generated file, schema documents included, names Samewire


class State(Enum):
    """How a file is out of line, in the words of the report."""

    CHANGED = "changed"
    MISSING = "missing"
    EDITED = "edited by hand"
    LINE_ENDINGS = "line endings only"
    ORPHAN = "orphan"
    ORPHAN_EDITED = "orphan, edited by hand"
    STRAY = "orphan, not in the manifest"
    FOREIGN = "in the way"

    @property
    def is_left_alone(self) -> bool:
        """Whether ``generate`` leaves the file as it is: what to do with it is the user's decision."""
        return self in (State.ORPHAN_EDITED, State.STRAY, State.FOREIGN)


@dataclass(frozen=True, slots=True)
class Drift:
    """
    One file that is not as planned. ``old`` is what is on disk and ``new`` what should be; ``None`` for no file.

    ``contract`` is ``None`` for orphans and the manifest. ``models`` are the types that changed since the schema document on disk
    was written, as ``module:qualname``.
    """

    path: str
    state: State
    old: str | None
    new: str | None
    contract: str | None = None
    models: tuple[str, ...] = ()


def compare(root: Path, plan: Plan) -> tuple[Drift, ...]:
    """
    All drift, sorted by path. The manifest itself counts only where nothing else does, since it follows from the rest.

    Raises:
        ArtifactError: a file that can't be read, or one outside of the project root.

    """
    manifest = _load_manifest(root, plan)
    models: dict[str, tuple[str, ...]] = {}
    drift: list[Drift] = []
    for file in plan.files:
        content = read(root, file.path)
        if content is None:
            _refuse_blocked(root, file.path)
        state = _state(file, content, manifest)
        if state is None:
            continue
        if file.contract not in models:
            models[file.contract] = _changed_models(root, plan, file.contract)
        old = None if content is None else decode(content)
        drift.append(Drift(file.path, state, old, file.text, file.contract, models[file.contract]))
    drift += _orphans(root, plan, manifest)
    drift += _strays(root, plan, manifest)
    return tuple(sorted(drift, key=lambda file: file.path)) or _manifest_drift(root, plan)


def changes(root: Path, plan: Plan) -> tuple[Drift, ...]:
    """As :func:`compare`, with the manifest wherever ``generate`` would write it."""
    drift = {file.path: file for file in (*compare(root, plan), *_manifest_drift(root, plan))}
    return tuple(drift[path] for path in sorted(drift))


def _load_manifest(root: Path, plan: Plan) -> Manifest:
    return manifests.parse(decode(read(root, plan.manifest_path) or b""))


def decode(content: bytes) -> str:
    """A file as text; what is not UTF-8 can only be shown."""
    return content.decode(errors="replace")


def read(root: Path, path: str) -> bytes | None:
    """
    The content of a file, or ``None`` where there is none.

    Raises:
        ArtifactError: it is a folder, can't be read, or a link leads out of the project root.

    """
    file = located(root, path)
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if file.is_dir():
            diagnostic = _in_the_way(path, "a folder where a generated file belongs")
        else:
            message = f"cannot be read: {error.strerror or error}"
            diagnostic = Diagnostic(
                "file-unreadable", path, message, "make it readable, or delete it"
            )
        raise ArtifactError(diagnostic) from error


def located(root: Path, path: str) -> Path:
    """
    Where a path of the plan is on disk. Folders on the way may be links, as long as they stay in the project.

    Raises:
        ArtifactError: they do not.

    """
    file = root / path
    if not Path(os.path.realpath(file.parent)).is_relative_to(os.path.realpath(root)):
        message = "a link on the way leads outside of the project root"
        hint = "replace the link by a folder, or set root to a folder that holds both"
        raise ArtifactError(Diagnostic("file-outside", path, message, hint))
    return file


def _refuse_blocked(root: Path, path: str) -> None:
    """A file of the user's where a folder of ours belongs would have its place only once it is gone."""
    for folder in reversed((root / path).relative_to(root).parents):
        if (root / folder).is_file():
            what = "a file where a folder of generated files belongs"
            raise ArtifactError(_in_the_way(folder.as_posix(), what))


def _in_the_way(path: str, what: str) -> Diagnostic:
    hint = "move it away, or set another output folder"
    return Diagnostic("file-in-the-way", path, f"is in the way: it is {what}", hint)


# --- States -----------------------------------------------------------------------------------------------------------


def _state(file: PlannedFile, content: bytes | None, manifest: Manifest) -> State | None:
    if content is None:
        return State.MISSING
    planned = file.text.encode()
    if content == planned:
        return None
    if content.replace(b"\r\n", b"\n") == planned:
        return State.LINE_ENDINGS
    if manifest.wrote(file.path, content):
        return State.CHANGED
    if manifest.owns(file.path):
        return State.EDITED
    return State.CHANGED if _header(decode(content)) else State.FOREIGN


def _orphans(root: Path, plan: Plan, manifest: Manifest) -> Iterator[Drift]:
    """Files that were generated once and no longer are."""
    planned = {file.path for file in plan.files}
    folded = {path.casefold() for path in planned}
    for path in manifest.files:
        if path in planned or (root / path).is_dir():
            continue
        content = read(root, path)
        same = path.casefold() in folded and _is_planned(root, path, planned)
        if content is not None and not same:
            edited = not manifest.wrote(path, content)
            state = State.ORPHAN_EDITED if edited else State.ORPHAN
            yield Drift(path, state, decode(content), None)


def _is_planned(root: Path, path: str, planned: set[str]) -> bool:
    """Whether a path is another spelling of a planned file, on a system that ignores case."""
    return any(
        (root / other).exists() and (root / path).samefile(root / other) for other in planned
    )


def _strays(root: Path, plan: Plan, manifest: Manifest) -> Iterator[Drift]:
    """
    Files in an output folder with the header of a generated one, but that nobody lists, as a merge may leave behind.

    They would go on exporting types of the past. Only the user can say that they may go.
    """
    planned = {file.path for file in plan.files}
    headers: dict[str, set[str]] = {}
    for file in plan.files:
        if file.path != plan.schema_path(file.contract) and (header := _header(file.text)):
            headers.setdefault(file.path.rpartition("/")[0], set()).add(header)
    for folder, known in headers.items():
        for entry in sorted((root / folder).glob("*.ts")):
            path = entry.relative_to(root).as_posix()
            if path in planned or manifest.owns(path) or not entry.is_file():
                continue
            text = decode(read(root, path) or b"")
            if _header(text) in known:
                yield Drift(path, State.STRAY, text, None)


def _header(text: str) -> str | None:
    """The line at the top of a file by which Samewire says that it generated it."""
    lines = text[:HEAD].splitlines()
    return next((line for line in lines if "samewire" in line.lower()), None)


def _manifest_drift(root: Path, plan: Plan) -> tuple[Drift, ...]:
    """The manifest, if it is not the one of this plan."""
    new = manifests.render(plan)
    content = read(root, plan.manifest_path)
    if content == new.encode():
        return ()
    if content is None:
        return (Drift(plan.manifest_path, State.MISSING, None, new),)
    state = State.LINE_ENDINGS if content.replace(b"\r\n", b"\n") == new.encode() else State.CHANGED
    return (Drift(plan.manifest_path, state, decode(content), new),)


# --- Models -----------------------------------------------------------------------------------------------------------


def _changed_models(root: Path, plan: Plan, contract: str) -> tuple[str, ...]:
    """The types whose definition in the schema document on disk is not the planned one."""
    path = plan.schema_path(contract)
    new = next((file.text for file in plan.files if file.path == path), "")
    before, after = _definitions(decode(read(root, path) or b"")), _definitions(new)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    sources = {
        _source(definitions.get(name)) for name in changed for definitions in (before, after)
    }
    return tuple(sorted(source for source in sources if source is not None))


def _definitions(text: str) -> Mapping[str, object]:
    try:
        document = json.loads(text)
    except ValueError:
        return {}
    definitions = document.get("$defs") if isinstance(document, dict) else None
    return definitions if isinstance(definitions, dict) else {}


def _source(definition: object) -> str | None:
    source = definition.get("x-samewire-source") if isinstance(definition, dict) else None
    return source if isinstance(source, str) else None
