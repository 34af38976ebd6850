"""
Reports as annotations on a pull request, one workflow command a finding.

Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from samewire.artifacts import Drift
from samewire.artifacts.diffs import first_line
from samewire.errors import Diagnostic
from samewire.report.harmless import one_line
from samewire.report.place import place_of
from samewire.report.text import explained, kind, remedy
from samewire.settings import Settings


def diagnostics(findings: Sequence[Diagnostic], level: str) -> None:
    for diagnostic in findings:
        place = place_of(diagnostic.where)
        message = "\n".join(
            [
                f"{diagnostic.where}: {diagnostic.message}",
                *([f"hint: {diagnostic.hint}"] if diagnostic.hint else []),
            ]
        )
        file, line = place if place is not None else (None, 1)
        _annotate(level, file, line, f"samewire: {diagnostic.code}", message)


def drift(files: Sequence[Drift], root: Path, settings: Settings) -> None:
    for file in files:
        models = [f"{kind(file.models)}: {', '.join(file.models)}"] if file.models else []
        message = "\n".join(
            [
                f"{file.path}: {explained(file, root)}",
                *models,
                remedy([file], settings),
            ]
        )
        _annotate(
            "error", root / file.path, first_line(file), f"samewire: {file.state.value}", message
        )


def _annotate(level: str, file: Path | None, line: int, title: str, message: str) -> None:
    name = "notice" if level == "note" else level
    place = f"file={_property(_in_workspace(file))},line={line}," if file is not None else ""
    click.echo(f"::{name} {place}title={_property(title)}::{_data(message)}")


def _in_workspace(file: Path) -> str:
    """GitHub knows files by their path in the repository."""
    workspace = os.environ.get("GITHUB_WORKSPACE") or Path.cwd()
    return Path(os.path.relpath(file, workspace)).as_posix()


def _data(text: str) -> str:
    visible = "\n".join(map(one_line, text.split("\n")))
    return visible.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
