"""The bench and the truth must notice what is wrong; a test that can't fail would hide every gap."""

from __future__ import annotations

from pathlib import Path

import pytest

from .batch import Check, Findings, Subject, Workbench
from .case import Case, accepts, both, emits
from .truth import Values, WrongCaseError, establish

SCHEMAS = """\
import * as z from "zod";

export const RightSchema: z.ZodType<{ a: number }> = z.object({ a: z.number() });
export const LooseSchema: z.ZodType<unknown> = z.unknown();
export const StripSchema: z.ZodType<{ a?: number }> = z.object({ a: z.number().exactOptional() });
export const EvilSchema: z.ZodType<unknown> = z.unknown().check(() => {
  Object.assign(globalThis, { hit: 1 });
});
export const ThrowSchema: z.ZodType<unknown> = z.unknown().check(() => {
  throw new Error("broken");
});
"""


def found(tmp_path: Path, node: Path, node_modules: Path, types: str, *checks: Check) -> Findings:
    subject = Subject("subject", {"schemas.ts": SCHEMAS, "types.ts": types}, checks)
    bench = Workbench(tmp_path, node, node_modules)
    findings = Findings()
    bench.put([subject])
    bench.run([subject], findings)
    bench.compile([subject], "typescript", findings)
    return findings


def test_silence_when_all_is_well(tmp_path: Path, node: Path, node_modules: Path) -> None:
    right = Values(('{"a": 1}', '{"a": 1.0}'), ("{}", '{"a": "x"}'))
    check = Check("emits", "RightSchema", right, "Right")
    findings = found(tmp_path, node, node_modules, "export type Right = { a: number };\n", check)
    assert (findings.complaints, findings.altered) == ({}, [])


def test_every_disagreement_is_a_complaint(tmp_path: Path, node: Path, node_modules: Path) -> None:
    findings = found(
        tmp_path,
        node,
        node_modules,
        "export type Narrow = { a: 2 };\n",
        Check("emits", "RightSchema", Values(('{"a": "x"}', '{"a": 1}'), ()), "Narrow"),
        Check("emits", "LooseSchema", Values((), ("1",))),
        Check("emits", "StripSchema", Values(('{"a": 1, "b": 2}',), ())),
        Check("emits", "EvilSchema", Values(("1",), ())),
        Check("emits", "ThrowSchema", Values(("1",), ())),
        Check("emits", "MissingSchema", Values(("1",), ())),
    )
    complaints = findings.complaints["subject"]
    for expected in (
        'RightSchema: refuses {"a": "x"}',
        "LooseSchema: accepts 1",
        "EvilSchema: hostile text was run as code",
        "ThrowSchema: throws Error: broken",
        "MissingSchema: throws Error: no export MissingSchema",
        "typescript: samples.ts",
    ):
        assert any(each.startswith(expected) for each in complaints), expected
    assert [(each.value, each.output) for each in findings.altered] == [
        ('{"a": 1, "b": 2}', '{"a":1}')
    ]


INT = "class Root(BaseModel):\n    a: int\n    b: int = 0\n"


@pytest.mark.parametrize(
    ("case", "message"),
    [
        (emits("x", INT, ["Root(a=1)"], [{"a": 1, "b": 0}]), "is emitted"),
        (emits("x", INT, ["Root(a=1)"], [{"a": 2, "b": 3}]), "an instance serializes to"),
        (emits("x", INT, ["Root(a=1)"]), "nothing wrong to try"),
        (emits("x", INT, [], [{}]), "nothing right to try"),
        (emits("x", INT, ["Root(a='x')"], [{}]), "has no JSON"),
        (emits("x", INT, ["Root.model_construct(a='x')"], [{}]), "has no JSON"),
        (accepts("x", INT, [{}], [{"a": "x"}]), "Pydantic refuses"),
        (accepts("x", INT, [{"a": 1}], [{"a": "1"}]), "Pydantic accepts"),
        (accepts("x", INT, [{"a": 1}]), "nothing wrong to try"),
        (both("x", INT, ["Root(a=1)"], [{}], never_accepts=[{"a": True}]), "Pydantic accepts"),
    ],
)
def test_a_wrong_case_fails_by_itself(case: Case, message: str) -> None:
    with pytest.raises(WrongCaseError, match=message):
        establish(case, "wrong_case")
