"""``check`` where nothing changed since the last run, beside Python alone and a check that imports the models."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from measure import interleaved, table
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

            def seconds(
                rounds: int, cwd: Path = project, env: dict[str, str] = env, **codes: str
            ) -> dict[str, float]:
                commands = {name: [sys.executable, "-c", code] for name, code in codes.items()}
                return interleaved(commands, cwd=cwd, env=env, rounds=rounds)

            seconds(1, write=CODE.format(["generate", "--cache", "-q"]))
            full = seconds(1, full=CODE.format(["check", "--no-cache", "-q"]))["full"]
            times = seconds(15, ours=CODE.format(["check", "--cache", "-q"]), python="pass")
        ours, python = times["ours"], times["python"]
        beside = f"{1000 * (ours - python):.0f}"
        rows.append(
            (f"{count:,}", beside, f"{1000 * python:.0f}", f"{full:.2f}", f"{full / ours:.0f}")
        )
    header = ("models", "beside Python ms", "python -c pass ms", "full check s", "ratio")
    table("Unchanged check, process time", rows, header)


if __name__ == "__main__":
    main()
