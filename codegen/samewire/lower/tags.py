"""
Tags: the key that distinguishes the members of a union.

A tag changes nothing about which values a union has: every member is an object that requires the key, with literals that no
other member has, so a value can only ever belong to the member that its tag names. It makes parsing direct, and errors say
what is wrong with that one member. So a discriminator that does not keep this promise is passed over, and a union
without one that keeps it gets the tag all the same.

A member may be a union with another tag: the calls of several tools are one type of event, told apart by the tool's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from samewire import ir
from samewire.lower.unions import union

PREFERRED: Final = ("type", "kind", "role", "status")

Tag: TypeAlias = "tuple[bool, ir.Scalar]"
"""A value of a tag, with whether it is a boolean, since to Python ``True`` is ``1``."""


def with_tags(types: Mapping[str, ir.Type]) -> dict[str, ir.Type]:
    """
    The definitions, every union with the tag that it has.

    ``types`` come in an order in which a union comes after those that it has as members.
    """
    tags = Tags(dict(types))
    for name, type_ in types.items():
        tags.types[name] = tags.type_of(type_)
    return tags.types


def literals(type_: ir.Type) -> tuple[ir.Scalar, ...] | None:
    """The values of a type that is an enumeration of them."""
    match type_:
        case ir.Literal(values):
            return values
        case ir.EnumType(members):
            return tuple(member.value for member in members)
        case _:
            return None


class Tags:
    """What the members of unions can be told apart by, given ``types``, the definitions by name."""

    def __init__(self, types: dict[str, ir.Type]) -> None:
        self.types = types
        self.known: dict[tuple[str, str], frozenset[Tag] | None] = {}
        self.known_keys: dict[str, list[str]] = {}

    def type_of(self, type_: ir.Type) -> ir.Type:
        match type_:
            case ir.Union(members, tag):
                return self._union([self.type_of(member) for member in members], tag)
            case ir.Nullable(inner):
                return union([self.type_of(inner), ir.Null()])
            case ir.Array(items):
                return replace(type_, items=self.type_of(items))
            case ir.Tuple(prefix, rest):
                inner_rest = None if rest is None else self.type_of(rest)
                return replace(type_, prefix=tuple(map(self.type_of, prefix)), rest=inner_rest)
            case ir.Record(_, value):
                return replace(type_, value=self.type_of(value))
            case ir.Object(properties, extra):
                kept = ir.Keep(self.type_of(extra.value)) if isinstance(extra, ir.Keep) else extra
                typed = tuple(map(self._property, properties))
                return replace(type_, properties=typed, extra=kept)
            case ir.Checked(inner, checks):
                return ir.Checked(self.type_of(inner), tuple(map(self._check, checks)))
            case _:
                return type_

    def _property(self, one: ir.Property) -> ir.Property:
        type_ = self.type_of(one.type)
        return one if type_ is one.type else replace(one, type=type_)

    def _check(self, check: ir.Check) -> ir.Check:
        match check:
            case ir.OneOf(members):
                return ir.OneOf(tuple(map(self.type_of, members)))
            case _:
                return check

    def _union(self, members: list[ir.Type], declared: str | None) -> ir.Type:
        flat, nested = tuple(_without_nesting(members)), tuple(members)
        for those in (flat, nested) if flat != nested else (flat,):
            candidates = self._candidates(those)
            for tag in candidates if declared is None else [declared, *candidates]:
                if self._tells_apart(tag, those):
                    return ir.Union(those, tag)
        return union(members)

    def _candidates(self, members: Iterable[ir.Type]) -> list[str]:
        common: set[str] | None = None
        for member in members:
            keys = set(self._keys(member))
            common = keys if common is None else common & keys
        preferred = [key for key in PREFERRED if common and key in common]
        return preferred + sorted((common or set()).difference(preferred))

    def _keys(self, member: ir.Type) -> list[str]:
        """What every object of a type requires, if it has objects only."""
        match member:
            case ir.Ref(name):
                if name not in self.known_keys:
                    self.known_keys[name] = self._keys(self._followed(member))
                return self.known_keys[name]
            case ir.Object(properties, names=names) | ir.Checked(
                ir.Object(properties, names=names)
            ):
                other = {one.path[0] for one in names}
                return [each.key for each in properties if each.required and each.key not in other]
            case ir.Union(members, str(tag)):
                first, *rest = (self._keys(each) for each in members)
                return [tag, *(key for key in first if all(key in keys for keys in rest))]
            case _:
                return []

    def _followed(self, type_: ir.Type) -> ir.Type:
        while isinstance(type_, ir.Ref):
            type_ = self.types[type_.name]
        return type_

    def _tells_apart(self, tag: str, members: Iterable[ir.Type]) -> bool:
        seen: set[Tag] = set()
        for member in members:
            values = self.values(member, tag)
            if values is None or not seen.isdisjoint(values):
                return False
            seen |= values
        return True

    def values(self, member: ir.Type, tag: str) -> frozenset[Tag] | None:
        """The values that a member of a union has for its tag; ``None`` if it can't have that tag."""
        if not isinstance(member, ir.Ref):
            return self._values(member, tag)
        if (member.name, tag) not in self.known:
            self.known[member.name, tag] = self._values(self._followed(member), tag)
        return self.known[member.name, tag]

    def _values(self, member: ir.Type, tag: str) -> frozenset[Tag] | None:
        match member:
            case ir.Union(members, str()):
                found = [self.values(each, tag) for each in members]
                each_has = [each for each in found if each is not None]
                return frozenset().union(*each_has) if len(each_has) == len(found) else None
            case ir.Object(properties) | ir.Checked(ir.Object(properties)) if tag in self._keys(
                member
            ):
                own = next(each for each in properties if each.key == tag)
                values = literals(self._followed(own.type))
                return (
                    None
                    if values is None
                    else frozenset((isinstance(value, bool), value) for value in values)
                )
            case _:
                return None


def _without_nesting(members: Iterable[ir.Type]) -> Iterator[ir.Type]:
    for member in members:
        if isinstance(member, ir.Union):
            yield from member.members
        else:
            yield member
