"""``samewire check``: every kind of file, broken in every way, is found, named and explained, and nothing is written."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project import Project, project_in


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project whose generated files are up to date."""
    with project_in(tmp_path) as project:
        assert project.run("generate").code == 0
        yield project


KINDS = [
    "schema/api.json",
    "generated/api/types.ts",
    "generated/api/schemas.ts",
    "generated/api/index.ts",
]


def test_what_is_up_to_date_passes(project: Project) -> None:
    result = project.run("check")
    assert (result.code, result.out) == (0, "")
    assert result.err == f"All {len(project.generated())} generated files are up to date.\n"


def test_every_generated_file_is_one_of_the_kinds_below(project: Project) -> None:
    assert set(project.generated()) == set(KINDS)


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize(
    "damage", ["missing", "edited by hand", "line endings only", "formatted by another tool"]
)
def test_each_kind_of_file_in_each_state_fails(project: Project, path: str, damage: str) -> None:
    file = Path(path)
    match damage:
        case "missing":
            file.unlink()
        case "edited by hand":
            file.write_bytes(file.read_bytes().replace(b"User", b"Person"))
        case "line endings only":
            file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
        case "formatted by another tool":
            file.write_bytes(file.read_bytes().replace(b"{", b"{\n\n") + b"\n")
    damaged = project.tree()
    result = project.run("check")
    assert result.code == 1
    assert f"{path}: {damage}\n" in result.err
    assert result.err.endswith("1 file is not as generated. Run: samewire generate\n")
    assert project.tree() == damaged, "check writes nothing"
    assert project.run("generate").code == 0
    assert project.run("check").code == 0


def test_a_model_that_changed_is_told_from_an_edit(project: Project) -> None:
    """No hash is kept: what the committed schema document gives is what was generated."""
    project.edit("app/models.py", "class User(BaseModel):", "class User(BaseModel):\n    id: int")
    said = states(project)
    assert said == {
        "generated/api/runtime/zod-messages.ts": "missing",  # which an integer needs
        "generated/api/schemas.ts": "changed",
        "generated/api/types.ts": "changed",
        "schema/api.json": "changed",
    }
    project.edit("generated/api/types.ts", "name: string", "name: number")
    assert states(project) == {**said, "generated/api/types.ts": "edited by hand"}


def test_a_schema_document_that_was_edited_is_told_from_a_model_that_changed(
    project: Project,
) -> None:
    project.edit("schema/api.json", '"string"', '"integer"')
    assert states(project) == {"schema/api.json": "edited by hand"}


@pytest.mark.parametrize(
    ("surroundings", "says"),
    [
        (
            {
                "tsconfig.json": '{"compilerOptions": {"moduleResolution": "bundler", "target": "es2022"}}'
            },
            (
                "its relative imports end in .js, and by tsconfig.json or the key `imports` they have no ending; to keep them, set "
                'imports = ".js"'
            ),
        ),
        (
            {"package.json": '{"dependencies": {"zod": "^4.1.0"}}'},
            "it is for zod 4.3, and package.json or `zod-version` asks for 4.1 now",
        ),
        ({"zod": '"zod/mini"'}, "it imports other modules, as under another configuration or by"),
        ({"targets": '["zod", "guards"]'}, "it imports other modules, as under another config"),
    ],
)
def test_what_surrounds_the_output_is_told_from_an_edit(
    project: Project, surroundings: dict[str, str], says: str
) -> None:
    project.edit(
        "pyproject.toml", "contracts.api]", "contracts.api]\ndump = { exclude-none = true }"
    )
    project.edit(
        "app/models.py", "class User(BaseModel):", "class User(BaseModel):\n    id: int | None"
    )
    assert project.run("generate").code == 0
    for name, text in surroundings.items():
        if "." in name:
            project.write(name, text)
        else:
            project.edit("pyproject.toml", "contracts.api]", f"contracts.api]\n{name} = {text}")
    result = project.run("check")
    assert result.code == 1
    assert f"generated/api/schemas.ts: changed\n  {says}" in result.err
    assert "edited by hand" not in result.err


@pytest.mark.parametrize(
    ("configured", "says"),
    [
        (
            "biome.json",
            'Biome (biome.json), or let `generate` apply the same format: set format = ["npx", "biome", "check", ',
        ),
        (
            ".prettierrc.yaml",
            'Prettier (.prettierrc.yaml), or let `generate` apply the same format: set format = ["npx", "prettier"',
        ),
        ("generated/prettier.config.mjs", "Prettier (generated/prettier.config.mjs), or"),
        ("package.json", "Prettier (package.json), or let"),
        ("dprint.json", "dprint (dprint.json), or let"),
        (
            "README.md",
            "exclude it from the formatter, or let `generate` apply the same format: set the key `format`",
        ),
    ],
)
def test_a_formatter_is_named_with_the_key_that_runs_it(
    project: Project, configured: str, says: str
) -> None:
    project.write(configured, '{"prettier": {}}')
    types = Path("generated/api/types.ts")
    types.write_text(types.read_text().replace(";\n", "\n").replace("  ", "\t"))
    schema = Path("schema/api.json")
    schema.write_text(json.dumps(json.loads(schema.read_text()), indent="\t"))
    assert states(project) == {str(path): "formatted by another tool" for path in (types, schema)}
    result = project.run("check")
    assert says in result.err
    assert len(result.err.splitlines()) == 5
    assert "interface" not in result.err
    assert "interface" in project.run("check", "-v").err
    assert (
        "schema/api.json: formatted by another tool\n  only its formatting differs; exclude it"
        in result.err
    )


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize(
    "marks", ["<<<<<<< ours\n{}=======\n>>>>>>> theirs\n", ">>>>>>> theirs\n{}"]
)
def test_a_merge_conflict_is_named_and_resolved_by_generate(
    project: Project, path: str, marks: str
) -> None:
    file = Path(path)
    lines = file.read_text().splitlines(keepends=True)
    for at in (1, len(lines) // 2, len(lines) - 1):
        file.write_text("".join([*lines[:at], marks.format(lines[at]), *lines[at + 1 :]]))
        assert states(project) == {path: "merge conflict"}
        said = project.run("check").err
        assert "both merged branches changed it; `generate` resolves that" in said
        assert said.endswith("Run: samewire generate\n")
        generated = project.run("generate")
        assert f"updated  {path} (was: merge conflict)" in generated.err
        assert project.run("check").code == 0


def states(project: Project) -> dict[str, str]:
    """What ``check`` says of each file that is not as generated."""
    found = json.loads(project.run("check", "--format", "json").out)["files"]
    return {file["path"]: file["state"] for file in found}


def test_orphans_fail(project: Project) -> None:
    project.edit("pyproject.toml", "contracts.api]", "contracts.web]")
    result = project.run("check")
    assert result.code == 1
    for path in KINDS:
        assert f"{path}: orphan\n" in result.err
    assert "schema/web.json: missing\n" in result.err


def test_a_generated_file_that_a_merge_left_behind_is_an_orphan(project: Project) -> None:
    Path("generated/api/old.ts").write_bytes(Path("generated/api/types.ts").read_bytes())
    result = project.run("check")
    assert result.code == 1
    assert "generated/api/old.ts: orphan\n" in result.err
    assert "`generate` deletes it" in result.err


def test_a_file_that_samewire_did_not_write_fails(project: Project) -> None:
    Path("generated/api/types.ts").write_text("export type Mine = string;\n")
    result = project.run("check")
    assert result.code == 1
    assert "generated/api/types.ts: in the way\n" in result.err


def test_what_generate_cannot_mend_is_not_said_to_be_mended_by_it(project: Project) -> None:
    Path("generated/api/index.ts").unlink()
    assert last_line(project.run("check").err).endswith("Run: samewire generate")
    Path("generated/api/index.ts").write_text("export const mine = 1;\n")
    result = project.run("check", "--format", "github")
    assert result.out.endswith("%0AMove the file out of the way, then run: samewire generate\n")


def last_line(text: str) -> str:
    return text.splitlines()[-1]


def test_an_orphan_without_its_notice_is_left_to_whoever_took_that_out(project: Project) -> None:
    project.edit("pyproject.toml", "contracts.api]", "contracts.web]")
    edited = Path("generated/api/types.ts")
    edited.write_text("export type Mine = string;\n")
    assert "generated/api/types.ts" not in project.run("check").err
    assert project.run("generate").code == 0
    assert edited.read_text() == "export type Mine = string;\n"
    assert project.run("check").code == 0


def test_line_endings_are_kept_by_a_line_that_applies_to_the_file(project: Project) -> None:
    for path in ("schema/api.json", "generated/api/types.ts"):
        Path(path).write_bytes(Path(path).read_bytes().replace(b"\n", b"\r\n"))
    explained = project.run("check").err
    assert "add `*.json text eol=lf` to .gitattributes" in explained
    assert "add `*.ts text eol=lf` to .gitattributes" in explained


@pytest.mark.parametrize("command", ["check", "generate", "diff"])
@pytest.mark.parametrize(
    ("path", "is_folder", "named"),
    [
        ("generated/api/types.ts", True, "generated/api/types.ts: is in the way: it is a folder"),
        ("generated/api", False, "generated/api: is in the way: it is a file"),
        ("generated", False, "generated: is in the way: it is a file"),
    ],
)
def test_what_is_in_the_way_of_a_folder_or_file_is_named(
    project: Project, path: str, is_folder: bool, named: str, command: str
) -> None:
    place = Path(path)
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    place.mkdir() if is_folder else place.write_text("mine\n")
    result = project.run(command)
    assert (result.code, result.out) == (2, "")
    assert f"error: {named}" in result.err
    assert "hint: move it away, or set another output folder" in result.err
    assert place.is_dir() if is_folder else place.read_text() == "mine\n"


def test_all_contracts_are_compared_wherever_the_first_difference_is(project: Project) -> None:
    names = ["alpha", "beta", "gamma"]
    project.write(
        "pyproject.toml",
        "".join(f'[tool.samewire.contracts.{name}]\nemits = ["app.models"]\n' for name in names),
    )
    project.run("generate")
    for broken in ("alpha", "gamma"):
        Path(f"generated/{broken}/types.ts").write_text("")
    result = project.run("check")
    assert [line for line in result.err.splitlines() if line.endswith("edited by hand")] == [
        "generated/alpha/types.ts: edited by hand",
        "generated/gamma/types.ts: edited by hand",
    ]
    assert "2 files are not as generated." in result.err


def test_says_which_model_changed_and_how(project: Project) -> None:
    project.edit(
        "app/models.py",
        "class Team(BaseModel):\n    name: str",
        "class Team(BaseModel):\n    title: str",
    )
    result = project.run("check")
    assert result.code == 1
    assert "generated/api/types.ts: changed\n" in result.err
    assert "  models: app.models:Team\n" in result.err
    assert "  -  name: string;" in result.err
    assert "  +  title: string;" in result.err


def test_an_output_that_changed_without_a_model_names_none(project: Project) -> None:
    Path("generated/api/types.ts").write_text("")
    assert "models:" not in project.run("check").err


def test_the_command_to_run_names_the_configuration(project: Project) -> None:
    Path("generated/api/types.ts").write_text("")
    result = project.run("check", "--config", "pyproject.toml")
    assert result.err.endswith("Run: samewire generate --config pyproject.toml\n")


def test_a_long_diff_is_cut_unless_verbose(project: Project) -> None:
    fields = "".join(f"    field{number}: int\n" for number in range(200))
    project.write(
        "app/models.py", f"from pydantic import BaseModel\nclass Wide(BaseModel):\n{fields}"
    )
    short = project.run("check").err
    assert "more lines; --verbose shows them" in short
    assert "field199: number" not in short
    full = project.run("check", "-v").err
    assert "more lines" not in full
    assert "field199: number" in full


def test_quiet_names_the_files_and_nothing_else(project: Project) -> None:
    assert project.run("check", "-q").err == ""
    Path("generated/api/types.ts").unlink()
    result = project.run("check", "-q")
    assert result.code == 1
    assert "generated/api/types.ts: missing" in result.err
    assert "---" not in result.err


def test_a_model_error_weighs_more_than_drift(project: Project) -> None:
    opaque = "class Odd(BaseModel):\n    x: int\n    @field_serializer('x')\n    def s(self, v): return v\n"
    project.write(
        "app/models.py",
        f"from pydantic import BaseModel, field_serializer\nclass User(BaseModel):\n    id: int\n{opaque}",
    )
    result = project.run("check")
    assert result.code == 2
    assert "app.models:Odd.x" in result.err
    assert "generated/api/types.ts: changed" in result.err


# --- Formats ----------------------------------------------------------------------------------------------------------


def test_json(project: Project) -> None:
    passing = json.loads(project.run("check", "--format", "json").out)
    assert passing == {
        "command": "check",
        "ok": True,
        "files": [],
        "diagnostics": [],
        "warnings": [],
    }
    project.edit(
        "app/models.py",
        "class Team(BaseModel):\n    name: str",
        "class Team(BaseModel):\n    title: str",
    )
    Path("generated/api/index.ts").unlink()
    result = project.run("check", "--format", "json")
    report = json.loads(result.out)
    assert (result.code, result.err, report["ok"]) == (1, "", False)
    files = {file["path"]: file for file in report["files"]}
    assert files["generated/api/index.ts"]["state"] == "missing"
    assert files["schema/api.json"]["state"] == "changed"
    assert files["schema/api.json"]["contract"] == "api"
    assert files["schema/api.json"]["models"] == ["app.models:Team"]
    assert files["generated/api/types.ts"]["diff"][:2] == [
        "--- a/generated/api/types.ts",
        "+++ b/generated/api/types.ts",
    ]


def test_warnings_are_said_by_generate_and_check_and_fail_neither(project: Project) -> None:
    project.edit(
        "app/models.py",
        "class Team(BaseModel):",
        "from pydantic import Field\n\nclass Team(BaseModel):\n    slug: str = Field(pattern='^(a+)+$')",
    )
    for command in ("generate", "check"):
        said = project.run(command)
        assert said.code == 0
        assert "app.models:Team.slug" in said.err
        assert "[risky-pattern]" in said.err
        answer = json.loads(project.run(command, "--format", "json").out)
        assert [(each["code"], each["where"]) for each in answer["warnings"]] == [
            ("risky-pattern", "app.models:Team.slug")
        ]
    assert "::warning" in project.run("check", "--format", "github").out


def test_github_annotates_the_line_that_differs(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(project.root.parent))
    lines = Path("generated/api/types.ts").read_text().splitlines(keepends=True)
    number = next(index for index, line in enumerate(lines, start=1) if "interface User" in line)
    lines[number - 1] = "export interface Person {\n"
    Path("generated/api/types.ts").write_text("".join(lines))
    result = project.run("check", "--format", "github")
    assert result.code == 1
    [annotation] = result.out.splitlines()
    place = f"file={project.root.name}/generated/api/types.ts,line={number},title=samewire%3A edited by hand"
    assert annotation.startswith(f"::error {place}::generated/api/types.ts: ")
    assert annotation.endswith("%0ARun: samewire generate")


def test_github_annotates_the_field_of_a_model(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    source = (
        "from pydantic import BaseModel, field_serializer\nclass User(BaseModel):\n    id: int\n    odd: bytes\n"
        "    @field_serializer('odd')\n    def s(self, v): return v.hex()\nclass Team(BaseModel):\n    id: int\n"
    )
    project.write("app/models.py", source)
    result = project.run("generate", "--format", "github")
    assert result.code == 2
    [annotation] = [line for line in result.out.splitlines() if line.startswith("::error")]
    assert annotation.startswith("::error file=app/models.py,line=4,title=samewire%3A ")


@pytest.mark.parametrize(
    ("config", "line"),
    [
        (
            '[tool.samewire]\n\nzod-versoin = "4.1"\n[tool.samewire.contracts.api]\nemits = ["app.models"]\n',
            3,
        ),
        (
            '[tool.samewire]\n[tool.samewire.contracts.api]\nemits = ["app.models"]\n# no\nintegers = "x"\n',
            5,
        ),
        ('# one\n[tool.samewire.contracts.api]\nemits = [\n  "app.models:Usr",\n]\n', 3),
        ("# one\n[tool.samewire.contracts.api]\n", 2),
    ],
)
def test_github_annotates_the_key_of_the_configuration(
    project: Project, config: str, line: int
) -> None:
    project.write("pyproject.toml", config)
    result = project.run("check", "--format", "github")
    assert result.code == 2
    assert f"::error file=pyproject.toml,line={line}," in result.out


def test_github_cannot_be_broken_out_of(project: Project) -> None:
    project.write(
        "pyproject.toml",
        '[tool.samewire.contracts.api]\nemits = ["app.models"]\n"a\\n::warning::x" = 1\n',
    )
    result = project.run("check", "--format", "github")
    assert result.code == 2
    assert [line[:7] for line in result.out.splitlines()] == ["::error"]


def test_github_reads_a_module_once_however_many_types_of_it_are_refused(project: Project) -> None:
    from samewire.report import place

    head = "from pydantic import BaseModel, field_serializer\nclass User(BaseModel):\n    id: int\n"
    odd = "class Odd{0}(BaseModel):\n    x: int\n    @field_serializer('x')\n    def s{0}(self, v): return v\n"
    project.write("app/models.py", head + "".join(map(odd.format, range(20))))
    before = place.definitions_of.cache_info().misses
    result = project.run("check", "--format", "github")
    lines = [line for line in result.out.splitlines() if "app/models.py" in line]
    numbers = sorted(int(line.partition("line=")[2].partition(",")[0]) for line in lines)
    assert numbers == [5 + 4 * number for number in range(20)]
    assert place.definitions_of.cache_info().misses == before + 1
