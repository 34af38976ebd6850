"""Made-up values of every feature case are what Pydantic reads and writes."""

from __future__ import annotations

import json

import pytest
from samewire.values import is_valid
from samewire.values.made_up import MadeUp

from .features.case import Case
from .features.contracts import contract_of
from .features.truth import validates
from .test_values import REFUSED, each_case

pytestmark = pytest.mark.filterwarnings("ignore")


@each_case
def test_what_is_made_up(group: str, case: Case) -> None:
    found = contract_of(group, case.name)
    if found is None:
        pytest.skip("has no contract")
    adapter, contract = found
    definitions = {each.name: each for each in contract.definitions}
    made_up = MadeUp(definitions)
    for each in contract.definitions:
        values = made_up.several(each.name, 3, 0)
        assert [value for value in values if not is_valid(each.type, definitions, value)] == []
        json.dumps(values, allow_nan=False)
    if f"{group}/{case.name}" in REFUSED:
        return
    for name in contract.accepts:
        texts = map(json.dumps, made_up.several(name, 3, 0))
        assert [text for text in texts if not validates(adapter, text)] == []
