"""
The corpus in every flavour of every target, generated, compiled and run, as complaints by flavour and case.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Container, Mapping
from contextlib import suppress
from dataclasses import replace

from pydantic import VERSION

from .batch import Altered, Complaints, Findings, Subject, Workbench
from .case import Case, Refused
from .corpus import GROUPS
from .pipeline import Exported, Flavour, Generated, crash, exported, generate, guards, valibot, zod
from .truth import Truth, WrongCaseError, establish

EVERY_FLAVOUR = (
    zod("zod", "zod", (4, 6), ways=("parse", "jitless", "compiled", "standard")),
    zod("mini", "zod/mini", (4, 6), mini=True, ways=("parse", "compiled")),
    zod("zod43", "zod43", (4, 3)),
    zod("zod40", "zod40", (4, 0)),
    valibot("valibot", "valibot"),
    valibot("valibot10", "valibot10"),
    guards(),
    zod("fast", "zod", (4, 6), ways=("parse", "jitless", "standard", "agreed"), guarded=True),
    zod("fastmini", "zod/mini", (4, 6), mini=True, ways=("parse", "run"), guarded=True),
    zod("fast43", "zod43", (4, 3), ways=("parse", "run"), guarded=True),
    zod("fast40", "zod40", (4, 0), ways=("parse", "run"), guarded=True),
    zod("dates", "zod", (4, 6), ways=("codec",), dates="date"),
    zod("datesmini", "zod/mini", (4, 6), mini=True, ways=("codec",), guarded=True, dates="date"),
    zod("dates43", "zod43", (4, 3), ways=("codec",), dates="date"),
    zod("temporal", "zod", (4, 6), ways=("codec",), dates="temporal"),
)
# Those that a session runs: all, or what SAMEWIRE_FLAVOURS names, as "zod,guards". Pydantic has no part in how they differ.
BY_NAME = {flavour.name: flavour for flavour in EVERY_FLAVOUR}
FLAVOURS = [
    BY_NAME[name] for name in os.environ.get("SAMEWIRE_FLAVOURS", ",".join(BY_NAME)).split(",")
]
COMPILERS = {
    "typescript": (
        "zod",
        "mini",
        "valibot",
        "guards",
        "fast",
        "fastmini",
        "dates",
        "datesmini",
        "dates43",
        "temporal",
    ),
    "typescript5": ("zod", "guards", "fast", "dates"),
}


def module_of(group: str, case: Case) -> str:
    return f"case_{group}_{case.name}".replace("-", "_").replace("*", "x")


PYDANTIC = tuple(map(int, VERSION.split(".")[:2]))


def readable(case: Case) -> bool:
    """Whether this Python understands the case's syntax, and this Pydantic is as the case has it."""
    return case.python <= sys.version_info[:2] and case.pydantic <= PYDANTIC


def prepare(chosen: Container[str]) -> dict[str, Exported]:
    """The chosen cases by module name; a test of its own reports those that Pydantic does not confirm."""
    cases = {}
    for group, members in GROUPS.items():
        for case in filter(readable, members):
            module = module_of(group, case)
            if module not in chosen:
                continue
            with suppress(WrongCaseError):
                cases[module] = exported(case, establish(case, module))
    return cases


def outcomes(bench: Workbench, flavour: Flavour, cases: Mapping[str, Exported]) -> Complaints:
    """The complaints about the cases in one flavour, by module name; a case without any is left out."""
    found: Complaints = {}
    subjects: list[Subject] = []
    compilers = [name for name, flavours in COMPILERS.items() if flavour.name in flavours]
    for module, each in cases.items():
        generated = _generated(each, flavour)
        found[module] = _objections(each.case.refused, generated, module)
        if generated.subject is not None:
            subjects.append(generated.subject if compilers else _trimmed(generated.subject))
    findings = Findings()
    bench.put(subjects)
    bench.run(subjects, findings)
    for compiler in compilers if subjects else ():
        bench.compile(subjects, compiler, findings)
    _judge_altered(findings, cases)
    for subject, complaints in findings.complaints.items():
        found[subject.partition("-")[2]] += complaints
    return {module: complaints for module, complaints in found.items() if complaints}


def _generated(each: Exported, flavour: Flavour) -> Generated:
    try:
        return generate(each, flavour)
    except Exception as error:
        return Generated(None, (crash(each.case, error),))


def _trimmed(subject: Subject) -> Subject:
    """What is not compiled needs no proof; of the types Node reads the enums."""
    run = {"schemas.ts", "types.ts", "guards.ts", "exact.ts"}
    files = {name: text for name, text in subject.files.items() if name in run or "/" in name}
    return replace(subject, files=files)


def _objections(expected: Refused | None, generated: Generated, module: str) -> list[str]:
    """What is wrong with a generation, before anything has been run."""
    if expected is None:
        return [f"refused: {diagnostic}" for diagnostic in generated.diagnostics]
    place = f"{module}:{expected.where}"
    for diagnostic in generated.diagnostics:
        if (diagnostic.code, diagnostic.where) == (expected.code, place):
            return [] if diagnostic.hint else [f"{diagnostic} comes without a hint"]
    said = "; ".join(map(str, generated.diagnostics)) or "nothing"
    return [f"expected {expected.code} at {place}, got {said}"]


def _judge_altered(findings: Findings, cases: Mapping[str, Exported]) -> None:
    """An emitted value must come out as it is; an accepted one may lose only what Pydantic ignores."""
    for altered in findings.altered:
        truth = cases[altered.subject.partition("-")[2]].truth
        if altered.direction == "emits" or not _means_the_same(altered, truth):
            findings.add(altered.subject, str(altered))


def _means_the_same(altered: Altered, truth: Truth) -> bool:
    try:
        before = truth.adapter.validate_json(altered.value)
        return before == truth.adapter.validate_json(altered.output)
    except ValueError:
        return False
