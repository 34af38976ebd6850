"""Conditions for JSON Schema keywords that check more than the type."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, assert_never

from samewire import ir
from samewire.targets.guards.logic import all_of, any_of, compared, negated
from samewire.targets.guards.strings import Runtime
from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Expression,
    RegularExpression,
    count,
)
from samewire.targets.typescript.json_schema import evaluated
from samewire.targets.typescript.syntax import regex

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
            return call("areOtherValues", value, evaluated(known, function), function(rest))
        case ir.UnevaluatedItems(known, item):
            return call("areOtherItems", value, evaluated(known, function), function(item))
        case _:
            assert_never(check)
