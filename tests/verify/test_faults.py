"""Deliberate faults in the generated validators: verify must find each one, and name the right field."""

from __future__ import annotations

import pytest
from samewire.verify import VerifyOptions

from tests.verify.conftest import Shop
from tests.verify.faults import ACCEPTED, EMITTED, Fault


def options(model: str) -> VerifyOptions:
    return VerifyOptions(examples=20, models=(model,), types=False)


def test_without_a_fault_there_is_no_disagreement(shop: Shop) -> None:
    outcome = shop.verify(VerifyOptions(examples=60))
    assert outcome.disagreements == ()
    assert outcome.tally.values > 1000
    assert outcome.tally.typed > 20


@pytest.mark.parametrize("fault", EMITTED, ids=lambda fault: fault.name)
def test_a_fault_in_what_is_emitted_is_found(shop: Shop, fault: Fault) -> None:
    _is_found(shop, fault, "emits")


@pytest.mark.parametrize("fault", ACCEPTED, ids=lambda fault: fault.name)
def test_a_fault_in_what_is_accepted_is_found(shop: Shop, fault: Fault) -> None:
    _is_found(shop, fault, "accepts")


def _is_found(shop: Shop, fault: Fault, direction: str) -> None:
    outcome = shop.verify(options(fault.model), fault.model, fault.old, fault.new)
    found = [f"{each.where} {each.direction}" for each in outcome.disagreements]
    assert f"{fault.where} {direction}" in found
    # Whatever else is said is said of the same field, or of what is in it.
    assert all(each.startswith(fault.where) for each in found), found
