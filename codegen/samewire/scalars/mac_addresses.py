"""MAC addresses of 6, 8 or 20 bytes, of pydantic-extra-types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Self

from samewire.scalars.base import Draw, Format, Near
from samewire.scalars.checks import Predicate
from samewire.scalars.view import CoreSchema, JsonSchema, View

_COUNTS: Final = (6, 8, 20)
SYNTAX: Final = re.compile(
    "|".join(
        rf"{digits}(?:{separator}{digits}){{{count * 2 // width - 1}}}"
        for width, separators in ((2, ("[:]", "[-]")), (4, ("[.]",)))
        for separator in separators
        for digits in (f"[0-9A-Fa-f]{{{width}}}",)
        for count in _COUNTS
    )
)


@dataclass(frozen=True, slots=True)
class MacAddress(Format):
    """Read with colons, hyphens or dots, in either case; written with colons and in lower case."""

    annotations = ("MacAddress",)

    @classmethod
    def validators(cls) -> Mapping[str, Self]:
        return {"pydantic_extra_types.mac_address:MacAddress._validate": cls()}

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:  # noqa: ARG003 - it has no limits
        written = {"pattern": "^[0-9a-f:]*$"} if view.emits else {}
        return {**cls().document(), **written}

    @classmethod
    def named(cls) -> Mapping[str, Self]:
        return {"mac-address": cls()}

    def document(self) -> JsonSchema:
        return {"type": "string", "format": "mac-address"}

    @classmethod
    def has_length_of_text(cls, *, emits: bool) -> bool:
        """What is read may become longer: ``0000.5e00.5301`` has fewer separators."""
        return emits

    def standard(self) -> JsonSchema:
        return {"pattern": f"^(?:{SYNTAX.pattern})$"}

    def label(self) -> str:
        return "macAddress"

    def predicate(self) -> Predicate:
        return Predicate("isMacAddress", "Invalid MAC address")

    def fits(self, text: str) -> bool:
        return SYNTAX.fullmatch(text) is not None

    def edges(self) -> Iterator[str]:
        yield from ("00:00:5e:00:53:01", "ff:ff:ff:ff:ff:ff", "02:00:5e:10:00:00:00:01")
        yield ":".join(["0a"] * 20)
        yield from ("00-00-5E-00-53-01", "0000.5e00.5301")

    def invalid(self) -> Iterable[Near]:
        return (
            ("00:00:5e:00:53", "five bytes"),
            ("00:00:5e:00:53:01:02", "seven bytes"),
            ("00:00:5e:00:53:0g", "a digit that is none"),
            ("00:00:5e:00:53:1", "a single digit"),
            ("00:00:5e-00-53-01", "two separators"),
            ("00005e005301", "no separator"),
            ("0000:5e00:5301", "a colon between two bytes"),
        )

    def draw(self, draw: Draw) -> str:
        return ":".join(f"{draw.integer(0, 255):02x}" for _ in range(draw.choice(_COUNTS)))
