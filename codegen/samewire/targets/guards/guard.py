"""The condition that checks whether a value has a type, from calls of guards and the runtime library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, assert_never

from samewire import ir
from samewire.identifiers import INHERITED
from samewire.targets.guards.checks import check_condition
from samewire.targets.guards.logic import (
    FALSE,
    TRUE,
    all_of,
    any_of,
    compared,
    equals,
    has_length,
    has_type,
    negated,
)
from samewire.targets.guards.strings import string_checks
from samewire.targets.typescript.annotations import UnionType, Word
from samewire.targets.typescript.checks import (
    argument,
    bound,
    divides,
    predicates,
    step,
    whole_bounds,
)
from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Arrow,
    Call,
    Comparison,
    Expression,
    Instantiation,
    Logical,
    Member,
    Name,
    Negation,
    count,
    text,
)
from samewire.targets.typescript.object_names import names_of
from samewire.targets.typescript.syntax import (
    Code,
    at,
    string,
    type_key,
)
from samewire.targets.typescript.unions import is_unknown
from samewire.walk import record_key, references

_PARAMETERS: Final = ("value", "item", "element", "entry")


@dataclass(frozen=True, slots=True)
class Scope:
    """
    ``guards`` are what the guards of ``definitions`` are called, ``aliases`` what functions of the runtime library are called that
    have another name here. ``deep`` are the definitions that take a descent of their own, which is for the end. ``exact``: what the
    guards are called that refuse a key which a schema would drop, where such a guard is written. ``accepted``: an optional key may
    also be ``undefined``. ``depth``: how many functions are around.
    """

    definitions: Mapping[str, ir.Definition]
    guards: Mapping[str, str]
    aliases: Mapping[str, str]
    deep: frozenset[str] = frozenset()
    exact: Mapping[str, str] | None = None
    accepted: bool = False
    depth: int = 0

    def runtime(self, name: str) -> Code:
        """What a function of the runtime library is called here."""
        return Code(self.aliases.get(name, name))

    def call(self, name: str, *arguments: Expression) -> Call:
        return Call(Name(self.runtime(name)), arguments)

    @property
    def parameter(self) -> Code:
        """The parameter of the innermost function."""
        names = _PARAMETERS
        return Code(
            names[self.depth]
            if self.depth < len(names)
            else f"{names[-1]}{self.depth - len(names) + 2}"
        )


def function(type_: ir.Type, scope: Scope) -> Expression:
    """A function that says whether its argument is of the type: a name where there is one for it."""
    inner = replace(scope, depth=scope.depth + 1)
    return _function(condition(type_, Name(inner.parameter), inner), inner)


def _function(holds: Expression, scope: Scope) -> Expression:
    """The function of the innermost parameter that returns whether the condition holds."""
    parameter = scope.parameter
    match holds:
        case Call(Name() as called, (Name(argument),)) if argument == parameter:
            return called
        case Call() | Comparison() | Logical() | Negation():
            return Arrow(parameter, holds)
        case constant:
            return Name(scope.runtime("isAnything" if constant == TRUE else "isNothing"))


def condition(type_: ir.Type, value: Expression, scope: Scope) -> Expression:
    """The condition under which ``value``, a parameter or an expression from one, has the type."""
    match type_:
        case ir.Unknown():
            return TRUE
        case ir.JsonValue():
            return scope.call("isJson", value)
        case ir.Never():
            return FALSE
        case ir.Null():
            return equals(value, None)
        case ir.Boolean():
            return has_type(value, "boolean")
        case ir.Literal(values):
            return any_of(*(equals(value, each) for each in values))
        case ir.Integer():
            return all_of(*_integer(type_, value, scope))
        case ir.Number():
            return all_of(*_number(type_, value, scope))
        case ir.String():
            return all_of(has_type(value, "string"), *string_checks(type_, value, scope.call))
        case ir.Array():
            return all_of(*_array(type_, value, scope))
        case ir.Tuple():
            return all_of(*_tuple(type_, value, scope))
        case ir.Record():
            return all_of(*_record(type_, value, scope))
        case ir.Object():
            return all_of(*_object(type_, value, scope))
        case ir.Union(members):
            return any_of(*(condition(each, value, scope) for each in _telling(members)))
        case ir.Nullable(inner):
            return any_of(equals(value, None), condition(inner, value, scope))
        case ir.Unlisted(inner):
            return condition(inner, value, scope)
        case ir.UnlistedObject(tag, known):
            listed = ArrayLiteral(tuple(map(text, known)))
            return scope.call("isUnlisted", value, text(tag), listed)
        case ir.EnumType(members):
            return any_of(*(equals(value, each.value) for each in members))
        case ir.Ref(name):
            guards = scope.guards if scope.exact is None else scope.exact
            return Call(Name(Code(guards[name])), (value,))
        case ir.Checked(inner, checks):
            # A schema with checks gives back what it gets, with all keys.
            scope = replace(scope, exact=None)
            holds = (_check(each, value, scope) for each in checks)
            return all_of(condition(inner, value, scope), *holds)
        case _:
            assert_never(type_)


def _telling(members: tuple[ir.Type, ...]) -> Iterator[ir.Type]:
    """The members of a union but for values of an open enumeration, which are taken as what is not listed is."""
    others = [each.type for each in members if isinstance(each, ir.Unlisted)]
    for each in members:
        values: tuple[ir.Scalar, ...] = ()
        if isinstance(each, ir.Literal):
            values = each.values
        elif isinstance(each, ir.EnumType):
            values = tuple(one.value for one in each.members)
        if not values or not all(any(_takes(type_, one) for type_ in others) for one in values):
            yield each


def _takes(type_: ir.String | ir.Integer | ir.Number, value: ir.Scalar) -> bool:
    kinds = {ir.String: str, ir.Integer: int, ir.Number: int | float}
    return isinstance(value, kinds[type(type_)]) and not isinstance(value, bool)


def _check(check: ir.Check, value: Expression, scope: Scope) -> Expression:
    return check_condition(
        check,
        value,
        scope.call,
        lambda type_: condition(type_, value, scope),
        lambda type_: function(type_, scope),
    )


# --- Numbers ----------------------------------------------------------------------------------------------------------


def _integer(type_: ir.Integer, value: Expression, scope: Scope) -> Iterator[Expression]:
    low, high = whole_bounds(type_)
    yield scope.call("isInteger", value)
    yield _bound(value, ">=", low)
    yield _bound(value, "<=", high)
    if type_.multiple_of is not None and type_.multiple_of != 1:
        yield scope.call("isMultipleOf", value, step(type_.multiple_of))


def _number(type_: ir.Number, value: Expression, scope: Scope) -> Iterator[Expression]:
    yield scope.call("isNumber", value)
    yield _bound(value, ">=", type_.ge)
    yield _bound(value, ">", type_.gt)
    yield _bound(value, "<=", type_.le)
    yield _bound(value, "<", type_.lt)
    if type_.multiple_of is not None:
        yield scope.call(divides(type_), value, step(type_.multiple_of))
    for limit in predicates(type_):
        yield scope.call(limit.name, value, *map(argument, limit.arguments))


def _bound(value: Expression, operator: str, limit: float | None) -> Expression:
    least = bound(limit, low=operator.startswith(">"))
    return TRUE if least is None else compared(value, operator, least)


# --- Arrays -----------------------------------------------------------------------------------------------------------


def _array(type_: ir.Array, value: Expression, scope: Scope) -> Iterator[Expression]:
    yield scope.call("isArray", value)
    yield from _length(value, type_.min_items, type_.max_items)
    yield _items(type_.items, value, 0, scope)
    if type_.unique:
        yield scope.call("isUnique", value)


def _items(type_: ir.Type, value: Expression, start: int, scope: Scope) -> Expression:
    """All elements from the position ``start`` on have the type."""
    if type_ == ir.Unknown():
        return TRUE
    arguments = (value, function(type_, scope), *((count(start),) if start else ()))
    return scope.call("everyItem", *arguments)


def _length(value: Expression, low: int | None, high: int | None) -> Iterator[Expression]:
    if low is not None and low == high:
        yield has_length(value, "===", low)
        return
    if low:
        yield has_length(value, ">=", low)
    if high is not None:
        yield has_length(value, "<=", high)


def _tuple(type_: ir.Tuple, value: Expression, scope: Scope) -> Iterator[Expression]:
    prefix, high = type_.prefix, type_.max_items
    if type_.rest is None:
        high = len(prefix) if high is None else min(high, len(prefix))
    yield scope.call("isArray", value)
    yield from _length(value, type_.min_items, high)
    for index, item in enumerate(prefix):
        is_item = condition(item, Member(value, Code(str(index))), scope)
        if index < type_.min_items or is_item == TRUE:
            yield is_item
        else:
            yield any_of(has_length(value, "<=", index), is_item)
    if type_.rest is not None:
        yield _items(type_.rest, value, len(prefix), scope)


# --- Objects ----------------------------------------------------------------------------------------------------------


def _record(type_: ir.Record, value: Expression, scope: Scope) -> Iterator[Expression]:
    yield scope.call("isRecord", value)
    if (key := record_key(type_, scope.definitions)) != ir.String():
        yield scope.call("everyName", value, function(key, scope))
    if type_.value != ir.Unknown():
        yield scope.call("everyValue", value, function(type_.value, scope))
    if type_.min_properties:
        yield scope.call("hasMinProperties", value, count(type_.min_properties))
    if type_.max_properties is not None:
        yield scope.call("hasMaxProperties", value, count(type_.max_properties))


def _object(type_: ir.Object, value: Expression, scope: Scope) -> Iterator[Expression]:
    """What tells an object from others comes first, so that a union soon knows its member, and what is recursive last."""
    named = tuple(Word(string(each.key)) for each in type_.properties if not _is_awkward(each))
    if named:
        shape = named[0] if len(named) == 1 else UnionType(named)
        yield Call(Instantiation(scope.runtime("hasShape"), (shape,)), (value,))
    else:
        yield scope.call("isObject", value)
    deep = [each for each in type_.properties if _is_deep(each, scope)]
    flat = [each for each in type_.properties if each not in deep]
    yield from _properties(sorted(flat, key=lambda each: not _is_tag(each)), value, scope)
    if type_.names:
        yield scope.call("hasItsNames", value, *names_of(type_))
    match type_.extra:
        case ir.Strip.STRIP if scope.exact is not None:
            yield _has_no_more(type_.properties, value, scope)
        case ir.Strip.STRIP | ir.Keep(ir.Unknown()):
            pass
        case ir.Reject.REJECT:
            yield _has_no_more(type_.properties, value, scope)
        case ir.Keep(extra):
            keys = _keys(type_.properties)
            yield scope.call("everyOtherValue", value, keys, function(extra, scope))
        case _:
            assert_never(type_.extra)
    yield from _properties(deep, value, scope)


def _properties(
    properties: Iterable[ir.Property], value: Expression, scope: Scope
) -> Iterator[Expression]:
    for each in properties:
        with at(each.key):
            yield _property(each, value, scope)


def _is_deep(each: ir.Property, scope: Scope) -> bool:
    return not scope.deep.isdisjoint(references(each.type))


def _is_tag(each: ir.Property) -> bool:
    return each.required and isinstance(each.type, ir.Literal)


def _is_awkward(each: ir.Property) -> bool:
    return each.key in INHERITED


def _property(each: ir.Property, value: Expression, scope: Scope) -> Expression:
    if _is_awkward(each):
        return _awkward_property(each, value, scope)
    member = Member(value, type_key(each.key))
    is_value = condition(each.type, member, scope)
    if each.required and is_unknown(each.type, scope.definitions):
        return all_of(_has(each, value, scope), is_value)
    if each.required:
        return is_value
    if is_value == TRUE:
        return TRUE
    absent = _is_undefined(member) if scope.accepted else negated(_has(each, value, scope))
    return any_of(absent, is_value)


def _is_undefined(value: Expression) -> Expression:
    return compared(value, "===", Name(Code("undefined")))


def _awkward_property(each: ir.Property, value: Expression, scope: Scope) -> Expression:
    """The condition on a key that every object inherits."""
    inner = replace(scope, depth=scope.depth + 1)
    parameter = Name(inner.parameter)
    is_value = condition(each.type, parameter, inner)
    if scope.accepted and not each.required:
        is_value = any_of(_is_undefined(parameter), is_value)
    holds = scope.call("hasProperty", value, text(each.key), _function(is_value, inner))
    return holds if each.required else any_of(negated(_has(each, value, scope)), holds)


def _has(each: ir.Property, value: Expression, scope: Scope) -> Expression:
    """Whether the object has the key."""
    if _is_awkward(each):
        return scope.call("hasKey", value, text(each.key))
    return compared(text(each.key), "in", value)


def _has_no_more(
    properties: tuple[ir.Property, ...], value: Expression, scope: Scope
) -> Expression:
    return scope.call("hasOnlyKeys", value, _keys(properties))


def _keys(properties: tuple[ir.Property, ...]) -> Expression:
    return ArrayLiteral(tuple(text(each.key) for each in properties))
