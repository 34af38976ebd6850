"""Every code that a diagnostic can have is documented, nothing else is, and the examples do what the documentation says."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import samewire
from samewire import jsonschema
from samewire.config import load
from samewire.errors import ConfigError, SchemaError
from samewire.export import export_contract
from samewire.jsonschema.source import Source, read

from tests.unit.export.support import root

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
    "Remark": 0,
    "file_text": 1,
    "UnrepresentableError": 0,
    "InexpressibleError": 0,
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


@pytest.fixture(scope="session")
def entries(repo_root: Path) -> dict[str, str]:
    """What the documentation says of each code."""
    text = (repo_root / "docs" / "errors.md").read_text(encoding="utf-8")
    _, *parts = re.split(r"^### ", text, flags=re.MULTILINE)
    found: dict[str, str] = {}
    for part in parts:
        heading, _, body = part.partition("\n")
        code = heading.strip("`")
        assert code not in found, f"{code} is explained twice"
        found[code] = re.split(r"^## ", body, flags=re.MULTILINE)[0]
    return found


def example(entry: str, language: str) -> str | None:
    found = re.search(rf"^```{language}\n(.*?)^```", entry, re.DOTALL | re.MULTILINE)
    return None if found is None else found[1]


def test_the_documentation_lists_the_codes_there_are(entries: dict[str, str]) -> None:
    package = Path(samewire.__file__).parent
    sources = {file: ast.parse(file.read_bytes()) for file in package.rglob("*.py")}
    used = {code for tree in sources.values() for code in codes_in(tree)}
    assert sorted(used - entries.keys()) == [], "explain these codes in docs/errors.md"
    assert sorted(entries.keys() - used) == [], "nothing has these codes any more"


def test_an_entry_says_why_what_to_do_and_shows_an_example(entries: dict[str, str]) -> None:
    for code, entry in entries.items():
        what, why, fix, *_ = entry.strip().split("\n\n")
        assert what, code
        assert why.startswith("**Why.** "), code
        assert fix.startswith("**Fix.** "), code
        assert entry.count("```") == 2, code


CONFIGURATION = (
    *("config-syntax", "config-unknown-key", "config-type", "config-value"),
    *("config-no-contract", "config-path", "config-zod-version"),
)


@pytest.mark.parametrize("code", CONFIGURATION)
def test_the_configuration_shown_is_refused_with_the_code(
    entries: dict[str, str], code: str, tmp_path: Path
) -> None:
    file = tmp_path / "samewire.toml"
    shown = example(entries[code], "toml") or example(entries[code], "text") or ""
    file.write_text(shown, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load(file)
    assert [one.code for one in raised.value.diagnostics] == [code]


MODELS = (
    *("opaque-serializer", "opaque-validator", "no-json-form", "lazy-items", "not-json", "pattern"),
    *("tuple-suffix", "dict-key", "alias-path", "duplicate-key", "invalid-default"),
    *("unusable-type", "invalid-name", "name-clash", "risky-pattern", "wide-serializer"),
)


@pytest.mark.parametrize("code", MODELS)
def test_the_models_shown_are_refused_with_the_code(
    entries: dict[str, str], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = ModuleType("shown")
    monkeypatch.setitem(sys.modules, "shown", module)
    exec(example(entries[code], "python") or "", vars(module))  # of the documentation
    roots = [root(module.Root)]
    made = export_contract("test", roots, roots)
    assert [one.code for one in (*made.diagnostics, *made.warnings)] == [code]


DOCUMENTS = (
    *("invalid-json", "invalid-schema", "invalid-keyword", "invalid-pattern", "unknown-keyword"),
    *("unsupported-keyword", "no-exact-form", "closed-all-of", "discriminator-mapping"),
    *("missing-ref", "remote-ref", "cyclic-ref", "invalid-order", "duplicate-definition"),
    *("source-empty", "unsupported-dialect"),
)


@pytest.mark.parametrize("code", DOCUMENTS)
def test_the_documents_shown_are_refused_with_the_code(
    entries: dict[str, str], code: str, tmp_path: Path
) -> None:
    file = tmp_path / "source.json"
    file.write_text(example(entries[code], "json") or "", encoding="utf-8")
    with pytest.raises(SchemaError) as raised:
        jsonschema.lower(read(Source(file, "source.json"), "test"), where="source.json")
    assert {one.code for one in raised.value.diagnostics} == {code}
