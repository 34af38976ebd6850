"""
Valibot for numbers: what ``JSON.parse`` makes of them, so an integer is a double and may be beyond 2**53.
"""

from __future__ import annotations

import math

from samewire import ir
from samewire.targets.typescript.checks import argument, divides, predicates
from samewire.targets.typescript.expressions import Expression, Number
from samewire.targets.typescript.syntax import InexpressibleError, number
from samewire.targets.valibot.builder import Builder


def integer_schema(type_: ir.Integer, build: Builder) -> Expression:
    low = type_.ge if type_.gt is None else type_.gt + 1
    high = type_.le if type_.lt is None else type_.lt - 1
    step = None if type_.multiple_of in (None, 1) else type_.multiple_of
    return build.pipe(
        build.call("number"),
        build.call("integer"),
        _bound("minValue", low, build),
        _bound("maxValue", high, build),
        None if step is None else _step("isMultipleOf", step, build),
    )


def number_schema(type_: ir.Number, build: Builder) -> Expression:
    return build.pipe(
        build.call("number"),
        build.call("finite"),
        _bound("minValue", type_.ge, build),
        _bound("gtValue", type_.gt, build),
        _bound("maxValue", type_.le, build),
        _bound("ltValue", type_.lt, build),
        None if type_.multiple_of is None else _step(divides(type_), type_.multiple_of, build),
        *(
            build.check(limit.name, limit.message, *map(argument, limit.arguments), value="value")
            for limit in predicates(type_)
        ),
    )


def _bound(name: str, limit: float | None, build: Builder) -> Expression | None:
    if limit is None:
        return None
    if isinstance(limit, float) and math.isnan(limit):
        raise InexpressibleError("number-range", f"{limit} can't be a bound")
    if limit == (-math.inf if name in ("minValue", "gtValue") else math.inf):
        return None
    return build.call(name, Number(number(limit)))


def _step(predicate: str, step: float, build: Builder) -> Expression:
    if step <= 0:
        raise InexpressibleError("number-range", f"multiple_of={step} has to be greater than zero")
    code = number(step)
    message = f"Invalid number: must be a multiple of {code}"
    return build.check(predicate, message, Number(code), value="value")
