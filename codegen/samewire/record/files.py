"""The files of the project among all that was read on the way to a plan, and those that it says: for build tools, and to watch."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from samewire.cli.project import plan_of
from samewire.errors import Diagnostic
from samewire.init.repository import find_repository
from samewire.record.answer import is_wanted, valid_record
from samewire.record.fingerprints import ABSENT, FOLDER
from samewire.record.keep import facts_of, named
from samewire.record.observe import observed
from samewire.settings import Settings


@dataclass(frozen=True, slots=True)
class Files:
    """
    Paths relative to the working folder, sorted, with forward slashes.

    ``folders`` are those in which a new file counts; ``variables`` of the environment were asked for, all of them if one is ``*``.
    ``findings`` are what is wrong with the plan.
    """

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    folders: tuple[str, ...]
    variables: tuple[str, ...]
    findings: tuple[Diagnostic, ...] = ()


def files_of(settings: Settings) -> Files:
    """From the record where that holds; else the models are imported, and files are rendered, but none is written."""
    record = valid_record(named(settings)) if is_wanted(None) else None
    if record is not None:
        return _files(record["facts"], ())
    with observed() as observation:
        config, plan = plan_of(settings)
    facts = facts_of(observation, config, plan, settings)
    return _files(facts.fingerprints, plan.findings)


def _files(facts: Mapping[str, Mapping[str, str]], findings: tuple[Diagnostic, ...]) -> Files:
    inputs = (path for path, value in facts["file"].items() if value not in (ABSENT, FOLDER))
    folders = (path for path, value in facts["names"].items() if value != ABSENT)
    variables = ["*"] if "environment" in facts else sorted(facts.get("variable", {}))
    return Files(
        _relative(inputs),
        _relative(facts["output"]),
        _relative(folders),
        tuple(variables),
        findings,
    )


def _relative(paths: Iterable[str]) -> tuple[str, ...]:
    """Those of the repository, or without one those below the working folder and beside it."""
    here = Path.cwd()
    top = find_repository(here) or here.parent
    inside = (path for path in paths if Path(path).is_relative_to(top))
    return tuple(sorted(Path(os.path.relpath(path, here)).as_posix() for path in inside))
