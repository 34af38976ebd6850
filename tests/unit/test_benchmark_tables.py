"""The tables in the documentation are those that the benchmarks recorded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def test_pages_have_the_tables_of_the_record() -> None:
    command = [sys.executable, str(BENCHMARKS / "tables.py"), "--check"]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr


def test_a_goal_that_is_missed_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    from tables import Figure, Tables  # beside the benchmarks

    old = '["Import (an old version)", [["import", "ratio"], ["ours", "9.00"]]]'
    new = '["Import (a version)", [["import", "ratio"], ["ours", "1,250.50"]]]'
    tables = Tables.read(f"{old}\n{new}\n")
    assert tables.record() == f"{new}\n"
    assert tables.text().startswith("### Import (a version)\n")

    def row(**goal: float) -> tuple[str, ...]:
        measured = lambda each: each.number("Import", "ours", "ratio")  # noqa: E731
        return Figure("ours", "theirs", measured, "{:.1f}", **goal).row(tables)

    assert row() == ("ours", "theirs", "1250.5", "")
    assert row(at_most=2000) == ("ours", "theirs", "1250.5", "at most 2000.0")
    assert row(at_most=1) == ("ours", "theirs", "1250.5", "at most 1.0: missed")
    assert row(at_least=2000) == ("ours", "theirs", "1250.5", "at least 2000.0: missed")
