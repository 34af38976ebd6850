"""``samewire generate``: what it writes, when it writes nothing, and what it says."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.documents import roots_of
from tests.project import Project, project_in


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path) as project:
        yield project


# --- Writing ----------------------------------------------------------------------------------------------------------


def test_writes_the_schema_and_the_typescript(project: Project) -> None:
    result = project.run("generate")
    assert (result.code, result.out) == (0, "")
    files = project.generated()
    assert {"schema/api.json", "generated/api/types.ts", "generated/api/schemas.ts"} <= set(files)
    assert "interface User" in (project.root / "generated/api/types.ts").read_text()
    document = json.loads((project.root / "schema/api.json").read_text())
    assert roots_of(document, "emits") == ["Team", "User"]
    assert document["x-samewire-output"] == "generated/api"
    lines = result.err.splitlines()
    assert lines[:-1] == [f"created  {path}" for path in files]
    assert lines[-1] == f"{len(files)} created, 0 unchanged"


def test_generating_again_touches_nothing(project: Project) -> None:
    project.run("generate")
    times = {path: os.stat(path).st_mtime_ns for path in project.tree()}
    result = project.run("generate")
    assert (result.code, result.err) == (0, f"{len(project.generated())} unchanged\n")
    assert {path: os.stat(path).st_mtime_ns for path in project.tree()} == times


def test_a_change_rewrites_only_what_it_changes(project: Project) -> None:
    project.write(
        "app/other.py", "from pydantic import BaseModel\nclass Event(BaseModel):\n    at: int\n"
    )
    with Path("pyproject.toml").open("a") as config:
        config.write('\n[tool.samewire.contracts.events]\nemits = ["app.other"]\n')
    project.run("generate")
    project.edit("app/models.py", "name: str", "label: str")
    result = project.run("generate")
    touched = [line.split()[1] for line in result.err.splitlines() if line.startswith("updated")]
    assert "schema/api.json" in touched
    assert all("api" in path for path in touched)


SHARING = """
    [tool.samewire]
    runtime = "web/shared"

    [tool.samewire.contracts.api]
    emits = ["app.models"]
    output = "web/one/api"

    [tool.samewire.contracts.events]
    emits = ["app.other"]
    output = "web/events"
"""
EVENTS = """
    from datetime import date, datetime

    from pydantic import BaseModel, Field

    class Event(BaseModel):
        at: datetime
        day: date = Field(ge=date(2024, 1, 1))
        data: dict[str, int]
"""
TEAMS = """
    from datetime import datetime

    from pydantic import BaseModel

    class Team(BaseModel):
        since: datetime
"""


def test_contracts_share_a_runtime_library(project: Project) -> None:
    project.write("app/models.py", TEAMS)
    project.write("app/other.py", EVENTS)
    project.write("pyproject.toml", SHARING)
    assert project.run("generate").code == 0
    library = [path for path in project.tree() if path.startswith("web/shared/")]
    assert {"web/shared/text.ts", "web/shared/times.ts", "web/shared/zod.ts"} <= set(library)
    assert not any("/runtime/" in path for path in project.tree())
    for place, specifier in (("one/api", "../../shared"), ("events", "../shared")):
        schemas = (project.root / f"web/{place}/schemas.ts").read_text()
        assert f'from "{specifier}/times.js";' in schemas
    assert project.run("check").code == 0
    project.edit(
        "pyproject.toml", "[tool.samewire.contracts.events]", "[tool.samewire.contracts.e]"
    )
    assert project.run("generate").code == 0
    assert set(library) <= set(project.tree())


def test_contracts_that_share_a_runtime_library_import_zod_alike(project: Project) -> None:
    project.write("app/models.py", EVENTS)
    project.write("app/other.py", EVENTS)
    zod = 'output = "web/events"\n    zod = "npm:zod@4"'
    project.write("pyproject.toml", SHARING.replace('output = "web/events"', zod))
    result = project.run("generate")
    assert result.code == 2
    assert "write this file with different content" in result.err
    assert "(output, runtime)" in result.err


def test_what_was_edited_by_hand_is_overwritten_and_named(project: Project) -> None:
    project.run("generate")
    before = project.tree()
    with Path("generated/api/types.ts").open("a") as file:
        file.write("// mine\n")
    result = project.run("generate")
    assert (
        "updated  generated/api/types.ts (was: edited by hand, or generated under another configuration)"
        in result.err
    )
    assert project.tree() == before


def test_a_contract_that_goes_takes_its_files_along(project: Project) -> None:
    project.edit("pyproject.toml", "contracts.api]", "contracts.old]")
    project.run("generate")
    project.edit("pyproject.toml", "contracts.old]", "contracts.api]")
    Path("generated/old/mine.txt").write_text("mine")
    result = project.run("generate")
    assert "deleted  schema/old.json" in result.err
    assert not any("old" in path for path in project.generated() if not path.endswith("mine.txt"))
    assert Path("generated/old/mine.txt").read_text() == "mine"
    assert project.run("check").code == 0


def test_works_from_a_folder_below_and_with_a_configuration_elsewhere(
    project: Project, tmp_path: Path
) -> None:
    os.chdir("app")
    assert project.run("generate").code == 0
    assert (tmp_path / "schema/api.json").exists()
    assert not (tmp_path / "app/schema").exists()
    os.chdir(tmp_path)
    project.write(
        "deep/samewire.toml", 'pythonpath = [".."]\n[contracts.api]\nemits = ["app.models:User"]\n'
    )
    assert project.run("--config", "deep/samewire.toml", "generate").code == 0
    assert (tmp_path / "deep/schema/api.json").exists()


def test_a_src_layout_needs_no_setting(project: Project) -> None:
    project.write(
        "src/shop/models.py",
        "from pydantic import BaseModel\nclass Item(BaseModel):\n    id: int\n",
    )
    project.edit("pyproject.toml", "app.models", "shop.models")
    assert project.run("generate").code == 0
    assert "Item" in Path("generated/api/types.ts").read_text()


def test_a_frontend_beside_the_backend_is_reached_through_root(tmp_path: Path) -> None:
    backend = tmp_path / "backend"
    backend.mkdir()
    with project_in(backend) as project:
        with Path("pyproject.toml").open("a") as config:
            config.write('output = "../web/src/api"\n')
        refused = project.run("generate")
        assert refused.code == 2
        assert 'set root = ".."' in refused.err
        project.edit(
            "pyproject.toml",
            "[tool.samewire.contracts.api]",
            '[tool.samewire]\nroot = ".."\n[tool.samewire.contracts.api]',
        )
        result = project.run("generate")
        assert result.code == 0
        assert "created  web/src/api/types.ts" in result.err
    assert (tmp_path / "web/src/api/types.ts").exists()


# --- Models without an exact form -------------------------------------------------------------------------------------

WITH_OPAQUE = """
    from typing import Any
    from pydantic import BaseModel, field_serializer

    class User(BaseModel):
        name: str

    class Report(BaseModel):
        total: int
        body: bytes
        @field_serializer("body")
        def write(self, value): return value.hex()
"""


def test_a_type_without_an_exact_form_is_left_out_and_the_rest_is_written(project: Project) -> None:
    project.write("app/models.py", WITH_OPAQUE)
    result = project.run("generate")
    assert result.code == 2
    assert "error: app.models:Report.body:" in result.err
    assert 'to do without it: exclude = ["app.models:Report.body"]' in result.err
    assert "created  generated/api/types.ts" in result.err
    types = Path("generated/api/types.ts").read_text()
    assert "User" in types
    assert "Report" not in types


def test_the_way_out_that_is_named_works(project: Project) -> None:
    project.write("app/models.py", WITH_OPAQUE)
    [line] = [
        line for line in project.run("generate").err.splitlines() if "to do without it: " in line
    ]
    with Path("pyproject.toml").open("a") as config:
        config.write(line.rpartition("to do without it: ")[2] + "\n")
    assert project.run("generate").code == 0
    types = Path("generated/api/types.ts").read_text()
    assert "interface Report" in types
    assert "body" not in types


OPAQUE_MODELS = """
    from pydantic import BaseModel, SerializeAsAny, field_serializer, model_serializer
    from typing_extensions import TypedDict

    class Money(TypedDict):
        cents: int

    class Shown(BaseModel):
        name: str

    class Price(BaseModel):
        amount: int
        @field_serializer("amount")
        def short(self, value):
            return {"cents": value}

    class Item(BaseModel):
        @model_serializer
        def text(self):
            return "item"

    class Cart(BaseModel):
        price: Price
        items: list[Item]
        shown: SerializeAsAny[Shown]
"""


def test_a_type_that_is_named_stands_for_a_serializer(project: Project) -> None:
    project.write("app/models.py", OPAQUE_MODELS)
    project.write("app/wire.py", "from typing import Literal\nText = Literal['item']\n")
    project.write(
        "pyproject.toml",
        """
        [tool.samewire.contracts.api]
        emits = ["app.models:Cart"]
        [tool.samewire.opaque]
        "app.models:Price.amount" = "app.models:Money"
        "app.models:Item" = "app.wire:Text"
        "app.models:Cart.shown" = "app.models:Shown"
        """,
    )
    result = project.run("generate")
    assert result.code == 0, result.err
    types = (project.root / "generated/api/types.ts").read_text()
    assert "amount: Money;" in types
    assert 'export type Item = "item";' in types
    assert "shown: Shown;" in types
    assert "unknown" not in types


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("app.models:Nothing", "attribute-not-found"),
        ("app.models:NUMBER", "not-a-type"),
        ("threading:Thread", "unusable-type"),
    ],
)
def test_what_stands_for_a_serializer_has_to_be_a_type(
    project: Project, named: str, code: str
) -> None:
    project.write("app/models.py", f"{OPAQUE_MODELS}\n    NUMBER = 3\n")
    project.write(
        "pyproject.toml",
        f"""
        [tool.samewire]
        opaque = {{ "app.models:Price.amount" = "{named}" }}
        [tool.samewire.contracts.api]
        emits = ["app.models:Price"]
        """,
    )
    result = project.run("generate")
    assert result.code == 2
    assert f"[{code}]" in result.err


OBJECT_ID_MODELS = """
    from pydantic import BaseModel
    from pydantic_core import core_schema

    class ObjectId:
        def __init__(self, text): self.text = text

        @classmethod
        def __get_pydantic_core_schema__(cls, source, handler):
            return core_schema.no_info_plain_validator_function(
                cls.validate,
                serialization=core_schema.plain_serializer_function_ser_schema(lambda one: one.text),
            )

        @classmethod
        def validate(cls, value):
            return cls(value)

    class Base(BaseModel):
        id: ObjectId

    class User(Base):
        friends: list[ObjectId] = []
        best: ObjectId | None = None

    class Group(Base):
        owner: ObjectId
"""


def test_what_pydantic_has_no_schema_for_is_left_out_by_the_line_of_its_message(
    project: Project,
) -> None:
    project.write(
        "app/models.py",
        """
        from typing import IO
        from pydantic import BaseModel
        from typing_extensions import TypedDict

        class File(TypedDict):
            data: IO[bytes]

        class Folder(TypedDict):
            files: list[File]

        class Fine(BaseModel):
            x: int
        """,
    )
    contract = '[tool.samewire.contracts.api]\nemits = ["app.models"]\n'
    project.write("pyproject.toml", contract)
    result = project.run("generate", "--format", "json")
    [found] = json.loads(result.out)["diagnostics"]
    assert found["where"] == "app.models:File.data"
    line = found["hint"].partition("exclude = ")[2]
    project.write("pyproject.toml", f"{contract}exclude = {line}\n")
    assert project.run("generate").code == 0


def test_one_class_is_one_message_whose_line_settles_all_of_its_places(project: Project) -> None:
    project.write("app/models.py", OBJECT_ID_MODELS)
    contract = '[tool.samewire.contracts.api]\nemits = ["app.models"]\naccepts = ["app.models"]\n'
    project.write("pyproject.toml", contract)
    result = project.run("generate", "--format", "json")
    [refused, _] = json.loads(result.out)["diagnostics"]
    assert (refused["code"], refused["where"]) == ("opaque-serializer", "app.models:Base.id")
    assert refused["places"] == 6
    assert (
        "also at app.models:Group.id, app.models:Group.owner, app.models:User.best and 2 more"
        in refused["message"]
    )
    line = re.search(r"opaque = \{.*?\}", refused["hint"])
    assert line is not None
    project.write("pyproject.toml", f"[tool.samewire]\n{line[0]}\n{contract}")
    result = project.run("generate")
    assert result.code == 0
    assert "warning" not in result.err
    types = (project.root / "generated/api/types.ts").read_text()
    assert "friends: string[];" in types


def test_models_of_a_base_that_all_have_the_same_code_are_one_message(project: Project) -> None:
    project.write(
        "app/models.py",
        """
        from pydantic import BaseModel, model_serializer

        class Base(BaseModel):
            pass

        class Middle(Base):
            pass

        class Agent(Base):
            name: str

            @model_serializer(mode="wrap")
            def serialize_model(self, handler):
                return handler(self)

        class Tool(Middle):
            id: int

            @model_serializer(mode="wrap")
            def serialize_model(self, handler):
                return handler(self)

        class Other(Base):
            @model_serializer
            def text(self):
                return ""
        """,
    )
    contract = '[tool.samewire.contracts.api]\nemits = ["app.models"]\n'
    project.write("pyproject.toml", contract)
    result = project.run("generate", "--format", "json")
    other, agents = sorted(json.loads(result.out)["diagnostics"], key=lambda one: one["places"])
    assert (agents["where"], agents["places"]) == ("app.models:Agent", 2)
    assert "also at app.models:Tool" in agents["message"]
    assert other["where"] == "app.models:Other"
    line = re.search(r"opaque = \{.*?\}", agents["hint"])
    assert line is not None
    project.write("pyproject.toml", f"[tool.samewire]\n{line[0]}\n{contract}")
    assert project.run("generate").code == 0
    assert "id: number;" in (project.root / "generated/api/types.ts").read_text()


def test_a_class_that_a_call_made_is_named_by_where_it_is_found(project: Project) -> None:
    project.write(
        "app/types.py",
        """
        from abc import ABC
        from pydantic_core import core_schema

        class Resource(ABC):
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                return core_schema.any_schema()

        Person = type(Resource)("Person", (Resource,), {"__module__": "abc"})
        """,
    )
    project.write(
        "app/models.py",
        """
        from pydantic import BaseModel
        from app import types

        class Team(BaseModel):
            members: list[types.Person]
        """,
    )
    contract = '[tool.samewire.contracts.api]\nemits = ["app.models:Team"]\n'
    project.write("pyproject.toml", contract)
    result = project.run("generate", "--format", "json")
    refused, *_ = json.loads(result.out)["diagnostics"]
    line = re.search(r"opaque = \{.*?\}", refused["hint"])
    assert line is not None
    assert line[0] == 'opaque = { "app.types:Person" = "builtins:str" }'
    project.write("pyproject.toml", f"[tool.samewire]\n{line[0]}\n{contract}")
    assert project.run("generate").code == 0
    assert "members: string[];" in (project.root / "generated/api/types.ts").read_text()


def test_a_root_model_whose_field_has_a_text_is_one_type(project: Project) -> None:
    project.write(
        "app/models.py",
        """
        from pydantic import BaseModel, Field, RootModel

        class Residue(RootModel[str]):
            root: str = Field(json_schema_extra={"description": "One letter.", "examples": ["A"]})

        class Kept(RootModel[str]):
            \"\"\"What the class says.\"\"\"
            root: str = Field(json_schema_extra={"description": "What its field says."})

        class Chain(BaseModel):
            first: Residue
        """,
    )
    contract = '[tool.samewire.contracts.api]\nemits = ["app.models"]\naccepts = ["app.models"]\n'
    project.write("pyproject.toml", contract)
    assert project.run("generate").code == 0
    types = (project.root / "generated/api/types.ts").read_text()
    assert (
        " * One letter.\n" in types or "/** One letter. */\nexport type Residue = string;" in types
    )
    assert types.count("export type Residue = string;") == 1
    assert "first: Residue;" in types
    assert "/** What the class says. */\nexport type Kept = string;" in types


def test_a_decision_without_effect_is_said(project: Project) -> None:
    project.write("app/models.py", OBJECT_ID_MODELS)
    project.write(
        "pyproject.toml",
        """
        [tool.samewire]
        opaque = { "app.models:ObjectId" = "builtins:str", "app.models:User.id" = "builtins:str", "app.models:Group" = "fields" }
        [tool.samewire.contracts.api]
        emits = ["app.models:User"]
        """,
    )
    result = project.run("generate")
    assert result.code == 0
    assert "app.models:Group applies to nothing" in result.err
    assert result.err.count("[opaque-unused]") == 1


def test_what_only_the_schema_shows_is_said_under_the_name_of_the_model(project: Project) -> None:
    nested = "list[" * 120 + "int" + "]" * 120
    project.write(
        "app/models.py",
        f"from pydantic import BaseModel\nclass Deep(BaseModel):\n    x: {nested}\n",
    )
    result = project.run("generate")
    assert result.code == 2
    assert result.err.startswith(
        "error: app.models:Deep (schema/api.json#/$defs/Deep/properties/x/"
    )
    assert "[too-deep]" in result.err
    assert not Path("schema").exists()


# --- Contracts that fail ----------------------------------------------------------------------------------------------

BROKEN = {
    "nothing": ("[contract-empty]", "NUMBER = 1\nclass Odd: pass\n"),
    "no type": (
        "app.bad:Report.body",
        WITH_OPAQUE.replace("class User(BaseModel):\n        name: str\n", ""),
    ),
    "import": ("importing app.bad failed", "1 / 0\n"),
    "no module": ("No module named 'missing'", "import missing\n"),
}


@pytest.fixture
def two(project: Project) -> Project:
    """A project of two contracts, both generated."""
    project.write(
        "app/bad.py", "from pydantic import BaseModel\nclass Event(BaseModel):\n    at: int\n"
    )
    with Path("pyproject.toml").open("a") as config:
        config.write('\n[tool.samewire.contracts.bad]\nemits = ["app.bad"]\n')
    assert project.run("generate").code == 0
    return project


@pytest.mark.parametrize(("says", "source"), BROKEN.values(), ids=BROKEN)
def test_a_contract_that_fails_stops_no_other(two: Project, says: str, source: str) -> None:
    if says == "[contract-empty]":
        says = "[no-models]"
    two.write("app/bad.py", source)
    two.edit("app/models.py", "class Team(BaseModel):", "class Team(BaseModel):\n    size: int")
    before = {path: text for path, text in two.tree().items() if "bad" in path}
    assert before
    checked = two.run("check")
    assert checked.code == 2
    assert says in checked.err
    assert "generated/api/types.ts: changed\n" in checked.err
    assert "generated/bad" not in checked.err
    patch = two.run("diff")
    assert (patch.code, "generated/bad" in patch.out, "size" in patch.out) == (2, False, True)
    result = two.run("generate")
    assert result.code == 2
    assert says in result.err
    assert "updated  generated/api/types.ts" in result.err
    assert "The contract bad is not generated; its files stay as they are." in result.err
    assert "size: number;" in Path("generated/api/types.ts").read_text()
    assert {path: text for path, text in two.tree().items() if "bad" in path} == before


def test_a_contract_that_fails_keeps_the_runtime_library_that_it_shares(project: Project) -> None:
    project.write("app/models.py", TEAMS)
    project.write("app/other.py", EVENTS)
    project.write("pyproject.toml", SHARING)
    assert project.run("generate").code == 0
    before = project.tree()
    project.write("app/other.py", "1 / 0\n")
    assert project.run("check").code == 2
    assert project.run("generate").code == 2
    assert project.tree() == before


def test_an_import_that_fails_for_many_is_said_once(project: Project) -> None:
    project.write("app/broken.py", "1 / 0\n")
    roots = [f"app.part{number}" for number in range(5)]
    for number in range(5):
        project.write(f"app/part{number}.py", "import app.broken\n")
    with Path("pyproject.toml").open("a") as config:
        config.writelines(
            f"\n[tool.samewire.contracts.{name}]\nemits = {json.dumps(roots)}\n"
            for name in ("first", "second")
        )
    result = project.run("generate")
    assert result.code == 2
    assert result.err.count("[import-failed]") == 1
    assert "importing app.part0 failed at app/broken.py:1: ZeroDivisionError" in result.err
    assert "The contracts first, second are not generated; their files stay" in result.err
    assert "created  generated/api/types.ts" in result.err


def test_contracts_that_clash_are_left_out_and_others_are_not(project: Project) -> None:
    project.write("app/models.py", EVENTS)
    project.write("app/other.py", EVENTS)
    zod = 'output = "web/events"\n    zod = "npm:zod@4"'
    project.write("pyproject.toml", SHARING.replace('output = "web/events"', zod))
    with Path("pyproject.toml").open("a") as config:
        config.write(
            '\n[tool.samewire.contracts.own]\nemits = ["app.models"]\nruntime = "web/own-runtime"\n'
        )
    result = project.run("generate")
    assert result.code == 2
    [clash] = [line for line in result.err.splitlines() if "[file-clash]" in line]
    assert "contracts 'api' and 'events' write this file" in clash
    assert clash.count("web/shared/zod") == 3  # the files of the library that know zod
    assert "The contracts api, events are not generated; their files stay" in result.err
    assert "created  generated/own/types.ts" in result.err
    assert not Path("web/one").exists()


CRASHING = """
    from pydantic import BaseModel

    class Inner(BaseModel):
        crash: int

    class Outer(BaseModel):
        inner: Inner

    class Fine(BaseModel):
        name: str
"""


def test_a_crash_leaves_out_the_type_that_brings_it_out(
    two: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from samewire.pipeline import files

    lowered = files.lower

    def broken(document: dict[str, object], *, where: str) -> object:
        if '"crash"' in json.dumps(document):
            raise ZeroDivisionError("division by zero")
        return lowered(document, where=where)

    monkeypatch.setattr(files, "lower", broken)
    two.write("app/bad.py", CRASHING)
    result = two.run("generate")
    assert result.code == 3
    assert (
        "error: app.bad:Inner: Samewire crashed (ZeroDivisionError: division by zero)" in result.err
    )
    assert result.err.count("Traceback") == 1
    assert "report it" in result.err
    types = Path("generated/bad/types.ts").read_text()
    assert "interface Fine" in types
    assert "Inner" not in types
    assert two.run("check").code == 3
    two.write("app/bad.py", CRASHING.replace("crash", "fine"))
    assert two.run("generate").code == 0


def test_a_crash_of_one_contract_stops_no_other(
    two: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from samewire.pipeline import contract

    export = contract.export_contract

    def broken(name: str, *arguments: object) -> object:
        if name == "bad":
            raise ZeroDivisionError("division by zero")
        return export(name, *arguments)  # type: ignore[arg-type]  # passed through

    monkeypatch.setattr(contract, "export_contract", broken)
    before = two.tree()
    Path("generated/api/index.ts").unlink()
    result = two.run("generate")
    assert result.code == 3
    assert "created  generated/api/index.ts" in result.err
    assert "contracts.bad: Samewire crashed (ZeroDivisionError" in result.err
    assert two.tree() == before


# --- Nothing is written -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "old", "new", "says"),
    [
        ("pyproject.toml", "emits", "emit", "did you mean emits?"),
        ("pyproject.toml", "app.models", "app.modles", "did you mean app.models?"),
        ("pyproject.toml", "app.models", "app.models:Usr", "did you mean User?"),
        (
            "app/models.py",
            "name: str",
            "name: strr",
            "importing app.models failed at app/models.py:",
        ),
        ("app/models.py", "from pydantic", "from pydanticc", "No module named 'pydanticc'"),
    ],
)
def test_a_mistake_leaves_every_file_as_it_was(
    project: Project, path: str, old: str, new: str, says: str
) -> None:
    project.run("generate")
    project.edit(path, old, new)
    before = project.tree()
    for command in ("generate", "check", "diff"):
        result = project.run(command)
        assert (result.code, result.out) == (2, "")
        assert says in result.err
        assert project.tree() == before


def test_an_alias_statement_names_what_it_stands_for(project: Project) -> None:
    """As ``type UserPage = Page[User]`` does, which the oldest Python here can't read."""
    project.write(
        "app/models.py",
        """
        from typing import Generic, TypeVar
        from pydantic import BaseModel
        from typing_extensions import TypeAliasType

        T = TypeVar("T")

        class Page(BaseModel, Generic[T]):
            items: list[T]

        class User(BaseModel):
            name: str

        UserPage = TypeAliasType("UserPage", Page[User])
        CountPage = TypeAliasType("CountPage", Page[int])
        Person = TypeAliasType("Person", User)
        """,
    )
    result = project.run("generate")
    assert result.code == 0, result.err
    types = (project.root / "generated/api/types.ts").read_text()
    assert re.findall(r"^export (?:interface|type) (\w+)", types, re.MULTILINE) == [
        "CountPage",
        "Person",
        "User",
        "UserPage",
    ]


def test_a_module_that_fails_is_said_once_however_many_contracts_name_it(project: Project) -> None:
    project.write("app/models.py", "1 / 0\n")
    roots = 'emits = ["app.models"]\naccepts = ["app.models"]\n'
    contracts = [f"[tool.samewire.contracts.{name}]\n{roots}" for name in ("one", "two")]
    project.write("pyproject.toml", "".join(contracts))
    result = project.run("generate")
    assert result.code == 2
    assert result.err == (
        "error: pyproject.toml: tool.samewire.contracts.one.emits: importing app.models failed at app/models.py:1: "
        "ZeroDivisionError: division by zero [import-failed]\n"
    )


@pytest.mark.parametrize(
    "path",
    [
        "generated/one",
        "generated/one/types.ts/mine.txt",
        "generated/one/types.ts",
        "schema/one.json",
    ],
)
def test_what_is_in_the_way_of_one_contract_stops_no_other(project: Project, path: str) -> None:
    contracts = [
        f'[tool.samewire.contracts.{name}]\nemits = ["app.models"]\n' for name in ("one", "two")
    ]
    project.write("pyproject.toml", "".join(contracts))
    mine = project.write(path, "mine\n")
    result = project.run("generate")
    assert result.code == 2
    assert "is in the way" in result.err
    assert "The contract one is not generated" in result.err
    assert Path("generated/two/types.ts").exists()
    assert mine.read_text() == "mine\n"
    assert Path("schema/one.json").exists() == (path == "schema/one.json")
    assert project.run("check").code != 0


def test_a_file_that_two_contracts_share_is_written_for_the_other(project: Project) -> None:
    contracts = [
        f'[tool.samewire.contracts.{name}]\nemits = ["app.models"]\nruntime = "generated/runtime"\n'
        for name in ("one", "two")
    ]
    project.write("pyproject.toml", "".join(contracts))
    project.write(
        "app/models.py",
        "from datetime import date\nfrom pydantic import BaseModel\n\n\nclass Day(BaseModel):\n    day: date\n",
    )
    project.write("generated/one/types.ts", "mine\n")
    assert project.run("generate").code == 2
    assert Path("generated/runtime/times.ts").exists()
    assert not Path("schema/one.json").exists()


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes")
def test_a_pipe_in_the_place_of_a_file_is_not_read(project: Project) -> None:
    Path("generated/api").mkdir(parents=True)
    os.mkfifo("generated/api/types.ts")
    result = project.run("generate")
    assert (result.code, "it is a pipe" in result.err) == (2, True)


def test_a_file_of_the_users_is_not_overwritten(project: Project) -> None:
    mine = project.write("generated/api/types.ts", "export type Mine = string;\n")
    result = project.run("generate")
    assert result.code == 2
    assert "generated/api/types.ts: is in the way" in result.err
    assert mine.read_text() == "export type Mine = string;\n"
    assert not Path("schema").exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(project: Project) -> None:
    Path("generated").mkdir(mode=0o500)
    result = project.run("generate")
    assert result.code == 2
    assert "cannot be written: Permission denied" in result.err


# --- The formatter ----------------------------------------------------------------------------------------------------

FORMATTER = """
    import sys
    text = sys.stdin.read()
    assert sys.argv[1].endswith(".ts"), sys.argv
    print("// formatted", end="\\r\\n")
    sys.stdout.write(text)
"""


def with_formatter(project: Project, source: str, *arguments: str) -> None:
    project.write("fmt.py", source)
    words = json.dumps([sys.executable, str(project.root / "fmt.py"), *arguments])
    with Path("pyproject.toml").open("a") as config:
        config.write(f"format = {words}\n")


def test_the_formatter_is_part_of_the_plan(project: Project) -> None:
    with_formatter(project, FORMATTER, "{path}")
    assert project.run("generate").code == 0
    for path in project.generated():
        content = Path(path).read_bytes()
        assert content.startswith(b"// formatted\n") == path.endswith(".ts"), path
        assert b"\r" not in content
    assert project.run("check").code == 0
    assert project.run("diff").out == ""
    Path("generated/api/types.ts").write_text("")
    assert "+// formatted" in project.run("diff").out


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (
            "import sys\nsys.exit('line 3: unexpected token')\n",
            "exit code 1\n  | line 3: unexpected token",
        ),
        ("pass\n", "it printed nothing on stdout"),
        ("import sys\nsys.stdout.buffer.write(b'\\xff')\n", "can't decode byte 0xff"),
    ],
)
def test_a_formatter_that_fails_is_an_error_and_nothing_is_written(
    project: Project, source: str, says: str
) -> None:
    with_formatter(project, source)
    result = project.run("generate")
    assert result.code == 2
    assert says in result.err
    assert "[formatter-failed]" in result.err
    assert not Path("generated").exists()


def test_a_formatter_that_is_not_there(project: Project) -> None:
    with Path("pyproject.toml").open("a") as config:
        config.write('format = ["no-such-formatter"]\n')
    result = project.run("generate")
    assert result.code == 2
    assert "the formatter `no-such-formatter` failed: there is no such command" in result.err


def test_the_formatter_runs_where_the_nearest_package_is(project: Project) -> None:
    project.write("web/package.json", "{}")
    project.edit(
        "pyproject.toml", 'emits = ["app.models"]', 'emits = ["app.models"]\noutput = "web/src/api"'
    )
    with_formatter(
        project,
        "import os, sys\nprint('//', os.path.basename(os.getcwd()))\nprint(sys.stdin.read())\n",
    )
    assert project.run("generate").code == 0
    assert Path("web/src/api/types.ts").read_text().startswith("// web\n")


# --- What it says -----------------------------------------------------------------------------------------------------


def test_quiet_says_only_errors_and_verbose_says_what_was_left_out(project: Project) -> None:
    project.write(
        "app/models.py",
        "from typing import Generic, TypeVar\nT = TypeVar('T')\n"
        "from pydantic import BaseModel\nclass Page(BaseModel, Generic[T]):\n    items: list[T]\nclass A(BaseModel): ...\n",
    )
    project.write("package.json", '{"dependencies": {"zod": "latest"}}')
    quiet = project.run("generate", "-q")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")
    usual = project.run("generate")
    assert 'warning: package.json: asks for zod "latest"' in usual.err
    assert "app.models:Page" not in usual.err
    assert "note: app.models:Page: is generic in T" in project.run("generate", "-v").err


def test_json_has_every_file_and_finding(project: Project) -> None:
    project.write("app/models.py", WITH_OPAQUE)
    result = project.run("generate", "--format", "json")
    report = json.loads(result.out)
    assert (result.code, result.err) == (2, "")
    assert (report["command"], report["ok"]) == ("generate", False)
    assert {"path": "schema/api.json", "action": "created", "state": "missing"} in report["files"]
    [finding] = report["diagnostics"]
    assert finding["where"] == "app.models:Report.body"
    assert set(finding) == {"code", "where", "message", "hint", "places", "takes"}


def test_an_error_in_json_is_json_too(project: Project) -> None:
    project.edit("pyproject.toml", "emits", "emit")
    result = project.run("generate", "--format", "json")
    report = json.loads(result.out)
    assert result.code == 2
    assert report["ok"] is False
    [finding] = report["diagnostics"]
    assert (finding["code"], finding["hint"]) == ("config-unknown-key", "did you mean emits?")


def test_models_that_print_while_imported_do_not_spoil_stdout(project: Project) -> None:
    project.edit("app/models.py", "class Team", "print('loading models')\nclass Team")
    json.loads(project.run("generate", "--format", "json").out)


# --- Determinism ------------------------------------------------------------------------------------------------------

MANY = """
    from enum import Enum
    from typing import Annotated, Literal
    from pydantic import BaseModel, Field

    class Colour(Enum):
        RED = "red"
        BLUE = "blue"

    class Cat(BaseModel):
        kind: Literal["cat"]
        colours: set[Colour] = Field(default_factory=set)

    class Dog(BaseModel):
        kind: Literal["dog"]
        friends: "list[Pet]" = []

    Pet = Annotated[Cat | Dog, Field(discriminator="kind")]
    Dog.model_rebuild()

    class Owner(BaseModel):
        pets: list[Pet]
        tags: dict[str, int] = {}
"""


def test_the_same_bytes_for_any_hash_seed_and_order(tmp_path: Path) -> None:
    roots = [
        "app.models:Owner",
        "app.models:Pet",
        "app.models:Cat",
        "app.models",
        "app.more:Extra",
        "app.models:Colour",
    ]
    contracts = ["web", "admin", "mobile"]
    seen = []
    for seed in ("0", "1", "4242"):
        folder = tmp_path / "same"  # the same path, so that only the seed and the order differ
        folder.mkdir()
        with project_in(folder, empty=True) as project:
            project.write("app/__init__.py", "")
            project.write("app/models.py", MANY)
            project.write(
                "app/more.py", "from app.models import Owner\nclass Extra(Owner):\n    extra: int\n"
            )
            random.Random(int(seed)).shuffle(roots)
            random.Random(int(seed) + 7).shuffle(contracts)
            lines = [
                f"[contracts.{name}]\nemits = {json.dumps(roots)}\naccepts = {json.dumps(roots[::-1])}\n"
                for name in contracts
            ]
            project.write("samewire.toml", "".join(lines))
            subprocess.run(
                [sys.executable, "-m", "samewire", "generate", "-q"],
                check=True,
                env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            )
            tree = project.tree()
            del tree["samewire.toml"]
            seen.append(tree)
        folder.rename(tmp_path / f"done-{seed}")
    assert seen[0] == seen[1] == seen[2]
    assert {path.split("/")[1] for path in seen[0] if path.startswith("generated/")} == {
        "web",
        "admin",
        "mobile",
    }


@pytest.mark.parametrize("command", ["generate --no-cache", "check --no-cache", "diff"])
def test_without_docstrings_nothing_is_generated(project: Project, command: str) -> None:
    project.run("generate")
    before = project.tree()
    result = subprocess.run(
        [sys.executable, "-OO", "-m", "samewire", *command.split()],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert "docstrings" in result.stderr
    assert project.tree() == before


# --- Types without an exact form --------------------------------------------------------------------------------------


def test_a_type_that_only_the_later_steps_refuse_leaves_the_others_alone(project: Project) -> None:
    project.write(
        "app/models.py",
        """
        from typing import Annotated, Any
        from pydantic import BaseModel, WithJsonSchema

        class Odd(BaseModel):
            a: Annotated[Any, WithJsonSchema({"type": "string", "pattern": "(a"})]

        class Holder(BaseModel):
            odd: Odd

        class Fine(BaseModel):
            a: int
        """,
    )
    result = project.run("generate")
    assert result.code == 2
    assert "app.models:Odd" in result.err
    assert "pattern" in result.err
    document = json.loads((project.root / "schema/api.json").read_text())
    assert roots_of(document, "emits") == ["Fine"]
    assert "interface Fine" in (project.root / "generated/api/types.ts").read_text()


def test_what_is_wrong_with_a_document_as_a_whole_is_said_once(project: Project) -> None:
    """No definition is at fault, so leaving one out can't help."""
    project.write(
        "app/models.py",
        """
        from typing import Literal

        from pydantic import BaseModel
        from samewire.streams import Block, Inside, ordered

        STEP = Block("step")


        @ordered(Inside(STEP))
        class User(BaseModel):
            type: Literal["said"] = "said"
        """,
    )
    result = project.run("generate")
    assert result.code == 2
    assert result.err.count('no event opens the block "step"') == 1
