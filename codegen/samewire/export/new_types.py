"""The ``NewType`` that are brands, as they are met while a contract is exported."""

from __future__ import annotations

from samewire.export.naming import Candidate
from samewire.scalars.view import JsonSchema


class NewTypes:
    """
    ``chosen`` are those that are brands, by source: all with ``True``. ``bodies`` are the definitions by key of those that any
    place is declared as, and ``candidates`` what they may be called.
    """

    def __init__(self, chosen: bool | frozenset[str]) -> None:
        self.chosen = chosen
        self.bodies: dict[str, JsonSchema] = {}
        self.candidates: dict[str, Candidate] = {}
        self._aliases: set[str] = set()

    def has(self, source: str) -> bool:
        return self.chosen if isinstance(self.chosen, bool) else source in self.chosen

    def add(self, key: str, body: JsonSchema, named: Candidate) -> None:
        self.bodies[key] = body
        self.candidates[named.key] = named

    def enters(self, alias: str) -> bool:
        """Whether the definition of an alias is met for the first time."""
        if alias in self._aliases:
            return False
        self._aliases.add(alias)
        return True
