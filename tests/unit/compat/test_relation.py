"""Two versions of a type: what is found between them, each with a value that shows it, and nothing where they fit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from itertools import product
from typing import Annotated, Any

import pytest
from pydantic import Field, create_model
from samewire import ir
from samewire.compat.changes import compare
from samewire.compat.findings import Finding
from samewire.compat.rules import Verdict
from samewire.discover import Root
from samewire.export import ExportOptions, export_contract
from samewire.lower import lower
from samewire.schema import dumps, load
from samewire.values import edges, is_valid, values
from samewire.walk import as_written

from tests.unit.compat.pairs import ROWS, SAME, Row, digits
from tests.unit.values.drawing import drawn


def contract(annotation: Any) -> ir.Contract:
    """A model with one field, in both directions."""
    model = create_model("Holder", field=(annotation, ...))
    root = Root("Holder", model, "app:Holder", True)
    exported = export_contract("case", (root,), (root,), ExportOptions())
    assert exported.diagnostics == ()
    return lower(load(dumps(exported.document), "case.json"), where="case.json")


def of_direction(found: list[Finding], direction: str) -> list[Finding]:
    return [each for each in found if each.direction == direction]


def rules(found: list[Finding], direction: str) -> set[str]:
    return {each.rule.id for each in of_direction(found, direction)}


def name(row: Row) -> str:
    return f"{row[0]}-{row[1]}".replace("typing.", "")[:80]


@pytest.fixture(params=range(len(ROWS)), ids=[name(row) for row in ROWS], scope="module")
def case(request: pytest.FixtureRequest) -> tuple[Row, ir.Contract, ir.Contract]:
    row = ROWS[request.param]
    return row, contract(row[0]), contract(row[1])


def test_what_is_said(case: tuple[Row, ir.Contract, ir.Contract]) -> None:
    (_, _, emitted, accepted), old, new = case
    found = compare(old, new)
    assert rules(found, "emits") == ({emitted} if emitted else set())
    assert rules(found, "accepts") == ({accepted} if accepted else set())


def test_witnesses(case: tuple[Row, ir.Contract, ir.Contract]) -> None:
    _, old, new = case
    before = {each.name: each for each in old.definitions}
    after = {each.name: each for each in new.definitions}
    for found in compare(old, new):
        if found.verdict is not Verdict.BREAKING:
            continue
        value = json.loads(found.witness)
        emits = found.direction == "emits"
        producer, acceptor = (after, before) if emits else (before, after)
        made, asked = (found.type, found.old) if emits else (found.old, found.type)
        assert is_valid(producer[made].type, producer, value)
        assert not is_valid(acceptor[asked].type, acceptor, value)


def produced(type_: ir.Type, definitions: Mapping[str, ir.Definition]) -> list[ir.Json]:
    """What a backend writes: of an open type, what is listed."""
    make = values(type_, definitions)
    return [*edges(type_, definitions), *(drawn(make, 60, 1) if make is not None else ())]


def test_no_value_refutes_that_they_fit(case: tuple[Row, ir.Contract, ir.Contract]) -> None:
    _, old, new = case
    found = compare(old, new)
    before = {each.name: each for each in old.definitions}
    after = {each.name: each for each in new.definitions}
    for direction, producer, acceptor in (("emits", after, before), ("accepts", before, after)):
        broken = [
            each for each in of_direction(found, direction) if each.verdict >= Verdict.POSSIBLE
        ]
        if broken:
            continue
        (made,) = getattr(new if direction == "emits" else old, direction)
        (asked,) = getattr(old if direction == "emits" else new, direction)
        written = as_written(producer)
        made_up = produced(written[made].type, written)
        assert made_up
        refused = [v for v in made_up if not is_valid(acceptor[asked].type, acceptor, v)]
        assert refused == []


@pytest.mark.parametrize("annotation", SAME, ids=lambda each: str(each)[:60])
def test_a_type_fits_itself(annotation: Any) -> None:
    assert compare(contract(annotation), contract(annotation)) == []


@pytest.mark.parametrize(
    "pair", [((5, 2), (4, 2)), ((5, 0), (4, 0)), ((5, 1), (5, 2)), ((5, 2), (5, 1))]
)
def test_digits_of_decimals_that_are_read(pair: tuple[tuple[int, int], tuple[int, int]]) -> None:
    """They are read as text and as a number."""
    old, new = (contract(digits(*each)) for each in pair)
    assert rules(compare(old, new), "accepts") == {
        "accepted-format-changed",
        "accepted-range-narrowed",
    }


def test_a_type_without_values_is_compared() -> None:
    """Nothing can be made of these, and so no value can show that they differ."""
    empty: list[Any] = [
        Annotated[Decimal, Field(gt=1, lt=1)],
        Annotated[Decimal, Field(ge=2, lt=1)],
        Annotated[int, Field(ge=1, le=2, multiple_of=6)],
    ]
    for before, after in product(empty, [*empty, dict[str, empty[0]], empty[0] | None]):
        found = compare(contract(before), contract(after))
        assert all(each.verdict is not Verdict.BREAKING for each in of_direction(found, "accepts"))
    found = compare(contract(dict[str, empty[2]]), contract(dict[str, int]))
    assert (rules(found, "emits"), rules(found, "accepts")) == ({"emitted-range-widened"}, set())


def test_the_table_is_large() -> None:
    assert len(ROWS) * 2 + len(SAME) * 2 > 250
    mirrored = {rule for row in ROWS for rule in row[2:]}
    assert len(mirrored) > 30


def library(year: Any, *, depth: int) -> Any:
    """A model with another or a reference in it, which may be that as well, and so on, and a field at the bottom."""
    refers = create_model("Refers", ref=(str, ...))
    model: Any = create_model(f"Level{depth}", year=(year, ...))
    for level in reversed(range(depth)):
        parts: Any = list[model | refers]
        model = create_model(f"Level{level}", parts=(parts | None, None), ref=(str | None, None))
    return model


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_a_cause_below_members_of_unions_is_told_once(depth: int) -> None:
    old, new = (contract(library(year, depth=depth)) for year in (int, int | None))
    found = [(each.rule.id, each.where) for each in compare(old, new)]
    assert found == [("emitted-null-added", f"Level{depth}.year")]
    found = [(each.rule.id, each.where) for each in compare(new, old)]
    assert found == [("accepted-null-removed", f"Level{depth}.year")]
