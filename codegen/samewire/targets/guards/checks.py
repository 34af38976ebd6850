"""Conditions for what JSON Schema says of a value besides its type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias, assert_never

from samewire import ir
from samewire.targets.guards.logic import all_of, any_of, compared, negated
from samewire.targets.guards.strings import Runtime
from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Constant,
    Entry,
    Expression,
    ObjectLiteral,
    RegularExpression,
    count,
    text,
)
from samewire.targets.typescript.syntax import Code, regex

Condition: TypeAlias = Callable[[ir.Type], Expression]
Function: TypeAlias = Callable[[ir.Type], Expression]


def check_condition(
    check: ir.Check, value: Expression, call: Runtime, condition: Condition, function: Function
) -> Expression:
    """``condition`` makes the condition that the value is of a type, ``function`` a function that says so of others."""
    match check:
        case ir.AllOf(type_):
            return condition(type_)
        case ir.Not(type_):
            return negated(condition(type_))
        case ir.OneOf(members):
            guards = ArrayLiteral(tuple(map(function, members)))
            return compared(call("countGuards", value, guards), "===", count(1))
        case ir.IfThenElse(test, then, otherwise):
            applies = condition(test)
            return all_of(
                any_of(negated(applies), condition(then)), any_of(applies, condition(otherwise))
            )
        case ir.ContentSchema(content):
            return call("isJsonOf", value, function(content))
        case ir.Contains(item, low, high):
            limits = [count(low)] if high is None else [count(low), count(high)]
            return call("containsItems", value, function(item), *limits)
        case ir.UniqueItems():
            return call("isWithoutRepeats", value)
        case ir.PropertyCount(low, high):
            limits = [count(low or 0)] if high is None else [count(low or 0), count(high)]
            return call("isOfSize", value, *limits)
        case ir.PropertyNames(key):
            return call("areNames", value, function(key))
        case ir.PatternProperties(pattern, each):
            return call("areMatching", value, RegularExpression(regex(pattern)), function(each))
        case ir.UnevaluatedProperties(known, rest):
            return call("areOtherValues", value, _evaluated(known, function), function(rest))
        case ir.UnevaluatedItems(known, item):
            return call("areOtherItems", value, _evaluated(known, function), function(item))
        case _:
            assert_never(check)


def _evaluated(known: ir.Evaluated, function: Function) -> Expression:
    return ObjectLiteral(tuple(_parts(known, function)))


def _parts(known: ir.Evaluated, function: Function) -> Iterator[Entry]:
    def entry(key: str, *values: Expression) -> Iterator[Entry]:
        if values:
            yield Entry(Code(key), ArrayLiteral(values))

    if known.when is not None:
        yield Entry(Code("when"), function(known.when))
    if known.everything:
        yield Entry(Code("everything"), Constant(Code("true")))
    yield from entry("keys", *map(text, known.keys))
    yield from entry("patterns", *(RegularExpression(regex(each)) for each in known.patterns))
    if known.items:
        yield Entry(Code("items"), count(known.items))
    yield from entry("containing", *map(function, known.contains))
    yield from entry("inside", *(_evaluated(each, function) for each in known.inside))
