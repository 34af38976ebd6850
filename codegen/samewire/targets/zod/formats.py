"""Zod for string formats: zod's own schema if the scalar declares it exact, otherwise the runtime library's predicates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from samewire.identifiers import words
from samewire.scalars import SCALARS, Bounds, Format, Ordered
from samewire.scalars.checks import COMPARED, Begins, Builtin, Limit, Matches, Predicate
from samewire.scalars.decoded import ADAPTER, Form
from samewire.targets.typescript.checks import argument, pattern
from samewire.targets.typescript.expressions import (
    Arrow,
    Call,
    Expression,
    Member,
    Name,
    RegularExpression,
    Spread,
)
from samewire.targets.typescript.syntax import Code, identifier, regex
from samewire.targets.zod.builder import Builder, Check, Refinement


def _decoded_name(label: str, type_: str) -> str:
    return f"{label}As{type_.rpartition('.')[2]}"


LABELS: Final = frozenset(
    format_.label()
    for scalar in SCALARS
    if isinstance(scalar, Format)
    for format_ in scalar.variants()
    if format_.zod() is None
)
"""The schemas that have a name of their own, since zod has none that is exact."""
_TYPES: Final = words(
    "Date URL Uint8Array Value Instant PlainDateTime PlainDate PlainTime Duration"
)
DECODING: Final = frozenset(
    (
        *("w", "Temporal", ADAPTER),
        *(_decoded_name(label, form) for label in LABELS for form in _TYPES),
    )
)
"""What else has a name where values are decoded."""


def format_schema(format_: Format, build: Builder) -> Expression:
    bounds = (
        _bounds(format_.comparison(), format_.bounds, build) if isinstance(format_, Ordered) else ()
    )
    limits = (_limit(each, build) for each in format_.limits())
    return build.checked(_base(format_, build), *bounds, *limits)


def codec_schema(text: Expression, form: Form, build: Builder) -> Expression:
    """A schema that decodes texts, and encodes what they are decoded to. One that is often needed has a name."""
    if form.of_module:
        build.imported.add(ADAPTER)
        codec_of = build.runtime_call(form.codec, text, Name(identifier(ADAPTER)))
        return _named(text, "Value", build.call("codec", Spread(codec_of)), build)
    codec: Expression = build.runtime(form.codec)
    if form.module is not None:
        build.imported.add(form.root)
    if form.of_class:
        root = Name(identifier(form.root))
        class_ = Member(root, Code(form.type[len(form.root) + 1 :]))
        codec = Call(codec, (Arrow(Code(""), class_),))
    schema = build.call("codec", text, _decoded(form, build), codec)
    return _named(text, form.type, schema, build)


def _named(text: Expression, type_: str, schema: Expression, build: Builder) -> Expression:
    if not isinstance(text, Name):
        return schema
    return build.declare(_decoded_name(text.code, type_), schema)


def _decoded(form: Form, build: Builder) -> Expression:
    """The schema of the values that texts are decoded to."""
    if form.predicate is None:
        return build.call(form.zod or "unknown")
    custom = Name(Code(f"z.custom<{form.type}>"))
    return Call(custom, (build.runtime(form.predicate.name), build.said(form.predicate.message)))


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
