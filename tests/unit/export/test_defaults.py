"""Defaults that are written though no validation would let them through."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from ipaddress import IPv4Address
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, Field, create_model, field_serializer

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


def test_a_serializer_takes_the_default_as_well() -> None:
    class Written(BaseModel):
        a: int = None  # type: ignore[assignment]  # as people write it

        @field_serializer("a")
        def text(self, value: int | None) -> str:
            return str(value)

    schema = definitions(export(emits=(Written,)))["Written"]["properties"]["a"]
    assert "anyOf" not in schema
