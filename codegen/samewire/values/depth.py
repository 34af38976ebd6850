"""How deep the smallest value of a type is, and so which types have values at all."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias, assert_never

from samewire import ir

Definitions: TypeAlias = Mapping[str, ir.Definition]

REMEMBERED: Final = 4


def add_depths(
    depths: dict[str, float], new: Iterable[str], depth_of: Callable[[str], float]
) -> None:
    """Adds the depths of new definitions, which may refer to each other: infinite where a value would have no end."""
    names = list(new)
    depths.update(dict.fromkeys(names, math.inf))
    changed = bool(names)
    while changed:
        changed = False
        for name in names:
            depth = depth_of(name)
            if depth < depths[name]:
                depths[name] = depth
                changed = True


class Types:
    """
    The types of one document, which must not change. Their ``depth`` is how many objects and arrays the smallest value has inside
    one another.
    """

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self._depths: dict[str, float] = {}
        add_depths(self._depths, definitions, lambda name: self.depth(definitions[name].type))

    def resolve(self, type_: ir.Type) -> ir.Type:
        while isinstance(type_, ir.Ref):
            type_ = self.definitions[type_.name].type
        return type_

    def possible(self, type_: ir.Type) -> bool:
        return self.depth(type_) < math.inf

    def depth(self, type_: ir.Type) -> float:
        """Infinite for a type without values."""
        match type_:
            case ir.Ref(name):
                return self._depths[name]
            case ir.Never():
                return math.inf
            case ir.Union(members):
                return min(map(self.depth, members))
            case ir.Checked(inner):
                return self.depth(inner)
            case ir.Array(items, min_items):
                return 1 + (self.depth(items) if min_items else 0)
            case ir.Tuple(prefix, rest, min_items, max_items):
                needed = list(prefix[:min_items])
                if min_items > len(prefix):
                    needed.append(rest or ir.Never())
                if max_items is not None and max_items < min_items:
                    return math.inf
                return 1 + max(map(self.depth, needed), default=0)
            case ir.Record(key, value, min_properties):
                return 1 + (max(self.depth(key), self.depth(value)) if min_properties else 0)
            case ir.Object(properties):
                needed = [each.type for each in properties if each.required]
                return 1 + max(map(self.depth, needed), default=0)
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
                | ir.Unlisted()
                | ir.EnumType()
            ):
                return 0
            case ir.UnlistedObject():
                return 1
            case _:
                assert_never(type_)


def element(prefix: tuple[ir.Type, ...], rest: ir.Type | None, index: int) -> ir.Type:
    """The type of a tuple's element."""
    if index < len(prefix):
        return prefix[index]
    return ir.Never() if rest is None else rest
