"""Whether what Pydantic refuses to read may be told to be nothing that it writes: not where a default of another type is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, cast
from uuid import UUID

import pytest
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, StringConstraints, TypeAdapter
from samewire.coreschema.flat import Flat
from samewire.dump import DumpOptions
from samewire.verify.exactness import reads_what_it_writes
from samewire.verify.oracle import Oracle


class Part(BaseModel):
    n: int = 1
    s: str
    more: list[Part] | None = None


@pytest.mark.parametrize(
    ("default", "exact"),
    [
        (Field({}), False),
        (Field(default_factory=Part.model_construct), False),
        (Field(default_factory=lambda: Part(s="")), True),
        (Field(Part(s="")), True),
    ],
)
def test_a_default_of_a_class_that_refers_to_others(default: Any, exact: bool) -> None:
    class Root(BaseModel):
        a: Part = default
        b: Part | None = None

    assert _is_exact(Root) is exact


@pytest.mark.parametrize(("default", "exact"), [([], True), (None, True), ([{}], False)])
def test_a_default_of_items_that_refer_to_others(default: Any, exact: bool) -> None:
    class Root(BaseModel):
        a: list[Part] | None = default

    assert _is_exact(Root) is exact


def test_letters_that_become_others_have_another_length() -> None:
    class Root(BaseModel):
        a: Annotated[str, Field(max_length=3)]

    class Upper(BaseModel):
        a: Annotated[str, StringConstraints(to_upper=True, max_length=3)]

    assert (_is_exact(Root), _is_exact(Upper)) == (True, False)


def _is_exact(cls: type[BaseModel]) -> bool:
    core = cast("dict[str, Any]", cls.__pydantic_core_schema__)
    flat = Flat()
    return reads_what_it_writes(flat.of(core), DumpOptions(by_alias=True), flat)


class Job(BaseModel):
    id: UUID
    at: datetime = Field(default_factory=datetime.now)


@pytest.mark.parametrize(
    ("other", "alike"), [(UUID(int=1).hex, True), (str(UUID(int=2)), False), ("none", False)]
)
def test_what_is_made_anew_at_each_reading_is_not_compared(other: str, alike: bool) -> None:
    oracle = Oracle(TypeAdapter(Job), DumpOptions(), Flat())
    given = f'{{"id": "{UUID(int=1)}"}}'
    value = oracle.read(given).value
    assert oracle.reads_alike(value, f'{{"id": "{other}"}}', given) is alike


class Kept(BaseModel):
    """Keeps its input, as pyairtable's models do."""

    model_config = ConfigDict(populate_by_name=True)

    number: int = Field(alias="n")
    inner: list[Kept] = []
    _raw: dict[str, Any] = PrivateAttr()

    def __init__(self, **data: Any) -> None:
        super().__init__(**data)
        self._raw = data


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ('{"n": 1, "inner": [{"n": 2}]}', True),
        ('{"n": 1, "inner": [{"n": 3}]}', False),
        ('{"n": 1}', False),
    ],
)
def test_private_attributes_are_not_compared(other: str, alike: bool) -> None:
    oracle = Oracle(TypeAdapter(Kept), DumpOptions(), Flat())
    given = '{"number": 1, "inner": [{"number": 2}]}'
    assert oracle.reads_alike(oracle.read(given).value, other, given) is alike
