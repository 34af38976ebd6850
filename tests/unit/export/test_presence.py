"""Which keys are there and which may be null: dumped by Pydantic, compared with what the schema says."""

from __future__ import annotations

import json
from typing import Annotated, Any, NamedTuple, NotRequired

import pytest
from pydantic import BaseModel, Field, computed_field
from pydantic.json_schema import SkipJsonSchema
from samewire.export import DumpOptions
from typing_extensions import TypedDict

from tests.unit.export.support import definitions, export


class Address(TypedDict):
    street: str | None
    zip: NotRequired[int]


class Point(NamedTuple):
    x: int
    label: str = "here"


class Person(BaseModel):
    name: str
    nick: str | None
    age: int | None = None
    tags: list[str | None] = []
    extra: Any = None
    secret: str = Field("s", exclude=True)
    gone: str | None = Field(None, exclude_if=lambda value: value is None)
    hidden: str | SkipJsonSchema[None] = None
    address: Address
    point: Point

    @computed_field
    def shout(self) -> str | None:
        return self.nick


MINIMAL = {"name": "n", "nick": None, "address": {"street": None}, "point": [1]}


def parts(dump: DumpOptions) -> tuple[dict[str, Any], set[str]]:
    schema = definitions(export(emits=(Person,), dump=dump))["Person"]
    return schema["properties"], set(schema.get("required", ()))


def nullable(schema: dict[str, Any]) -> bool:
    return (
        schema == {}
        or {"type": "null"} in schema.get("anyOf", ())
        or "default" in schema
        and len(schema) == 1
    )


@pytest.mark.parametrize(
    "flags",
    [
        {},
        {"exclude_none": True},
        {"exclude_defaults": True},
        {"exclude_unset": True},
        {"exclude_none": True, "exclude_defaults": True},
        {"exclude_computed_fields": True},
    ],
)
def test_minimal_and_full_instances_fit(flags: dict[str, bool]) -> None:
    properties, required = parts(DumpOptions(**flags))
    full = {
        **MINIMAL,
        "nick": "N",
        "age": 3,
        "extra": 1,
        "gone": "g",
        "hidden": "h",
        "tags": ["x", None],
    }
    for values in (MINIMAL, full):
        wire = json.loads(Person.model_validate(values).model_dump_json(by_alias=True, **flags))
        assert required <= set(wire) <= set(properties)
        for key, value in wire.items():
            assert value is not None or nullable(properties[key]), key


def test_by_default_every_key_is_always_there_but_those_left_out() -> None:
    properties, required = parts(DumpOptions())
    assert "secret" not in properties
    assert set(properties) - required == {"gone"}
    assert not nullable(properties["gone"])
    assert nullable(properties["hidden"])
    assert properties["shout"]["readOnly"] is True


def test_exclude_none_takes_nulls_away_but_not_inside_lists() -> None:
    properties, required = parts(DumpOptions(exclude_none=True))
    assert required == {"name", "tags", "address", "point"}
    assert not any(nullable(properties[key]) for key in ("nick", "age", "hidden", "shout"))
    assert nullable(properties["tags"]["items"])


def test_accepted_follows_pydantics_requirements() -> None:
    result = export(emits=(Person,), accepts=(Person,))
    schema = definitions(result)["PersonInput"]
    assert schema["required"] == ["name", "nick", "address", "point"]
    assert "shout" not in schema["properties"]
    assert "secret" in schema["properties"]
    assert nullable(schema["properties"]["hidden"]), "hidden in the schema, read all the same"
    assert definitions(result)["PointInput"]["minItems"] == 1
    assert definitions(result)["Point"]["minItems"] == 2


def test_a_field_that_leaves_none_out_and_hides_it_is_the_same_both_ways() -> None:
    class Part(BaseModel):
        title: str | SkipJsonSchema[None] = Field(None, exclude_if=lambda value: value is None)

    found = definitions(export(emits=(Part,), accepts=(Part,)))
    assert list(found) == ["Part"]
    assert found["Part"]["properties"]["title"]["type"] == "string"
    assert "required" not in found["Part"]


def test_exclude_none_leaves_the_null_of_a_nan() -> None:
    class Reading(BaseModel):
        value: float | None
        bounded: Annotated[float | None, Field(ge=0, le=1)]

    schema = definitions(export(emits=(Reading,), dump=DumpOptions(exclude_none=True)))["Reading"]
    assert "required" not in schema
    assert schema["properties"]["value"]["anyOf"][1] == {
        "type": "null",
        "$comment": "infinity or NaN",
    }
    assert json.loads(
        Reading(value=float("nan"), bounded=None).model_dump_json(exclude_none=True)
    ) == {"value": None}
    assert schema["properties"]["bounded"] == {"type": "number", "minimum": 0, "maximum": 1}
