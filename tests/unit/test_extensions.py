"""Extensions by name: those of the package, and those that are installed beside it. The one here is that of docs/extensions.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from pydantic import BaseModel
from samewire.discover import Root
from samewire.export import export_contract
from samewire.export.subset import without
from samewire.extensions import BUILT_IN, extensions, keywords
from samewire.lower import lower
from samewire.schema import dumps
from samewire.targets.zod.options import ZodOptions
from samewire.targets.zod.render import render_contract


class Opened(BaseModel):
    TOPIC: ClassVar[str] = "door/opened"
    door: int


class Plain(BaseModel):
    door: int


@pytest.fixture
def install(repo_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A distribution with the extension of the documentation; ``install`` is the file of its entry points."""
    page = (repo_root / "docs" / "extensions.md").read_text("utf-8")
    (module,) = re.findall(r"```python\n# app_topics.py\n(.*?)```", page, re.DOTALL)
    (tmp_path / "app_topics.py").write_text(module, "utf-8")
    info = tmp_path / "app_topics-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: app-topics\nVersion: 1.0\n")
    points = info / "entry_points.txt"
    (declared,) = re.findall(r'^topics = "(.*)"$', page, re.MULTILINE)
    points.write_text(f"[samewire.extensions]\ntopics = {declared}\n")
    monkeypatch.syspath_prepend(tmp_path)
    _forget()
    yield points
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    extensions.cache_clear()
    keywords.cache_clear()


def _document() -> dict[str, object]:
    roots = [
        Root(cls.__name__, cls, f"app:{cls.__name__}", explicit=True) for cls in (Opened, Plain)
    ]
    exported = export_contract("doors", roots, [])
    assert not exported.diagnostics
    return exported.document


def test_the_names_of_those_of_the_package() -> None:
    assert {one.name for one in extensions()} >= set(BUILT_IN)


@pytest.mark.usefixtures("install")
def test_it_takes_part_in_each_step() -> None:
    document = _document()
    assert document["x-samewire-topics"] == {"door/opened": "Opened"}
    keys = [line.split('"')[1] for line in dumps(document).splitlines() if line.startswith('  "')]
    assert keys.index("x-samewire-topics") == keys.index("title") + 1
    contract = lower(document, where="doors.json")
    files = render_contract(contract)
    assert '  "door/opened": t.Opened;' in files["topics.ts"].splitlines()
    assert 'import type * as t from "./types.js";' in files["topics.ts"].splitlines()
    assert "topics.ts" not in render_contract(contract, ZodOptions(without=frozenset({"topics"})))


@pytest.mark.usefixtures("install")
def test_a_keyword_goes_with_what_it_names() -> None:
    assert "x-samewire-topics" in without(_document(), {"Plain"})
    assert "x-samewire-topics" not in without(_document(), {"Opened"})


def test_without_it_there_is_no_such_keyword() -> None:
    assert set(_document()) == {
        "$schema",
        "title",
        "$defs",
    }


def test_no_entry_point_takes_the_name_of_one_of_the_package(install: Path) -> None:
    install.write_text("[samewire.extensions]\nui-stream = app_topics:EXTENSION\n")
    assert keywords() == {
        "x-samewire-openapi",
        "x-samewire-routes",
        "x-samewire-ui-stream",
    }


def test_an_entry_point_that_is_no_extension_is_refused(install: Path) -> None:
    install.write_text("[samewire.extensions]\nbroken = app_topics:KEYWORD\n")
    with pytest.raises(
        TypeError, match="'broken' of samewire.extensions loads 'x-samewire-topics'"
    ):
        extensions()
