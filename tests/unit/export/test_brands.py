"""Where an annotation and the schema that Pydantic makes of it agree that a value is of a ``NewType``."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, NewType, NotRequired, Required, TypeVar

import pytest
from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    PlainSerializer,
    RootModel,
    create_model,
    field_serializer,
)
from typing_extensions import TypedDict

from tests.unit.export.support import definitions, export

V = TypeVar("V")
Number = NewType("Number", int)
Text = NewType("Text", str)
Other = NewType("Other", int)
Price = NewType("Price", Decimal)
Ratio = NewType("Ratio", float)
Words = NewType("Words", list[str])
Kind = NewType("Kind", Literal["a", "b"])
Flag = NewType("Flag", bool)
N, T = "#/$defs/Number", "#/$defs/Text"


def branded(schema: Any, at: str = "") -> dict[str, str]:
    """The brands in a schema, by the keywords that lead to them."""
    found: dict[str, str] = {}
    if isinstance(schema, dict):
        if "x-samewire-brand" in schema:
            found[at] = schema["x-samewire-brand"]
        for key, value in schema.items():
            found |= branded(value, f"{at}/{key}")
    if isinstance(schema, list):
        for index, value in enumerate(schema):
            found |= branded(value, f"{at}/{index}")
    return found


def placed(annotation: Any, direction: str) -> dict[str, str]:
    model = create_model("Model", field=(annotation, ...))
    made = export(**{direction: (model,)}, brands=True)
    assert not made.diagnostics
    return branded(definitions(made)["Model"]["properties"]["field"])


@pytest.mark.parametrize("direction", ["emits", "accepts"])
@pytest.mark.parametrize(
    ("annotation", "wanted"),
    [
        (Number, {"": N}),
        (Annotated[Number, Field(ge=1)], {"": N}),
        (Number | None, {"/anyOf/0": N}),
        (list[Number | None], {"/items/anyOf/0": N}),
        (dict[Number, Text], {"/additionalProperties": T, "/propertyNames": N}),
        (dict[Text, int], {"/propertyNames": T}),
        (dict[str, dict[str, Number]], {"/additionalProperties/additionalProperties": N}),
        (tuple[Number, int, Text], {"/prefixItems/0": N, "/prefixItems/2": T}),
        (tuple[Number, ...], {"/items": N}),
        (Number | Text, {"/anyOf/0": N, "/anyOf/1": T}),
        (Number | Text | None, {"/anyOf/0": N, "/anyOf/1": T}),
        (str | list[Number], {"/anyOf/1/items": N}),
        # What is not told apart, or has no one form, is not branded.
        (Number | int, {}),
        (Number | Other, {}),
        (dict[Ratio, int], {}),
        (Words, {}),
        (Kind, {}),
        (dict[Kind, int], {}),
        (Flag, {}),
        (Annotated[Any, Number], {}),
    ],
)
def test_a_brand_stands_where_a_value_is_of_the_new_type(
    annotation: Any, wanted: dict[str, str], direction: str
) -> None:
    assert placed(annotation, direction) == wanted


def test_a_value_that_a_function_changes_is_not_of_the_new_type() -> None:
    masked = Annotated[Text, PlainSerializer(lambda value: value[:1], return_type=str)]
    assert placed(masked, "emits") == {}
    assert placed(masked, "accepts") == {"": T}
    read = Annotated[Text, BeforeValidator(str.strip, json_schema_input_type=str)]
    assert placed(read, "emits") == {"": T}
    assert placed(read, "accepts") == {}

    class Model(BaseModel):
        one: Text
        two: Text

        @field_serializer("one")
        def _shown(self, value: Text) -> str:
            return value[:1]

    made = definitions(export(emits=(Model,), brands=True))["Model"]["properties"]
    assert branded(made) == {"/two": T}


def test_null_that_stands_for_infinity_has_no_brand() -> None:
    assert placed(Ratio, "emits") == {"/anyOf/0": "#/$defs/Ratio"}
    assert placed(Price, "emits") == {"": "#/$defs/Price"}


def test_a_root_model_has_the_brands_of_its_root() -> None:
    class Numbers(RootModel[list[Number]]):
        pass

    assert branded(definitions(export(emits=(Numbers,), brands=True))["Numbers"]) == {"/items": N}


def test_keys_of_typed_dictionaries() -> None:
    class Keys(TypedDict, total=False):
        one: Required[Number]
        two: NotRequired[Text]
        three: Number | None

    made = definitions(export(emits=(Keys,), brands=True))["Keys"]["properties"]
    assert branded(made) == {"/one": N, "/two": T, "/three/anyOf/0": N}


def test_a_generic_is_named_after_the_new_type() -> None:
    class Page(BaseModel, Generic[V]):
        items: list[V]

    class Model(BaseModel):
        one: Page[Number]
        two: Page[list[Text]]

    made = definitions(export(emits=(Model,)))
    assert {"PageNumber", "PageListText"} <= made.keys()


def test_only_those_that_are_named() -> None:
    model = create_model("Model", one=(Number, ...), two=(Text, ...))
    made = definitions(export(emits=(model,), brands=frozenset({f"{__name__}:Text"})))
    assert branded(made["Model"]) == {"/properties/two": T}
    assert "Number" not in made
    assert made["Text"]["x-samewire-new-type"] is True
    assert "x-samewire-root" not in made["Text"]


def test_the_definition_of_a_new_type_does_not_depend_on_who_uses_it() -> None:
    """Bounds of one use, and the configuration of a model, are those of the use."""
    strict = create_model("Strict", field=(Annotated[Number, Field(ge=5)], ...))
    made = definitions(export(emits=(strict,), brands=True))
    assert "minimum" not in made["Number"]
    assert made["Strict"]["properties"]["field"]["minimum"] == 5
