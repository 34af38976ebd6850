"""
Reports for programs: one JSON object on stdout.

Always ``command``, ``ok``, ``files``, ``diagnostics`` and ``warnings``. A file has ``path`` and ``state``; from ``generate``
also ``action``, from ``check`` and ``diff`` also ``contract``, ``models`` and ``diff``; from ``init`` ``action`` and ``diff``
only. ``init`` adds ``advice``, ``list`` adds
``contracts``, ``inputs`` adds ``folders`` and ``variables``. A diagnostic has ``code``, ``where``, ``message`` and ``hint``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from samewire.artifacts import Drift, Plan, Written, unified
from samewire.artifacts.diffs import unified_texts
from samewire.config import shown
from samewire.errors import Diagnostic
from samewire.settings import Settings

if TYPE_CHECKING:
    from samewire.init import Proposal


def failure(diagnostics: Sequence[Diagnostic], settings: Settings) -> None:
    _print(settings, ok=False, files=[], diagnostics=diagnostics)


def generated(written: Sequence[Written], plan: Plan, settings: Settings) -> None:
    files = [
        {"path": file.path, "action": file.action.value, "state": file.state.value}
        for file in written
    ]
    _print(
        settings,
        ok=not plan.findings,
        files=files,
        diagnostics=plan.findings,
        warnings=plan.warnings,
    )


def drift(drifted: Sequence[Drift], plan: Plan, settings: Settings) -> None:
    files = [
        {
            "path": file.path,
            "state": file.state.value,
            "contract": file.contract,
            "models": list(file.models),
            "diff": unified(file),
        }
        for file in drifted
    ]
    ok = not drifted and not plan.findings
    _print(settings, ok=ok, files=files, diagnostics=plan.findings, warnings=plan.warnings)


def listed(contracts: Sequence[object], plan: Plan, settings: Settings) -> None:
    _print(
        settings,
        ok=not plan.findings,
        files=[],
        diagnostics=plan.findings,
        warnings=plan.warnings,
        contracts=contracts,
    )


def paths(
    names: Sequence[str],
    findings: Sequence[Diagnostic],
    settings: Settings,
    more: Mapping[str, object],
) -> None:
    files = [{"path": name} for name in names]
    _print(settings, ok=not findings, files=files, diagnostics=findings, warnings=(), **more)


def initialised(proposal: Proposal, problems: Sequence[Diagnostic], settings: Settings) -> None:
    files = [
        {
            "path": shown(edit.file),
            "action": "created" if edit.before is None else "updated",
            "diff": list(unified_texts(shown(edit.file), edit.before, edit.after)),
        }
        for edit in proposal.edits
    ]
    _print(
        settings,
        ok=not problems,
        files=files,
        diagnostics=problems,
        found=list(proposal.found),
        advice=list(proposal.advice),
    )


def _print(
    settings: Settings,
    *,
    ok: bool,
    files: Sequence[object],
    diagnostics: Sequence[Diagnostic],
    warnings: Sequence[Diagnostic] = (),
    **more: object,
) -> None:
    document: dict[str, object] = {
        "command": settings.command,
        "ok": ok,
        "files": files,
        "diagnostics": [asdict(diagnostic) for diagnostic in diagnostics],
        "warnings": [asdict(diagnostic) for diagnostic in warnings],
        **more,
    }
    click.echo(json.dumps(document, indent=2, ensure_ascii=False))
