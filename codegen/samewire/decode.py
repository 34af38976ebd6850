"""
A mark that sets the TypeScript form of one field, independent of the contract's configuration.

Imports nothing: a backend pays nothing for it. It says ``x-samewire-decode`` in JSON Schema, which changes nothing for Pydantic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

__all__ = ["DECODE", "WORDS", "Decode", "Word"]

DECODE: Final = "x-samewire-decode"
Word: TypeAlias = Literal[
    "string",
    "date",
    "day",
    "temporal",
    "Uint8Array",
    "bigint",
    "URL",
    "decimal",
    "array",
    "Set",
]
WORDS: Final[tuple[Word, ...]] = get_args(Word)


class Decode:
    """
    What the values of a type are in TypeScript, by the words of the configuration::

        class Event(BaseModel):
            at: Annotated[AwareDatetime, Decode("temporal")]
            seen: Annotated[list[AwareDatetime] | None, Decode("string")]
    """

    __slots__ = ("word",)

    def __init__(self, word: Word) -> None:
        if word not in WORDS:
            raise ValueError(f"expected one of {', '.join(map(repr, WORDS))}, found {word!r}")
        self.word: Final = word

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        said = handler(schema)
        return said if "$ref" in said else {**said, DECODE: self.word}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Decode) and other.word == self.word

    def __hash__(self) -> int:
        return hash((Decode, self.word))

    def __repr__(self) -> str:
        return f"samewire.Decode({self.word!r})"
