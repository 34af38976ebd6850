"""Whether a JSON value is of a type, and passes what is checked besides, as generated validators see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias, TypeGuard, assert_never

from samewire import ir
from samewire.values import numbers, strings
from samewire.values.depth import Types, element
from samewire.values.equality import key_of, value_of
from samewire.values.names import named
from samewire.values.patterns import compiled

Holds: TypeAlias = Callable[[ir.Type, ir.Json], bool]


def matches(type_: ir.Type, value: ir.Json, types: Types) -> bool:
    """
    Exact, but for URLs and e-mail addresses, of which only the shape is looked at, and patterns that take too long.
    """
    match type_:
        case ir.String():
            return isinstance(value, str) and strings.fits(type_, value)
        case ir.Ref(name):
            return matches(types.definitions[name].type, value, types)
        case ir.Object():
            return isinstance(value, dict) and _object(type_, value, types)
        case ir.Nullable(inner):
            return value is None or matches(inner, value, types)
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
        case ir.Unlisted(inner):
            return matches(inner, value, types)
        case ir.UnlistedObject(tag, known):
            text = value.get(tag) if isinstance(value, dict) else None
            return isinstance(text, str) and text not in known
        case ir.Union(members):
            return any(matches(each, value, types) for each in members)
        case ir.Array():
            return isinstance(value, list) and _array(type_, value, types)
        case ir.Tuple():
            return isinstance(value, list) and _tuple(type_, value, types)
        case ir.Record():
            return isinstance(value, dict) and _record(type_, value, types)
        case ir.Checked(inner, checks):
            return matches(inner, value, types) and all(
                passes(each, value, lambda of, inner: matches(of, inner, types)) for each in checks
            )
        case _:
            assert_never(type_)


def is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def same_scalar(left: ir.Json, right: ir.Scalar) -> bool:
    return isinstance(left, bool) is isinstance(right, bool) and left == right


def _within(count: int, low: int | None, high: int | None) -> bool:
    return (low is None or count >= low) and (high is None or count <= high)


def _array(type_: ir.Array, value: list[ir.Json], types: Types) -> bool:
    return (
        _within(len(value), type_.min_items, type_.max_items)
        and all(matches(type_.items, each, types) for each in value)
        and (not type_.unique or len({key_of(each) for each in value}) == len(value))
    )


def _tuple(type_: ir.Tuple, value: list[ir.Json], types: Types) -> bool:
    return _within(len(value), type_.min_items, type_.max_items) and all(
        matches(element(type_.prefix, type_.rest, at), each, types) for at, each in enumerate(value)
    )


def _record(type_: ir.Record, value: dict[str, ir.Json], types: Types) -> bool:
    return _within(len(value), type_.min_properties, type_.max_properties) and all(
        matches(type_.key, key, types) and matches(type_.value, each, types)
        for key, each in value.items()
    )


def _object(type_: ir.Object, value: dict[str, ir.Json], types: Types) -> bool:
    if type_.names:
        value, unread = named(type_, value)
        if unread and type_.extra is ir.REJECT:
            return False
    found = 0
    for each in type_.properties:
        if each.key in value:
            found += 1
            if not matches(each.type, value[each.key], types):
                return False
        elif each.required:
            return False
    if found == len(value) or type_.extra is ir.STRIP:
        return True
    known = {each.key for each in type_.properties}
    others = (each for key, each in value.items() if key not in known)
    extra = type_.extra
    return isinstance(extra, ir.Keep) and all(matches(extra.value, each, types) for each in others)


# --- Assertions besides the type --------------------------------------------------------------------------------------


def passes(check: ir.Check, value: ir.Json, holds: Holds) -> bool:
    """``holds`` says whether a value inside of ``value`` is of a type."""
    match check:
        case ir.AllOf(type_):
            return holds(type_, value)
        case ir.Not(type_):
            return not holds(type_, value)
        case ir.OneOf(members):
            return sum(holds(each, value) for each in members) == 1
        case ir.IfThenElse(test, then, otherwise):
            return holds(then if holds(test, value) else otherwise, value)
        case ir.ContentSchema(content):
            return not isinstance(value, str) or _matches_json(content, value, holds)
        case ir.Contains() | ir.UniqueItems() | ir.UnevaluatedItems():
            return not isinstance(value, list) or _passes_array(check, value, holds)
        case (
            ir.PropertyCount()
            | ir.PropertyNames()
            | ir.PatternProperties()
            | ir.UnevaluatedProperties()
        ):
            return not isinstance(value, dict) or _passes_object(check, value, holds)
        case _:
            assert_never(check)


def _matches_json(content: ir.Type, text: str, holds: Holds) -> bool:
    try:
        return holds(content, value_of(text))
    except ValueError:
        return False


def _passes_array(
    check: ir.Contains | ir.UniqueItems | ir.UnevaluatedItems, value: list[ir.Json], holds: Holds
) -> bool:
    match check:
        case ir.Contains(item, low, high):
            count = sum(holds(item, each) for each in value)
            return low <= count and (high is None or count <= high)
        case ir.UniqueItems():
            return len({key_of(each) for each in value}) == len(value)
        case ir.UnevaluatedItems(known, item):
            evaluated = list(_evaluated(known, value, holds))
            rest = (
                each
                for at, each in enumerate(value)
                if not any(
                    one.everything
                    or at < one.items
                    or any(holds(type_, each) for type_ in one.contains)
                    for one in evaluated
                )
            )
            return all(holds(item, each) for each in rest)
        case _:
            assert_never(check)


def _passes_object(
    check: ir.PropertyCount | ir.PropertyNames | ir.PatternProperties | ir.UnevaluatedProperties,
    value: dict[str, ir.Json],
    holds: Holds,
) -> bool:
    match check:
        case ir.PropertyCount(low, high):
            return (low or 0) <= len(value) and (high is None or len(value) <= high)
        case ir.PropertyNames(type_):
            return all(holds(type_, key) for key in value)
        case ir.PatternProperties(pattern, type_):
            found = compiled(pattern).found
            return all(holds(type_, each) for key, each in value.items() if found(key))
        case ir.UnevaluatedProperties(known, type_):
            evaluated = list(_evaluated(known, value, holds))
            return all(
                holds(type_, each)
                for key, each in value.items()
                if not any(_evaluates(one, key) for one in evaluated)
            )
        case _:
            assert_never(check)


def _evaluates(known: ir.Evaluated, key: str) -> bool:
    return (
        known.everything
        or key in known.keys
        or any(compiled(each).found(key) for each in known.patterns)
    )


def _evaluated(known: ir.Evaluated, value: ir.Json, holds: Holds) -> Iterator[ir.Evaluated]:
    """What the schemas evaluate that apply to the value."""
    if known.when is None or holds(known.when, value):
        yield known
        for inner in known.inside:
            yield from _evaluated(inner, value, holds)
