"""Deliberate faults in guards, and in the schemas beside them: verify must find each one, and say which two disagree."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from samewire.verify import VerifyOptions

from tests.verify.conftest import Shop, shop_in

KEEPS_OUT = "refuses the value, {0}Schema accepts it"
FAULTS = {
    # The model, the start of the declaration, what stands there, what stands there instead, and what is said.
    "null-lost": ("Text", "(value.note === null || typeof value.note", "(typeof value.note", KEEPS_OUT),
    "bound-off-by-one": ("Text", "hasMaxCharacters(value.name, 8)", "hasMaxCharacters(value.name, 7)", KEEPS_OUT),
    "literal-lost": ("Text", ' || value.size === "l"', "", KEEPS_OUT),
    "multiple-wrong": ("Numbers", "isMultipleOf(value.step, 5)", "isMultipleOf(value.step, 10)", KEEPS_OUT),
    "exclusive-bound": ("Numbers", "value.count <= 99", "value.count < 99", KEEPS_OUT),
    "closed": ("Short", "isInteger(value.a)", "isInteger(value.a) && Object.keys(value).length === 1", KEEPS_OUT),
    "member-lost": ("Order", "isCat(value.pet) || ", "", KEEPS_OUT),
    "throws": ("Item", 'hasOnlyKeys(value, ["isShipped"])', "hasOnlyKeys(value, null as never)", ""),
}  # fmt: skip


def options(model: str) -> VerifyOptions:
    return VerifyOptions(examples=20, models=(model,), types=False)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with shop_in(tmp_path_factory.mktemp("both"), "zod", "guards") as shop:
        yield shop


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with shop_in(tmp_path_factory.mktemp("alone"), "guards") as shop:
        yield shop


def test_without_a_fault_there_is_no_disagreement(both: Shop, alone: Shop) -> None:
    for shop in (both, alone):
        outcome = shop.verify(VerifyOptions(examples=20, types=False))
        assert outcome.disagreements == ()
        assert outcome.tally.values > 1000


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_guard_is_found(both: Shop, fault: str) -> None:
    """Where the guard refuses too much, zod still accepts; the two disagree."""
    model, old, new, said = FAULTS[fault]
    outcome = both.spoilt(options(model), "guards.ts", f"export function is{model}(", old, new)
    assert outcome.disagreements
    assert all(each.where.startswith(f"shop:{model}") for each in outcome.disagreements)
    text = "\n".join(map(str, outcome.disagreements))
    assert said.format(model) in text


def test_a_guard_that_lets_too_much_in_is_found(both: Shop) -> None:
    """The schema asks the guard first, so both are wrong, and zod alone is not."""
    outcome = both.spoilt(
        options("Item"),
        "guards.ts",
        "export function isItem(",
        'typeof value.isShipped === "boolean"',
        "value.isShipped !== undefined",
    )
    text = "\n".join(map(str, outcome.disagreements))
    assert "zod alone refuses the value, ItemSchema with its guard accepts it" in text


def test_a_schema_that_gives_back_what_it_should_drop_is_found(both: Shop) -> None:
    outcome = both.spoilt(
        options("Long"),
        "exact.ts",
        "export function isLong(",
        'hasOnlyKeys(value, ["a", "b"])',
        "isInteger(value.a)",
    )
    text = "\n".join(map(str, outcome.disagreements))
    assert "zod alone returns something else than LongSchema with its guard" in text


def test_a_fault_in_zod_is_found_behind_a_guard(both: Shop) -> None:
    """Valid values never reach zod, which verify asks all the same."""
    outcome = both.verify(
        options("Numbers"), "Numbers", "z.int().min(0).max(99)", "z.int().min(0).max(98)"
    )
    text = "\n".join(map(str, outcome.disagreements))
    assert "zod alone refuses the value, NumbersSchema with its guard accepts it" in text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("isUnique(value.tags)", "isArray(value.tags)"),
        ("hasMaxProperties(value.by_colour, 2)", "hasMaxProperties(value.by_colour, 1)"),
    ],
)
def test_guards_alone_are_verified(alone: Shop, old: str, new: str) -> None:
    outcome = alone.spoilt(options("Many"), "guards.ts", "export function isMany(", old, new)
    assert outcome.disagreements
    assert all(each.where.startswith("shop:Many") for each in outcome.disagreements)
