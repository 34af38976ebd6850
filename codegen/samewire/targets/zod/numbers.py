"""
Zod for numbers.

In JavaScript an integer is a double, and ``JSON.parse`` rounds one beyond 2**53 to the nearest. Rounding keeps order, so a bound
rounded the same way admits every value that the bound itself admits.
"""

from __future__ import annotations

from samewire import ir
from samewire.targets.typescript.checks import (
    argument,
    bound,
    divides,
    predicates,
    step,
    whole_bounds,
)
from samewire.targets.typescript.expressions import Expression
from samewire.targets.zod.builder import Builder, Check, Refinement

_SAFE = 2**53 - 1


def integer_schema(type_: ir.Integer, build: Builder) -> Expression:
    """``z.int()``, which ends at 2**53 - 1 on both sides, only where the bounds do so too."""
    low, high = whole_bounds(type_)
    safe = low is not None and high is not None and low >= -_SAFE and high <= _SAFE
    base = build.call("int") if safe else _any_integer(build)
    if safe:  # a bound at its end says nothing more
        low, high = (None if end in (-_SAFE, _SAFE) else end for end in (low, high))
    of = type_.multiple_of
    multiple = None if of is None or of == 1 else _step("isMultipleOf", of, build)
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
    code = bound(limit, low=name in ("gte", "gt"))
    return None if code is None else Check(name, (code,))


def _step(name: str, multiple_of: float, build: Builder) -> Refinement:
    code = step(multiple_of)
    message = f"Invalid number: must be a multiple of {code.code}"
    return build.refine(name, message, code, value="value")
