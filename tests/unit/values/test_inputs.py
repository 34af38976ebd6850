"""Inputs for every kind of core schema, and what only Python can make."""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import math
import sys
import typing
from typing import Annotated, Any, Literal

import pytest
from pydantic import (
    AliasChoices,
    AliasPath,
    BaseModel,
    ConfigDict,
    EmailStr,
    Field,
    PaymentCardNumber,
    SecretStr,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_core import SchemaValidator, core_schema
from samewire.coreschema.flat import Flat
from samewire.values import Make, NoValueError, inputs
from samewire.values.instances.walk import Walker

from .drawing import drawn, smallest
from .kinds import KINDS, REFUSED


def of_schema(schema: Any) -> Make | None:
    return Walker(Flat()).root(schema, "here")


def test_each_kind_that_pydantic_has_is_here() -> None:
    assert set(typing.get_args(core_schema.CoreSchemaType)) == {*KINDS, *REFUSED}


def _is_valid(validator, value):
    try:
        validator.validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("kind", KINDS)
def test_inputs_of_each_kind_are_valid(kind: str) -> None:
    if kind == "frozendict" and sys.version_info < (3, 15):
        pytest.skip("needs Python 3.15")
    for schema in KINDS[kind]:
        values = drawn(of_schema(schema))
        assert values
        valid = sum(_is_valid(SchemaValidator(schema), value) for value in values)
        assert valid == len(values)


@pytest.mark.parametrize("kind", REFUSED)
def test_kinds_without_inputs_are_refused_by_name(kind: str) -> None:
    with pytest.raises(NoValueError, match=f"here: .*'{kind}'"):
        of_schema(REFUSED[kind])


def test_a_kind_that_is_not_known_is_refused_by_name() -> None:
    with pytest.raises(
        NoValueError, match="here: nothing is known of schemas of kind 'quaternion'"
    ):
        of_schema({"type": "quaternion"})


# --- What only Python can make ----------------------------------------------------------------------------------------

ONLY_PYTHON = [
    (float, math.isnan),
    (float, math.isinf),
    (float, lambda value: value == 0 and math.copysign(1, value) < 0),
    (int, lambda value: abs(value) > 2**64),
    (decimal.Decimal, lambda value: "E+" in str(value)),
    (decimal.Decimal, lambda value: str(value) == "-0"),
    (dt.datetime, lambda value: value.tzinfo is None),
    (dt.datetime, lambda value: value.utcoffset() == dt.timedelta(minutes=19, seconds=32)),
    (dt.datetime, lambda value: value.year == 1),
    (dt.datetime, lambda value: value.year == 9999),
    (dt.timedelta, lambda value: value < dt.timedelta(0)),
    (dt.timedelta, lambda value: value > dt.timedelta(days=366)),
    (dt.time, lambda value: value.microsecond != 0),
    (bytes, lambda value: not value.isascii()),
    (Any, lambda value: isinstance(value, decimal.Decimal)),
    (dict[int, str], lambda value: any(key < 0 for key in value)),
    (set[int], lambda value: isinstance(value, set) and len(value) > 1),
    (str, lambda value: any(ord(char) > 0xFFFF for char in value)),
]


@pytest.mark.parametrize(("annotation", "wanted"), ONLY_PYTHON)
def test_what_only_python_can_make_is_made(annotation, wanted) -> None:
    assert any(wanted(value) for value in drawn(inputs(annotation), 600))


class Base(BaseModel):
    x: int


class Derived(Base):
    y: str = "y"


class Holder(BaseModel):
    base: Base
    more: list[Base] = []


def test_nested_models_are_dicts_instances_and_instances_of_subclasses() -> None:
    found = {type(value["base"]) for value in drawn(inputs(Holder), 400) if isinstance(value, dict)}
    assert found == {dict, Base, Derived}


class Aliased(BaseModel):
    model_config = ConfigDict(validate_by_name=True, extra="allow")

    a: int = Field(validation_alias="A")
    b: int = Field(validation_alias=AliasChoices("b1", AliasPath("p", 1)))
    c: int = Field(default=0, validation_alias=AliasPath("p", 0))


def test_fields_stand_under_each_of_their_names() -> None:
    values = [value for value in drawn(inputs(Aliased), 300) if isinstance(value, dict)]
    keys = {key for value in values for key in value}
    assert {"A", "a", "b1", "p", "b", "c", "__proto__", "constructor"} <= keys
    assert any("c" not in value and "p" not in value for value in values)


class Cat(BaseModel):
    kind: Literal["cat"] = "cat"
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"] = "dog"
    good: bool


class Pets(BaseModel):
    pets: list[Annotated[Cat | Dog, Field(discriminator="kind")]]


def test_members_of_a_tagged_union_have_their_tag() -> None:
    adapter = TypeAdapter(Pets)
    seen = {
        type(pet)
        for value in drawn(inputs(Pets), 200)
        for pet in adapter.validate_python(value).pets
    }
    assert seen == {Cat, Dog}


class Size(str, enum.Enum):  # noqa: UP042 - as older code has it
    S = "s"
    L = "l"


def test_enums_give_members() -> None:
    assert set(drawn(inputs(Size), 50)) == {Size.S, Size.L}


@pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecatedSince20")
def test_texts_that_pydantic_checks_with_code_of_its_own() -> None:
    for annotation in (EmailStr, PaymentCardNumber, SecretStr):
        adapter = TypeAdapter(annotation)
        for value in drawn(inputs(annotation), 20):
            adapter.validate_python(value)


# --- Depth and shrinking ----------------------------------------------------------------------------------------------


class Tree(BaseModel):
    name: str
    left: Tree | None = None
    right: Tree | None = None
    children: list[Tree] = []


def _depth(value: Any) -> int:
    if isinstance(value, BaseModel):
        value = dict(value)
    if isinstance(value, dict):
        value = list(value.values())
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0


def test_recursion_is_bounded() -> None:
    depths = [_depth(value) for value in drawn(inputs(Tree), 200)]
    assert 4 < max(depths) < 20


class Endless(BaseModel):
    again: Endless


def test_no_function_makes_inputs_of_a_type_without_any() -> None:
    assert inputs(Endless) is None


def test_a_seed_decides() -> None:
    assert drawn(inputs(Tree), 30, 3) == drawn(inputs(Tree), 30, 3)
    assert drawn(inputs(Tree), 30, 3) != drawn(inputs(Tree), 30, 4)


def test_a_found_input_is_shrunk() -> None:
    def wanted(value):
        try:
            tree = Tree.model_validate(value)
        except ValidationError:
            return False
        return len(tree.children) >= 1 and len(tree.children[0].name) >= 2

    found = Tree.model_validate(smallest(inputs(Tree), wanted))
    (child,) = found.children
    assert found.name == ""
    assert (found.left, found.right) == (None, None)
    assert len(child.name) == 2
    assert (child.children, child.left, child.right) == ([], None, None)


class Named(BaseModel):
    ref: int = 1
    type: str = "t"
    schema_: Named | None = None


class Demanding(BaseModel):
    name: str | None = None
    other: int | None = None
    more: int | None = None

    @model_validator(mode="after")
    def _demand(self) -> Demanding:
        if self.name is None:
            raise ValueError("name has to be there")
        return self


def test_fields_may_be_called_as_the_keys_of_core_schemas() -> None:
    adapter = TypeAdapter(Named)
    for value in drawn(inputs(Named), 30):
        adapter.validate_python(value)


def test_what_a_validator_asks_for_is_given() -> None:
    valid = [_is_valid(TypeAdapter(Demanding), value) for value in drawn(inputs(Demanding), 100)]
    assert sum(valid) > 80


class Unmakeable:
    def __init__(self, argument: int) -> None:
        self.argument = argument


class WithUnmakeable(BaseModel):
    model_config = ConfigDict(arbitrary_types_allowed=True)
    inner: list[Unmakeable]


def test_what_cannot_be_made_is_said_with_its_place() -> None:
    with pytest.raises(NoValueError, match=r"WithUnmakeable\.inner\[\]: no instance of Unmakeable"):
        inputs(WithUnmakeable)
