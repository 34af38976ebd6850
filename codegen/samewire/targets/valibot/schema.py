"""Valibot expressions for each kind of type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from samewire import ir
from samewire.targets.typescript.annotations import Reference, layout_type
from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Call,
    Entry,
    Expression,
    Instantiation,
    Member,
    Name,
    ObjectLiteral,
    RegularExpression,
    Thunk,
    count,
    scalar,
    text,
)
from samewire.targets.typescript.json_schema import checked_schema, unlisted_arguments
from samewire.targets.typescript.object_names import names_of
from samewire.targets.typescript.schemas import branded, schema_type
from samewire.targets.typescript.syntax import (
    Code,
    at,
    identifier,
    property_key,
    regex,
    template,
    template_of,
)
from samewire.targets.typescript.types import ANY_STRING, unlisted_object
from samewire.targets.typescript.unions import is_open_union, may_lose_keys, tag_values
from samewire.targets.valibot.builder import Builder
from samewire.targets.valibot.formats import format_checks
from samewire.targets.valibot.numbers import integer_schema, number_schema
from samewire.walk import record_key


@dataclass(frozen=True, slots=True)
class Scope:
    """
    What is known where a definition's schema is written.

    ``names`` and ``validators`` are what the type and the exported schema of each definition are called, ``later`` the
    definitions that are declared further down. ``exported`` collects those of which the exported schema is referred to.
    ``accepted``: an optional key may also be ``undefined``.
    """

    build: Builder
    definitions: Mapping[str, ir.Definition]
    names: Mapping[str, str]
    validators: Mapping[str, str]
    later: frozenset[str]
    exported: set[str]
    accepted: bool = False


def schema(type_: ir.Type, scope: Scope) -> Expression:
    """The expression that checks ``type_``."""
    build = scope.build
    match type_:
        case ir.Unknown():
            return build.call("unknown")
        case ir.JsonValue():
            custom = Name(Code("v.custom<t.JsonValue>"))
            return Call(custom, (build.runtime("isJson"), text("Invalid type: Expected JSON")))
        case ir.Never():
            return build.call("never")
        case ir.Null():
            return build.call("null")
        case ir.Boolean():
            return build.call("boolean")
        case ir.Literal(values):
            return _literals(values, build)
        case ir.Integer():
            return branded(integer_schema(type_, build), type_.brand, scope.names)
        case ir.Number():
            return branded(number_schema(type_, build), type_.brand, scope.names)
        case ir.String():
            return branded(_string(type_, build), type_.brand, scope.names)
        case ir.Array():
            return _array(type_, scope)
        case ir.Tuple((), rest, low, high) if rest is not None:
            return _array(ir.Array(rest, low, high), scope)
        case ir.Tuple():
            return _tuple(type_, scope)
        case ir.Record():
            return _record(type_, scope)
        case ir.Object():
            return _object(type_, scope)
        case ir.Union():
            return _union(type_, scope)
        case ir.Nullable(inner):
            return build.call("nullable", schema(inner, scope))
        case ir.Unlisted(ir.String()):
            any_text = Instantiation(Code("v.custom"), (ANY_STRING,))
            return Call(any_text, (build.runtime("isText"), text("Invalid type: Expected string")))
        case ir.Unlisted(inner):
            return schema(inner, scope)
        case ir.UnlistedObject(tag, known):
            type_argument = unlisted_object(tag, Code("t.UnknownTag"))
            is_unlisted = build.runtime("isUnlisted")
            check, message = unlisted_arguments(tag, known, is_unlisted, "Invalid type")
            return Call(Instantiation(Code("v.custom"), (type_argument,)), (check, text(message)))
        case ir.EnumType():
            raise TypeError("an enum is the type of a definition")
        case ir.Ref(name):
            return _reference(name, scope)
        case ir.Checked():
            return checked_schema(type_, build, lambda each: schema(each, scope))
        case _:
            assert_never(type_)


def enum_schema(enum: ir.EnumType, values: Expression, build: Builder) -> Expression:
    """A schema from the object that holds an enum's values; ``v.picklist`` does not take booleans."""
    if not any(isinstance(member.value, bool) for member in enum.members):
        return build.call("picklist", Call(Member(Name(Code("Object")), Code("values")), (values,)))
    return _literals(tuple(member.value for member in enum.members), build)


def _literals(values: tuple[ir.Scalar, ...], build: Builder) -> Expression:
    """``v.picklist``, which takes texts and numbers, beside ``v.literal`` for booleans and ``v.null``."""
    listed = [
        each
        for each in values
        if isinstance(each, str | int | float) and not isinstance(each, bool)
    ]
    schemas: list[Expression] = []
    if len(listed) > 1:
        schemas.append(build.call("picklist", ArrayLiteral(tuple(map(scalar, listed)))))
        values = tuple(each for each in values if each is None or isinstance(each, bool))
    schemas += [
        build.call("null") if value is None else build.call("literal", scalar(value))
        for value in values
    ]
    return schemas[0] if len(schemas) == 1 else build.call("union", ArrayLiteral(tuple(schemas)))


# --- Strings ----------------------------------------------------------------------------------------------------------


def _string(type_: ir.String, build: Builder) -> Expression:
    patterns = tuple(RegularExpression(regex(each)) for each in type_.patterns)
    if (parts := template_of(type_)) is not None:
        build.imported.add("matching")
        return Call(Name(Code(f"matching<{template(parts)}>")), patterns)
    return build.pipe(
        build.call("string"),
        *(() if type_.format is None else format_checks(type_.format, build)),
        *_lengths(type_, build),
        *(build.call("regex", each) for each in patterns),
    )


def _lengths(type_: ir.String, build: Builder) -> Iterator[Expression]:
    """In code points, as Python counts; valibot's own length is in UTF-16 units."""
    limits = (
        (type_.min_length or None, "hasMinCharacters", "at least", "characters"),
        (type_.max_length, "hasMaxCharacters", "at most", "characters"),
        (type_.min_bytes, "hasMinBytes", "at least", "bytes"),
        (type_.max_bytes, "hasMaxBytes", "at most", "bytes"),
    )
    for limit, predicate, sign, unit in limits:
        if limit is not None:
            message = f"Invalid length: Expected {sign} {limit} {unit}"
            yield build.check(predicate, message, count(limit))


# --- Containers -------------------------------------------------------------------------------------------------------


def _array(type_: ir.Array, scope: Scope) -> Expression:
    build = scope.build
    return build.pipe(
        build.call("array", schema(type_.items, scope)),
        *_bounds(type_.min_items, type_.max_items, build),
        build.check("isUnique", "Invalid items: Expected unique items", value="items")
        if type_.unique
        else None,
    )


def _bounds(low: int | None, high: int | None, build: Builder) -> Iterator[Expression]:
    if low is not None and low == high:
        yield build.call("length", count(low))
        return
    if low:
        yield build.call("minLength", count(low))
    if high is not None:
        yield build.call("maxLength", count(high))


def _tuple(type_: ir.Tuple, scope: Scope) -> Expression:
    build = scope.build
    items = [schema(each, scope) for each in type_.prefix]
    required, optional = items[: type_.min_items], items[type_.min_items :]
    arguments: list[Expression] = [ArrayLiteral(tuple(required))]
    if optional or type_.rest is not None:
        arguments.append(ArrayLiteral(tuple(optional)))
    if type_.rest is not None:
        arguments.append(schema(type_.rest, scope))
    low = type_.min_items if type_.min_items > len(items) else None
    return build.pipe(
        build.runtime_call("tuple", *arguments), *_bounds(low, type_.max_items, build)
    )


def _record(type_: ir.Record, scope: Scope) -> Expression:
    build = scope.build
    key = schema(record_key(type_, scope.definitions), scope)
    value = schema(type_.value, scope)
    return build.pipe(
        build.runtime_call("exactRecord", key, value),
        *_sizes(type_.min_properties or None, "hasMinProperties", "at least", build),
        *_sizes(type_.max_properties, "hasMaxProperties", "at most", build),
    )


def _sizes(limit: int | None, predicate: str, sign: str, build: Builder) -> Iterator[Expression]:
    if limit is not None:
        message = f"Invalid size: Expected {sign} {limit} properties"
        yield build.check(predicate, message, count(limit), value="value")


# --- Objects ----------------------------------------------------------------------------------------------------------


def _object(type_: ir.Object, scope: Scope) -> Expression:
    build = scope.build
    entries = ObjectLiteral(tuple(_property(each, scope) for each in type_.properties))
    match type_.extra:
        case ir.Strip.STRIP:
            plain = build.call("object", entries)
        case ir.Reject.REJECT:
            plain = build.call("strictObject", entries)
        case ir.Keep(ir.Unknown()):
            plain = build.call("looseObject", entries)
        case ir.Keep(value):
            plain = build.call("objectWithRest", entries, schema(value, scope))
        case _:
            assert_never(type_.extra)
    if type_.names:
        return build.runtime_call("named", plain, *names_of(type_))
    return build.runtime_call("exactObject", plain)


def _property(each: ir.Property, scope: Scope) -> Entry:
    with at(each.key):
        value = schema(each.type, scope)
    if not each.required:
        value = scope.build.call("optional" if scope.accepted else "exactOptional", value)
    return Entry(property_key(each.key), value)


def declared_type(name: str, scope: Scope) -> Reference:
    """``Schema<t.Name>``, the type under which a definition's schema is exported."""
    type_ = Reference(Code(f"t.{identifier(scope.names[name])}"))
    return schema_type(type_, type_)


def _reference(name: str, scope: Scope) -> Expression:
    """The exported schema: its type is at hand, where that of the constant would be inferred all the way down."""
    scope.exported.add(name)
    exported = Name(identifier(scope.validators[name]))
    if name not in scope.later:
        return exported
    return scope.build.call("lazy", Thunk(layout_type(declared_type(name, scope)), exported))


# --- Unions -----------------------------------------------------------------------------------------------------------


def _union(type_: ir.Union, scope: Scope) -> Expression:
    build = scope.build
    members = [schema(each, scope) for each in type_.members]
    if type_.tag is not None and (tags := _tags(type_.members, type_.tag, scope)) is not None:
        entries = (Entry(property_key(tag), members[index]) for tag, index in tags.items())
        return build.runtime_call("tagged", text(type_.tag), ObjectLiteral(tuple(entries)))
    if is_open_union(type_):
        return build.runtime_call("openUnion", *members)
    union = build.call("union", ArrayLiteral(tuple(members)))
    if type_.tag is None and may_lose_keys(type_, scope.definitions):
        return build.runtime_call("keepAll", union)
    return union


def _tags(members: tuple[ir.Type, ...], tag: str, scope: Scope) -> dict[str, int] | None:
    """The place of the member that each value of a tag tells; ``None`` if a member tells no text, or two the same one."""
    found: dict[str, int] = {}
    for index, member in enumerate(members):
        for values in tag_values(member, tag, scope.definitions):
            texts = [value for value in values if isinstance(value, str)]
            if not texts or len(texts) != len(values) or not found.keys().isdisjoint(texts):
                return None
            found |= dict.fromkeys(texts, index)
    return found
