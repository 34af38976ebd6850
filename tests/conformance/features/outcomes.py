"""
The corpus in every flavour of every target, generated, compiled and run, as complaints by flavour and case.
"""

from __future__ import annotations

import sys
from collections.abc import Container
from dataclasses import replace

from pydantic import VERSION
from samewire.errors import Diagnostic

from .batch import Altered, Complaints, Findings, Subject, Workbench
from .case import Case, Refused
from .corpus import GROUPS
from .pipeline import Flavour, Generated, generate, guards, valibot, zod
from .truth import Truth, WrongCaseError, establish

FLAVOURS = (
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
    zod("dates", "zod", (4, 6), ways=("codec",), dates=True),
    zod("datesmini", "zod/mini", (4, 6), mini=True, ways=("codec",), guarded=True, dates=True),
    zod("dates43", "zod43", (4, 3), ways=("codec",), dates=True),
)
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
    ),
    "typescript5": ("zod", "guards", "fast", "dates"),
}


def module_of(group: str, case: Case) -> str:
    return f"case_{group}_{case.name}".replace("-", "_").replace("*", "x")


PYDANTIC = tuple(map(int, VERSION.split(".")[:2]))


def readable(case: Case) -> bool:
    """Whether this Python understands the case's syntax, and this Pydantic is as the case has it."""
    return case.python <= sys.version_info[:2] and case.pydantic <= PYDANTIC


def outcomes(bench: Workbench, chosen: Container[str]) -> dict[str, Complaints]:
    """The complaints of each flavour about the ``chosen`` cases, by module name; a case without any is left out."""
    cases = _established(chosen)
    found: dict[str, Complaints] = {}
    subjects: dict[str, list[Subject]] = {}
    for flavour in FLAVOURS:
        found[flavour.name] = {}
        subjects[flavour.name] = []
        for module, (case, truth) in cases.items():
            generated = _generated(case, truth, flavour)
            found[flavour.name][module] = _objections(case.refused, generated, module)
            if generated.subject is not None:
                subjects[flavour.name].append(_trimmed(generated.subject, flavour))
    findings = Findings()
    everything = [subject for each in subjects.values() for subject in each]
    bench.put(everything)
    bench.run(everything, findings)
    for compiler, flavours in COMPILERS.items():
        bench.compile(
            [subject for name in flavours for subject in subjects[name]], compiler, findings
        )
    _judge_altered(findings, cases)
    for subject, complaints in findings.complaints.items():
        flavour_name, _, module = subject.partition("-")
        found[flavour_name][module] += complaints
    return {
        name: {module: list_ for module, list_ in each.items() if list_}
        for name, each in found.items()
    }


def _established(chosen: Container[str]) -> dict[str, tuple[Case, Truth]]:
    """The chosen cases that Pydantic confirms; a test of its own reports the others."""
    cases = {}
    for group, members in GROUPS.items():
        for case in filter(readable, members):
            module = module_of(group, case)
            if module not in chosen:
                continue
            try:
                cases[module] = (case, establish(case, module))
            except WrongCaseError:
                continue
    return cases


def _generated(case: Case, truth: Truth, flavour: Flavour) -> Generated:
    try:
        return generate(case, truth, flavour)
    except Exception as error:
        return Generated(
            None, (Diagnostic("crash", case.name, f"{type(error).__name__}: {error}"),)
        )


def _trimmed(subject: Subject, flavour: Flavour) -> Subject:
    """What is not compiled needs no proof; of the types Node reads the enums."""
    if any(flavour.name in flavours for flavours in COMPILERS.values()):
        return subject
    run = {"schemas.ts", "types.ts", "guards.ts", "exact.ts"}
    files = {
        name: text
        for name, text in subject.files.items()
        if name in run or name.startswith("runtime/")
    }
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


def _judge_altered(findings: Findings, cases: dict[str, tuple[Case, Truth]]) -> None:
    """An emitted value must come out as it is; an accepted one may lose only what Pydantic ignores."""
    for altered in findings.altered:
        _, truth = cases[altered.subject.partition("-")[2]]
        if altered.direction == "emits" or not _means_the_same(altered, truth):
            findings.add(altered.subject, str(altered))


def _means_the_same(altered: Altered, truth: Truth) -> bool:
    try:
        before = truth.adapter.validate_json(altered.value)
        return before == truth.adapter.validate_json(altered.output)
    except ValueError:
        return False
