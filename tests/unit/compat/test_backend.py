"""What Pydantic loses of a value that it takes, whatever it would write of it."""

from __future__ import annotations

import json
from typing import Annotated, Any

import pytest
from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    Field,
    RootModel,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    create_model,
)
from samewire import ir
from samewire.compat.backend import Backend
from samewire.dump import DumpOptions
from samewire.export import Described


class Inner(BaseModel):
    n: int


def no_negative(value: list[int]) -> list[int]:
    return [each for each in value if each >= 0]


def or_zero(value: object, handler: ValidatorFunctionWrapHandler) -> int:
    try:
        return int(handler(value))
    except ValueError:
        return 0


ROWS: list[tuple[Any, Any, ir.Json, bool]] = [
    (int, 0, {"a": 1}, False),
    (Annotated[int, WrapValidator(or_zero)], 0, {"a": 1}, False),
    (Annotated[int, WrapValidator(or_zero)], 0, {"a": "x"}, True),
    (dict[str, bool], ..., {"a": {"x": True}}, False),
    (str, ..., {"a": "x"}, False),
    (float, ..., {"a": 1e300}, False),
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


class One(BaseModel):
    kind: str
    a: int = 0


class Two(BaseModel):
    kind: str
    b: int


ELSEWHERE: list[tuple[Any, ir.Json, str, bool]] = [
    (create_model("Both", a=(int, ...), b=(str, ...)), {"a": "x", "b": 1}, "a", False),
    (create_model("Both", a=(int, ...), b=(int, ...)), {"a": 1, "b": "x"}, "a", True),
    (create_model("Both", a=(int, ...), b=(int, ...)), {"b": 1}, "a", False),
    (create_model("Inside", a=(One | Two, ...), b=(int, ...)), {"a": {}, "b": 1}, "a", False),
    (One | Two, {"a": 1, "b": 1}, "kind", False),
    (RootModel[One | Two], {"a": 1, "b": 1}, "kind", False),
    (list[One], [{"a": 1}], "[]", False),
]


@pytest.mark.parametrize("row", ELSEWHERE, ids=lambda row: f"{row[1]} {row[2]}")
def test_what_is_refused_elsewhere(row: tuple[Any, ir.Json, str, bool]) -> None:
    type_, value, key, elsewhere = row
    described = Described("Holder", "accepts", type_, DumpOptions(), True)
    backend = Backend([described]).of("Holder", "accepts")
    assert backend is not None
    text = json.dumps(value)
    read = backend.read(text)
    assert not read.ok
    assert backend.is_elsewhere(read, (key,), text) is elsewhere
