"""ULIDs, of python-ulid and pydantic-extra-types: 26 characters of Crockford's base32, in upper case as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Self

from samewire.scalars.base import Draw, Format, Near, UnrepresentableError
from samewire.scalars.checks import Predicate
from samewire.scalars.view import CoreSchema, JsonSchema, View

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SYNTAX: Final = re.compile(f"[0-7][{_ALPHABET}]{{25}}")


@dataclass(frozen=True, slots=True)
class Ulid(Format):
    annotations = ("ULID",)

    @classmethod
    def validators(cls) -> Mapping[str, Self]:
        return {
            "ulid:ULID._pydantic_validate": cls(),
            "pydantic_extra_types.ulid:ULID._validate_ulid": cls(),
        }

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:
        if view.emits and "serialization" not in core:
            raise UnrepresentableError(
                "no-json-form",
                "pydantic_extra_types.ulid.ULID has no JSON form: Pydantic can't write it",
                "use ulid.ULID of python-ulid, or Annotated[ULID, PlainSerializer(str, return_type=str)]",
            )
        return cls().document()

    @classmethod
    def named(cls) -> Mapping[str, Self]:
        return {"ulid": cls()}

    def document(self) -> JsonSchema:
        return {"type": "string", "format": "ulid"}

    def standard(self) -> JsonSchema:
        return {"pattern": f"^(?:{SYNTAX.pattern})$"}

    def label(self) -> str:
        return "ulid"

    def predicate(self) -> Predicate:
        return Predicate("isUlid", "Invalid ULID")

    def fits(self, text: str) -> bool:
        return SYNTAX.fullmatch(text) is not None

    def edges(self) -> Iterator[str]:
        yield from ("01ARZ3NDEKTSV4RRFFQ69G5FAV", "0" * 26, "7" + "Z" * 25)

    def invalid(self) -> Iterable[Near]:
        return (
            ("8" + "0" * 25, "more than 128 bits"),
            ("01ARZ3NDEKTSV4RRFFQ69G5FA", "a character short"),
            ("01ARZ3NDEKTSV4RRFFQ69G5FAVV", "a character too many"),
            ("01ARZ3NDEKTSV4RRFFQ69G5FAI", "a letter that is left out"),
            ("018f4a3e-7c1b-7d3e-9a2b-1c2d3e4f5a6b", "a UUID"),
        )

    def draw(self, draw: Draw) -> str:
        return draw.choice("01234567") + draw.text(_ALPHABET, 25, 25)
