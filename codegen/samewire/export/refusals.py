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
    """Why a place has no exact form: like a diagnostic that does not know yet where it is."""

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

    def find(
        self, schema: object, path: tuple[str, ...] = ()
    ) -> Iterator[tuple[tuple[str, ...], Refusal]]:
        """Every marker inside ``schema`` with the property names that lead to it."""
        if isinstance(schema, dict):
            if MARKER in schema:
                yield path, self.known[schema[MARKER]]
            for key, value in schema.items():
                if key == "properties" and isinstance(value, dict):
                    for name, inner in value.items():
                        yield from self.find(inner, (*path, name))
                elif key not in ("default", "examples", "enum", "const"):
                    yield from self.find(value, path)
        elif isinstance(schema, list):
            for value in schema:
                yield from self.find(value, path)
