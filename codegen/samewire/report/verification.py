"""What ``verify`` found, for people, for programs, and for GitHub."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from samewire.errors import Diagnostic
from samewire.report.github import diagnostics as annotate
from samewire.report.harmless import one_line
from samewire.report.text import COLOURS, say
from samewire.settings import Settings

if TYPE_CHECKING:
    from samewire.artifacts import Plan
    from samewire.verify import Disagreement, Outcome, PythonOnly

SHOWN_TEXT = 400  # characters of a value, and of what comes out of it
SHOWN_CODE = 3
SHOWN_PLACES = 8


def as_text(outcome: Outcome, settings: Settings) -> None:
    for group in outcome.causes():
        if settings.verbosity > 0:
            for disagreement in group:
                _disagreement(disagreement)
        else:
            _disagreement(group[0])
            if others := _others(group):
                say(f"  also:     {others}; --verbose shows each")
    if settings.verbosity >= 0:
        _python_only(outcome.python_only, settings)
        for left_out in outcome.tally.unjudged:
            said = one_line(left_out)
            say(f"{click.style('note:', fg=COLOURS['note'], bold=True)} not judged: {said}")
        for model in outcome.tally.uninstantiated:
            say(
                f"{click.style('note:', fg=COLOURS['note'], bold=True)} {model}: no instance could be made; "
                "give some: --factory MODULE:FUNCTION"
            )
        say(_summary(outcome))


def _at(disagreement: Disagreement) -> str:
    return f"   at {one_line(disagreement.at)}" if disagreement.at else ""


def _others(group: Sequence[Disagreement]) -> str:
    """The places of the same cause but the first one."""
    places = [disagreement.where for disagreement in group[1:]]
    if not places:
        return ""
    what = "1 place" if len(places) == 1 else f"{len(places)} places"
    more = ", ..." if len(places) > SHOWN_PLACES else ""
    return f"{what} with the same cause: {one_line(', '.join(places[:SHOWN_PLACES]))}{more}"


def _disagreement(disagreement: Disagreement) -> None:
    head = click.style("disagreement:", fg=COLOURS["error"], bold=True)
    say(
        f"{head} {one_line(disagreement.where)} ({disagreement.contract}, {disagreement.direction}): {disagreement.kind.value}"
    )
    say(f"  value:    {_short(disagreement.value)}{_at(disagreement)}")
    if disagreement.python:
        say(f"  Pydantic: {_short(disagreement.python)}")
    say(f"  schema:   {_short(disagreement.schema)}")
    say(f"  cause:    {one_line(disagreement.cause.text)}")


def _python_only(entries: Sequence[PythonOnly], settings: Settings) -> None:
    refusing = [entry for entry in entries if entry.refused]
    shown = entries if settings.verbosity > 0 else refusing
    for entry in shown:
        code = ", ".join(entry.code[:SHOWN_CODE]) + (
            ", ..." if len(entry.code) > SHOWN_CODE else ""
        )
        count = (
            f"{entry.refused} values that only this code refuses"
            if entry.refused
            else "it refused nothing here"
        )
        example = f", for instance {_short(entry.example)}" if entry.example else ""
        say(
            f"{click.style('note:', fg=COLOURS['note'], bold=True)} {entry.model} has Python that the frontend can't know "
            f"({code}): {count}{example}"
        )
    if hidden := len(entries) - len(shown):
        say(f"{hidden} more models have validators in Python; --verbose names them.")


def _summary(outcome: Outcome) -> str:
    tally = outcome.tally
    rate = int(tally.values / tally.seconds) if tally.seconds else 0
    count = len(outcome.disagreements)
    causes = len(outcome.causes())
    verdict = "no disagreement" if not count else _counted(count, "disagreement")
    if 0 < causes < count:
        verdict += f" of {_counted(causes, 'cause')}"
    policy = f", {tally.policy} refused by design" if tally.policy else ""
    typed = f", {tally.typed} compiled" if tally.typed else ""
    return (
        f"{verdict}: {tally.models} models and directions, {tally.values:,} values{policy}{typed} in {tally.seconds:.1f} s "
        f"({rate:,}/s), seed {outcome.seed}"
    )


def _counted(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count:,} {what}s"


def _short(text: str) -> str:
    shown = one_line(text[:SHOWN_TEXT])
    return shown if len(text) <= SHOWN_TEXT else f"{shown}... ({len(text)} characters)"


def as_annotations(outcome: Outcome) -> None:
    annotate([_diagnostic(group) for group in outcome.causes()], "error")
    say(_summary(outcome))


def _diagnostic(group: Sequence[Disagreement]) -> Diagnostic:
    disagreement = group[0]
    code = disagreement.kind.name.lower().replace("_", "-")
    said = (disagreement.value, disagreement.python, disagreement.schema)
    value, python, schema = map(_short, said)
    message = f"{disagreement.kind.value}: {value} (Pydantic: {python}; schema: {schema})"
    hint = "; ".join(filter(None, (disagreement.cause.text, _others(group))))
    return Diagnostic(code, disagreement.where, message, hint)


def as_json(outcome: Outcome, plan: Plan, settings: Settings) -> None:
    tally = asdict(outcome.tally)
    document = {
        "command": settings.command,
        "ok": not outcome.disagreements and not plan.findings,
        "files": [],
        "diagnostics": [asdict(entry) for entry in plan.findings],
        "warnings": [asdict(entry) for entry in plan.warnings],
        "disagreements": [
            {
                "kind": entry.kind.name.lower().replace("_", "-"),
                "contract": entry.contract,
                "direction": entry.direction,
                "model": entry.model,
                "field": list(entry.field),
                "pointer": entry.at,
                "value": json.loads(entry.value),
                "python": entry.python,
                "schema": entry.schema,
                "cause": entry.cause.text,
                "cause_code": entry.cause.code,
            }
            for entry in outcome.disagreements
        ],
        "python_only": [asdict(entry) for entry in outcome.python_only],
        "seed": outcome.seed,
        "examples": outcome.examples,
        **tally,
    }
    click.echo(json.dumps(document, indent=2, ensure_ascii=False))
