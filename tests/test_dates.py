"""Contracts with ``dates = "date"``: what is generated compiles, decodes, encodes and verifies; what can't be is refused by name."""

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
    from datetime import date, datetime
    from typing import Annotated, Literal

    from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, NaiveDatetime

    class Opened(BaseModel):
        kind: Literal["opened"]
        at: datetime

    class Noted(BaseModel):
        kind: Literal["noted"]
        text: str
        on: date

    class Item(BaseModel):
        model_config = ConfigDict(frozen=True)
        at: AwareDatetime

    class Date(BaseModel):
        year: int

    class Ticket(BaseModel):
        id: int
        created: datetime
        closed: datetime | None = None
        local: NaiveDatetime
        first: Annotated[Opened | Noted, Field(discriminator="kind")]
        parent: "Ticket | None" = None
        seen: dict[datetime, list[datetime]] = {}
        items: set[AwareDatetime] = set()
        all: frozenset[Item] = frozenset()
        any: AwareDatetime | str | int = 0
        day: Date
"""
CONFIG = """
    imports = ".ts"
    dates = "date"
    type-tests = true
    targets = ["zod", "fixtures"]

    [contracts.aware]
    datetimes = "aware"
    emits = ["models"]
    accepts = ["models"]
    output = "aware"

    [contracts.guarded]
    datetimes = "aware"
    emits = ["models"]
    accepts = ["models"]
    output = "guarded"
    zod = "zod/mini"
    targets = ["zod", "guards", "fixtures"]

    [contracts.utc]
    datetimes = "utc"
    emits = ["models:Opened", "models:Item"]
    output = "utc"

    [contracts.open]
    datetimes = "aware"
    emits = ["models"]
    accepts = ["models"]
    output = "open"
    schema-types = "open"
"""
SCRIPT = """
    import assert from "node:assert/strict";
    import * as z from "zod/v4/core";
    import * as aware from "./aware/index.ts";
    import { fixturesOfTicket, fixturesOfTicketInput } from "./aware/fixtures.ts";
    import type { TicketWire } from "./aware/wire.ts";
    import * as guarded from "./guarded/index.ts";
    import { OpenedSchema } from "./open/schemas.ts";
    import * as utc from "./utc/index.ts";

    const text = "2024-01-02T03:04:05.123456+05:30";
    const wire: TicketWire = {
      id: 1, created: text, closed: null, local: "2024-01-02T03:04:05", first: { kind: "opened", at: text }, parent: null,
      seen: { [text]: [text] }, items: [text, "2024-01-02T03:04:05.123457+05:30"], all: [{ at: text }], any: text, day: { year: 1 },
    };
    for (const { TicketSchema } of [aware, guarded]) {
      const ticket = z.parse(TicketSchema, wire);
      const time: number = ticket.created.getTime();
      assert.equal(time, Date.parse("2024-01-01T21:34:05.123Z"));
      assert.equal(ticket.local, "2024-01-02T03:04:05");
      assert.ok(ticket.first.kind === "opened" && ticket.first.at instanceof Date);
      assert.deepEqual(Object.keys(ticket.seen), [text]);
      assert.ok(ticket.seen[text]?.[0] instanceof Date && ticket.any instanceof Date);
      const again: TicketWire = z.encode(TicketSchema, ticket);
      assert.deepEqual(again, wire);
      ticket.created.setUTCFullYear(2025);
      assert.equal(z.encode(TicketSchema, ticket).created, "2025-01-01T21:34:05.123000Z");
      assert.ok(!z.safeParse(TicketSchema, { ...wire, created: "2024-01-02T03:04:05" }).success);
      assert.ok(!z.safeParse(TicketSchema, { ...wire, items: [text, text] }).success);
      assert.ok(!z.safeEncode(TicketSchema, { ...ticket, created: new Date(Number.NaN) }).success);
      assert.ok(!z.safeEncode(TicketSchema, { ...ticket, created: new Date(8.64e15) }).success);
      // @ts-expect-error: text is no date
      assert.ok(!z.safeEncode(TicketSchema, { ...ticket, created: text }).success);
    }
    for (const ticket of fixturesOfTicket()) {
      assert.deepEqual(z.parse(aware.TicketSchema, z.encode(aware.TicketSchema, ticket)), ticket);
    }
    for (const ticket of fixturesOfTicketInput()) {
      assert.ok(guarded.isTicketInput(z.encode(aware.TicketInputSchema, ticket)));
    }
    const value: unknown = wire;
    assert.ok(guarded.isTicket(value));
    const created: string = value.created;
    assert.equal(created, text);

    const opened = utc.OpenedSchema.decode({ kind: "opened", at: "2024-03-31T02:30:00" });
    assert.equal(opened.at.toISOString(), "2024-03-31T02:30:00.000Z");
    assert.deepEqual(utc.OpenedSchema.encode({ kind: "opened", at: new Date(5) }), { kind: "opened", at: "1970-01-01T00:00:00.005000" });
    assert.ok(!utc.OpenedSchema.safeParse({ kind: "opened", at: "2024-03-31T02:30:00Z" }).success);
    assert.equal(utc.ItemSchema.encode({ at: new Date(0) }).at, "1970-01-01T00:00:00Z");

    const at: Date = OpenedSchema.shape.at.decode(text);
    assert.ok(OpenedSchema.pick({ at: true }).safeEncode({ at }).success);
    console.log("ok");
"""


@pytest.fixture
def project(tmp_path: Path, node_modules: Path) -> Iterator[Project]:
    files = {
        "models.py": MODELS,
        "samewire.toml": CONFIG,
    }
    with frontend_in(tmp_path, node_modules, files) as made:
        yield made


def test_dates_are_decoded_and_encoded(
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
    assert run_node(project.root / "script.ts").strip() == "ok"
    checked = project.run("verify", "--examples", "30", "--no-types")
    assert checked.code == 0, checked.out + checked.err
    assert "refused by design" in checked.out + checked.err


FAULTS = {
    "an offset that is ignored": ('${offset || "Z"}', "Z"),
    "a text that is written anew": (
        "return origin.text;",
        "return inUtc(date, zone, origin.digits);",
    ),
    "milliseconds that are lost": ('milliseconds.padEnd(6, "0")', '"000000"'),
}


@pytest.mark.parametrize("name", FAULTS)
def test_verify_finds_a_wrong_codec(name: str, project: Project) -> None:
    old, new = FAULTS[name]
    config = load(project.root / "samewire.toml")
    options = VerifyOptions(examples=30, models=("Item",), types=False)
    with import_path(config.pythonpath):
        built = build(config)
        files = [
            replace(file, text=file.text.replace(old, new))
            if file.path.endswith("aware/runtime/dates.ts")
            else file
            for file in built.plan.files
        ]
        assert tuple(files) != tuple(built.plan.files)
        spoilt = replace(built, plan=replace(built.plan, files=tuple(files)))
        outcome = verify_built(config, spoilt, options, find_node())
    assert {each.contract for each in outcome.disagreements} == {"aware"}
    assert {each.model for each in outcome.disagreements} == {"models:Item"}


REFUSED = {
    'emits = ["models:Opened"]': ("models:Opened.at", "date-zone"),
    'emits = ["models:Opened"]\ntargets = ["types"]': ("dates", "config-value"),
    'emits = ["models:Item"]\ntargets = ["zod", "valibot"]': ("dates", "config-value"),
    'emits = ["models:Item"]\nzod-version = "4.0"': ("dates", "config-zod-version"),
    'emits = ["models:Either"]\ndatetimes = "utc"': ("models:Either.at", "date-union"),
    'emits = ["models:Chunk"]\ndatetimes = "aware"': ("models:Clock", "date-ui-stream"),
}


@pytest.mark.parametrize("lines", REFUSED)
def test_what_is_no_date_is_refused_by_name(lines: str, project: Project) -> None:
    where, code = REFUSED[lines]
    project.write(
        "samewire.toml",
        f'dates = "date"\n[contracts.other]\nemits = ["models:Noted"]\n[contracts.api]\n{lines}\n',
    )
    project.write(
        "models.py",
        MODELS
        + """
    from samewire import ui_stream as ui

    class Either(BaseModel):
        at: list[AwareDatetime] | NaiveDatetime

    class Clock(BaseModel):
        now: datetime

    class ClockChunk(ui.DataChunk):
        type: Literal["data-clock"] = "data-clock"
        data: Clock

    Chunk = Annotated[ui.UIMessageChunk, ui.UIStream(ClockChunk)]
""",
    )
    result = project.run("generate")
    assert result.code == 2
    assert f"[{code}]" in result.err
    assert where in result.err
    if not code.startswith("config"):
        assert (project.root / "generated" / "other" / "types.ts").exists()


def test_the_key_alone_changes_nothing_without_instants(project: Project) -> None:
    project.write("samewire.toml", '[contracts.api]\nemits = ["models:Noted", "models:Date"]\n')
    assert project.run("generate").code == 0
    before = project.tree()
    project.write(
        "samewire.toml",
        'dates = "date"\n[contracts.api]\nemits = ["models:Noted", "models:Date"]\n',
    )
    assert project.run("generate").code == 0
    after = project.tree()
    assert {k: v for k, v in after.items() if k != "samewire.toml"} == {
        k: v for k, v in before.items() if k != "samewire.toml"
    }
