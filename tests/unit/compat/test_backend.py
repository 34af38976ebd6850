"""What Pydantic loses of a value that it takes, whatever it would write of it."""

from __future__ import annotations

import json
from typing import Annotated, Any

import pytest
from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, create_model
from samewire import ir
from samewire.compat.backend import Backend
from samewire.dump import DumpOptions
from samewire.export import Described


class Inner(BaseModel):
    n: int


def no_negative(value: list[int]) -> list[int]:
    return [each for each in value if each >= 0]


ROWS: list[tuple[Any, Any, ir.Json, bool]] = [
    (int, 0, {"a": 1}, False),
    (int, 0, {"a": 0}, False),
    (int, 0, {"a": 1, "b": 2}, True),
    (int, Field(0, exclude=True), {"a": 1}, False),
    (int, Field(0, validation_alias="x", serialization_alias="y"), {"x": 1}, False),
    (int, Field(0, validation_alias="x", serialization_alias="y"), {"x": 1, "y": 2}, True),
    (int, Field(0, validation_alias=AliasChoices("x", "y")), {"x": 1, "y": 2}, True),
    (int | None, None, {"a": None}, False),
    (Inner, ..., {"a": {"n": 1}}, False),
    (Inner, ..., {"a": {"n": 1, "m": 1}}, True),
    (list[Inner], ..., {"a": [{"n": 1}, {"n": 1, "m": 1}]}, True),
    (Annotated[list[int], BeforeValidator(no_negative)], ..., {"a": [1, 2]}, False),
    (Annotated[list[int], BeforeValidator(no_negative)], ..., {"a": [1, -2]}, True),
]


@pytest.mark.parametrize("row", ROWS, ids=[json.dumps(row[2]) for row in ROWS])
@pytest.mark.parametrize("dump", [DumpOptions(), DumpOptions(by_alias=False, exclude_none=True)])
def test_what_is_lost(row: tuple[Any, Any, ir.Json, bool], dump: DumpOptions) -> None:
    annotation, default, value, loses = row
    model = create_model("Holder", a=(annotation, default))
    backend = Backend([Described("Holder", "accepts", model, dump, True)]).of("Holder", "accepts")
    assert backend is not None
    text = json.dumps(value)
    read = backend.read(text)
    assert read.ok
    assert backend.loses(read.value, text) is loses
