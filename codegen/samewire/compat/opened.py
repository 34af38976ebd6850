"""Compares open enumerations and unions, whose unknown members deployed frontends keep; and types that are no longer open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from samewire import ir
from samewire.compat.comparing import Comparing
from samewire.compat.mismatch import Kind, Mismatch
from samewire.compat.words import named
from samewire.values.depth import Types
from samewire.values.membership import matches

_TEXT: Final = "samewire: not listed"
_INTEGER: Final = 1_723_045_911


def compare(
    relation: Comparing, produced: ir.Object, accepted: ir.UnlistedObject
) -> list[Mismatch]:
    """Why not every object has a tag that is not listed."""
    tag = next((each for each in produced.properties if each.key == accepted.tag), None)
    match None if tag is None else relation.produced.resolve(tag.type):
        case ir.Literal(values) if tag is not None and tag.required:
            tags: tuple[object, ...] = values
        case ir.EnumType(members) if tag is not None and tag.required:
            tags = tuple(each.value for each in members)
        case _:
            return [Mismatch(Kind.TYPE, relation.smallest(produced), named(accepted))]
    listed = [each for each in tags if not isinstance(each, str) or each in accepted.known]
    return [Mismatch(Kind.VALUE, None, path=(accepted.tag,), constant=True)] if listed else []


def closed(new: ir.Type, now: Types, old: ir.Type, before: Types) -> Iterator[Mismatch]:
    """Where a type was open that is so no more. References in the same places are pairs of their own."""
    if isinstance(new, ir.Ref) and isinstance(old, ir.Ref):
        return
    new, old = now.resolve(new), before.resolve(old)
    if not all(matches(new, value, now) for value in _not_listed(old)):
        yield Mismatch(Kind.CLOSED, None)
        return
    for step, inner, other in _parts(new, old):
        for found in closed(inner, now, other, before):
            yield Mismatch(Kind.CLOSED, None, path=(*step, *found.path))


def _not_listed(type_: ir.Type) -> Iterator[ir.Json]:
    """Values of an open type that it does not list, one of each kind."""
    members = type_.members if isinstance(type_, ir.Union) else ()
    for member in members:
        match member:
            case ir.Unlisted(ir.String()):
                yield _TEXT
            case ir.Unlisted(ir.Integer()):
                yield _INTEGER
            case ir.Unlisted():
                yield _INTEGER + 0.5
            case ir.UnlistedObject(tag):
                yield {tag: _TEXT}


def _parts(new: ir.Type, old: ir.Type) -> Iterator[tuple[tuple[str, ...], ir.Type, ir.Type]]:
    match new, old:
        case ir.Object(), ir.Object():
            before = {each.key: each.type for each in old.properties}
            for each in new.properties:
                if each.key in before:
                    yield (each.key,), each.type, before[each.key]
        case ir.Array(items), ir.Array(others):
            yield ("[]",), items, others
        case ir.Record(key, value), ir.Record(other_key, other):
            yield ("[key]",), key, other_key
            yield ("[key]",), value, other
        case ir.Nullable(inner), ir.Nullable(other):
            yield (), inner, other
        case ir.Tuple(prefix), ir.Tuple(others):
            for index, (inner, other) in enumerate(zip(prefix, others, strict=False)):
                yield (f"[{index}]",), inner, other
