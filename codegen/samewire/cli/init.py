# ruff: noqa: PLC0415  # a command imports what it needs when it runs, so that --help is instant
"""``samewire init``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samewire.cli.codes import ERROR
from samewire.cli.flags import command
from samewire.settings import Settings

if TYPE_CHECKING:
    from samewire.config import Config
    from samewire.errors import Diagnostic
    from samewire.init import Choices, Proposal

UNUSABLE = (
    *("import-failed", "module-not-found", "attribute-not-found", "not-a-type"),
    *("factory-failed", "no-models"),
)
"""What is wrong with a root that was guessed to be an application, and is not one here."""


@command("init")
@click.option("--dry-run", is_flag=True, help="Print all changes as a diff, and write no files.")
@click.option(
    "--ci",
    type=click.Choice(["github"]),
    help="Add a workflow. [default: if there is a .github folder]",
)
@click.option("--name", default="api", show_default=True, help="The name of the contract.")
@click.option(
    "--emits", multiple=True, help="What the backend sends, as app.models:Message; repeatable."
)
@click.option("--accepts", multiple=True, help="What the backend receives; repeatable.")
@click.option("--output", help="The folder for the TypeScript.")
def init(  # noqa: PLR0913, PLR0917  # one parameter an option
    settings: Settings,
    dry_run: bool,
    ci: str | None,
    name: str,
    emits: tuple[str, ...],
    accepts: tuple[str, ...],
    output: str | None,
) -> int:
    """
    Set up Samewire in the project in this folder.

    Writes a configuration to pyproject.toml or samewire.toml, the targets `generate` and `check` to the Makefile, and a
    workflow that checks in CI. Keeps existing content. A second run changes nothing.
    """
    from samewire.init import Choices
    from samewire.report import initialised

    if settings.config is not None:
        raise click.UsageError("init works in the current folder and takes no --config")
    choices = Choices(name, emits, accepts, output, ci is not None)
    proposal, problems = _tried(choices)
    if not dry_run:
        for edit in proposal.edits:
            edit.apply()
    initialised(proposal, problems, settings, dry_run=dry_run)
    return ERROR if problems else 0


def _tried(choices: Choices) -> tuple[Proposal, tuple[Diagnostic, ...]]:
    """
    The best proposal that works; if none does, the best one and what is wrong with it.

    An application that can't be used here gives way to the next best one, and in the end to the models of its routes.
    """
    from samewire.init import propose, read_project

    folder = Path.cwd()
    project = cache(lambda: read_project(folder))
    first = proposal, problems, notes = _trial(propose(folder, project, choices))
    why: str | None = None
    while proposal.applications and (reasons := _unusable(problems)):
        why = why or reasons[0]
        blamed = _blamed(proposal)
        unusable = (*choices.unusable, *(blamed or proposal.applications))
        choices = replace(choices, unusable=unusable)
        proposal, problems, notes = _trial(propose(folder, project, choices))
    if _unusable(problems):
        proposal, problems, notes = first
    elif why is not None:
        instead = (
            f"{', '.join(proposal.applications)} {_stand(proposal.applications)} for the application"
            if proposal.applications
            else ("init names the models of the routes one by one, without the routes' own options")
        )
        proposal = replace(proposal, advice=(f"{instead}, since {why}", *proposal.advice))
    if any(edit.file == proposal.config for edit in proposal.edits):
        proposal = replace(proposal, advice=(*proposal.advice, *_about_untyped(notes)))
    return proposal, problems


def _stand(applications: Sequence[str]) -> str:
    return "stand" if len(applications) > 1 else "stands"


def _unusable(problems: Sequence[Diagnostic]) -> list[str]:
    """Why something that was guessed to be an application is none here."""
    return [problem.message for problem in problems if problem.code in UNUSABLE]


def _about_untyped(notes: Sequence[Diagnostic]) -> Iterator[str]:
    """Routes that one key would keep."""
    count = sum("untyped-responses" in (note.hint or "") for note in notes)
    if count:
        routes = "1 route declares" if count == 1 else f"{count} routes declare"
        left = "it is" if count == 1 else "they are"
        yield (
            f'{routes} no type of the response, so {left} left out; untyped-responses = "unknown" in the contract keeps '
            f"{'it' if count == 1 else 'them'}"
        )


def _blamed(proposal: Proposal) -> list[str]:
    """The applications that can't be had. Of modules that fail for one reason, the problems name the first alone."""
    from samewire.discover import discover, import_path
    from samewire.errors import DiscoverError

    failing = []
    with import_path(_config(proposal).pythonpath):
        for spec in proposal.applications:
            try:
                discover([spec], spec)
            except DiscoverError:
                failing.append(spec)
    return failing


def _config(proposal: Proposal) -> Config:
    """The configuration as proposed. Raises :class:`ConfigError` where it would be wrong, so that writing it helps nobody."""
    from samewire.config import load

    text = next((edit.after for edit in proposal.edits if edit.file == proposal.config), None)
    return load(proposal.config, text)


def _trial(
    proposal: Proposal,
) -> tuple[Proposal, tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """A proposal with what ``generate`` would complain about under it, empty when it would succeed, and with what it would note."""
    from samewire.errors import SamewireError
    from samewire.pipeline import build_plan

    config = _config(proposal)
    try:
        plan = build_plan(config)
    except SamewireError as error:
        return proposal, error.diagnostics, ()
    return proposal, plan.findings, plan.notes
