"""
Run tests on every Python there is on this machine, and on every minor version of Pydantic that pyproject.toml allows.

    python scripts/matrix.py [--only ROW] PYTEST_ARGUMENT...

A row is an environment in .venv-matrix, made from locks of requirements/: ``dev.txt`` has the newest version of everything,
``lowest.txt`` the lowest declared, and a ``pydantic-*.txt`` what an older Pydantic has instead of what is in ``dev.txt``. Each
of these has one row, and so has each Python at least. The Python that runs this has run the whole suite on the newest versions.
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
REQUIREMENTS = ROOT / "requirements"
NEWEST, LOWEST = REQUIREMENTS / "dev.txt", REQUIREMENTS / "lowest.txt"
OLDER = sorted(REQUIREMENTS.glob("pydantic-*.txt"))
NAMES = {NEWEST: "newest", LOWEST: "lowest", **{lock: lock.stem for lock in OLDER}}
PROBE = "import ensurepip, sys, venv; print(*sys.version_info[:2], sys.executable, sep='\\n')"

Version = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    python: Path
    version: Version
    lock: Path

    @property
    def name(self) -> str:
        return f"{_dotted(self.version)}-{NAMES[self.lock]}"

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
    parser.add_argument(
        "--older", help="the tests of rows with older versions, in the place of all"
    )
    options, arguments = parser.parse_known_args()
    pythons = find_pythons()
    rows = [row for row in _rows(pythons) if options.only in (None, row.name)]
    results = []
    for row in rows:
        print(f"\n=== {row.name}", flush=True)
        older = options.older if row.lock != NEWEST else None
        results.append(_run(row, _instead(arguments, older)))
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
    """The lowest versions on the oldest Python, each older Pydantic on the next one, the newest on the newest and on the rest."""
    versions = sorted(pythons)
    rows = [(versions[0], LOWEST)]
    rows += [(versions[place % len(versions)], lock) for place, lock in enumerate(OLDER, start=1)]
    rows.append((versions[-1], NEWEST))
    rows += [(version, NEWEST) for version in versions if version not in dict(rows)]
    for version, lock in rows:
        if (version, lock) != (sys.version_info[:2], NEWEST):
            yield Row(pythons[version], version, lock)


def _instead(arguments: list[str], tests: str | None) -> list[str]:
    """Arguments of pytest with other tests, if any are named."""
    if tests is None:
        return arguments
    return [*(one for one in arguments if not (ROOT / one).exists()), *tests.split()]


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
    """The environment of a row from its locks, unless it is there already."""
    locks = [NEWEST, row.lock] if row.lock in OLDER else [row.lock]
    inputs = b"".join(file.read_bytes() for file in (*locks, ROOT / "pyproject.toml"))
    state = hashlib.sha256(inputs).hexdigest()
    stamp = row.folder / ".installed"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == state:
        return
    subprocess.run([row.python, "-m", "venv", "--clear", row.folder], check=True)
    pip = [str(row.executable), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for lock in locks:
        subprocess.run([*pip, "--require-hashes", "-r", str(lock)], cwd=ROOT, check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", "."], cwd=ROOT, check=True)
    stamp.write_text(state, encoding="utf-8")


# --- The table --------------------------------------------------------------------------------------------------------


def _report(results: list[Result], pythons: Mapping[Version, Path]) -> None:
    lines = [("row", "pydantic", "result", "seconds", "")]
    for result in results:
        outcome = "passed" if result.passed else "FAILED"
        pydantic = _locked(result.row.lock, "pydantic")
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
