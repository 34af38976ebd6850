"""The texts of near misses, of which only what changes is written anew."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any, cast

import pytest
from samewire import ir
from samewire.values import near_misses
from samewire.verify.cases import near
from samewire.verify.javascript import sent

NUMBERS = ir.Array(ir.Number())
TYPE = ir.Object(
    (
        ir.Property('a"\\,: é', NUMBERS, required=True),
        ir.Property(
            "b", ir.Record(ir.String(), ir.Tuple((ir.Integer(), ir.String()))), required=False
        ),
        ir.Property("c", ir.Nullable(ir.String(max_length=3)), required=False),
    )
)
VALUES: list[ir.Json] = [
    {'a"\\,: é': [1.0, -0.0, 1e-7, 1e16, 1.5]},
    {'a"\\,: é': [], "b": {"": [1, 'a,"b']}, "c": "é😀"},
    {'a"\\,: é': [9007199254740993], "b": {"x:1.0": [0, "1.0"], "y": [2, ""]}, "c": None},
    {},
]


@pytest.mark.parametrize("value", VALUES, ids=json.dumps)
def test_a_text_is_what_a_frontend_sends_for_the_whole_value(value: ir.Json) -> None:
    subject = SimpleNamespace(
        definition=SimpleNamespace(type=TYPE), terms=SimpleNamespace(definitions={})
    )
    cases = list(near([value], cast("Any", subject), 10_000, frozenset()))
    whole = {(each.pointer, sent(each.value)) for each in near_misses(TYPE, {}, value)}
    assert len(cases) > 10
    for case in cases:
        assert (case.changed, case.text) in whole
        assert sent(case.value) == case.text
