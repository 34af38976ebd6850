"""Contracts with ``extends``: what a model inherits as it is stands at its base class alone, and no type or verdict differs."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.features.batch import COMPILER_OPTIONS
from tests.project import Project, frontend_in

MODELS = """
    from dataclasses import dataclass
    from datetime import datetime
    from typing import Annotated, Generic, Literal, NewType, Optional, TypeVar

    from pydantic import AliasChoices, BaseModel, ConfigDict, Field, RootModel, computed_field
    from typing_extensions import TypedDict

    T = TypeVar("T")
    UserId = NewType("UserId", int)

    class Named(BaseModel):
        name: str

    class Dated(BaseModel):
        created: datetime
        updated: datetime | None = None

    class Item(Named, Dated):
        price: float

    class Grown(Item):
        parent: Optional["Grown"] = None

    class Same(Item): ...

    class Mixed(Named, Dated): ...

    class Skipped(Named):
        name: Literal["a"]
        more: int

    class BehindSkipped(Skipped):
        last: int

    class Limited(Named):
        name: str = Field(max_length=3)

    class Described(Named):
        name: str = Field(description="Another one")

    class Defaulted(Named):
        name: str = "x"

    class Nulled(Named):
        name: str | None

    class Aliased(Named):
        model_config = ConfigDict(alias_generator=str.upper)

    class Chosen(Named):
        name: str = Field(validation_alias=AliasChoices("name", "label"), serialization_alias="name")
        more: int

    class Strict(Named):
        model_config = ConfigDict(extra="forbid")
        more: int

    class Loose(Named):
        model_config = ConfigDict(extra="allow")
        more: int

    class Looser(Loose):
        last: int

    class TypedLoose(Loose):
        __pydantic_extra__: dict[str, int] = Field(init=False)
        last: int

    class Owned(BaseModel):
        id: UserId

    class OwnedItem(Owned):
        more: int

    class Unbranded(Owned):
        id: int

    class Counted(Named):
        @computed_field
        @property
        def size(self) -> int:
            return len(self.name)

    class CountedItem(Counted):
        more: int

    class Page(BaseModel, Generic[T]):
        items: list[T]

    class NumberPage(Page[int]):
        next: str

    class Numbers(RootModel[list[int]]): ...

    class FewNumbers(Numbers): ...

    class Nothing(BaseModel): ...

    class Something(Nothing):
        more: int

    class Settings(TypedDict):
        one: int

    class MoreSettings(Settings, total=False):
        two: int

    class MostSettings(MoreSettings):
        three: int

    @dataclass
    class Placed:
        x: int

    @dataclass
    class Moved(Placed):
        y: int = 0

    NumbersPage = Page[int]

    class NamedLikeTheOneThatMakesTheLineLong(BaseModel):
        one: int

    class AnotherNameThatMakesTheLineTooLong(BaseModel):
        two: int

    class LongestOfAllThatDoNotFitIntoALine(
        NamedLikeTheOneThatMakesTheLineLong, AnotherNameThatMakesTheLineTooLong
    ):
        three: int

    class TheLongestOfAllThatHaveASingleBaseClass(NamedLikeTheOneThatMakesTheLineLong):
        three: int
"""
CONFIG = """
    imports = ".ts"
    extends = true
    brands = true
    type-tests = true

    [contracts.api]
    emits = ["models"]
    accepts = ["models"]
    output = "api"
    targets = ["zod", "guards", "fixtures", "docs"]

    [contracts.dates]
    emits = ["models"]
    output = "dates"
    dates = "date"
    datetimes = "aware"
"""
HEADS = re.compile(r"export (?:interface|type) (\w+)\s+(?:= |extends\s+)(\w+(?:,\s+\w+)*)(?:;| \{)")


@pytest.fixture
def project(tmp_path: Path, node_modules: Path) -> Iterator[Project]:
    files = {
        "models.py": MODELS,
        "samewire.toml": CONFIG,
    }
    with frontend_in(tmp_path, node_modules, files) as made:
        yield made


def parents(types: str) -> dict[str, str]:
    return {name: " ".join(listed.split()) for name, listed in HEADS.findall(types)}


def test_an_interface_extends_those_that_it_has_all_members_of(project: Project) -> None:
    assert project.run("generate").code == 0
    types = (project.root / "api/types.ts").read_text("utf-8")
    assert parents(types) == {
        "Item": "Named, Dated",
        "ItemInput": "Named, DatedInput",
        "Grown": "Item",
        "GrownInput": "ItemInput",
        "Same": "Item",
        "SameInput": "ItemInput",
        "Mixed": "Named, Dated",
        "MixedInput": "Named, DatedInput",
        "BehindSkipped": "Skipped",
        "Chosen": "Named",
        "Looser": "Loose",
        "OwnedItem": "Owned",
        "Counted": "Named",
        "CountedItem": "Counted",
        "CountedInput": "Named",
        "CountedItemInput": "CountedInput",
        "NumberPage": "NumbersPage",
        "MoreSettings": "Settings",
        "MostSettings": "MoreSettings",
        "Moved": "Placed",
        "MovedInput": "Placed",
        "LongestOfAllThatDoNotFitIntoALine": "NamedLikeTheOneThatMakesTheLineLong, AnotherNameThatMakesTheLineTooLong",
        "TheLongestOfAllThatHaveASingleBaseClass": "NamedLikeTheOneThatMakesTheLineLong",
    }
    dates = (project.root / "dates/wire.ts").read_text("utf-8")
    assert parents(dates)["GrownWire"] == "ItemWire"
    assert "export interface ItemWire extends DatedWire {\n  name: string;" in dates


def test_types_schemas_and_guards_say_the_same_with_the_key(
    project: Project, node: Path, node_modules: Path
) -> None:
    project.edit(
        "samewire.toml",
        "[contracts.dates]",
        """[contracts.plain]
    emits = ["models"]
    accepts = ["models"]
    output = "plain"
    targets = ["types"]
    extends = false

    [contracts.dates]""",
    )
    assert project.run("generate").code == 0
    names = re.findall(
        r"^export (?:interface|type) (\w+)",
        (project.root / "plain/types.ts").read_text(),
        re.MULTILINE,
    )
    claims = "\n".join(f"  {name}: Same<plain.{name}, api.{name}>;" for name in names)
    project.write(
        "same.ts",
        f"""
import type * as api from "./api/types.ts";
import type * as plain from "./plain/types.ts";

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Claims<C extends Record<string, true>> = C;
export type All = Claims<{{
{claims}
}}>;
""",
    )
    options = {**COMPILER_OPTIONS, "isolatedDeclarations": False, "declaration": False}
    options |= {"types": ["node"], "target": "es2022", "lib": ["es2022", "dom"]}
    project.write(
        "tsconfig.json", json.dumps({"compilerOptions": options, "include": ["*.ts", "*/**/*.ts"]})
    )
    tsc = node_modules / "typescript" / "bin" / "tsc"
    done = subprocess.run(
        [node, tsc, "-p", project.root], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    prettier = node_modules / "prettier" / "bin" / "prettier.cjs"
    layout = subprocess.run(
        [node, prettier, "--check", "api/types.ts", "dates/wire.ts"],
        capture_output=True,
        text=True,
        check=False,
        cwd=project.root,
    )
    assert layout.returncode == 0, layout.stderr
    checked = project.run("verify", "--examples", "5")
    assert checked.code == 0, checked.out + checked.err


def test_without_the_key_nothing_says_what_is_inherited(project: Project) -> None:
    project.edit("samewire.toml", "extends = true", "")
    assert project.run("generate").code == 0
    assert " extends " not in (project.root / "api/types.ts").read_text("utf-8")
    assert "x-samewire-bases" not in (project.root / "schema/api.json").read_text("utf-8")


def test_a_base_that_is_left_out_is_no_parent(project: Project) -> None:
    project.edit("samewire.toml", "extends = true", 'extends = true\nexclude = ["models:Named"]')
    assert project.run("generate").code == 0
    types = (project.root / "api/types.ts").read_text("utf-8")
    assert parents(types)["Item"] == "Dated"
    assert parents(types)["CountedItem"] == "Counted"
    assert "Counted" not in parents(types)
