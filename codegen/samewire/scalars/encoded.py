"""Base64 with padding: RFC 4648, section 4, or with the alphabet for URLs, section 5."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Self

from samewire.scalars.base import Draw, Format, Near
from samewire.scalars.checks import Builtin, Predicate
from samewire.scalars.view import CoreSchema, JsonSchema, View

_EXAMPLES: Final = (b"", b"a", b"ab", b"abc", b">>>???~~~", b"\x00" * 16, b"\xfb\xff\xfe")
_INVALID: Final = (
    ("YQ=", "padding cut short"),
    ("Y", "a character alone"),
    ("YW*=", "another alphabet"),
)


@dataclass(frozen=True, slots=True)
class Base64(Format):
    for_urls: bool = False

    annotations = ("Base64Bytes", "Base64Str", "Base64UrlBytes", "Base64UrlStr")

    # --- The document -------------------------------------------------------------------------------------------------

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> None:
        """As Pydantic's generator describes it."""

    @classmethod
    def named(cls) -> Mapping[str, Self]:
        return {"base64": cls(), "base64url": cls(for_urls=True)}

    def document(self) -> JsonSchema:
        return {"type": "string", "format": "base64url" if self.for_urls else "base64"}

    # --- TypeScript ---------------------------------------------------------------------------------------------------

    def label(self) -> str:
        return "base64Url" if self.for_urls else "base64"

    def predicate(self) -> Predicate:
        if self.for_urls:
            return Predicate("isBase64Url", "Invalid base64url-encoded string")
        return Predicate("isBase64", "Invalid base64-encoded string")

    def zod(self) -> Builtin | None:
        return None if self.for_urls else Builtin("base64")

    # --- Values -------------------------------------------------------------------------------------------------------

    def fits(self, text: str) -> bool:
        try:
            value = base64.b64decode(text, altchars=self._last, validate=True)
            return base64.b64encode(value, self._last).decode() == text
        except (binascii.Error, ValueError):
            return False

    @property
    def _last(self) -> bytes:
        """The last two characters of the alphabet."""
        return b"-_" if self.for_urls else b"+/"

    def edges(self) -> Iterator[str]:
        yield from (base64.b64encode(each, self._last).decode() for each in _EXAMPLES)

    def invalid(self) -> Iterable[Near]:
        other = (
            ("+/8=", "the plain alphabet") if self.for_urls else ("_-8=", "the alphabet for URLs")
        )
        return (*_INVALID, other)

    def draw(self, draw: Draw) -> str:
        return base64.b64encode(draw.binary(12), self._last).decode()
