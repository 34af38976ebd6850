"""Runs commands in turn, compares the medians of their times, and prints tables, which ``tables.py`` puts into the docs."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Final, NamedTuple

RECORD: Final = "SAMEWIRE_BENCH"
"""The environment variable that names the file to which tables are added, one a line."""

_UNCOMPILED: Final = "PYTHONDONTWRITEBYTECODE"


def interleaved(
    commands: Mapping[str, Sequence[str]],
    *,
    cwd: Path,
    rounds: int,
    env: Mapping[str, str] | None = None,
) -> dict[str, float]:
    """
    Median seconds of each command over ``rounds`` rounds, every round running each once. Processor time is that of the command and
    of the processes that it waited for; other load on the machine changes it less than the time on the wall. Modules are
    compiled once, as where a package is installed.

    Raises:
        subprocess.CalledProcessError: a command failed; its output is in the error.
    """
    return {
        name: statistics.median(one.processor for one in used)
        for name, used in in_turn(commands, cwd=cwd, rounds=rounds, env=env).items()
    }


class Usage(NamedTuple):
    """What a command and the processes that it waited for took: seconds, and bytes of the largest of them; and what it printed."""

    processor: float
    wall: float
    memory: int
    output: str


def in_turn(
    commands: Mapping[str, Sequence[str]],
    *,
    cwd: Path,
    rounds: int,
    env: Mapping[str, str] | None = None,
) -> dict[str, list[Usage]]:
    """
    Runs each command once a round.

    Raises:
        subprocess.CalledProcessError: as :func:`usage` does.
    """
    used: dict[str, list[Usage]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            used[name].append(usage(command, cwd, env))
    return used


def usage(command: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None) -> Usage:
    """
    Runs a command.

    Raises:
        subprocess.CalledProcessError: it failed; its output is in the error.
    """
    kept = {name: text for name, text in (env or os.environ).items() if name != _UNCOMPILED}
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, env=kept, stdout=output, stderr=errors)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        printed, said = (_text(file) for file in (output, errors))
        if process.returncode != 0:
            raise subprocess.CalledProcessError(process.returncode, command, printed, said)
    unit = 1 if sys.platform == "darwin" else 1024
    return Usage(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * unit, printed)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def versions(*packages: str) -> str:
    """Of Python and of packages, for the title of a table."""
    found = [f"Python {platform.python_version()}"]
    for package in packages:
        try:
            found.append(f"{package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            found.append(f"without {package}")
    return ", ".join(found)


def table(title: str, rows: Sequence[Sequence[object]], header: Sequence[str]) -> None:
    cells = [[str(cell) for cell in row] for row in (header, *rows)]
    print(f"\n{title}\n\n{written(cells)}")
    if path := os.environ.get(RECORD):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps([title, cells], ensure_ascii=False) + "\n")


def written(cells: Sequence[Sequence[str]]) -> str:
    """A table of Markdown; the first row is its header."""
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in cells
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)
