"""
Every required test of the JSON-Schema-Test-Suite, draft 2020-12, through the generated schemas and guards.

No verdict may be wrong. What is refused instead is committed, group by group: the list may only change on purpose.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from samewire.targets.guards.render import render_contract as render_guards
from samewire.targets.typescript.options import TypeScriptOptions
from samewire.targets.valibot import render as valibot
from samewire.targets.valibot.render import ValibotOptions
from samewire.targets.zod import render as zod
from samewire.targets.zod.options import ZodOptions

from tests.conformance.json_schema.suite import Group, Render, generate, groups

HERE = Path(__file__).parent / "json_schema"
REFUSED = HERE / "refused.json"
SUITE = Path(sys.prefix) / "share" / "json-schema-test-suite"

ZOD = {
    "zod": ZodOptions(import_extension=".ts"),
    "zod40": ZodOptions(zod_import="zod40", zod_version=(4, 0), import_extension=".ts"),
    "zod-mini": ZodOptions(zod_import="zod/mini", import_extension=".ts"),
}
VALIBOT = {
    "valibot": ValibotOptions(import_extension=".ts"),
    "valibot10": ValibotOptions(valibot_import="valibot10", import_extension=".ts"),
}
FLAVOURS: dict[str, Render] = {
    **{name: partial(zod.render_contract, options=options) for name, options in ZOD.items()},
    **{
        name: partial(valibot.render_contract, options=options) for name, options in VALIBOT.items()
    },
    "guards": partial(render_guards, options=TypeScriptOptions(import_extension=".ts")),
}

KNOWN = {"multipleOf: float division = inf"}
"""
What differs, and must go on to differ until it is taken off this list. Integers beyond 2 ** 53 have lost digits before zod sees
them, so whether they are a multiple isn't judged.
"""


@pytest.fixture(scope="module")
def suite() -> list[Group]:
    if not SUITE.exists():
        pytest.skip("the JSON-Schema-Test-Suite isn't here: run `make suite`")
    found = list(groups(SUITE))
    assert len(found) > 300
    return found


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_no_verdict_is_wrong(
    suite: list[Group], flavour: str, tmp_path: Path, node: Path, node_modules: Path
) -> None:
    (tmp_path / "node_modules").symlink_to(node_modules)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    refused: dict[str, str] = {}
    asked: list[tuple[Group, str]] = []
    for index, group in enumerate(suite):
        folder = tmp_path / str(index)
        if codes := generate(group, folder, FLAVOURS[flavour]):
            refused[group.name] = codes
        else:
            values = [json.dumps(data) for _, data, _ in group.values]
            file = str(folder / ("guards.ts" if flavour == "guards" else "schemas.ts"))
            asked.append((group, json.dumps({"file": file, "values": values})))
    answers = _ask(node, [line for _, line in asked])
    wrong = [
        (group.name, f"{what} is {'valid' if valid else 'invalid'}: {json.dumps(data)}")
        for (group, _), verdicts in zip(asked, answers, strict=True)
        for (what, data, valid), said in zip(group.values, verdicts, strict=True)
        if said != valid
    ]
    _compare(refused)
    assert {group for group, _ in wrong} == KNOWN, wrong


def _ask(node: Path, lines: list[str]) -> list[list[bool]]:
    command = [str(node), str(HERE / "verdicts.mjs")]
    done = subprocess.run(
        command, input="\n".join(lines), capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def _compare(refused: dict[str, str]) -> None:
    text = json.dumps(refused, indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("SAMEWIRE_UPDATE_GOLDEN"):
        REFUSED.write_text(text, "utf-8")
    assert text == REFUSED.read_text("utf-8")
