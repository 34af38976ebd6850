"""Whether what is checked besides a type holds for a value."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TypeAlias, assert_never

from samewire import ir
from samewire.values.equality import key_of
from samewire.values.texts.patterns import compiled

Holds: TypeAlias = Callable[[ir.Type, ir.Json], bool]


def passes(check: ir.Check, value: ir.Json, holds: Holds) -> bool:
    """``holds`` says whether a value is of a type."""
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
            return not isinstance(value, str) or _holds_json(content, value, holds)
        case ir.Contains() | ir.UniqueItems() | ir.UnevaluatedItems():
            return not isinstance(value, list) or _array(check, value, holds)
        case (
            ir.PropertyCount()
            | ir.PropertyNames()
            | ir.PatternProperties()
            | ir.UnevaluatedProperties()
        ):
            return not isinstance(value, dict) or _object(check, value, holds)
        case _:
            assert_never(check)


def _holds_json(content: ir.Type, text: str, holds: Holds) -> bool:
    try:
        return holds(content, json.loads(text))
    except ValueError:
        return False


def _array(
    check: ir.Contains | ir.UniqueItems | ir.UnevaluatedItems, value: list[ir.Json], holds: Holds
) -> bool:
    match check:
        case ir.Contains(item, low, high):
            count = sum(holds(item, each) for each in value)
            return low <= count and (high is None or count <= high)
        case ir.UniqueItems():
            return len({key_of(each) for each in value}) == len(value)
        case ir.UnevaluatedItems(known, item):
            all_ = list(_known(known, value, holds))
            rest = (
                each
                for at, each in enumerate(value)
                if not any(
                    one.everything
                    or at < one.items
                    or any(holds(type_, each) for type_ in one.contains)
                    for one in all_
                )
            )
            return all(holds(item, each) for each in rest)
        case _:
            assert_never(check)


def _object(
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
            all_ = list(_known(known, value, holds))
            return all(
                holds(type_, each)
                for key, each in value.items()
                if not any(_describes(one, key) for one in all_)
            )
        case _:
            assert_never(check)


def _describes(known: ir.Evaluated, key: str) -> bool:
    return (
        known.everything
        or key in known.keys
        or any(compiled(each).found(key) for each in known.patterns)
    )


def _known(known: ir.Evaluated, value: ir.Json, holds: Holds) -> Iterator[ir.Evaluated]:
    """What is known of a value: all that is described where the value is of the type."""
    if known.when is None or holds(known.when, value):
        yield known
        for inner in known.inside:
            yield from _known(inner, value, holds)
