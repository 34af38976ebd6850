"""What is decoded by direction and by field: it compiles, decodes, encodes and verifies; what can't be is refused by name."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from samewire import Decode
from samewire.verify.node import temporal_flags

from tests.conformance.features.batch import COMPILER_OPTIONS
from tests.project import DECIMALS, Project, frontend_in

MODELS = """
    from datetime import date, datetime, time, timedelta
    from decimal import Decimal
    from typing import Annotated

    from pydantic import AnyUrl, AwareDatetime, Base64Bytes, BaseModel, ConfigDict, NaiveDatetime
    from samewire import Decode
    from typing_extensions import TypeAliasType

    When = TypeAliasType("When", Annotated[AwareDatetime, Decode("temporal")])

    class Inner(BaseModel):
        at: AwareDatetime

    class Event(BaseModel):
        at: AwareDatetime
        exact: Annotated[AwareDatetime, Decode("temporal")]
        day: Annotated[date, Decode("temporal")]
        start: Annotated[date, Decode("day")]
        raw: Annotated[AwareDatetime | None, Decode("string")] = None
        both: Annotated[list[tuple[Inner, AwareDatetime]], Decode("string")] = []
        last: Annotated[Annotated[AwareDatetime, Decode("string")], Decode("temporal")]
        inner: Annotated[list[Annotated[AwareDatetime, Decode("temporal")] | int], Decode("string")] = []
        data: Annotated[bytes, Decode("Uint8Array")] = b""
        more: bytes = b""
        tags: Annotated[set[str], Decode("Set")] = set()
        rest: set[str] = set()
        url: Annotated[AnyUrl, Decode("URL")]
        when: When
        by: Annotated[dict[AwareDatetime, AwareDatetime], Decode("temporal")] = {}

    Day = TypeAliasType("Day", date)

    class Every(BaseModel):
        a: Decimal
        b: bytes
        c: set[date]
        d: Day
        e: time
        f: timedelta
        g: NaiveDatetime
        h: datetime
        i: dict[date, AwareDatetime]
        j: AnyUrl
        k: Base64Bytes
        l: Annotated[AwareDatetime, Decode("string")]
"""
CONFIG = """
    imports = ".ts"
    datetimes = "aware"
    times = "naive"
    type-tests = true

    [contracts.marked]
    emits = ["models:Event"]
    accepts = ["models:Event"]
    output = "marked"
    dates = "date"

    [contracts.none]
    emits = ["models:Event"]
    output = "none"

    [contracts.ways]
    emits = ["models:Every"]
    accepts = ["models:Every"]
    output = "ways"
    dates = { emits = "date", accepts = "temporal" }

    [contracts.ways.decode]
    bytes = "Uint8Array"
    accepts = { sets = "Set", urls = "URL", decimals = { module = "../decimals.ts", type = "Decimal" } }
"""
SCRIPT = """
    import assert from "node:assert/strict";
    import * as z from "zod";
    import { Decimal } from "./decimals.ts";
    import * as marked from "./marked/index.ts";
    import * as none from "./none/index.ts";
    import * as ways from "./ways/index.ts";

    const at = "2024-01-02T03:04:05.123456+05:30";
    const wire = {
      at, exact: at, day: "2024-02-29", start: "2024-02-29", raw: at, both: [[{ at }, at]], last: at, inner: [at, 1], data: "é", more: "é",
      tags: ["a"], rest: ["a"], url: "HTTP://a.b", when: at, by: { [at]: at },
    };
    const event: marked.Event = z.parse(marked.EventSchema, wire);
    const milliseconds: number = event.at.getTime();
    const same: Temporal.Instant[] = [event.exact, event.last, event.when, ...Object.values(event.by)];
    for (const each of same) assert.equal(each.epochMilliseconds, milliseconds);
    assert.ok(event.inner[0] instanceof Temporal.Instant);
    assert.equal(event.day.add({ days: 1 }).toString(), "2024-03-01");
    assert.deepEqual(event.start, new Date(2024, 1, 29));
    const [[inner, text]] = event.both as [[marked.Inner, string]];
    assert.ok(inner.at instanceof Date);
    assert.deepEqual([event.raw, text, event.more, event.rest], [at, at, "é", ["a"]]);
    const bytes: Uint8Array = event.data;
    assert.deepEqual([...bytes], [195, 169]);
    assert.deepEqual([event.tags.has("a"), event.url.host], [true, "a.b"]);
    assert.deepEqual(z.encode(marked.EventSchema, event), wire);
    const again = z.encode(marked.EventInputSchema, { ...event, at: new Date(0), exact: event.exact.add({ hours: 1 }) });
    assert.deepEqual([again.at, again.exact], ["1970-01-01T00:00:00Z", "2024-01-01T22:34:05.123456Z"]);

    const other: none.Event = z.parse(none.EventSchema, wire);
    const [before, after]: [string, Temporal.Instant] = [other.at, other.exact];
    assert.deepEqual([before, after.epochMilliseconds], [at, milliseconds]);

    const every = {
      a: "1.50", b: "é", c: ["2024-02-29"], d: "2024-02-29", e: "01:02:03", f: "P1D", g: "2024-01-02T03:04:05",
      h: at, i: { "2024-02-29": at }, j: "HTTP://a.b", k: "AAE=", l: at,
    };
    const sent: ways.Every = z.parse(ways.EverySchema, every);
    const dates: Date[] = [sent.h, ...Object.values(sent.i)];
    assert.deepEqual(dates.map(Number), [milliseconds, milliseconds]);
    assert.deepEqual([[...sent.b], [...sent.k]], [[195, 169], [0, 1]]);
    const { b, h, i, k, ...texts } = every;
    assert.deepEqual({ ...sent, b, h, i, k }, every);
    assert.deepEqual(Object.keys(texts), ["a", "c", "d", "e", "f", "g", "j", "l"]);
    assert.deepEqual(z.encode(ways.EverySchema, sent), every);
    const read: ways.EveryInput = {
      a: new Decimal("1.50"), b, c: new Set([Temporal.PlainDate.from("2024-02-29")]), d: Temporal.PlainDate.from(every.d),
      e: Temporal.PlainTime.from(every.e), f: Temporal.Duration.from(every.f), g: Temporal.PlainDateTime.from(every.g),
      h: Temporal.Instant.from(at), i: { "2024-02-29": Temporal.Instant.from(at) }, j: new URL(every.j), k, l: at,
    };
    const instant = "2024-01-01T21:34:05.123456Z";
    assert.deepEqual(z.encode(ways.EveryInputSchema, read), { ...every, h: instant, i: { "2024-02-29": instant }, j: "http://a.b/" });
    assert.ok(!z.safeEncode(ways.EveryInputSchema, { ...read, h: new Date(0) as never }).success);
    console.log("ok");
"""


@pytest.fixture
def project(tmp_path: Path, node_modules: Path) -> Iterator[Project]:
    files = {
        "models.py": MODELS,
        "decimals.ts": DECIMALS,
        "samewire.toml": CONFIG,
    }
    with frontend_in(tmp_path, node_modules, files) as made:
        yield made


def test_fields_and_directions_choose(project: Project, node: Path, node_modules: Path) -> None:
    result = project.run("generate")
    assert result.code == 0, result.err
    project.write("script.ts", SCRIPT)
    options = {**COMPILER_OPTIONS, "isolatedDeclarations": False, "declaration": False}
    options |= {"target": "es2022", "lib": ["es2022", "dom", "esnext.temporal"], "types": ["node"]}
    included = ["*.ts", "*/**/*.ts"]
    project.write("tsconfig.json", json.dumps({"compilerOptions": options, "include": included}))
    tsc = node_modules / "typescript" / "bin" / "tsc"
    assert _output(node, tsc, "-p", project.root) == ""
    assert _output(node, *temporal_flags(node), project.root / "script.ts").strip() == "ok"
    checked = project.run("verify", "--examples", "30", "--no-types")
    assert checked.code == 0, checked.out + checked.err


def _output(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    return done.stdout + (done.stderr if done.returncode else "")


REFUSED = {
    'a: Annotated[int, Decode("date")]': 'Decode("date") marks a type that cannot be decoded',
    'a: Annotated[date, Decode("date")]': 'Decode("date") marks',
    'a: Annotated[NaiveDatetime, Decode("date")]': 'Decode("date") marks',
    'a: Annotated[list[str] | None, Decode("string")]': 'Decode("string") marks',
    'a: Annotated[Inner, Decode("string")]': 'Decode("string") marks',
    'a: Annotated[list[When], Decode("string")]': 'Decode("string") marks',
    'a: Annotated[set[str], Decode("bigint")]': 'Decode("bigint") marks',
    'a: Annotated[Decimal, Decode("decimal")]': 'Decode("decimal") marks',
    'a: Annotated[time, Decode("temporal")]': "a time that may have a UTC offset",
    'a: Annotated[datetime, Decode("date")]': "a datetime that may lack a UTC offset",
}


def test_what_a_mark_cannot_say_is_refused_by_name(project: Project) -> None:
    fields = {f"Bad{at}": (line, said) for at, (line, said) in enumerate(REFUSED.items())}
    models = [
        f"    class {name}(BaseModel):\n        {line}\n" for name, (line, _) in fields.items()
    ]
    project.write("models.py", MODELS + "\n" + "\n".join(models))
    contracts = [f'[contracts.{name.lower()}]\nemits = ["models:{name}"]\n' for name in fields]
    project.write("samewire.toml", "".join(contracts))
    result = project.run("generate")
    assert result.code == 2
    for name, (line, said) in fields.items():
        (found,) = (each for each in result.err.splitlines() if f"models:{name}.a: " in each)
        assert said in found, line


@pytest.mark.parametrize(
    "keys", ['targets = ["valibot"]', 'targets = ["types"]', 'zod-version = "4.0"']
)
def test_schemas_that_cannot_decode_refuse_marks(keys: str, project: Project) -> None:
    project.write(
        "samewire.toml",
        f'{keys}\n[contracts.a]\nemits = ["models:Event"]\n[contracts.b]\nemits = ["models:Inner"]\n',
    )
    result = project.run("generate")
    assert result.code == 2
    assert 'models:Event.exact: samewire.Decode("temporal")' in result.err
    assert "models:Event.raw" not in result.err
    assert (project.root / "generated" / "b" / "types.ts").exists()


def test_a_word_of_no_meaning_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one of 'string', 'date', .*, found 'Date'"):
        Decode("Date")  # type: ignore[arg-type]  # which type checkers report


def test_json_schema_of_pydantic_has_the_mark(project: Project) -> None:
    from typing import Annotated

    from pydantic import AwareDatetime, TypeAdapter

    marked = TypeAdapter(Annotated[AwareDatetime, Decode("temporal")])
    document = {**marked.json_schema(), "x-samewire-timezone": "aware", "title": "When"}
    project.write("when.json", json.dumps({"$defs": {"When": document}}))
    project.write(
        "samewire.toml",
        '[contracts.a]\nsource = "when.json"\nemits = ["When"]\nformats = "assert"\n',
    )
    result = project.run("generate")
    assert result.code == 0, result.err
    assert "export type When = Temporal.Instant;" in (
        project.root / "generated" / "a" / "types.ts"
    ).read_text(encoding="utf-8")
