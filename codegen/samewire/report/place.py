"""Where in a file the thing is that a diagnostic names, so that an editor or GitHub can go there."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
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


def _version(file: Path) -> int:
    """When a file was written; each version is read once, however many diagnostics are about it."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def _line_of_key(file: Path, key: str) -> int:
    """The line that sets the last part of a key, or the header of the table that it is in; at worst the first line."""
    lines = _lines(file, _version(file))
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


@cache
def _lines(file: Path, _written: int) -> list[str]:
    return file.read_text(encoding="utf-8", errors="replace").splitlines()


def _line_of_object(file: Path, path: Sequence[str]) -> int:
    """The line that defines a class or a field of it; as far as the path can be followed."""
    lines = definitions_of(file, _version(file))
    longest = (tuple(path[:length]) for length in range(len(path), 0, -1))
    return next((lines[names] for names in longest if names in lines), 1)


@cache
def definitions_of(file: Path, _written: int) -> dict[tuple[str, ...], int]:
    """The line of every class, function and variable of a module, by its name and those of the classes around it."""
    try:
        statements = ast.parse(file.read_text(encoding="utf-8")).body
    except (OSError, SyntaxError, ValueError):
        return {}
    lines: dict[tuple[str, ...], int] = {}
    pending: list[tuple[tuple[str, ...], ast.stmt]] = [((), inner) for inner in statements]
    while pending:
        outer, statement = pending.pop()
        for name in _defined(statement):
            path = (*outer, name)
            lines[path] = min(statement.lineno, lines.get(path, statement.lineno))
            if isinstance(statement, ast.ClassDef):
                pending += [(path, inner) for inner in statement.body]
    return lines


def _defined(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
            yield name
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.Assign(targets=targets):
            yield from (target.id for target in targets if isinstance(target, ast.Name))
