"""
Valibot for string formats: the predicates and comparisons of the runtime library.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from samewire.scalars import Format, Ordered
from samewire.scalars.checks import COMPARED, Begins, Limit, Matches, Predicate
from samewire.targets.typescript.checks import argument, pattern
from samewire.targets.typescript.expressions import Expression, RegularExpression
from samewire.targets.typescript.syntax import regex
from samewire.targets.valibot.builder import Builder


def format_checks(format_: Format, build: Builder) -> Iterator[Expression]:
    """
    What a pipe has after ``v.string()`` to check that a string is of a format.

    A second ``v.string()`` ends it for a text that is not of the format at all, with which comparisons can do nothing.
    """
    yield _predicate(format_.predicate(), build)
    limits = [
        *_bounds(format_, build),
        *(_limit(each, build) for each in format_.limits()),
    ]
    if limits:
        yield build.call("string")
        yield from limits


def _predicate(predicate: Predicate, build: Builder) -> Expression:
    return build.check(predicate.name, predicate.message, *map(argument, predicate.arguments))


def _bounds(format_: Format, build: Builder) -> Iterator[Expression]:
    if not isinstance(format_, Ordered):
        return
    for name, (sign, problem) in COMPARED.items():
        limit = getattr(format_.bounds, name)
        if limit is not None:
            message = f"{problem}: expected {sign}{limit}"
            yield build.compare(format_.comparison(), sign, limit, message)


def _limit(limit: Limit, build: Builder) -> Expression:
    match limit:
        case Matches() | Begins():
            return build.call("regex", RegularExpression(regex(pattern(limit))))
        case Predicate():
            return _predicate(limit, build)
        case _:
            assert_never(limit)
