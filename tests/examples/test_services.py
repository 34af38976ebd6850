"""``examples/services``: its three programs at work, and what a renamed field does to its two readers."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conformance.routes.test_routes import served

EXAMPLE = Path(__file__).parents[2] / "examples/services"


@pytest.fixture
def copy(tmp_path: Path, node_modules: Path) -> Path:
    folder = tmp_path / "services"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    (folder / "frontend/node_modules").symlink_to(node_modules)
    return folder


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_an_order_is_packed(copy: Path, node: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    queue = copy / "queue.jsonl"
    queue.touch()
    monkeypatch.setenv("QUEUE", str(queue))
    with served(copy, "orders:app") as address:
        following = subprocess.Popen(["tail", "-f", queue], stdout=subprocess.PIPE)
        worker = subprocess.Popen(
            [sys.executable, "-m", "worker.pack", address],
            cwd=copy,
            stdin=following.stdout,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            ordered = run(copy, node, "frontend/src/order.ts", address)
            again = queue.read_text("utf-8")
            queue.write_text(again * 2, "utf-8")
            assert worker.stdout is not None
            packed = [worker.stdout.readline() for _ in range(2)]
        finally:
            following.kill()
            worker.communicate(timeout=20)
            following.communicate()
    assert ordered.stdout == "Ordered 2 x pen.\nThe parcel is P-000001.\n", ordered.stderr
    assert packed == ["2 x pen in P-000001\n", "Order 1 is in P-000001 already.\n"]


def test_a_renamed_field_is_named_at_each_line(copy: Path, node: Path, node_modules: Path) -> None:
    shown = (copy / "README.md").read_text("utf-8").partition("```console\n")[2].partition("```")[0]
    backend = copy / "orders.py"
    backend.write_text(re.sub(r"\bcount\b", "quantity", backend.read_text("utf-8")), "utf-8")
    samewire = (sys.executable, "-m", "samewire")
    checked = run(copy, *samewire, "check")
    assert checked.returncode == 1
    for file in ("frontend/src/generated/types.ts", "worker/contract.py"):
        assert f"\n{file}: changed\n" in checked.stderr
    assert run(copy, *samewire, "-q", "generate").returncode == 0
    mypy = run(copy, sys.executable, "-m", "mypy", "--no-error-summary", "worker")
    tsc = run(copy / "frontend", node, node_modules / "typescript/bin/tsc", "--noEmit", "-p", ".")
    found = f"$ mypy worker\n{mypy.stdout}$ tsc -p frontend\n{tsc.stdout}"
    assert found == shown
