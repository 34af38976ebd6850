"""Contracts with ``dates = "temporal"``: what is generated compiles, decodes, encodes and verifies; what can't be is refused by name."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from samewire.config import load
from samewire.discover import import_path
from samewire.pipeline import build
from samewire.verify import VerifyOptions, verify_built
from samewire.verify.node import find_node, temporal_flags

from tests.conformance.features.batch import COMPILER_OPTIONS
from tests.project import Project, frontend_in

MODELS = """
    from datetime import date, datetime, time, timedelta

    from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, NaiveDatetime

    class Temporal(BaseModel):
        model_config = ConfigDict(frozen=True)
        at: AwareDatetime

    class Event(BaseModel):
        at: datetime
        local: NaiveDatetime
        day: date
        clock: time
        took: timedelta = Field(default=timedelta(0), ge=timedelta(0))
        by: dict[date, list[time]] = {}
        any: AwareDatetime | date | timedelta | Temporal | str | int = 0
        parent: "Event | None" = None
        all: set[Temporal] = set()
"""
CONFIG = """
    imports = ".ts"
    dates = "temporal"
    datetimes = "aware"
    times = "naive"
    type-tests = true
    targets = ["zod", "guards", "fixtures"]

    [contracts.api]
    emits = ["models"]
    accepts = ["models"]
    output = "api"

    [contracts.own]
    emits = ["models"]
    accepts = ["models"]
    output = "own"
    zod = "zod/mini"
    temporal = "../temporal.ts"
"""
# A polyfill, for a TypeScript that has no types of Temporal.
OWN = """
    interface Class<T> {
      from(text: string): T;
    }
    export namespace Temporal {
      export type Instant = { readonly epochMilliseconds: number; readonly "": "Instant" };
      export type PlainDateTime = { readonly year: number; readonly "": "PlainDateTime" };
      export type PlainDate = { readonly year: number; readonly "": "PlainDate" };
      export type PlainTime = { readonly hour: number };
      export type Duration = { readonly days: number };
    }
    export const Temporal: {
      Instant: Class<Temporal.Instant>;
      PlainDateTime: Class<Temporal.PlainDateTime>;
      PlainDate: Class<Temporal.PlainDate>;
      PlainTime: Class<Temporal.PlainTime>;
      Duration: Class<Temporal.Duration>;
    } = (globalThis as never as { Temporal: never }).Temporal;
"""
SCRIPT = """
    import assert from "node:assert/strict";
    import * as z from "zod/v4/core";
    import * as api from "./api/index.ts";
    import { fixturesOfEvent } from "./api/fixtures.ts";
    import type { EventWire } from "./api/wire.ts";
    import * as own from "./own/index.ts";

    const at = "2024-01-02T03:04:05.123456+05:30";
    const wire: EventWire = {
      at, local: "2024-03-31T02:30:00", day: "2024-02-29", clock: "23:59:59.999999", took: "P1Y36DT1.5S",
      by: { "2024-02-29": ["00:00:00"] }, any: "P1D", parent: null, all: [{ at }],
    };
    const event = api.EventSchema.parse(wire);
    const nanoseconds: bigint = event.at.epochNanoseconds;
    assert.equal(nanoseconds, 1704144845123456000n);
    assert.equal(event.at.until(Temporal.Instant.from("2024-01-01T21:34:06Z")).milliseconds, 876);
    assert.equal(event.local.add({ hours: 1 }).toString(), "2024-03-31T03:30:00");
    assert.equal(event.day.add({ days: 1 }).toString(), "2024-03-01");
    assert.equal(event.clock.microsecond, 999);
    assert.deepEqual([event.took.years, event.took.days, event.took.milliseconds], [0, 401, 500]);
    assert.ok(event.any instanceof Temporal.Duration);
    assert.equal(event.by["2024-02-29"]?.[0]?.hour, 0);
    assert.deepEqual(z.encode(api.EventSchema, event), wire);
    const made = { ...event, at: event.at.add({ hours: 1 }), took: Temporal.Duration.from({ hours: 25 }), any: event.day };
    const again: EventWire = z.encode(api.EventSchema, made);
    assert.equal(again.at, "2024-01-01T22:34:05.123456Z");
    assert.equal(again.took, "P1DT1H");
    assert.equal(again.any, "2024-02-29");
    for (const [lossy, message] of [
      [{ at: event.at.add({ nanoseconds: 1 }) }, /microseconds/u],
      [{ took: Temporal.Duration.from({ months: 1 }) }, /days and less/u],
      [{ took: Temporal.Duration.from({ hours: -1 }) }, /Too small/u],
      [{ day: event.day.withCalendar("gregory") }, /calendar/u],
      [{ at: Temporal.Instant.from("+010000-01-01T00:00:00Z") }, /Invalid ISO datetime/u],
      [{ at: new Date(0) as never }, /Temporal.Instant/u],
      [{ at: wire.at as never }, /Temporal.Instant/u],
    ] as const) {
      const result = z.safeEncode(api.EventSchema, { ...event, ...lossy });
      assert.ok(!result.success);
      assert.match(String(result.error.issues[0]?.message), message);
    }
    for (const fixture of fixturesOfEvent()) {
      const json = z.encode(api.EventSchema, fixture);
      assert.ok(api.isEvent(json));
      assert.deepEqual(z.encode(own.EventSchema, z.parse(own.EventSchema, json)), json);
    }
    const input = z.parse(own.EventInputSchema, { ...wire, any: undefined, took: "1 day, 02:03:04" });
    const time: number = input.at.epochMilliseconds;
    assert.equal(time, 1704144845123);
    assert.equal(z.encode(own.EventInputSchema, input).took, "1 day, 02:03:04");
    console.log("ok");
"""


@pytest.fixture
def project(tmp_path: Path, node_modules: Path) -> Iterator[Project]:
    files = {
        "models.py": MODELS,
        "temporal.ts": OWN,
        "samewire.toml": CONFIG,
    }
    with frontend_in(tmp_path, node_modules, files) as made:
        yield made


def test_values_are_decoded_and_encoded(project: Project, node: Path, node_modules: Path) -> None:
    result = project.run("generate")
    assert result.code == 0, result.err
    project.write("script.ts", SCRIPT)
    for compiler, lib, files in (
        ("typescript", ["es2022", "dom", "esnext.temporal"], ["*.ts", "*/**/*.ts"]),
        ("typescript5", ["es2022", "dom"], ["own/**/*.ts"]),
    ):
        options = {**COMPILER_OPTIONS, "target": "es2022", "lib": lib, "types": ["node"]}
        options |= {"isolatedDeclarations": False, "declaration": False}
        project.write("tsconfig.json", json.dumps({"compilerOptions": options, "include": files}))
        tsc = node_modules / compiler / "bin" / "tsc"
        assert _output(node, tsc, "-p", project.root) == ""
    assert _output(node, *temporal_flags(node), project.root / "script.ts").strip() == "ok"
    checked = project.run("verify", "--examples", "30")
    assert checked.code == 0, checked.out + checked.err
    assert "refused by design" in checked.out + checked.err


def _output(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    return done.stdout + (done.stderr if done.returncode else "")


FAULTS = {
    "microseconds that are cut": ("runtime/moments.ts", "slice(0, 6)", "slice(0, 5)"),
    "an offset that is turned": ("runtime/moments.ts", '("+") ? "+" : "-"', '("+") ? "-" : "+"'),
    "a year as it is": ("runtime/zod-temporal.ts", "= 365", "= 366"),
    "a digit that is lost": (
        "runtime/zod-temporal.ts",
        'padEnd(6, "0")',
        'padEnd(6, "0").slice(0, 5)',
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_verify_finds_a_wrong_codec(name: str, project: Project) -> None:
    path, old, new = FAULTS[name]
    config = load(project.root / "samewire.toml")
    options = VerifyOptions(examples=30, models=("Event",), types=False)
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
    assert {each.model for each in outcome.disagreements} == {"models:Event"}


def test_what_is_no_such_value_is_refused_by_name(project: Project) -> None:
    project.write(
        "samewire.toml",
        """
        dates = "temporal"
        [contracts.api]
        emits = ["models:Event"]
        [contracts.aware]
        emits = ["models:Event"]
        datetimes = "aware"
        [contracts.other]
        emits = ["models:Temporal"]
        """,
    )
    result = project.run("generate")
    assert result.code == 2
    assert "models:Event.at: a datetime that may lack a UTC offset" in result.err
    assert "models:Event.clock: a time that may have a UTC offset" in result.err
    assert 'times = "naive"' in result.err
    assert (project.root / "generated" / "other" / "types.ts").exists()


def test_the_module_says_nothing_without_temporal(project: Project) -> None:
    project.write(
        "samewire.toml",
        'temporal = "temporal-polyfill"\n[contracts.api]\nemits = ["models:Temporal"]\n',
    )
    assert project.run("generate").code == 0
    assert "temporal-polyfill" not in "".join(
        str(text) for text in project.tree().values()
    ).replace('temporal = "temporal-polyfill"', "")
