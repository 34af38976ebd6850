"""
One run of something slow for all processes of a test session.

Under pytest-xdist every worker has its own fixtures: the first worker that asks for something does the work, and the others wait
for its file.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest

T = TypeVar("T")

LONGEST_WAIT = 1800  # seconds that a worker waits for another


def once(factory: pytest.TempPathFactory, name: str, produce: Callable[[Path], T]) -> T:
    """What ``produce`` gives for a folder of its own, as JSON gives it back; only one process of the session calls it."""
    return shared(factory, [name], lambda _, folder: produce(folder))[name]


def shared(
    factory: pytest.TempPathFactory, names: Iterable[str], produce: Callable[[str, Path], T]
) -> dict[str, T]:
    """The same for several names: each process takes one that nobody has taken, until none is left."""
    own = factory.getbasetemp()
    top = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folders = {name: top / name for name in names}
    for name, folder in folders.items():
        folder.mkdir(exist_ok=True)
        try:
            os.close(os.open(folder / "claim", os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            continue
        _work(folder, partial(produce, name))
    return {name: _wait(name, folder / "result.json") for name, folder in folders.items()}


def _work(folder: Path, produce: Callable[[Path], object]) -> None:
    answer: dict[str, Any] = {"error": "it was interrupted"}
    try:
        answer = {"result": produce(folder / "bench")}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
        raise
    finally:
        unfinished = folder / "result.partial"
        unfinished.write_text(json.dumps(answer), encoding="utf-8")
        unfinished.replace(folder / "result.json")


def _wait(name: str, result: Path) -> Any:
    deadline = time.monotonic() + LONGEST_WAIT
    while not result.exists():
        assert time.monotonic() < deadline, "the worker that does the work gave no result"
        time.sleep(0.2)
    answer: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    assert "error" not in answer, f"{name} could not be run: {answer['error']}"
    return answer["result"]
