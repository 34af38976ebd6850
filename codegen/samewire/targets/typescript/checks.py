"""The checks that scalars name, in TypeScript: arguments of predicates as expressions, and patterns."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import assert_never

from samewire import ir
from samewire.scalars.checks import Argument, Begins, Matches, Predicate
from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Constant,
    Expression,
    Name,
    Number,
    text,
)
from samewire.targets.typescript.syntax import Code, InexpressibleError, escape_regex, number


def pattern(limit: Matches | Begins) -> ir.Regex:
    match limit:
        case Matches(source, flags):
            return ir.Regex.parse(source, flags)
        case Begins(words, then):
            either = "|".join(map(escape_regex, words))
            return ir.Regex.parse(f"^(?:{either}){escape_regex(then)}", "iu")
        case _:
            assert_never(limit)


def predicates(type_: ir.Number) -> Iterator[Predicate]:
    """The limits on the digits of a number that stands for a decimal."""
    limits = () if type_.decimal is None else type_.decimal.limits()
    yield from (limit for limit in limits if isinstance(limit, Predicate))


def divides(type_: ir.Number) -> str:
    """The predicate for multiples: Pydantic tolerates what rounding may have made of a number, and Python's remainder doesn't."""
    return "hasNoRemainder" if type_.remainder else "isNearMultipleOf"


def argument(value: Argument) -> Expression:
    match value:
        case bool():
            return Constant(Code("true" if value else "false"))
        case str():
            return text(value)
        case tuple():
            return ArrayLiteral(tuple(Number(number(each)) for each in value))
        case _ if value == math.inf:
            return Name(Code("Infinity"))
        case _:
            return Number(number(value))


def whole_bounds(type_: ir.Integer) -> tuple[int | None, int | None]:
    """The least and the greatest integer of a type."""
    low = type_.ge if type_.gt is None else type_.gt + 1
    high = type_.le if type_.lt is None else type_.lt - 1
    return low, high


def bound(limit: float | None, *, low: bool) -> Number | None:
    """A bound of a number; ``None`` if there is none, or all numbers are within it."""
    if limit is None:
        return None
    if isinstance(limit, float) and math.isnan(limit):
        raise InexpressibleError("number-range", f"{limit} can't be a bound")
    if limit == (-math.inf if low else math.inf):
        return None
    return Number(number(limit))


def step(multiple_of: float) -> Number:
    """What a number is a multiple of."""
    if multiple_of <= 0:
        message = f"multiple_of={multiple_of} has to be greater than zero"
        raise InexpressibleError("number-range", message)
    return Number(number(multiple_of))
