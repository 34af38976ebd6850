"""
How long one chunk of the UI message stream takes to validate: by hand, with a guard, with zod and with valibot.

All run in one Node process, round by round, over chunks that ``JSON.parse`` made; the figures are ratios to a strict check by hand.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import table
from samewire import ir
from samewire.lower import lower
from samewire.schema import load
from samewire.targets.guards.render import render_contract as render_guards
from samewire.targets.typescript.options import TypeScriptOptions
from samewire.targets.valibot.render import ValibotOptions
from samewire.targets.valibot.render import render_contract as render_valibot
from samewire.targets.zod.options import ZodOptions
from samewire.targets.zod.render import render_contract as render_zod

_ROOT = Path(__file__).parents[1]
_SCRIPT = Path(__file__).with_suffix(".mjs")


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "node_modules").symlink_to(_ROOT / "node_modules", target_is_directory=True)
        (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        script = folder / _SCRIPT.name
        script.write_text(_SCRIPT.read_text(encoding="utf-8"), encoding="utf-8")
        _write(_contract(), folder)
        node = str(Path(sys.executable).with_name("node"))
        command = [node, str(script), str(folder / "zod"), str(folder / "valibot")]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    results: dict[str, dict[str, float]] = json.loads(done.stdout)
    kinds = tuple(results)
    rows = [
        (name, *(f"{results[kind][name] / results[kind]['by hand']:.1f}" for kind in kinds))
        for name in results[kinds[0]]
    ]
    table("Validating one chunk; a strict check by hand takes 1.0", rows, ("", *kinds))


def _contract() -> ir.Contract:
    file = _ROOT / "schema" / "ui-stream.json"
    return lower(load(file.read_text(encoding="utf-8"), file.name), where=file.name)


def _write(contract: ir.Contract, folder: Path) -> None:
    written = {
        "zod": {
            **render_guards(contract, TypeScriptOptions(import_extension=".ts")),
            **render_zod(contract, ZodOptions(import_extension=".ts", zod_version=(4, 6))),
        },
        "valibot": render_valibot(
            contract,
            ValibotOptions(import_extension=".ts", without=frozenset({"ui-stream"})),
        ),
    }
    for target, files in written.items():
        for name, text in files.items():
            path = folder / target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
