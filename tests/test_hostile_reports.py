"""Names and messages of others in reports: no terminal and no log of GitHub's acts on them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from samewire.report.harmless import in_lines, one_line

from tests.project import Project, project_in

NAME = "N\n::error file=a::x\r\x1b[31m\x9b\u202e\u2028##[add-mask]"
WRONG = {"type": "string", "minLength": "x"}
_ACTED_ON = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]|##\[")
_COMMAND = re.compile(
    r"::(error|warning|notice) (file=[a-z./]+,line=\d+,)?title=samewire%3A [a-z-]+::"
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path, empty=True) as project:
        project.write("samewire.toml", '[contracts.x]\nsource = "s.json"\noutput = "out"\n')
        yield project


@pytest.mark.parametrize(
    "definitions",
    [
        pytest.param({"A": {**WRONG, "x-samewire-source": NAME}}, id="source"),
        pytest.param({"A": {"type": "object", "properties": {NAME: WRONG}}}, id="key"),
        pytest.param({NAME: WRONG}, id="definition"),
        pytest.param({NAME: {}, NAME + "-": {}, NAME + "_": {}}, id="clash"),
        pytest.param({"A": {"type": NAME}}, id="type"),
        pytest.param({"A": {"$ref": f"#/$defs/{NAME}"}}, id="reference"),
        pytest.param({"A": {"type": "string", "pattern": f"(({NAME}"}}, id="pattern"),
        pytest.param({"A": {"type": "string", "x-samewire-pattern-flags": NAME}}, id="flags"),
        pytest.param({"A": {"enum": [1, 2], "x-enum-varnames": [NAME, NAME]}}, id="member"),
    ],
)
@pytest.mark.parametrize(
    "command", [["generate"], ["-v", "check"], ["--format", "github", "check"]]
)
def test_hostile_names_in_a_schema_file(
    project: Project, definitions: dict[str, Any], command: list[str]
) -> None:
    dialect = "https://json-schema.org/draft/2020-12/schema"
    project.write("s.json", json.dumps({"$schema": dialect, "$defs": definitions}))
    result = project.run(*command)
    assert result.code in {0, 1, 2}
    for line in (result.out + result.err).splitlines(keepends=False):
        assert not _ACTED_ON.search(line), ascii(line)
        if line.lstrip().startswith("::"):
            assert _COMMAND.match(line), ascii(line)


def test_text_of_others() -> None:
    assert one_line("a\nb\tc\x1b[1m\ud800") == "a\\nb\tc\\x1b[1m\\ud800"
    assert in_lines("a\n::error::b\n") == "a\n  | ::error::b"
    assert one_line("Ünïcödé 名前 👩‍👩‍👧") == "Ünïcödé 名前 👩‍👩‍👧"
