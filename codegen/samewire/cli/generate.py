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

    Leaves up-to-date files alone, and deletes files that are no longer generated. A type without an exact form is omitted and
    reported, and a contract that cannot be generated keeps its files; both exit with 2.
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
