"""
Generated code put to the test, all of it at once: one run of each TypeScript compiler, one Node process for all values.

A *subject* is one contract's files in one flavour, in a folder of its own. What comes back is a list of complaints for each
subject, empty when the compilers are silent, the right values come out as they went in, and the wrong ones are refused.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

from samewire import verify
from samewire.verify.node import temporal_flags

from .case import Json
from .truth import Values

Direction: TypeAlias = Literal["emits", "accepts"]
Way: TypeAlias = Literal[
    "parse", "jitless", "compiled", "standard", "guard", "run", "agreed", "codec"
]
Complaints: TypeAlias = dict[str, list[str]]

# The oldest language and the strictest settings that a frontend may have, each of which has a way of breaking generated code.
COMPILER_OPTIONS: dict[str, Json] = {
    "target": "es2017",
    "lib": ["es2020", "dom"],
    "module": "nodenext",
    "types": [],
    "strict": True,
    "exactOptionalPropertyTypes": True,
    "noUncheckedIndexedAccess": True,
    "noPropertyAccessFromIndexSignature": True,
    "noImplicitOverride": True,
    "noImplicitReturns": True,
    "noUnusedLocals": True,
    "noUnusedParameters": True,
    "isolatedDeclarations": True,
    "declaration": True,
    "verbatimModuleSyntax": True,
    "erasableSyntaxOnly": True,
    "allowImportingTsExtensions": True,
    "skipLibCheck": True,
    "noEmit": True,
}

RUNNER = Path(__file__).with_name("run_values.mjs")
CODECS = Path(verify.__file__).with_name("codecs.mjs")
ERROR = re.compile(r"^(?P<subject>[^/\s]+)/(?P<where>[^:]+): (?P<what>error .*)$")


@dataclass(frozen=True, slots=True)
class Check:
    """
    Values for one exported schema or guard, in one direction. ``guard`` is the one of the type, if there are both.

    ``type`` is the exported type that the right ones must also have as literals, if any; where it ``decodes``, the one of JSON.
    """

    direction: Direction
    schema: str
    values: Values
    type: str | None = None
    guard: str | None = None
    decodes: bool = False


@dataclass(frozen=True, slots=True)
class Altered:
    """A right value that came out as something else."""

    subject: str
    direction: Direction
    schema: str
    value: str
    output: str
    note: str

    def __str__(self) -> str:
        return f"{self.schema}: turns {self.value} into {self.output}{self.note}"


@dataclass(frozen=True, slots=True)
class Subject:
    """
    ``files`` by name, ``schemas.ts`` among them, with relative imports that end in ``.ts``.

    ``ways``: how the schemas are to be run.
    """

    name: str
    files: Mapping[str, str]
    checks: tuple[Check, ...]
    ways: tuple[Way, ...] = ("parse",)


@dataclass(slots=True)
class Findings:
    complaints: Complaints = field(default_factory=dict)
    altered: list[Altered] = field(default_factory=list)

    def add(self, subject: str, complaint: str) -> None:
        self.complaints.setdefault(subject, []).append(complaint)


@dataclass(frozen=True, slots=True)
class Workbench:
    """A folder for generated code, with the packages it imports, and the tools to run it."""

    folder: Path
    node: Path
    node_modules: Path

    def put(self, subjects: Sequence[Subject]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._text("package.json", json.dumps({"type": "module", "private": True}))
        modules = self.folder / "node_modules"
        if not modules.exists():
            modules.symlink_to(self.node_modules, target_is_directory=True)
        for subject in subjects:
            for name, text in {**subject.files, "samples.ts": _samples(subject)}.items():
                self._text(f"{subject.name}/{name}", text)

    def compile(self, subjects: Sequence[Subject], compiler: str, findings: Findings) -> None:
        """Type-checks all subjects with the compiler of one npm package (``typescript``, ``typescript5``)."""
        config = f"tsconfig.{compiler}.json"
        files = [
            f"{subject.name}/{name}"
            for subject in subjects
            for name in (*subject.files, "samples.ts")
        ]
        if any(subject.name.startswith("temporal-") for subject in subjects):
            self._text("temporal.d.ts", '/// <reference lib="esnext.temporal" />\n')
            files.append("temporal.d.ts")
        self._text(config, json.dumps({"compilerOptions": COMPILER_OPTIONS, "files": files}))
        script = self.node_modules / compiler / "bin" / "tsc"
        done = self._run([str(self.node), str(script), "--project", config, "--pretty", "false"])
        found = 0
        for line in done.stdout.splitlines():
            if match := ERROR.match(line):
                found += 1
                findings.add(match["subject"], f"{compiler}: {match['where']}: {match['what']}")
        if done.returncode != 0 and not found:
            raise RuntimeError(f"{compiler} failed: {done.stdout[-2000:]}{done.stderr[-2000:]}")

    def run(self, subjects: Sequence[Subject], findings: Findings) -> None:
        """Feeds all values to the validators."""
        jobs: list[dict[str, Any]] = [
            {
                "subject": subject.name,
                "direction": check.direction,
                "schema": check.schema,
                "guard": check.guard,
                "ways": list(subject.ways),
                "right": [*check.values.right, *check.values.kept],
                "wrong": list(check.values.wrong),
            }
            for subject in subjects
            for check in subject.checks
        ]
        self._text("jobs.json", json.dumps(jobs))
        for script in (RUNNER, RUNNER.with_name("agreement.mjs"), CODECS):
            self._text(script.name, script.read_text("utf-8"))
        flags = ["--no-warnings", *temporal_flags(self.node)]
        done = self._run([str(self.node), *flags, RUNNER.name, "jobs.json"])
        if done.returncode != 0:
            raise RuntimeError(f"the runner failed: {done.stderr[-4000:]}")
        for job, result in zip(jobs, json.loads(done.stdout), strict=True):
            count = (len(job["right"]) + len(job["wrong"])) * len(job["ways"])
            if not result["complaints"] and result["tried"] != count:
                raise RuntimeError(f"values were not tried: {job}")
            _collect(job, result, findings)

    def _text(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=1500,
        )


def _collect(job: Mapping[str, Any], result: Mapping[str, Any], findings: Findings) -> None:
    subject, direction, schema = job["subject"], job["direction"], job["schema"]
    for complaint in result["complaints"]:
        findings.add(subject, f"{schema}: {complaint}")
    for value, output, note in result["altered"]:
        findings.altered.append(Altered(subject, direction, schema, value, output, note))


def _samples(subject: Subject) -> str:
    """The right values as source text: the static types must have them too."""
    lines = []
    for number, check in enumerate(subject.checks):
        # In a literal `__proto__` is not a key but the prototype, so such a value can't be written down.
        texts = [f"  {text},\n" for text in check.values.right if '"__proto__"' not in text]
        if check.type is not None and texts:
            literals = "".join(texts)
            lines.append(
                f"export const sample{number}: readonly {_json_type(check)}[] = [\n{literals}];"
            )
    imports = [
        f'import type * as {alias} from "./{file}.ts";'
        for alias, file in (("t", "types"), ("w", "wire"))
        if any(_json_type(check).startswith(f"{alias}.") for check in subject.checks if check.type)
    ]
    return "\n".join([*imports, *lines, ""] if lines else ["export {};", ""])


def _json_type(check: Check) -> str:
    return f"w.{check.type}Wire" if check.decodes else f"t.{check.type}"
