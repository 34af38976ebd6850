"""Contracts in several files of one kind: what stands where, that all of it compiles and runs, and what becomes of files."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conformance.features.batch import COMPILER_OPTIONS
from tests.project import DECIMALS, Project, project_in

PACKAGE = {
    "base": """
        from enum import Enum
        from typing import Annotated, Generic, NewType, TypeVar

        from pydantic import BaseModel, Field

        T = TypeVar("T")
        UserId = NewType("UserId", int)

        class Colour(Enum):
            RED = "red"
            BLUE = "blue"

        class Named(BaseModel):
            name: Annotated[str, Field(min_length=1)]

        class Page(BaseModel, Generic[T]):
            items: list[T]
    """,
    "animals": """
        from __future__ import annotations

        from typing import TYPE_CHECKING, Literal

        from pydantic import JsonValue

        from .base import Colour, Named, UserId

        if TYPE_CHECKING:
            from .owners import Owner

        class Cat(Named):
            kind: Literal["cat"] = "cat"
            colour: Colour
            owner: Owner | None = None

        class Dog(Named):
            kind: Literal["dog"] = "dog"
            chip: UserId
            data: JsonValue = None
            friends: list[Dog] = []
    """,
    "owners": """
        from __future__ import annotations

        from datetime import datetime
        from decimal import Decimal
        from typing import Annotated

        from pydantic import Field
        from samewire import Open

        from .animals import Cat, Dog
        from .base import Colour, Named, UserId

        Pet = Annotated[Cat | Dog, Field(discriminator="kind")]
        OpenPet = Annotated[Cat | Dog, Field(discriminator="kind"), Open]

        class Owner(Named):
            id: UserId
            pets: list[Pet] = []
            colours: dict[Colour, UserId] = {}
            born: datetime | None = None
            balance: Decimal | None = None
    """,
    "_shop": """
        from __future__ import annotations

        from typing import Annotated, Literal

        from pydantic import BaseModel, Field

        from .animals import Cat, Dog
        from .base import Colour, Named, Page
        from .owners import OpenPet, Owner

        class Bird(Named):
            kind: str

        class Shop(Named):
            pages: Page[Owner]
            pet: Annotated[Cat | Dog, Field(discriminator="kind")]
            other: OpenPet
            by_owner: dict[str, list[Owner]]
            either: Owner | Bird
            colour: Colour

        class Tree(BaseModel):
            left: Tree | None = None
            shop: Shop | None = None

        class Aux(BaseModel):
            only: int

        class Voice(BaseModel):
            loud: bool

        class voice(BaseModel):
            UnknownTag: Literal["JsonValue", "Owner"]
    """,
}
TARGETS = {
    "zod": 'targets = ["zod", "guards", "fixtures"]',
    "mini": 'zod = "zod/mini"\ndates = "date"\ndatetimes = "aware"\n'
    'decode = { decimals = { module = "../../decimals.ts", type = "Decimal" } }\nindex = false',
    "open": 'schema-types = "open"',
    "valibot": 'targets = ["valibot"]',
    "types": 'targets = ["types"]',
}
CONFIG = 'imports = ".ts"\nbrands = true\nextends = true\ntype-tests = true\n' + "".join(
    f"""
[contracts.{layout}-{name}]
layout = "{layout}"
emits = ["app:**"]
accepts = ["app:**"]
output = "{layout}/{name}"
{options}
"""
    for layout in ("modules", "models")
    for name, options in TARGETS.items()
)
ALONE = """
    import assert from "node:assert/strict";
    import { readFileSync } from "node:fs";
    import { isMainThread, Worker, workerData } from "node:worker_threads";

    if (isMainThread) {
      for (const file of JSON.parse(readFileSync("files.json", "utf8")) as string[]) {
        const worker = new Worker(new URL(import.meta.url), { workerData: file });
        const failed = await new Promise((done) => worker.once("error", done).once("exit", done));
        assert.equal(failed, 0, `${file}: ${failed}`);
      }
      console.log("ok");
    } else {
      const exported: Record<string, unknown> = await import(`./${workerData as string}`);
      assert.ok(Object.keys(exported).length > 0);
      for (const value of Object.values(exported)) {
        if (typeof value === "function") value({});
        else if (typeof value === "object" && value !== null && "~standard" in value) {
          (value as { "~standard": { validate(value: unknown): unknown } })["~standard"].validate({});
        }
      }
    }
"""


def written(folder: Path) -> Project:
    project = Project(folder)
    project.write("package.json", '{"type": "module"}')
    project.write("app/__init__.py", "")
    for name, text in PACKAGE.items():
        project.write(f"app/{name}.py", text)
    project.write("samewire.toml", CONFIG)
    return project


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory, node_modules: Path) -> Project:
    """A project that no test changes."""
    folder = tmp_path_factory.mktemp("layout")
    with project_in(folder, empty=True):
        project = written(folder)
        (folder / "node_modules").symlink_to(node_modules)
        result = project.run("generate")
        assert result.code == 0, result.err
    return project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path, empty=True):
        yield written(tmp_path)


def names(project: Project, folder: str) -> set[str]:
    return {path.stem for path in (project.root / folder).glob("*.ts")}


def test_each_file_compiles_and_loads_by_itself(
    generated: Project, node: Path, node_modules: Path, run_node: Callable[..., str]
) -> None:
    # A type that is inferred can't be exported under isolatedDeclarations, in one file neither.
    options = {**COMPILER_OPTIONS, "isolatedDeclarations": False, "types": ["node"]}
    options |= {"target": "es2022", "lib": ["es2022", "dom"]}
    inferred = {"extends": "./all.json", "include": ["*/*/**/*.ts", "alone.ts"]}
    generated.write("all.json", json.dumps({"compilerOptions": options}))
    generated.write("tsconfig.json", json.dumps(inferred))
    explicit = {
        "extends": "./all.json",
        "compilerOptions": {"isolatedDeclarations": True},
        "include": ["modules/zod/**/*.ts", "models/mini/**/*.ts"],
    }
    generated.write("explicit.json", json.dumps(explicit))
    generated.write("alone.ts", ALONE)
    generated.write("decimals.ts", DECIMALS)
    for compiler, file in (("typescript", "tsconfig.json"), ("typescript5", "explicit.json")):
        tsc = node_modules / compiler / "bin" / "tsc"
        done = subprocess.run(
            [node, tsc, "-p", generated.root / file], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout
    prettier = node_modules / "prettier" / "bin" / "prettier.cjs"
    checked = [f"{layout}/{name}" for layout in ("modules", "models") for name in ("zod", "mini")]
    layout = subprocess.run(
        [node, prettier, "--check", *checked],
        capture_output=True,
        text=True,
        check=False,
        cwd=generated.root,
    )
    assert layout.returncode == 0, layout.stderr
    alone = (
        "modules/zod/schemas",
        "modules/zod/exact",
        "modules/mini/schemas",
        "models/zod/schemas",
    )
    files = [
        path.relative_to(generated.root).as_posix()
        for folder in alone
        for path in sorted((generated.root / folder).glob("*.ts"))
    ]
    assert len(files) > 30
    generated.write("files.json", json.dumps(files))
    assert run_node(generated.root / "alone.ts", cwd=generated.root).strip() == "ok"
    head, *contracts = CONFIG.split("\n[")
    chosen = [
        each
        for each in contracts
        if each.startswith(("contracts.models-mini", "contracts.modules-zod"))
    ]
    generated.write("verified.toml", "\n[".join([head, *chosen]))
    with project_in(generated.root, empty=True) as project:
        verified = project.run("verify", "--config", "verified.toml", "--examples", "5")
    assert verified.code == 0, verified.out + verified.err


def test_types_stand_in_the_file_of_their_module(generated: Project) -> None:
    modules = {"app-base", "app-animals", "app-owners", "app-_shop"}
    for folder in ("types", "schemas", "guards", "exact"):
        assert names(generated, f"modules/zod/{folder}") == modules
    owners = (generated.root / "modules/zod/types/app-owners.ts").read_text("utf-8")
    assert "export interface Owner extends Named {" in owners
    assert 'import type { Colour, Named, UserId } from "./app-base.ts";' in owners
    assert "export interface PageOwner {" in owners, "a generic stands where its argument does"
    base = (generated.root / "modules/zod/types/app-base.ts").read_text("utf-8")
    assert "import" not in base.replace("imported", "")
    schemas = (generated.root / "modules/zod/schemas/app-owners.ts").read_text("utf-8")
    assert 'export { OwnerSchema } from "./app-animals.ts";' in schemas, "it and Cat are a circle"
    assert "export const PetSchema" in schemas
    wire = (generated.root / "modules/mini/wire/app-owners.ts").read_text("utf-8")
    assert "export interface OwnerWire" in wire


def test_each_model_has_a_file_that_every_system_can_have(generated: Project) -> None:
    found = names(generated, "models/zod/types")
    assert {"Owner", "OwnerInput", "Colour", "UserId", "PageOwner", "Aux_"} <= found
    assert "Voice" in found, "the two that differ in case alone share a file"
    assert "voice" not in found
    voices = (generated.root / "models/zod/schemas/Voice.ts").read_text("utf-8")
    assert re.findall(r"^export const (\w+)", voices, re.MULTILINE) == [
        "VoiceSchema",
        "voiceSchema",
    ]


def loaded(file: Path, seen: set[Path] | None = None) -> set[Path]:
    """The files that Node loads for one: types are none of them."""
    files = {file} if seen is None else seen
    for statement in re.findall(
        r"^(?:im|ex)port (?!type).*?;$", file.read_text("utf-8"), re.MULTILINE | re.DOTALL
    ):
        found = re.search(r' from "(\..*)";$', statement)
        inner = (file.parent / found[1]).resolve() if found else file
        if inner not in files:
            files.add(inner)
            loaded(inner, files)
    return files


def test_a_file_loads_what_it_refers_to_alone(generated: Project) -> None:
    home = (generated.root / "models/zod").resolve()
    files = {path.relative_to(home).as_posix() for path in loaded(home / "schemas/PageOwner.ts")}
    own = {file for file in files if not file.startswith("runtime/")}
    # Owners and cats refer to each other.
    members = ("Cat", "Colour", "Dog", "PageOwner")
    kinds = ("exact", "guards", "schemas")
    assert own <= {f"{kind}/{name}.ts" for kind in kinds for name in members} | {"types/Colour.ts"}
    assert {f"schemas/{name}.ts" for name in members} <= own


def test_a_barrel_is_optional(generated: Project) -> None:
    assert (generated.root / "modules/zod/index.ts").exists()
    assert not (generated.root / "modules/mini/index.ts").exists()


def test_importers_find_the_same_names(project: Project) -> None:
    kept = "[contracts.models-zod]"
    project.write("samewire.toml", CONFIG.replace(f'{kept}\nlayout = "models"', kept))
    assert project.run("generate").code == 0
    for file in ("index", "types", "schemas", "guards"):
        lists = [
            set(
                re.findall(
                    r"^export (?:declare )?(?:type |interface |const |function |)\{? ?(\w+)",
                    (project.root / folder / f"{file}.ts").read_text("utf-8"),
                    re.MULTILINE,
                )
            )
            - {"type"}
            for folder in ("models/zod", "modules/zod")
        ]
        assert lists[0] - {"JsonValue", "UnknownTag"} <= lists[1] | lists[0]
        if file != "types":
            assert lists[0] == lists[1]


def test_files_go_with_their_module_and_drift_is_seen(project: Project) -> None:
    project.write("samewire.toml", CONFIG[: CONFIG.index("[contracts.modules-mini]")])
    assert project.run("generate").code == 0
    assert project.run("check").code == 0
    file = project.root / "modules/zod/schemas/app-base.ts"
    file.write_text(file.read_text("utf-8") + "\nexport const mine = 1;\n", "utf-8")
    (project.root / "modules/zod/types/app-owners.ts").unlink()
    found = project.run("check")
    assert found.code == 1
    assert "modules/zod/schemas/app-base.ts" in found.out + found.err
    assert "modules/zod/types/app-owners.ts" in found.out + found.err
    assert project.run("diff").code == 1
    assert project.run("generate").code == 0
    project.write("modules/zod/schemas/mine.ts", "export const mine = 1;")
    (project.root / "app/_shop.py").unlink()
    assert project.run("check").code == 1
    assert project.run("generate").code == 0
    assert "app-_shop" not in names(project, "modules/zod/schemas")
    assert names(project, "modules/zod/schemas") == {
        "app-base",
        "app-animals",
        "app-owners",
        "mine",
    }
    project.edit("samewire.toml", 'layout = "modules"', "")
    assert project.run("generate").code == 0
    assert names(project, "modules/zod/schemas") == {"mine"}
    assert not (project.root / "modules/zod/types").exists()
