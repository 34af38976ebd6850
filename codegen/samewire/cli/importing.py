# ruff: noqa: PLC0415  # a command imports what it needs when it runs, so that --help is instant
"""``samewire import``."""

from __future__ import annotations

from pathlib import Path

import click

from samewire.cli.flags import command
from samewire.settings import Settings


@command("import")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--zod",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Import the zod schemas that a TypeScript module exports, with your own Node and zod.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The module of models, or the schema file of --as source. [default: standard output]",
)
@click.option(
    "--package",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write a package instead of a module, with modules by the first words of names.",
)
@click.option("--force", is_flag=True, help="Replace an existing file or package.")
@click.option(
    "--as",
    "form",
    type=click.Choice(["models", "source"]),
    default="models",
    show_default=True,
    help="source: keep the file as the source of a contract, and print its configuration.",
)
def import_(  # noqa: PLR0913, PLR0917  # one parameter an option
    settings: Settings,
    file: Path | None,
    zod: Path | None,
    output: Path | None,
    package: Path | None,
    force: bool,
    form: str,
) -> int:
    """
    Write Pydantic models from an OpenAPI document, a JSON Schema, a folder of sample JSON or zod schemas.

    The models are yours: nothing generates them again. Lists what they omit of the file, each difference with its place. Reads
    only the file, nothing from the network.
    """
    from samewire.importing.command import as_source, loaded, models, write, write_package
    from samewire.report.importing import imported, kept

    path = file or zod
    if path is None or (file is not None and zod is not None):
        raise click.UsageError("name one file, or --zod with a TypeScript module")
    if package is not None and (output is not None or form == "source"):
        raise click.UsageError("--package is for models, in place of --output")
    place = package or output
    if place is not None and place.exists() and not force:
        raise click.UsageError(f"{place} exists: name another one, or give --force")
    if form == "source":
        if zod is not None or path.is_dir():
            raise click.UsageError("--as source keeps a schema file, which samples and zod are not")
        kept(as_source(path, output), settings)
        return 0
    result = models(path, *loaded(path, zod=zod is not None))
    if package is not None:
        write_package(package, result.package())
    elif output is not None:
        write(output, result.text)
    imported(result, path, place, settings)
    return 0
