"""Defaults that are written though no validation would let them through."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from enum import Enum
from ipaddress import IPv4Address
from math import inf
from typing import Annotated, Any

import pytest
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    create_model,
    field_serializer,
)

from .support import definitions, export


class Colour(Enum):
    RED = "red"


def emitted(kind: Any, default: Any, **config: Any) -> Any:
    model = create_model("Made", __config__=ConfigDict(**config), a=(kind, default))
    schema = definitions(export(emits=(model,)))["Made"]["properties"]["a"]
    return {key: value for key, value in schema.items() if key != "default"}


@pytest.mark.parametrize(
    ("kind", "default", "alone"),
    [
        (int, None, {"type": "null"}),
        (list[int], None, {"type": "null"}),
        (int | str, None, {"type": "null"}),
        (IPv4Address, None, {"type": "null"}),
        (Decimal, 0, {"const": 0}),
        (bool, 0, {"const": 0}),
        (str, 3, {"const": 3}),
        (str, Field("", min_length=1), {"const": ""}),
        (Colour, "blue", {"const": "blue"}),
    ],
)
def test_a_default_of_another_type_is_written_too(kind: Any, default: Any, alone: Any) -> None:
    assert emitted(kind, default)["anyOf"][-1] == alone


@pytest.mark.parametrize(
    ("kind", "default"),
    [(int, 1), (int | None, None), (float, 1), (Colour, "red"), (Colour, Colour.RED), (Any, None)],
)
def test_a_default_of_the_type_says_nothing_new(kind: Any, default: Any) -> None:
    assert emitted(kind, default) == emitted(kind, ...)


def test_a_default_that_is_validated_is_of_the_type() -> None:
    assert emitted(Decimal, 0, validate_default=True) == emitted(Decimal, ...)


SECONDS: dict[str, Any] = {"ser_json_temporal": "seconds", "ser_json_timedelta": "float"}
HEX: dict[str, Any] = {"ser_json_bytes": "hex", "val_json_bytes": "base64"}


@pytest.mark.parametrize(
    ("kind", "default", "config", "sent", "read"),
    [
        (timedelta, timedelta(seconds=90), SECONDS, 90, "PT1M30S"),
        (list[timedelta], [timedelta(seconds=90)], SECONDS, [90], ["PT1M30S"]),
        (timedelta, "PT90S", SECONDS | {"validate_default": True}, 90, "PT90S"),
        (bytes, b"ab", HEX, "6162", "YWI="),
        (dict[str, bytes], {"x": b"ab"}, HEX, {"x": "6162"}, {"x": "YWI="}),
        (float, inf, {"ser_json_inf_nan": "strings"}, "Infinity", None),
        (Annotated[int, PlainSerializer(str, return_type=str)], 1, {}, "1", 1),
        (Annotated[int, PlainSerializer(lambda one: 1 // one, return_type=int)], 0, {}, 0, 0),
    ],
)
def test_the_default_shown_is_what_is_sent_or_can_be_read(
    kind: Any, default: Any, config: dict[str, Any], sent: Any, read: Any
) -> None:
    model = create_model("Made", __config__=ConfigDict(**config), a=(kind, default))
    shown = definitions(export(emits=(model,), accepts=(model,)))
    assert shown["Made"]["properties"]["a"].get("default") == sent
    both = shown.get("MadeInput", shown["Made"])
    assert both["properties"]["a"].get("default") == read


def test_a_serializer_takes_the_default_as_well() -> None:
    class Written(BaseModel):
        a: int = None  # type: ignore[assignment]  # as people write it

        @field_serializer("a")
        def text(self, value: int | None) -> str:
            return str(value)

    schema = definitions(export(emits=(Written,)))["Written"]["properties"]["a"]
    assert "anyOf" not in schema
