"""Runs commands in turn, compares the medians of their times, and prints tables, which ``tables.py`` puts into README.md."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import resource
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

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
    kept = {name: text for name, text in (env or os.environ).items() if name != _UNCOMPILED}
    for _ in range(rounds):
        for name, command in commands.items():
            before, start = _processor(), time.perf_counter()
            subprocess.run(command, cwd=cwd, env=kept, check=True, capture_output=True)
            wall, used = time.perf_counter() - start, _processor() - before
            times[name].append(used if clock == "processor" else wall)
    return {name: statistics.median(values) for name, values in times.items()}


def _processor() -> float:
    """Seconds of the processor that the processes of this one have used, user and system."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
