"""
Zod for string formats: zod's own schema where a scalar says that it is exact, else the predicates of the runtime library.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from samewire.scalars import SCALARS, Bounds, DateTime, Format, Ordered
from samewire.scalars.checks import COMPARED, Begins, Builtin, Limit, Matches, Predicate
from samewire.targets.typescript.checks import argument, pattern
from samewire.targets.typescript.expressions import Expression, Name, RegularExpression
from samewire.targets.typescript.syntax import regex
from samewire.targets.zod.builder import Builder, Check, Refinement

LABELS: Final = frozenset(
    format_.label()
    for scalar in SCALARS
    if isinstance(scalar, Format)
    for format_ in scalar.variants()
    if format_.zod() is None
)
"""The schemas that have a name of their own, since zod has none that is exact."""
DECODING: Final = frozenset(
    ("w", "decoding", *(f"{format_.label()}AsDate" for format_ in DateTime.variants()))
)
"""What else has a name where texts are decoded."""


def format_schema(format_: Format, build: Builder) -> Expression:
    bounds = (
        _bounds(format_.comparison(), format_.bounds, build) if isinstance(format_, Ordered) else ()
    )
    limits = (_limit(each, build) for each in format_.limits())
    return build.checked(_base(format_, build), *bounds, *limits)


def codec_schema(text: Expression, codec: str, build: Builder) -> Expression:
    """A schema that decodes texts to a ``Date``, and encodes it. One that is often needed has a name."""
    schema = build.call("codec", text, build.call("date"), build.runtime(codec))
    return build.declare(f"{text.code}AsDate", schema) if isinstance(text, Name) else schema


def _base(format_: Format, build: Builder) -> Expression:
    match format_.zod():
        case Builtin(name, matches):
            check = None if matches is None else _limit(matches, build)
            return build.checked(build.call(name), check)
        case None:
            return build.declare(format_.label(), _checked_by_predicate(format_, build))


def _checked_by_predicate(format_: Format, build: Builder) -> Expression:
    predicate = format_.predicate()
    return build.string_format(
        format_.document()["format"],
        predicate.name,
        predicate.message,
        *map(argument, predicate.arguments),
        final=isinstance(format_, Ordered),
    )


def _bounds(compare: str, bounds: Bounds, build: Builder) -> Iterator[Refinement]:
    for name, (sign, problem) in COMPARED.items():
        limit = getattr(bounds, name)
        if limit is not None:
            yield build.compare(compare, sign, limit, f"{problem}: expected {sign}{limit}")


def _limit(limit: Limit, build: Builder) -> Check | Refinement:
    match limit:
        case Matches() | Begins():
            return Check("regex", (RegularExpression(regex(pattern(limit))),))
        case Predicate(name, message, arguments):
            return build.refine(name, message, *map(argument, arguments))
        case _:
            assert_never(limit)
