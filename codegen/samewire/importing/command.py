"""The steps of ``samewire import``: a file in, models or a configuration out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from samewire.errors import Diagnostic, SchemaError
from samewire.importing import Imported, import_document
from samewire.importing.losses import Loss
from samewire.importing.reading import read
from samewire.importing.samples import read_samples
from samewire.importing.zod import read_zod
from samewire.jsonschema.source import Source, read_document
from samewire.jsonschema.source import read as read_source


def loaded(path: Path, *, zod: bool) -> tuple[dict[str, Any], tuple[Loss, ...]]:
    """
    Loads the document of a file, of a folder of samples, or of a module's zod schemas, with what these lose on the way.

    Raises:
        SamewireError: it can't be read.

    """
    if zod:
        return read_zod(path)
    return read_samples(path) if path.is_dir() else read(path, path.as_posix()), ()


def models(path: Path, document: dict[str, Any], losses: tuple[Loss, ...]) -> Imported:
    made = import_document(document, path, path.as_posix())
    return replace(made, losses=(*made.losses, *losses))


def write(output: Path, text: str) -> None:
    """
    Writes a file.

    Raises:
        SchemaError: it can't be written there.

    """
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}"
        raise SchemaError(Diagnostic("import-unwritable", output.as_posix(), message)) from error


def write_package(folder: Path, files: Mapping[str, str]) -> None:
    """
    Writes a package. Other existing files stay.

    Raises:
        SchemaError: it can't be written there.

    """
    for name, text in files.items():
        write(folder / name, text)


def as_source(file: Path, output: Path | None) -> str:
    """
    The configuration of a contract with the file as its source, or with ``output``, a copy in the dialect of a source.

    Raises:
        SamewireError: the file can't be a source.

    """
    where = file.as_posix()
    if output is not None:
        document = read(file, where)
        read_document(document, Source(output, output.as_posix()), "api")
        write(output, json.dumps(document, indent=2, ensure_ascii=False) + "\n")
        file = output
    else:
        try:
            read_source(Source(file, where), "api")
        except SchemaError as error:
            first = error.diagnostics[0]
            hint = "give --output openapi.json: the file is written there in the dialect that a source has"
            raise SchemaError(
                Diagnostic("import-no-source", first.where, first.message, hint)
            ) from error
    name = re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-") or "api"
    return (
        f"[tool.samewire.contracts.{name}]\n"
        f"source = {json.dumps(file.as_posix(), ensure_ascii=False)}\n"
        f'output = "generated/{name}"\n'
    )
