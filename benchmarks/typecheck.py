"""What ``tsc --strict`` pays for the generated code of 1,000 models, beside its types alone, with TypeScript 5.9 and 7."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import interleaved, table
from synthetic import write_project

_ROOT = Path(__file__).parents[1]
_COMPILERS = {"7": "typescript", "5.9": "typescript5"}


def main(count: int = 1000) -> None:
    modules = _node_modules()
    node = Path(sys.executable).with_name("node")
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        project = Path(temporary)
        write_project(project, count)
        subprocess.run(
            [sys.executable, "-m", "samewire", "-q", "generate"], cwd=project, check=True
        )
        (project / "node_modules").symlink_to(modules)
        commands = {}
        for version, package in _COMPILERS.items():
            compiler = modules / package / "bin" / "tsc"
            for part, files in {"types": ["out/types.ts"], "all": ["out/index.ts"]}.items():
                config = project / f"tsconfig.{version}.{part}.json"
                config.write_text(
                    json.dumps({"compilerOptions": _options(), "files": files}), encoding="utf-8"
                )
                commands[f"{version} {part}"] = [str(node), str(compiler), "-p", str(config)]
        times = interleaved(commands, cwd=project, rounds=3)
    for version in _COMPILERS:
        types, everything = times[f"{version} types"], times[f"{version} all"]
        rows.append((version, f"{everything:.2f}", f"{types:.2f}", f"{everything / types:.1f}"))
    table(
        f"Type check of {count} models",
        rows,
        ("tsc", "types and schemas s", "types alone s", "ratio"),
    )


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
    main()
