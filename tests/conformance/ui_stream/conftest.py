"""One Node process a line of ``ai``, which is given everything that the tests here ask of it."""

from __future__ import annotations

import base64
import importlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

from .copilot_app import FOLDER
from .frames import FRAMES
from .requests import SCENARIOS, Scenario
from .turns import TURNS

LINES = (5, 6, 7)


@dataclass(frozen=True, slots=True)
class Client:
    """What one line of ``ai`` made of it: a result for each frame, a chat for each turn, bodies for each scenario."""

    line: int
    frames: list[dict[str, Any]]
    turns: dict[str, dict[str, Any]]
    requests: dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="session")
def run_client(
    node: Path, node_modules: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Client]:
    """``run_client(line, frames=b"", turns=(), requests=())``, in a process of its own."""

    def run(
        line: int,
        frames: bytes = b"",
        turns: Sequence[tuple[str, bytes]] = (),
        requests: Sequence[Scenario] = (),
    ) -> Client:
        folder = tmp_path_factory.mktemp(f"ai{line}")
        job = {
            "frames": text(frames),
            "turns": [[name, text(reply)] for name, reply in turns],
            "requests": [
                {**asdict(one), "replies": [text(reply) for reply in one.replies]}
                for one in requests
            ],
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

    return run


@pytest.fixture(scope="session")
def clients(run_client: Callable[..., Client]) -> Callable[[int], Client]:
    """What each line makes of all frames, turns and scenarios."""
    known: dict[int, Client] = {}

    def ask(line: int) -> Client:
        if line not in known:
            known[line] = run_client(
                line,
                frames=b"".join(frame.data for frame in FRAMES),
                turns=[(turn.name, turn.body()) for turn in TURNS if line in turn.lines],
                requests=[one for one in SCENARIOS if line in one.lines],
            )
        return known[line]

    return ask


@pytest.fixture(scope="session")
def example() -> Iterator[Any]:
    """The example's module ``server``."""
    sys.path.insert(0, str(FOLDER))
    try:
        server = importlib.import_module("server")
        yield server
    finally:
        sys.path.remove(str(FOLDER))
        for name in ("server", "copilot"):
            sys.modules.pop(name, None)


def text(data: bytes) -> str:
    return base64.b64encode(data).decode()
