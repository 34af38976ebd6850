"""What ``samewire watch`` runs for, with runs that are made up: edits at any time, and inputs that the runs change themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from samewire.record.fingerprints import content
from samewire.watch import loop
from samewire.watch.run import Run, names

MOST = 20  # runs, of a loop that would never wait


class Waited(BaseException):
    """The loop waits for a change, and none comes."""


class Project:
    """A module, what is done to the project while each run runs, and what is done while the loop waits."""

    def __init__(self, app: Path) -> None:
        self.app = app
        self.models = app / "models.py"
        self.models.write_text("")
        self.during: Iterator[Callable[[], object]] = iter(())
        self.waiting: Iterator[Callable[[], object]] = iter(())

    def save(self) -> None:
        with self.models.open("a") as file:
            file.write("saved\n")

    def add(self) -> None:
        (self.app / f"made_{len(list(self.app.iterdir()))}.py").touch()

    def leave(self) -> None:
        """Nothing is done."""

    def generate(self, _: object) -> Run:
        read = Run(
            0,
            files={str(self.models): content(str(self.models))},
            folders={str(self.app): names(str(self.app))},
        )
        next(self.during, self.leave)()
        return read

    def wakes(self, *_: object, **__: Any) -> Iterator[None]:
        for action in self.waiting:
            action()
            yield
        raise Waited

    def runs(self) -> list[list[str]]:
        """The names for which the loop ran again, one run after the other."""
        found: list[list[str]] = []
        with suppress(Waited):
            for changed, _, _ in loop.runs(None):
                found.append([Path(path).name for path in changed])
                assert len(found) < MOST, found
        return found[1:]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = Project(tmp_path)
    monkeypatch.setattr(loop, "_generate", made.generate)
    monkeypatch.setattr(loop, "_watchfiles", lambda: SimpleNamespace(watch=made.wakes))
    return made


def test_a_change_while_it_waits(project: Project) -> None:
    project.waiting = iter([project.leave, project.save])
    assert project.runs() == [["models.py"]]


def test_changes_during_runs_in_a_row(project: Project) -> None:
    project.during = iter([project.add, project.save, project.add, project.save])
    app = project.app.name
    assert project.runs() == [[app], ["models.py"], [app], ["models.py"]]


def test_what_every_run_changes_ends(project: Project) -> None:
    project.during = iter([project.save] * MOST)
    assert project.runs() == [["models.py"]] * 2


@pytest.mark.parametrize("action", ["save", "add"])
def test_a_change_of_what_every_run_changes(project: Project, action: str) -> None:
    change = getattr(project, action)
    project.during = iter([change] * 3)
    project.waiting = iter([project.leave, change])
    assert len(project.runs()) == 3


def test_a_change_beside_what_every_run_changes(project: Project) -> None:
    def both() -> None:
        project.save()
        project.add()

    project.during = iter([project.save, project.save, both])
    assert [len(names) for names in project.runs()] == [1, 1, 2]
