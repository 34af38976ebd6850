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
from samewire.targets.typescript.syntax import Code, escape_regex, number


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
