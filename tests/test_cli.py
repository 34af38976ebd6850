"""The command line itself: help, flags, exit codes, colour, and what it does not import."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from samewire import __version__
from samewire.cli import main
from samewire.cli.commands import COMMANDS

from tests.project import Project, project_in

HEAVY = [
    "datamodel_code_generator",
    "hypothesis",
    "importlib.metadata",
    "jinja2",
    "pydantic",
    "pydantic_core",
]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path) as project:
        yield project


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        **environment,
    }
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, env=env, check=False
    )


def imported_by(arguments: list[str]) -> set[str]:
    """The modules that a run of the command has loaded when it ends."""
    source = (
        "import sys, json\nfrom samewire.cli import main\n"
        f"code = main({arguments!r})\nprint('\\n' + json.dumps([code, sorted(sys.modules)]))\n"
    )
    code, modules = json.loads(python("-c", source).stdout.splitlines()[-1])
    assert code == 0
    return set(modules)


# --- Help -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [["--help"], ["-h"], ["--version"], *([name, "--help"] for name in COMMANDS)]
)
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    loaded = imported_by(arguments)
    assert loaded.isdisjoint(HEAVY), sorted(loaded & set(HEAVY))
    assert "samewire.cli" in loaded


def test_help_lists_every_command_with_what_it_does(project: Project) -> None:
    result = project.run("--help")
    assert result.code == 0
    for name, (_, line) in COMMANDS.items():
        assert f"  {name} " in result.out
        assert line.split()[0] in result.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_the_shared_flags(project: Project, name: str) -> None:
    result = project.run(name, "--help")
    assert result.code == 0
    assert result.out.startswith(f"Usage: samewire {name}")
    for flag in ("--config", "--quiet", "--verbose", "--format"):
        assert flag in result.out


def test_version(project: Project) -> None:
    assert project.run("--version").out == f"samewire {__version__}\n"


def test_runs_as_a_module() -> None:
    done = python("-m", "samewire", "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: samewire")


# --- Exit codes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["generat"], "No such command 'generat'. Did you mean 'generate'?"),
        (["nonsense"], "No such command 'nonsense'. There are generate, check, diff, "),
        (["generate", "--forc"], "No such option"),
        (["check", "--format", "xml"], "Invalid value for '--format'"),
        (["check", "-q", "-v"], "--quiet and --verbose exclude each other"),
        (["-q", "check", "-v"], "--quiet and --verbose exclude each other"),
        (["generate", "extra"], "unexpected extra argument"),
        (["init", "--config", "x.toml"], "takes no --config"),
    ],
)
def test_usage_errors_exit_with_2(project: Project, arguments: list[str], says: str) -> None:
    result = project.run(*arguments)
    assert result.code == 2
    assert says in result.err
    assert result.out == ""


def test_no_configuration_exits_with_2_and_names_init(tmp_path: Path) -> None:
    with project_in(tmp_path, empty=True) as project:
        result = project.run("generate")
    assert result.code == 2
    assert "samewire init" in result.err


def test_a_crash_exits_with_3_and_shows_where(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("samewire.artifacts.drift.orphans", broken)
    monkeypatch.setattr("samewire.artifacts.compare", broken)
    for command in ("generate", "check", "diff"):
        result = project.run(command)
        assert result.code == 3
        assert "in broken" in result.err
        assert "Samewire crashed (ZeroDivisionError). This is a bug" in result.err
        assert result.out == ""


def test_an_interruption_exits_with_130(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("samewire.pipeline.contract.select", interrupted)
    result = project.run("generate")
    assert (result.code, result.err.strip()) == (130, "Interrupted.")


def test_the_process_exits_with_the_code(project: Project) -> None:
    done = python("-m", "samewire", "check", "-q")
    assert done.returncode == 1, done.stderr
    assert python("-m", "samewire", "generate", "-q").returncode == 0
    assert python("-m", "samewire", "check", "-q").returncode == 0
    assert python("-m", "samewire", "nonsense").returncode == 2


@pytest.mark.parametrize("command", ["diff", "check", "check --format json", "--help"])
def test_a_pipe_that_nobody_reads_is_no_finding(project: Project, command: str) -> None:
    """The exit code is that of a command that SIGPIPE ended; click ends with 1."""
    run = f"{sys.executable} -m samewire {command} 2>&1"
    script = f"(sleep 0.1; {run}; echo $? >code) | true"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run(["sh", "-c", script], env=env, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert Path("code").read_text().strip() == "141"


@pytest.mark.parametrize("code", [0, 1, None, "gone"])
def test_code_that_ends_the_process_is_a_mistake_whatever_it_says(
    project: Project, monkeypatch: pytest.MonkeyPatch, code: object
) -> None:
    """Else a target or a default of the models could have `check` pass."""

    def ends(*_: object) -> None:
        raise SystemExit(code)

    monkeypatch.setattr("samewire.pipeline.contract.select", ends)
    result = project.run("check")
    assert result.code == 2
    assert f"ended the process: sys.exit({code!r})" in result.err


# --- Flags ------------------------------------------------------------------------------------------------------------


def test_flags_may_stand_before_the_command_or_after_it_which_wins(project: Project) -> None:
    before = project.run("--format", "json", "diff")
    after = project.run("diff", "--format", "json")
    assert before.out == after.out
    json.loads(before.out)
    assert project.run("--format", "json", "diff", "--format", "text").out.startswith("---")


def test_a_configuration_that_is_not_there(project: Project) -> None:
    result = project.run("check", "--config", "missing.toml")
    assert result.code == 2
    assert "missing.toml: cannot be read: No such file" in result.err


# --- Colour -----------------------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "no_color", "coloured"),
    [(Terminal, "", True), (Terminal, "1", False), (io.StringIO, "", False)],
)
def test_colour_is_for_terminals_unless_it_is_not_wanted(
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    stream: type[io.StringIO],
    no_color: str,
    coloured: bool,
) -> None:
    out, err = stream(), stream()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setenv("NO_COLOR", no_color)
    assert main(["diff"]) == 1
    assert main(["check"]) == 1
    assert ("\x1b[" in out.getvalue()) is coloured
    assert ("\x1b[" in err.getvalue()) is coloured
