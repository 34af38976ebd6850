"""The target that docs/targets.md walks through, built and used as the page says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "targets.md"
BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"# (?P<file>[\w.]+\.(?:py|toml))\n")


def blocks(language: str) -> list[str]:
    page = PAGE.read_text(encoding="utf-8")
    return [each["text"] for each in BLOCK.finditer(page) if each["language"] == language]


def files() -> dict[str, str]:
    """The blocks that name their file in their first line."""
    texts = blocks("python") + blocks("toml")
    return {named["file"]: text for text in texts if (named := NAMED.match(text))}


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder as an installer leaves it: the module, and the metadata that pyproject.toml asks for."""
    texts, folder = files(), tmp_path / "site-packages"
    project = tomllib.loads(texts["pyproject.toml"])["project"]
    name, version = project["name"].replace("-", "_"), project["version"]
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {version}\n", encoding="utf-8"
    )
    groups = [
        f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in entries.items())
        for group, entries in project["entry-points"].items()
    ]
    (info / "entry_points.txt").write_text("".join(groups), encoding="utf-8")
    (folder / "samewire_markdown.py").write_text(texts["samewire_markdown.py"], encoding="utf-8")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    for name in ("models.py", "samewire.toml"):
        (folder / name).write_text(files()[name], encoding="utf-8")
    return folder


def samewire(folder: Path, path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "samewire", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(path), *sys.path])},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_target_of_the_page_writes_what_the_page_shows(project: Path, installed: Path) -> None:
    done = samewire(project, installed, "generate")
    assert done.returncode == 0, done.stderr
    written = {path.name for path in (project / "docs").iterdir()}
    assert written == {"types.ts", "index.ts", "types.md"}
    [shown] = blocks("markdown")
    assert (project / "docs" / "types.md").read_text(encoding="utf-8") == shown
    assert samewire(project, installed, "check").returncode == 0


def test_its_files_are_checked_like_all_others(project: Path, installed: Path) -> None:
    samewire(project, installed, "generate")
    page = project / "docs" / "types.md"
    page.write_text(page.read_text(encoding="utf-8") + "mine\n", encoding="utf-8")
    found = samewire(project, installed, "check")
    assert found.returncode == 1
    assert "docs/types.md: edited by hand" in found.stderr
    config = project / "samewire.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        "".join(line for line in text.splitlines(True) if "markdown" not in line), encoding="utf-8"
    )
    found = samewire(project, installed, "generate")
    assert "deleted  docs/types.md" in found.stderr
    assert not page.exists()


def test_a_file_that_does_not_say_that_it_is_generated_is_refused(
    project: Path, installed: Path
) -> None:
    """It could not be told from a file of the user's."""
    module = installed / "samewire_markdown.py"
    module.write_text(module.read_text().replace("{settings.notice}", "mine"), encoding="utf-8")
    found = samewire(project, installed, "generate")
    assert found.returncode == 2
    assert "the target 'markdown' writes types.md without settings.notice" in found.stderr
    assert "[target-unmarked]" in found.stderr


def test_mistakes_in_its_options_are_answered(project: Path, installed: Path) -> None:
    config = project / "samewire.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("title = ", "tittle = "), encoding="utf-8")
    found = samewire(project, installed, "generate")
    assert found.returncode == 2
    assert (
        "contracts.chat.targets.markdown.tittle: unknown key [config-unknown-key]" in found.stderr
    )


def test_a_target_that_is_not_installed_is_named(project: Path, tmp_path: Path) -> None:
    found = samewire(project, tmp_path, "generate")
    assert found.returncode == 2
    assert "there is no target 'markdown'" in found.stderr


def test_there_is_nothing_to_verify_without_validators(project: Path, installed: Path) -> None:
    found = samewire(project, installed, "verify")
    assert found.returncode == 0, found.stderr
    assert "chat: what its validators say: its targets have none" in found.stdout + found.stderr


def test_two_targets_that_write_one_file_are_refused(project: Path, installed: Path) -> None:
    module = installed / "samewire_markdown.py"
    module.write_text(module.read_text().replace('"types.md"', '"types.ts"'), encoding="utf-8")
    found = samewire(project, installed, "generate")
    assert found.returncode == 2
    assert "two targets of this contract write docs/types.ts" in found.stderr


GUARDED = """\
from typing import Annotated

from pydantic import BaseModel, Field


class Message(BaseModel):
    id: int
    author: Annotated[str, Field(min_length=1, max_length=40)]
    text: str
"""


@pytest.mark.parametrize("other", ["guards", "types"])
@pytest.mark.parametrize("version", ["4.0", "4.3"])
def test_targets_beside_zod_write_its_types(tmp_path: Path, other: str, version: str) -> None:
    (tmp_path / "models.py").write_text(
        "from pydantic import BaseModel\nclass A(BaseModel):\n    a: int | None = None\n",
        encoding="utf-8",
    )
    (tmp_path / "samewire.toml").write_text(
        f'targets = ["zod", "{other}"]\nzod-version = "{version}"\ndump = {{ exclude-none = true }}\n'
        '[contracts.chat]\nemits = ["models:A"]\noutput = "out"\n',
        encoding="utf-8",
    )
    done = samewire(tmp_path, tmp_path, "generate")
    assert done.returncode == 0, done.stderr
    types = (tmp_path / "out" / "types.ts").read_text(encoding="utf-8")
    assert ("a?: number | undefined;" in types) is (version == "4.0")
    if other == "guards":
        guards = (tmp_path / "out" / "guards.ts").read_text(encoding="utf-8")
        assert ("value.a === undefined" in guards) is (version == "4.0")


def test_guards_are_what_the_page_shows_and_stand_beside_schemas(tmp_path: Path) -> None:
    (tmp_path / "models.py").write_text(GUARDED, encoding="utf-8")
    (tmp_path / "samewire.toml").write_text(
        'targets = ["zod", "guards"]\n[contracts.chat]\nemits = ["models:Message"]\noutput = "out"\n',
        encoding="utf-8",
    )
    done = samewire(tmp_path, tmp_path, "generate")
    assert done.returncode == 0, done.stderr
    [shown] = (each for each in blocks("ts") if each.startswith("export function isMessage"))
    assert shown in (tmp_path / "out" / "guards.ts").read_text(encoding="utf-8")
    index = (tmp_path / "out" / "index.ts").read_text(encoding="utf-8")
    assert 'export { isMessage } from "./guards.js";' in index
    assert 'export { MessageSchema } from "./schemas.js";' in index
    assert samewire(tmp_path, tmp_path, "check").returncode == 0
