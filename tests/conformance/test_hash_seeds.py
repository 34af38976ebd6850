"""
What is generated for every feature and golden case is the same, whatever order sets have, which ``PYTHONHASHSEED`` decides.

``SAMEWIRE_HASH_SEEDS=21`` takes as many seeds; ``make matrix`` does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEEDS = range(1, int(os.environ.get("SAMEWIRE_HASH_SEEDS", "2")))


@pytest.fixture(scope="module")
def first() -> dict[str, str]:
    return digests(0)


@pytest.mark.parametrize("seed", SEEDS)
def test_each_case_has_the_same_bytes(first: dict[str, str], seed: int) -> None:
    other = digests(seed)
    assert len(first) > 500
    assert [name for name in {**first, **other} if first.get(name) != other.get(name)] == []


def digests(seed: int) -> dict[str, str]:
    process = subprocess.run(
        [sys.executable, "-m", "tests.conformance.features.digests"],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONHASHSEED": str(seed),
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "codegen"))),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    found: dict[str, str] = json.loads(process.stdout)
    return found
