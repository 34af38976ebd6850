"""
Reports of the commands, in the user's format.

Human text goes to stderr, data to stdout: a unified diff, JSON, and the workflow commands that GitHub reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from samewire.artifacts import Drift, Plan, Written
from samewire.config import Config
from samewire.errors import Diagnostic
from samewire.report import github, listing, machine, text, verification, watching
from samewire.settings import Settings

if TYPE_CHECKING:
    from samewire.compat.changelog import Notes
    from samewire.compat.run import Outcome as Compared
    from samewire.init import Proposal
    from samewire.listing import ListedContract
    from samewire.verify import Outcome
    from samewire.watch.run import Run


def failure(diagnostics: Sequence[Diagnostic], settings: Settings) -> None:
    """The command could not run."""
    match settings.format:
        case "text":
            text.diagnostics(diagnostics, "error")
        case "json":
            machine.failure(diagnostics, settings)
        case "github":
            github.diagnostics(diagnostics, "error")


def generated(written: Sequence[Written], plan: Plan, settings: Settings) -> None:
    """What ``generate`` did."""
    if settings.format == "json":
        machine.generated(written, plan, settings)
        return
    text.generated(written, plan, settings)
    _about_models(plan, settings)


def checked(drift: Sequence[Drift], plan: Plan, config: Config, settings: Settings) -> None:
    """The drift that ``check`` reports."""
    match settings.format:
        case "text":
            text.checked(drift, plan, config.root, settings)
        case "json":
            machine.drift(drift, plan, settings)
            return
        case "github":
            github.drift(drift, config.root, settings)
    _about_models(plan, settings)


def differences(drift: Sequence[Drift], plan: Plan, config: Config, settings: Settings) -> None:
    """The patch of ``diff``, which is data and goes to stdout in every format but JSON."""
    if settings.format == "json":
        machine.drift(drift, plan, settings)
        return
    text.differences(drift, config.root)
    _about_models(plan, settings)


def listed_types(contracts: Sequence[ListedContract], plan: Plan, settings: Settings) -> None:
    """The types of ``list``, which are data and go to stdout in every format."""
    if settings.format == "json":
        machine.listed(listing.as_json(contracts), plan, settings)
        return
    listing.as_text(contracts)
    _about_models(plan, settings)


def paths(
    names: Sequence[str],
    findings: Sequence[Diagnostic],
    settings: Settings,
    more: Mapping[str, object] | None = None,
) -> None:
    """The paths of ``inputs`` and ``outputs``, with ``more`` in JSON."""
    if settings.format == "json":
        machine.paths(names, findings, settings, more or {})
        return
    text.paths(names)
    text.diagnostics(findings, "error")


def watched(changed: Sequence[str], run: Run, settings: Settings) -> None:
    """What ``watch`` did, and why."""
    if settings.format == "json":
        watching.as_json(changed, run, settings)
    elif settings.verbosity >= 0:
        watching.as_text(changed, run)


def followed(command: str, code: int, settings: Settings) -> None:
    """How the command ended that ``watch --then`` ran."""
    if settings.format != "json" and settings.verbosity >= 0:
        watching.followed(command, code)


def initialised(
    proposal: Proposal, problems: Sequence[Diagnostic], settings: Settings, *, dry_run: bool
) -> None:
    """What ``init`` did, or would do."""
    if settings.format == "json":
        machine.initialised(proposal, problems, settings)
    else:
        text.initialised(proposal, problems, settings, dry_run=dry_run)


def verified(outcome: Outcome, plan: Plan, settings: Settings) -> None:
    """The disagreements that ``verify`` reports."""
    match settings.format:
        case "text":
            verification.as_text(outcome, settings)
        case "json":
            verification.as_json(outcome, plan, settings)
            return
        case "github":
            verification.as_annotations(outcome)
    _about_models(plan, settings)


def _about_models(plan: Plan, settings: Settings) -> None:
    say = github.diagnostics if settings.format == "github" else text.diagnostics
    if settings.verbosity > 0:
        text.diagnostics(plan.notes, "note")
    if settings.verbosity >= 0:
        say(plan.warnings, "warning")
    if settings.verbosity == 0 and plan.notes:
        text.skipped(plan.notes)
    text.tracebacks(plan.crashes)
    say(plan.findings, "error")
    text.left_out(plan)


def compared(outcome: Compared, plan: Plan, settings: Settings, form: str) -> None:
    """What ``compat`` found. ``form`` is the format, or ``markdown`` or ``junit``."""
    from samewire.report import compatibility  # noqa: PLC0415  # other commands need no comparison

    match form:
        case "json":
            compatibility.as_json(outcome, settings, plan.findings)
            return
        case "github":
            compatibility.as_annotations(outcome, settings)
        case "markdown":
            compatibility.as_markdown(outcome)
        case "junit":
            compatibility.as_junit(outcome)
        case _:
            compatibility.as_text(outcome, settings)
    _about_models(plan, settings)


def released(notes: Sequence[Notes], since: str, plan: Plan, settings: Settings) -> None:
    """The release notes of ``changelog``, which are data: Markdown on stdout, or JSON."""
    from samewire.report import compatibility  # noqa: PLC0415  # other commands need no comparison

    compatibility.release_notes(notes, since, settings)
    if settings.format != "json":
        _about_models(plan, settings)
