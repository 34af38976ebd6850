"""
Compare Samewire with generators that read FastAPI's OpenAPI document, and write the table in docs/comparison.md.

Every feature case of ``tests/conformance/features`` that FastAPI can serve becomes an application of one or two routes. Each
generator gets FastAPI's OpenAPI document, and then Samewire's; Samewire gets the models. The zod schemas then see the case's
values in Node. A generator passes a case if every valid value parses unchanged and every invalid value is refused.

Needs the npm registry and takes about an hour: ``make compare``, or ``python -m scripts.compare_generators``.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from samewire.errors import SamewireError
from samewire.openapi import exact_openapi

from tests.conformance.features.case import Case
from tests.conformance.features.corpus import GROUPS
from tests.conformance.features.outcomes import module_of, readable
from tests.conformance.features.pipeline import exported, generate, zod
from tests.conformance.features.truth import Truth, WrongCaseError, establish, same

ROOT = Path(__file__).parents[1]
NODE = Path(sys.executable).with_name("node")
PAGE = ROOT / "docs" / "comparison.md"
START, END = "<!-- table -->", "<!-- end of table -->"
ROUTE_OPTIONS = {"by_alias", "exclude_none", "exclude_defaults", "exclude_unset"}
VERSIONS = {"esbuild": "0.28.2", "typescript": "5.9.3", "zod": "4.6.7"}
SAMEWIRE = zod("samewire", "zod", (4, 6))
JOBS = 2


@dataclass(frozen=True, slots=True)
class Generator:
    """
    A generator of zod schemas from OpenAPI, with the options that bring it closest to what Pydantic writes.

    ``packages``: npm packages to install, with versions. ``config``: the text of its configuration file. ``command``: its
    arguments. ``entry``: the module to import. ``exports``: what it calls the schemas of the response and of the body.
    """

    name: str
    packages: Mapping[str, str]
    config: str
    command: tuple[str, ...]
    entry: str
    exports: Mapping[str, str]


HEY_API = Generator(
    name="hey-api",
    packages={"@hey-api/openapi-ts": "0.99.0"},
    config="""export default {
  input: "./openapi.json",
  output: "./out",
  plugins: [{ name: "zod", dates: { local: true, offset: true } }],
};
""",
    command=("openapi-ts", "-f", "config.mjs"),
    entry="out/zod.gen.ts",
    exports={"emits": "zEmitsResponse", "accepts": "zAcceptsBody"},
)
ORVAL = Generator(
    name="orval",
    packages={"orval": "8.38.0"},
    config="""export default {
  api: {
    input: "./openapi.json",
    output: {
      target: "./out/zod.ts",
      client: "zod",
      override: { zod: { dateTimeOptions: { local: true, offset: true } } },
    },
  },
};
""",
    command=("orval", "--config", "config.mjs"),
    entry="out/zod.ts",
    exports={"emits": "EmitsResponse", "accepts": "AcceptsBody"},
)
KUBB = Generator(
    name="kubb",
    packages={"kubb": "5.2.0", "@kubb/plugin-zod": "5.1.6", "@kubb/adapter-oas": "5.2.0"},
    config="""import { adapterOas } from "@kubb/adapter-oas";
import { pluginZod } from "@kubb/plugin-zod";
import { defineConfig } from "kubb/config";
export default defineConfig({
  input: "./openapi.json",
  output: { path: "./out", clean: true },
  adapter: adapterOas({ validate: false, dateType: "stringOffset" }),
  plugins: [pluginZod()],
});
""",
    command=("kubb", "generate", "--config", "config.mjs"),
    entry="out/zod/index.ts",
    exports={"emits": "emitsResponseSchema", "accepts": "acceptsBodySchema"},
)
GENERATORS = (HEY_API, ORVAL, KUBB)

RUN = """
import { readFileSync } from "node:fs";
const { entry, jobs } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const module = await import(entry);
const results = {};
for (const { direction, schema, right, wrong } of jobs) {
  const result = (results[direction] = { parsed: [], refused: [] });
  for (const text of right) {
    const parsed = module[schema].safeParse(JSON.parse(text));
    const output = parsed.success ? (JSON.stringify(parsed.data) ?? "null") : null;
    result.parsed.push([JSON.stringify(JSON.parse(text)), output]);
  }
  for (const text of wrong) result.refused.push(!module[schema].safeParse(JSON.parse(text)).success);
}
process.stdout.write(JSON.stringify(results));
"""


@dataclass(frozen=True, slots=True)
class Subject:
    """A case that all generators can be asked about. ``openapi`` is FastAPI's document and ``exact`` that of Samewire."""

    module: str
    case: Case
    truth: Truth
    openapi: str
    exact: str | None


# --- Cases ------------------------------------------------------------------------------------------------------------


def subjects() -> Iterator[Subject]:
    for group, cases in GROUPS.items():
        for case in filter(comparable, cases):
            module = module_of(group, case)
            try:
                truth = establish(case, module)
                app = application(case, truth)
                yield Subject(module, case, truth, json.dumps(app.openapi()), exact(app))
            except WrongCaseError:
                continue
            except Exception as error:  # noqa: BLE001  # whatever FastAPI raises for a type that it can't serve
                sys.stderr.write(f"{module}: FastAPI has no OpenAPI for it: {error}\n")


def exact(app: FastAPI) -> str | None:
    try:
        return json.dumps(exact_openapi(app))
    except SamewireError as error:
        sys.stderr.write(f"Samewire has no OpenAPI for it: {error}\n")
        return None


def comparable(case: Case) -> bool:
    """Whether FastAPI can do what the case asks: no options of Samewire, only dump options that a route has."""
    return (
        readable(case)
        and case.refused is None
        and not case.options
        and case.dump.keys() <= ROUTE_OPTIONS
    )


def application(case: Case, truth: Truth) -> FastAPI:
    root = vars(sys.modules[truth.module])["Root"]
    app = FastAPI()
    if truth.emits is not None:
        options: dict[str, Any] = {
            f"response_model_{key}": value for key, value in case.dump.items()
        }
        app.add_api_route(
            "/emits", lambda: None, response_model=root, operation_id="emits", **options
        )
    if truth.accepts is not None:

        def endpoint(body: Any) -> None: ...

        endpoint.__annotations__["body"] = root
        app.add_api_route(
            "/accepts", endpoint, methods=["POST"], response_model=None, operation_id="accepts"
        )
    return app


# --- Generators -------------------------------------------------------------------------------------------------------


def installed(folder: Path) -> Path:
    """A folder with all generators in its ``node_modules``."""
    packages = VERSIONS | {
        name: version for each in GENERATORS for name, version in each.packages.items()
    }
    (folder / "package.json").write_text(
        json.dumps({"private": True, "type": "module", "dependencies": packages}), "utf-8"
    )
    npm = Path(sys.executable).with_name("npm")
    run(
        [npm, "install", "--legacy-peer-deps", "--no-audit", "--no-fund", "--loglevel=error"],
        folder,
    )
    return folder


def run(command: Sequence[str | Path], folder: Path) -> str:
    path = f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=os.environ | {"PATH": path},
        check=True,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    ).stdout


def generated_by(generator: Generator, openapi: str | None, packages: Path, folder: Path) -> Path:
    """The bundled module that a generator makes of an OpenAPI document."""
    if openapi is None:
        raise ValueError("refused")
    (folder / "openapi.json").write_text(openapi, "utf-8")
    (folder / "config.mjs").write_text(generator.config, "utf-8")
    program, *arguments = generator.command
    run([NODE, packages / "node_modules" / ".bin" / program, *arguments], folder)
    return bundled(folder / generator.entry, folder, packages)


def generated_by_samewire(subject: Subject, packages: Path, folder: Path) -> Path:
    made = generate(exported(subject.case, subject.truth), SAMEWIRE).subject
    if made is None:
        raise ValueError("refused")
    for name, text in made.files.items():
        file = folder / "out" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return bundled(folder / "out" / "schemas.ts", folder, packages)


def bundled(entry: Path, folder: Path, packages: Path) -> Path:
    bundle = folder / "bundle.mjs"
    esbuild = packages / "node_modules" / ".bin" / "esbuild"
    run([esbuild, entry, "--bundle", "--format=esm", f"--outfile={bundle}"], folder)
    return bundle


# --- Verdicts ---------------------------------------------------------------------------------------------------------


def verdict(
    subject: Subject, schemas: Mapping[str, str], make: Callable[[Path], Path], packages: Path
) -> str:
    """``exact``, or what is wrong: ``fails``, ``refuses``, ``alters``, ``accepts``."""
    with tempfile.TemporaryDirectory(dir=packages) as temporary:
        folder = Path(temporary)
        try:
            entry = make(folder)
            job = {"entry": str(entry), "jobs": list(jobs(subject.truth, schemas))}
            (folder / "job.json").write_text(json.dumps(job), "utf-8")
            answer = json.loads(run([NODE, packages / "run.mjs", folder / "job.json"], folder))
        except (subprocess.SubprocessError, ValueError, OSError):
            return "fails"
    for direction, result in answer.items():
        if any(output is None for _, output in result["parsed"]):
            return "refuses"
        if not all(result["refused"]):
            return "accepts"
        if not all(keeps(subject, direction, *pair) for pair in result["parsed"]):
            return "alters"
    return "exact"


def jobs(truth: Truth, schemas: Mapping[str, str]) -> Iterator[dict[str, object]]:
    for direction in ("emits", "accepts"):
        values = getattr(truth, direction)
        if values is not None:
            yield {
                "direction": direction,
                "schema": schemas[direction],
                "right": values.right,
                "wrong": values.wrong,
            }


def keeps(subject: Subject, direction: str, text: str, output: str) -> bool:
    """
    Whether parsing lost nothing: nothing at all of an emitted value, nothing that Pydantic reads of an accepted one.

    ``text`` is the value as ``JSON.parse`` has it, which rounds integers beyond 2^53 before any validator sees them.
    """
    if same(text, output):
        return True
    if direction == "emits":
        return False
    adapter = subject.truth.adapter
    try:
        return bool(adapter.validate_json(text) == adapter.validate_json(output))
    except ValueError:
        return False


def samewire_schemas(subject: Subject) -> dict[str, str]:
    made = generate(exported(subject.case, subject.truth), SAMEWIRE).subject
    return {} if made is None else {check.direction: check.schema for check in made.checks}


def ways(
    subject: Subject, packages: Path
) -> Iterator[tuple[str, tuple[Mapping[str, str], Callable[[Path], Path]]]]:
    """Each generator with the names of its schemas and what runs it in a folder."""
    for each in GENERATORS:
        for name, openapi in ((each.name, subject.openapi), (fed(each), subject.exact)):
            yield name, (each.exports, partial(generated_by, each, openapi, packages))
    yield "Samewire", (samewire_schemas(subject), partial(generated_by_samewire, subject, packages))


def fed(generator: Generator) -> str:
    """What a generator is called that reads Samewire's document."""
    return f"{generator.name}, from Samewire's OpenAPI"


# --- The page ---------------------------------------------------------------------------------------------------------

WRONG = {
    "refuses": "refuses a valid value",
    "accepts": "accepts an invalid value",
    "alters": "changes a valid value",
    "fails": "no code, or code that does not load",
}


def main() -> None:
    warnings.simplefilter("ignore")
    logging.disable(logging.ERROR)
    every = list(subjects())
    with tempfile.TemporaryDirectory() as temporary:
        packages = installed(Path(temporary))
        (packages / "run.mjs").write_text(RUN, "utf-8")

        def judge(subject: Subject) -> dict[str, str]:
            return {name: verdict(subject, *way, packages) for name, way in ways(subject, packages)}

        with ThreadPoolExecutor(JOBS) as pool:
            verdicts = list(pool.map(judge, every))
    report = table(verdicts)
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{START}\n{report}\n{END}{after}", "utf-8")
    sys.stdout.write(report + "\n")


def table(verdicts: Sequence[Mapping[str, str]]) -> str:
    names = ["Samewire"]
    versions = {}
    for each in GENERATORS:
        names += [each.name, fed(each)]
        version = next(iter(each.packages.values()))
        versions[each.name] = f"{each.name} {version}, from FastAPI's OpenAPI"
    lines = [
        f"| {len(verdicts)} cases | exact | {' | '.join(WRONG.values())} |",
        "|---|---|" + "---|" * len(WRONG),
    ]
    for name in names:
        counts = Counter(found[name] for found in verdicts)
        cells = (str(counts[key]) for key in ("exact", *WRONG))
        lines.append(f"| {versions.get(name, name)} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
