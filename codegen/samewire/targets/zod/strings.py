"""
Zod for strings: formats, lengths and patterns.
"""

from __future__ import annotations

from collections.abc import Iterator

from samewire import ir
from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Expression,
    RegularExpression,
    Text,
    count,
)
from samewire.targets.typescript.syntax import regex, string, template_of
from samewire.targets.zod.builder import Builder, Check, Refinement
from samewire.targets.zod.formats import format_schema


def text_schema(type_: ir.String, build: Builder) -> Expression:
    if (parts := template_of(type_)) is not None:
        texts = (build.call("string") if part is None else Text(string(part)) for part in parts)
        return build.call("templateLiteral", ArrayLiteral(tuple(texts)))
    base = build.call("string") if type_.format is None else format_schema(type_.format, build)
    return build.checked(
        base,
        *_length(type_, build),
        *_sizes("Bytes", "bytes", type_.min_bytes, type_.max_bytes, build),
        *(Check("regex", (RegularExpression(regex(each)),)) for each in type_.patterns),
    )


def _length(type_: ir.String, build: Builder) -> tuple[Check | Refinement | None, ...]:
    low, high = type_.min_length or None, type_.max_length
    if build.dialect.counts_code_points:
        return length_checks(low, high)
    return tuple(_sizes("Characters", "characters", low, high, build))


def _sizes(
    what: str, said: str, low: int | None, high: int | None, build: Builder
) -> Iterator[Refinement]:
    if low is not None:
        message = f"Too small: expected string to have >={low} {said}"
        yield build.refine(f"hasMin{what}", message, count(low))
    if high is not None:
        message = f"Too big: expected string to have <={high} {said}"
        yield build.refine(f"hasMax{what}", message, count(high))


def length_checks(low: int | None, high: int | None) -> tuple[Check | None, ...]:
    """The checks of a length, of a string or of an array."""
    if low is not None and low == high:
        return (Check("length", (count(low),)),)
    return (
        Check("minLength", (count(low),)) if low else None,
        Check("maxLength", (count(high),)) if high is not None else None,
    )
