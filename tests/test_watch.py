"""``samewire watch``: every kind of change in a running process, mistakes that it outlives, and what it says."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.project import Project, project_in

pytest.importorskip("watchfiles")

START = "from samewire.cli import main; raise SystemExit(main())"
PATIENCE = 90  # seconds for a line; a machine may be busy


def _take_interrupts() -> None:
    """A shell starts what is in the background with interrupts ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Watching:
    """A running ``samewire watch`` and the lines that it prints."""

    def __init__(self, *arguments: str) -> None:
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, "watch", *arguments],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=_take_interrupts,  # noqa: PLW1509  # it takes no lock
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def until(self, *words: str) -> list[str]:
        """The lines up to one that has all ``words``."""
        seen: list[str] = []
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                seen.append(self.lines.get(timeout=1))
            except queue.Empty:
                assert self.process.poll() is None, seen
                continue
            if all(word in seen[-1] for word in words):
                time.sleep(0.5)  # it waits for changes again
                return seen
        raise AssertionError((words, seen))

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        self.process.stdout.close()
        return code


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path) as project:
        project.edit("pyproject.toml", '"app.models"', '"app:**"')
        project.edit(
            "app/models.py",
            "class Team",
            "import json\nfrom pathlib import Path\nkinds = json.loads(Path('kinds.json').read_text())\n\nclass Team",
        )
        project.write("kinds.json", "[]")
        yield project


@pytest.fixture
def watch(project: Project) -> Iterator[Callable[..., Watching]]:
    started: list[Watching] = []

    def start(*arguments: str) -> Watching:
        started.append(Watching(*arguments))
        return started[-1]

    yield start
    for one in started:
        one.stop(signal.SIGKILL)


def test_it_generates_on_each_change_and_outlives_mistakes(
    project: Project, watch: Callable[..., Watching]
) -> None:
    it = watch()
    it.until("started: 4 created")
    index = Path("generated/api/index.ts")
    before = index.stat().st_mtime_ns

    project.edit("app/models.py", "    team: Team", "    age: int\n    team: Team")
    it.until("app/models.py changed: 1 created, 3 updated")
    assert "age: number" in Path("generated/api/types.ts").read_text()
    assert index.stat().st_mtime_ns == before

    project.edit("app/models.py", "class User", "def (\nclass User")
    said = it.until("app/models.py changed: failed with exit code 2; nothing was written")
    assert any("SyntaxError" in line and "[import-failed]" in line for line in said)

    Path("app/models.py").touch()  # no change, and nothing is said of it
    project.edit("app/models.py", "def (\n", "")
    assert len(it.until("app/models.py changed: nothing to write")) == 1

    project.write(
        "app/more.py", "from pydantic import BaseModel\nclass More(BaseModel):\n    x: int\n"
    )
    it.until("app changed: ")
    assert "interface More" in Path("generated/api/types.ts").read_text()

    project.write("kinds.json", "[1]")
    it.until("kinds.json changed: nothing to write")

    index.unlink()
    it.until("generated/api changed: generated/api/index.ts created")

    project.edit("pyproject.toml", "emits", "output = 'web'\nemits")
    it.until("pyproject.toml changed: ", "created", "deleted")
    assert Path("web/types.ts").exists()

    project.edit("pyproject.toml", "output = ", "output == ")
    it.until("pyproject.toml changed: failed with exit code 2")
    project.edit("pyproject.toml", "output == ", "output = ")
    it.until("pyproject.toml changed: nothing to write")
    assert it.stop() in (130, 143), "watchfiles makes one of the other"


def test_a_command_follows_what_succeeds(
    project: Project,
    watch: Callable[..., Watching],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    told = tmp_path_factory.mktemp("told") / "then.txt"  # in the project it would be a change
    it = watch("--then", f"echo followed >>{told}; exit 3")
    it.until("echo followed", "exit code 3")
    project.edit("app/models.py", "class User", "def (\nclass User")
    it.until("failed")
    project.edit("app/models.py", "def (\n", "")
    it.until("echo followed", "exit code 3")
    assert told.read_text() == "followed\n" * 2
    assert it.stop(signal.SIGINT) == 130


def test_a_command_that_makes_files_does_not_follow_itself(
    project: Project,
    watch: Callable[..., Watching],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    told = tmp_path_factory.mktemp("told") / "then.txt"
    it = watch("--then", f"echo followed >>{told}; touch app/made_$(wc -l <{told}).py")
    it.until("changed: nothing to write")
    assert told.read_text() == "followed\n"
    project.edit("app/models.py", "name: str", "name: str | None")
    it.until("touch app", "done")
    it.until("changed: nothing to write")
    assert told.read_text() == "followed\n" * 2
    assert it.stop(signal.SIGINT) == 130


def test_json_is_an_object_a_line(project: Project, watch: Callable[..., Watching]) -> None:
    it = watch("--format", "json", "--config", "pyproject.toml")
    [first] = it.until('"command"')
    report = json.loads(first)
    assert (report["command"], report["ok"], report["changed"]) == ("watch", True, [])
    assert {"path": "schema/api.json", "action": "created"} in report["files"]
    project.edit("app/models.py", "class Team", "x: int = 'a'\nclass Team")
    report = json.loads(it.until('"changed": ["app/models.py"]')[-1])
    assert report["files"] == []
    it.stop()


def test_models_that_change_what_they_read_do_not_keep_it_running(
    project: Project, watch: Callable[..., Watching]
) -> None:
    counting = "count = Path('count.txt')\ncount.write_text((count.read_text() if count.exists() else '') + 'x')\n"
    project.edit("app/models.py", "class Team", f"{counting}class Team")
    it = watch("-q")
    time.sleep(1)
    while not Path("count.txt").exists():
        time.sleep(0.2)
    last = ""
    while (now := Path("count.txt").read_text()) != last:
        last = now
        time.sleep(4)
    assert len(last) <= 4
    it.stop()


def test_without_a_configuration_it_ends(tmp_path: Path) -> None:
    with project_in(tmp_path, empty=True) as project:
        result = project.run("watch")
    assert result.code == 2
    assert "samewire init" in result.err


def test_without_watchfiles_it_says_what_to_install(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    result = project.run("watch")
    assert result.code == 2
    assert "watch-unavailable" in result.err
    assert "pip install 'samewire[watch]'" in result.err
    assert project.generated() == []
