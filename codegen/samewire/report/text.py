"""Reports for people, on stderr. Colour only on a terminal, and not where NO_COLOR is set."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import click

from samewire.artifacts import Action, Crash, Drift, Plan, State, Written, unified
from samewire.artifacts.diffs import unified_texts
from samewire.config import shown
from samewire.errors import Diagnostic, first_names
from samewire.formatters import formatter_of
from samewire.report.harmless import in_lines, one_line
from samewire.settings import Settings

if TYPE_CHECKING:
    from samewire.init import Proposal

SHOWN_LINES = 40  # of a diff, without --verbose
SHOWN_MODELS = 8

COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}

EXPLAINED = {
    State.CHANGED: "a model, the configuration or Samewire itself changed since it was generated",
    State.MISSING: "it does not exist",
    State.EDITED: (
        "it is not the output of the committed models (edited or merged, or from another "
        "configuration or version of Samewire); `generate` overwrites it"
    ),
    State.CONFLICT: (
        "both merged branches changed it; `generate` resolves that, once the models have "
        "no conflict"
    ),
    State.LINE_ENDINGS: "its text is right but has CRLF line endings; add `*{suffix} text eol=lf` to .gitattributes",
    State.ORPHAN: "it is no longer generated; `generate` deletes it",
    State.FOREIGN: "Samewire did not write it, so `generate` will not overwrite it: move it away",
}


def explained(drift: Drift, root: Path) -> str:
    """What a state means, and what `generate` does about it."""
    if drift.why is not None:
        return drift.why
    if drift.state is State.FORMATTED:
        return _formatted(drift, root)
    return EXPLAINED[drift.state].format(suffix=PurePosixPath(drift.path).suffix)


def _formatted(drift: Drift, root: Path) -> str:
    """Which formatter it was, as far as the repository tells, and how to agree with it."""
    if drift.old is not None and drift.old.startswith("\ufeff"):
        return "its text is right but begins with a byte order mark; save it as UTF-8 without one"
    configured = formatter_of(root, drift.path)
    who = f"{configured[0].name} ({configured[1]})" if configured else "the formatter"
    if drift.path.endswith(".json"):
        return f"only its formatting differs; exclude it from {who}"
    command = f"format = {json.dumps(configured[0].command)}" if configured else "the key `format`"
    return (
        f"only its formatting differs; exclude it from {who}, or let `generate` apply the "
        f"same format: set {command}"
    )


def remedy(drift: Sequence[Drift], settings: Settings) -> str:
    """The command that repairs all files, after what only the user can do."""
    states = {file.state for file in drift}
    command = f"samewire generate{settings.suffix}"
    if State.FOREIGN in states:
        return f"Move the file out of the way, then run: {command}"
    return f"Run: {command}"


def say(line: str = "", **style: object) -> None:
    click.secho(line, err=True, **style)  # type: ignore[arg-type]  # click types each style; they are passed through here


def diagnostics(findings: Sequence[Diagnostic], level: str) -> None:
    for diagnostic in findings:
        head = click.style(f"{level}:", fg=COLOURS[level], bold=True)
        where, message = one_line(diagnostic.where), in_lines(diagnostic.message)
        say(f"{head} {where}: {message} [{diagnostic.code}]")
        if diagnostic.hint:
            say(f"  hint: {in_lines(diagnostic.hint)}")


_LEFT_OUT: Final = {
    "root-skipped": ("1 type of a whole module", "types of whole modules"),
    "route-skipped": ("1 route", "routes"),
    "openapi-failed": ("1 OpenAPI document of FastAPI's", "OpenAPI documents of FastAPI's"),
}
"""Notes of what is left out, by code: one, and several."""


def skipped(notes: Sequence[Diagnostic]) -> None:
    """How many types and routes are left out."""
    counts = Counter(note.code for note in notes if note.code in _LEFT_OUT)
    if not counts:
        return
    left = [
        one if counts[code] == 1 else f"{counts[code]} {several}"
        for code, (one, several) in _LEFT_OUT.items()
        if counts[code]
    ]
    are = "is" if counts.total() == 1 else "are"
    say(f"{' and '.join(left)} {are} skipped; -v lists them with the reasons.")


def tracebacks(crashes: Sequence[Crash]) -> None:
    """Each crash once, however many types it keeps from being generated."""
    for trace in dict.fromkeys(crash.traceback for crash in crashes):
        say(in_lines(trace))


def left_out(plan: Plan) -> None:
    """What the findings mean for the files."""
    if count := len(plan.diagnostics):
        what = "1 finding means" if count == 1 else f"{count} findings mean"
        say(f"The {what} that types are missing from the output; everything else is in it.")
    if plan.failed:
        names = ", ".join(plan.failed)
        what = f"contract {names} is" if len(plan.failed) == 1 else f"contracts {names} are"
        whose = "its" if len(plan.failed) == 1 else "their"
        say(f"The {what} not generated; {whose} files stay as they are.")


def paths(names: Sequence[str]) -> None:
    for name in names:
        click.echo(name)


# --- generate ---------------------------------------------------------------------------------------------------------


def generated(written: Sequence[Written], plan: Plan, settings: Settings) -> None:
    if settings.verbosity < 0:
        return
    for entry in written:
        say(f"{entry.action.value:<8} {entry.path}{_aside(entry)}")
    counts = {action: sum(entry.action is action for entry in written) for action in Action}
    changed = [f"{count} {action.value}" for action, count in counts.items() if count]
    unchanged = {file.path for file in plan.files} - {entry.path for entry in written}
    say(", ".join([*changed, f"{len(unchanged)} unchanged"]))


def _aside(written: Written) -> str:
    match written.action, written.state:
        case Action.UPDATED, State.EDITED:  # which of the two, the file does not say
            return f" (was: {State.EDITED.value}, or generated under another configuration)"
        case Action.UPDATED, State.CONFLICT | State.FORMATTED | State.LINE_ENDINGS:
            return f" (was: {written.state.value})"
        case _:
            return ""


# --- init -------------------------------------------------------------------------------------------------------------


def initialised(
    proposal: Proposal, problems: Sequence[Diagnostic], settings: Settings, *, dry_run: bool
) -> None:
    for line in proposal.found if settings.verbosity >= 0 else ():
        say(f"{'found':<8} {line}")
    for edit in proposal.edits:
        if dry_run:
            for line in unified_texts(shown(edit.file), edit.before, edit.after):
                click.echo(_coloured(line))
        elif settings.verbosity >= 0:
            say(f"{'wrote' if edit.before is None else 'extended':<8} {shown(edit.file)}")
    if settings.verbosity >= 0:
        for line in proposal.advice:
            say(f"{click.style('note:', fg=COLOURS['note'], bold=True)} {line}")
    diagnostics(problems, "error")
    if settings.verbosity >= 0 or problems:
        say(_next_step(proposal, problems, dry_run=dry_run))


def _next_step(proposal: Proposal, problems: Sequence[Diagnostic], *, dry_run: bool) -> str:
    if dry_run:
        return "Nothing was written. Next: run `samewire init` without --dry-run"
    add = f"{proposal.add} && " if proposal.add else ""
    generate = f"{add}{proposal.run}samewire generate"
    if problems:
        return (
            f"Next: fix the above, in {shown(proposal.config)} or in the models, then run: "
            f"{generate}"
        )
    return f"{'' if proposal.edits else 'Samewire is set up here already. '}Next: {generate}"


# --- check and diff ---------------------------------------------------------------------------------------------------


def checked(drift: Sequence[Drift], plan: Plan, root: Path, settings: Settings) -> None:
    if not drift:
        if settings.verbosity >= 0 and plan.files:
            say(f"All {len(plan.files)} generated files are up to date.")
        return
    for file in drift:
        say(f"{click.style(file.path, bold=True)}: {click.style(file.state.value, fg='red')}")
        say(f"  {explained(file, root)}")
        if file.models:
            say(f"  {kind(file.models)}: {one_line(first_names(file.models, SHOWN_MODELS))}")
        if settings.verbosity >= 0:
            _excerpt(file, settings)
    count = "1 file is" if len(drift) == 1 else f"{len(drift)} files are"
    say(f"{count} not as generated. {remedy(drift, settings)}")


def kind(types: Sequence[str]) -> str:
    """What types are called: models, or schemas if they come from a file."""
    return "schemas" if any("#" in name for name in types) else "models"


def differences(drift: Sequence[Drift], root: Path) -> None:
    for file in drift:
        if file.state in (State.FOREIGN, State.LINE_ENDINGS):
            say(f"{file.path}: {explained(file, root)}")
        if file.state is State.FOREIGN:
            continue
        for line in unified(file):
            click.echo(_coloured(line))


def _excerpt(drift: Drift, settings: Settings) -> None:
    """The diff, as far as it helps: a file that is missing or too much is named, and so is one whose text is right."""
    right = drift.state is State.LINE_ENDINGS or (
        drift.state in (State.FORMATTED, State.CONFLICT) and settings.verbosity <= 0
    )
    if drift.old is None or drift.new is None or right:
        return
    lines = unified(drift)
    shown = lines if settings.verbosity > 0 else lines[:SHOWN_LINES]
    for line in shown:
        say(f"  {_coloured(one_line(line))}")
    if len(shown) < len(lines):
        say(f"  ... {len(lines) - len(shown)} more lines; --verbose shows them")


def _coloured(line: str) -> str:
    if line.startswith(("+++", "---")):
        return click.style(line, bold=True)
    colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
    return click.style(line, fg=colour) if colour else line
