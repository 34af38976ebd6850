"""Runs commands in turn, compares the medians of their times, and prints tables, which ``tables.py`` puts into README.md."""

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
from typing import Final, Literal, NamedTuple

RECORD: Final = "SAMEWIRE_BENCH"
"""The environment variable that names the file to which tables are added, one a line."""

_UNCOMPILED: Final = "PYTHONDONTWRITEBYTECODE"


def interleaved(
    commands: Mapping[str, Sequence[str]],
    *,
    cwd: Path,
    rounds: int,
    env: Mapping[str, str] | None = None,
    clock: Literal["processor", "wall"] = "processor",
) -> dict[str, float]:
    """
    Median seconds of each command over ``rounds`` rounds, every round running each once. Processor time is that of the command and
    of the processes that it waited for; other load on the machine changes it less than the time on the wall. Modules are
    compiled once, as where a package is installed.

    Raises:
        subprocess.CalledProcessError: a command failed; its output is in the error.
    """
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            used = usage(command, cwd, env)
            times[name].append(used.processor if clock == "processor" else used.wall)
    return {name: statistics.median(values) for name, values in times.items()}


class Usage(NamedTuple):
    """What a command and the processes that it waited for took: seconds, and bytes of the largest of them."""

    processor: float
    wall: float
    memory: int


def usage(command: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None) -> Usage:
    """
    Runs a command.

    Raises:
        subprocess.CalledProcessError: it failed; its output is in the error.
    """
    kept = {name: text for name, text in (env or os.environ).items() if name != _UNCOMPILED}
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, env=kept, stdout=output, stderr=output)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            output.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, output.read())
    unit = 1 if sys.platform == "darwin" else 1024
    return Usage(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * unit)


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
