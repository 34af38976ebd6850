"""Streams with the rules that they break, for Python; ``tests/runtime/order.test.ts`` reads the same for TypeScript."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter
from samewire import ir
from samewire.discover import Root
from samewire.export import export_contract
from samewire.lower import lower
from samewire.streams import Continued, Known, check_order
from samewire.streams.rules import RULES, RuleName

FILE = json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))


class Unknown:
    """An event that the protocol does not have."""


def _event(log: ModuleType, value: dict[str, Any]) -> Any:
    adapter: TypeAdapter[Any] = TypeAdapter(log.LogEvent)
    return Unknown() if value["kind"] == "other" else adapter.validate_python(value, by_alias=True)


def _context(log: ModuleType, value: dict[str, Any] | None) -> Continued | None:
    if value is None:
        return None
    known = {key: Known(**block) for key, block in value["blocks"]["download"]}
    return Continued({log.DOWNLOAD: known}, value["fixed"])


@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["name"])
def test_the_rules_that_a_stream_breaks(log: ModuleType, case: dict[str, Any]) -> None:
    stream = [_event(log, event) for event in case["stream"]]
    found = check_order(stream, log.LogEvent, continued=_context(log, case["context"]))
    assert [[one.index, one.rule, one.block, one.key] for one in found] == case["want"]


def test_each_rule_is_broken() -> None:
    assert {want[1] for case in FILE["cases"] for want in case["want"]} == set(RULES)
    assert tuple(RULES) == get_args(RuleName)


def test_the_table_is_that_of_the_models(log: ModuleType) -> None:
    root = Root("LogEvent", log.LogEvent, "models:LogEvent", explicit=True)
    order = lower(export_contract("log", [root], []).document, where="log.json").order
    assert order is not None
    assert FILE["rules"] == {
        "tag": order.tag,
        "blocks": [_plain(block) for block in order.blocks],
        "events": [_plain(event) for event in order.events],
    }


def _plain(value: object) -> Any:
    """As ``order.ts`` has it: without what is not said."""
    match value:
        case ir.Block() | ir.Event() | ir.Move() | ir.After():
            fields = {name: _plain(getattr(value, name)) for name in value.__slots__}
            for name in {"states", "when"} & fields.keys():
                fields[name] = dict(fields[name])
            return {name: field for name, field in fields.items() if field}
        case tuple():
            return [_plain(one) for one in value]
        case _:
            return value
