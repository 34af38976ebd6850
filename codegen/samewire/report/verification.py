"""What ``verify`` found, for people, for programs, and for GitHub."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from samewire.cli.flags import Settings
from samewire.report import github
from samewire.report.text import COLOURS, say

if TYPE_CHECKING:
    from samewire.artifacts import Plan
    from samewire.verify import Disagreement, Outcome, PythonOnly

SHOWN_TEXT = 400  # characters of a value, and of what comes out of it
SHOWN_CODE = 3


def as_text(outcome: Outcome, settings: Settings) -> None:
    for each in outcome.disagreements:
        _disagreement(each)
    if settings.verbosity >= 0:
        _python_only(outcome.python_only, settings)
        for left_out in outcome.tally.unjudged:
            say(f"{click.style('note:', fg=COLOURS['note'], bold=True)} not judged: {left_out}")
        for model in outcome.tally.uninstantiated:
            say(
                f"{click.style('note:', fg=COLOURS['note'], bold=True)} {model}: no instance could be made; "
                "give some: --factory MODULE:FUNCTION"
            )
        say(_summary(outcome))


def _disagreement(found: Disagreement) -> None:
    head = click.style("disagreement:", fg=COLOURS["error"], bold=True)
    say(f"{head} {found.where} ({found.contract}, {found.direction}): {found.kind.value}")
    say(f"  value:    {_short(found.value)}{f'   at {found.at}' if found.at else ''}")
    if found.python:
        say(f"  Pydantic: {_short(found.python)}")
    say(f"  zod:      {_short(found.zod)}")
    say(f"  cause:    {found.cause}")


def _python_only(found: Sequence[PythonOnly], settings: Settings) -> None:
    refusing = [each for each in found if each.refused]
    shown = found if settings.verbosity > 0 else refusing
    for each in shown:
        code = ", ".join(each.code[:SHOWN_CODE]) + (", ..." if len(each.code) > SHOWN_CODE else "")
        count = (
            f"{each.refused} values that only that refuses"
            if each.refused
            else "it refused nothing here"
        )
        example = f", for instance {_short(each.example)}" if each.example else ""
        say(
            f"{click.style('note:', fg=COLOURS['note'], bold=True)} {each.model} has Python that the frontend can't know "
            f"({code}): {count}{example}"
        )
    if hidden := len(found) - len(shown):
        say(f"{hidden} more models have validators in Python; --verbose names them.")


def _summary(outcome: Outcome) -> str:
    tally = outcome.tally
    rate = int(tally.values / tally.seconds) if tally.seconds else 0
    count = len(outcome.disagreements)
    found = (
        "no disagreement"
        if not count
        else "1 disagreement"
        if count == 1
        else f"{count} disagreements"
    )
    policy = f", {tally.policy} refused on purpose" if tally.policy else ""
    typed = f", {tally.typed} compiled" if tally.typed else ""
    return (
        f"{found}: {tally.models} models and directions, {tally.values:,} values{policy}{typed} in {tally.seconds:.1f} s "
        f"({rate:,}/s), seed {outcome.seed}"
    )


def _short(text: str) -> str:
    return text if len(text) <= SHOWN_TEXT else f"{text[:SHOWN_TEXT]}... ({len(text)} characters)"


def as_annotations(outcome: Outcome) -> None:
    from samewire.errors import Diagnostic  # noqa: PLC0415  # beside what only this format needs

    found = [
        Diagnostic(
            each.kind.name.lower().replace("_", "-"),
            each.where,
            f"{each.kind.value}: {_short(each.value)} (Pydantic: {_short(each.python)}; zod: {_short(each.zod)})",
            each.cause,
        )
        for each in outcome.disagreements
    ]
    github.diagnostics(found, "error")
    say(_summary(outcome))


def as_json(outcome: Outcome, plan: Plan, settings: Settings) -> None:
    tally = asdict(outcome.tally)
    document = {
        "command": settings.command,
        "ok": not outcome.disagreements and not plan.diagnostics,
        "files": [],
        "diagnostics": [asdict(each) for each in plan.diagnostics],
        "warnings": [asdict(each) for each in plan.warnings],
        "disagreements": [
            {
                "kind": each.kind.name.lower().replace("_", "-"),
                "contract": each.contract,
                "direction": each.direction,
                "model": each.model,
                "field": list(each.field),
                "pointer": each.at,
                "value": json.loads(each.value),
                "python": each.python,
                "zod": each.zod,
                "cause": each.cause,
            }
            for each in outcome.disagreements
        ],
        "python_only": [asdict(each) for each in outcome.python_only],
        "seed": outcome.seed,
        "examples": outcome.examples,
        **tally,
    }
    click.echo(json.dumps(document, indent=2, ensure_ascii=False))
