"""What the SDK's own server sends is in order, so that the guard asks no more of a backend than the SDK does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from samewire.streams import check_order
from samewire.ui_stream import Chunk, UIMessageChunk

CHUNKS: TypeAdapter[list[Chunk]] = TypeAdapter(list[UIMessageChunk])  # type: ignore[valid-type]  # an alias of Annotated

# Must stay: it opens a call as static and fails it as dynamic, which hangs for ever on clients that keep two parts then.
NOT_IN_ORDER = {("ai6", "a tool that is not there"), ("ai7", "a tool that is not there")}


@pytest.fixture(scope="module")
def served(run_node: Callable[..., str]) -> Callable[[str], dict[str, list[Any]]]:
    def serve(package: str) -> dict[str, list[Any]]:
        script = Path(__file__).with_name("server.mjs")
        found: dict[str, list[Any]] = json.loads(run_node(script, package))
        return found

    return serve


@pytest.mark.parametrize("package", ["ai5", "ai6", "ai7"])
def test_the_sdks_own_streams_are_in_order(package: str, served: Any) -> None:
    turns = served(package)
    assert len(turns) == 10
    for name, sent in turns.items():
        found = check_order(CHUNKS.validate_python(sent), UIMessageChunk)
        rules = {one.rule for one in found}
        assert rules == ({"same"} if (package, name) in NOT_IN_ORDER else set()), (name, found)
