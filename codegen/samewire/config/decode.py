"""``dates`` and ``decode``: which values are decoded in TypeScript, in both directions or in one."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, TypeAdapter, ValidationInfo

from samewire.config.mistakes import in_words, mistake
from samewire.config.tables import Section, TextOr
from samewire.config.words import ImportSpecifier, TypeName
from samewire.scalars.decoded import Adapter, Dates


class DecimalAdapter(Section):
    """A module of the frontend that decodes and encodes decimals."""

    module: ImportSpecifier = Field(
        description=(
            "The module that exports decode, from text, and encode, to text; relative paths "
            "start at the output folder."
        ),
        examples=["../decimals.js"],
    )
    type: TypeName = Field(
        description="The name of the exported type of the values.", examples=["Decimal"]
    )

    def adapter(self) -> Adapter:
        return Adapter(module=self.module, type=self.type)


_DECIMALS: Final = '"string" or a table with module and type'


def _texts(word: str, _info: ValidationInfo) -> None:
    if word != "string":
        raise mistake("config-value", f"expected {_DECIMALS}, found {in_words(word)}")


Decimals = Annotated[
    Adapter | None,
    TextOr(DecimalAdapter, _texts, _DECIMALS, {"enum": ["string"]}, DecimalAdapter.adapter),
]


class Decoded(Section):
    """Which values besides dates are decoded in TypeScript."""

    days: Literal["string", "Date"] = Field(
        default="string",
        description=(
            "The TypeScript form of a date, independent of dates: a Date is at midnight in "
            "the frontend's zone."
        ),
    )
    bytes: Literal["string", "Uint8Array"] = Field(
        default="string", description="The TypeScript form of bytes, whatever text encodes them."
    )
    integers: Literal["string", "bigint"] = Field(
        default="string",
        description="The TypeScript form of an int that is written as the text of its digits.",
    )
    sets: Literal["array", "Set"] = Field(
        default="array", description="The TypeScript form of a set or frozenset."
    )
    urls: Literal["string", "URL"] = Field(
        default="string", description="The TypeScript form of a URL with one host."
    )
    decimals: Decimals = Field(
        default=None,
        description="The TypeScript form of a Decimal that is written as text.",
        json_schema_extra={"default": "string"},
    )


class Decode(Decoded):
    """The same for both directions, or in a table for one direction."""

    emits: Decoded | None = Field(
        default=None, description="For what the backend sends, instead of the keys beside this one."
    )
    accepts: Decoded | None = Field(
        default=None,
        description="For what the backend receives, instead of the keys beside this one.",
    )


class DatesByDirection(Section):
    """The form of dates and times in each direction."""

    emits: Dates = Field(default="string", description="For what the backend sends.")
    accepts: Dates = Field(default="string", description="For what the backend receives.")


_DATES: Final[TypeAdapter[Dates]] = TypeAdapter(Dates)


def _both_ways(word: str, _info: ValidationInfo) -> DatesByDirection:
    dates = _DATES.validate_python(word)
    return DatesByDirection(emits=dates, accepts=dates)


DatesByWay = Annotated[
    DatesByDirection,
    TextOr(
        DatesByDirection,
        _both_ways,
        '"string", "date", "temporal" or a table with emits and accepts',
        _DATES.json_schema(),
    ),
]
