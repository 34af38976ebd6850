"""The generated frontend half of ``examples/copilot``, in every client and without one, over a real socket."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from samewire.ui_stream import clients

from .copilot_app import FOLDER
from .frontend_turns import CHATS, READS, Expected, chunks_that_came_later, job

PACKAGES = ("ai500", "ai5", "ai600", "ai6", "ai700", "ai7")
COMPILER: dict[str, Any] = {
    "strict": True,
    "exactOptionalPropertyTypes": True,
    "noUncheckedIndexedAccess": True,
    "noPropertyAccessFromIndexSignature": True,
    "noImplicitOverride": True,
    "noImplicitReturns": True,
    "noFallthroughCasesInSwitch": True,
    "noUnusedLocals": True,
    "noUnusedParameters": True,
    "isolatedDeclarations": True,
    "declaration": True,
    "verbatimModuleSyntax": True,
    "erasableSyntaxOnly": True,
    "allowImportingTsExtensions": True,
    "skipLibCheck": True,
    "noEmit": True,
    "module": "nodenext",
    "target": "es2022",
    "lib": ["es2022", "dom"],
    "types": [],
}

Frontend = Callable[[str], Path]


@pytest.fixture(scope="session")
def frontend(tmp_path_factory: pytest.TempPathFactory, node_modules: Path) -> Frontend:
    """``frontend(package)``: the generated files in a folder where ``ai`` is that package."""

    def make(package: str) -> Path:
        folder = tmp_path_factory.mktemp(package)
        shutil.copytree(FOLDER / "generated", folder, dirs_exist_ok=True)
        shutil.copy(Path(__file__).with_name("frontend_types.ts"), folder)
        (folder / "ai.mjs").write_text('export * from "ai";\n', encoding="utf-8")
        (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        (folder / "node_modules").mkdir()
        for name, found in (("ai", package), ("zod", "zod"), ("eventsource-parser",) * 2):
            (folder / "node_modules" / name).symlink_to(node_modules / found)
        return folder

    return make


def ran(node: Path, folder: Path, cases: dict[str, Expected]) -> dict[str, Any]:
    script = Path(__file__).with_name("frontend.mjs")
    done = subprocess.run(
        [str(node), "--no-warnings", str(script), str(folder)],
        input=json.dumps([{"name": name, **case.job} for name, case in cases.items()]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_the_transports_check_what_arrives(frontend: Frontend, node: Path, package: str) -> None:
    found = ran(node, frontend(package), CHATS)
    for name, case in CHATS.items():
        case.compare(name, found[name])
    # Those of the first versions keep the message that a resumed reply continues, and say so.
    kept = "kept" if package in {"ai500", "ai600", "ai700"} else None
    told = {
        (one["method"], one["continued"]) for case in found.values() for one in case["requests"]
    }
    assert told == {("POST", None), ("GET", kept)}


@pytest.mark.parametrize("package", PACKAGES)
def test_the_page_asks_its_sdk_what_it_knows(
    frontend: Frontend, node: Path, node_modules: Path, package: str
) -> None:
    installed = json.loads((node_modules / package / "package.json").read_text(encoding="utf-8"))
    major, minor, patch = map(int, installed["version"].split("."))
    known = {
        tag: major in since and (major, minor, patch) >= since[major]
        for tag, since in clients.TYPES.items()
    }
    cases = {"known": Expected(job(kind="known")), **chunks_that_came_later(known)}
    found = ran(node, frontend(package), cases)
    assert found.pop("known")["known"] == known
    for name, case in cases.items():
        if name in found:
            case.compare(name, found[name])


def test_chunks_are_read_without_the_sdk(frontend: Frontend, node: Path) -> None:
    found = ran(node, frontend("ai7"), READS)
    for name, case in READS.items():
        case.compare(name, found[name])


VARIANTS = """
from typing import Annotated, Literal

from pydantic import BaseModel, TypeAdapter
from samewire.ui_stream import ChatRequest, DataChunk, Tool, UIMessage, UIMessageChunk, UIStream


class Note(BaseModel):
    text: str


class WordsChunk(DataChunk):
    type: Literal["data-many words"] = "data-many words"
    data: list[Note]


class CountChunk(DataChunk):
    type: Literal["data-__proto__"] = "data-__proto__"
    data: int | None


class Query(BaseModel):
    q: str


search = Tool("search", Query, list[Note])
odd = Tool("odd-name", dict[str, int], None, prefix="Odd")

Bare = Annotated[UIMessageChunk, UIStream()]
Open = Annotated[UIMessageChunk, UIStream(tools=[search, odd], dynamic_tools=True, metadata=dict[str, str])]
Closed = Annotated[UIMessageChunk, UIStream(WordsChunk, CountChunk, tools=[search, odd], metadata=Note)]
"""
VARIANT_CONFIG = """
type-tests = true

[contracts.bare]
emits = ["variants:Bare"]
imports = ".ts"

[contracts.open]
emits = ["variants:Open"]
imports = ".ts"
zod = "zod/mini"

[contracts.closed]
emits = ["variants:Closed"]
imports = ".ts"
zod-version = "4.0"

[contracts.without]
emits = ["variants:Closed"]
extensions = { ui-stream = false }
"""


def test_every_kind_of_contract_compiles_and_is_laid_out(
    tmp_path: Path, node: Path, node_modules: Path
) -> None:
    (tmp_path / "variants.py").write_text(VARIANTS, encoding="utf-8")
    (tmp_path / "samewire.toml").write_text(VARIANT_CONFIG, encoding="utf-8")
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    command = [sys.executable, "-m", "samewire", "-q", "generate"]
    subprocess.run(command, cwd=tmp_path, check=True)
    made = {file.relative_to(tmp_path / "generated").as_posix() for file in tmp_path.rglob("*.ts")}
    assert {name for name in made if "chat" in name} == {
        "bare/chat.ts",
        "open/chat.ts",
        "closed/chat.ts",
    }
    names = (tmp_path / "generated" / "closed" / "ui-stream.ts").read_text(encoding="utf-8")
    for line in (
        '  "many words": t.WordsData;',
        "  __proto__: t.CountData;",
        '  ["__proto__"]: s.CountDataSchema,',
        '  "data-__proto__": s.CountDataSchema,',
        '  "odd-name": { input: t.OddInput; output: t.OddOutput };',
        "  search: { input: t.Query; output: t.SearchOutput };",
    ):
        assert line in names.splitlines(), line
    (tmp_path / "node_modules").mkdir()
    for name, found in (("ai", "ai7"), ("zod", "zod"), ("eventsource-parser",) * 2):
        (tmp_path / "node_modules" / name).symlink_to(node_modules / found)
    files = sorted(f"generated/{name}" for name in made)
    config = tmp_path / "tsconfig.json"
    config.write_text(json.dumps({"compilerOptions": COMPILER, "files": files}))
    for script, *arguments in (
        ("typescript/bin/tsc", "-p", str(config)),
        ("prettier/bin/prettier.cjs", "--no-config", "--list-different", *files),
    ):
        done = subprocess.run(
            [str(node), str(node_modules / script), *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout + done.stderr == "", script


@pytest.mark.parametrize("package", PACKAGES)
def test_the_types_are_what_use_chat_takes(
    frontend: Frontend, node: Path, node_modules: Path, package: str
) -> None:
    folder = frontend(package)
    config = folder / "tsconfig.json"
    config.write_text(json.dumps({"compilerOptions": COMPILER, "files": ["frontend_types.ts"]}))
    compilers = ("typescript", "typescript5") if package == "ai7" else ("typescript",)
    for compiler in compilers:
        tsc = node_modules / compiler / "bin" / "tsc"
        done = subprocess.run(
            [str(node), str(tsc), "-p", str(config)], capture_output=True, text=True, check=False
        )
        assert done.stdout == ""
