"""Sampled values as constants of the generated types, for the frontend's own compiler."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from samewire.errors import Diagnostic, VerifyError
from samewire.verify.causes import OURS
from samewire.verify.findings import Cause, Disagreement, Kind
from samewire.verify.subjects import Subject

OPTIONS = {
    "target": "es2022",
    "lib": ["es2022", "dom"],
    "module": "esnext",
    "moduleResolution": "bundler",
    "types": [],
    "strict": True,
    "exactOptionalPropertyTypes": True,
    "noUncheckedIndexedAccess": True,
    "allowImportingTsExtensions": True,
    "skipLibCheck": True,
    "noEmit": True,
}
PATIENCE = 600
INHERITED = re.compile(
    r'"(?:constructor|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|toLocaleString|toString|valueOf)"\s*:'
)
"""Keys that every object inherits: TypeScript takes what a literal has there for the inherited method, whatever the type says."""
NUMBER = re.compile(r"^export type ([\w$]+) = number;$", re.MULTILINE)
BRAND = re.compile(
    r" & \{\s*readonly __brand: \{\s*readonly (?:[\w$]+|\"(?:[^\"\\]|\\.)*\"): true;?\s*\};?\s*\}"
)
"""What makes a type of its own of a ``NewType``."""
IMPORTED = re.compile(r'^import type \{ (?:\w+ as )?([\w$]+) \} from "([^"]*)";$', re.MULTILINE)
"""What types take from elsewhere, as values are decoded to it; samples are JSON."""
ERROR = re.compile(r"samples\.ts\((?P<line>\d+),\d+\): error (?P<what>TS\d+: .*)")


@dataclass(frozen=True, slots=True)
class Misfit:
    subject: Subject
    text: str
    message: str

    def disagreement(self) -> Disagreement:
        subject = self.subject
        cause = Cause("type", f"the declared type is narrower than the validator; {OURS}")
        return Disagreement(
            Kind.TYPE,
            subject.terms.name,
            subject.direction,
            subject.model,
            (),
            self.text,
            (),
            "has this value",
            self.message,
            cause,
        )


def misfits(
    node: Path, compiler: Path, folder: Path, samples: Mapping[Subject, Sequence[str]]
) -> list[Misfit]:
    """
    A value that is not of its type for each subject that has one. All are of one contract, whose ``types.ts`` is in ``folder``.

    Raises:
        VerifyError: the compiler can't be run, or finds the types themselves at fault.

    """
    lines = ['import type * as t from "./types.ts";']
    if any(subject.terms.decoded for subject in samples):
        lines.append('import type * as w from "./wire.ts";')
    owners: dict[int, tuple[Subject, str]] = {}
    for subject, texts in samples.items():
        for text in texts:
            if INHERITED.search(text):
                continue
            lines.append(f"export const v{len(lines)}: {subject.json_type} = {_literal(text)};")
            owners[len(lines)] = (subject, text)
    _make_plain([folder / "types.ts", *folder.glob("types/*.ts")])
    (folder / "globals.d.ts").write_text(_namespace("Temporal"), encoding="utf-8")
    (folder / "samples.ts").write_text("\n".join([*lines, ""]), encoding="utf-8", newline="\n")
    project = folder / "tsconfig.json"
    project.write_text(
        json.dumps({"compilerOptions": OPTIONS, "files": ["globals.d.ts", "samples.ts"]}),
        encoding="utf-8",
    )
    done = subprocess.run(  # noqa: S603  # the frontend's own compiler
        [node, compiler, "--project", project, "--pretty", "false"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE,
    )
    found: dict[Subject, Misfit] = {}
    for match in map(ERROR.search, done.stdout.splitlines()):
        if match is not None and int(match["line"]) in owners:
            subject, text = owners[int(match["line"])]
            found.setdefault(subject, Misfit(subject, text, match["what"]))
    if done.returncode != 0 and not found:
        said = (done.stdout or done.stderr).strip().partition("\n")[0]
        hint = "pass --no-types to do without the compiler"
        raise VerifyError(Diagnostic("verify-compiler", str(compiler), said, hint))
    return list(found.values())


def _stand_in(imported: re.Match[str], folder: Path) -> str:
    """What stands for a type of the frontend; the files of the contract are there."""
    if (folder / imported[2]).exists():
        return imported[0]
    return f"type {imported[1]} = unknown; {_namespace(imported[1])}"


def _namespace(name: str) -> str:
    """One in which the classes of ``Temporal`` are types."""
    classes = ("Instant", "PlainDateTime", "PlainDate", "PlainTime", "Duration")
    return (
        f"declare namespace {name} {{ {' '.join(f'type {each} = unknown;' for each in classes)} }}"
    )


def _make_plain(files: Sequence[Path]) -> None:
    """
    Makes the types those of values in JSON, which have no brand. A key is a text, and TypeScript takes one in a literal for a
    number only if JavaScript would write the number so.
    """
    texts = {file: BRAND.sub("", file.read_text("utf-8")) for file in files}
    numbers = [name for text in texts.values() for name in NUMBER.findall(text)]
    for file, text in texts.items():
        plain = IMPORTED.sub(partial(_stand_in, folder=file.parent), text)
        for name in numbers:
            plain = re.sub(rf"(Record<|\[key: ){re.escape(name)}(?=[,\]])", r"\1string", plain)
        file.write_text(plain, encoding="utf-8", newline="\n")


def _literal(text: str) -> str:
    """JSON as TypeScript source on one line; JSON allows the two line separators in strings, and so has ECMAScript since 2019."""
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
