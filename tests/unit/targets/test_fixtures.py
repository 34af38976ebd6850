"""Fixtures: what is made up is valid, typed, the same each time, and reads well."""

from __future__ import annotations

import re
from typing import Any

import pytest
from samewire import ir
from samewire.targets.fixtures.render import render_contract as render_fixtures
from samewire.targets.typescript.options import TypeScriptOptions
from samewire.targets.zod.options import ZodOptions
from samewire.targets.zod.render import render_contract as render_zod
from samewire.values.errors import NoValueError
from samewire.values.made_up import MadeUp

from tests.unit.targets.harness import Project, contract, definition
from tests.unit.targets.random_types import random_contract
from tests.unit.targets.test_values import definitions

P = ir.Property
BESIDE = frozenset({"zod", "fixtures"})
RUN = """
import { readFileSync } from "node:fs";
import * as fixtures from "./fixtures.ts";
import * as schemas from "./index.ts";
const names = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(names.map((name) => {
  const values = fixtures["fixturesOf" + name]?.() ?? [];
  return [values, values.filter((value) => !schemas[name + "Schema"].safeParse(value).success)];
})));
"""


def refused(project: Project, given: list[ir.Definition]) -> list[Any]:
    """Writes both targets into one folder. Node must read the values that were made up; returns those that zod refuses."""
    types = contract(given)
    files = render_zod(types, ZodOptions(import_extension=".ts", beside=BESIDE))
    options = TypeScriptOptions(import_extension=".ts", beside=BESIDE)
    fixtures = render_fixtures(types, options)
    shared = files.keys() & fixtures.keys()
    assert {name: files[name] for name in shared} == {name: fixtures[name] for name in shared}
    project.write({**files, **fixtures})
    answers: list[Any] = project.ask(RUN, [each.name for each in given])
    made_up = MadeUp({each.name: each for each in given})
    for each, (values, _) in zip(given, answers, strict=True):
        assert values == made(made_up, each.name)
    assert sum(bool(values) for values, _ in answers) >= 0.5 * len(given)
    return [value for _, wrong in answers for value in wrong]


def made(made_up: MadeUp, name: str) -> list[ir.Json]:
    try:
        return made_up.several(name, 3, 0)
    except NoValueError:
        return []


def test_zod_takes_what_is_made_up(project: Project) -> None:
    assert refused(project, definitions()) == []
    assert project.type_check(files=("index.ts", "fixtures.ts")) == ""
    assert project.unformatted() == ""


@pytest.mark.parametrize("seed", range(301, 307))
def test_random_contracts(project: Project, seed: int) -> None:
    assert refused(project, list(random_contract(seed))) == []
    assert project.type_check(files=("index.ts", "fixtures.ts")) == ""
    assert project.unformatted() == ""


HOSTILE = (
    "`${alert(1)}`",
    "*/ // </script>",
    "\u2028\u2029\r\n",
    "__proto__",
    "'\"\\",
    "\u202e\ufeff",
    "*/",
)


def test_texts_cannot_act(project: Project) -> None:
    properties = (
        P(text, ir.Literal((text,)), True, ir.Doc(examples=(text,), description=text))
        for text in HOSTILE
    )
    pattern = ir.Regex.parse("^(?:`\\$|\\*/)\\{$", "u")
    impossible = ir.String(patterns=(pattern, ir.Regex.parse("^[a-z]$", "u")))
    given = [
        definition("Thing", ir.Object(tuple(properties))),
        definition("None_", ir.Object((P("*/\nprocess.exit(3)", impossible, True),))),
    ]
    types = contract(given)
    text = render_fixtures(types, TypeScriptOptions(import_extension=".ts"))["fixtures.ts"]
    assert "// There is no fixturesOfNone_: no text could be made" in text
    assert refused(project, given) == []
    assert project.unformatted() == ""


def several(count: int = 3, seed: int = 0, **types: ir.Type) -> list[ir.Json]:
    given = {name: definition(name, type_) for name, type_ in types.items()}
    return MadeUp(given).several(next(iter(types)), count, seed)


NAMED = (
    ("email", ir.String(), ["ada@example.com", "alan@example.org", "grace@example.net"]),
    ("firstName", ir.String(), ["Ada", "Alan", "Grace"]),
    ("billing_city", ir.String(), ["Lisbon", "Oslo", "Kyoto"]),
    ("countryCode", ir.String(min_length=2, max_length=2), ["PT", "NO", "JP"]),
    ("currency", ir.String(max_length=3), ["EUR", "USD", "JPY"]),
    ("sku", ir.String(patterns=(ir.Regex.parse(r"^[A-Z]{3}-\d{4}$", "u"),)), ["SKU-1001", "SKU-1002", "SKU-1003"]),
    ("kind", ir.Literal(("a", "b", "c")), ["a", "b", "c"]),
    ("done", ir.Boolean(), [True, False]),
)  # fmt: skip


@pytest.mark.parametrize(("key", "type_", "want"), NAMED, ids=[key for key, *_ in NAMED])
def test_values_read_as_their_names_say(key: str, type_: ir.Type, want: list[object]) -> None:
    made = several(Thing=ir.Object((P(key, type_, True),)))
    assert made == [{key: value} for value in want]


RANGES = (
    ("age", ir.Integer(), 18, 80),
    ("age", ir.Integer(ge=0, le=10), 0, 10),
    ("page", ir.Integer(gt=1000), 1001, 1100),
    ("latitude", ir.Number(), -60, 60),
    ("price", ir.Number(ge=0, lt=0.5), 0, 0.5),
    ("debt", ir.Number(lt=-5), -7, -5),
)


@pytest.mark.parametrize(("key", "type_", "low", "high"), RANGES)
def test_numbers_are_of_a_usual_size(key: str, type_: ir.Type, low: float, high: float) -> None:
    values = several(20, Thing=ir.Object((P(key, type_, True),)))
    assert len(values) >= 5
    assert all(low <= value[key] <= high for value in values if isinstance(value, dict))


def test_a_field_that_is_added_changes_no_other_value() -> None:
    fields = (P("id", ir.Integer(), True), P("ratio", ir.Number(), True))
    before = several(Thing=ir.Object(fields))
    after = several(Thing=ir.Object((P("name", ir.String(), True), *fields)))
    assert [{**value, "name": None} for value in before] == [
        {**value, "name": None} for value in after
    ]
    assert several(seed=1, Thing=ir.Object(fields)) != before


def test_a_value_is_not_in_itself() -> None:
    node = ir.Object(
        (
            P("name", ir.String(), True),
            P("parent", ir.Nullable(ir.Ref("Node")), True),
            P("children", ir.Array(ir.Ref("Node")), True),
            P("other", ir.Ref("Node"), False),
        )
    )
    assert several(Node=node) == [
        {"name": name, "parent": None, "children": []} for name in ("Ada", "Alan", "Grace")
    ]


def test_examples_of_the_author_come_first() -> None:
    doc = ir.Doc(examples=("not this one, it is too long", "ring twice"))
    note = ir.Object((P("note", ir.String(max_length=12), True, doc),))
    assert several(Thing=note)[0] == {"note": "ring twice"}


def test_the_users_texts_come_before_all_others() -> None:
    thing = definition("Thing", ir.Object((P("city", ir.String(max_length=5), True),)))
    made = MadeUp({"Thing": thing}, {"City": ["Bremerhaven", "Faro"]}).several("Thing", 3, 0)
    assert made == [{"city": "Faro"}]


def test_a_type_without_values_has_none() -> None:
    files = render_fixtures(contract([definition("Nothing", ir.Never())]))
    text = files["fixtures.ts"]
    assert text.endswith("export function fixturesOfNothing(): [] {\n  return [];\n}\n")


def test_names_that_differ_in_their_first_letter() -> None:
    text = render_fixtures(
        contract([definition("user", ir.Null()), definition("User", ir.Null())])
    )["fixtures.ts"]
    assert re.findall(r"function (\w+)", text) == ["fixturesOfUser", "fixturesOfuser"]
