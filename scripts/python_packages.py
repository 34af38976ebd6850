"""
The target ``python`` on packages that others wrote: generate, check the types, import, verify, and the table in docs/python.md.

``python_packages.py [NAME ...]`` runs those packages of ``real_packages.toml`` that have ``python = true``, all by default, in both
directions, keeps what they gave in ``python_packages.json``, and writes the table anew from it. Takes minutes a package, and the
network.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parents[1]))

from scripts.real_packages import (
    OF_THE_TABLE,
    ROOT,
    TABLE,
    WORK,
    environment,
    node,
    samewire,
    table_row,
    toml,
)

RECORD: Final = ROOT / "scripts" / "python_packages.json"
PAGE: Final = ROOT / "docs" / "python.md"
BEGIN, END = "<!-- python_packages.py -->", "<!-- end -->"
IMPORTS: Final = 5  # processes of which the median is taken
MOST: Final = 3000  # characters of a type checker's complaints that are shown

IMPORT_OF_MODULE: Final = "import contract"
IMPORT_OF_ORIGINAL: Final = """
for name in {names!r}:
    try:
        __import__(name)
    except Exception:
        pass  # a module for another system, or for an extra
"""
TIMED: Final = """
import time, pydantic, annotated_types, typing_extensions, uuid, decimal
pydantic.BaseModel, pydantic.TypeAdapter, pydantic.AfterValidator, pydantic.EmailStr
start = time.perf_counter()
{code}
print(time.perf_counter() - start)
"""


@dataclass(frozen=True, slots=True)
class Result:
    """
    What one package gave. ``types`` are the definitions of its contract, in both directions; ``refused`` counts those that Python
    alone refuses, by cause. ``loads`` is the time that the module takes to import as a part of what the original takes, both
    behind Pydantic. ``mypy`` and ``pyright`` count errors.
    ``disagreements`` have the place, the value and the cause of each, as ``verify`` says it.
    """

    requirement: str
    types: int
    refused: dict[str, int]
    lines: int
    loads: float
    mypy: int
    pyright: int
    values: int
    disagreements: list[dict[str, str]]


def main(names: list[str]) -> int:
    table = tomllib.loads(TABLE.read_text("utf-8"))
    packages = {name: entry for name, entry in table.items() if entry.get("python")}
    record = json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else {}
    for name in names or list(packages):
        record[name] = asdict(_run(name, packages[name]))
        print(_row(record[name]), flush=True)
        ordered = {each: record[each] for each in packages if each in record}
        RECORD.write_text(json.dumps(ordered, indent=1) + "\n", "utf-8")
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    made = "\n".join([BEGIN, "", *section(json.loads(RECORD.read_text("utf-8"))), "", END])
    PAGE.write_text(before + made + rest.partition(END)[2], "utf-8")
    return 0


# --- One package ------------------------------------------------------------------------------------------------------


def _run(name: str, entry: Mapping[str, Any]) -> Result:
    python = environment(name, entry["requirement"])
    project = WORK / "python" / name
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    _write_project(project, name, entry)
    generated = samewire(python, project, "generate")
    module = project / "contract.py"
    if not module.exists():
        raise SystemExit(f"{name}: nothing was generated: {json.dumps(generated)[:MOST]}")
    definitions = json.loads((project / "schema" / f"{name}.json").read_text("utf-8"))["$defs"]
    modules = sorted({each.partition(":")[0] for each in _sources(definitions)})
    original = IMPORT_OF_ORIGINAL.format(names=modules)
    report = samewire(python, project, "verify", "--examples", str(entry.get("examples", 30)))
    (project / "verify.json").write_text(json.dumps(report, indent=1), "utf-8")
    if "values" not in report:
        raise SystemExit(f"{name}: not verified: {json.dumps(report)[:MOST]}")
    refused = [each for each in generated["diagnostics"] if each["code"] == "python-type"]
    return Result(
        requirement=entry["requirement"],
        types=len(definitions),
        refused=dict(Counter(each["message"].partition("; ")[0] for each in refused)),
        lines=len(module.read_text("utf-8").splitlines()),
        loads=round(
            _seconds(python, project, IMPORT_OF_MODULE) / _seconds(python, project, original), 2
        ),
        mypy=_mypy(python, module),
        pyright=_pyright(python, module),
        values=report["values"],
        disagreements=[*map(_disagreement, report["disagreements"])],
    )


def _disagreement(found: Mapping[str, Any]) -> dict[str, str]:
    return {
        "at": f"{found['model']}{found['pointer']}",
        "value": json.dumps(found["value"]),
        "cause": found["cause"],
    }


def _write_project(project: Path, name: str, entry: Mapping[str, Any]) -> None:
    keys = {key: value for key, value in entry.items() if key not in OF_THE_TABLE}
    keys.setdefault("accepts", keys["emits"])
    lines = [f"[contracts.{name}]", 'targets.python = { output = "contract.py" }']
    lines += [f"{key} = {toml(value)}" for key, value in keys.items()]
    (project / "samewire.toml").write_text("\n".join(lines) + "\n", "utf-8")


def _sources(definitions: Mapping[str, Any]) -> Iterator[str]:
    for each in definitions.values():
        if source := each.get("x-samewire-source"):
            yield source


def _seconds(python: Path, project: Path, code: str) -> float:
    command = [str(python), "-c", TIMED.format(code=code)]
    found = []
    for _ in range(IMPORTS + 1):
        done = subprocess.run(command, cwd=project, check=True, capture_output=True, text=True)
        found.append(float(done.stdout.splitlines()[-1]))
    return median(found[1:])  # the first compiles


def _mypy(python: Path, module: Path) -> int:
    options = ["--strict", "--config-file=", "--no-error-summary", f"--python-executable={python}"]
    command = [sys.executable, "-m", "mypy", *options, module.name]
    done = subprocess.run(command, cwd=module.parent, capture_output=True, text=True, check=False)
    errors = [line for line in done.stdout.splitlines() if ": error: " in line]
    if errors or done.returncode:
        print((done.stdout + done.stderr)[:MOST], flush=True)
    if done.returncode and not errors:
        raise SystemExit("mypy failed")
    return len(errors)


def _pyright(python: Path, module: Path) -> int:
    pyright = ROOT / "node_modules" / "pyright" / "index.js"
    command = [str(node()), str(pyright), f"--pythonpath={python}", "--outputjson", module.name]
    done = subprocess.run(command, cwd=module.parent, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    found = report["generalDiagnostics"]
    if found:
        print(
            "\n".join(f"{each['range']['start']['line'] + 1}: {each['message']}" for each in found)[
                :MOST
            ]
        )
    return len(found)


# --- The table --------------------------------------------------------------------------------------------------------


def section(record: Mapping[str, Any]) -> Iterator[str]:
    """The lines between the marks."""
    types, values = (sum(each[key] for each in record.values()) for key in ("types", "values"))
    wrong = [one for each in record.values() for one in each["disagreements"]]
    found = f"{len(wrong) or 'no'} disagreement{'s' * (len(wrong) != 1)}"
    yield f"{len(record)} packages from PyPI that others wrote, {types:,} types, in both directions where a package has them."
    yield f"`verify` ran {values:,} values through the originals and the generated modules, and found {found}."
    yield "`make packages` makes this table; `scripts/real_packages.toml` has the configuration of each package."
    yield ""
    yield "*Refused* counts types and fields that have no form in Python alone. *Import* is the time that the module takes, as a"
    yield "part of what the modules of its originals take; Pydantic is imported before either. Both directions are up to twice"
    yield "as many types as a package has classes. mypy runs with `--strict`."
    yield ""
    yield "| package | types | refused | lines | import | errors of mypy | of pyright | values | disagreements |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    yield from (_row(each) for each in record.values())
    if wrong:
        yield ""
        yield "| disagreement at | value | cause |"
        yield "|---|---|---|"
        yield from (table_row(f"`{one['at']}`", f"`{one['value']}`", one["cause"]) for one in wrong)
    causes: Counter[str] = Counter()
    for each in record.values():
        causes.update(each["refused"])
    if causes:
        yield ""
        yield "| refused, by cause | types and fields |"
        yield "|---|---:|"
        yield from (table_row(cause, str(count)) for cause, count in causes.most_common())


def _row(result: Mapping[str, Any]) -> str:
    return table_row(
        f"`{result['requirement']}`",
        f"{result['types']:,}",
        str(sum(result["refused"].values())),
        f"{result['lines']:,}",
        f"{result['loads']:.2f}",
        str(result["mypy"]),
        str(result["pyright"]),
        f"{result['values']:,}",
        str(len(result["disagreements"])),
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
