"""The command as a user runs it: exit codes, reports, what the user brings, and what is counted apart."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from samewire.config import load
from samewire.discover import import_path
from samewire.pipeline import build
from samewire.verify import VerifyOptions, time_limits, verify, verify_built
from samewire.verify.node import find_node, strips_types
from samewire.verify.shrink import smallest

from tests.project import Project, project_in

ROOT = Path(__file__).parents[2]
MODELS = """
    from typing import Annotated
    from pydantic import AfterValidator, BaseModel, Field, field_serializer, field_validator

    class Agreed(BaseModel):
        name: str = Field(max_length=5)

    class Sloppy(BaseModel):
        name: str = Field(default_factory=lambda: None)
        size: int = 0

    class Shouting(BaseModel):
        count: int

        @field_serializer("count")
        def shout(self, count: int) -> int:
            return f"{count}!"

    class Even(BaseModel):
        number: int

        @field_validator("number")
        def is_even(cls, number: int) -> int:
            if number % 2:
                raise ValueError("odd")
            return number

    def make() -> Agreed:
        return Agreed.model_construct(name="far too long")
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path, empty=True) as project:
        project.write("models.py", MODELS)
        (tmp_path / "node_modules").symlink_to(ROOT / "node_modules", target_is_directory=True)
        yield project


def contract(project: Project, **roots: list[str]) -> None:
    lines = "\n".join(f"{key} = {json.dumps(value)}" for key, value in roots.items())
    project.write("samewire.toml", f"[contracts.api]\n{lines}\n")


def found(project: Project, *arguments: str, code: int) -> dict[str, object]:
    result = project.run("verify", "--examples", "15", "--no-types", "--json", *arguments)
    assert result.code == code, result.err
    document: dict[str, object] = json.loads(result.out)
    return document


def test_two_sides_that_agree(project: Project) -> None:
    contract(project, emits=["models:Agreed"], accepts=["models:Agreed"])
    result = project.run("verify", "--examples", "15")
    assert (result.code, result.out) == (0, "")
    assert "no disagreement: 2 models and directions" in result.err
    assert not (project.root / "generated").exists()


SQLMODEL = """
    from pydantic import BaseModel

    class SQLModel(BaseModel):
        # As that of the package: the constructor of a table takes whatever it is given.
        def __init__(self, **data):
            if self.model_config.get("table"):
                self.__setstate__({
                    "__dict__": data, "__pydantic_fields_set__": set(data), "__pydantic_extra__": None,
                    "__pydantic_private__": None,
                })
            else:
                self.__pydantic_validator__.validate_python(data, self_instance=self)
"""
TABLES = """
    from pydantic import BaseModel
    from sqlmodel import SQLModel

    class HeroBase(SQLModel):
        age: int

    class Hero(HeroBase):
        model_config = {"table": True}

    class HeroPublic(HeroBase):
        id: int

    class Team(BaseModel):
        heroes: list[Hero]
"""


def test_a_table_of_sqlmodel_is_no_disagreement(project: Project) -> None:
    project.write("sqlmodel.py", SQLMODEL)
    project.write("models.py", TABLES)
    roots = ["models:HeroPublic", "models:Team"]
    contract(project, emits=roots, accepts=roots)
    result = project.run("verify", "--examples", "15", "--no-types")
    assert result.code == 0, result.err
    assert "no disagreement: 2 models and directions" in result.err
    assert "models:Hero: is a SQLModel table (table=True), which is never validated" in result.err


def test_valibot_is_verified_like_zod(project: Project) -> None:
    contract(project, emits=["models:Agreed"], accepts=["models:Agreed"], targets=["valibot"])
    assert found(project, code=0)["disagreements"] == []
    contract(project, emits=["models:Shouting"], targets=["valibot"])
    (one,) = found(project, code=1)["disagreements"]  # type: ignore[misc]  # a list
    assert (one["field"], one["value"], one["pointer"]) == (["count"], {"count": "0!"}, "/count")
    assert one["schema"].startswith("/count: Invalid type: Expected number")


def test_what_django_writes(project: Project) -> None:
    project.write(
        "models.py",
        """
        from datetime import datetime, time, timedelta
        from pydantic import AnyUrl, BaseModel, ConfigDict

        class Sent(BaseModel):
            model_config = ConfigDict(ser_json_timedelta="float")
            at: datetime
            clock: time
            took: timedelta
            page: AnyUrl
        """,
    )
    project.write("samewire.toml", '[contracts.api]\nemits = ["models"]\ndump = "ninja"\n')
    assert found(project, code=0)["disagreements"] == []


def test_a_default_that_nobody_validated_is_of_the_type(project: Project) -> None:
    contract(project, emits=["models:Sloppy"])
    assert found(project, code=0)["disagreements"] == []


def test_a_serializer_that_writes_something_else_than_it_says(project: Project) -> None:
    contract(project, emits=["models:Shouting"])
    (one,) = found(project, code=1)["disagreements"]  # type: ignore[misc]  # a list
    assert (one["kind"], one["pointer"]) == ("refused", "/count")
    assert one["value"] == {"count": "0!"}


def test_one_cause_is_told_once(project: Project) -> None:
    project.write(
        "based.py",
        """
        from pydantic import BaseModel, field_serializer

        class Base(BaseModel):
            size: int

            @field_serializer("size")
            def shout(self, size: int) -> int:
                return f"{size}!"

        class First(Base): pass
        class Second(Base):
            other: str
        class Third(BaseModel):
            name: str

            @field_serializer("name")
            def count(self, name: str) -> str:
                return len(name)
        """,
    )
    contract(project, emits=["based:First", "based:Second", "based:Third"])
    document = found(project, code=1)
    assert len(document["disagreements"]) == 3  # type: ignore[arg-type]  # a list
    result = project.run("verify", "--examples", "15", "--no-types")
    assert result.err.count("disagreement: ") == 2
    assert "1 place with the same cause: based:Second.size; --verbose shows each" in result.err
    assert "3 disagreements of 2 causes: " in result.err
    assert (
        project.run("-v", "verify", "--examples", "15", "--no-types").err.count("disagreement: ")
        == 3
    )
    annotated = project.run("verify", "--examples", "15", "--no-types", "--format", "github").out
    assert annotated.count("::error") == 2


@pytest.mark.parametrize(
    ("annotation", "made"),
    [
        ("datetime", "value.replace(tzinfo=FarAway())"),
        ("time", "value.replace(tzinfo=FarAway())"),
        ("Literal['a', 'b']", "value * 2"),
    ],
)
def test_a_value_that_a_validator_makes_and_nobody_reads(
    project: Project, annotation: str, made: str
) -> None:
    project.write(
        "made.py",
        f"""
        import warnings
        from datetime import datetime, time, timedelta, tzinfo
        from typing import Annotated, Literal
        from pydantic import AfterValidator, BaseModel, Field

        class FarAway(tzinfo):
            def utcoffset(self, when): return timedelta(hours=25)
            def dst(self, when): return None
            def tzname(self, when): return "far away"

        def move(value): return {made}

        class Meeting(BaseModel):
            at: Annotated[{annotation}, AfterValidator(move)]
        """,
    )
    contract(project, emits=["made:Meeting"])
    result = project.run("verify", "--examples", "15", "--no-types", "--json")
    document = json.loads(result.out)
    assert document["disagreements"]
    for each in document["disagreements"]:
        assert each["cause_code"] in {"code", "warned-of"}, each
        assert "Samewire" not in each["cause"]


def test_what_the_code_of_the_user_reads_is_not_the_contracts_fault(project: Project) -> None:
    project.write(
        "reads.py",
        """
        from typing import Annotated, Any
        import email_validator
        from pydantic import BaseModel, BeforeValidator, EmailStr, PlainSerializer

        email_validator.SPECIAL_USE_DOMAIN_NAMES.remove("test")

        def replaced(value: Any) -> Any:
            return "a@example.com" if isinstance(value, str) else value

        def from_hex(value: Any) -> Any:
            return int(value, 16) if isinstance(value, str) else value

        class Replaced(BaseModel):
            at: Annotated[EmailStr, BeforeValidator(replaced)]

        class Tested(BaseModel):
            at: EmailStr

        class Hex(BaseModel):
            at: Annotated[int, BeforeValidator(from_hex), PlainSerializer(hex, return_type=str)]
        """,
    )
    contract(project, emits=["reads:Tested"], accepts=["reads"])
    result = project.run("verify", "--examples", "15", "--no-types", "--json")
    document = json.loads(result.out)
    said = {(each["model"], each["direction"]): each for each in document["disagreements"]}
    assert {model for model, _ in said} == {"reads:Tested"}
    assert {direction for _, direction in said} == {"emits", "accepts"}
    for each in said.values():
        assert each["cause_code"] == "code"
        assert "SPECIAL_USE_DOMAIN_NAMES" in each["cause"]


def test_a_default_that_a_validator_cannot_be_asked_about(project: Project) -> None:
    project.write(
        "asked.py",
        """
        from typing import Annotated
        from pydantic import AfterValidator, BaseModel

        def first(value: str) -> str:
            return value + 1

        class Asked(BaseModel):
            name: Annotated[str, AfterValidator(first)] | int = "a"
            more: list[Annotated[str, AfterValidator(first)] | int] = ["a"]
        """,
    )
    contract(project, emits=["asked:Asked"], accepts=["asked:Asked"])
    assert found(project, code=0)["models"] == 2


def test_what_only_python_refuses_is_counted_apart(project: Project) -> None:
    contract(project, accepts=["models:Even"])
    document = found(project, code=0)
    assert document["disagreements"] == []
    (one,) = document["python_only"]  # type: ignore[misc]  # a list
    assert one["model"] == "models:Even"
    assert one["code"] == ["Even.is_even"]
    assert json.loads(one["example"])["number"] % 2 == 1


def test_what_a_validator_or_a_factory_raises_is_its_own(project: Project) -> None:
    """Whatever it raises: Pydantic takes a ``ValueError`` for a refusal and lets everything else through."""
    project.write(
        "models.py",
        """
        from typing import Annotated
        from pydantic import AfterValidator, BaseModel, ConfigDict, EmailStr, Field, field_validator

        def fetched() -> str:
            raise ConnectionError("no network")

        class Fetching(BaseModel):
            url: str = Field(default_factory=fetched)

        class Looking(BaseModel):
            name: str

            @field_validator("name")
            def known(cls, name: str) -> str:
                return {"a": "a"}[name]

        class Inner(BaseModel):
            size: int = 0

        class Around(BaseModel):
            model_config = ConfigDict(validate_default=True)
            name: Annotated[str, AfterValidator(Looking.known)]
            mail: EmailStr = "a@b.co"
            inner: Inner = Inner()
        """,
    )
    contract(project, accepts=["models:Fetching", "models:Looking", "models:Around"])
    document = found(project, code=0)
    assert document["disagreements"] == []
    alone = document["python_only"]
    assert [one["model"] for one in alone] == ["models:Around", "models:Fetching", "models:Looking"]  # type: ignore[attr-defined]  # a list


def test_an_offset_with_seconds_is_left_aside_whoever_writes_it(project: Project) -> None:
    project.write(
        "models.py",
        """
        from datetime import datetime
        from typing import Any
        from pydantic import BaseModel, model_serializer

        class Sent(BaseModel):
            at: datetime

            @model_serializer(mode="plain", when_used="json")
            def written(self) -> Any:
                return {"at": self.at.isoformat()}
        """,
    )
    project.write(
        "samewire.toml",
        '[contracts.api]\nemits = ["models"]\nopaque = { "models:Sent" = "fields" }\n',
    )
    assert found(project, code=0)["disagreements"] == []


def test_the_same_seed_finds_the_same(project: Project) -> None:
    contract(project, emits=["models:Shouting", "models:Sloppy"], accepts=["models:Even"])
    first, again = (found(project, "--seed", "7", code=1) for _ in range(2))
    assert {**first, "seconds": 0} == {**again, "seconds": 0}


ENDLESS = """
    from pydantic import BaseModel, computed_field, field_validator

    class Endless(BaseModel):
        size: int

        @computed_field
        def cells(self) -> int:
            return sum(1 for _ in range(self.size))

    class Picky(BaseModel):
        size: int

        @field_validator("size")
        def counted(cls, size: int) -> int:
            return sum(1 for _ in range(size))
"""


def test_code_that_does_not_end(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_limits, "SECONDS", 0.05)
    monkeypatch.setattr(time_limits, "SECONDS_AFTER_MANY", 0.01)
    project.write("endless.py", ENDLESS)
    contract(project, emits=["endless:Endless"], accepts=["endless:Picky"])
    config = load(project.root / "samewire.toml")
    with import_path(config.pythonpath):
        options = VerifyOptions(examples=15, types=False)
        outcome = verify_built(config, build(config), options, find_node())
    assert outcome.disagreements == ()
    assert outcome.tally.instances > 2
    first, second = outcome.tally.unjudged
    assert "endless:Endless (emits): with " in first
    assert "endless:Picky (accepts): with " in second


def test_only_what_changed_since_a_commit(project: Project) -> None:
    def git(*arguments: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
        subprocess.run(["git", *who, *arguments], cwd=project.root, check=True, capture_output=True)

    roots = '["models:Agreed", "models:Even"]'
    project.write("samewire.toml", f"[contracts.api]\nemits = {roots}\naccepts = {roots}\n")
    assert project.run("generate").code == 0
    git("init")
    git("add", ".")
    git("commit", "-m", "deployed")
    arguments = ["--no-types", "--examples", "5", "--format", "json", "--changed", "HEAD"]
    same = project.run("verify", *arguments)
    assert (same.code, json.loads(same.out)["models"]) == (0, 0), same.out + same.err
    project.write("models.py", MODELS.replace("max_length=5", "max_length=6"))
    other = project.run("verify", *arguments)
    assert (other.code, json.loads(other.out)["models"]) == (0, 2), other.out + other.err
    project.write("models.py", MODELS.replace("size: int = 0", "size: str = 0"))
    missing = project.run("verify", *arguments[:-1], "gone")
    assert missing.code == 2
    assert "--changed" in missing.out
    assert "compat-baseline" in missing.out


def test_a_factory_and_payloads(project: Project) -> None:
    contract(project, emits=["models:Agreed"])
    (one,) = found(project, "--factory", "models:make", code=1)["disagreements"]  # type: ignore[misc]  # a list
    assert (one["field"], one["kind"]) == (["name"], "refused")
    project.write("sent.jsonl", '{"name": "ok"}\n{"nam": "typo"}\n')
    (one,) = found(project, "--model", "Agreed", "--payloads", "sent.jsonl", code=1)[
        "disagreements"
    ]  # type: ignore[misc]  # a list
    assert one["value"] == {"nam": "typo"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--model", "Nobody"], "verify-model"),
        (["--factory", "models:nothing"], "attribute-not-found"),
        (["--factory", "models"], "verify-factory"),
        (["--model", "Agreed", "--payloads", "none.jsonl"], "verify-payload"),
    ],
)
def test_what_is_not_there_is_named(project: Project, arguments: list[str], code: str) -> None:
    contract(project, emits=["models:Agreed"])
    result = project.run("verify", *arguments)
    assert result.code == 2
    assert f"[{code}]" in result.err


def test_without_the_package_of_the_validators(project: Project) -> None:
    contract(project, emits=["models:Agreed"])
    os.unlink(project.root / "node_modules")
    result = project.run("verify")
    assert result.code == 2
    assert "npm install zod" in result.err
    contract(project, emits=["models:Agreed"], targets=["valibot"])
    assert "npm install valibot" in project.run("verify").err


def test_the_contracts_of_this_repository_agree() -> None:
    outcome, _ = verify(load(ROOT / "pyproject.toml"), VerifyOptions(examples=4, types=False))
    assert outcome.disagreements == ()
    assert outcome.tally.models > 50


@pytest.mark.parametrize(
    ("version", "expected"),
    [((20, 20), False), ((22, 17), False), ((22, 18), True), ((23, 5), False), ((23, 6), True), ((24, 0), True), ((30, 1), True)],
)  # fmt: skip
def test_which_node_strips_types(version: tuple[int, int], expected: bool) -> None:
    assert strips_types(version) is expected


def test_a_value_is_shrunk_as_far_as_it_fails() -> None:
    value = {"a": [1, 2, {"b": "needle in a haystack"}], "c": [True] * 9}
    asked = []

    def fails(values):
        asked.extend(values)
        return ["needle" in json.dumps(each) for each in values]

    assert smallest(value, fails) == {"a": [{"b": "needle"}]}
    assert len(asked) < 3000


def test_what_leads_to_the_place_in_question_stays() -> None:
    value = {"a": [1, 2, {"b": "x", "c": 7}], "d": True}

    def fails(values):
        return [True for _ in values]

    assert smallest(value, fails, keep=("a", 2, "b")) == {"a": [0, 0, {"b": "x"}]}


def test_contracts_that_share_a_runtime_library(project: Project) -> None:
    project.write(
        "models.py",
        """
        from datetime import datetime
        from pydantic import BaseModel

        class Event(BaseModel):
            at: datetime
            counts: dict[str, int]
        """,
    )
    project.write(
        "samewire.toml",
        """
        runtime = "web/lib"
        contracts.one = { emits = ["models:Event"], output = "web/src/generated/one" }
        contracts.two = { accepts = ["models:Event"], output = "two" }
        """,
    )
    document = found(project, code=0)
    assert document["disagreements"] == []
    result = project.run("verify", "--examples", "5")
    assert result.code == 0, result.err
