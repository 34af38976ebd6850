"""The keyword of a UI stream: what it says, and what is wrong with it."""

from __future__ import annotations

from typing import Any

import pytest
from samewire.errors import SchemaError
from samewire.extensions.ui_stream.model import UIStream, UITool
from samewire.jsonschema import lower

from tests.unit.lower.support import STRING, contract, problems

DEFS = dict.fromkeys(("Chunk", "Metadata", "Plan", "Query", "Found"), STRING)
STREAM: dict[str, Any] = {
    "chunk": "Chunk",
    "metadata": "Metadata",
    "data": {"plan": "Plan"},
    "tools": {"search": {"input": "Query", "output": "Found"}},
    "dynamicTools": True,
}


def test_all_of_it() -> None:
    assert contract(DEFS, **{"x-samewire-ui-stream": STREAM}).extension(UIStream) == UIStream(
        "Chunk", "Metadata", (("plan", "Plan"),), (UITool("search", "Query", "Found"),), True
    )


def test_only_the_chunks() -> None:
    stated = contract(DEFS, **{"x-samewire-ui-stream": {"chunk": "Chunk"}})
    assert stated.extension(UIStream) == UIStream("Chunk")
    assert contract(DEFS).extension(UIStream) is None


@pytest.mark.parametrize(
    ("stream", "where"),
    [
        ([], ["", "/chunk"]),
        ({**STREAM, "chunk": "Chunks"}, ["/chunk"]),
        ({**STREAM, "metadata": None}, ["/metadata"]),
        ({**STREAM, "data": []}, ["/data"]),
        ({**STREAM, "data": {"plan": {"$ref": "#/$defs/Plan"}}}, ["/data/plan"]),
        ({**STREAM, "tools": {"search": {"input": "Query"}}}, ["/tools/search/output"]),
        (
            {**STREAM, "tools": {"search": "Query"}},
            ["/tools/search", "/tools/search/input", "/tools/search/output"],
        ),
        ({**STREAM, "dynamicTools": "yes"}, ["/dynamicTools"]),
        ({**STREAM, "dynamic_tools": True}, ["/dynamic_tools"]),
    ],
)
def test_what_is_refused(stream: Any, where: list[str]) -> None:
    found = problems({"$defs": DEFS, "x-samewire-ui-stream": stream})
    assert {code for code, _ in found} == {"invalid-keyword"}
    assert sorted({place for _, place in found}) == [
        f"#/x-samewire-ui-stream{each}" for each in where
    ]


def test_a_name_that_was_meant_is_named() -> None:
    wrong = {**STREAM, "data": {"plan": "Plam"}}
    with pytest.raises(SchemaError, match='did you mean "Plan"'):
        lower({"$defs": DEFS, "x-samewire-ui-stream": wrong}, where="test.json")
