"""Targets by name: those of the package, and those that are installed beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from samewire import ir, scalars, targets
from samewire.targets.types.target import render_contract

from tests.unit.targets.harness import contract

MODULE = """\
from samewire.targets import Target

TARGET = Target("text", lambda contract, settings: {"names.txt": contract.name})
NO_TARGET = "text"
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the path of imports with a distribution that has entry points."""
    (tmp_path / "text_target.py").write_text(MODULE, "utf-8")
    info = tmp_path / "text_target-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: text-target\nVersion: 1.0\n")
    lines = (
        "text = text_target:TARGET",
        "broken = text_target:NO_TARGET",
        "missing = no_such_module:TARGET",
        "zod = text_target:TARGET",
    )
    (info / "entry_points.txt").write_text("\n".join(("[samewire.targets]", *lines, "")))
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", targets.BUILT_IN)
def test_a_built_in_target_has_its_own_name(name: str) -> None:
    assert targets.load(name).name == name


@pytest.mark.usefixtures("installed")
def test_an_entry_point_is_a_target() -> None:
    assert targets.load("text").name == "text"
    assert set(targets.names()) == {*targets.BUILT_IN, "text", "broken", "missing"}


@pytest.mark.usefixtures("installed")
def test_no_entry_point_takes_the_name_of_a_built_in_target() -> None:
    assert targets.load("zod").validators is not None


@pytest.mark.usefixtures("installed")
def test_an_entry_point_that_is_no_target_is_refused() -> None:
    with pytest.raises(
        targets.BrokenTargetError, match="'broken' of samewire.targets loads 'text'"
    ):
        targets.load("broken")
    with pytest.raises(targets.BrokenTargetError, match="can't be loaded: No module named"):
        targets.load("missing")


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(targets.UnknownTargetError, match="kotlin"):
        targets.load("kotlin")


def test_types_alone_are_without_any_import() -> None:
    files = render_contract(contract({"A": ir.Array(ir.String(format=scalars.JsonText()))}))
    assert set(files) == {"types.ts", "index.ts"}
    assert not any("import" in text for text in files.values())
    assert 'export type { A } from "./types.js";' in files["index.ts"]
