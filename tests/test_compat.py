"""``samewire compat`` as a project uses it: against a commit, a folder, a file; executed, accepted, reported."""

from __future__ import annotations

import json
import re
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from samewire.compat.accepted import FILE
from samewire.compat.rules import ALL

from tests.project import Project, project_in

ROOT = Path(__file__).parents[1]
MODELS = """
    from typing import Annotated, Literal

    from pydantic import BaseModel, BeforeValidator, Field


    class Author(BaseModel):
        name: Annotated[str, Field(max_length=40)]


    class Text(BaseModel):
        kind: Literal["text"]
        body: str


    class Image(BaseModel):
        kind: Literal["image"]
        url: str


    class Message(BaseModel):
        id: int
        author: Author
        status: Literal["sent", "read"]
        part: Annotated[Text | Image, Field(discriminator="kind")]


    class Post(BaseModel):
        text: str
        to: list[str] = []
        mood: str | None = None
        level: int = 1
"""
CONFIG = """
    [contracts.chat]
    emits = ["app.models:Message"]
    accepts = ["app.models:Post"]
    output = "web/generated"
    zod-version = "4.6"
    imports = ".ts"
"""


def git(project: Project, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=T", "-c", "user.email=t@example.com", *arguments],
        cwd=project.root,
        check=True,
        capture_output=True,
    )


@pytest.fixture
def project(tmp_path: Path, node_modules: Path) -> Iterator[Project]:
    with project_in(tmp_path, empty=True) as made:
        made.write("app/__init__.py", "")
        made.write("app/models.py", MODELS)
        made.write("samewire.toml", CONFIG)
        (made.root / "node_modules").symlink_to(node_modules)
        made.write(".gitignore", "node_modules\n__pycache__\n")
        assert made.run("generate").code == 0
        git(made, "init", "-q")
        git(made, "add", "-A")
        git(made, "commit", "-q", "-m", "first")
        yield made


def found(project: Project, *arguments: str) -> dict[str, dict[str, object]]:
    """The findings by rule and place."""
    done = project.run("compat", "--against", "HEAD", "--format", "json", *arguments)
    report = json.loads(done.out)
    assert done.code == (0 if report["ok"] else 1)
    return {f"{each['rule']} {each['where']}": each for each in report["findings"]}


def test_nothing_changed(project: Project) -> None:
    done = project.run("compat", "--against", "HEAD")
    assert (done.code, done.err) == (0, "HEAD: compatible\n")


def test_each_break_is_executed(project: Project) -> None:
    project.edit("app/models.py", '"sent", "read"', '"sent", "read", "failed"')
    project.edit("app/models.py", "max_length=40", "max_length=50")
    project.edit(
        "app/models.py", "to: list[str] = []", "to: Annotated[list[str], Field(max_length=2)] = []"
    )
    project.edit("app/models.py", "    mood: str | None = None\n", "    room: str\n")
    reports = found(project)
    assert {name: each["verdict"] for name, each in reports.items()} == {
        "emitted-length-widened Author.name": "breaking",
        "emitted-value-added Message.status": "breaking",
        "accepted-items-narrowed Post.to": "breaking",
        "accepted-key-required Post.room": "breaking",
        "accepted-key-ignored Post.mood": "lenient",
    }
    status = reports["emitted-value-added Message.status"]
    assert status["executed"] == (
        'Pydantic writes it, the old schema refuses it (/status: Invalid option: expected one of "sent"|"read"), the new one takes it'
    )
    assert reports["emitted-length-widened Author.name"]["roots"] == ["Message"]
    to = reports["accepted-items-narrowed Post.to"]
    assert str(to["executed"]).startswith(
        "the old schema takes it, Pydantic refuses it (to: List should have"
    )
    assert to["witness"] == {"text": "a", "to": ["a", "a", "a"]}


def test_what_pydantic_takes_all_the_same_is_lenient(project: Project) -> None:
    project.edit("app/models.py", "level: int = 1", 'level: str = ""')
    project.edit(
        "app/models.py",
        "mood: str | None = None",
        'mood: Annotated[str, BeforeValidator(lambda v: v or "")] = ""',
    )
    reports = found(project)
    assert reports["accepted-null-removed Post.mood"]["verdict"] == "lenient"
    assert reports["accepted-null-removed Post.mood"]["executed"] == (
        "the old schema takes it, Pydantic takes it"
    )
    assert reports["accepted-type-narrowed Post.level"]["verdict"] == "breaking"


WRITERS = """
    from typing import Literal

    from pydantic import (
        BaseModel, ConfigDict, Field, Json, computed_field, field_serializer, field_validator, model_validator
    )

    Status = Literal["a"]


    class Plain(BaseModel):
        status: Status


    class Forbids(BaseModel):
        status: Status

        @field_validator("status")
        @classmethod
        def _not_yet(cls, value: str) -> str:
            if value == "b":
                raise ValueError("not yet")
            return value


    class Exits(BaseModel):
        status: Status

        @field_validator("status")
        @classmethod
        def _leave(cls, value: str) -> str:
            if value == "b":
                raise SystemExit(3)
            return value


    class Replaces(BaseModel):
        status: Status

        @field_serializer("status")
        def _as_before(self, value: str) -> Status:
            return "a"


    class Aliased(BaseModel):
        status: Status = Field(validation_alias="in", serialization_alias="out")


    class Parsed(BaseModel):
        numbers: Json[list[int]]
        status: Status


    class Computed(BaseModel):
        model_config = ConfigDict(extra="forbid")
        number: int

        @computed_field
        def status(self) -> Status:
            return "a" if self.number < 2 else "b"


    class Together(BaseModel):
        number: int
        status: Status

        @model_validator(mode="after")
        def _together(self) -> "Together":
            if self.status == "b" and self.number < 2:
                raise ValueError("too small for b")
            return self
"""
WRITTEN = {
    "Status": ("breaking", "b", "Pydantic writes it, "),
    "Plain.status": ("breaking", {"status": "b"}, "Pydantic writes it, "),
    "Forbids.status": (
        "unknown",
        {"status": "b"},
        "not confirmed: Pydantic builds no instance from it (status: Value error, not yet), and ",
    ),
    "Exits.status": (
        "unknown",
        {"status": "b"},
        "not confirmed: Pydantic builds no instance from it (SystemExit: 3), and none of 1 values ",
    ),
    "Replaces.status": (
        "unknown",
        {"status": "b"},
        "not confirmed: Pydantic writes something else for it, and ",
    ),
    "Aliased.out": ("breaking", {"out": "b"}, "Pydantic writes it, "),
    "Parsed.status": ("breaking", {"numbers": [], "status": "b"}, "Pydantic writes it, "),
    "Computed.status": ("breaking", {"number": 2, "status": "b"}, "Pydantic writes it, "),
    "Together.status": ("breaking", {"number": 2, "status": "b"}, "Pydantic writes it, "),
}


def test_what_pydantic_does_not_write_is_not_confirmed(project: Project) -> None:
    """Another value of the place, which it does write, takes the place of the smallest."""
    project.write("app/models.py", WRITERS)
    project.edit("samewire.toml", '["app.models:Message"]', '["app.models"]')
    project.edit("samewire.toml", 'accepts = ["app.models:Post"]', "")
    assert project.run("generate").code == 0
    git(project, "commit", "-q", "-a", "-m", "second")
    project.edit("app/models.py", 'Status = Literal["a"]', 'Status = Literal["a", "b"]')
    reports = found(project)
    assert {str(each["where"]) for each in reports.values()} == WRITTEN.keys()
    for each in reports.values():
        verdict, witness, said = WRITTEN[str(each["where"])]
        assert (each["verdict"], each["witness"]) == (verdict, witness)
        assert str(each["executed"]).startswith(said)
        assert str(each["executed"]).endswith('Invalid input: expected "a"), the new one takes it')


def test_items_that_come_twice(project: Project) -> None:
    """Of a set of floats only what is written as null does, which is said of the items."""
    head = "from pydantic import BaseModel\n\n\nclass Message(BaseModel):\n"
    project.write(
        "app/models.py", f"{head}    a: set[int]\n    b: set[int]\n    c: list[set[int]]\n"
    )
    project.edit("samewire.toml", 'accepts = ["app.models:Post"]', "")
    assert project.run("generate").code == 0
    git(project, "commit", "-q", "-a", "-m", "sets")
    after = f"{head}    a: set[float]\n    b: list[float]\n    c: list[frozenset[float]]\n"
    project.write("app/models.py", after)
    reports = found(project)
    assert {each for each in reports if "unique" in each} == {"emitted-unique-lost Message.b"}
    lost = reports["emitted-unique-lost Message.b"]
    assert (lost["verdict"], lost["witness"]) == ("breaking", {"a": [], "b": [0, 0], "c": []})
    assert len(reports) == 7


def test_a_value_that_pydantic_refuses_for_another_part(project: Project) -> None:
    """No value shows one of the two changes without the other."""
    project.edit("app/models.py", "text: str", "text: list[str]\n    size: int")
    assert project.run("generate").code == 0
    git(project, "commit", "-q", "-a", "-m", "second")
    project.edit("app/models.py", "text: list[str]", "text: int")
    project.edit("app/models.py", "size: int", "size: Annotated[str, BeforeValidator(str)]")
    reports = found(project)
    assert reports["accepted-type-narrowed Post.text"]["verdict"] == "breaking"
    size = reports["accepted-type-narrowed Post.size"]
    assert size["verdict"] == "lenient"
    assert "Pydantic takes what stands here, and refuses another part (text: " in str(
        size["executed"]
    )


def test_without_running(project: Project) -> None:
    project.edit("app/models.py", '"sent", "read"', '"sent", "read", "failed"')
    (report,) = found(project, "--no-run").values()
    assert (report["verdict"], report["executed"]) == ("breaking", "not executed")


def test_a_member_of_a_union_and_a_renamed_class(project: Project) -> None:
    video = 'class Video(BaseModel):\n    kind: Literal["video"]\n\n\nclass Message(BaseModel):'
    project.edit("app/models.py", "class Message(BaseModel):", video)
    project.edit("app/models.py", "Text | Image", "Text | Picture | Video")
    project.edit("app/models.py", "class Image", "class Picture")
    reports = found(project)
    assert {name: each["detail"] for name, each in reports.items()} == {
        "emitted-member-added Message.part": "Video",
        "type-renamed Picture": "Image is now Picture",
    }


EVENTS = """
    from typing import Annotated, Literal

    from pydantic import BaseModel, Field
    from samewire.streams import Block, First, Inside, Last, ordered

    ROW = Block("row", key="id")
    PAGE = Block("page")


    class Event(BaseModel):
        pass


    @ordered(First(), PAGE.opens())
    class Head(Event):
        type: Literal["head"] = "head"


    @ordered(PAGE.closes())
    class PageEnd(Event):
        type: Literal["page-end"] = "page-end"


    @ordered(ROW.opens())
    class Row(Event):
        type: Literal["row"] = "row"
        id: Annotated[str, Field(serialization_alias="rowId")]


    @ordered(ROW.closes())
    class RowEnd(Event):
        type: Literal["row-end"] = "row-end"
        id: Annotated[str, Field(serialization_alias="rowId")]


    @ordered(Inside(ROW))
    class Note(Event):
        type: Literal["note"] = "note"


    @ordered(Last())
    class Foot(Event):
        type: Literal["foot"] = "foot"


    TableEvent = Annotated[Head | PageEnd | Row | RowEnd | Note | Foot, Field(discriminator="type")]
"""


def committed(project: Project, **settings: str) -> None:
    """A contract of events, as it is deployed."""
    project.write("app/events.py", EVENTS)
    lines = [f"{key} = {value}" for key, value in settings.items()]
    project.write(
        "samewire.toml",
        "\n".join(["[contracts.table]", 'output = "web/table"', 'imports = ".js"', *lines]),
    )
    assert project.run("generate").code == 0
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "events")


@pytest.mark.parametrize("targets", ['["zod"]', '["types"]'])
def test_an_order_that_is_looser(project: Project, targets: str) -> None:
    committed(project, emits='["app.events:TableEvent"]', targets=targets)
    project.edit("app/events.py", "@ordered(Inside(ROW))", "@ordered(Inside(PAGE))")
    (report,) = found(project).values()
    assert (report["rule"], report["where"]) == ("order-emitted-place", "Note")
    assert report["witness"] == [
        {"type": "head"},
        {"type": "note"},
        {"type": "page-end"},
        {"type": "foot"},
    ]
    assert report["executed"] == (
        "the old checker refuses it (note came outside any row), the new one takes it, the guard takes it"
    )
    decision = ("--accept", str(report["id"]), "--reason", "nobody checks it")
    done = project.run("compat", "--against", "HEAD", *decision)
    assert (done.code, done.err) == (0, "HEAD: 1 accepted\n")


def test_classes_whose_code_exits_are_not_asked(project: Project) -> None:
    committed(project, emits='["app.events:TableEvent"]')
    project.edit("app/events.py", "@ordered(Inside(ROW))", "@ordered(Inside(PAGE))")
    project.edit(
        "app/events.py", "import BaseModel, Field", "import BaseModel, Field, field_validator"
    )
    note = 'type: Literal["note"] = "note"'
    code = "raise SystemExit"
    method = f"\n\n    @field_validator('type')\n    @classmethod\n    def check(cls, value: str) -> str:\n        {code}"
    project.edit("app/events.py", note, note + method)
    reports = found(project)
    assert reports["order-emitted-place Note"]["executed"] == (
        "the old checker refuses it (note came outside any row), the new one takes it"
    )


def test_an_order_that_is_tighter(project: Project) -> None:
    committed(project, emits='["app.events:TableEvent"]')
    project.edit("app/events.py", 'Block("row", key="id")', 'Block("row", key="id", once=True)')
    assert found(project) == {}


def test_a_key_that_is_called_otherwise_in_python(project: Project) -> None:
    committed(project, emits='["app.events:TableEvent"]')
    project.edit("app/events.py", 'key="id")', 'key="id", states={"open": "any"})')
    (report,) = found(project).values()
    assert (report["rule"], report["where"]) == ("order-emitted-left-open", "Foot")
    assert report["witness"] == [
        {"type": "head"},
        {"type": "page-end"},
        {"type": "row", "rowId": "a"},
        {"type": "foot"},
    ]
    assert report["executed"] == (
        'the old checker refuses it (foot came while the row "a" was open), the new one takes it, the guard takes it'
    )


def test_an_order_that_the_backend_asks_for(project: Project) -> None:
    committed(project, accepts='["app.events:TableEvent"]')
    project.edit("app/events.py", "@ordered(ROW.opens())", "@ordered(ROW.opens(), Once())")
    project.edit("app/events.py", "Last, ordered", "Last, Once, ordered")
    (report,) = found(project).values()
    assert (report["rule"], report["direction"]) == ("order-accepted-repeated", "accepts")
    assert report["executed"] == (
        "the old checker takes it, the new one refuses it (row came twice), the guard refuses it (row came twice)"
    )


def test_a_type_that_is_refused(project: Project) -> None:
    project.edit(
        "app/models.py", "    name: Annotated", "    call: Callable[[], int]\n    name: Annotated"
    )
    project.edit(
        "app/models.py",
        "from typing import",
        "from collections.abc import Callable\nfrom typing import",
    )
    project.edit(
        "app/models.py", "mood: str | None = None", "mood: str | None = Field(None, max_length=3)"
    )
    done = project.run("compat", "--against", "HEAD", "--no-run", "--format", "json")
    report = json.loads(done.out)
    assert done.code == 2
    assert [each["rule"] for each in report["findings"]] == [
        "accepted-length-narrowed",
        "type-refused",
    ]
    (_, refused) = report["findings"]
    assert refused["roots"] == ["Message"]
    assert refused["where"] == refused["source"] == "app.models:Author.call"
    (problem,) = json.loads(project.run("generate", "--format", "json").out)["diagnostics"]
    assert problem["takes"] == ["app.models:Author", "app.models:Message"]
    assert refused["hint"] == problem["hint"]
    assert refused["detail"] == f"{problem['message']} [{problem['code']}]"
    text = project.run("compat", "--against", "HEAD", "--no-run").err
    assert "unknown: chat: app.models:Author.call [type-refused]" in text
    assert "through:  Message" in text


def test_fail_on(project: Project) -> None:
    project.edit("app/models.py", "    mood: str | None = None\n", "")
    arguments = ("compat", "--against", "HEAD", "--no-run")
    assert project.run(*arguments).code == 0
    assert project.run(*arguments, "--fail-on", "lenient").code == 1
    found(project, "--no-run", "--fail-on", "lenient")
    junit = project.run(*arguments, "--fail-on", "lenient", "--junit").out
    assert ET.fromstring(junit).get("failures") == "1"
    assert project.run(*arguments, "--fail-on", "breaking").code == 0


def test_a_break_that_is_accepted(project: Project) -> None:
    project.edit("app/models.py", '"sent", "read"', '"sent", "read", "failed"')
    (report,) = found(project, "--no-run").values()
    arguments = ("compat", "--against", "HEAD", "--no-run")
    decision = ("--accept", str(report["id"]), "--reason", "nobody shows it yet", "--owner", "web")
    done = project.run(*arguments, *decision)
    assert (done.code, done.err) == (0, "HEAD: 1 accepted\n")
    (entry,) = json.loads((project.root / FILE).read_text())
    assert (entry["rule"], entry["reason"], entry["owner"]) == (
        "emitted-value-added",
        "nobody shows it yet",
        "web",
    )
    assert project.run(*arguments).code == 0
    assert "nobody shows it yet, web" in project.run(*arguments, "-v").err

    assert project.run("generate").code == 0
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "second")
    done = project.run(*arguments)  # the baseline has moved on
    assert done.code == 1
    assert "[acceptance-dead]" in done.err


def test_an_acceptance_that_has_expired(project: Project) -> None:
    project.edit("app/models.py", '"sent", "read"', '"sent", "read", "failed"')
    (report,) = found(project, "--no-run").values()
    decision = ("--accept", str(report["id"]), "--reason", "later", "--until", "2020-01-01")
    done = project.run("compat", "--against", "HEAD", "--no-run", *decision)
    assert done.code == 1
    assert "[emitted-value-added]" in done.err


def test_a_folder_and_a_file_are_baselines_too(project: Project, tmp_path: Path) -> None:
    old = project.root / "schema" / "chat.json"
    elsewhere = tmp_path / "deployed.json"
    elsewhere.write_bytes(old.read_bytes())
    project.edit("app/models.py", '"sent", "read"', '"sent", "read", "failed"')
    for against in ("schema", ".", str(elsewhere)):
        done = project.run("compat", "--against", against, "--no-run")
        assert done.code == 1, against
        assert "[emitted-value-added]" in done.err


WRONG = (
    ("no-such-branch", "is not a folder, a file, or a commit"),
    ("--upload-pack=x", "is not a folder, a file, or a commit"),
    ("web", "there is no schema document"),
)


@pytest.mark.parametrize(("against", "said"), WRONG)
def test_a_baseline_that_is_none(project: Project, against: str, said: str) -> None:
    done = project.run("compat", f"--against={against}")
    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"$defs": []}',
        '{"$defs": {"Message": 1}}',
        '{"$defs": {"A": {"$ref": "#/$defs/B"}}}',
    ],
)
@pytest.mark.parametrize("command", [("compat", "--no-run", "--against"), ("changelog",)])
def test_an_old_document_that_is_none(
    project: Project, tmp_path: Path, text: str, command: tuple[str, ...]
) -> None:
    (tmp_path / "old.json").write_text(text)
    done = project.run(*command, str(tmp_path / "old.json"))
    assert done.code == 2
    assert "[compat-baseline]" in done.err


def test_a_contract_that_is_gone_or_new(project: Project) -> None:
    project.edit("samewire.toml", "[contracts.chat]", "[contracts.talk]")
    done = project.run("compat", "--against", "HEAD", "--no-run", "--format", "json")
    report = json.loads(done.out)
    assert (done.code, [each["rule"] for each in report["findings"]]) == (1, ["contract-removed"])
    assert report["added"] == ["talk"]


def test_reports(project: Project) -> None:
    project.edit("app/models.py", '"sent", "read"', '"sent", "read", "</code>|@everyone"')
    arguments = ("compat", "--against", "HEAD", "--no-run")
    markdown = project.run(*arguments, "--markdown").out
    assert "| breaking | <code>chat: Message.status</code> |" in markdown
    assert "&lt;/code&gt;&#124;&#64;everyone" in markdown
    assert "</code>|@everyone" not in markdown
    tree = ET.fromstring(project.run(*arguments, "--junit").out)
    assert (tree.get("failures"), len(tree)) == ("1", 1)
    github = project.run(*arguments, "--format", "github").out
    assert github.startswith("::error file=")
    assert "app/models.py" in github


def test_release_notes(project: Project) -> None:
    video = 'class Video(BaseModel):\n    kind: Literal["video"]\n\n\nclass Message(BaseModel):'
    project.edit("app/models.py", "class Message(BaseModel):", video)
    project.edit("app/models.py", "Text | Image", "Text | Picture | Video")
    project.edit("app/models.py", "class Image", "class Picture")
    project.edit("app/models.py", '"sent", "read"', '"sent", "failed"')
    project.edit("app/models.py", "    mood: str | None = None\n", "    room: str\n")
    project.edit("app/models.py", "level: int = 1", "level: Annotated[int, Field(ge=0)] = 1")
    done = project.run("changelog", "HEAD")
    assert (done.code, done.err) == (0, "")
    assert done.out.split("\n") == [
        "# Changes since HEAD",
        "",
        "## chat",
        "",
        "* New type `Video`",
        "* `Image` is now called `Picture`",
        "* `Message`",
        '  * **Breaking:** `status`: new: `"failed"`; gone: `"read"`',
        "  * **Breaking:** `part`: Text or Picture or Video, was Text or Image",
        "* `Post`",
        "  * **Breaking:** new key `room`: a string",
        "  * `mood` is gone",
        "  * **Breaking:** `level`: an integer, with other limits",
        "",
    ]
    report = json.loads(project.run("changelog", "HEAD", "--format", "json").out)
    assert report["contracts"][0]["renamed"] == [["Image", "Picture"]]


ROW_STREAM = "note came outside any row, as in `head`, `note`, `page-end`, `foot`"
PAGE_STREAM = (
    "note came outside any page, as in `head`, `page-end`, `row`, `note`, `row-end`, `foot`"
)


@pytest.mark.parametrize(
    ("old", "new", "looser", "tighter"),
    [("ROW", "PAGE", ROW_STREAM, PAGE_STREAM), ("PAGE", "ROW", PAGE_STREAM, ROW_STREAM)],
)
def test_release_notes_of_an_order(
    project: Project, old: str, new: str, looser: str, tighter: str
) -> None:
    events = EVENTS.replace("Inside(ROW)", f"Inside({old})").replace("serialization_alias", "alias")
    project.write("app/events.py", events)
    lines = ["[contracts.table]", 'output = "web/table"', 'imports = ".js"', 'targets = ["types"]']
    lines += ['emits = ["app.events:TableEvent"]', 'accepts = ["app.events:TableEvent"]']
    project.write("samewire.toml", "\n".join(lines))
    assert project.run("generate").code == 0
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "events")
    project.edit("app/events.py", f"Inside({old})", f"Inside({new})")
    done = project.run("changelog", "HEAD")
    want = [
        "* `Note`",
        f"  * **Breaking:** may now occur in a stream: {looser}",
        f"  * no longer occurs in a stream: {tighter}",
        f"  * **Breaking:** is now refused in a stream: {tighter}",
        f"  * is now allowed in a stream: {looser}",
    ]
    assert done.out.split("\n")[4:-1] == want
    project.write("app/events.py", re.sub(r" *@ordered\(.*\)\n", "", events))
    done = project.run("changelog", "HEAD")
    (line,) = done.out.split("\n")[4:-1]
    assert line.startswith("* **Breaking:** These events no longer declare an order: `foot`, ")
    assert project.run("generate").code == 0
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "no order")
    project.write("app/events.py", events)
    (line,) = project.run("changelog", "HEAD").out.split("\n")[4:-1]
    assert line.startswith("* These events now declare an order")


def test_the_page_lists_every_rule() -> None:
    page = (ROOT / "docs" / "compat.md").read_text("utf-8")
    listed = re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)
    assert sorted(set(listed)) == sorted({rule.id for rule in ALL})
