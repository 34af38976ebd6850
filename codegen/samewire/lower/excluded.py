"""Single values that a schema leaves out of a type, and the integers left out of the numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from samewire import ir
from samewire.lower.conjunction import excludes
from samewire.lower.literals import literal_key, type_name
from samewire.lower.scope import Scope, Site
from samewire.lower.unions import union

_SYNTAX: Final = re.compile(r"[\^$\\.*+?()\[\]{}|/]")


@dataclass(frozen=True, slots=True)
class Excluded:
    """``integers``: none of them is left."""

    sites: tuple[Site, ...]
    values: tuple[Any, ...]
    integers: bool

    def admits(self, value: Any) -> bool:
        if self.integers and type_name(value) == "integer":
            return False
        return literal_key(value) not in map(literal_key, self.values)

    def of_type(
        self, name: str, lower: Callable[[str, Sequence[Site]], ir.Type], scope: Scope
    ) -> ir.Type:
        """The values of one type that are left, with what lowers the type together with more schemas."""
        names = ("integer", "number") if name in ("integer", "number") else (name,)
        values = [value for value in self.values if type_name(value) in names]
        if self.integers and name == "integer":
            return ir.Never()
        if self.integers and name == "number":
            return self._refuse("numbers that are no integers", scope)
        if not values:
            return lower(name, ())
        pointer = self.sites[0].pointer
        match name:
            case "null":
                return ir.Never()
            case "boolean":
                left = tuple(value for value in (True, False) if value not in values)
                return ir.Literal(left) if left else ir.Never()
            case "string":
                texts = "|".join(_SYNTAX.sub(r"\\\g<0>", value) for value in values)
                return lower(name, [Site({"pattern": rf"^(?!(?:{texts})(?![\s\S]))"}, pointer)])
            case "integer" | "number":
                return union(
                    lower(name, [Site(limits, pointer)]) for limits in _between(sorted(values))
                )
            case _:
                return self._refuse(f"an {name} that is not a certain one", scope)

    def _refuse(self, what: str, scope: Scope) -> ir.Type:
        hint = "describe the values that are allowed"
        message = f"not has no exact form that leaves {what}"
        scope.refuse("unsupported-keyword", self.sites[0].pointer, message, hint)
        return ir.Never()


def excluded(sites: Sequence[Site]) -> Excluded:
    kept = tuple(filter(excludes, sites))
    values = tuple(value for site in kept for value in site.schema["not"].get("enum", ()))
    return Excluded(kept, values, any("type" in site.schema["not"] for site in kept))


def _between(values: Sequence[float]) -> list[dict[str, float]]:
    """The open intervals that single numbers leave."""
    edges: list[float | None] = [None, *values, None]
    intervals: list[dict[str, float]] = []
    for low, high in pairwise(edges):
        limits: dict[str, float] = {}
        if low is not None:
            limits["exclusiveMinimum"] = low
        if high is not None:
            limits["exclusiveMaximum"] = high
        intervals.append(limits)
    return intervals
