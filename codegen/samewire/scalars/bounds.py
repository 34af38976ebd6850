"""Bounds of an ordered scalar, in its own text form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from samewire.scalars.view import CoreSchema, JsonSchema

KEYWORDS: Final = {
    "ge": "formatMinimum",
    "gt": "formatExclusiveMinimum",
    "le": "formatMaximum",
    "lt": "formatExclusiveMaximum",
}
"""The document keywords of the bounds, as ajv-formats names them, by Pydantic's names."""

ORDERED: Final = tuple(KEYWORDS.values())

NUMERIC: Final = {
    "ge": "minimum",
    "gt": "exclusiveMinimum",
    "le": "maximum",
    "lt": "exclusiveMaximum",
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """
    Limits on an ordered string format, each in the format's own text form (``2024-01-02``, ``PT1H``, ``9.99``).

    In the intermediate representation at most one of ``ge``/``gt`` and one of ``le``/``lt`` is set.
    """

    ge: str | None = None
    gt: str | None = None
    le: str | None = None
    lt: str | None = None

    @classmethod
    def of_core(cls, core: CoreSchema, text: Callable[[Any], str]) -> Bounds:
        """The bounds of a core schema; ``text`` writes a value as Pydantic does."""
        return cls(**{key: text(core[key]) for key in KEYWORDS if core.get(key) is not None})

    def document(self) -> JsonSchema:
        limits = {"ge": self.ge, "gt": self.gt, "le": self.le, "lt": self.lt}
        return {KEYWORDS[key]: text for key, text in limits.items() if text is not None}

    def admit(self, compare: Callable[[str], int]) -> bool:
        """Whether a value is within the bounds. ``compare(bound)`` is negative where it is less, 0 where equal, else positive."""
        return (
            (self.ge is None or compare(self.ge) >= 0)
            and (self.gt is None or compare(self.gt) > 0)
            and (self.le is None or compare(self.le) <= 0)
            and (self.lt is None or compare(self.lt) < 0)
        )

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(text for text in (self.ge, self.gt, self.le, self.lt) if text is not None)

    @property
    def low(self) -> str | None:
        return self.ge or self.gt

    @property
    def high(self) -> str | None:
        return self.le or self.lt


NO_BOUNDS: Final = Bounds()
