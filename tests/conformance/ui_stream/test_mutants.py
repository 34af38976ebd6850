"""Chunks with a few changes: guard, zod, zod/mini, jitless and withParser say the same of each. ``make mutants`` tries a million."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

from samewire.lower import lower
from samewire.schema import load
from samewire.targets.guards.render import render_contract as render_guards
from samewire.targets.typescript.options import TypeScriptOptions
from samewire.targets.zod.options import ZodOptions
from samewire.targets.zod.render import render_contract as render_zod

from .samples import samples

SCRIPT = Path(__file__).with_name("mutants.mjs")
AGREEMENT = Path(__file__).parents[1] / "features" / "agreement.mjs"
SCHEMA = Path(__file__).parents[3] / "schema" / "ui-stream.json"
BESIDE = frozenset({"zod", "guards"})
COUNT = int(os.environ.get("SAMEWIRE_MUTANTS", "20000"))


def test_all_say_the_same_of_mutants(tmp_path: Path, node: Path, node_modules: Path) -> None:
    _generate(tmp_path, node_modules)
    chunks = [
        each.chunk.model_dump(mode="json", by_alias=True, exclude_none=True) for each in samples()
    ]
    done = subprocess.run(
        [str(node), "--no-warnings", str(SCRIPT), str(tmp_path), str(COUNT), "20"],
        input=json.dumps(chunks),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["disagreements"] == []
    assert result["tried"] == COUNT
    # Both verdicts are common.
    assert COUNT / 10 < result["accepted"] < COUNT * 9 / 10


def _generate(folder: Path, node_modules: Path) -> None:
    contract = lower(load(SCHEMA.read_text("utf-8"), SCHEMA.name), where=SCHEMA.name)
    zod = ZodOptions(import_extension=".ts", zod_version=(4, 6), beside=BESIDE)
    guards = render_guards(contract, TypeScriptOptions(import_extension=".ts", beside=BESIDE))
    mini = replace(zod, zod_import="zod/mini")
    for name, options in {"zod": zod, "mini": mini}.items():
        for file, text in {**guards, **render_zod(contract, options)}.items():
            path = folder / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    (folder / "node_modules").symlink_to(node_modules, target_is_directory=True)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    shutil.copy(AGREEMENT, folder / AGREEMENT.name)
