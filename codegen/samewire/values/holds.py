"""Whether a JSON value is of a type, as generated validators see it."""

from __future__ import annotations

from typing import TypeGuard, assert_never

from samewire import ir
from samewire.values import numbers
from samewire.values.checks import passes
from samewire.values.equality import key_of
from samewire.values.shapes import Shapes, element
from samewire.values.texts import strings


def holds(type_: ir.Type, value: ir.Json, shapes: Shapes) -> bool:
    """
    Exact, but for URLs and e-mail addresses, of which only the shape is looked at, and patterns that take too long.
    """
    match type_:
        case ir.Ref(name):
            return holds(shapes.definitions[name].type, value, shapes)
        case ir.Unknown() | ir.JsonValue():
            return True
        case ir.Never():
            return False
        case ir.Null():
            return value is None
        case ir.Boolean():
            return isinstance(value, bool)
        case ir.Literal(values):
            return any(same_scalar(value, each) for each in values)
        case ir.EnumType(members):
            return any(same_scalar(value, each.value) for each in members)
        case ir.Integer():
            return is_number(value) and numbers.holds_integer(type_, value)
        case ir.Number():
            return is_number(value) and numbers.holds_number(type_, value)
        case ir.String():
            return isinstance(value, str) and strings.fits(type_, value)
        case ir.Nullable(inner):
            return value is None or holds(inner, value, shapes)
        case ir.Union(members):
            return any(holds(each, value, shapes) for each in members)
        case ir.Array():
            return isinstance(value, list) and _array(type_, value, shapes)
        case ir.Tuple():
            return isinstance(value, list) and _tuple(type_, value, shapes)
        case ir.Record():
            return isinstance(value, dict) and _record(type_, value, shapes)
        case ir.Object():
            return isinstance(value, dict) and _object(type_, value, shapes)
        case ir.Checked(inner, checks):
            return holds(inner, value, shapes) and all(
                passes(each, value, lambda type_, value: holds(type_, value, shapes))
                for each in checks
            )
        case _:
            assert_never(type_)


def is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def same_scalar(left: ir.Json, right: ir.Scalar) -> bool:
    return isinstance(left, bool) is isinstance(right, bool) and left == right


def _within(count: int, low: int | None, high: int | None) -> bool:
    return (low is None or count >= low) and (high is None or count <= high)


def _array(type_: ir.Array, value: list[ir.Json], shapes: Shapes) -> bool:
    return (
        _within(len(value), type_.min_items, type_.max_items)
        and all(holds(type_.items, each, shapes) for each in value)
        and (not type_.unique or len({key_of(each) for each in value}) == len(value))
    )


def _tuple(type_: ir.Tuple, value: list[ir.Json], shapes: Shapes) -> bool:
    return _within(len(value), type_.min_items, type_.max_items) and all(
        holds(element(type_.prefix, type_.rest, at), each, shapes) for at, each in enumerate(value)
    )


def _record(type_: ir.Record, value: dict[str, ir.Json], shapes: Shapes) -> bool:
    return _within(len(value), type_.min_properties, type_.max_properties) and all(
        holds(type_.key, key, shapes) and holds(type_.value, each, shapes)
        for key, each in value.items()
    )


def _object(type_: ir.Object, value: dict[str, ir.Json], shapes: Shapes) -> bool:
    known = {each.key for each in type_.properties}
    if any(key not in known for key in value):
        match type_.extra:
            case ir.REJECT:
                return False
            case ir.Keep(extra):
                others = (each for key, each in value.items() if key not in known)
                if not all(holds(extra, each, shapes) for each in others):
                    return False
            case _:
                pass
    return all(
        holds(each.type, value[each.key], shapes) if each.key in value else not each.required
        for each in type_.properties
    )
