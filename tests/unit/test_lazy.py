"""Packages that import a module when the first of its names is asked for."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGES = ("samewire.ui_stream", "samewire.streams")


def declared(package: str) -> Iterator[tuple[str, str]]:
    """The module and the name of each import that type checkers see."""
    source = Path(str(importlib.import_module(package).__file__)).read_text(encoding="utf-8")
    (block,) = (node for node in ast.parse(source).body if isinstance(node, ast.If))
    for node in block.body:
        assert isinstance(node, ast.ImportFrom)
        yield from ((str(node.module), alias.name) for alias in node.names)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_name_is_what_type_checkers_see(package: str) -> None:
    found = importlib.import_module(package)
    names = list(declared(package))
    assert sorted(found.__all__) == sorted(name for _, name in names) == sorted(dir(found))
    for module, name in names:
        found.__dict__.pop(name, None)
        assert getattr(found, name) is getattr(importlib.import_module(module), name), name
        assert name in vars(found), "is looked up once"


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_takes_the_place_of_a_name(package: str) -> None:
    found = importlib.import_module(package)
    assert {one.name for one in pkgutil.iter_modules(found.__path__)}.isdisjoint(found.__all__)


@pytest.mark.parametrize("package", PACKAGES)
def test_another_name_is_an_error_that_says_so(package: str) -> None:
    with pytest.raises(AttributeError, match=f"module '{package}' has no attribute 'StartChnk'"):
        importlib.import_module(package).StartChnk  # noqa: B018
    with pytest.raises(ImportError, match="cannot import name 'StartChnk'"):
        exec(f"from {package} import StartChnk")


def test_a_package_alone_imports_none_of_its_modules() -> None:
    script = (
        f"import sys, {', '.join(PACKAGES)}\n"
        "print(*sorted(name for name in sys.modules if name.startswith('samewire.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [
        "samewire.decode",
        "samewire.lazy",
        "samewire.open",
        "samewire.pydantic_version",
        "samewire.streams",
        "samewire.ui_stream",
        "samewire.ui_stream._required",
    ]
