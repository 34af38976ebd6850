# ruff: noqa: PLC0415  # a command imports what it needs when it runs, so that --help is instant
"""``samewire outputs``."""

from __future__ import annotations

from samewire.cli.codes import ERROR
from samewire.cli.flags import command
from samewire.settings import Settings


@command("outputs")
def outputs(settings: Settings) -> int:
    """Print the generated files, one per line, for build tools."""
    from samewire.record.files import files_of
    from samewire.report import paths

    files = files_of(settings)
    paths(files.outputs, files.findings, settings)
    return ERROR if files.findings else 0
