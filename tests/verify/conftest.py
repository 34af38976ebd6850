"""A project whose plan can be spoilt before it is verified."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from samewire.config import Config, load
from samewire.discover import import_path
from samewire.pipeline import Built, build
from samewire.verify import Outcome, VerifyOptions, verify_built
from samewire.verify.node import find_node

from tests.project import Project, project_in

MODULES = Path(__file__).parents[2] / "node_modules"
CONFIG = """
    [contracts.shop]
    emits = ["shop:Text", "shop:Numbers", "shop:Times", "shop:Many", "shop:Item", "shop:Order"]
    accepts = ["shop:Change"]
    imports = "none"
"""


class Shop:
    """``shop.py`` as a project, with its plan."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.config: Config = load(project.root / "samewire.toml")
        with import_path(self.config.pythonpath):
            self.built: Built = build(self.config)
        assert not self.built.plan.diagnostics

    def verify(
        self, options: VerifyOptions, name: str = "", old: str = "", new: str = ""
    ) -> Outcome:
        """The outcome when ``old`` in the validator called ``name`` is ``new``."""
        return self.spoilt(options, "schemas.ts", f"function make{name}() {{", old, new)

    def spoilt(
        self, options: VerifyOptions, name: str, start: str = "", old: str = "", new: str = ""
    ) -> Outcome:
        """The outcome when ``old`` is ``new`` in a file, in the declaration that starts with ``start``."""
        files = []
        for file in self.built.plan.files:
            text = file.text
            if old and file.path.endswith(f"/shop/{name}"):
                begin = text.index(start)
                end = text.index("\nexport ", begin)
                assert text.count(old, begin, end) == 1, f"{old!r} is not once in {start}"
                text = text[:begin] + text[begin:end].replace(old, new) + text[end:]
            files.append(replace(file, text=text))
        built = replace(self.built, plan=replace(self.built.plan, files=tuple(files)))
        with import_path(self.config.pythonpath):
            return verify_built(self.config, built, options, find_node())


@contextlib.contextmanager
def shop_in(folder: Path, *targets: str) -> Iterator[Shop]:
    with project_in(folder, empty=True) as project:
        shutil.copy(Path(__file__).with_name("shop.py"), folder / "shop.py")
        said = f"    targets = {json.dumps(targets)}\n" if targets else ""
        project.write("samewire.toml", f"{CONFIG}{said}")
        (folder / "node_modules").symlink_to(MODULES, target_is_directory=True)
        yield Shop(project)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with shop_in(tmp_path_factory.mktemp("shop")) as shop:
        yield shop
