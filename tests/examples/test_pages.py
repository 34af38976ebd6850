"""The pages of ``examples`` in a headless Chromium: each as it is built, with its backend under uvicorn."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SCENARIOS = {"chat": 17, "items": 8, "executions": 4}
"""The pages, each with how many scenarios it has at least."""

each_page = pytest.mark.parametrize("page", SCENARIOS)


def script(page: str) -> Path:
    return Path(__file__).with_name(f"{page}.mjs")


def frontend(page: str) -> Path:
    """Where a page is; one without packages of its own is no frontend to install."""
    (folder,) = (
        EXAMPLES / page / name for name in ("frontend", "page") if (EXAMPLES / page / name).is_dir()
    )
    return folder


def frontend_runs(page: str, node: Path, node_modules: Path, *arguments: str) -> None:
    command, *others = arguments
    done = subprocess.run(
        [str(node), str(node_modules / command), *others],
        cwd=frontend(page),
        env={**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]


def outcomes(page: str, built: Path, node: Path) -> dict[str, str | None]:
    """What went wrong in each scenario; ``SAMEWIRE_SCREENSHOTS`` names a folder for pictures."""
    if CHROMIUM is None:
        pytest.skip("there is no chromium; it is Debian's package of that name")
    shots = os.environ.get("SAMEWIRE_SCREENSHOTS", "")
    done = subprocess.run(
        [str(node), str(script(page)), sys.executable, CHROMIUM, str(built), shots],
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    found: dict[str, str | None] = json.loads(done.stdout)
    return found


@each_page
def test_the_page_is_typed(page: str, node: Path, node_modules: Path) -> None:
    frontend_runs(page, node, node_modules, "typescript/bin/tsc", "-p", ".")


@each_page
def test_the_page_has_no_types_of_its_own_for_the_protocol(page: str) -> None:
    files = (frontend(page) / "src").glob("*.ts*")
    sources = {file.name: file.read_text("utf-8") for file in files}
    assert len(sources) >= 3
    for name, text in sources.items():
        assert not re.search(r"(?<!\* )\bas (?!const\b)\w|\bany\b|@ts-", text), name


@each_page
def test_in_the_browser(page: str, tmp_path: Path, node: Path, node_modules: Path) -> None:
    """One test a page, so that one worker builds it and starts the browser."""
    build = ("vite/bin/vite.js", "build", "--outDir", str(tmp_path), "--emptyOutDir")
    frontend_runs(page, node, node_modules, *build)
    found = outcomes(page, tmp_path, node)
    wrong = {name: outcome for name, outcome in found.items() if outcome is not None}
    assert not wrong, "\n\n".join(f"{name}: {outcome}" for name, outcome in wrong.items())
    declared = re.findall(
        r'^  async "?([\w ,-]+?)"?\(', script(page).read_text("utf-8"), re.MULTILINE
    )
    assert sorted(found) == sorted(declared)
    assert len(declared) >= SCENARIOS[page]
