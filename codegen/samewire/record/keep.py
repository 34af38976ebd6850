"""
Writes the record of an answer: what was read on the way to it, and the generated files.

Nothing is recorded that could be wrong later: what changed while it was read, or where something was asked that has no fingerprint.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Final

import click

from samewire.artifacts import Plan, Written
from samewire.config import Config
from samewire.record import fingerprints
from samewire.record.answer import ANSWERED, VERSION, Query
from samewire.record.observe import Observation
from samewire.render import templates
from samewire.settings import FORMATS, Settings

RACY: Final = 50_000_000  # nanoseconds by which a file system's clock may be behind
STALE: Final = 90 * 24 * 3600  # seconds after which a record that nobody renewed goes
STANDARD_LIBRARY: Final = os.path.dirname(os.__file__)
SPECIAL: Final = ("/dev/", "/proc/", "/sys/")
PACKAGES: Final = ("site-packages", "dist-packages")
CONFIGURATIONS: Final = ("samewire.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Facts:
    """Fingerprints by kind and name, and why they may not be relied on, if they may not."""

    fingerprints: dict[str, dict[str, str]]
    doubts: tuple[str, ...]


def remember(
    config: Config, plan: Plan, settings: Settings, written: Sequence[Written] = ()
) -> None:
    """Write the record of a run after which all files are as planned, if it is observed and nothing speaks against it."""
    observation = Observation.current
    if observation is None or plan.findings:
        return
    answers = dict(_answers(config, plan, settings))
    facts = facts_of(observation, config, plan, settings, written)
    if facts.doubts:
        if settings.verbosity > 0 and settings.format == "text":
            for doubt in facts.doubts:
                click.echo(f"The next run will do all of this again: {doubt}.", err=True)
        return
    path = fingerprints.record_of(named(settings))
    if path is not None:
        with contextlib.suppress(OSError):
            _write(
                Path(path), {"version": VERSION, "facts": facts.fingerprints, "answers": answers}
            )


def facts_of(
    observation: Observation,
    config: Config,
    plan: Plan,
    settings: Settings,
    written: Sequence[Written] = (),
) -> Facts:
    """What a plan was made from, and what it says."""
    outputs = {str(config.root / file.path): file.text for file in plan.files}
    folders = dict.fromkeys(os.path.dirname(path) for path in outputs)
    for folder in _around(config, folders):
        observation.list(folder)
    read = {*_read(observation), *_configurations(config, settings)}
    inputs = [path for path in sorted(read) if path not in outputs and not _is_special(path)]
    installed = [path for path in inputs if _is_installed(path)]
    own = [path for path in inputs if not _is_installed(path)]
    by_kind: dict[str, dict[str, str]] = {
        "python": {"": fingerprints.python("", observation.path)},
        **_environment(observation),
        "names": {folder: fingerprints.names(folder) for folder in _listed(observation)},
        "place": {folder: fingerprints.place(folder) for folder in folders},
        "installed": {path: fingerprints.size_and_time(path) for path in installed},
        "file": {path: fingerprints.content(path) for path in own},
        "output": {path: fingerprints.digest(text.encode()) for path, text in outputs.items()},
    }
    doubts = dict.fromkeys(
        (
            *observation.unseen,
            *_formatters(config),
            *_changed_meanwhile(observation, inputs),
            *_filled_meanwhile(observation, config, written),
        )
    )
    return Facts(by_kind, tuple(doubts))


def _environment(observation: Observation) -> dict[str, dict[str, str]]:
    """Who reads all variables reads each by its name as well, so that names say nothing then."""
    environ = observation.environ
    if observation.whole_environment:
        return {"environment": {"": fingerprints.environment("", environ)}}
    return {
        "variable": {
            name: fingerprints.variable(name, environ) for name in sorted(observation.variables)
        }
    }


# --- Inputs -----------------------------------------------------------------------------------------------------------


def own_files(observation: Observation) -> list[str]:
    """The files that were read, but Python's, Samewire's and those of installed packages."""
    return [
        path
        for path in sorted(_read(observation))
        if not (_is_special(path) or _is_installed(path))
    ]


def own_folders(observation: Observation) -> list[str]:
    """The same for the folders that were listed."""
    return [folder for folder in _listed(observation) if not folder.endswith(PACKAGES)]


def _read(observation: Observation) -> set[str]:
    return {*observation.files, *_imported()}


def _imported() -> Iterator[str]:
    """The file of every module that is imported, compiled or not."""
    for module in list(sys.modules.values()):
        if isinstance(module, ModuleType):
            file = vars(module).get("__file__")
            if isinstance(file, str):
                yield os.path.abspath(file)


def _configurations(config: Config, settings: Settings) -> Iterator[str]:
    """The configuration, and the files on the way up to it that would come before it."""
    yield str(config.file)
    if settings.config is None:
        here = Path.cwd()
        for folder in (here, *here.parents):
            yield from (str(folder / name) for name in CONFIGURATIONS)
            if folder == config.file.parent:
                break


def _around(config: Config, outputs: Iterable[str]) -> Iterator[str]:
    """Folders in which a new file could mean something: a module, settings, another frontend, another installed package."""
    yield str(Path.cwd())
    yield str(config.file.parent)
    yield from map(str, config.pythonpath)
    for output in outputs:
        for folder in (Path(output), *Path(output).parents):
            if folder.is_dir():
                yield str(folder)
            if folder == config.root:
                break
    yield from (folder for folder in sys.path if folder.endswith(PACKAGES))


def _listed(observation: Observation) -> list[str]:
    """The folders whose names count. What is inside an installed package changes with the names beside it."""
    return [
        folder
        for folder in sorted(observation.folders)
        if folder.endswith(PACKAGES) or not (_is_special(f"{folder}/") or _is_installed(folder))
    ]


def _is_special(path: str) -> bool:
    """What Python's version stands for, and what is no file on a disk."""
    standard = path.startswith(STANDARD_LIBRARY) and not _is_in_packages(path)
    return standard or path.startswith(SPECIAL)


def _is_installed(path: str) -> bool:
    return _is_in_packages(path) or f"{path}{os.sep}".startswith(_samewire())


def _is_in_packages(path: str) -> bool:
    return not _PACKAGES.isdisjoint(path.split(os.sep))


_PACKAGES: Final = frozenset(PACKAGES)


@cache
def _samewire() -> tuple[str, str]:
    """Samewire's own folders, with a separator at their ends."""
    return f"{fingerprints.HERE}{os.sep}", f"{templates('typescript').parent}{os.sep}"


# --- Doubts -----------------------------------------------------------------------------------------------------------


def _formatters(config: Config) -> Iterator[str]:
    if any(contract.options.format for contract in config.contracts):
        yield "Samewire cannot see what the command under `format` reads"


def _changed_meanwhile(observation: Observation, inputs: Iterable[str]) -> Iterator[str]:
    for path in inputs:
        if changed_since(observation, path):
            yield f"{path} changed meanwhile"


def changed_since(observation: Observation, path: str) -> bool:
    """Whether a file may have been read before it was last written."""
    try:
        status = os.stat(path)
    except OSError:
        return False
    return max(status.st_mtime_ns, status.st_ctime_ns) > observation.started - RACY


def _filled_meanwhile(
    observation: Observation, config: Config, written: Iterable[Written]
) -> Iterator[str]:
    """Folders in which other names appeared or went than those of the files that were written and deleted."""
    ours: dict[str, set[str]] = {}
    for entry in written:
        path = config.root / entry.path
        for parent in path.parents:
            ours.setdefault(str(parent), set()).add(path.name)
            path = parent
    for folder in _listed(observation):
        before, now = observation.folders[folder], set()
        with contextlib.suppress(OSError):
            now = set(os.listdir(folder))
        if (before ^ now) - ours.get(folder, set()) - fingerprints.IGNORED:
            yield f"{folder} changed meanwhile"


# --- The answer and the file ------------------------------------------------------------------------------------------


def _answers(config: Config, plan: Plan, settings: Settings) -> Iterator[tuple[str, list[str]]]:
    """What each command says when it is run again, in each format: stdout and stderr, with colours."""
    from samewire.report import checked, generated  # noqa: PLC0415  # it imports much

    context = click.get_current_context()
    before, context.color = context.color, True
    for command in ANSWERED:
        for format_ in FORMATS:
            for verbosity in (-1, 0, 1):
                asked = replace(settings, command=command, format=format_, verbosity=verbosity)
                out, err = io.StringIO(), io.StringIO()
                with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                    if command == "check":
                        checked((), plan, config, asked)
                    else:
                        generated((), plan, asked)
                key = Query(command, None, format_, verbosity).key
                yield key, [out.getvalue(), err.getvalue()]
    context.color = before


def named(settings: Settings) -> str | None:
    """The configuration that the flags name."""
    return None if settings.config is None else str(settings.config)


def _write(file: Path, record: object) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".samewire-", suffix=".tmp", dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(record, stream)
        os.replace(name, file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    for other in file.parent.iterdir():
        if other.suffix in (".json", ".tmp") and time.time() - other.stat().st_mtime > STALE:
            other.unlink(missing_ok=True)
