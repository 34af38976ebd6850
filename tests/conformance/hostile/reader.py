"""One Node process that reads generated files for as long as the tests last."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).with_name("generated.mjs")


@dataclass(frozen=True, slots=True)
class Reading:
    """
    ``shapes`` are the syntax trees by file. ``answers`` are what validators return, as JSON text, or ``None`` where they refuse;
    there are none if the files were not run.
    """

    shapes: dict[str, Any]
    answers: list[str | None] | None


@dataclass(frozen=True, slots=True)
class Reader:
    process: subprocess.Popen[str]
    folder: Path
    counter: Iterator[int] = field(default_factory=itertools.count)

    def read(
        self, files: Mapping[str, str], values: Sequence[tuple[str, str]] | None = None
    ) -> Reading:
        """Parses files, and validates ``values``, each given with the name of its validator. Raises what went wrong."""
        folder = self.folder / str(next(self.counter))
        folder.mkdir()
        for name, text in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(text.encode())
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        request = {"folder": str(folder), "files": sorted(files), "values": values}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "error" not in answer, answer["error"]
        shutil.rmtree(folder)
        return Reading(answer["shapes"], answer["answers"])


@contextmanager
def reader(folder: Path, node: Path, node_modules: Path) -> Iterator[Reader]:
    (folder / "node_modules").symlink_to(node_modules)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    script = folder / SCRIPT.name
    script.write_bytes(SCRIPT.read_bytes())
    command = [str(node), "--disable-warning=ExperimentalWarning", str(script)]
    with subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        yield Reader(process, folder)
        assert process.stdin is not None
        process.stdin.close()
