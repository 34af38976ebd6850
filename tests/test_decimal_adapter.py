"""Contracts whose decimals are decoded by a module of the frontend: what is generated compiles, keeps digits and verifies."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conformance.features.batch import COMPILER_OPTIONS
from tests.project import Project, frontend_in

MODELS = """
    from decimal import Decimal as D
    from typing import Annotated

    from pydantic import BaseModel, Field

    class Decimal(BaseModel):
        parts: dict[str, D] = {}

    class Price(BaseModel):
        amount: D
        limited: Annotated[D, Field(max_digits=10, decimal_places=2, ge=0)] = D("0")
        any: D | Decimal | int | None = None
        all: frozenset[D] = frozenset()
        inner: "list[Price]" = []
"""
CONFIG = """
    imports = ".ts"
    type-tests = true
    targets = ["zod", "guards", "fixtures"]
    decode = { sets = "Set", decimals = { module = "../exact.ts", type = "Decimal" } }

    [contracts.api]
    emits = ["models"]
    accepts = ["models"]
    output = "api"

    [contracts.mini]
    emits = ["models"]
    accepts = ["models"]
    output = "mini"
    zod = "zod/mini"
"""
EXACT = """
    export class Decimal {
      readonly digits: bigint;
      readonly power: number;
      constructor(text: string) {
        const [, whole = "", fraction = "", power = "0"] = /^(-?\\d+)(?:\\.(\\d*?)0*)?(?:E(.*))?$/u.exec(text) ?? [];
        this.digits = BigInt(whole + fraction);
        this.power = Number(power) - fraction.length;
      }
    }
    export const decode = (text: string): Decimal => new Decimal(text);
    export const encode = ({ digits, power }: Decimal): string => `${String(digits)}e${String(power)}`;
"""
LOSSY = """
    export class Decimal {
      readonly value: number;
      constructor(value: number) {
        this.value = value;
      }
    }
    export const decode = (text: string): Decimal => new Decimal(Number(text));
    export const encode = ({ value }: Decimal): string => String(value);
"""
SCRIPT = """
    import assert from "node:assert/strict";
    import * as z from "zod/v4/core";
    import * as api from "./api/index.ts";
    import { fixturesOfPrice } from "./api/fixtures.ts";
    import type { PriceWire } from "./api/wire.ts";
    import { Decimal } from "./exact.ts";
    import * as mini from "./mini/index.ts";

    const amount = "12345678901234567890.123456789012345678900";
    const wire: PriceWire = { amount, limited: "1.50", any: "1E+2", all: ["0.10", "1"], inner: [] };
    for (const { PriceSchema, PriceInputSchema } of [api, mini]) {
      const price = z.parse(PriceSchema, wire);
      const { digits }: { digits: bigint } = price.amount;
      assert.equal(digits, 123456789012345678901234567890123456789n);
      assert.ok(price.any instanceof Decimal && [...price.all][0] instanceof Decimal);
      assert.deepEqual(z.encode(PriceSchema, price), wire);
      const made = { ...price, amount: new Decimal("0.25"), any: new Decimal("7"), all: new Set([new Decimal("1.5")]) };
      const again: PriceWire = z.encode(PriceSchema, made);
      assert.deepEqual(again, { ...wire, amount: "0.25", any: "7", all: ["1.5"] });
      assert.deepEqual(z.encode(PriceSchema, { ...price, any: { parts: { a: new Decimal("1") } } }).any, { parts: { a: "1" } });
      assert.equal(z.encode(PriceSchema, { ...price, any: 7 }).any, 7);
      assert.ok(!z.safeEncode(PriceSchema, { ...price, limited: new Decimal("-1") }).success);
      assert.ok(!z.safeEncode(PriceSchema, { ...price, limited: new Decimal("0.001") }).success);
      // @ts-expect-error: text is no decimal
      assert.ok(!z.safeEncode(PriceSchema, { ...price, amount: "1" }).success);
      assert.ok(!z.safeParse(PriceSchema, { ...wire, amount: "x" }).success);
      const input = z.parse(PriceInputSchema, { amount: 1.5, limited: " 1_0.0 " });
      assert.equal(input.amount, 1.5);
      assert.ok(input.limited instanceof Decimal && input.limited.digits === 10n);
      assert.equal(z.encode(PriceInputSchema, input).limited, " 1_0.0 ");
    }
    for (const price of fixturesOfPrice()) assert.deepEqual(z.parse(api.PriceSchema, z.encode(api.PriceSchema, price)), price);
    console.log("ok");
"""


@pytest.fixture
def project(tmp_path: Path, node_modules: Path) -> Iterator[Project]:
    files = {
        "models.py": MODELS,
        "exact.ts": EXACT,
        "samewire.toml": CONFIG,
    }
    with frontend_in(tmp_path, node_modules, files) as made:
        yield made


def test_decimals_are_decoded_and_encoded(
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
    for compiler in ("typescript", "typescript5"):
        tsc = node_modules / compiler / "bin" / "tsc"
        done = subprocess.run(
            [node, tsc, "-p", project.root],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout
    assert run_node(project.root / "script.ts").strip() == "ok"
    checked = project.run("verify", "--examples", "30")
    assert checked.code == 0, checked.out + checked.err
    project.write("exact.ts", LOSSY)
    lossy = project.run("verify", "--examples", "30", "--no-types")
    assert lossy.code == 1
    assert "models:Price.amount" in lossy.err
    assert (
        "the module of `decode.decimals` loses what Pydantic writes or reads, since it decodes"
        in lossy.err
    )
    assert "please report it" not in lossy.err


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ('"Decimal"', "decode.decimals"),
        ('{ module = "../exact.ts" }', "decode.decimals"),
        ('{ module = "../exact.ts", type = "not a name" }', "decode.decimals"),
    ],
)
def test_mistakes_in_the_adapter_are_answered(project: Project, value: str, where: str) -> None:
    project.write(
        "samewire.toml", f'decode = {{ decimals = {value} }}\n[contracts.api]\nemits = ["models"]\n'
    )
    result = project.run("generate")
    assert result.code == 2
    assert where in result.err
