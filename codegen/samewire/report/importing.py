"""What ``import`` wrote, and what the models do not say."""

from __future__ import annotations

import json
from collections import Counter
from itertools import groupby
from pathlib import Path

import click

from samewire.importing import Imported
from samewire.importing.losses import cause
from samewire.report.harmless import one_line
from samewire.settings import Settings

SHOWN = 8
"""Places of one kind, without --verbose."""


def imported(result: Imported, file: Path, output: Path | None, settings: Settings) -> None:
    """The models go to stdout if they have no file, the report to stderr."""
    if settings.format == "json":
        losses = [
            {"kind": each.kind, "place": each.place, "detail": each.detail, "witness": each.witness}
            for each in result.losses
        ]
        answer: dict[str, object] = {"command": settings.command, "ok": True}
        answer |= {"types": result.types, "losses": losses, "renamed": list(result.renamed)}
        answer |= {"output": output.as_posix()} if output else {"text": result.text}
        click.echo(json.dumps(answer, indent=2, ensure_ascii=False))
        return
    if output is None:
        click.echo(result.text, nl=False)
    if settings.verbosity < 0:
        return
    _losses(result, settings)
    if output is not None:
        _say(f"wrote {output.as_posix()}: {_counted(result.types, 'type')}")
    if settings.verbosity > 0:
        for each in result.renamed:
            _say(f"note: {each}")
    kinds = Counter(each.kind for each in result.losses)
    counted = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    said = f"{_counted(len(result.losses), 'difference')} from {file.as_posix()}"
    _say(f"{said}: {counted}" if counted else said)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _losses(result: Imported, settings: Settings) -> None:
    for kind, group in groupby(
        sorted(result.losses, key=lambda each: each.kind), lambda each: each.kind
    ):
        listed = list(group)
        shown = listed if settings.verbosity > 0 else listed[:SHOWN]
        _say(f"{kind}: {cause(kind)}")
        for each in shown:
            detail = f" ({each.detail})" if each.detail else ""
            witness = f": {each.witness}" if each.witness else ""
            _say(f"  {each.place}{detail}{witness}")
        if len(shown) < len(listed):
            _say(f"  and {len(listed) - len(shown)} more; -v lists them")


def kept(snippet: str, settings: Settings) -> None:
    """The configuration is data, and goes to stdout."""
    if settings.format == "json":
        answer = {"command": settings.command, "ok": True, "configuration": snippet}
        click.echo(json.dumps(answer, indent=2, ensure_ascii=False))
    else:
        click.echo(snippet, nl=False)


def _say(line: str) -> None:
    click.echo(one_line(line), err=True)
