"""
Run tests on every Python there is on this machine, and on the lowest versions that pyproject.toml declares.

    python scripts/matrix.py [--only ROW] PYTEST_ARGUMENT...

A row is an environment in .venv-matrix, made from a lock of requirements/: ``dev.txt`` has the newest version of everything,
``lowest.txt`` the lowest declared. The Python that runs this has run the whole suite on the newest, so it has no row for that.
Ends with 1 if a row fails.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
ENVIRONMENTS = ROOT / ".venv-matrix"
SUPPORTED = ((3, 11), (3, 12), (3, 13), (3, 14))
NEWEST, LOWEST = "newest", "lowest"
LOCKS = {NEWEST: ROOT / "requirements/dev.txt", LOWEST: ROOT / "requirements/lowest.txt"}
PROBE = "import ensurepip, sys, venv; print(*sys.version_info[:2], sys.executable, sep='\\n')"

Version = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    python: Path
    version: Version
    versions: str

    @property
    def name(self) -> str:
        return f"{_dotted(self.version)}-{self.versions}"

    @property
    def folder(self) -> Path:
        return ENVIRONMENTS / self.name

    @property
    def executable(self) -> Path:
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


@dataclass(frozen=True, slots=True)
class Result:
    row: Row
    passed: bool
    summary: str
    seconds: float


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--only", help="one row, as the table names it: 3.12-newest")
    options, tests = parser.parse_known_args()
    pythons = find_pythons()
    rows = [row for row in _rows(pythons) if options.only in (None, row.name)]
    results = []
    for row in rows:
        print(f"\n=== {row.name}", flush=True)
        results.append(_run(row, tests))
    _report(results, pythons)
    return 0 if results and all(result.passed for result in results) else 1


# --- Rows -------------------------------------------------------------------------------------------------------------


def find_pythons() -> dict[Version, Path]:
    """Every supported Python that can make an environment: this one, those on PATH, and pyenv's."""
    candidates = [Path(sys.executable)]
    for major, minor in SUPPORTED:
        name = f"python{major}.{minor}"
        on_path = shutil.which(name)
        candidates += [Path(on_path)] if on_path else []
        pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
        candidates += sorted(pyenv.glob(f"versions/{major}.{minor}.*/bin/{name}"), reverse=True)
    pythons: dict[Version, Path] = {}
    for candidate in candidates:
        version, executable = _probe(candidate)
        if version in SUPPORTED:
            pythons.setdefault(version, executable)
    return pythons


def _probe(python: Path) -> tuple[Version, Path]:
    """The version and the real path of a Python; a shim of pyenv for one that is not installed has none."""
    probe = subprocess.run([python, "-c", PROBE], capture_output=True, text=True, check=False)
    if probe.returncode != 0:
        return (0, 0), python
    major, minor, executable = probe.stdout.splitlines()
    return (int(major), int(minor)), Path(executable)


def _rows(pythons: Mapping[Version, Path]) -> Iterator[Row]:
    for version in sorted(pythons):
        if version != sys.version_info[:2]:
            yield Row(pythons[version], version, NEWEST)
    oldest = min(pythons)
    yield Row(pythons[oldest], oldest, LOWEST)


# --- Running ----------------------------------------------------------------------------------------------------------


def _run(row: Row, tests: list[str]) -> Result:
    start = time.monotonic()
    try:
        _install(row)
    except subprocess.CalledProcessError:
        return Result(row, passed=False, summary="not installed", seconds=time.monotonic() - start)
    command = [str(row.executable), "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    process = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    print(process.stdout, end="", flush=True)
    last = (process.stdout.strip().splitlines() or ["no output"])[-1]
    summary = re.sub(r" in [\d.]+s.*", "", last.strip("= "))
    return Result(row, process.returncode == 0, summary, time.monotonic() - start)


def _install(row: Row) -> None:
    """The environment of a row from its lock, unless it is there already."""
    lock = LOCKS[row.versions]
    inputs = lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    state = hashlib.sha256(inputs).hexdigest()
    stamp = row.folder / ".installed"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == state:
        return
    subprocess.run([row.python, "-m", "venv", "--clear", row.folder], check=True)
    pip = [str(row.executable), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(lock)], cwd=ROOT, check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", "."], cwd=ROOT, check=True)
    stamp.write_text(state, encoding="utf-8")


# --- The table --------------------------------------------------------------------------------------------------------


def _report(results: list[Result], pythons: Mapping[Version, Path]) -> None:
    lines = [("row", "pydantic", "result", "seconds", "")]
    for result in results:
        outcome = "passed" if result.passed else "FAILED"
        pydantic = _locked(LOCKS[result.row.versions], "pydantic")
        lines.append((result.row.name, pydantic, outcome, f"{result.seconds:.0f}", result.summary))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    print()
    for line in lines:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        )
    absent = [_dotted(version) for version in SUPPORTED if version not in pythons]
    if absent:
        print(f"not on this machine: Python {', '.join(absent)}")


def _locked(lock: Path, package: str) -> str:
    matched = re.search(rf"^{package}==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return matched[1] if matched else "?"


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))


if __name__ == "__main__":
    sys.exit(main())
