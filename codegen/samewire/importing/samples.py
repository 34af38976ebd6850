"""JSON Schema of sample JSON: what genson makes of the files of a folder."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from samewire.errors import Diagnostic, SchemaError
from samewire.importing.dialects import DIALECT
from samewire.targets.python.models import GeneratorMissingError

_NUMBER: Final = re.compile(r"[-_. ]*\d+$")
"""``order-1.json`` and ``order-2.json`` are samples of one type."""


def read_samples(folder: Path) -> dict[str, Any]:
    """
    A document with the types of a folder of JSON samples, each named after its files.

    Raises:
        SamewireError: a file can't be read, there is none, or the extra is not installed.

    """
    try:
        from genson import SchemaBuilder  # noqa: PLC0415  # comes with datamodel-code-generator
    except ImportError as error:
        message = f"`samewire import` needs genson, which reads samples: {error}"
        hint = "pip install 'samewire[python]'"
        raise GeneratorMissingError(
            Diagnostic("python-extra", folder.as_posix(), message, hint)
        ) from error
    builders: dict[str, Any] = {}
    for file in sorted(folder.glob("*.json")):
        name = _NUMBER.sub("", file.stem) or file.stem
        builder = builders.setdefault(name, SchemaBuilder(schema_uri=None))
        builder.add_object(_value(file))
    if not builders:
        message = "is a folder without a JSON file"
        hint = "put samples into it: order-1.json, order-2.json, ..."
        raise SchemaError(Diagnostic("import-unreadable", folder.as_posix(), message, hint))
    schemas = {name: builder.to_schema() for name, builder in builders.items()}
    return {"$schema": DIALECT, "$defs": schemas}


def _value(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        message = f"is not JSON: {error}"
        raise SchemaError(Diagnostic("import-unreadable", file.as_posix(), message)) from error
