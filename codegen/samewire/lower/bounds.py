"""
Bounds of formats, in the format's own text (``formatMinimum``, as ajv-formats has it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from samewire.lower.scope import Scope, Site
from samewire.scalars.base import Ordered
from samewire.scalars.bounds import ORDERED, Bounds
from samewire.schema.pointers import Pointer


@dataclass(frozen=True, slots=True)
class _Bound:
    text: str
    kind: str
    place: Any
    exclusive: bool
    lower: bool
    pointer: Pointer

    def is_stricter_than(self, other: _Bound) -> bool:
        if self.place == other.place:
            return self.exclusive and not other.exclusive
        return bool(self.place > other.place) == self.lower


def bounds_of(name: str, format_: type[Ordered], sites: Sequence[Site], scope: Scope) -> Bounds:
    """The strictest bounds of all schemas; where two can't be compared, an error."""
    found = [
        bound
        for site in sites
        for key in ORDERED
        if (bound := _read(site, key, name, format_, scope))
    ]
    low = _strictest([each for each in found if each.lower], scope)
    high = _strictest([each for each in found if not each.lower], scope)
    return Bounds(
        ge=low.text if low and not low.exclusive else None,
        gt=low.text if low and low.exclusive else None,
        le=high.text if high and not high.exclusive else None,
        lt=high.text if high and high.exclusive else None,
    )


def _read(
    site: Site, keyword: str, name: str, format_: type[Ordered], scope: Scope
) -> _Bound | None:
    text = scope.text(site, keyword)
    if text is None:
        return None
    place = format_.place(text)
    if place is None:
        scope.invalid(site, keyword, f"the text of a {name}")
        return None
    return _Bound(text, *place, "Exclusive" in keyword, "Minimum" in keyword, site.at(keyword))


def _strictest(bounds: Sequence[_Bound], scope: Scope) -> _Bound | None:
    """Of bounds on the same side."""
    best: _Bound | None = None
    for bound in bounds:
        if best is not None and bound.kind != best.kind:
            message = f"{bound.text} and {best.text} can't be compared"
            scope.refuse("no-exact-form", bound.pointer, message, "keep one of the two bounds")
        elif best is None or bound.is_stricter_than(best):
            best = bound
    return best
