"""
Walking over types.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from samewire import ir


def children(type_: ir.Type) -> tuple[ir.Type, ...]:
    """The types directly inside a type, in order; references are not followed."""
    match type_:
        case ir.Array(items=inner) | ir.Nullable(inner):
            return (inner,)
        case ir.Tuple(prefix, rest):
            return prefix if rest is None else (*prefix, rest)
        case ir.Record(key, value):
            return (key, value)
        case ir.Object(properties, extra):
            types = tuple(each.type for each in properties)
            return (*types, extra.value) if isinstance(extra, ir.Keep) else types
        case ir.Union(members):
            return members
        case (
            ir.Unknown()
            | ir.JsonValue()
            | ir.Never()
            | ir.Null()
            | ir.Boolean()
            | ir.Literal()
            | ir.Integer()
            | ir.Number()
            | ir.String()
            | ir.EnumType()
            | ir.Ref()
        ):
            return ()
        case _:
            assert_never(type_)


def inside(type_: ir.Type) -> Iterator[ir.Type]:
    """The type itself and all types in it, at any depth; references are not followed."""
    yield type_
    for child in children(type_):
        yield from inside(child)
