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
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "scripts" / "real_packages.toml"
WORK = ROOT / ".real-packages"
PAGE = ROOT / "docs" / "real-packages.md"
OF_THE_TABLE = ("requirement", "style", "examples")
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
    python = _environment(name, entry["requirement"])
    project = WORK / name
    project.mkdir(exist_ok=True)
    _write_project(project, name, entry)
    for folder in ("generated", "schema"):
        shutil.rmtree(project / folder, ignore_errors=True)
    started = time.monotonic()
    generated = _samewire(python, project, "generate")
    seconds = time.monotonic() - started
    schema = project / "schema" / f"{name}.json"
    definitions = json.loads(schema.read_text("utf-8"))["$defs"] if schema.exists() else {}
    tsc = [str(_node()), str(ROOT / "node_modules/typescript/bin/tsc"), "-p", "."]
    compiled = subprocess.run(tsc, cwd=project, check=False, stdout=subprocess.DEVNULL)
    examples = str(entry.get("examples", 30))
    return Result(
        package=entry["requirement"],
        types=len(definitions),
        unknown=sum(1 for each in definitions.values() if _is_unknown(each)),
        refusals=generated.get("diagnostics", []),
        compiled=bool(definitions) and compiled.returncode == 0,
        verified=_samewire(python, project, "verify", "--examples", examples)
        if definitions
        else generated,
        seconds=round(seconds, 1),
    )


def _environment(name: str, requirement: str) -> Path:
    folder = WORK / "environments" / name
    python = folder / "bin" / "python"
    stamp = folder / requirement.replace("/", "_")
    if not stamp.exists():
        venv.create(folder, with_pip=True, clear=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, requirement, f"{ROOT}[verify,email]"], check=True)
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
    lines += [f"{key} = {_toml(value)}" for key, value in keys.items()]
    (project / "samewire.toml").write_text("\n".join(lines) + "\n", "utf-8")
    (project / "tsconfig.json").write_text(json.dumps(TSCONFIG), "utf-8")
    (project / "package.json").write_text('{"type": "module"}', "utf-8")
    modules = project / "node_modules"
    if not modules.exists():
        modules.symlink_to(ROOT / "node_modules")


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{key}" = {_toml(each)}' for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value)


def _samewire(python: Path, project: Path, *arguments: str) -> dict[str, Any]:
    path = f"{_node().parent}{os.pathsep}{os.environ['PATH']}"
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


def _node() -> Path:
    return Path(sys.executable).with_name("node")


def _is_unknown(definition: Any) -> bool:
    """Whether a type says nothing at all."""
    said = {key for key in definition if not key.startswith(("x-samewire", "title", "desc"))}
    return not said


# --- The page ---------------------------------------------------------------------------------------------------------


def _page(table: Mapping[str, Any], results: Mapping[str, Any]) -> Iterator[str]:
    types = sum(each["types"] for each in results.values())
    yield "# Real packages"
    yield ""
    yield f"Samewire on {len(results)} packages from PyPI that others wrote, {types:,} types together. Each is generated,"
    yield "compiled by TypeScript 7 under the strictest flags together with the proof that types and validators agree, and"
    yield "verified: values go through Pydantic and the generated zod in both directions. `make packages` makes this page"
    yield "anew; the configuration of each package is in `scripts/real_packages.toml`."
    yield ""
    yield "| package | style | types | refused | compiles | values checked | disagreements |"
    yield "|---|---|---:|---:|---|---:|---:|"
    for name, result in results.items():
        yield _row(name, table[name], result)
    yield ""
    yield "## What was refused, and why"
    yield ""
    yield "A refusal names a type or a field that has no exact form; everything else is generated. [Errors](errors.md)"
    yield "says what each code means and what to do."
    yield ""
    yield "| package | code | places | for example |"
    yield "|---|---|---:|---|"
    for result in results.values():
        yield from _refusals(result)


def _row(name: str, entry: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    verified = result["verified"]
    cells = [
        f"`{entry['requirement']}`" if entry else name,
        entry["style"],
        f"{result['types']:,}",
        str(len(result["refusals"])),
        "yes" if result["compiled"] else "**no**",
        f"{verified['values']:,}" if "values" in verified else "**not verified**",
        str(len(verified["disagreements"])) if "disagreements" in verified else "",
    ]
    return "| " + " | ".join(cells) + " |"


def _refusals(result: Mapping[str, Any]) -> Iterator[str]:
    by_code: dict[str, list[dict[str, Any]]] = {}
    for each in result["refusals"]:
        by_code.setdefault(each["code"], []).append(each)
    counts = Counter({code: len(found) for code, found in by_code.items()})
    for code, count in counts.most_common():
        first = by_code[code][0]
        message = first["message"].split(";")[0].replace("|", "\\|").replace("\n", " ")
        place = first["where"].replace("|", "\\|")
        shown = message if len(message) <= 160 else f"{message[:157]}..."
        yield f"| `{result['package']}` | `{code}` | {count} | `{place}`: {shown} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
