# ruff: noqa: PLC0415  # a command imports what it needs when it runs, so that --help is instant
"""``samewire list``."""

from __future__ import annotations

from samewire.cli.flags import command, exit_code
from samewire.settings import Settings


@command("list")
def list(settings: Settings) -> int:  # noqa: A001  # named like the command
    """
    List the types of each contract: directions, roots, routes and problems.

    Writes no files. Exits with 2 if a type or a contract cannot be generated.
    """
    from samewire.cli.project import config_of
    from samewire.listing import listed
    from samewire.pipeline import build
    from samewire.report import listed_types

    config = config_of(settings)
    built = build(config)
    listed_types(listed(config, built), built.plan, settings)
    return exit_code(built.plan)
