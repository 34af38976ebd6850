"""Every code that a diagnostic can have is documented, and nothing else is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import samewire

CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")

# The functions and methods that take a code, and at which argument.
TAKERS = {
    "Diagnostic": 0,
    "refuse": 0,
    "refused": 0,
    "add": 0,
    "fail": 0,
    "mistake": 0,
    "_failed": 0,
    "problem": 0,
    "Refusal": 1,
    "UnrepresentableError": 0,
}


def codes_in(tree: ast.Module) -> Iterator[str]:
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = (
            call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        )
        values = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
        if name in TAKERS and len(call.args) > max(TAKERS[name], 1):
            values.append(call.args[TAKERS[name]])
        for value in values:
            if (
                isinstance(value, ast.Constant)
                and isinstance(value.value, str)
                and CODE.fullmatch(value.value)
            ):
                yield value.value


def test_the_documentation_lists_the_codes_there_are(repo_root: Path) -> None:
    package = Path(samewire.__file__).parent
    sources = {file: ast.parse(file.read_bytes()) for file in package.rglob("*.py")}
    used = {code for tree in sources.values() for code in codes_in(tree)}
    lines = (repo_root / "docs" / "errors.md").read_text(encoding="utf-8").splitlines()
    cells = [line.split("|")[1] for line in lines if line.startswith("| `")]
    documented = [code for cell in cells for code in re.findall(r"`([^`]+)`", cell)]
    assert len(documented) == len(set(documented)), "a code is explained twice"
    assert sorted(used - set(documented)) == [], "explain these codes in docs/errors.md"
    assert sorted(set(documented) - used) == [], "nothing has these codes any more"
