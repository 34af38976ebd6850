"""What ``compat`` found, for people, for programs, for GitHub, as a comment and as a test report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import click

from samewire.compat.changelog import Notes, markdown
from samewire.compat.findings import Finding
from samewire.compat.rules import NAMES, Verdict
from samewire.compat.run import summary
from samewire.errors import Diagnostic, first_names
from samewire.report import github
from samewire.report.harmless import one_line
from samewire.report.text import say
from samewire.settings import Settings

if TYPE_CHECKING:
    from samewire.compat.run import Outcome

SHOWN_WITNESS = 400
SHOWN_NAMES = 6
_COLOURS = {
    Verdict.BREAKING: "red",
    Verdict.UNKNOWN: "yellow",
    Verdict.LENIENT: "yellow",
    Verdict.POSSIBLE: "blue",
    Verdict.COMPATIBLE: "green",
}


def as_text(outcome: Outcome, settings: Settings) -> None:
    for group in _groups(outcome.findings):
        _finding(group[0])
        if settings.verbosity > 0:
            for found in group[1:]:
                _finding(found)
        elif len(group) > 1:
            places = first_names([each.where for each in group[1:]], SHOWN_NAMES)
            say(f"  also:     {one_line(places)}; --verbose shows each")
    if settings.verbosity > 0:
        for found, entry in outcome.accepted:
            owner = f", {one_line(entry.owner)}" if entry.owner else ""
            say(
                f"accepted: {found.rule.id} {one_line(found.where)}: {one_line(entry.reason)}{owner}"
            )
    if settings.verbosity >= 0:
        for name in outcome.added:
            say(f"new: the contract {one_line(name)} is not in {one_line(outcome.against)}")
        say(f"{one_line(outcome.against)}: {summary(outcome)}")


def _finding(found: Finding) -> None:
    head = click.style(f"{found.verdict.name.lower()}:", fg=_COLOURS[found.verdict], bold=True)
    say(f"{head} {one_line(found.contract)}: {one_line(found.where)} [{found.rule.id}]")
    say(f"  {found.rule.message}{_detail(found)}")
    if found.witness:
        say(f"  value:    {_short(found.witness)}")
        say(f"  executed: {one_line(found.executed)}")
    if found.roots and found.roots != (found.type,):
        say(f"  through:  {one_line(first_names(found.roots, SHOWN_NAMES))}")
    say(f"  hint:     {one_line(found.hint)}")
    say(f"  id:       {found.fingerprint}")


def _groups(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings that differ in the type alone, as those of all subclasses of a class do, and all that is said of names."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for each in findings:
        what = () if each.rule in NAMES else (each.path, each.detail)
        key = (each.verdict, each.rule.id, each.contract, *what)
        groups.setdefault(key, []).append(each)
    return list(groups.values())


def _detail(found: Finding) -> str:
    return f": {one_line(found.detail)}" if found.detail else ""


def _short(value: str) -> str:
    shown = one_line(value)
    return shown if len(shown) <= SHOWN_WITNESS else f"{shown[:SHOWN_WITNESS]}..."


def as_json(outcome: Outcome, settings: Settings, diagnostics: Sequence[Diagnostic]) -> None:
    document = {
        "command": settings.command,
        "against": outcome.against,
        "ok": not diagnostics and not outcome.fails,
        "findings": [_record(found) for found in outcome.findings],
        "accepted": [
            {**_record(found), "reason": entry.reason, "owner": entry.owner}
            for found, entry in outcome.accepted
        ],
        "added": outcome.added,
        "unchanged": outcome.unchanged,
    }
    click.echo(json.dumps(document, indent=2))


def _record(found: Finding) -> dict[str, object]:
    return {
        "id": found.fingerprint,
        "rule": found.rule.id,
        "verdict": found.verdict.name.lower(),
        "contract": found.contract,
        "direction": found.direction,
        "where": found.where,
        "type": found.type,
        "old": found.old,
        "source": found.source,
        "roots": list(found.roots),
        "message": found.rule.message,
        "detail": found.detail,
        "hint": found.hint,
        "witness": json.loads(found.witness) if found.witness else None,
        "executed": found.executed,
    }


def as_annotations(outcome: Outcome, settings: Settings) -> None:
    levels = {Verdict.BREAKING: "error", Verdict.UNKNOWN: "error", Verdict.LENIENT: "warning"}
    for found in outcome.findings:
        where = found.source or f"{found.contract}: {found.where}"
        message = f"{found.where}: {found.rule.message}{_detail(found)}"
        value = f"; for example {_short(found.witness)}" if found.witness else ""
        diagnostic = Diagnostic(found.rule.id, where, f"{message}{value}", found.hint)
        github.diagnostics([diagnostic], levels.get(found.verdict, "note"))
    as_text(outcome, settings)


def as_markdown(outcome: Outcome) -> None:
    lines = [f"**Contract against {_cell(outcome.against)}**: {summary(outcome)}", ""]
    if outcome.findings:
        lines += ["| | where | what | for example |", "|---|---|---|---|"]
    for group in _groups(outcome.findings):
        found = group[0]
        value = _code(found.witness) if found.witness else ""
        what = f"{found.rule.message}{_detail(found)} ({found.rule.id})"
        place = _code(
            f"{found.contract}: {first_names([each.where for each in group], SHOWN_NAMES)}"
        )
        verdict = found.verdict.name.lower()
        lines.append(f"| {verdict} | {place} | {_cell(what)} | {value} |")
    click.echo("\n".join(lines))


def _cell(value: str) -> str:
    """A text in a table, of which nothing acts as Markdown or HTML."""
    harmless = one_line(value).replace("\\", "\\\\")
    for sign in "`*_[]<>|@#":
        harmless = harmless.replace(sign, f"\\{sign}" if sign not in "<>@#" else f"&#{ord(sign)};")
    return harmless


def _code(value: str) -> str:
    return f"<code>{escape(_short(value)).replace('|', '&#124;').replace('@', '&#64;')}</code>"


def as_junit(outcome: Outcome) -> None:
    failing = sum(found.verdict >= outcome.least for found in outcome.findings)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuite name="samewire compat" tests="{max(1, len(outcome.findings))}" failures="{failing}">',
    ]
    for found in outcome.findings:
        name = quoteattr(one_line(f"{found.rule.id} {found.where}"))
        case = f"  <testcase classname={quoteattr(one_line(found.contract))} name={name}"
        if found.verdict < outcome.least:
            lines.append(f"{case}/>")
            continue
        message = quoteattr(one_line(f"{found.rule.message}{_detail(found)}"))
        body = escape(
            f"{_short(found.witness)}\n{one_line(found.executed)}\n{one_line(found.hint)}"
        )
        lines += [f"{case}>", f"    <failure message={message}>{body}</failure>", "  </testcase>"]
    if not outcome.findings:
        lines.append('  <testcase classname="samewire" name="compat"/>')
    click.echo("\n".join([*lines, "</testsuite>"]))


def release_notes(notes: Sequence[Notes], since: str, settings: Settings) -> None:
    if settings.format == "json":
        click.echo(
            json.dumps({"command": "changelog", "contracts": [asdict(each) for each in notes]})
        )
        return
    click.echo("\n".join(map(one_line, markdown(notes, since).split("\n"))))
