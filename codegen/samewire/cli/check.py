# ruff: noqa: PLC0415  # a command imports what it needs when it runs, so that --help is instant
"""``samewire check``."""

from __future__ import annotations

from samewire.cli.flags import cache_flag, command, exit_code
from samewire.settings import Settings


@command("check")
@cache_flag
def check(settings: Settings) -> int:
    """
    Compare the files on disk with what would be generated.

    Exits with 0 if every file is up to date, 1 on drift, and 2 on a mistake in the models or the configuration.
    """
    from samewire.artifacts import compare
    from samewire.cli.project import plan_of
    from samewire.record.keep import remember
    from samewire.report import checked

    config, plan = plan_of(settings)
    drift = compare(config.root, plan)
    checked(drift, plan, config, settings)
    if not drift:
        remember(config, plan, settings)
    return exit_code(plan, findings=bool(drift))
