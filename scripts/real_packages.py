"""
Samewire on packages that others wrote: generate, compile, verify, and the table of it in docs/real-packages.md.

``real_packages.py [NAME ...]`` runs those packages of ``real_packages.toml``, all by default, each in an environment of its own
below ``.real-packages/``, and writes the page anew from all results there are. Takes minutes a package, and the network.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
import venv
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "scripts" / "real_packages.toml"
WORK = ROOT / ".real-packages"
PAGE = ROOT / "docs" / "real-packages.md"
REASON = 200  # characters of a reason that are shown
PLACES = 5  # and of the places where it was found
OF_THE_TABLE = ("requirement", "style", "examples", "verify", "python")
TSCONFIG = {
    "compilerOptions": {
        "strict": True,
        "exactOptionalPropertyTypes": True,
        "noUncheckedIndexedAccess": True,
        "isolatedDeclarations": True,
        "declaration": True,
        "verbatimModuleSyntax": True,
        "erasableSyntaxOnly": True,
        "allowImportingTsExtensions": True,
        "skipLibCheck": True,
        "noEmit": True,
        "module": "nodenext",
        "target": "es2022",
        "types": [],
    },
    "include": ["generated"],
}


@dataclass(frozen=True, slots=True)
class Result:
    """
    What one package gave. ``refusals`` are diagnostics as ``samewire generate --format json`` prints them; ``compiled`` is whether
    tsc had nothing to say; ``verified`` is the report of ``samewire verify --format json``, or what it said instead.
    """

    package: str
    types: int
    unknown: int
    refusals: list[dict[str, Any]]
    compiled: bool
    verified: dict[str, Any]
    seconds: float


def main(names: list[str]) -> int:
    table = tomllib.loads(TABLE.read_text("utf-8"))
    WORK.mkdir(exist_ok=True)
    for name in names or list(table):
        print(f"{name} ...", flush=True)
        result = _run(name, table[name])
        text = json.dumps(asdict(result), indent=1)
        (WORK / f"{name}.json").write_text(text, "utf-8")
        print(f"  {_row(name, table[name], asdict(result))}", flush=True)
    results = {
        name: json.loads(file.read_text("utf-8"))
        for name in table
        if (file := WORK / f"{name}.json").exists()
    }
    PAGE.write_text("".join(f"{line}\n" for line in _page(table, results)), "utf-8")
    return 0


# --- One package ------------------------------------------------------------------------------------------------------


def _run(name: str, entry: Mapping[str, Any]) -> Result:
    python = environment(name, entry["requirement"])
    project = WORK / name
    project.mkdir(exist_ok=True)
    _write_project(project, name, entry)
    for folder in ("generated", "schema"):
        shutil.rmtree(project / folder, ignore_errors=True)
    started = time.monotonic()
    generated = samewire(python, project, "generate")
    seconds = time.monotonic() - started
    schema = project / "schema" / f"{name}.json"
    definitions = json.loads(schema.read_text("utf-8"))["$defs"] if schema.exists() else {}
    tsc = [str(node()), str(ROOT / "node_modules/typescript/bin/tsc"), "-p", "."]
    compiled = subprocess.run(tsc, cwd=project, check=False, stdout=subprocess.DEVNULL)
    examples = str(entry.get("examples", 30))
    return Result(
        package=entry["requirement"],
        types=len(definitions),
        unknown=sum(1 for each in definitions.values() if _is_unknown(each)),
        refusals=generated.get("diagnostics", []),
        compiled=bool(definitions) and compiled.returncode == 0,
        verified=samewire(python, project, "verify", "--examples", examples)
        if definitions and entry.get("verify", True)
        else generated,
        seconds=round(seconds, 1),
    )


def environment(name: str, requirement: str) -> Path:
    folder = WORK / "environments" / name
    python = folder / "bin" / "python"
    stamp = folder / requirement.replace("/", "_")
    if not stamp.exists():
        venv.create(folder, with_pip=True, clear=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, requirement, f"{ROOT}[verify,email,python]"], check=True)
        stamp.touch()
    subprocess.run(
        [
            str(python),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--force-reinstall",
            str(ROOT),
        ],
        check=True,
    )
    return python


def _write_project(project: Path, name: str, entry: Mapping[str, Any]) -> None:
    keys = {key: value for key, value in entry.items() if key not in OF_THE_TABLE}
    lines = [f"[contracts.{name}]", 'imports = ".ts"', "type-tests = true"]
    lines += [f"{key} = {toml(value)}" for key, value in keys.items()]
    (project / "samewire.toml").write_text("\n".join(lines) + "\n", "utf-8")
    (project / "tsconfig.json").write_text(json.dumps(TSCONFIG), "utf-8")
    (project / "package.json").write_text('{"type": "module"}', "utf-8")
    modules = project / "node_modules"
    if not modules.exists():
        modules.symlink_to(ROOT / "node_modules")


def toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{key}" = {toml(each)}' for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value)


def samewire(python: Path, project: Path, *arguments: str) -> dict[str, Any]:
    path = f"{node().parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [str(python), "-m", "samewire", *arguments, "--format", "json"],
        cwd=project,
        env={**os.environ, "PATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError:
        return {"crash": done.stderr[-2000:], "code": done.returncode}
    return answer


def node() -> Path:
    return Path(sys.executable).with_name("node")


def _is_unknown(definition: Any) -> bool:
    """Whether a type says nothing at all."""
    said = {key for key in definition if not key.startswith(("x-samewire", "title", "desc"))}
    return not said


# --- The page ---------------------------------------------------------------------------------------------------------


def _page(table: Mapping[str, Any], results: Mapping[str, Any]) -> Iterator[str]:
    verified = {name: each for name, each in results.items() if "values" in each["verified"]}
    others = {name: each for name, each in results.items() if name not in verified}
    types = sum(each["types"] for each in verified.values())
    values = sum(each["verified"]["values"] for each in verified.values())
    disagreements = sum(len(each["verified"]["disagreements"]) for each in verified.values())
    yield "# Real packages"
    yield ""
    yield f"Samewire on {len(verified)} packages from PyPI that others wrote, {types:,} types together: generated, compiled by"
    yield "TypeScript 7 under the strictest flags together with the proof that types and validators agree, and verified. In all,"
    found = f"{disagreements or 'no'} disagreement{'s' * (disagreements != 1)}"
    yield f"{values:,} values went through Pydantic and the generated zod; this found {found}."
    yield "`make packages` makes this page anew; the configuration of each package is in `scripts/real_packages.toml`."
    yield ""
    yield "Types are the definitions of the contract. What is refused has no type, and is listed below. A type is `unknown` if it"
    yield "takes any value. A type is not tried by itself if no instance of it could be made up, or none that its own validators"
    yield "let through; or if it takes on the settings of the model around it: it is tried there."
    yield ""
    yield "| package | style | types | `unknown` | refused | compiles | tried by themselves | values | disagreements |"
    yield "|---|---|---:|---:|---:|---|---:|---:|---:|"
    for name, result in verified.items():
        yield _row(name, table[name], result)
    if disagreements:
        yield ""
        yield "| package | disagreement at | value | zod |"
        yield "|---|---|---|---|"
    for result in verified.values():
        for each in result["verified"]["disagreements"]:
            place, value = f"{each['model']}{each['pointer']}", json.dumps(each["value"])
            yield table_row(f"`{result['package']}`", f"`{place}`", f"`{value}`", each["schema"])
    if others:
        yield ""
        yield "## Generated and compiled, not verified"
        yield ""
        yield "| package | style | types | `unknown` | refused | compiles |"
        yield "|---|---|---:|---:|---:|---|"
        for name, result in others.items():
            yield _row(name, table[name], result)
    yield ""
    yield "## What was refused, and why"
    yield ""
    yield "A refusal names a type or a field that has no exact form, and what is left out with it; everything else is generated."
    yield "[Errors](errors.md) says what each code means and what to do."
    yield ""
    yield "| package | code | reason | places |"
    yield "|---|---|---|---|"
    for result in results.values():
        yield from _refusals(result)


def _row(name: str, entry: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    verified = result["verified"]
    cells = [
        f"`{entry['requirement']}`" if entry else name,
        entry["style"],
        f"{result['types']:,}",
        str(result["unknown"]),
        str(len(result["refusals"])),
        "yes" if result["compiled"] else "**no**",
    ]
    if "values" in verified:
        cells += [
            f"{verified['models'] - len(verified['uninstantiated']):,}",
            f"{verified['values']:,}",
            str(len(verified["disagreements"])),
        ]
    return table_row(*cells)


def _refusals(result: Mapping[str, Any]) -> Iterator[str]:
    """A row for each reason, with the places that have it."""
    places: dict[tuple[str, str], list[str]] = {}
    for each in result["refusals"]:
        reason = each["message"].partition("; left out with it")[0]
        places.setdefault((each["code"], reason), []).append(each["where"])
    for (code, reason), found in sorted(places.items()):
        shown = reason if len(reason) <= REASON else f"{reason[: REASON - 3]}..."
        first = [f"`{place}`" for place in sorted(found)[:PLACES]]
        more = [f"and {len(found) - PLACES:,} more"] if len(found) > PLACES else []
        listed = "<br>".join([*first, *more])
        yield table_row(f"`{result['package']}`", f"`{code}`", shown, listed)


def table_row(*cells: str) -> str:
    escaped = (cell.replace("|", "\\|").replace("\n", " ") for cell in cells)
    return f"| {' | '.join(escaped)} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
