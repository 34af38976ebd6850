"""The runtime library in TypeScript: compiled under the strictest settings, and its own tests, which Node runs."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from samewire.render import templates
from samewire.targets.typescript.runtime import load

HERE = Path(__file__).parent


@pytest.mark.parametrize("compiler", ["typescript", "typescript5"])
@pytest.mark.parametrize("folder", [templates("typescript") / "runtime", HERE])
def test_it_compiles(node: Path, node_modules: Path, compiler: str, folder: Path) -> None:
    command = [node, node_modules / compiler / "bin" / "tsc", "-p", folder, "--pretty", "false"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("file", sorted(HERE.glob("*.test.ts")), ids=lambda file: file.name)
def test_its_tests_pass(node: Path, node_modules: Path, file: Path) -> None:
    command = [node, "--test", "--test-reporter=spec", file]
    done = subprocess.run(
        command, cwd=node_modules.parent, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "pass 0" not in done.stdout


def test_each_file_has_a_test() -> None:
    """But for those that have types alone."""
    library = load(templates("typescript") / "runtime")
    files = {name for name, file in library.files.items() if file.values}
    assert files == {file.name.removesuffix(".test.ts") for file in HERE.glob("*.test.ts")}
