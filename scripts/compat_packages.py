"""
``samewire compat`` between versions of packages that others wrote, and the table of it in docs/compat.md.

``compat_packages.py [NAME ...]`` runs those packages of ``compat_packages.toml``, all by default, each in an environment of its own
below ``.real-packages/``: the old version is generated, the new one installed and compared with it in both directions, and every
value is run. Then it writes the table anew from all results there are.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
import venv
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from scripts.real_packages import ROOT, samewire, toml

TABLE = ROOT / "scripts" / "compat_packages.toml"
WORK = ROOT / ".real-packages" / "compat"
PAGE = ROOT / "docs" / "compat.md"
BEGIN, END = "<!-- compat_packages.py -->", "<!-- end -->"
CONTRACT_KEYS = ("emits", "accepts", "dump", "opaque")
VERDICTS = ("breaking", "unknown", "lenient", "possible")


def main(names: list[str]) -> int:
    table = tomllib.loads(TABLE.read_text("utf-8"))
    for name in names or list(table):
        (WORK / name).mkdir(parents=True, exist_ok=True)
        results = _compared(name, table[name])
        (WORK / f"{name}.json").write_text(json.dumps(results, indent=1), "utf-8")
        print("\n".join(_rows(name, table[name], results)), flush=True)
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    made = "\n".join([BEGIN, "", *_section(table), "", END])
    PAGE.write_text(before + made + rest.partition(END)[2], "utf-8")
    return 0


# --- One package ------------------------------------------------------------------------------------------------------


def _compared(name: str, entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A result a pair of versions: how many types there were, and the report of ``compat``."""
    project = WORK / name
    keys = [f"{key} = {toml(entry[key])}" for key in CONTRACT_KEYS if key in entry]
    lines = [f"[contracts.{name}]", 'imports = ".ts"', *keys]
    (project / "samewire.toml").write_text("\n".join(lines) + "\n", "utf-8")
    if not (project / "node_modules").exists():
        (project / "node_modules").symlink_to(ROOT / "node_modules")
    python = _environment(project)
    results = []
    _generate(python, project, f"{name}=={entry['versions'][0]}")
    for old, new in pairwise(entry["versions"]):
        kept = project / "old"
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(project / "schema", kept)
        _install(python, f"{name}=={new}")
        report = samewire(python, project, "compat", "--against", "old")
        types = len(json.loads((kept / f"{name}.json").read_text("utf-8"))["$defs"])
        results.append({"old": old, "new": new, "types": types, "findings": report["findings"]})
        _generate(python, project, f"{name}=={new}")
    return results


def _environment(project: Path) -> Path:
    folder = project / "environment"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        _install(python, f"{ROOT}[verify,email]")
    _install(python, "--no-deps", "--force-reinstall", str(ROOT))
    return python


def _install(python: Path, *what: str) -> None:
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *what], check=True)


def _generate(python: Path, project: Path, requirement: str) -> None:
    _install(python, requirement)
    for folder in ("generated", "schema"):
        shutil.rmtree(project / folder, ignore_errors=True)
    samewire(python, project, "generate")


# --- The table --------------------------------------------------------------------------------------------------------


def _section(table: Mapping[str, Any]) -> Iterator[str]:
    results = {
        name: json.loads(file.read_text("utf-8"))
        for name in table
        if (file := WORK / f"{name}.json").exists()
    }
    pairs = [pair for each in results.values() for pair in each]
    breaking = [each for pair in pairs for each in _of(pair, "breaking")]
    alarms = sum(map(_is_unconfirmed, breaking))
    said = [
        (pair, finding)
        for name, each in results.items()
        for pair in each
        for finding in table[name].get("breaking", {}).get(pair["new"], {}).values()
        if finding
    ]
    found = sum(_has(pair, finding) for pair, finding in said)
    yield f"{len(pairs)} pairs of consecutive versions of {len(results)} packages from PyPI, with every type in both directions."
    yield "`make compat-packages` makes this table; `scripts/compat_packages.toml` has the configuration of each package."
    yield ""
    yield f"* {len(breaking)} findings are breaking. A run confirms one if the new classes write the value and the old validators"
    yield f"  refuse it, or the new classes refuse it; {alarms or 'none'} is not confirmed, which would be a false alarm."
    yield "  A root that is gone has no value."
    yield f"* Of what the changelogs call breaking, or say that breaks, {len(said)} entries concern values of the contract;"
    yield f"  `compat` found {found} of them; which finding stands for which entry was decided by hand."
    yield "  Other entries are about Python, the network or dependencies."
    yield "  Packages without such entries have no changelog that calls a change of a type breaking."
    yield ""
    yield "| package | versions | types | breaking | unknown | lenient | possible | not confirmed | the changelog calls breaking |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|---|"
    for name, each in results.items():
        yield from _rows(name, table[name], each)


def _rows(name: str, entry: Mapping[str, Any], results: list[dict[str, Any]]) -> Iterator[str]:
    for pair in results:
        counts = Counter(each["verdict"] for each in pair["findings"])
        alarms = sum(map(_is_unconfirmed, _of(pair, "breaking")))
        said = [
            f"{text}: {_answer(pair, finding)}"
            for text, finding in entry.get("breaking", {}).get(pair["new"], {}).items()
        ]
        cells = [
            name,
            f"{pair['old']} to {pair['new']}",
            str(pair["types"]),
            *(str(counts[verdict]) for verdict in VERDICTS),
            str(alarms),
            "<br>".join(said),
        ]
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _answer(pair: Mapping[str, Any], finding: str) -> str:
    if not finding:
        return "not in the contract"
    return f"`{finding}`" if _has(pair, finding) else f"**not found** (`{finding}`)"


def _has(pair: Mapping[str, Any], finding: str) -> bool:
    return any(f"{each['rule']} {each['where']}" == finding for each in pair["findings"])


def _of(pair: Mapping[str, Any], verdict: str) -> list[dict[str, Any]]:
    return [each for each in pair["findings"] if each["verdict"] == verdict]


def _is_unconfirmed(finding: Mapping[str, Any]) -> bool:
    """Whether a value was not run, not written by who sends it, or not refused by who receives it."""
    if finding["rule"].endswith("-root-removed"):
        return False
    emitted = ("Pydantic writes", "the old schema refuses it", "the new one takes it")
    steps = emitted if finding["direction"] == "emits" else ("Pydantic refuses",)
    return not all(step in finding["executed"] for step in steps)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
