# ruff: noqa: PLC0415  # a command imports what it needs when it runs, so that --help is instant
"""``samewire diff``."""

from __future__ import annotations

from samewire.cli.flags import command, exit_code
from samewire.settings import Settings


@command("diff")
def diff(settings: Settings) -> int:
    """
    Print what `generate` would change as a unified diff.

    Exits with 0 if every file is up to date, otherwise with 1. `samewire diff | git apply` does the same as `generate`.
    """
    from samewire.artifacts import compare
    from samewire.cli.project import plan_of
    from samewire.report import differences

    config, plan = plan_of(settings)
    drift = compare(config.root, plan)
    differences(drift, plan, config, settings)
    return exit_code(plan, findings=bool(drift))
