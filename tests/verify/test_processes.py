"""User code that exits, hangs, forks or is slow, and a command that is killed: what is reported, and that nothing is left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.project import Project, project_in

ROOT = Path(__file__).parents[2]
MODELS = """
    import os, sys, time
    from pathlib import Path
    from pydantic import BaseModel, computed_field, field_serializer, field_validator

    class Good(BaseModel):
        name: str

    class Wrong(BaseModel):
        name: str

        @field_serializer("name")
        def shorten(self, name: str) -> str:
            return len(name)

    class Exits(BaseModel):
        size: int

        @field_validator("size")
        def leave(cls, size):
            sys.exit(4)

    class Dies(BaseModel):
        size: int

        @field_validator("size")
        def leave(cls, size):
            os._exit(7)

    class Sleeps(BaseModel):
        size: int

        @computed_field
        def slept(self) -> int:
            Path("slept").touch()
            time.sleep(0.3)
            return 1

    class Stubborn(BaseModel):
        size: int

        @field_validator("size")
        def wait(cls, size):
            Path("slept").touch()
            while True:
                try:
                    time.sleep(100)
                except BaseException:
                    pass

    class Forks(BaseModel):
        size: int

        @field_validator("size")
        def fork(cls, size):
            os.fork()
            return size

    def good(): return Good(name="made")
    def exits(): sys.exit(3)
    def dies(): os._exit(9)
    def sleeps(): time.sleep(1000)
    def endless():
        while True:
            yield Good(name="again")

    def forks():
        os.fork()
        return Good(name="made")

    def leaves_a_child():
        if os.fork() == 0:
            time.sleep(1000)
        return Good(name="made")
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """Temporary files are made in ``tmp`` below the project, and nothing is in it or runs for it at the end."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    with project_in(tmp_path, empty=True) as project:
        project.write("models.py", MODELS)
        (tmp_path / "node_modules").symlink_to(ROOT / "node_modules", target_is_directory=True)
        yield project
    assert_eventually(lambda: list(temporary.iterdir()) == [], temporary)
    assert_eventually(lambda: processes(tmp_path) == [], tmp_path)


def assert_eventually(holds: Callable[[], bool], folder: Path) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline, (list(folder.iterdir()), processes(folder))
        time.sleep(0.1)


def processes(folder: Path) -> list[str]:
    """Those that work in the folder or were started with something in it; not this one, which does as well."""
    found = []
    for each in Path("/proc").iterdir():
        if each.name.isdigit() and int(each.name) != os.getpid():
            try:
                command = (
                    (each / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                )
                works_in = os.readlink(each / "cwd")
            except OSError:
                continue
            if works_in.startswith(str(folder)) or str(folder) in command:
                found.append(command)
    return found


def report(project: Project, *arguments: str, code: int, **roots: list[str]) -> dict[str, object]:
    lines = "\n".join(f"{key} = {json.dumps(value)}" for key, value in roots.items())
    project.write("samewire.toml", f"[contracts.api]\n{lines}\n")
    result = project.run("verify", "--examples", "5", "--no-types", "--format", "json", *arguments)
    assert result.code == code, result.out + result.err
    document: dict[str, object] = json.loads(result.out)
    return document


def test_code_that_exits_is_a_refusal(project: Project) -> None:
    document = report(project, code=0, accepts=["models:Exits"])
    (one,) = document["python_only"]  # type: ignore[misc]  # a list
    assert one["code"] == ["Exits.leave"]


def test_a_model_that_ends_the_process_is_left_out(project: Project) -> None:
    document = report(
        project, code=1, accepts=["models:Dies"], emits=["models:Dies", "models:Wrong"]
    )
    assert [each["model"] for each in document["disagreements"]] == ["models:Wrong"]  # type: ignore[attr-defined]  # a list
    assert document["unjudged"] == [
        "models:Dies (emits): not verified: its own code ended the process (exit code 7)",
        "models:Dies (accepts): not verified: its own code ended the process (exit code 7)",
    ]


def test_a_slow_model_is_stopped(project: Project) -> None:
    document = report(project, "--time-limit", "4", code=0, emits=["models:Sleeps"])
    (one,) = document["unjudged"]  # type: ignore[misc]  # a list
    assert one.startswith("models:Sleeps (emits): stopped after 4 s; ")


def test_a_model_that_cannot_be_interrupted_is_killed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samewire.verify.supervisor.GRACE", 1)
    arguments = ("--time-limit", "4")
    document = report(
        project, *arguments, code=0, accepts=["models:Stubborn"], emits=["models:Good"]
    )
    why = "its own code did not end within 4 s, and could not be interrupted"
    assert f"models:Stubborn (accepts): not verified: {why}" in document["unjudged"]  # type: ignore[operator]  # a list
    assert document["models"] == 1


def test_copies_of_the_process_end(project: Project) -> None:
    document = report(project, code=0, accepts=["models:Forks"], emits=["models:Good"])
    assert document["unjudged"] == []
    assert document["models"] == 2


@pytest.mark.parametrize(
    ("factory", "message"),
    [
        ("exits", "raised SystemExit: 3"),
        ("dies", "ended the process (exit code 9)"),
        ("sleeps", "did not return within 2 s (--time-limit)"),
    ],
)
def test_a_factory_that_does_not_return(project: Project, factory: str, message: str) -> None:
    arguments = ("--factory", f"models:{factory}", "--time-limit", "2")
    document = report(project, *arguments, code=2, emits=["models:Good"], accepts=["models:Good"])
    (one,) = document["diagnostics"]  # type: ignore[misc]  # a list
    assert (one["code"], one["where"], one["message"]) == (
        "verify-factory",
        f"models:{factory}",
        message,
    )


@pytest.mark.parametrize("factory", ["good", "forks", "leaves_a_child", "endless"])
def test_a_factory_with_more_than_a_value(project: Project, factory: str) -> None:
    arguments = ("--factory", f"models:{factory}")
    document = report(project, *arguments, code=0, emits=["models:Good"])
    assert document["disagreements"] == []


def test_a_module_that_ends_the_process(project: Project) -> None:
    project.write("leaves.py", "import os\nos._exit(5)\n")
    document = report(project, code=2, emits=["leaves"])
    (one,) = document["diagnostics"]  # type: ignore[misc]  # a list
    assert one["code"] == "verify-ended"
    assert "exit code 5" in one["message"]


@pytest.mark.parametrize(
    ("number", "model"),
    [
        (signal.SIGTERM, "Sleeps"),
        (signal.SIGHUP, "Sleeps"),
        (signal.SIGINT, "Sleeps"),
        (signal.SIGKILL, "Sleeps"),
        (signal.SIGTERM, "Stubborn"),
        (signal.SIGKILL, "Stubborn"),
    ],
)
def test_a_command_that_is_killed_leaves_nothing(
    project: Project, number: signal.Signals, model: str
) -> None:
    process = started(project, model)
    process.send_signal(number)
    process.wait(timeout=30)
    # As the shell has it, or by the signal itself where nothing handles it.
    assert process.returncode in {-number, 128 + number}


def test_node_ends_with_the_worker(project: Project) -> None:
    """All that is Python is killed at once."""
    process = started(project, "Sleeps")
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("utf-8").split()
    for pid in (*map(int, children), process.pid):
        os.kill(pid, signal.SIGKILL)
    process.wait()


HEEDING = """
import os, signal, sys
for number in (signal.SIGHUP, signal.SIGINT):
    signal.signal(number, signal.SIG_DFL)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


def started(project: Project, model: str) -> subprocess.Popen[bytes]:
    """The command, at work on a model that takes forever. No signal is ignored, as they are under ``nohup``."""
    project.write("samewire.toml", f'[contracts.api]\nemits = ["models:{model}"]\n')
    command = [sys.executable, "-c", HEEDING, "-m", "samewire", "verify", "--time-limit", "0"]
    process = subprocess.Popen(command, cwd=project.root, stderr=subprocess.DEVNULL)
    assert_eventually((project.root / "slept").exists, project.root)
    return process
