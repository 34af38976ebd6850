"""``check`` where nothing changed since the last run, beside Python alone and a check that imports the models."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import table
from synthetic import write_project

CODE = "from samewire.cli import main; raise SystemExit(main({}))"


def main() -> None:
    rows = []
    for count in (10, 100, 1000):
        with tempfile.TemporaryDirectory() as temporary:
            project = Path(temporary, "project")
            write_project(project, count)
            time.sleep(0.1)  # what was written a moment ago is not relied on
            env = {**os.environ, "SAMEWIRE_CACHE_DIR": str(Path(temporary, "cache"))}

            def seconds(code: str, project: Path = project, env: dict[str, str] = env) -> float:
                return process_time([sys.executable, "-c", code], project, env)

            seconds(CODE.format(["generate", "--cache", "-q"]))
            full = seconds(CODE.format(["check", "--no-cache", "-q"]))
            again = [seconds(CODE.format(["check", "--cache", "-q"])) for _ in range(15)]
            nothing = [seconds("pass") for _ in range(15)]
        ours, python = statistics.median(again), statistics.median(nothing)
        beside = f"{1000 * (ours - python):.0f}"
        rows.append((count, beside, f"{1000 * python:.0f}", f"{full:.2f}", f"{full / ours:.0f}"))
    header = ("models", "beside Python ms", "python -c pass ms", "full check s", "ratio")
    table("Unchanged check, process time", rows, header)


def process_time(command: list[str], cwd: Path, env: dict[str, str]) -> float:
    """Seconds of user and system time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=cwd, env=env, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
