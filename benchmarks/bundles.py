"""
What a page pays for generated code: the bytes of its minified bundle with four bundlers, beside the same schema written by hand.

The pages are those of ``tests/bundles``, which hold the sizes to their limits.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from textwrap import dedent

from measure import table

_ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(_ROOT))

from tests.bundles.test_bundles import CONFIG, MODELS, PAGES  # noqa: E402  # beside the tests

_BUNDLERS = {"esbuild": "esbuild", "vite": "vite", "webpack": "webpack", "rspack": "@rspack/core"}
_NAMES = {
    "enum": "one enum",
    "guard": "one guard",
    "schema": "one schema, zod",
    "schema-by-hand": "the same by hand, zod",
    "mini": "one schema, zod/mini",
    "mini-by-hand": "the same by hand, zod/mini",
    "chunk-guard": "UI message stream, guard",
    "chunk": "UI message stream, zod/mini",
    "chunk-guarded": "UI message stream, zod/mini with guards",
}


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        project = Path(temporary)
        (project / "models.py").write_text(dedent(MODELS), encoding="utf-8")
        (project / "samewire.toml").write_text(dedent(CONFIG), encoding="utf-8")
        subprocess.run(
            [sys.executable, "-m", "samewire", "-q", "generate"], cwd=project, check=True
        )
        for name in _NAMES:
            (project / f"{name}.ts").write_text(PAGES[name], encoding="utf-8")
        (project / "node_modules").symlink_to(_ROOT / "node_modules", target_is_directory=True)
        sizes = {bundler: _sizes(bundler, project) for bundler in _BUNDLERS}
    rows = [
        (label, *(sizes[bundler][name] for bundler in _BUNDLERS)) for name, label in _NAMES.items()
    ]
    packages = ("zod", *_BUNDLERS.values())
    said = ", ".join(f"{package} {_version(package)}" for package in packages)
    table(f"Bundles ({said}), bytes minified / after gzip", rows, ("page", *_BUNDLERS))


def _sizes(bundler: str, project: Path) -> dict[str, str]:
    node = str(Path(sys.executable).with_name("node"))
    script = _ROOT / "tests" / "bundles" / "bundle.mjs"
    command = [node, str(script), bundler, str(project), *_NAMES]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    texts = {name: text.encode() for name, text in json.loads(done.stdout).items()}
    return {
        name: f"{len(text):,} / {len(gzip.compress(text, 9)):,}" for name, text in texts.items()
    }


def _version(package: str) -> str:
    text = (_ROOT / "node_modules" / package / "package.json").read_text("utf-8")
    return str(json.loads(text)["version"])


if __name__ == "__main__":
    main()
