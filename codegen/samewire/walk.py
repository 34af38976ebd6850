"""
Walking over types.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import assert_never

from samewire import ir

_LEAVES = ir.Ref, ir.String, ir.Integer, ir.Literal, ir.Null
_BRANDED = ir.String, ir.Integer, ir.Number


def children(type_: ir.Type) -> tuple[ir.Type, ...]:
    """The types directly inside a type, in order; references are not followed."""
    if isinstance(type_, _LEAVES):  # so are most
        return ()
    match type_:
        case ir.Array(items=inner) | ir.Nullable(inner):
            return (inner,)
        case ir.Tuple(prefix, rest):
            return prefix if rest is None else (*prefix, rest)
        case ir.Record(key, value):
            return (key, value)
        case ir.Object(properties, extra):
            types = tuple([each.type for each in properties])
            return (*types, extra.value) if isinstance(extra, ir.Keep) else types
        case ir.Union(members):
            return members
        case ir.Checked(inner, checks):
            return (inner, *(each for check in checks for each in named_in(check)))
        case (
            ir.Unknown()
            | ir.JsonValue()
            | ir.Never()
            | ir.Null()
            | ir.Boolean()
            | ir.Literal()
            | ir.Integer()
            | ir.Number()
            | ir.String()
            | ir.Unlisted()
            | ir.UnlistedObject()
            | ir.EnumType()
            | ir.Ref()
        ):
            return ()
        case _:
            assert_never(type_)


def named_in(check: ir.Check) -> tuple[ir.Type, ...]:
    """The types that a check refers to, in order."""
    match check:
        case ir.AllOf(type_) | ir.Not(type_):
            return (type_,)
        case ir.OneOf(members):
            return members
        case ir.IfThenElse(test, then, otherwise):
            return (test, then, otherwise)
        case ir.Contains(item) | ir.ContentSchema(item):
            return (item,)
        case ir.PropertyNames(key):
            return (key,)
        case ir.PatternProperties(_, value):
            return (value,)
        case ir.UnevaluatedProperties(known, rest) | ir.UnevaluatedItems(known, rest):
            return (*_named_in_known(known), rest)
        case ir.UniqueItems() | ir.PropertyCount():
            return ()
        case _:
            assert_never(check)


def _named_in_known(known: ir.Evaluated) -> tuple[ir.Type, ...]:
    own = known.contains if known.when is None else (known.when, *known.contains)
    return (*own, *(each for inner in known.inside for each in _named_in_known(inner)))


def same_value(check: ir.Check) -> tuple[ir.Type, ...]:
    """The types that a check applies to the value itself, not to its content."""
    match check:
        case ir.AllOf() | ir.Not() | ir.OneOf() | ir.IfThenElse():
            return named_in(check)
        case ir.UnevaluatedProperties(known) | ir.UnevaluatedItems(known):
            return tuple(_conditions(known))
        case _:
            return ()


def _conditions(known: ir.Evaluated) -> Iterator[ir.Type]:
    if known.when is not None:
        yield known.when
    for inner in known.inside:
        yield from _conditions(inner)


def inside(type_: ir.Type) -> Iterator[ir.Type]:
    """The type and all types inside it, at any depth; references are not followed."""
    waiting = [type_]
    while waiting:
        one = waiting.pop()
        yield one
        if not isinstance(one, _LEAVES):
            waiting += children(one)[::-1]


def as_written(definitions: Mapping[str, ir.Definition]) -> Mapping[str, ir.Definition]:
    """
    The definitions without the unlisted members of open types, which the backend does not write. Returns the same ones if none
    is open.
    """
    if not any(is_unlisted(one) for each in definitions.values() for one in inside(each.type)):
        return definitions
    return {name: replace(each, type=written(each.type)) for name, each in definitions.items()}


def is_unlisted(type_: ir.Type) -> bool:
    return isinstance(type_, ir.Unlisted | ir.UnlistedObject)


def record_key(record: ir.Record, definitions: Mapping[str, ir.Definition]) -> ir.Type:
    """The key of a dictionary in validators and TypeScript: any text, if its keys are open."""
    key = record.key
    while isinstance(key, ir.Ref):
        key = definitions[key.name].type
    return ir.String() if isinstance(key, ir.Union) else record.key


def written(type_: ir.Type) -> ir.Type:
    """A type without the unlisted members in it."""
    match type_:
        case ir.Union(members, tag):
            kept = tuple(written(each) for each in members if not is_unlisted(each))
            return kept[0] if len(kept) == 1 else ir.Union(kept, tag)
        case ir.Nullable(inner):
            return ir.Nullable(written(inner))
        case ir.Array(items):
            return replace(type_, items=written(items))
        case ir.Tuple(prefix, rest):
            others = None if rest is None else written(rest)
            return replace(type_, prefix=tuple(map(written, prefix)), rest=others)
        case ir.Record(key, value):
            return replace(type_, key=written(key), value=written(value))
        case ir.Object(properties, extra):
            return replace(
                type_,
                properties=tuple(replace(each, type=written(each.type)) for each in properties),
                extra=ir.Keep(written(extra.value)) if isinstance(extra, ir.Keep) else extra,
            )
        case ir.Checked(inner, checks):
            return ir.Checked(written(inner), checks)
        case _:
            return type_


def enumeration(type_: ir.Type) -> ir.EnumType | None:
    """The enumeration that a definition is, open or not; otherwise ``None``."""
    if isinstance(type_, ir.Union) and isinstance(type_.members[0], ir.EnumType):
        return type_.members[0]
    return type_ if isinstance(type_, ir.EnumType) else None


def references(type_: ir.Type) -> tuple[str, ...]:
    """The names of all definitions that a type refers to, in order of appearance, each once, including brands."""
    found: dict[str, None] = {}
    for one in inside(type_):
        if isinstance(one, ir.Ref):
            found[one.name] = None
        elif isinstance(one, _BRANDED) and one.brand is not None:
            found[one.brand] = None
    return tuple(found)
