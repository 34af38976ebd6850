"""
How long one chunk of the UI message stream takes to validate: by hand, with a guard, with zod and with valibot; and what validation
adds to reading a stream.

All run in one Node process, round by round, over chunks that ``JSON.parse`` made; the figures are ratios to a strict check by hand.
"Plain zod" is what one would write by hand with zod: the same schemas without what Samewire wraps them in.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from measure import table
from samewire import ir
from samewire.lower import lower
from samewire.render import templates
from samewire.schema import load
from samewire.targets.guards.render import render_contract as render_guards
from samewire.targets.typescript.options import TypeScriptOptions
from samewire.targets.valibot.render import ValibotOptions
from samewire.targets.valibot.render import render_contract as render_valibot
from samewire.targets.zod.options import ZodOptions
from samewire.targets.zod.render import render_contract as render_zod

_ROOT = Path(__file__).parents[1]
_SCRIPT = Path(__file__).with_suffix(".mjs")
_UNWRAPPED = """\
export const ownObject = <T>(schema: T): T => schema;
export const ownRecord = <T>(schema: T): T => schema;
export const keepAll = <T>(schema: T): T => schema;
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "node_modules").symlink_to(_ROOT / "node_modules", target_is_directory=True)
        (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        script = folder / _SCRIPT.name
        script.write_text(_SCRIPT.read_text(encoding="utf-8"), encoding="utf-8")
        _write(_contract(), folder)
        node = str(Path(sys.executable).with_name("node"))
        command = [node, str(script), str(folder), str(templates("typescript") / "runtime")]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    results: dict[str, Any] = json.loads(done.stdout)
    versions = ", ".join(f"{name} {version}" for name, version in results["versions"].items())
    _print(f"Validating one chunk ({versions}); by hand is 1.0", results["chunks"], "by hand")
    title = f"Reading a response to chunks ({versions}); without validation is 1.00"
    _print(title, results["streams"], "without validation", digits=2)


def _print(title: str, results: dict[str, dict[str, float]], base: str, digits: int = 1) -> None:
    kinds = tuple(results)
    rows = [
        (name, *(f"{results[kind][name] / results[kind][base]:.{digits}f}" for kind in kinds))
        for name in results[kinds[0]]
    ]
    table(title, rows, ("", *kinds))


def _contract() -> ir.Contract:
    file = _ROOT / "schema" / "ui-stream.json"
    return lower(load(file.read_text(encoding="utf-8"), file.name), where=file.name)


def _write(contract: ir.Contract, folder: Path) -> None:
    zod = ZodOptions(import_extension=".ts", zod_version=(4, 6))
    beside = frozenset({"zod", "guards"})
    alone = render_zod(contract, zod)
    mini = replace(zod, zod_import="zod/mini")
    guards = render_guards(contract, TypeScriptOptions(import_extension=".ts", beside=beside))
    valibot = ValibotOptions(import_extension=".ts", without=frozenset({"ui-stream"}))
    written = {
        "alone": alone,
        "plain": {**alone, "runtime/zod.ts": _UNWRAPPED},
        "guarded": {**guards, **render_zod(contract, replace(zod, beside=beside))},
        "mini": {**guards, **render_zod(contract, replace(mini, beside=beside))},
        "plain-mini": {**render_zod(contract, mini), "runtime/zod.ts": _UNWRAPPED},
        "valibot": render_valibot(contract, valibot),
    }
    for target, files in written.items():
        for name, text in files.items():
            path = folder / target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
