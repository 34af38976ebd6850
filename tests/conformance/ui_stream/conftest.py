"""One Node process a line of ``ai``, which is given everything that the tests here ask of it."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

from .frames import FRAMES
from .requests import SCENARIOS
from .turns import TURNS

LINES = (5, 6, 7)


@dataclass(frozen=True, slots=True)
class Client:
    """What one line of ``ai`` made of it: a result for each frame, a chat for each turn, bodies for each scenario."""

    line: int
    frames: list[dict[str, Any]]
    turns: dict[str, dict[str, Any]]
    requests: dict[str, list[dict[str, Any]]]


def text(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.fixture(scope="session")
def clients(
    node: Path, node_modules: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[int], Client]:
    known: dict[int, Client] = {}

    def ask(line: int) -> Client:
        if line not in known:
            known[line] = _run(line, node, node_modules, tmp_path_factory.mktemp(f"ai{line}"))
        return known[line]

    return ask


def _run(line: int, node: Path, node_modules: Path, folder: Path) -> Client:
    scenarios = [asdict(one) for one in SCENARIOS if line in one.lines]
    for one in scenarios:
        one["replies"] = [text(reply) for reply in one["replies"]]
    job = {
        "frames": text(b"".join(frame.data for frame in FRAMES)),
        "turns": [[turn.name, text(turn.body())] for turn in TURNS if line in turn.lines],
        "requests": scenarios,
    }
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
    script = Path(__file__).with_name("client.mjs")
    done = subprocess.run(
        [str(node), "--no-warnings", str(script), f"ai{line}", str(folder)],
        cwd=node_modules.parent,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-4000:]
    return Client(line, **json.loads(done.stdout))
