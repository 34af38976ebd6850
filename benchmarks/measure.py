"""Runs commands in turn and compares the medians of their times."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path


def interleaved(
    commands: Mapping[str, Sequence[str]],
    *,
    cwd: Path,
    rounds: int,
    env: Mapping[str, str] | None = None,
) -> dict[str, float]:
    """
    Median wall seconds of each command over ``rounds`` rounds, every round running each once.

    Raises:
        subprocess.CalledProcessError: a command failed; its output is in the error.
    """
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, cwd=cwd, env=env, check=True, capture_output=True)
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def table(title: str, rows: Sequence[Sequence[object]], header: Sequence[str]) -> None:
    print(f"\n{title}\n")
    cells = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    for number, row in enumerate(cells):
        print(
            "| "
            + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            + " |"
        )
        if number == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
