"""``examples/chat`` in a headless Chromium: the built page, its backend under uvicorn, a socket between them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("chat.mjs")
SCENARIOS = re.findall(r'^  async "?([\w -]+?)"?\(', SCRIPT.read_text("utf-8"), re.MULTILINE)
FRONTEND = Path(__file__).parents[2] / "examples" / "chat" / "frontend"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def frontend_runs(node: Path, node_modules: Path, script: str, *arguments: str) -> None:
    done = subprocess.run(
        [str(node), str(node_modules / script), *arguments],
        cwd=FRONTEND,
        env={**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, node: Path, node_modules: Path) -> Path:
    folder = tmp_path_factory.mktemp("page")
    build = ("vite/bin/vite.js", "build", "--outDir", str(folder), "--emptyOutDir")
    frontend_runs(node, node_modules, *build)
    return folder


@pytest.fixture(scope="module")
def outcomes(page: Path, node: Path) -> dict[str, str | None]:
    """What went wrong in each scenario; ``SAMEWIRE_SCREENSHOTS`` names a folder for pictures."""
    if CHROMIUM is None:
        pytest.skip("there is no chromium; it is Debian's package of that name")
    shots = os.environ.get("SAMEWIRE_SCREENSHOTS", "")
    done = subprocess.run(
        [str(node), str(SCRIPT), sys.executable, CHROMIUM, str(page), shots],
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    found: dict[str, str | None] = json.loads(done.stdout)
    return found


def test_the_page_is_typed(node: Path, node_modules: Path) -> None:
    frontend_runs(node, node_modules, "typescript/bin/tsc", "-p", ".")


def test_the_page_has_no_types_of_its_own_for_the_protocol() -> None:
    sources = {file.name: file.read_text("utf-8") for file in (FRONTEND / "src").glob("*.ts*")}
    assert len(sources) > 5
    for name, text in sources.items():
        assert not re.search(r"\bas (?!const\b)\w|\bany\b|@ts-", text), name


def test_in_the_browser(outcomes: dict[str, str | None]) -> None:
    """One test, so that one worker builds the page and starts the browser."""
    wrong = {name: outcome for name, outcome in outcomes.items() if outcome is not None}
    assert not wrong, "\n\n".join(f"{name}: {outcome}" for name, outcome in wrong.items())
    assert sorted(outcomes) == sorted(SCENARIOS)
    assert len(SCENARIOS) >= 17
