"""
Cold generation of 10 to 10,000 models beside the least that any generator pays, or of the numbers on the command line.

Beyond that least is what is our own; ``--help`` and ``--version`` stand beside a bare interpreter.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from measure import in_turn, interleaved, table, versions
from synthetic import write_project

_FLOOR = """
import sys; sys.path.insert(0, ".")
import models
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
classes = [c for c in vars(models).values() if isinstance(c, type) and issubclass(c, BaseModel) and c is not BaseModel]
models_json_schema([(c, mode) for c in classes for mode in ("validation", "serialization")])
"""


def main(counts: tuple[int, ...]) -> None:
    rows = []
    before = None
    with tempfile.TemporaryDirectory() as temporary:
        for count in counts:
            project = Path(temporary, str(count))
            write_project(project, count)
            script = project / "cold.sh"
            script.write_text(
                f"rm -rf out schema\nexec '{sys.executable}' -m samewire -q generate --no-cache\n",
                encoding="utf-8",
            )
            commands = {
                "samewire": [shutil.which("sh") or "sh", str(script)],
                "floor": [sys.executable, "-c", _FLOOR],
                "import": [sys.executable, "-c", "import models"],
            }
            used = in_turn(commands, cwd=project, rounds=_rounds(count))
            ours, floor, imports = (
                statistics.median(one.processor for one in used[name]) for name in commands
            )
            growth = "" if before is None else f"x{ours / before:.1f}"
            own = f"{ours - floor:.2f}"
            share = f"{(ours - floor) / imports:.2f}"
            memory = f"{max(one.memory for one in used['samewire']) / 2**20:.0f}"
            rows.append(
                (
                    f"{count:,}",
                    f"{ours:.2f}",
                    f"{floor:.2f}",
                    f"{ours / floor:.2f}",
                    own,
                    share,
                    growth,
                    memory,
                )
            )
            before = ours
    title = f"Cold generation ({versions('pydantic')}), seconds of the processor"
    header = (
        "models",
        "samewire",
        "Pydantic alone",
        "ratio",
        "own part",
        "own part / import",
        "growth",
        "MB",
    )
    table(title, rows, header)


def _rounds(count: int) -> int:
    return 5 if count < 1000 else 3 if count < 10_000 else 1


def commands_without_models() -> None:
    bare = [sys.executable, "-c", "pass"]
    run = [sys.executable, "-m", "samewire"]
    commands = {"python": bare, "--version": [*run, "--version"], "--help": [*run, "--help"]}
    times = interleaved(commands, cwd=Path.cwd(), rounds=9)
    rows = [(name, f"{1000 * seconds:.0f}") for name, seconds in times.items()]
    table(
        f"Commands without models ({versions('click')})", rows, ("command", "ms of the processor")
    )


if __name__ == "__main__":
    commands_without_models()
    main(tuple(map(int, sys.argv[1:])) or (10, 100, 1000, 10_000))
