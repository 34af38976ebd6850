"""What is said of a broken rule."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, Field
from samewire.streams import Block, Last, check_order, ordered
from samewire.streams.rules import RULES

PLACES = {"event", "block", "kind", "state", "states", "field", "first", "last"}


def test_typescript_has_the_same_words(repo_root: Path) -> None:
    path = repo_root / "scripts" / "order_messages.py"
    spec = importlib.util.spec_from_file_location("order_messages", path)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    written = script.FILE.read_text(encoding="utf-8")
    assert written == script.text(), "run: python scripts/order_messages.py"


def test_the_places_are_known() -> None:
    for rule in RULES.values():
        assert set(re.findall(r"\{(\w+)\}", rule.message + rule.hint)) <= PLACES
        assert rule.hint.endswith(".")


def test_events_go_by_the_field_that_tells_them_apart() -> None:
    box = Block("box", key="box_id", same=("color",))

    @ordered(box.opens())
    class Opened(BaseModel):
        kind: Literal["opened"] = "opened"
        box_id: str = Field(alias="boxId")
        color: str = Field(alias="boxColor")

    @ordered(box.continues())
    class Filled(BaseModel):
        kind: Literal["filled"] = "filled"
        box_id: str = Field(alias="boxId")
        color: str = Field(alias="boxColor")

    @ordered(Last())
    class Shipped(BaseModel):
        kind: Literal["shipped"] = "shipped"

    @ordered(Last(interrupts=True))
    class Lost(BaseModel):
        kind: Literal["lost", "burnt"] = "lost"

    events = Annotated[Shipped | Opened | Filled | Lost, Field(discriminator="kind")]
    stream = [Opened(boxId='"1"', boxColor="red"), Filled(boxId='"1"', boxColor="ed")]
    changed, missing = check_order(stream, events)
    assert changed.message == 'filled changed boxColor of the box "\\"1\\""'
    assert missing.message == "the stream ended without burnt or lost or shipped"
