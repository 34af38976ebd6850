"""zod schemas as JSON Schema: what the user's own zod writes of the module that has them, in the user's own Node."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any, Final

from samewire.errors import Diagnostic, SchemaError
from samewire.importing.dialects import DIALECT
from samewire.importing.losses import Loss
from samewire.render import templates

_SECONDS: Final = 300
_ERROR: Final = re.compile(r"^\w*Error\b.*", re.MULTILINE)


def read_zod(path: Path) -> tuple[dict[str, Any], tuple[Loss, ...]]:
    """
    A document of the schemas that the module ``path`` exports, and what JSON Schema cannot express of them.

    Raises:
        SamewireError: there is no Node that runs TypeScript, or it can't run the module.

    """
    from samewire.verify.node import find_node  # noqa: PLC0415  # needs what verify needs

    where = path.as_posix()
    try:
        done = subprocess.run(  # noqa: S603  # the node that the user has
            [find_node(), "--no-warnings", templates("import") / "zod.mjs", path.resolve()],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(where, str(error)) from error
    if done.returncode != 0:
        said = _ERROR.search(done.stderr)
        raise _failed(where, said[0] if said else done.stderr.strip())
    answer = json.loads(done.stdout)
    if not answer["schemas"]:
        hint = "export the schemas: export const User = z.object({ ... })"
        message = "exports no zod schema"
        raise SchemaError(Diagnostic("import-zod", where, message, hint))
    definitions = {name: _plain(schema) for name, schema in answer["schemas"].items()}
    losses = tuple(Loss("zod", each["place"], each["what"]) for each in answer["losses"])
    return {"$schema": DIALECT, "$defs": definitions}, losses


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema that is one of several in a document, without what it would say as a document of its own."""
    return {key: value for key, value in schema.items() if key not in ("$schema", "$id", "id")}


def _failed(where: str, what: str) -> SchemaError:
    message = f"cannot be run: {what}"
    hint = "Node 22.18 or newer imports it, next to a node_modules with zod 4"
    return SchemaError(Diagnostic("import-zod", where, message, hint))
