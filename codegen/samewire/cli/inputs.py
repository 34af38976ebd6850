# ruff: noqa: PLC0415  # a command imports what it needs when it runs, so that --help is instant
"""``samewire inputs``."""

from __future__ import annotations

from samewire.cli.codes import ERROR
from samewire.cli.flags import command
from samewire.settings import Settings


@command("inputs")
def inputs(settings: Settings) -> int:
    """
    Print the input files of the project, one per line, for build tools.

    --format json adds the folders where a new file counts, and the environment variables that the code reads.
    """
    from samewire.record.files import files_of
    from samewire.report import paths

    files = files_of(settings)
    more = {"folders": list(files.folders), "variables": list(files.variables)}
    paths(files.inputs, files.findings, settings, more)
    return ERROR if files.findings else 0
