"""Nothing changed, nothing done: what is recorded, what ends it, and that the answer is the one that would be made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import samewire.cli
from samewire.record import keep
from samewire.record.answer import CI, parsed_query
from samewire.record.fingerprints import cache_folder, record_of

from tests.project import MODELS, Project, Result, project_in

FLAGS = [
    (*quiet, *spoken)
    for quiet in ((), ("-q",), ("-v",))
    for spoken in ((), ("--format", "json"), ("--format=github",))
]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """A project that reads all sorts of things while its models are imported, generated and on record."""
    for name in ("SAMEWIRE_NO_CACHE", *CI, "TITLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SAMEWIRE_CACHE_DIR", str(tmp_path / "cache"))
    with project_in(tmp_path / "project") as project:
        project.write("pyproject.toml", '[tool.samewire.contracts.api]\nemits = ["app:**"]\n')
        project.write("app/models.py", f"{READS}{MODELS}")
        project.write("kinds.json", '["a", "b"]')
        project.write("words/one.txt", "x")
        settle()
        assert project.run("generate").code == 0
        yield project


READS = """
    import json, os
    from pathlib import Path

    kinds = json.loads(Path("kinds.json").read_text())
    words = sorted(Path("words").glob("*.txt"))
    title = os.environ.get("TITLE", "none")
"""


def settle() -> None:
    """Files that were written a moment before they are read are not relied on."""
    time.sleep(0.08)


@pytest.fixture
def on_record(project: Project, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result | None]:
    """A command's answer, if there is one without a run."""

    class Run(Exception):  # noqa: N818  # no error: a run would begin
        pass

    def ask(*arguments: str) -> Result | None:
        def run(_: object) -> int:
            raise Run

        with monkeypatch.context() as patch:
            patch.setattr(samewire.cli, "_run", run)
            result = project.run(*arguments)
        return None if "Run" in result.err else result

    return ask


# --- What is on record ------------------------------------------------------------------------------------------------


def test_what_is_up_to_date_is_answered_without_a_run(
    on_record: Callable[..., Result | None],
) -> None:
    for command in ("generate", "check"):
        assert on_record(command) is not None
    assert on_record("diff") is None


@pytest.mark.parametrize("command", ["check", "generate"])
def test_the_answer_is_the_one_that_a_run_gives(
    project: Project, on_record: Callable[..., Result | None], command: str
) -> None:
    """Warnings and notes too."""
    project.edit("app/models.py", "name: str\n", 'name: str = Field(pattern="^(a+)+$")\n')
    project.edit("app/models.py", "import BaseModel", "import BaseModel, Field")
    project.edit("app/models.py", "class User", "import dataclasses, typing\nclass User")
    project.write(
        "app/more.py",
        "import typing\nfrom pydantic import BaseModel\nT = typing.TypeVar('T')\nclass Page(BaseModel, typing.Generic[T]):\n    x: T\n",
    )
    project.run("generate")
    settle()
    project.run("check")
    said = set()
    for flags in FLAGS:
        answer = on_record(command, *flags)
        assert answer is not None, flags
        assert answer == project.run(command, *flags, "--no-cache")
        said.add((answer.out, answer.err))
    assert "exponential" in on_record(command).err
    assert len(said) >= 4


def test_a_check_that_passes_is_recorded(
    project: Project, on_record: Callable[..., Result | None]
) -> None:
    project.edit("app/models.py", "class Team", "# a comment\nclass Team")
    assert on_record("check") is None
    settle()
    assert project.run("check").code == 0
    assert on_record("check") is not None
    project.edit("app/models.py", "# a comment\n", "")
    assert on_record("check") is None


def test_an_answer_that_is_on_record_costs_little(project: Project) -> None:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", "from samewire.cli import main; main(['check', '-q'])"]
    subprocess.run(command, env=env, check=True)
    source = f"{command[2]}; import sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", source], env=env, check=True, capture_output=True, text=True
    )
    loaded = set(done.stdout.split())
    assert "samewire.record.answer" in loaded
    standard = sys.stdlib_module_names
    others = {name for name in loaded if name.partition(".")[0] not in standard}
    ours = {name for name in others if name.partition(".")[0] == "samewire"}
    assert ours == {
        "samewire",
        "samewire.cli",
        "samewire.cli.codes",
        "samewire.decode",
        "samewire.open",
        "samewire.record",
        "samewire.record.answer",
        "samewire.record.fingerprints",
    }
    assert not {"click", "pydantic", "jinja2"} & others


# --- What ends it -----------------------------------------------------------------------------------------------------

ENDS: dict[str, Callable[[Project], object]] = {
    "a model": lambda it: it.edit("app/models.py", "class Team", "class Group"),
    "a comment in a model": lambda it: it.edit("app/models.py", "class Team", "# x\nclass Team"),
    "a module of a package": lambda it: it.write("app/new.py", "x = 1"),
    "a module less": lambda it: (it.root / "app/__init__.py").unlink(),
    "a module that would come first": lambda it: it.write("src/app/models.py", ""),
    "a file that the models read": lambda it: it.write("kinds.json", "[]"),
    "a file in a folder that they list": lambda it: it.write("words/two.txt", ""),
    "a file that may be settings": lambda it: it.write(".env", "TITLE=x"),
    "the configuration": lambda it: it.edit("pyproject.toml", "[tool", "# x\n[tool"),
    "a configuration that comes first": lambda it: it.write("samewire.toml", ""),
    "a generated file": lambda it: it.edit("generated/api/types.ts", "User", "Person"),
    "line endings": lambda it: it.edit("generated/api/types.ts", "\n", "\r\n"),
    "a schema document": lambda it: it.edit("schema/api.json", "User", "Person"),
    "a generated file less": lambda it: (it.root / "generated/api/index.ts").unlink(),
    "a folder less": lambda it: (it.root / "generated/api").rename(it.root / "generated/web"),
    "an orphan": lambda it: it.write("generated/api/old.ts", "// Generated"),
    "a schema document more": lambda it: it.write("schema/old.json", "{}"),
    "another case": lambda it: (it.root / "generated/api/types.ts").rename(
        it.root / "generated/api/Types.ts"
    ),
    "a package.json": lambda it: it.write("generated/package.json", "{}"),
    "a tsconfig.json": lambda it: it.write("tsconfig.json", "{}"),
    "a folder that is a link now": lambda it: (
        (it.root / "generated").rename(it.root.parent / "elsewhere"),
        (it.root / "generated").symlink_to(it.root.parent / "elsewhere"),
    ),
}


@pytest.mark.parametrize("what", ENDS)
def test_what_changes_ends_it(
    project: Project, on_record: Callable[..., Result | None], what: str
) -> None:
    assert on_record("check") is not None
    ENDS[what](project)
    assert on_record("check") is None


def test_a_variable_that_was_asked_for_ends_it_and_no_other(
    project: Project,
    on_record: Callable[..., Result | None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ANOTHER", "1")
    assert on_record("check") is not None
    monkeypatch.setenv("TITLE", "x")
    assert on_record("check") is None
    project.run("check")
    assert on_record("check") is not None
    monkeypatch.delenv("TITLE")
    assert on_record("check") is None


@pytest.mark.parametrize(
    "reads",
    [
        "os.getenv('TITLE')",
        "'TITLE' in os.environ",
        "os.environb.get(b'TITLE')",
        "os.environ.setdefault('TITLE', 'y')",
        "os.environ | {}",
        "dict(os.environ)",
        "os.environ.copy()",
        "[*os.environ.items()]",
        "sorted(os.environ)",
    ],
)
def test_however_the_environment_is_read(
    project: Project,
    on_record: Callable[..., Result | None],
    monkeypatch: pytest.MonkeyPatch,
    reads: str,
) -> None:
    """What the models set themselves is no change."""
    project.edit("app/models.py", 'os.environ.get("TITLE", "none")', reads)
    settle()
    project.run("check")
    monkeypatch.delenv("TITLE", raising=False)
    assert on_record("check") is not None
    monkeypatch.setenv("SHLVL", "99")
    assert on_record("check") is not None
    monkeypatch.setenv("TITLE", "x")
    assert on_record("check") is None


def test_another_version_of_an_installed_package_ends_it(
    project: Project, on_record: Callable[..., Result | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = project.root.parent / "site-packages"
    monkeypatch.syspath_prepend(str(packages))
    project.write("../site-packages/shared/__init__.py", "x = 1")
    (packages / "shared-1.0.dist-info").mkdir()
    project.edit("app/models.py", "import json", "import json, shared")
    settle()
    project.run("check")
    assert on_record("check") is not None
    (packages / "shared-1.0.dist-info").rename(packages / "shared-1.1.dist-info")
    assert on_record("check") is None
    project.run("check")
    assert on_record("check") is not None
    project.write("../site-packages/shared/__init__.py", "x = 23")
    assert on_record("check") is None


def test_each_folder_and_configuration_has_its_own(
    project: Project, on_record: Callable[..., Result | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert on_record("check", "--config", "pyproject.toml") is None
    project.run("check", "--config", "pyproject.toml")
    assert on_record("--config=./pyproject.toml", "check") is not None
    assert on_record("check") is not None
    monkeypatch.chdir(project.root / "app")
    assert on_record("check") is None


# --- What is never recorded -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reads", "doubt"),
    [
        ("__import__('subprocess').run(['true'])", "a command was run: true"),
        ("os.system('true')", "a command was run"),
        ("__import__('sqlite3').connect(':memory:').close()", "a database was used"),
        ("__import__('socket').getaddrinfo('127.0.0.1', 1)", "the network was asked"),
        ("Path('app/late.py').write_text('')", "changed meanwhile"),
    ],
)
def test_what_has_no_fingerprint_is_not_relied_on(
    project: Project, on_record: Callable[..., Result | None], reads: str, doubt: str
) -> None:
    project.edit("app/models.py", 'os.environ.get("TITLE", "none")', f"str({reads})")
    settle()
    result = project.run("check", "-v")
    assert result.code == 0
    assert "The next run will do all of this again: " in result.err
    assert doubt in result.err
    assert on_record("check") is None


def test_what_was_written_a_moment_ago_is_not_relied_on(
    project: Project, on_record: Callable[..., Result | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have been written after it was imported."""
    # On a busy machine the run may begin a while after the edit.
    monkeypatch.setattr(keep, "RACY", 60 * 10**9)
    project.edit("app/models.py", "class Team", "# x\nclass Team")
    assert "changed meanwhile" in project.run("check", "-v").err
    assert on_record("check") is None


def test_a_formatter_reads_what_nobody_sees(
    project: Project, on_record: Callable[..., Result | None]
) -> None:
    cat = json.dumps([sys.executable, "-c", "import sys; print(sys.stdin.read(), end='')"])
    project.edit("pyproject.toml", "emits", f"format = {cat}\nemits")
    settle()
    assert project.run("generate").code == 0
    assert "under `format`" in project.run("check", "-v").err
    assert on_record("check") is None


def test_drift_and_refusals_are_not_recorded(
    project: Project, on_record: Callable[..., Result | None]
) -> None:
    project.write(
        "app/odd.py", "from pydantic import BaseModel\nclass Odd(BaseModel):\n    x: 'Nowhere'\n"
    )
    settle()
    for command in ("check", "generate"):
        assert project.run(command).code == 2
        assert on_record(command) is None
    project.write(
        "app/odd.py", "from pydantic import BaseModel\nclass Odd(BaseModel):\n    x: int\n"
    )
    settle()
    assert project.run("check").code == 1
    assert on_record("check") is None


# --- Whether it is wanted ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("variable", CI)
def test_in_continuous_integration_it_has_to_be_asked_for(
    monkeypatch: pytest.MonkeyPatch,
    project: Project,
    on_record: Callable[..., Result | None],
    variable: str,
) -> None:
    monkeypatch.setenv(variable, "true")
    assert on_record("check") is None
    assert on_record("check", "--cache") is not None


def test_flags_and_variables(
    monkeypatch: pytest.MonkeyPatch, on_record: Callable[..., Result | None]
) -> None:
    assert on_record("check", "--no-cache") is None
    assert on_record("check", "--no-cache", "--cache") is not None
    monkeypatch.setenv("CI", "false")
    assert on_record("check") is not None
    monkeypatch.setenv("SAMEWIRE_NO_CACHE", "1")
    assert on_record("check") is None
    assert on_record("check", "--cache") is not None


@pytest.mark.parametrize(
    "words",
    [
        ["check", "--help"],
        ["check", "-qv"],
        ["-q", "check", "-v"],
        ["check", "--format", "xml"],
        ["check", "check"],
        ["check", "extra"],
        ["--version"],
        ["verify"],
        [],
    ],
)
def test_what_is_no_plain_question_is_for_the_command_line(words: list[str]) -> None:
    assert parsed_query([*words, "--cache"]) is None


# --- The file ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage", ["", "{}", "[]", '{"version": 1}', '{"version": 1, "facts": []}', "\x00"]
)
def test_a_damaged_record_is_none(
    project: Project, on_record: Callable[..., Result | None], damage: str
) -> None:
    Path(record_of(None)).write_text(damage)
    assert on_record("check") is None
    assert project.run("check").code == 0
    assert on_record("check") is not None


def test_without_a_folder_for_it_nothing_is_recorded(
    project: Project,
    on_record: Callable[..., Result | None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    in_the_way = project.write("../file", "")
    monkeypatch.setenv("SAMEWIRE_CACHE_DIR", str(in_the_way / "cache"))
    assert project.run("check").code == 0
    assert on_record("check") is None


def test_values_of_variables_are_not_in_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TITLE", "hunter2")
    project.run("check")
    text = Path(record_of(None)).read_text()
    assert '"TITLE"' in text
    assert "hunter2" not in text
    assert os.stat(record_of(None)).st_mode & 0o077 == 0


def test_records_that_nobody_renewed_go(project: Project) -> None:
    old = Path(cache_folder(), "0123.json")
    old.write_text("{}")
    os.utime(old, (0, 0))
    project.edit("app/models.py", "class Team", "# x\nclass Team")
    settle()
    project.run("check")
    assert not old.exists()
