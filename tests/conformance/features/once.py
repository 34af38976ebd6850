"""
One run of something slow for all processes of a test session.

Under pytest-xdist every worker has its own fixtures: the first worker that asks does the work, and the others wait for its file.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

T = TypeVar("T")

LONGEST_WAIT = 1800  # seconds that a worker waits for another


def once(factory: pytest.TempPathFactory, name: str, produce: Callable[[Path], T]) -> T:
    """What ``produce`` gives for a folder of its own, as JSON gives it back; only one process of the session calls it."""
    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    folder.mkdir(exist_ok=True)
    try:
        os.close(os.open(folder / "claim", os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        answer = _wait(folder / "result.json")
    else:
        answer = _work(folder, produce)
    assert "error" not in answer, f"{name} could not be run: {answer['error']}"
    result: T = answer["result"]
    return result


def _work(folder: Path, produce: Callable[[Path], object]) -> dict[str, Any]:
    answer: dict[str, Any] = {"error": "it was interrupted"}
    try:
        answer = {"result": produce(folder / "bench")}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
        raise
    finally:
        partial = folder / "result.partial"
        partial.write_text(json.dumps(answer), encoding="utf-8")
        partial.replace(folder / "result.json")
    return answer


def _wait(result: Path) -> dict[str, Any]:
    deadline = time.monotonic() + LONGEST_WAIT
    while not result.exists():
        assert time.monotonic() < deadline, "the worker that does the work gave no result"
        time.sleep(0.2)
    answer: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    return answer
