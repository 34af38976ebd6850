"""Numbers of bytes, with a unit or without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Self

import pydantic

from samewire.scalars.base import Draw, Near, Ordered, Place
from samewire.scalars.bounds import NO_BOUNDS, Bounds
from samewire.scalars.checks import Limit, Predicate
from samewire.scalars.keywords import Keyword, Keywords
from samewire.scalars.view import CoreSchema, JsonSchema, View

_EDGES: Final = (
    "1KB",
    "0",
    "1",
    "1024",
    "1.5 MiB",
    ".5 kb",
    "3 bit",
    " 7 k ",
    "1_000",
    "2 EiB",
    "10 b and more",
)
_INVALID: Final = (
    ("", "nothing"),
    ("KB", "no number"),
    ("-1", "less than nothing"),
    ("1 XB", "an unknown unit"),
    ("1e3", "an exponent"),
)


def _step(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


MULTIPLE_OF: Final = Keyword("x-samewire-multiple-of-bytes", "a number of bytes above 0", _step)


@dataclass(frozen=True, slots=True)
class ByteSize(Ordered):
    """
    Written as an integer. Read from one, or from text as Pydantic reads it: what comes after a number and its unit is ignored.
    """

    bounds: Bounds = NO_BOUNDS
    multiple_of: int | None = None

    annotations = ("ByteSize",)
    keywords = (MULTIPLE_OF,)

    # --- The document -------------------------------------------------------------------------------------------------

    @classmethod
    def validators(cls) -> Mapping[str, Self]:
        return {"pydantic.types:ByteSize._validate": cls()}

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:  # noqa: ARG003 - its limits are around it
        number = {"type": "integer", "minimum": 0}
        return number if view.emits else {"anyOf": [cls().document(), number]}

    @classmethod
    def named(cls) -> Mapping[str, Self]:
        return {"byte-size": cls()}

    def limited(self, keywords: Keywords) -> Self:
        return type(self)(keywords.bounds(), keywords.one(MULTIPLE_OF))

    def document(self) -> JsonSchema:
        step = {} if self.multiple_of is None else {MULTIPLE_OF.name: self.multiple_of}
        return {"type": "string", "format": "byte-size", **step, **self.bounds.document()}

    def standard(self) -> JsonSchema:
        return {"pattern": r"^\s*[+]?(?:\d[\d_]*|\d*\.\d+|\d+\.\d*)"}

    @classmethod
    def place(cls, text: str) -> Place | None:
        try:
            return "byte-size", float(text)
        except ValueError:
            return None

    @classmethod
    def bound(cls, value: object) -> str | None:
        number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
        return str(value) if number else None

    # --- TypeScript ---------------------------------------------------------------------------------------------------

    def label(self) -> str:
        return "byteSize"

    def predicate(self) -> Predicate:
        return Predicate("isByteSize", "Invalid number of bytes")

    def comparison(self) -> str:
        return "compareByteSizes"

    def limits(self) -> tuple[Limit, ...]:
        step = self.multiple_of
        if step is None:
            return ()
        message = f"Invalid number of bytes: must be a multiple of {step}"
        return (Predicate("isByteSizeMultipleOf", message, (step,)),)

    # --- Values -------------------------------------------------------------------------------------------------------

    def fits(self, text: str) -> bool:
        try:
            size = int(pydantic.ByteSize._validate(text, None)) if text.isascii() else -1  # type: ignore[arg-type]  # noqa: SLF001  # the reader itself, which looks at no context
        except (ValueError, OverflowError):
            return False
        within = self.bounds.admit(lambda bound: (size > float(bound)) - (size < float(bound)))
        return size >= 0 and within and (self.multiple_of is None or size % self.multiple_of == 0)

    def edges(self) -> Iterator[str]:
        texts = [
            text for bound in self.bounds.texts for text in (bound, str(int(float(bound)) + 1))
        ]
        steps = (
            [] if self.multiple_of is None else [str(self.multiple_of), str(self.multiple_of * 7)]
        )
        yield from (text for text in dict.fromkeys((*texts, *steps, *_EDGES)) if self.fits(text))

    def invalid(self) -> Iterable[Near]:
        return _INVALID

    def near(self, text: str) -> Iterator[Near]:  # noqa: ARG002 - one step from the limits
        for bound in self.bounds.texts:
            yield str(int(float(bound)) - 1), "below a limit"
            yield str(int(float(bound)) + 1), "above a limit"
        if self.multiple_of is not None:
            yield str(self.multiple_of + 1), "no multiple"

    def draw(self, draw: Draw) -> str:
        return f"{draw.integer(0, 2000)}{draw.choice(('', 'b', ' KB', 'kib', ' MiB'))}"

    def inputs(self) -> tuple[Any, ...]:
        return (0, 1, 1024, "1KB", "1.5 MiB", 2**40)
