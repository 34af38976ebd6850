"""
Places that cannot be expressed.

While a schema is generated, a refused place becomes a marker in the JSON, so that one model's trouble does not stop the
others; afterwards the markers are found again, with the path that leads to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MARKER = "x-samewire-refused"


@dataclass(frozen=True, slots=True)
class Refusal:
    """
    Why a place has no exact form. ``where`` is the innermost class and its field, ``module:Class.field``, by their Python names.
    """

    where: str
    code: str
    message: str
    hint: str


@dataclass(slots=True)
class Refusals:
    """All refusals of one export; a marker holds an index into it."""

    known: list[Refusal] = field(default_factory=list)

    def mark(self, refusal: Refusal) -> dict[str, Any]:
        if refusal not in self.known:
            self.known.append(refusal)
        return {MARKER: self.known.index(refusal)}

    def find(self, schema: object) -> Iterator[Refusal]:
        """Every refusal whose marker is inside ``schema``."""
        if isinstance(schema, dict):
            if MARKER in schema:
                yield self.known[schema[MARKER]]
            for key, value in schema.items():
                if key not in ("default", "examples", "enum", "const"):
                    yield from self.find(value)
        elif isinstance(schema, list):
            for value in schema:
                yield from self.find(value)
