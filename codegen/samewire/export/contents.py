"""What stands inside of definitions: each body is looked through once, for as long as it is the same object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from samewire.export import walk
from samewire.export.refusals import Refusal, refusals_in
from samewire.scalars.view import JsonSchema


class _Content(NamedTuple):
    body: JsonSchema
    refs: tuple[str, ...]
    refusals: tuple[Refusal, ...]


class Contents:
    """Steps of the export that change a few bodies ask again for all of them, and hand the others on as they are."""

    def __init__(self) -> None:
        self._known: dict[int, _Content] = {}

    def refs(self, bodies: Mapping[str, JsonSchema]) -> dict[str, tuple[str, ...]]:
        """The definition keys that each body refers to, in order, repeats included."""
        return {key: self._of(body).refs for key, body in bodies.items()}

    def refusals(self, bodies: Mapping[str, JsonSchema]) -> dict[str, tuple[Refusal, ...]]:
        return {key: self._of(body).refusals for key, body in bodies.items()}

    def _of(self, body: JsonSchema) -> _Content:
        known = self._known.get(id(body))
        if known is None:
            found = _Content(body, tuple(walk.refs(body)), tuple(refusals_in(body)))
            known = self._known[id(body)] = found
        return known
