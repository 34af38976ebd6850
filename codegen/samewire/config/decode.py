"""``dates`` and ``decode``: which values are others in TypeScript than in JSON, in both directions or in each."""

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
        description="Exports decode, from text, and encode, to text; from the output folder if it is relative.",
        examples=["../decimals.js"],
    )
    type: TypeName = Field(
        description="What the module exports the type of the values as.", examples=["Decimal"]
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
    """Which values are others in TypeScript than in JSON, beside dates; zod decodes and encodes them."""

    days: Literal["string", "Date"] = Field(
        default="string",
        description="What a date is, whatever dates says: a Date is at midnight in the zone of the frontend.",
    )
    bytes: Literal["string", "Uint8Array"] = Field(
        default="string", description="What bytes are, whichever text they are written as."
    )
    integers: Literal["string", "bigint"] = Field(
        default="string", description="What an int is that is written as the text of its digits."
    )
    sets: Literal["array", "Set"] = Field(
        default="array", description="What a set or frozenset is."
    )
    urls: Literal["string", "URL"] = Field(
        default="string", description="What a URL with one host is."
    )
    decimals: Decimals = Field(
        default=None,
        description="What a Decimal is that is written as text.",
        json_schema_extra={"default": "string"},
    )


class Decode(Decoded):
    """The same for both directions, or for one in a table of its own."""

    emits: Decoded | None = Field(
        default=None, description="What the backend sends, in place of the keys beside this one."
    )
    accepts: Decoded | None = Field(
        default=None, description="What the backend is sent, in place of the keys beside this one."
    )


class DatesByDirection(Section):
    """What dates and times are, in each direction."""

    emits: Dates = Field(default="string", description="In what the backend sends.")
    accepts: Dates = Field(default="string", description="In what the backend is sent.")


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
