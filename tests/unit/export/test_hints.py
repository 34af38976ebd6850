"""What messages propose is possible, and works."""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

import pytest
from pydantic import BaseModel, PlainSerializer, PlainValidator, SerializeAsAny

from tests.unit.export.support import export

T = TypeVar("T")


class Box(BaseModel, Generic[T]):
    held: SerializeAsAny[Any]


class Other(BaseModel, Generic[T]):
    held: SerializeAsAny[Any]


class Written(BaseModel):
    value: Annotated[str, PlainSerializer(lambda value: value)]


class Read(BaseModel):
    value: Annotated[str, PlainValidator(lambda value: value)]


def hints(*emits: type) -> list[str]:
    found = (*export(emits=emits).diagnostics, *export(accepts=emits).diagnostics)
    return list(dict.fromkeys(str(one.hint) for one in found))


@pytest.mark.parametrize(
    ("model", "way_out"),
    [(Written, "its return type"), (Read, "the function's parameter and return type")],
)
def test_a_lambda_has_to_become_a_function_before_it_is_annotated(
    model: type, way_out: str
) -> None:
    (hint,) = hints(model)
    assert hint.startswith(f"write a function in place of the lambda, and annotate {way_out}")


def test_nobody_decides_on_a_base_class_of_everything() -> None:
    found = hints(Box[int], Other[int])
    assert [hint.count('opaque = { "typing:Generic"') for hint in found] == [0, 0]
    assert [hint.count(f'opaque = {{ "{__name__}:') for hint in found] == [1, 1]
