"""`samewire verify` of 100 and 1,000 models, beside asking Pydantic and a bare zod object about as many values."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from pathlib import Path

from measure import table, usage, versions
from synthetic import write_project

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = "20"

# The least that anyone pays who has both sides judge a value: it is read and written by Pydantic, and parsed in one Node process.
_FLOOR = """
import json, subprocess, sys
from pydantic import BaseModel
class Model(BaseModel):
    id: int
    name: str
    tags: list[str]
texts = []
for index in range(int(sys.argv[1])):
    given = json.dumps({"id": index, "name": "a name", "tags": ["a", "b"]})
    texts.append(Model.model_validate_json(given).model_dump_json())
subprocess.run([sys.argv[2], "floor.mjs"], input="\\n".join(texts).encode(), check=True)
"""
_ZOD = """
import { createInterface } from "node:readline";
import * as z from "zod";
const schema = z.object({ id: z.int(), name: z.string(), tags: z.array(z.string()) });
for await (const line of createInterface({ input: process.stdin })) {
  if (!schema.safeParse(JSON.parse(line)).success) process.exit(1);
}
"""


def main(counts: tuple[int, ...]) -> None:
    from samewire.verify.node import find_node  # noqa: PLC0415  # as in the package, where it is used

    node = str(find_node())
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        for count in counts:
            project = Path(temporary, str(count))
            write_project(project, count)
            (project / "node_modules").symlink_to(ROOT / "node_modules")
            (project / "floor.mjs").write_text(_ZOD, encoding="utf-8")
            command = [sys.executable, "-m", "samewire", "verify", "--no-types"]
            command += ["--examples", EXAMPLES, "--json"]
            walls: dict[str, list[float]] = {"verify": [], "floor": []}
            for _ in range(3 if count < 1000 else 1):
                used = usage(command, project)
                values = json.loads(used.output)["values"]
                least = usage([sys.executable, "-c", _FLOOR, str(values), node], project)
                walls["verify"].append(used.wall)
                walls["floor"].append(least.wall)
            ours, floor = map(statistics.median, walls.values())
            rate = f"{values / ours:,.0f}"
            rows.append(
                (
                    f"{count:,}",
                    f"{values:,}",
                    f"{ours:.1f}",
                    rate,
                    f"{floor:.1f}",
                    f"{ours / floor:.1f}",
                )
            )
    header = ("models", "values", "samewire s", "values/s", "bare s", "ratio")
    title = f"Verify, both directions, {EXAMPLES} examples of each ({versions('pydantic')})"
    table(title, rows, header)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or (100, 1000))
