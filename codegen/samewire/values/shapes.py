"""
How deep values have to go: which types have any, and the smallest of each.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import islice
from typing import Final, TypeAlias, assert_never

from samewire import ir
from samewire.values import numbers
from samewire.values.errors import NoValueError
from samewire.values.texts import strings

Definitions: TypeAlias = Mapping[str, ir.Definition]

REMEMBERED: Final = 4


class Shapes:
    """The types of one document. ``height`` is how many objects and arrays the smallest value has inside one another."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self._heights: dict[str, float] = dict.fromkeys(definitions, math.inf)
        self._smallest: dict[str, ir.Json] = {}
        changed = True
        while changed:
            changed = False
            for name, definition in definitions.items():
                height = self.height(definition.type)
                if height < self._heights[name]:
                    self._heights[name] = height
                    changed = True

    def resolve(self, type_: ir.Type) -> ir.Type:
        while isinstance(type_, ir.Ref):
            type_ = self.definitions[type_.name].type
        return type_

    def height(self, type_: ir.Type) -> float:
        """Infinite for a type without values."""
        match type_:
            case ir.Ref(name):
                return self._heights[name]
            case ir.Never():
                return math.inf
            case ir.Union(members):
                return min(map(self.height, members))
            case ir.Checked(inner):
                return self.height(inner)
            case ir.Array(items, min_items):
                return 1 + (self.height(items) if min_items else 0)
            case ir.Tuple(prefix, rest, min_items, max_items):
                needed = list(prefix[:min_items])
                if min_items > len(prefix):
                    needed.append(rest or ir.Never())
                if max_items is not None and max_items < min_items:
                    return math.inf
                return 1 + max(map(self.height, needed), default=0)
            case ir.Record(key, value, min_properties):
                return 1 + (max(self.height(key), self.height(value)) if min_properties else 0)
            case ir.Object(properties):
                needed = [each.type for each in properties if each.required]
                return 1 + max(map(self.height, needed), default=0)
            case (
                ir.Unknown()
                | ir.JsonValue()
                | ir.Null()
                | ir.Boolean()
                | ir.Literal()
                | ir.Integer()
                | ir.Number()
                | ir.String()
                | ir.Nullable()
                | ir.EnumType()
            ):
                return 0
            case _:
                assert_never(type_)

    def possible(self, type_: ir.Type) -> bool:
        return self.height(type_) < math.inf

    def flattest(self, members: tuple[ir.Type, ...]) -> ir.Type:
        return min(members, key=self.height)

    def smallest(self, type_: ir.Type, where: str) -> ir.Json:
        """
        A value with nothing in it that could be left out. The type must have one; the value must not be changed.

        Raises:
            NoValueError: no text could be made.

        """
        match type_:
            case ir.Ref(name):
                if name not in self._smallest:
                    self._smallest[name] = self.smallest(self.definitions[name].type, name)
                return self._smallest[name]
            case ir.Unknown() | ir.JsonValue() | ir.Null() | ir.Nullable():
                return None
            case ir.Never():
                raise NoValueError(where, "there is no value of this type")
            case ir.Boolean():
                return False
            case ir.Literal(values):
                return values[0]
            case ir.EnumType(members):
                return members[0].value
            case ir.Integer():
                return first(list(islice(numbers.integer_edges(type_), 1)), where, type_)
            case ir.Number():
                return first(list(islice(numbers.number_edges(type_), 1)), where, type_)
            case ir.String():
                return next(strings.edges(type_, where))
            case ir.Union(members):
                return self.smallest(self.flattest(members), where)
            case ir.Array(items, min_items, _, unique):
                return self.items(items, min_items or 0, unique, f"{where}[]")
            case ir.Tuple(prefix, rest, min_items):
                return [
                    self.smallest(element(prefix, rest, index), f"{where}[{index}]")
                    for index in range(min_items)
                ]
            case ir.Record(key, value, min_properties):
                keys = self.items(key, min_properties or 0, True, f"{where} (key)")
                return {str(each): self.smallest(value, f"{where}[]") for each in keys}
            case ir.Object(properties):
                return {
                    each.key: self.smallest(each.type, f"{where}.{each.key}")
                    for each in properties
                    if each.required
                }
            case ir.Checked():
                from samewire.values.edges import Edges  # noqa: PLC0415 - each needs the other

                for found in Edges(self).of(type_, where):
                    return found
                raise NoValueError(where, f"no value was found in {type_}")
            case _:
                assert_never(type_)

    def items(self, type_: ir.Type, count: int, unique: bool, where: str) -> list[ir.Json]:
        if count == 0:
            return []
        if count == 1 or not unique:
            return [self.smallest(type_, where)] * count
        from samewire.values.distinct import distinct  # noqa: PLC0415 - each needs the other

        return distinct(self, type_, count, where)


def element(prefix: tuple[ir.Type, ...], rest: ir.Type | None, index: int) -> ir.Type:
    """The type of a tuple's element."""
    if index < len(prefix):
        return prefix[index]
    return ir.Never() if rest is None else rest


def first(found: list[float], where: str, type_: ir.Type) -> float:
    if not found:
        raise NoValueError(where, f"no number was found in {type_}")
    return found[0]


_KNOWN: list[Shapes] = []


def shapes_of(definitions: Definitions) -> Shapes:
    """What is known of these definitions, which must not change; remembered for the last documents asked about."""
    for known in _KNOWN:
        if known.definitions is definitions:
            return known
    found = Shapes(definitions)
    _KNOWN.append(found)
    del _KNOWN[:-REMEMBERED]
    return found
