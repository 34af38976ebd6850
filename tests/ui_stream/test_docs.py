"""The documentation's examples run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

DOCS = Path(__file__).parents[2] / "docs"


def blocks(name: str) -> list[str]:
    text = (DOCS / name).read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


BLOCKS = blocks("ui-stream.md")


def run(block: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "documented"}
    exec(compile(block, "docs/ui-stream.md", "exec", dont_inherit=True), names)
    return names


@pytest.mark.parametrize("block", [*BLOCKS, *blocks("stream-order.md")])
def test_an_example_runs(block: str) -> None:
    assert run(block)


def test_the_contract_of_the_example_is_closed() -> None:
    found = next(names for names in map(run, BLOCKS) if "AppChunk" in names)
    chunk = TypeAdapter(found["AppChunk"])
    plan = found["PlanChunk"](data=found["Plan"](steps=["a"]))
    assert chunk.validate_json(plan.to_json()) == plan
    with pytest.raises(ValueError, match="data-other"):
        chunk.validate_python({"type": "data-other", "data": 1})
    assert found["Start"](session_id="s").to_json() == b'{"type":"start"}'
