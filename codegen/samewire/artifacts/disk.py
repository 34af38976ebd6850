"""
Updates the files on disk to match a plan.

Every new content is first written beside its place, then all are moved there, then orphans go, and the schema documents follow: a
failure halfway leaves whole files, and documents that still lead to whatever was generated before.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from samewire.artifacts.drift import Drift, State, compare, foreign, located
from samewire.artifacts.ownership import is_inside
from samewire.artifacts.plan import Plan
from samewire.errors import ArtifactError, Diagnostic

_TEMPORARY: Final = re.compile(r"\.samewire-(?:(?P<process>\d+)-)?\w+\.tmp")
_STALE: Final = (
    3600  # seconds after which a temporary file is nobody's, whichever process has its number now
)


class Action(Enum):
    CREATED = "created"
    UPDATED = "updated"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Written:
    """A file, its previous state, and what happened to it."""

    path: str
    action: Action
    state: State


def write(root: Path, plan: Plan) -> tuple[Written, ...]:
    """
    Writes what differs from the plan, deletes files that are no longer in it, and returns the actions, sorted by path.

    Changes nothing if a user's file is in the way.

    Raises:
        ArtifactError: a file of the user's is where a generated one belongs, or the system refuses.

    """
    drift = compare(root, plan)
    in_the_way = [file for file in drift if file.state is State.FOREIGN]
    if in_the_way:
        raise ArtifactError(*(foreign(file.path) for file in in_the_way))

    places = {file.path for file in plan.files} | {file.path for file in drift}
    _clean(root, {(root / path).parent for path in places})
    documents = {plan.schema_path(file.contract) for file in plan.files}
    prepared: dict[str, Path] = {}
    try:
        for file in drift:
            if file.new is not None:
                _prepare(root, file.path, file.new, prepared)
        _move(root, prepared, [path for path in prepared if path not in documents])
        for file in drift:
            if file.new is None:
                _delete(root, file.path)
        _move(root, prepared, [path for path in prepared if path in documents])
    finally:
        for temporary in prepared.values():
            temporary.unlink(missing_ok=True)
    return tuple(Written(file.path, _action(file), file.state) for file in drift)


def _action(drift: Drift) -> Action:
    if drift.new is None:
        return Action.DELETED
    return Action.CREATED if drift.old is None else Action.UPDATED


# --- The file system --------------------------------------------------------------------------------------------------


def _prepare(root: Path, path: str, text: str, prepared: dict[str, Path]) -> None:
    """Writes the new content beside the file, with the file's permissions or default ones."""
    place = located(root, path)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(
            prefix=f".samewire-{os.getpid()}-", suffix=".tmp", dir=place.parent
        )
        prepared[path] = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        mode = place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~_umask()
        prepared[path].chmod(mode)
    except OSError as error:
        raise unwritable(path, "written", error) from error


def _move(root: Path, prepared: dict[str, Path], paths: Iterable[str]) -> None:
    for path in paths:
        try:
            prepared[path].replace(root / path)
        except OSError as error:
            raise unwritable(path, "written", error) from error


def unwritable(path: str, how: str, error: OSError) -> ArtifactError:
    """The system's error for a file that was to be ``written`` or ``deleted``."""
    message = f"cannot be {how}: {error.strerror or error}"
    refused = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
    hint = "make its folder writable for the user that runs Samewire" if refused else None
    return ArtifactError(Diagnostic("file-unwritable", path, message, hint))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _delete(root: Path, path: str) -> None:
    """Removes a file, and the folders that it leaves empty."""
    file = located(root, path)
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path, "deleted", error) from error
    for folder in file.parents:
        if folder == root or folder.is_symlink():
            break
        try:
            folder.rmdir()
        except OSError:  # something is left in it
            break


def _clean(root: Path, folders: Iterable[Path]) -> None:
    """Removes temporary files of a run that was killed."""
    for folder in folders:
        if not is_inside(root, folder):
            continue
        for file in folder.glob(".samewire-*.tmp"):
            if _is_stale(file):
                with contextlib.suppress(OSError):
                    file.unlink()


def _is_stale(file: Path) -> bool:
    """Whether a file is temporary and its process is gone."""
    match = _TEMPORARY.fullmatch(file.name)
    if match is None or file.is_symlink() or not file.is_file():
        return False
    try:
        if time.time() - file.stat().st_mtime > _STALE:
            return True
    except OSError:
        return False
    return match["process"] is not None and not _is_running(int(match["process"]))


def _is_running(process: int) -> bool:
    if os.name == "nt":
        return True  # os.kill would end it there; age tells
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
