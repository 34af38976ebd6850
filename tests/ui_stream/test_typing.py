"""The classes as type checkers see them, without Pydantic's plugin."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_mypy_understands_an_applications_code(repo_root: Path) -> None:
    sample = Path(__file__).with_name("typing_sample.py")
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file",
        "pyproject.toml",
        str(sample),
    ]
    done = subprocess.run(command, cwd=repo_root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
