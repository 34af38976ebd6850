"""What single values are on the wire, against Pydantic's own serializer where a value tells."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from decimal import Decimal
from ipaddress import IPv4Address
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import (
    UUID4,
    AwareDatetime,
    Base64Bytes,
    BaseModel,
    ByteSize,
    ConfigDict,
    Field,
    HttpUrl,
    Json,
    JsonValue,
    NaiveDatetime,
    PostgresDsn,
    SecretBytes,
    SecretStr,
    StringConstraints,
)
from pydantic.json_schema import WithJsonSchema

from tests.unit.export.support import accepted, definitions, emitted, export

NUMBER_OR_NAN = [{"type": "number"}, {"type": "null", "$comment": "infinity or NaN"}]


@pytest.mark.parametrize(
    ("kind", "want"),
    [
        (int, {"type": "integer"}),
        (
            Annotated[int, Field(ge=1, lt=9, multiple_of=2)],
            {"type": "integer", "minimum": 1, "exclusiveMaximum": 9, "multipleOf": 2},
        ),
        (bool, {"type": "boolean"}),
        (str, {"type": "string"}),
        (
            Annotated[str, Field(min_length=1, max_length=3)],
            {"type": "string", "minLength": 1, "maxLength": 3},
        ),
        (Annotated[str, Field(pattern="^[a-z]+$")], {"type": "string", "pattern": "^[a-z]+$"}),
        (
            Annotated[dt.date, Field(gt=dt.date(2024, 1, 2))],
            {"type": "string", "format": "date", "formatExclusiveMinimum": "2024-01-02"},
        ),
        (IPv4Address, {"type": "string", "format": "ipv4"}),
        (Path, {"type": "string", "format": "path"}),
        (bytes, {"type": "string"}),
        (Literal["a"], {"type": "string", "const": "a"}),
        (Literal["a", 1, None], {"enum": ["a", 1, None]}),
        (Literal[1, True], {"enum": [1, True]}),
        (JsonValue, {"x-samewire-type": "json"}),
        (Any, {}),
        (object, {}),
    ],
)
def test_same_both_ways(kind: object, want: dict[str, Any]) -> None:
    assert emitted(kind) == want
    assert accepted(kind) == want


@pytest.mark.parametrize(
    ("kind", "want"),
    [
        (dt.datetime, {"type": "string", "format": "date-time"}),
        (AwareDatetime, {"type": "string", "format": "date-time", "x-samewire-timezone": "aware"}),
        (NaiveDatetime, {"type": "string", "format": "date-time", "x-samewire-timezone": "naive"}),
        (dt.time, {"type": "string", "format": "time"}),
        (uuid.UUID, {"type": "string", "format": "uuid"}),
        (UUID4, {"type": "string", "format": "uuid", "x-samewire-uuid-version": 4}),
        (
            Annotated[dt.timedelta, Field(le=dt.timedelta(hours=1))],
            {"type": "string", "format": "duration", "formatMaximum": "PT1H"},
        ),
    ],
)
def test_read_in_more_spellings_than_written(kind: object, want: dict[str, Any]) -> None:
    assert emitted(kind) == want
    assert accepted(kind) == {**want, "x-samewire-spelling": "read"}


@pytest.mark.parametrize(
    ("kind", "out", "into"),
    [
        (float, {"anyOf": NUMBER_OR_NAN}, {"type": "number"}),
        (
            Annotated[float, Field(ge=0)],
            {"anyOf": [{"type": "number", "minimum": 0}, NUMBER_OR_NAN[1]]},
            {"type": "number", "minimum": 0},
        ),
        (
            Decimal,
            {"type": "string", "format": "decimal"},
            {
                "anyOf": [
                    {"type": "number"},
                    {"type": "string", "format": "decimal", "x-samewire-spelling": "read"},
                ]
            },
        ),
        (
            Annotated[Decimal, Field(max_digits=4)],
            {"type": "string", "format": "decimal", "x-samewire-max-digits": 4},
            {
                "anyOf": [
                    {"type": "number", "x-samewire-max-digits": 4},
                    {
                        "type": "string",
                        "format": "decimal",
                        "x-samewire-max-digits": 4,
                        "x-samewire-spelling": "read",
                    },
                ]
            },
        ),
        (
            Base64Bytes,
            {"type": "string", "format": "base64"},
            {"type": "string", "format": "base64", "x-samewire-base64-reader": "python"},
        ),
        (
            SecretStr,
            {"type": "string", "enum": ["**********", ""]},
            {"type": "string", "writeOnly": True, "format": "password"},
        ),
        (
            SecretBytes,
            {"type": "string", "enum": ["**********", ""]},
            {"type": "string", "writeOnly": True, "format": "password"},
        ),
        (
            Json[list[int]],
            {"type": "array", "items": {"type": "integer"}},
            {
                "type": "string",
                "format": "json-string",
                "x-samewire-content": {"type": "array", "items": {"type": "integer"}},
            },
        ),
        (
            HttpUrl,
            {"type": "string", "format": "uri", "x-samewire-url-schemes": ["http", "https"]},
            {
                "type": "string",
                "format": "uri",
                "x-samewire-url-schemes": ["http", "https"],
                "maxLength": 2083,
            },
        ),
    ],
)
def test_different_by_direction(kind: object, out: dict[str, Any], into: dict[str, Any]) -> None:
    assert emitted(kind) == out
    assert accepted(kind) == into


def test_a_float_between_two_bounds_is_never_null() -> None:
    assert emitted(Annotated[float, Field(ge=0, le=1)]) == {
        "type": "number",
        "minimum": 0,
        "maximum": 1,
    }
    assert emitted(Annotated[float, Field(allow_inf_nan=False)]) == {"type": "number"}
    assert emitted(float, floats="finite") == {"type": "number"}


def test_safe_integers_are_bounded() -> None:
    limit = 2**53 - 1
    assert emitted(int, integers="safe") == {"type": "integer", "minimum": -limit, "maximum": limit}
    assert emitted(Annotated[int, Field(ge=0)], integers="safe") == {
        "type": "integer",
        "minimum": 0,
        "maximum": limit,
    }


def test_multi_host_urls_and_byte_sizes() -> None:
    schema = emitted(PostgresDsn)
    assert schema["format"] == "multi-host-uri"
    assert "postgresql+asyncpg" in schema["x-samewire-url-schemes"]
    assert emitted(ByteSize) == {"type": "integer", "minimum": 0}


class Hex(BaseModel):
    model_config = ConfigDict(
        ser_json_bytes="hex",
        val_json_bytes="base64",
        ser_json_timedelta="float",
        ser_json_inf_nan="strings",
    )
    data: Annotated[bytes, Field(min_length=2)]
    wait: dt.timedelta
    x: float


def test_serialization_settings_of_a_model() -> None:
    result = export(emits=(Hex,), accepts=(Hex,))
    out = definitions(result)["Hex"]["properties"]
    into = definitions(result)["HexInput"]["properties"]
    assert out["data"] == {"type": "string", "pattern": "^(?:[0-9a-f]{2}){2,}$"}
    assert re.search(
        out["data"]["pattern"],
        Hex(data=b"YWJj", wait=dt.timedelta(1), x=1).model_dump(mode="json")["data"],
    )
    assert into["data"]["format"] == "base64url"
    assert out["wait"] == {"type": "number"}
    assert into["wait"]["anyOf"] == [
        {"type": "number", "minimum": -86399999913600, "exclusiveMaximum": 86400000000000},
        {"type": "string", "format": "duration", "x-samewire-spelling": "read"},
    ]
    assert out["x"] == {
        "anyOf": [{"type": "number"}, {"type": "string", "enum": ["Infinity", "-Infinity", "NaN"]}]
    }


class Constants(BaseModel):
    model_config = ConfigDict(ser_json_inf_nan="constants")
    x: float


def test_a_wire_that_is_not_json_is_refused() -> None:
    (diagnostic,) = export(emits=(Constants,)).diagnostics
    assert diagnostic.code == "not-json"
    assert diagnostic.where.endswith(":Constants.x")


STRIPPED = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=3)]


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("ab", True),
        ("  ab ", True),
        ("a b", True),
        ("a", False),
        (" a ", False),
        ("abcd", False),
        ("", False),
    ],
)
def test_lengths_count_what_is_left_after_stripping(text: str, valid: bool) -> None:
    from pydantic import TypeAdapter, ValidationError

    pattern = (
        accepted(STRIPPED)["pattern"]
        .replace(r"\p{White_Space}", r"\s")
        .replace(r"\P{White_Space}", r"\S")
        .replace("[^]", "[\\s\\S]")
    )
    assert bool(re.search(pattern, text)) is valid
    try:
        TypeAdapter(STRIPPED).validate_python(text)
    except ValidationError:
        assert not valid
    else:
        assert valid


def test_a_pattern_with_no_form_in_javascript_is_refused_at_its_field() -> None:
    class Patterned(BaseModel):
        ok: str
        code: str = Field(pattern=r"(?R)a")

    try:
        result = export(emits=(Patterned,))
    except TypeError:
        pytest.fail("the exporter must not raise for a pattern")
    assert [one.code for one in result.diagnostics] == ["pattern"]
    assert result.diagnostics[0].where.endswith("Patterned.code")


def test_a_pattern_that_may_take_long_is_warned_of_once_with_the_places_that_have_it() -> None:
    class Patterned(BaseModel):
        one: str = Field(pattern="^(a+)+$")
        many: list[Annotated[str, Field(pattern="^(a+)+$")]]
        fine: Annotated[str, Field(pattern="^[a-z]+(?:-[a-z]+)*$")]

    result = export(emits=(Patterned,), accepts=(Patterned,))
    (warning,) = result.warnings
    assert warning.code == "risky-pattern"
    assert warning.where.endswith("Patterned.many")
    assert "exponential time" in warning.message
    assert warning.message.endswith("Patterned.one)")


def test_a_format_that_is_no_text_says_nothing() -> None:
    class Model(BaseModel):
        a: Annotated[Any, WithJsonSchema({"type": "string", "format": ["date"]})]
        b: Annotated[int, Field(json_schema_extra={"format": ["date"]})]

    assert emitted(Model)["properties"] == {
        "a": {"type": "string", "format": ["date"]},
        "b": {"type": "integer"},
    }
