"""Where in a file the thing is that a diagnostic names, so that an editor or GitHub can go there."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Sequence
from pathlib import Path

OBJECT = re.compile(r"(?P<module>\w+(?:\.\w+)*):(?P<path>\w+(?:\.\w+)*)")
CONFIGURED = re.compile(r"(?P<file>[^:]+\.toml): (?P<key>.+)")


def place_of(where: str) -> tuple[Path, int] | None:
    """
    The file and line of ``app.models:User.email`` in a module that was imported, of ``pyproject.toml: tool.samewire.names``, or
    of ``schema/api.json#/$defs/User``.
    """
    if (match := CONFIGURED.fullmatch(where)) and Path(match["file"]).is_file():
        return Path(match["file"]), _line_of_key(Path(match["file"]), match["key"])
    if (match := OBJECT.match(where)) and (module := sys.modules.get(match["module"])):
        file = getattr(module, "__file__", None)
        return (Path(file), _line_of_object(Path(file), match["path"].split("."))) if file else None
    file = Path(where.partition("#")[0])
    return (file, 1) if file.is_file() else None


def _line_of_key(file: Path, key: str) -> int:
    """The line that sets the last part of a key, or the header of the table that it is in; at worst the first line."""
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    table, _, name = re.sub(r"\[\d+\]", "", key).rpartition(".")
    headers = [
        number
        for number, line in enumerate(lines, start=1)
        if line.strip() in (f"[{key}]", f"[{table}]")
    ]
    start = headers[0] if headers else 1
    for number, line in enumerate(lines[start - 1 :], start=start):
        if re.match(rf"""\s*["']?{re.escape(name.strip('"'))}["']?\s*=""", line):
            return number
    return start


def _line_of_object(file: Path, path: Sequence[str]) -> int:
    """The line that defines a class or a field of it; as far as the path can be followed."""
    try:
        statements = ast.parse(file.read_text(encoding="utf-8")).body
    except (OSError, SyntaxError, ValueError):
        return 1
    line = 1
    for name in path:
        definition = next(
            (statement for statement in statements if _defines(statement, name)), None
        )
        if definition is None:
            break
        line = definition.lineno
        statements = definition.body if isinstance(definition, ast.ClassDef) else []
    return line


def _defines(statement: ast.stmt, name: str) -> bool:
    match statement:
        case ast.ClassDef(name=defined) | ast.FunctionDef(name=defined):
            return defined == name
        case ast.AnnAssign(target=ast.Name(id=defined)):
            return defined == name
        case ast.Assign(targets=targets):
            return any(isinstance(target, ast.Name) and target.id == name for target in targets)
        case _:
            return False
