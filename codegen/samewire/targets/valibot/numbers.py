"""Valibot for numbers, as ``JSON.parse`` returns them: an integer is a double and may exceed 2**53."""

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
from samewire.targets.valibot.builder import Builder


def integer_schema(type_: ir.Integer, build: Builder) -> Expression:
    low, high = whole_bounds(type_)
    of = type_.multiple_of
    return build.pipe(
        build.call("number"),
        build.call("integer"),
        _bound("minValue", low, build),
        _bound("maxValue", high, build),
        None if of is None or of == 1 else _step("isMultipleOf", of, build),
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
    code = bound(limit, low=name in ("minValue", "gtValue"))
    return None if code is None else build.call(name, code)


def _step(predicate: str, multiple_of: float, build: Builder) -> Expression:
    code = step(multiple_of)
    message = f"Invalid number: must be a multiple of {code.code}"
    return build.check(predicate, message, code, value="value")
