"""
What ``tsc --strict`` pays for the generated code of 100 and 1,000 models, with TypeScript 7 and 5.9, beside three others: the
same with ``schema-types = "open"``, the types alone, and the same schemas as many write them by hand, each exported as it is
inferred, with its type by ``z.infer``.

All are checked together with a file that reads a property of every model.
"""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import in_turn, table
from synthetic import write_project

_ROOT = Path(__file__).parents[1]
_COMPILERS = {"7": "typescript", "5.9": "typescript5"}
_SOURCES = {
    "ours": "out/index",
    "open types": "open/index",
    "types alone": "out/types",
    "z.infer": "out/inferred",
}
_OPEN = """
[contracts.open]
emits = ["models"]
accepts = ["models"]
output = "open"
schema-types = "open"
"""


def main(*counts: int) -> None:
    modules = _node_modules()
    node = str(Path(sys.executable).with_name("node"))
    for count in counts:
        with tempfile.TemporaryDirectory() as temporary:
            project = Path(temporary)
            _prepare(project, count, modules)
            commands = {
                f"{version} {variant}": [
                    node,
                    str(modules / package / "bin" / "tsc"),
                    "-p",
                    variant,
                    "--extendedDiagnostics",
                ]
                for version, package in _COMPILERS.items()
                for variant in _SOURCES
            }
            used = in_turn(commands, cwd=project, rounds=3)
        times = {
            name: statistics.median(one.processor for one in all_) for name, all_ in used.items()
        }
        made = {name: _instantiations(all_[0].output) for name, all_ in used.items()}
        _report(count, times, made)


def _report(count: int, times: dict[str, float], made: dict[str, str]) -> None:
    rows = [
        (
            version,
            variant,
            f"{times[name]:.2f}",
            f"{times[f'{version} ours'] / times[name]:.2f}",
            made[name],
        )
        for version in _COMPILERS
        for variant in _SOURCES
        for name in [f"{version} {variant}"]
    ]
    header = ("tsc", "what", "s", "ours / this", "instantiations")
    table(f"Type check of {count:,} models", rows, header)


def _instantiations(diagnostics: str) -> str:
    found = re.search(r"Instantiations:\s*(\d+)", diagnostics)
    return f"{int(found[1]):,}" if found else "?"


# --- The project ------------------------------------------------------------------------------------------------------


def _prepare(project: Path, count: int, modules: Path) -> None:
    """A folder a variant, each with the file that uses the models and its ``tsconfig.json``."""
    write_project(project, count)
    with (project / "samewire.toml").open("a", encoding="utf-8") as file:
        file.write(_OPEN)
    subprocess.run([sys.executable, "-m", "samewire", "-q", "generate"], cwd=project, check=True)
    (project / "node_modules").symlink_to(modules)
    schemas = (project / "out" / "schemas.ts").read_text("utf-8")
    names = re.findall(r"^export const (\w+)Schema = ", schemas, re.MULTILINE)
    (project / "out" / "inferred.ts").write_text(_inferred(schemas, names), "utf-8")
    models = [name for name in names if name.startswith("Model")]
    for variant, source in _SOURCES.items():
        folder = project / variant
        folder.mkdir()
        (folder / "use.ts").write_text(_use(models, source), "utf-8")
        config = {"compilerOptions": _options(), "files": ["use.ts", f"../{source}.ts"]}
        (folder / "tsconfig.json").write_text(json.dumps(config), "utf-8")


def _use(models: list[str], source: str) -> str:
    return f'import type * as t from "../{source}.js";\n' + "".join(
        f"export const read{name} = (value: t.{name}): string => value.id;\n" for name in models
    )


def _inferred(schemas: str, names: list[str]) -> str:
    """The schemas as they would be written by hand: exported as they are, and each type inferred from its schema."""
    text = re.sub(r"\nexport const \w+Schema = [^;]*;", "", schemas)
    text = re.sub(r"\ntype Schema<.*?\nfunction schema\(.*?\n}\n", "\n", text, flags=re.DOTALL)
    text = re.sub(r"\bz\.(\w+)<(?:z\.core|ReadonlyArray)\b[^(]*>\(", r"z.\1(", text)
    made = r"^function make\w+\(\) {\n  return (.*?);\n}\nconst (\w+) = [^\n]*;$"
    text = re.sub(made, r"export const \2 = \1;", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"get (\w+)\(\):[^{]*{", r"get \1() {", text)
    text = re.sub(r"\b(\w+)Schema\b", r"\1", text)
    return text + "".join(f"export type {name} = z.infer<typeof {name}>;\n" for name in names)


def _node_modules() -> Path:
    found = next(
        (path for path in _ROOT.glob("**/node_modules") if (path / "typescript5").exists()), None
    )
    if found is None:
        raise SystemExit("no node_modules: run `make node`")
    return found


def _options() -> dict[str, object]:
    return {
        "strict": True,
        "noEmit": True,
        "module": "nodenext",
        "target": "es2023",
        "skipLibCheck": True,
        "exactOptionalPropertyTypes": True,
        "noUncheckedIndexedAccess": True,
    }


if __name__ == "__main__":
    main(*map(int, sys.argv[1:] or ("100", "1000")))
