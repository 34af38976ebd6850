"""Inputs for the type of every case: Pydantic validates nearly all of them."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError
from samewire.values import NoValueError, inputs

from tests.unit.values.drawing import drawn

from .features.case import Case
from .features.corpus import GROUPS
from .features.outcomes import readable
from .features.truth import load

pytestmark = pytest.mark.filterwarnings("ignore")

CASES = [(group, case) for group, cases in GROUPS.items() for case in cases]
COUNT = 15
# The share that is valid where a validator of the user's decides, or a value that another path leads to.
YIELD = {
    "enums/enum-beside-itself-with-a-constraint": 0.9,
    "containers/set-without-a-hash-and-never-empty": 0.2,
    # Tuples and texts of other numbers are made up.
    "roots/coordinate-as-a-root": 0.3,
    "roots/coordinate-in-a-field": 0.3,
    "objects/alias-path-from-the-end": 0.5,
    "anything/validators-in-python": 0.3,
    "anything/plain-validator-with-an-input-type": 0.2,
    "anything/before-validator-with-an-input-type": 0.5,
    "settings/extra-typed-keys": 0.2,
    # Of sets whose items have no hash, the empty one alone is read.
    "containers/set-of-what-has-no-hash": 0.05,
    "containers/set-of-models-whose-subclass-has-a-hash": 0.5,
    "containers/set-of-models-without-a-hash": 0.05,
    # Outside of a union, what the strict schema reads alone is refused.
    "unions/union-from-left-to-right-reads-the-lax-branch": 0.3,
    "unions/union-strict-branch-is-left-out-as-none": 0.3,
    # Behind a validator, an item of a set may be made up that has no hash.
    "odd_types/sets-of-anything": 0.8,
}


@pytest.mark.parametrize(
    ("group", "case"), CASES, ids=[f"{group}/{case.name}" for group, case in CASES]
)
def test_inputs_are_valid(group: str, case: Case) -> None:
    if not readable(case):
        pytest.skip(f"needs Python {case.python}")
    home, adapter = load(case, f"inputs_{group}_{case.name.replace('-', '_')}")
    try:
        values = drawn(inputs(home.Root), COUNT)
    except NoValueError as error:
        assert case.refused is not None or "opaque" in case.options, error
        return
    valid = sum(_is_valid(adapter, value) for value in values)
    # Limits stand around a type, and `inputs` tries a few values for them.
    usual = 0.1 if group == "limits" else 0.95
    assert valid >= YIELD.get(f"{group}/{case.name}", usual) * len(values)


def _is_valid(adapter: TypeAdapter[object], value: object) -> bool:
    try:
        adapter.validate_python(value)
    except (ValidationError, TypeError):
        return False
    return True
