"""Contracts with the table ``decode``: what is generated compiles, decodes, encodes and verifies; what can't be is refused by name."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from samewire.config import load
from samewire.discover import import_path
from samewire.pipeline import build
from samewire.verify import VerifyOptions, verify_built
from samewire.verify.node import find_node

from tests.conformance.features.batch import COMPILER_OPTIONS
from tests.project import Project, frontend_in

MODELS = """
    from datetime import date
    from typing import Annotated

    from pydantic import (
        AnyUrl, Base64Bytes, BaseModel, BeforeValidator, ConfigDict, HttpUrl, PlainSerializer, PostgresDsn, StringConstraints,
    )

    Digits = Annotated[str, StringConstraints(pattern=r"^(?:0|-?[1-9][0-9]{0,99})$")]
    BigInt = Annotated[
        int, BeforeValidator(lambda value: value, json_schema_input_type=Digits), PlainSerializer(str, return_type=Digits)
    ]

    class Tag(BaseModel):
        model_config = ConfigDict(frozen=True)
        name: str
        logo: Base64Bytes

    class URL(BaseModel):
        path: str

    class File(BaseModel):
        id: BigInt
        size: int
        made: date = date(2024, 2, 29)
        raw: bytes = b""
        links: list[HttpUrl] = []
        home: AnyUrl | None = None
        numbers: set[int]
        tags: frozenset[Tag] = frozenset()
        mixed: Base64Bytes | set[str] | Tag | None = None
        url: URL
        by: dict[HttpUrl, BigInt] = {}
        store: PostgresDsn | None = None
        parent: "File | None" = None

    class Hex(BaseModel):
        model_config = ConfigDict(ser_json_bytes="hex", val_json_bytes="hex")
        data: bytes
        more: set[bytes] = set()
"""
CONFIG = """
    imports = ".ts"
    decode = { days = "Date", bytes = "Uint8Array", integers = "bigint", sets = "Set", urls = "URL" }
    type-tests = true
    targets = ["zod", "guards", "fixtures"]

    [contracts.api]
    emits = ["models"]
    accepts = ["models"]
    output = "api"

    [contracts.mini]
    emits = ["models"]
    accepts = ["models"]
    output = "mini"
    zod = "zod/mini"
    targets = ["zod", "fixtures"]

    [contracts.open]
    emits = ["models"]
    output = "open"
    schema-types = "open"
    targets = ["zod"]

    [contracts.some]
    emits = ["models:File"]
    output = "some"
    decode = { sets = "Set" }
    targets = ["zod"]
"""
SCRIPT = """
    import assert from "node:assert/strict";
    import * as z from "zod/v4/core";
    import * as api from "./api/index.ts";
    import { fixturesOfFile, fixturesOfHexInput } from "./api/fixtures.ts";
    import type { FileWire } from "./api/wire.ts";
    import * as mini from "./mini/index.ts";
    import { HexSchema } from "./open/schemas.ts";
    import type { File as Some } from "./some/types.ts";

    const wire: FileWire = {
      id: "9007199254740993", size: 1, made: "2024-02-29", raw: "\\u00e9", links: ["https://xn--mnchen-3ya.de/%C3%A9"], home: "mailto:a@b.c", numbers: [2, 1],
      tags: [{ name: "a", logo: "" }], mixed: "YWI=", url: { path: "/" }, by: { "http://a.b/": "-1" }, store: "postgres://a:1,b:2/db", parent: null,
    };
    for (const { FileSchema, FileInputSchema } of [api, mini]) {
      const file = z.parse(FileSchema, wire);
      const id: bigint = file.id;
      assert.equal(id, 9007199254740993n);
      assert.equal(file.size, 1);
      assert.deepEqual(file.made, new Date(2024, 1, 29));
      assert.equal(z.encode(FileSchema, { ...file, made: new Date(2024, 0, 1, 23) }).made, "2024-01-01");
      assert.deepEqual([...file.raw], [0xc3, 0xa9]);
      assert.equal(file.links[0]?.hostname, "xn--mnchen-3ya.de");
      assert.ok(file.home instanceof URL && file.numbers.has(2) && file.mixed instanceof Uint8Array);
      assert.deepEqual([...file.tags].map((tag) => [tag.name, tag.logo.length]), [["a", 0]]);
      assert.equal(file.by["http://a.b/"], -1n);
      assert.equal(file.store, wire.store);
      assert.deepEqual(z.encode(FileSchema, file), wire);
      file.numbers.add(3);
      file.parent = { ...file, id: 2n ** 64n, mixed: new Set(["x"]) };
      const again: FileWire = z.encode(FileSchema, file);
      assert.deepEqual(again.parent, { ...wire, id: "18446744073709551616", numbers: [2, 1, 3], mixed: ["x"] });
      assert.ok(!z.safeParse(FileSchema, { ...wire, numbers: [1, 1] }).success);
      assert.ok(!z.safeParse(FileSchema, { ...wire, id: "007" }).success);
      assert.ok(!z.safeEncode(FileSchema, { ...file, raw: Uint8Array.of(0xff) }).success);
      assert.ok(!z.safeEncode(FileSchema, { ...file, id: 10n ** 100n }).success);
      assert.ok(!z.safeEncode(FileSchema, { ...file, links: [new URL("ftp://a/")] }).success);
      // @ts-expect-error: an array is no set
      assert.ok(!z.safeEncode(FileSchema, { ...file, numbers: [1] }).success);
      const input = z.parse(FileInputSchema, { id: "1", size: 1, numbers: [1, 1], url: { path: "/" }, home: "HTTP://A.b" });
      assert.equal(input.numbers.size, 1);
      assert.deepEqual(z.encode(FileInputSchema, input).numbers, [1, 1]);
      assert.equal(z.encode(FileInputSchema, input).home, "HTTP://A.b");
    }
    for (const file of fixturesOfFile()) {
      assert.deepEqual(z.parse(api.FileSchema, z.encode(api.FileSchema, file)), file);
    }
    for (const hex of fixturesOfHexInput()) assert.ok(api.isHexInput(z.encode(api.HexInputSchema, hex)));
    const hex = HexSchema.shape.data.decode("00ff");
    assert.deepEqual(HexSchema.encode({ data: hex, more: new Set([hex, Uint8Array.of(1)]) }), { data: "00ff", more: ["00ff", "01"] });
    assert.ok(!HexSchema.safeEncode({ data: hex, more: new Set([hex, hex.slice()]) }).success);
    const some: Some["numbers"] & Set<number> = new Set([1]);
    const raw: Some["raw"] & string = "x";
    console.log("ok", some.size, raw);
"""


@pytest.fixture
def project(tmp_path: Path, node_modules: Path) -> Iterator[Project]:
    files = {
        "models.py": MODELS,
        "samewire.toml": CONFIG,
    }
    with frontend_in(tmp_path, node_modules, files) as made:
        yield made


def test_values_are_decoded_and_encoded(
    project: Project, node: Path, node_modules: Path, run_node: Callable[..., str]
) -> None:
    result = project.run("generate")
    assert result.code == 0, result.err
    project.write("script.ts", SCRIPT)
    options = {**COMPILER_OPTIONS, "isolatedDeclarations": False, "declaration": False}
    options |= {"types": ["node"], "target": "es2022", "lib": ["es2022", "dom"]}
    project.write(
        "tsconfig.json", json.dumps({"compilerOptions": options, "include": ["*.ts", "*/**/*.ts"]})
    )
    tsc = node_modules / "typescript" / "bin" / "tsc"
    done = subprocess.run(
        [node, tsc, "-p", project.root], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout
    assert run_node(project.root / "script.ts").strip() == "ok 1 x"
    checked = project.run("verify", "--examples", "30", "--no-types")
    assert checked.code == 0, checked.out + checked.err


FAULTS = {
    "the month after": ("runtime/days.ts", "month - 1", "month", "File"),
    "bytes that are cut": ("runtime/base64.ts", "bytes.push(", "if (count % 3) bytes.push(", "Tag"),
    "bits that are lost": (
        "runtime/bytes.ts",
        "(bits >> shift) & 63",
        "(bits >> shift) & 31",
        "Tag",
    ),
    "digits in the wrong base": (
        "runtime/bytes.ts",
        "parseInt(two, 16)",
        "parseInt(two, 15)",
        "Hex",
    ),
    "a set that is cut": (
        "runtime/zod-decoded.ts",
        "new Set(items)",
        "new Set(items.slice(1))",
        "Hex",
    ),
    "a set that is turned": ("runtime/zod-decoded.ts", "[...set]", "[...set].reverse()", "Hex"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_verify_finds_a_wrong_codec(name: str, project: Project) -> None:
    path, old, new, model = FAULTS[name]
    config = load(project.root / "samewire.toml")
    options = VerifyOptions(examples=30, models=(model,), types=False)
    with import_path(config.pythonpath):
        built = build(config)
        files = [
            replace(file, text=file.text.replace(old, new))
            if file.path.endswith(f"api/{path}")
            else file
            for file in built.plan.files
        ]
        assert tuple(files) != tuple(built.plan.files)
        spoilt = replace(built, plan=replace(built.plan, files=tuple(files)))
        outcome = verify_built(config, spoilt, options, find_node())
    assert {each.contract for each in outcome.disagreements} == {"api"}
    assert {each.model for each in outcome.disagreements} == {f"models:{model}"}


REFUSED = {
    'emits = ["models:Tag"]\ntargets = ["types"]': ("decode", "config-value"),
    'emits = ["models:Tag"]\ntargets = ["zod", "valibot"]': ("decode", "config-value"),
    'emits = ["models:Tag"]\nzod-version = "4.0"': ("decode", "config-zod-version"),
    'emits = ["models:Loose"]': ("models:Loose.id", "bigint-text"),
    'emits = ["models:Padded"]': ("models:Padded.id", "bigint-text"),
    'emits = ["models:Either"]': ("models:Either.data", "date-union"),
    'emits = ["models:Inside"]': ("models:Inside.data", "date-union"),
    'emits = ["models:Chunk"]': ("models:Logo", "date-ui-stream"),
}


@pytest.mark.parametrize("lines", REFUSED)
def test_what_is_no_such_value_is_refused_by_name(lines: str, project: Project) -> None:
    where, code = REFUSED[lines]
    table = 'decode = { bytes = "Uint8Array", integers = "bigint", sets = "Set" }'
    project.write(
        "samewire.toml",
        f'{table}\n[contracts.other]\nemits = ["models:URL"]\n[contracts.api]\n{lines}\n',
    )
    project.write(
        "models.py",
        MODELS
        + """
    from typing import Literal

    from pydantic import Base64UrlBytes
    from samewire import ui_stream as ui

    class Loose(BaseModel):
        id: Annotated[int, PlainSerializer(str, return_type=str)]

    class Padded(BaseModel):
        id: Annotated[int, PlainSerializer(str, return_type=Annotated[str, StringConstraints(pattern="^[0-9]+$")])]

    class Either(BaseModel):
        data: Base64Bytes | bytes

    class Inside(BaseModel):
        data: list[Base64Bytes] | Hex | dict[str, Base64UrlBytes]

    class Logo(BaseModel):
        data: Base64Bytes

    class LogoChunk(ui.DataChunk):
        type: Literal["data-logo"] = "data-logo"
        data: Logo

    Chunk = Annotated[ui.UIMessageChunk, ui.UIStream(LogoChunk)]
""",
    )
    result = project.run("generate")
    assert result.code == 2
    assert f"[{code}]" in result.err
    assert where in result.err
    if not code.startswith("config"):
        assert (project.root / "generated" / "other" / "types.ts").exists()


def test_the_table_alone_changes_nothing_without_such_values(project: Project) -> None:
    project.write("samewire.toml", '[contracts.api]\nemits = ["models:URL"]\n')
    assert project.run("generate").code == 0
    before = project.tree()
    project.write(
        "samewire.toml",
        'decode = { bytes = "Uint8Array", sets = "Set", urls = "URL" }\n[contracts.api]\nemits = ["models:URL"]\n',
    )
    assert project.run("generate").code == 0
    after = project.tree()
    assert {k: v for k, v in after.items() if k != "samewire.toml"} == {
        k: v for k, v in before.items() if k != "samewire.toml"
    }
