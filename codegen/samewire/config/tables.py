"""The base of all tables of the configuration, and tables with a text as a short form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
)
from pydantic_core import CoreSchema, core_schema

from samewire.config.mistakes import in_words, mistake


def hyphens(name: str) -> str:
    return name.replace("_", "-")


class Section(BaseModel):
    """A table whose keys are the fields, with hyphens."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=hyphens, protected_namespaces=()
    )

    elsewhere: ClassVar[Mapping[str, str]] = {}
    """What to say about keys that belong in another table."""

    @classmethod
    def fields_by_key(cls) -> dict[str, str]:
        """Every key of the table, with the name of its field."""
        return {field.alias or name: name for name, field in cls.model_fields.items()}


@dataclass(frozen=True, slots=True, eq=False)
class TextOr:
    """
    Annotates a value that is written as a ``table``, or shorter as a text.

    ``text`` and ``read`` give the value for either. ``words`` says what is expected, ``schema`` is the JSON Schema of the texts.
    """

    table: type[Section]
    text: Callable[[str, ValidationInfo], object]
    words: str
    schema: Mapping[str, object]
    read: Callable[[Any], object] = lambda table: table

    def __get_pydantic_core_schema__(
        self, _source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.with_info_wrap_validator_function(
            self._validate, handler.generate_schema(self.table)
        )

    def _validate(
        self, value: object, handler: Callable[[object], object], info: ValidationInfo
    ) -> object:
        if isinstance(value, str):
            return self.text(value, info)
        if isinstance(value, dict):
            return self.read(handler(value))
        raise mistake("config-type", f"expected {self.words}, found {in_words(value)}")

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [dict(self.schema), handler(schema)]}
