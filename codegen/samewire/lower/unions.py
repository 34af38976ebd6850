"""Unions: distinct members, null separate; and checked types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from samewire import ir

T = TypeVar("T")


def union(members: Iterable[ir.Type], tag: str | None = None) -> ir.Type:
    """
    The type of the values of all members: a :class:`~samewire.ir.Union` where that takes one.

    Nested unions are flattened unless they have a tag of their own, literals collected, null and the null of nullable members
    taken out, and members that have no value or that are there already left out. With a member that every value
    belongs to, that member is all there is to say.
    """
    collected = _Members()
    for member in members:
        collected.add(member)
    if collected.anything is not None:
        return collected.anything
    types = tuple(collected.types())
    if not types:
        return ir.Null() if collected.nullable else ir.Never()
    result = types[0] if len(types) == 1 else ir.Union(types, tag)
    return ir.Nullable(result) if collected.nullable else result


def identity(type_: object) -> str:
    """Equal for equal types and checks. ``==`` is not enough, since to Python ``True`` is ``1``."""
    return repr(type_)


def distinct(several: Iterable[T]) -> list[T]:
    """Types or checks without duplicates."""
    return list({identity(one): one for one in several}.values())


def checked(type_: ir.Type, checks: Sequence[ir.Check]) -> ir.Type:
    """The values of a type that satisfy all of the checks."""
    kept = [check for check in distinct(checks) if check != ir.AllOf(ir.Unknown())]
    if isinstance(type_, ir.Never) or not kept:
        return type_
    if isinstance(type_, ir.Checked):
        return checked(type_.type, (*type_.checks, *kept))
    return ir.Checked(type_, tuple(kept))


class _Members:
    def __init__(self) -> None:
        self.anything: ir.Type | None = None
        self.nullable = False
        self.others: dict[str, ir.Type] = {}
        self.literals: dict[tuple[bool, ir.Scalar], None] = {}

    def add(self, member: ir.Type) -> None:
        match member:
            case ir.Unknown():
                self.anything = member
            case ir.JsonValue():
                self.anything = self.anything or member
            case ir.Never():
                pass
            case ir.Null():
                self.nullable = True
            case ir.Nullable(inner):
                self.nullable = True
                self.add(inner)
            case ir.Union(inners, None):
                for inner in inners:
                    self.add(inner)
            case ir.Literal(values):
                # All literals stand in the place of the first.
                self.others.setdefault("literal", member)
                self.literals.update(((isinstance(value, bool), value), None) for value in values)
            case _:
                self.others.setdefault(identity(member), member)

    def types(self) -> Iterable[ir.Type]:
        for type_ in self.others.values():
            if isinstance(type_, ir.Literal):
                yield ir.Literal(tuple(value for _, value in self.literals))
            else:
                yield type_
