# ruff: noqa: PLC0415  # a command imports what it needs when it runs, so that --help is instant
"""``samewire generate``."""

from __future__ import annotations

from samewire.cli.flags import command, exit_code
from samewire.settings import Settings


@command("generate")
def generate(settings: Settings) -> int:
    """
    Write schema documents, TypeScript types and zod validators.

    Files that are already right are not touched, files that are no longer generated are deleted. A type without an exact form
    is left out and reported, and a contract that can't be generated keeps its files; the exit code is 2 then.
    """
    from samewire.artifacts import write
    from samewire.cli.project import plan_of
    from samewire.report import generated

    config, plan = plan_of(settings)
    generated(write(config.root, plan), plan, settings)
    return exit_code(plan)
