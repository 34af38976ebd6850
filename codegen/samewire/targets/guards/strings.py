"""Conditions on strings: lengths, patterns, and the predicates of scalars."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, assert_never

from samewire import ir
from samewire.scalars import Format, Ordered
from samewire.scalars.checks import COMPARED, Begins, Limit, Matches, Predicate
from samewire.targets.guards.logic import compared
from samewire.targets.typescript.checks import argument, pattern
from samewire.targets.typescript.expressions import (
    Call,
    Expression,
    Member,
    RegularExpression,
    count,
    text,
)
from samewire.targets.typescript.syntax import Code, regex, template_of


class Runtime(Protocol):
    """Calls a function of the runtime library."""

    def __call__(self, name: str, /, *arguments: Expression) -> Call: ...


def string_checks(type_: ir.String, value: Expression, call: Runtime) -> Iterator[Expression]:
    """What a value that is a string has to fulfil to be of the type."""
    if (parts := template_of(type_)) is not None:
        yield _template(parts, value)
        return
    sizes = (
        ("hasMinCharacters", type_.min_length or None),
        ("hasMaxCharacters", type_.max_length),
        ("hasMinBytes", type_.min_bytes),
        ("hasMaxBytes", type_.max_bytes),
    )
    for name, limit in sizes:
        if limit is not None:
            yield call(name, value, count(limit))
    if type_.format is not None:
        yield from _format(type_.format, value, call)
    for each in type_.patterns:
        yield _matches(each, value)


def _template(parts: tuple[str | None, ...], value: Expression) -> Expression:
    """One text in a string, at one end or anywhere: see :func:`template_of`."""
    (said,) = (part for part in parts if part is not None)
    name = "includes"
    if parts[0] is not None:
        name = "startsWith"
    elif parts[-1] is not None:
        name = "endsWith"
    return Call(Member(value, Code(name)), (text(said),))


def _format(format_: Format, value: Expression, call: Runtime) -> Iterator[Expression]:
    yield _predicate(format_.predicate(), value, call)
    if isinstance(format_, Ordered):
        for name, (sign, _) in COMPARED.items():
            limit = getattr(format_.bounds, name)
            if limit is not None:
                order = call(format_.comparison(), value, text(limit))
                yield compared(order, sign, count(0))
    for each in format_.limits():
        yield _limit(each, value, call)


def _predicate(predicate: Predicate, value: Expression, call: Runtime) -> Expression:
    arguments = map(argument, predicate.arguments)
    return call(predicate.name, value, *arguments)


def _limit(limit: Limit, value: Expression, call: Runtime) -> Expression:
    match limit:
        case Matches() | Begins():
            return _matches(pattern(limit), value)
        case Predicate():
            return _predicate(limit, value, call)
        case _:
            assert_never(limit)


def _matches(pattern: ir.Regex, value: Expression) -> Expression:
    return Call(Member(RegularExpression(regex(pattern)), Code("test")), (value,))
