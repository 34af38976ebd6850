"""
Zod for numbers.

In JavaScript an integer is a double, and ``JSON.parse`` rounds one beyond 2**53 to the nearest. Rounding keeps order, so a bound
rounded the same way admits every value that the bound itself admits.
"""

from __future__ import annotations

import math

from samewire import ir
from samewire.targets.typescript.checks import argument, divides, predicates
from samewire.targets.typescript.expressions import Expression, Number
from samewire.targets.typescript.syntax import InexpressibleError, number
from samewire.targets.zod.builder import Builder, Check, Refinement

_SAFE = 2**53 - 1


def integer_schema(type_: ir.Integer, build: Builder) -> Expression:
    """``z.int()``, which ends at 2**53 - 1 on both sides, only where the bounds do so too."""
    low = type_.ge if type_.gt is None else type_.gt + 1
    high = type_.le if type_.lt is None else type_.lt - 1
    safe = low is not None and high is not None and low >= -_SAFE and high <= _SAFE
    base = build.call("int") if safe else _any_integer(build)
    step = type_.multiple_of
    multiple = None if step in (None, 1) else _step("isMultipleOf", step, build)
    return build.checked(base, _bound("gte", low), _bound("lte", high), multiple)


def _any_integer(build: Builder) -> Expression:
    check = build.refine("Number.isInteger", "Invalid input: expected int")
    comment = "An integer of any size; z.int() ends at 2 ** 53 - 1."
    return build.declare("integer", build.checked(build.call("number"), check), comment)


def number_schema(type_: ir.Number, build: Builder) -> Expression:
    return build.checked(
        build.call("number"),
        _bound("gte", type_.ge),
        _bound("gt", type_.gt),
        _bound("lte", type_.le),
        _bound("lt", type_.lt),
        None if type_.multiple_of is None else _step(divides(type_), type_.multiple_of, build),
        *(
            build.refine(limit.name, limit.message, *map(argument, limit.arguments), value="value")
            for limit in predicates(type_)
        ),
    )


def _bound(name: str, limit: float | None) -> Check | None:
    if limit is None or (isinstance(limit, float) and _holds_for_all(name, limit)):
        return None
    return Check(name, (Number(number(limit)),))


def _holds_for_all(name: str, limit: float) -> bool:
    if math.isnan(limit):
        raise InexpressibleError("number-range", f"{limit} can't be a bound")
    return limit == (-math.inf if name in ("gte", "gt") else math.inf)


def _step(name: str, step: float | None, build: Builder) -> Refinement:
    if step is None or step <= 0:
        raise InexpressibleError("number-range", f"multiple_of={step} has to be greater than zero")
    code = number(step)
    message = f"Invalid number: must be a multiple of {code}"
    return build.refine(name, message, Number(code), value="value")
