"""Cold generation of 10, 100 and 1,000 models beside the least that any generator pays."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from measure import interleaved, table
from synthetic import write_project

_FLOOR = """
import sys; sys.path.insert(0, ".")
import models
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
classes = [c for c in vars(models).values() if isinstance(c, type) and issubclass(c, BaseModel) and c is not BaseModel]
models_json_schema([(c, mode) for c in classes for mode in ("validation", "serialization")])
"""


def main() -> None:
    rows = []
    before = None
    with tempfile.TemporaryDirectory() as temporary:
        for count in (10, 100, 1000):
            project = Path(temporary, str(count))
            write_project(project, count)
            script = project / "cold.sh"
            script.write_text(
                f"rm -rf out schema\nexec '{sys.executable}' -m samewire -q generate\n",
                encoding="utf-8",
            )
            commands = {
                "samewire": [shutil.which("sh") or "sh", str(script)],
                "floor": [sys.executable, "-c", _FLOOR],
            }
            times = interleaved(commands, cwd=project, rounds=5 if count < 1000 else 3)
            ours, floor = times["samewire"], times["floor"]
            growth = "" if before is None else f"x{ours / before:.1f}"
            rows.append((count, f"{ours:.2f}", f"{floor:.2f}", f"{ours / floor:.2f}", growth))
            before = ours
    table("Cold generation", rows, ("models", "samewire s", "Pydantic alone s", "ratio", "growth"))


if __name__ == "__main__":
    main()
