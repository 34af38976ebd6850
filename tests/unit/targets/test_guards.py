"""Guards: their verdicts are those of the schemas, for values of JSON and for objects that are none."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from samewire import ir
from samewire.targets.guards.render import render_contract as render_guards
from samewire.targets.typescript.options import TypeScriptOptions
from samewire.targets.zod.options import ZodOptions
from samewire.targets.zod.render import render_contract as render_zod

from tests.unit.targets.harness import Project, contract, definition
from tests.unit.targets.random_types import random_contract
from tests.unit.targets.test_values import CASES, ENUMS, REFUSED, definitions

P = ir.Property
BESIDE = frozenset({"zod", "guards"})
A = ir.Object((P("kind", ir.Literal(("a",)), True), P("n", ir.Integer(), True)))
B = ir.Object((P("kind", ir.Literal(("b", "c")), True),), ir.REJECT)
RUN = """
import { readFileSync } from "node:fs";
import * as guards from "./guards.ts";
const wanted = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(wanted.map(([name, text]) => guards["is" + name](JSON.parse(text)))));
"""


def written(project: Project, given: list[ir.Definition]) -> dict[str, str]:
    """The files of the targets zod and guards, which stand in one folder."""
    types = contract(given)
    zod = ZodOptions(import_extension=".ts", beside=BESIDE, type_test=True)
    files = render_zod(types, zod)
    guards = render_guards(types, TypeScriptOptions(import_extension=".ts", beside=BESIDE))
    assert {name: files[name] for name in files.keys() & guards.keys()} == {
        name: guards[name] for name in files.keys() & guards.keys()
    }
    project.write({**files, **guards})
    return {**files, **guards}


def beside_zod(**types: ir.Type) -> dict[str, str]:
    """The files of a contract with both targets."""
    guards = render_guards(contract(types), TypeScriptOptions(beside=BESIDE))
    return {**guards, **render_zod(contract(types), ZodOptions(beside=BESIDE))}


def guards_text(**types: ir.Type) -> str:
    """What stands in ``guards.ts`` from the first guard on."""
    text = render_guards(contract(types))["guards.ts"]
    return text[text.index("export function") :]


def test_a_schema_gets_a_second_guard_only_where_it_changes_values() -> None:
    strict = ir.Object((P("a", ir.String(), True),), ir.REJECT)
    stripped = ir.Object((P("a", ir.String(), True),), ir.STRIP)
    renamed = replace(strict, names=(ir.Names(("a",), (("a",), ("b",))),))
    text = beside_zod(Same=strict, Dropping=stripped, Renaming=renamed)["schemas.ts"]
    calls = dict(re.findall(r"schema\(\s*(\w+),\s*([^;]*?),?\s*\) as Schema<", text))
    same, exact = "(value) => guards.is{0}(value)", "(value) => exact.is{0}(value)"
    assert {name: re.sub(r"\s+", " ", guards) for name, guards in calls.items()} == {
        "Same": same.format("Same"),
        "Dropping": ", ".join((exact.format("Dropping"), same.format("Dropping"))),
        "Renaming": f"{same.format('Renaming')}, () => true",
    }


def test_verdicts(project: Project) -> None:
    written(project, definitions())
    asked = [
        (name, text, became is not REFUSED)
        for name, (_, table) in [*CASES.items(), *ENUMS.items()]
        for text, became in table.items()
    ]
    answers = project.ask(RUN, [[name, text] for name, text, _ in asked])
    wrong = [each for each, answer in zip(asked, answers, strict=True) if each[2] is not answer]
    assert wrong == []
    assert project.type_check(files=("index.ts", "schemas.proof.ts")) == ""
    assert project.unformatted() == ""


@pytest.mark.parametrize("seed", range(200, 206))
def test_random_contracts_are_formatted_and_compile(project: Project, seed: int) -> None:
    written(project, list(random_contract(seed)))
    assert project.unformatted() == ""
    assert project.type_check(files=("index.ts",)) == ""


OBJECTS = """
import { isThing, ThingSchema, isOpen, OpenSchema, isClosed, ClosedSchema } from "./index.ts";
const objects = {
  plain: { a: 1, b: "x" },
  withoutPrototype: Object.assign(Object.create(null), { a: 1, b: "x" }),
  ownConstructor: { a: 1, b: "x", constructor: 1 },
  wrongConstructor: { a: 1, b: "x", constructor: "x" },
  ownProto: JSON.parse('{"a": 1, "b": "x", "__proto__": {"a": 2}}'),
  getter: { get a() { return 1; }, b: "x" },
  array: [1],
  date: new Date(0),
  map: new Map(),
  function: () => 1,
  undefinedOptional: { a: 1, b: undefined },
  symbol: { a: 1, b: "x", [Symbol("s")]: 1 },
  nan: { a: NaN, b: "x" },
  bigint: { a: 1n, b: "x" },
  boxed: { a: 1, b: new String("x") },
};
const answers = {};
for (const [name, value] of Object.entries(objects)) {
  answers[name] = [
    [isThing(value), ThingSchema.safeParse(value).success],
    [isOpen(value), OpenSchema.safeParse(value).success],
    [isClosed(value), ClosedSchema.safeParse(value).success],
  ];
}
process.stdout.write(JSON.stringify(answers));
"""


def test_objects_that_are_not_from_json(project: Project) -> None:
    properties = (
        P("a", ir.Integer(), True),
        P("b", ir.String(), False),
        P("constructor", ir.Integer(), False),
    )
    extras = {"Thing": ir.STRIP, "Open": ir.Keep(ir.Unknown()), "Closed": ir.REJECT}
    written(
        project, [definition(name, ir.Object(properties, extra)) for name, extra in extras.items()]
    )
    answers = project.ask(OBJECTS, [])
    differing = {
        name: pairs
        for name, pairs in answers.items()
        if any(guard is not schema for guard, schema in pairs)
    }
    assert differing == {}
    assert answers["plain"] == [[True, True]] * 3
    assert answers["array"] == [[False, False]] * 3


def test_what_an_object_inherits_is_part_of_it_as_typescript_has_it(project: Project) -> None:
    """Zod says so too, until a key of the object is called like one that every object inherits."""
    written(project, [definition("Thing", ir.Object((P("a", ir.Integer(), True),)))])
    script = """
        import { isThing } from "./guards.ts";
        class Model { get a() { return 1; } }
        const values = [new Model(), Object.create({ a: 1 }), Object.create({ a: "x" })];
        process.stdout.write(JSON.stringify(values.map(isThing)));
    """
    assert project.ask(script, []) == [True, True, False]


def test_a_union_with_a_tag_is_a_switch() -> None:
    text = guards_text(A=A, B=B, U=ir.Union((ir.Ref("A"), ir.Ref("B")), "kind"))
    assert text.endswith(
        """\
export function isU(value: unknown): value is t.U {
  if (!hasShape<"kind">(value)) return false;
  switch (value.kind) {
    case "a":
      return isA(value);
    case "b":
    case "c":
      return isB(value);
    default:
      return false;
  }
}
"""
    )


def test_a_guard_that_is_called_like_a_function_of_the_runtime_keeps_its_name() -> None:
    text = render_guards(contract({"Record": ir.Record(ir.String(), ir.Null())}))["guards.ts"]
    assert "isRecord as isRecordValue" in text
    assert "export function isRecord(value: unknown): value is t.Record {" in text
    assert "isRecordValue(value) &&" in text


def test_a_guard_of_a_type_in_small_letters_has_a_capital() -> None:
    assert "export function isUser(value: unknown): value is t.user {" in guards_text(user=A)
    both = guards_text(user=A, User=A)
    assert "function isuser(value: unknown): value is t.user" in both
    assert "function isUser(value: unknown): value is t.User" in both


def test_what_a_schema_drops_is_asked_of_another_file() -> None:
    files = beside_zod(
        Open=ir.Object((P("a", ir.Integer(), True),)),
        Closed=ir.Object((P("a", ir.Integer(), True),), ir.REJECT),
        Both=ir.Array(ir.Union((ir.Ref("Closed"), ir.Ref("Open")))),
    )
    exact = files["exact.ts"]
    assert "export function isOpen(value: unknown): boolean" in exact
    assert 'hasOnlyKeys(value, ["a"])' in exact
    assert "guards.isClosed(item) || isOpen(item)" in exact
    assert "isClosed(" not in exact.replace("guards.isClosed(", "")
    schemas = re.sub(r"\s|,(?=\s*\))", "", files["schemas.ts"])
    asked = "schema(Closed,(value)=>guards.isClosed(value))"
    assert asked in schemas
    assert "schema(Open,(value)=>exact.isOpen(value),(value)=>guards.isOpen(value)" in schemas


def test_without_keys_to_drop_there_is_no_other_file() -> None:
    files = beside_zod(Closed=ir.Object((P("a", ir.Integer(), True),), ir.REJECT))
    assert "exact.ts" not in files
    assert "exact" not in files["schemas.ts"]


def test_a_type_that_is_called_like_a_file_of_guards(project: Project) -> None:
    closed = ir.Object((P("a", ir.Integer(), True),), ir.REJECT)
    open_ = ir.Object((P("b", ir.Ref("guards"), True),))
    written(
        project,
        [definition("guards", closed), definition("exact", open_), definition("guarded", open_)],
    )
    script = """
        import { exactSchema, guardsSchema } from "./index.ts";
        const value = { b: { a: 1 } };
        process.stdout.write(JSON.stringify([
          exactSchema.parse(value) === value, exactSchema.safeParse({ b: { a: 1, c: 1 } }).success,
          exactSchema.parse({ ...value, c: 1 }), guardsSchema.safeParse({}).success,
        ]));
    """
    assert project.ask(script, []) == [True, False, {"b": {"a": 1}}, False]
    assert project.type_check(files=("index.ts", "schemas.proof.ts")) == ""


# --- Recursive unions -------------------------------------------------------------------------------------------------

A_NODE = ir.Object((P("next", ir.Nullable(ir.Ref("Node")), True), P("z", ir.Integer(), False)))
B_NODE = ir.Object((P("next", ir.Nullable(ir.Ref("Node")), True),))
RECURSIVE = {
    # Nothing tells the members apart but what is at the end.
    "alike": {"A": A_NODE, "B": B_NODE, "Node": ir.Union((ir.Ref("A"), ir.Ref("B")))},
    # The union stands where it is used.
    "in place": {
        "A": ir.Object((P("next", ir.Nullable(ir.Union((ir.Ref("A"), ir.Ref("B")))), True),)),
        "B": ir.Object(
            (P("next", ir.Nullable(ir.Union((ir.Ref("A"), ir.Ref("B")))), True),), ir.REJECT
        ),
        "Node": ir.Union((ir.Ref("A"), ir.Ref("B"))),
    },
    "through lists": {
        "A": ir.Object((P("all", ir.Array(ir.Ref("Node")), True), P("x", ir.Integer(), False))),
        "B": ir.Object((P("all", ir.Array(ir.Ref("Node")), True), P("x", ir.String(), False))),
        "Node": ir.Union((ir.Ref("A"), ir.Ref("B"), ir.Null())),
    },
}
DEPTHS = """
import { isNode } from "./guards.ts";
const { through } = JSON.parse((await import("node:fs")).readFileSync(0, "utf8"));
let wrong = 1;
let right = null;
let last = null;
for (let depth = 0; depth < 400; depth += 1) {
  [wrong, right] = through ? [{ all: [wrong] }, { all: [right], x: "x" }] : [{ next: wrong }, { next: right }];
  last = through ? { all: [last], x: true } : { next: last, z: 1.5, no: 1 };
}
process.stdout.write(JSON.stringify([isNode(wrong), isNode(right), typeof isNode(last), isNode(right)]));
"""


@pytest.mark.parametrize("name", RECURSIVE)
def test_recursive_unions_take_linear_time(project: Project, name: str) -> None:
    """Asked once for each member, the deepest object would be asked 2^400 times."""
    written(project, [definition(key, type_) for key, type_ in RECURSIVE[name].items()])
    answers = project.ask(DEPTHS, {"through": name == "through lists"})
    assert answers == [False, True, "boolean", True]
    assert project.unformatted() == ""


def test_members_that_a_literal_tells_apart_need_not_be_remembered() -> None:
    text = guards_text(
        A=ir.Object((P("kind", ir.Literal(("a",)), True), P("next", ir.Ref("Node"), True))),
        B=ir.Object((P("kind", ir.Literal(("b",)), True), P("next", ir.Ref("Node"), True))),
        Node=ir.Union((ir.Ref("A"), ir.Ref("B"))),
    )
    assert "remembered" not in text


def test_what_is_recursive_is_asked_last() -> None:
    text = guards_text(
        Node=ir.Object((P("all", ir.Array(ir.Ref("Node")), True), P("a", ir.Integer(), True)))
    )
    assert text.index("value.a)") < text.index("everyItem(")
