# ruff: noqa: PLC0415  # a command imports what it needs when it runs, so that --help is instant
"""``samewire import``."""

from __future__ import annotations

from pathlib import Path

import click

from samewire.cli.flags import command
from samewire.settings import Settings


@command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The module of models, or the schema file of --as source. [default: standard output]",
)
@click.option("--force", is_flag=True, help="Replace what is at --output.")
@click.option(
    "--as",
    "form",
    type=click.Choice(["models", "source"]),
    default="models",
    show_default=True,
    help="source: print the configuration of a contract that keeps the file as its source.",
)
def import_(settings: Settings, file: Path, output: Path | None, force: bool, form: str) -> int:
    """
    Write Pydantic models from an OpenAPI document or a JSON Schema.

    The models are yours from now on: nothing generates them again. What they do not say of the file is listed, each difference
    with its place. Reads the file only, nothing from the network.
    """
    from samewire.importing import import_file
    from samewire.importing.command import as_source, write
    from samewire.report.importing import imported, kept

    if output is not None and output.exists() and not force:
        raise click.UsageError(f"{output} exists: name another --output, or give --force")
    if form == "source":
        kept(as_source(file, output), settings)
        return 0
    result = import_file(file, file.as_posix())
    if output is not None:
        write(output, result.text)
    imported(result, file, output, settings)
    return 0
