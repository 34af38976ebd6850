# ruff: noqa: PLC0415  # a command imports what it needs when it runs, so that --help is instant
"""``samewire compat``."""

from __future__ import annotations

from datetime import datetime

import click

from samewire.cli.flags import command, exit_code
from samewire.settings import Settings

LEVELS = ("possible", "lenient", "unknown", "breaking")


@command("compat")
@click.option(
    "--against",
    required=True,
    metavar="REF|FOLDER|FILE",
    help=("The deployed version: a git commit, or a folder or file of committed schema documents."),
)
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    default="unknown",
    show_default=True,
    help="The mildest verdict that exits with 1.",
)
@click.option("--no-run", is_flag=True, help="Do not run the witnesses.")
@click.option(
    "--accept",
    metavar="ID",
    help="Accept the finding with this id, and write samewire-accepted.json.",
)
@click.option("--reason", help="The reason for --accept.")
@click.option("--owner", help="Who is responsible for the accepted break.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The date until which the break is accepted.",
)
@click.option("--markdown", is_flag=True, help="Print a comment for a pull request.")
@click.option("--junit", is_flag=True, help="Print JUnit XML.")
def compat(  # noqa: PLR0913, PLR0917  # one parameter an option
    settings: Settings,
    against: str,
    fail_on: str,
    no_run: bool,
    accept: str | None,
    reason: str | None,
    owner: str | None,
    until: datetime | None,
    markdown: bool,
    junit: bool,
) -> int:
    """
    Compare the contracts with the deployed ones.

    Can deployed frontends parse everything that the backend now sends, and does it accept everything that they send? Each break
    comes with a value that shows it. Exits with 0 if the versions are compatible, 1 on a break or if it cannot be decided, and
    2 on a mistake in the models or the configuration.
    """
    if (accept is None) != (reason is None):
        raise click.UsageError("--accept and --reason go together")
    if markdown and junit:
        raise click.UsageError("--markdown and --junit exclude each other")
    from samewire.cli.project import config_of
    from samewire.compat.rules import Verdict
    from samewire.compat.run import Decision, run
    from samewire.report import compared

    decision = None
    if accept is not None and reason is not None:
        decision = Decision(accept, reason, owner, until.date() if until else None)
    least = Verdict[fail_on.upper()]
    outcome, plan = run(config_of(settings), against, least, decision, execute=not no_run)
    form = "markdown" if markdown else "junit" if junit else settings.format
    compared(outcome, plan, settings, form)
    return exit_code(plan, findings=outcome.fails)
