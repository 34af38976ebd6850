"""What ``watch`` did: a line for people on stderr, or a line of JSON on stdout."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from samewire.config import shown
from samewire.errors import first_names
from samewire.report.harmless import one_line
from samewire.report.text import say
from samewire.settings import Settings
from samewire.watch.run import Run

SHOWN = 2


def as_text(changed: Sequence[str], run: Run) -> None:
    names = [one_line(shown(Path(path))) for path in changed]
    why = f"{first_names(names, SHOWN)} changed" if names else "started"
    clock = click.style(time.strftime("%H:%M:%S"), dim=True)
    say(f"{clock} {why}: {_done(run)} ({run.seconds:.1f} s)")


def _done(run: Run) -> str:
    counts = Counter(action for _, action in run.written)
    parts = [f"{count} {action}" for action, count in sorted(counts.items())]
    if len(run.written) == 1:
        parts = [f"{path} {action}" for path, action in run.written]
    done = ", ".join(parts) or "nothing to write"
    if run.code == 0:
        return done
    failed = click.style(f"failed with exit code {run.code}", fg="red")
    return f"{failed}; {done if run.written else 'nothing was written'}"


def followed(command: str, code: int) -> None:
    clock = click.style(time.strftime("%H:%M:%S"), dim=True)
    end = "done" if code == 0 else click.style(f"exit code {code}", fg="red")
    say(f"{clock} {one_line(command)}: {end}")


def as_json(changed: Sequence[str], run: Run, settings: Settings) -> None:
    report = {
        "command": settings.command,
        "ok": run.code == 0,
        "code": run.code,
        "changed": [shown(Path(path)) for path in changed],
        "files": [{"path": path, "action": action} for path, action in run.written],
        "seconds": round(run.seconds, 3),
    }
    click.echo(json.dumps(report, ensure_ascii=False))
