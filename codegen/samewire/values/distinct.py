"""Many different values of one type, for sets and for keys."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from samewire import ir
from samewire.values import numbers
from samewire.values.equality import key_of
from samewire.values.errors import NoValueError
from samewire.values.shapes import Shapes
from samewire.values.texts import strings


def distinct(shapes: Shapes, type_: ir.Type, wanted: int, where: str) -> list[ir.Json]:
    """
    So many values, no two equal.

    Raises:
        NoValueError: fewer were found.

    """
    found: dict[str, ir.Json] = {}
    for value in _many(shapes, type_, wanted, where):
        found.setdefault(key_of(value), value)
        if len(found) == wanted:
            return list(found.values())
    raise NoValueError(
        where, f"{wanted} different values are needed, and only {len(found)} were found"
    )


def _many(shapes: Shapes, type_: ir.Type, wanted: int, where: str) -> Iterator[ir.Json]:
    from samewire.values.edges import Edges  # noqa: PLC0415 - each needs the other

    yield from Edges(shapes).of(type_, where)
    target = shapes.resolve(type_)
    match target:
        case ir.Integer():
            low, high = numbers.integer_range(target)
            start, step = (low, 1) if low is not None else (high or 0, -1)
            reach = (
                start + step * index * (target.multiple_of or 1) for index in range(wanted + 20)
            )
            yield from (value for value in reach if numbers.holds_integer(target, value))
        case ir.String(format=None):
            for index in range(wanted * 2):
                text = str(index).rjust(strings.limits(target)[0], "0")
                if strings.fits(target, text):
                    yield text
        case ir.Union(members):
            for member in members:
                yield from _many(shapes, member, wanted, where)
        case ir.Unknown() | ir.JsonValue() | ir.Number():
            for index in count():
                if index > wanted + 20:
                    return
                if not isinstance(target, ir.Number) or numbers.holds_number(target, index):
                    yield index
        case _:
            return
