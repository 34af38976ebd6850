"""JSON Schema checks beyond the type: calls of the runtime library's ``checked`` and its arguments."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeAlias, assert_never

from samewire import ir
from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Arrow,
    Call,
    Constant,
    Entry,
    Expression,
    Name,
    ObjectLiteral,
    RegularExpression,
    count,
    text,
)
from samewire.targets.typescript.syntax import Code, regex


class Builder(Protocol):
    """What makes calls, of functions of the library of schemas and of the runtime library."""

    def call(self, name: str, *arguments: Expression) -> Expression: ...

    def runtime(self, name: str) -> Name: ...

    def runtime_call(self, name: str, *arguments: Expression) -> Expression: ...


Schema: TypeAlias = Callable[[ir.Type], Expression]


def checked_schema(type_: ir.Checked, build: Builder, schema: Schema) -> Expression:
    """``schema`` makes the expression that checks a type."""
    match type_.checks:
        case (ir.OneOf(members), *others):
            union = build.call("union", ArrayLiteral(tuple(map(schema, members))))
            base = build.runtime_call("onlyOne", union)
        case others:
            base = schema(type_.type)
    if not others:
        return base
    return build.runtime_call("checked", base, *(_check(each, build, schema) for each in others))


def unlisted_arguments(
    tag: str, known: Sequence[str], predicate: Name, problem: str
) -> tuple[Expression, str]:
    """What a library's ``custom`` takes to check an object whose tag is none of the known, and to say what is wrong."""
    value = Name(Code("value"))
    holds = Call(predicate, (value, text(tag), ArrayLiteral(tuple(map(text, known)))))
    message = f"{problem}: expected another {json.dumps(tag)} than those of the members"
    return Arrow(value.code, holds), message


def _check(check: ir.Check, build: Builder, schema: Schema) -> Expression:
    call = build.runtime_call
    match check:
        case ir.AllOf(type_):
            return call("isAlso", schema(type_))
        case ir.Not(type_):
            return call("isNot", schema(type_))
        case ir.OneOf(members):
            return call(
                "isAlso",
                call("onlyOne", build.call("union", ArrayLiteral(tuple(map(schema, members))))),
            )
        case ir.IfThenElse(test, then, ir.Unknown()):
            return call("ifThen", schema(test), schema(then))
        case ir.IfThenElse(test, then, otherwise):
            return call("ifThen", schema(test), schema(then), schema(otherwise))
        case ir.ContentSchema(content):
            return call("holdsJson", schema(content))
        case ir.Contains(item, low, high):
            limits = (count(each) for each in (low, high) if each is not None)
            return call("hasItems", schema(item), *(() if (low, high) == (1, None) else limits))
        case ir.UniqueItems():
            return build.runtime("isDistinct")
        case ir.PropertyCount(low, high):
            return call("hasSize", count(low or 0), *(() if high is None else (count(high),)))
        case ir.PropertyNames(key):
            return call("everyKey", schema(key))
        case ir.PatternProperties(pattern, value):
            return call("keysMatching", RegularExpression(regex(pattern)), schema(value))
        case ir.UnevaluatedProperties(known, value):
            return call("otherKeys", evaluated(known, schema), schema(value))
        case ir.UnevaluatedItems(known, item):
            return call("otherItems", evaluated(known, schema), schema(item))
        case _:
            assert_never(check)


def evaluated(known: ir.Evaluated, check: Schema) -> Expression:
    """What schemas evaluate, as an argument of the runtime library; ``check`` makes what checks a type there."""
    return ObjectLiteral(tuple(_parts(known, check)))


def _parts(known: ir.Evaluated, check: Schema) -> Iterator[Entry]:
    def entry(key: str, *values: Expression) -> Iterator[Entry]:
        if values:
            yield Entry(Code(key), ArrayLiteral(values))

    if known.when is not None:
        yield Entry(Code("when"), check(known.when))
    if known.everything:
        yield Entry(Code("everything"), Constant(Code("true")))
    yield from entry("keys", *map(text, known.keys))
    yield from entry("patterns", *(RegularExpression(regex(each)) for each in known.patterns))
    if known.items:
        yield Entry(Code("items"), count(known.items))
    yield from entry("containing", *map(check, known.contains))
    yield from entry("inside", *(evaluated(each, check) for each in known.inside))
