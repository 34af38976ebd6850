"""
Golden cases: one feature each, few enough to be read.

A case is a folder with ``models.py``, ``samewire.toml``, ``values.json`` and ``expected/``. The files are what ``samewire generate``
writes, to the byte; both TypeScript compilers take them, prettier has nothing to change, and values are judged the same by
Pydantic and by zod. ``make golden`` rewrites ``expected/``.
"""

from __future__ import annotations

import difflib
import os
import subprocess
from pathlib import Path

import pytest

from tests.conformance.features.batch import Complaints, Findings, Workbench
from tests.conformance.features.once import once

from . import loading

UPDATE = os.environ.get("SAMEWIRE_UPDATE_GOLDEN") == "1"
COMPILERS = ("typescript", "typescript5")
INPUTS = {"models.py", "samewire.toml", "values.json", "expected"}


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory, node: Path, node_modules: Path) -> Complaints:
    """What compilers, prettier and the validators say against each case."""

    def judge(folder: Path) -> Complaints:
        bench = Workbench(folder, node, node_modules)
        findings = Findings()
        subjects = [loading.generated(name).subject for name in loading.readable()]
        bench.put(subjects)
        bench.run(subjects, findings)
        for compiler in COMPILERS:
            bench.compile(subjects, compiler, findings)
        for altered in findings.altered:
            findings.add(altered.subject, str(altered))
        return findings.complaints

    return once(tmp_path_factory, "golden", judge)


@pytest.mark.parametrize("name", loading.readable())
def test_files_are_as_expected(name: str) -> None:
    files = loading.generated(name).files
    if UPDATE:
        _update(name, files)
    expected = loading.expected(name)
    diff = [
        line
        for path in sorted({*files, *expected})
        for line in difflib.unified_diff(
            expected.get(path, "").splitlines(keepends=True),
            files.get(path, "").splitlines(keepends=True),
            f"expected/{path}" if path in expected else "/dev/null",
            f"generated/{path}" if path in files else "/dev/null",
        )
    ]
    assert files == expected, f"{''.join(diff)}\nIf this is meant: make golden"


@pytest.mark.parametrize("name", loading.readable())
def test_pydantic_judges_the_values_so(name: str) -> None:
    judged_in = loading.values(name)
    assert judged_in, "no values to judge"
    for types in judged_in.values():
        for each in types.values():
            assert each["accepted"]
            assert each["rejected"]
    assert list(loading.objections(name)) == []


@pytest.mark.parametrize("name", loading.readable())
def test_compilers_and_validators_agree(judged: Complaints, name: str) -> None:
    assert judged.get(name, []) == []


def test_prettier_changes_nothing(node: Path, node_modules: Path) -> None:
    prettier = node_modules / "prettier" / "bin" / "prettier.cjs"
    done = subprocess.run(
        [str(node), str(prettier), "--check", "--no-config", "*/expected/*.{ts,json}"],
        cwd=loading.FOLDER,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_is_unused() -> None:
    """What is in a case's folder is read by a test; ``expected/`` is compared as a set of files."""
    for folder in filter(Path.is_dir, loading.FOLDER.iterdir()):
        found = {path.name for path in folder.iterdir()} - {"__pycache__"}
        if folder.name != "__pycache__":
            assert found == INPUTS, folder


def test_a_case_is_its_contract() -> None:
    """The folder's name is the name of the contract, so that a file tells the case it belongs to."""
    for name in loading.names():
        (contract,) = loading.configuration(name).contracts
        assert contract.name == name


def _update(name: str, files: dict[str, str]) -> None:
    assert not os.environ.get("CI"), "expected files are reviewed changes: CI never writes them"
    folder = loading.FOLDER / name / "expected"
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name not in files:
            path.unlink()
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8", newline="\n")


def test_ci_never_updates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(AssertionError, match="CI never writes"):
        _update(loading.names()[0], {})
