# ruff: noqa: PLC0415  # a command imports what it needs when it runs, so that --help is instant
"""``samewire generate``."""

from __future__ import annotations

from samewire.cli.flags import cache_flag, command, exit_code
from samewire.settings import Settings


@command("generate")
@cache_flag
def generate(settings: Settings) -> int:
    """
    Write schema documents, TypeScript types and zod validators.

    Files that are already right are not touched, files that are no longer generated are deleted. A type without an exact form
    is left out and reported, and a contract that can't be generated keeps its files; the exit code is 2 then.
    """
    from samewire.artifacts import unobstructed, write
    from samewire.cli.project import plan_of
    from samewire.record.keep import remember
    from samewire.report import generated

    config, plan = plan_of(settings)
    plan = unobstructed(config.root, plan)
    written = write(config.root, plan)
    generated(written, plan, settings)
    remember(config, plan, settings, written)
    return exit_code(plan)
