# ruff: noqa: PLC0415  # a command imports what it needs when it runs, so that --help is instant
"""``samewire watch``."""

from __future__ import annotations

from pathlib import Path

import click

from samewire.cli.flags import command
from samewire.settings import Settings


@command("watch")
@click.option(
    "--then",
    metavar="COMMAND",
    help="A shell command to run after each successful generation.",
)
def watch(settings: Settings, then: str | None) -> int:
    """
    Generate again whenever an input changes, until interrupted.

    Each run uses a fresh process and writes only changed files. A mistake in the models is reported, and watch waits for the
    next change. Needs watchfiles: pip install 'samewire[watch]'
    """
    import subprocess

    from samewire.config import find
    from samewire.report import followed, watched
    from samewire.watch.loop import runs

    if settings.config is None:
        find(Path.cwd())
    is_followed = False
    for changed, run, meanwhile in runs(settings.config):
        watched(changed, run, settings)
        if meanwhile and is_followed and run.code == 0 and not run.written:
            continue  # the command made a file itself: it has seen all that is generated
        is_followed = then is not None and run.code == 0
        if then is not None and is_followed:
            done = subprocess.run(then, shell=True, check=False)  # noqa: S602  # the user's own command
            followed(then, done.returncode, settings)
    return 0
