"""Text whose case Pydantic changes after it has counted its characters: ``ß`` is one, and ``SS`` are two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Self

from samewire.scalars.base import Draw, Format, Near
from samewire.scalars.checks import Limit, Predicate
from samewire.scalars.keywords import Keywords, count
from samewire.scalars.view import CoreSchema, JsonSchema, View

_LAST: Final = 0xFFFF
_EXPANDED: Final = {
    change: sorted({text for code in range(_LAST) if len(text := change(chr(code))) > 1}, key=len)
    for change in (str.lower, str.upper)
}
MAX_LENGTH: Final = count("x-samewire-max-length-before")


@dataclass(frozen=True, slots=True)
class Cased(Format):
    """``max_length`` is that of the shortest text of another case that becomes this one."""

    upper: bool = False
    max_length: int | None = None

    annotations = ("to_upper", "to_lower")
    keywords = (MAX_LENGTH,)

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> None:
        """A string has it in its document."""

    @classmethod
    def named(cls) -> Mapping[str, Self]:
        return {"lower-case": cls(), "upper-case": cls(upper=True)}

    def limited(self, keywords: Keywords) -> Self:
        return type(self)(self.upper, keywords.least(MAX_LENGTH))

    def document(self) -> JsonSchema:
        limit = {} if self.max_length is None else {MAX_LENGTH.name: self.max_length}
        return {"type": "string", "format": f"{'upper' if self.upper else 'lower'}-case", **limit}

    def label(self) -> str:
        return "upperCase" if self.upper else "lowerCase"

    def predicate(self) -> Predicate:
        return Predicate("isOfCase", f"Invalid {self.label()[:5]} case", (self.upper,))

    def limits(self) -> tuple[Limit, ...]:
        if self.max_length is None:
            return ()
        message = f"Too big: expected string to have <={self.max_length} characters before its case was changed"
        return (Predicate("hasMaxCharactersBefore", message, (self.upper, self.max_length)),)

    def fits(self, text: str) -> bool:
        change = str.upper if self.upper else str.lower
        shortest = re.sub("|".join(reversed(_EXPANDED[change])), "x", text)
        return change(text) == text and (
            self.max_length is None or len(shortest) <= self.max_length
        )

    def edges(self) -> Iterator[str]:
        change = str.upper if self.upper else str.lower
        most = 3 if self.max_length is None else self.max_length
        for text in ("a", "", "a" * most, "1 é", "ß" * most, "İ" * most):
            if self.fits(change(text)):
                yield change(text)

    def invalid(self) -> Iterable[Near]:
        return (("a", "lower case"),) if self.upper else (("A", "upper case"),)

    def near(self, text: str) -> Iterator[Near]:
        if self.max_length is not None:
            yield ("A" if self.upper else "a") * (self.max_length + 1), "a character too long"
        yield text.swapcase(), "the other case"

    def draw(self, draw: Draw) -> str:
        letters = "ABCXYZ19 " if self.upper else "abcxyz19 "
        return draw.text(letters, 0, 8 if self.max_length is None else self.max_length)
