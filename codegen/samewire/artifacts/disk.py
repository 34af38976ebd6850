"""
Bringing the disk in line with a plan.

Every new content is first written beside its place, then all are moved there, then orphans go, then the manifest follows: a
failure halfway leaves whole files, and a manifest that still owns whatever it owned before.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from samewire.artifacts import manifest as manifests
from samewire.artifacts.drift import Drift, State, compare, located, read
from samewire.artifacts.plan import Plan
from samewire.errors import ArtifactError, Diagnostic


class Action(Enum):
    CREATED = "created"
    UPDATED = "updated"
    DELETED = "deleted"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Written:
    """What happened to a file, and in which state it was before."""

    path: str
    action: Action
    state: State


def write(root: Path, plan: Plan) -> tuple[Written, ...]:
    """
    Write what differs from the plan, delete what is no longer in it, and return what was done, sorted by path.

    An orphan that was edited since it was generated is somebody's work: it is kept, and not owned any more. Nothing is touched
    when a file is in the way.

    Raises:
        ArtifactError: a file of the user's is where a generated one belongs, or the system refuses.

    """
    drift = compare(root, plan)
    in_the_way = [file for file in drift if file.state is State.FOREIGN]
    if in_the_way:
        raise ArtifactError(*(_in_the_way(file) for file in in_the_way))

    _replace_all(root, {file.path: file.new for file in drift if file.new is not None})
    for file in drift:
        if _action(file) is Action.DELETED:
            _delete(root, file.path)
    _replace_all(root, {plan.manifest_path: manifests.render(plan)})
    return tuple(Written(file.path, _action(file), file.state) for file in drift)


def _action(drift: Drift) -> Action:
    if drift.state.is_left_alone:
        return Action.KEPT
    if drift.new is None:
        return Action.DELETED
    return Action.CREATED if drift.old is None else Action.UPDATED


def _in_the_way(drift: Drift) -> Diagnostic:
    message = "is in the way: Samewire did not write it, and would overwrite it"
    return Diagnostic(
        "file-in-the-way", drift.path, message, "move it away, or set another output folder"
    )


# --- The file system --------------------------------------------------------------------------------------------------


def _replace_all(root: Path, texts: Mapping[str, str]) -> None:
    """Write every text to a file beside its place, and only then move all of them there."""
    prepared: dict[str, str] = {}
    path = "."
    try:
        for path, text in texts.items():
            if read(root, path) != text.encode():
                _prepare(located(root, path), text, path, prepared)
        for path, temporary in prepared.items():
            Path(temporary).replace(root / path)
    except OSError as error:
        raise unwritable(path, "written", error) from error
    finally:
        for temporary in prepared.values():
            Path(temporary).unlink(missing_ok=True)


def _prepare(place: Path, text: str, path: str, prepared: dict[str, str]) -> None:
    """Put the new content of ``place`` beside it, with the permissions it has or would get."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, prepared[path] = tempfile.mkstemp(prefix=".samewire-", suffix=".tmp", dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    mode = place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~_umask()
    Path(prepared[path]).chmod(mode)


def unwritable(path: str, how: str, error: OSError) -> ArtifactError:
    """What the system has against a file that was to be ``written`` or ``deleted``."""
    message = f"cannot be {how}: {error.strerror or error}"
    refused = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
    hint = "let whoever runs Samewire write to its folder" if refused else None
    return ArtifactError(Diagnostic("file-unwritable", path, message, hint))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _delete(root: Path, path: str) -> None:
    """Remove a file, and the folders that were only there for it."""
    file = located(root, path)
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path, "deleted", error) from error
    for folder in file.parents:
        if folder == root or not folder.is_dir() or any(folder.iterdir()):
            break
        folder.rmdir()
