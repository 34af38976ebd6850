# ruff: noqa: PLC0415  # a command imports what it needs when it runs, so that --help is instant
"""``samewire changelog``."""

from __future__ import annotations

import click

from samewire.cli.flags import command, exit_code
from samewire.settings import Settings


@command("changelog")
@click.argument("since", metavar="REF|FOLDER|FILE")
def changelog(settings: Settings, since: str) -> int:
    """
    Print what changed in the contracts as release notes for the frontend.

    SINCE is a git commit, or a folder or file of committed schema documents.
    """
    from samewire.cli.project import config_of
    from samewire.compat.run import release_notes
    from samewire.report import released

    notes, plan = release_notes(config_of(settings), since)
    released(notes, since, plan, settings)
    return exit_code(plan)
