"""What the documentation shows is what happens: its examples, its tables of keys and states, its commands."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from samewire.artifacts import State
from samewire.cli.commands import COMMANDS
from samewire.config.emits import DumpTable
from samewire.config.model import Contract, Options, Project
from samewire.config.schema import OWN_FILE, documents

from tests.project import Project as Folder
from tests.project import project_in

TOP = Path(__file__).parents[1]
README = (TOP / "README.md").read_text(encoding="utf-8")
CONFIGURATION = (TOP / "docs/configuration.md").read_text(encoding="utf-8")
PAGES = sorted([TOP / "README.md", TOP / "CONTRIBUTING.md", *(TOP / "docs").glob("*.md")])


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Folder]:
    """A project with the model of the README and nothing else."""
    with project_in(tmp_path, empty=True) as project:
        project.write("app/__init__.py", "")
        project.write("app/models.py", blocks(README, "python")[0])
        yield project


def test_the_model_of_the_readme_gives_the_types_and_validators_that_it_shows(
    project: Folder,
) -> None:
    assert project.run("init").code == 0
    assert project.run("generate").code == 0
    types, schemas = blocks(README, "ts")[:2]
    assert types in Path("generated/api/types.ts").read_text()
    assert schemas in Path("generated/api/schemas.ts").read_text()


def test_the_configuration_of_the_readme_works(project: Folder) -> None:
    project.write("pyproject.toml", blocks(README, "toml")[0])
    assert project.run("generate").code == 0
    usage = next(block for block in blocks(README, "ts") if "MessageSchema.parse" in block)
    [imported] = re.findall(r'from "\./(.*)\.js"', usage)
    assert (project.root / "web/src" / f"{imported}.ts").is_file()


def test_another_python_service_reads_it_too(project: Folder) -> None:
    pytest.importorskip("datamodel_code_generator", reason="an extra")
    configuration = blocks(README, "toml")
    [targets] = (each for each in configuration if "targets.python" in each or "python = {" in each)
    project.write("pyproject.toml", f"{configuration[0]}\n{targets}")
    [job] = (each for each in blocks(README, "python") if "worker/job.py" in each)
    project.write("worker/job.py", job)
    assert project.run("generate").code == 0
    code = "from app.models import Message; from worker.job import work; import sys; " + SENT
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "8 Hi bot\n"


SENT = """
message = Message(id=7, author="Ada", text="Hi", sent_at="2024-01-02T03:04:05Z")
answer = Message.model_validate_json(work(message.model_dump_json().encode()))
print(answer.id, message.text, answer.author)
"""


def test_the_form_of_the_documentation_compiles(
    project: Folder, run_node: Callable[..., str], node_modules: Path
) -> None:
    text = (TOP / "docs/targets.md").read_text(encoding="utf-8")
    [form] = blocks(text, "tsx")
    [configuration] = (each for each in blocks(text, "toml") if "schema-types" in each)
    project.write("pyproject.toml", configuration)
    assert project.run("generate").code == 0
    project.write("web/src/MessageForm.tsx", form)
    options = {
        "strict": True,
        "exactOptionalPropertyTypes": True,
        "noEmit": True,
        "skipLibCheck": True,
        "jsx": "react-jsx",
        "module": "nodenext",
        "target": "es2022",
        "types": [],
    }
    config = json.dumps({"compilerOptions": options, "files": ["src/MessageForm.tsx"]})
    project.write("web/tsconfig.json", config)
    project.write("web/package.json", '{"type": "module"}')
    (project.root / "web/node_modules").symlink_to(node_modules)
    assert run_node(node_modules / "typescript/bin/tsc", "-p", str(project.root / "web")) == ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_configurations_in_the_documentation_are_toml(page: Path) -> None:
    for block in blocks(page.read_text(encoding="utf-8"), "toml"):
        tomllib.loads(block)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_in_the_documentation_are_there(page: Path) -> None:
    for line in "\n".join(blocks(page.read_text(encoding="utf-8"), "sh")).splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] == ["samewire"]:
            assert words[1] in COMMANDS, line
        if words[:1] == ["make"]:
            targets = re.findall(
                r"^([a-z-]+):.*##", (TOP / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
            )
            assert set(words[1:]) <= {*targets}, line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_in_the_documentation_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
        path, _, anchor = target.partition("#")
        file = page if not path else page.parent / path
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


def anchors(page: Path) -> set[str]:
    """What GitHub calls the headings of a page."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_tables_are_whole(page: Path) -> None:
    """A row after a blank line is not part of any table."""
    lines = ["", *page.read_text(encoding="utf-8").splitlines()]
    for above, line, below in zip(lines, lines[1:], [*lines[2:], ""], strict=False):
        if line.startswith("|") and not above.startswith("|"):
            assert re.fullmatch(r"\|[-:|]+\|", below), line


# --- Configuration ----------------------------------------------------------------------------------------------------


def documented(section: str, text: str = CONFIGURATION) -> set[str]:
    """The keys in the first column of the tables of a section."""
    body = re.split(r"^##+ ", text.partition(f"## {section}\n")[2], flags=re.MULTILINE)[0]
    rows = re.findall(r"^\| (`[^|]*`) \|", body, re.MULTILINE)
    found = {key for row in rows for key in re.findall(r"`([a-z-]+)`", row)}
    assert found, section
    return found


def defaults(section: str) -> dict[str, Any]:
    """The defaults in the second column, where that is one value as JSON and TOML write it."""
    body = re.split(r"^##+ ", CONFIGURATION.partition(f"## {section}\n")[2], flags=re.MULTILINE)[0]
    rows = re.findall(r"^\| `([a-z-]+)` \| `([^`]*)` \|", body, re.MULTILINE)
    return {key: json.loads(value) for key, value in rows if "<name>" not in value}


def test_every_key_is_documented_and_every_documented_key_is_there() -> None:
    shared = Options.fields_by_key().keys()
    assert documented("For the project and for a contract") == shared
    assert documented("Project") == Project.fields_by_key().keys() - shared
    assert documented("Contract") == Contract.fields_by_key().keys() - shared
    assert documented("`dump`") == DumpTable.fields_by_key().keys()
    assert documented("Configuration", README) <= Contract.fields_by_key().keys()


@pytest.mark.parametrize(
    ("section", "table"),
    [
        ("For the project and for a contract", "Project"),
        ("Project", "Project"),
        ("Contract", "Contract"),
        ("`dump`", "DumpTable"),
    ],
)
def test_documented_defaults_are_those_there_are(section: str, table: str) -> None:
    properties = json.loads(documents()[OWN_FILE])["$defs"][table]["properties"]
    found = defaults(section)
    assert found
    assert found == {key: properties[key]["default"] for key in found}


def test_every_state_is_documented() -> None:
    table = CONFIGURATION.partition("## States of files\n")[2].partition("\n\nSamewire keeps")[0]
    assert set(re.findall(r"^\| (\w[^|]*) \|", table, re.MULTILINE)) - {"state"} == {
        state.value for state in State
    }


def test_every_command_is_documented() -> None:
    table = CONFIGURATION.partition("# Commands\n")[2].partition("\n\n`--config")[0]
    assert set(re.findall(r"^\| `samewire (\w+)` \|", table, re.MULTILINE)) == set(COMMANDS)
