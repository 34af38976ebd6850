"""Types of pydantic-extra-types that take the texts of a list: classes as the package has them, with lists of three."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any

import pytest
from pydantic import AfterValidator, BaseModel, GetCoreSchemaHandler, PlainSerializer
from pydantic_core import core_schema

from tests.unit.export.support import accepted, emitted


def listed(module: str, name: str, change: Callable[[str], str] | None = None) -> Any:
    """A type of the package, of which the list is three codes."""

    def validate(cls: Any, text: str, _: object) -> str:
        text = text if change is None else change(text)
        if text not in cls.allowed_currencies:
            raise ValueError(text)
        return text

    def schema(cls: Any, _: object, __: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.with_info_after_validator_function(
            cls._validate, core_schema.str_schema()
        )

    validate.__module__ = f"pydantic_extra_types.{module}"
    validate.__qualname__ = f"{name}._validate"
    members = {
        "allowed_currencies": {"EUR", "EKR", "SEK"},
        "_validate": classmethod(validate),
        "__get_pydantic_core_schema__": classmethod(schema),
    }
    return type(name, (str,), members)


CURRENCY = listed("currency_code", "ISO4217", str.upper)
EXACT = listed("currency_code", "Currency")


def test_what_is_written_is_the_list() -> None:
    assert emitted(CURRENCY) == {"type": "string", "pattern": "^(?:E[KU]R|SEK)$"}


@pytest.mark.parametrize(
    ("text", "fits"), [("eUR", True), ("ſeK", True), ("EUR", True), ("XXX", False)]
)
def test_what_is_read_is_in_the_case_that_the_validator_takes(text: str, fits: bool) -> None:
    assert bool(re.search(accepted(CURRENCY)["pattern"], text)) is fits


def test_a_list_of_its_own_case_is_read_as_it_is_written() -> None:
    assert accepted(EXACT) == emitted(EXACT)


@pytest.mark.parametrize(
    "changed",
    [
        Annotated[CURRENCY, AfterValidator(str.lower)],
        Annotated[CURRENCY, PlainSerializer(lambda value: value.lower(), return_type=str)],
    ],
)
def test_what_code_makes_of_it_is_any_text(changed: Any) -> None:
    assert emitted(changed) == {"type": "string"}


def test_a_type_that_is_not_in_the_table_is_a_text() -> None:
    assert emitted(listed("currency_code", "Other")) == {"type": "string"}


def test_a_type_of_another_version_is_a_text() -> None:
    kind = listed("currency_code", "ISO4217")
    del kind.allowed_currencies
    assert emitted(kind) == {"type": "string"}


def test_it_is_a_key_and_an_item() -> None:
    class Root(BaseModel):
        a: dict[CURRENCY, list[CURRENCY]]

    schema = emitted(Root)["properties"]["a"]
    assert schema["propertyNames"] == schema["additionalProperties"]["items"] == emitted(CURRENCY)
