"""Excludes values from a type, and types that only a check can exclude."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from samewire import ir
from samewire.jsonschema.scope import LEFT_OUT, Scope
from samewire.lower.literals import exactly, literal_key, type_name
from samewire.lower.scope import Site
from samewire.lower.unions import checked, identity, union


@dataclass(frozen=True, slots=True)
class Excluded:
    """``values``, and ``others``: what belongs to one of these schemas, each with the types that it speaks about."""

    values: tuple[Any, ...]
    others: tuple[tuple[tuple[str, ...], Site], ...]
    derived: tuple[Site, ...]

    def admits(self, value: Any) -> bool:
        """Whether a value is not one of those left out by value; the schemas are not looked at."""
        return literal_key(value) not in map(literal_key, self.values)

    def checks(self, scope: Scope) -> Iterator[ir.Check]:
        """The checks for values that are known."""
        for _, site in self.others:
            yield ir.Not(scope.type_of(site))

    def of_type(self, name: str, type_: ir.Type, scope: Scope) -> ir.Type:
        """What is left of the type of that name."""
        names = ("integer", "number") if name in ("integer", "number") else (name,)
        values = [value for value in self.values if type_name(value) in names]
        if name == "null" and values:
            return ir.Never()
        if name == "boolean" and values:
            left = tuple(value for value in (True, False) if value not in values)
            return ir.Literal(left) if left else ir.Never()
        checks = [ir.Not(union(map(exactly, values)))] if values else []
        for types, site in self.others:
            if name in types or (name == "integer" and "number" in types):
                type_left_out = scope.type_of(Site({"type": name}, site.pointer), site)
                if identity(type_left_out) == identity(type_):
                    return ir.Never()
                if not isinstance(type_left_out, ir.Never):
                    checks.append(ir.Not(type_left_out))
        return checked(type_, checks)


def excluded(sites: Sequence[Site]) -> Excluded:
    values: list[Any] = []
    others: list[tuple[tuple[str, ...], Site]] = []
    kept = [site for site in sites if site.has(LEFT_OUT)]
    for site in kept:
        left_out: Site = site.schema[LEFT_OUT]
        match left_out.schema:
            case {"const": value, **more} if not more:
                values.append(value)
            case {"enum": [*several], **more} if several and not more:
                values += several
            case _:
                others.append((_types(site), left_out))
    return Excluded(tuple(values), tuple(others), tuple(kept))


def _types(site: Site) -> tuple[str, ...]:
    name = site.schema.get("type", ("null", "boolean", "number", "string", "array", "object"))
    return (name,) if isinstance(name, str) else tuple(name)
