"""Zod expressions for each kind of type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from samewire import ir
from samewire.identifiers import INHERITED
from samewire.targets.typescript.annotations import Reference, layout_type
from samewire.targets.typescript.decoding import UNDECODED, Decoding, value_types
from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Call,
    Entry,
    Expression,
    Getter,
    Instantiation,
    Member,
    Name,
    ObjectLiteral,
    Spread,
    Text,
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
    literal,
    property_key,
)
from samewire.targets.typescript.types import ANY_STRING, unlisted_object
from samewire.targets.typescript.unions import (
    flat_members,
    is_open_union,
    is_unknown,
    may_lose_keys,
    shared_tag,
)
from samewire.targets.typescript.views import SHOWN
from samewire.targets.zod.builder import Builder, Refinement
from samewire.targets.zod.formats import codec_schema
from samewire.targets.zod.numbers import integer_schema, number_schema
from samewire.targets.zod.strings import length_checks, text_schema
from samewire.walk import record_key, references


@dataclass(frozen=True, slots=True)
class Scope:
    """
    What is known where a definition's schema is written.

    ``names``, ``validators`` and ``constants`` are what the type, the exported and the unexported schema of each definition are
    called, ``later`` the definitions that are declared further down. ``exported`` collects those of which the exported schema is
    referred to. ``accepted``: an optional key may also be ``undefined``. ``guarded``: zod is asked why a value is refused, and not
    whether it is. ``open`` are those that are exported as they are inferred, which would be compared and inferred all the way down
    where others refer to them; there they get their declared types. ``decoding`` says which values are decoded. Other
    schemas than those ``here`` are imported.
    """

    build: Builder
    definitions: Mapping[str, ir.Definition]
    names: Mapping[str, str]
    validators: Mapping[str, str]
    constants: Mapping[str, str]
    later: frozenset[str]
    exported: set[str]
    here: frozenset[str]
    accepted: bool = False
    guarded: bool = False
    open: frozenset[str] = frozenset()
    decoding: Decoding = UNDECODED

    @property
    def optional(self) -> str:
        """The function that makes the schema of a key optional."""
        return "optional" if self.accepted else self.build.dialect.optional


def schema(type_: ir.Type, scope: Scope, *, deferred: bool = False) -> Expression:
    """
    The expression that checks ``type_``.

    ``deferred``: the expression is evaluated after all declarations, so that later ones may be named in it.
    """
    build = scope.build
    match type_:
        case ir.Unknown():
            return build.call("unknown")
        case ir.JsonValue():
            return _json_value(build)
        case ir.Never():
            return build.call("never")
        case ir.Null():
            return build.call("null")
        case ir.Boolean():
            return build.call("boolean")
        case ir.Literal(values):
            return _literal(values, build)
        case ir.Integer():
            return branded(build.scalar(type_, integer_schema), type_.brand, scope.names)
        case ir.Number():
            return branded(build.scalar(type_, number_schema), type_.brand, scope.names)
        case ir.String():
            return _string(type_, scope)
        case ir.Array():
            return _array(type_, scope, deferred=deferred)
        case ir.Tuple((), rest, low, high) if rest is not None:
            return _array(ir.Array(rest, low, high), scope, deferred=deferred)
        case ir.Tuple():
            return _tuple(type_, scope, deferred=deferred)
        case ir.Record():
            return _record(type_, scope, deferred=deferred)
        case ir.Object():
            return _object(type_, scope, deferred=deferred)
        case ir.Union():
            return _union(type_, scope, deferred=deferred)
        case ir.Nullable(inner):
            return build.nullable(schema(inner, scope, deferred=deferred))
        case ir.Unlisted(inner):
            return _unlisted(inner, scope)
        case ir.UnlistedObject(tag, known):
            type_argument = unlisted_object(tag, Code("t.UnknownTag"))
            is_unlisted = build.runtime("isUnlisted")
            check, message = unlisted_arguments(tag, known, is_unlisted, "Invalid input")
            custom = Instantiation(Code("z.custom"), (type_argument,))
            return Call(custom, (check, build.said(message)))
        case ir.EnumType():
            raise TypeError("an enum is the type of a definition")
        case ir.Ref(name):
            return _reference(name, scope, deferred=deferred)
        case ir.Checked():
            scope.decoding.refuse_in_checks(type_)
            return checked_schema(type_, build, lambda each: schema(each, scope, deferred=deferred))
        case _:
            assert_never(type_)


def _unlisted(type_: ir.String | ir.Integer | ir.Number, scope: Scope) -> Expression:
    """Of a text a type that keeps the literals beside it."""
    if not isinstance(type_, ir.String):
        return schema(type_, scope)
    custom = Instantiation(Code("z.custom"), (ANY_STRING,))
    message = scope.build.said("Invalid input: expected string")
    return scope.build.declare("anyText", Call(custom, (scope.build.runtime("isText"), message)))


def _json_value(build: Builder) -> Expression:
    """``z.json()`` says the same, but is recursive, which makes zod give up its fast paths."""
    message = build.said("Invalid input: expected JSON")
    custom = Name(Code("z.custom<t.JsonValue>"))
    return build.declare("jsonValue", Call(custom, (build.runtime("isJson"), message)))


def enum_schema(enum: ir.EnumType, values: Expression, build: Builder) -> Expression:
    """
    A schema from the object that holds an enum's values.

    ``z.enum`` takes a key that is the decimal form of one of the numbers for TypeScript's reverse mapping, and drops it; and it
    does not take booleans.
    """
    numbers = {
        float(member.value) for member in enum.members if isinstance(member.value, int | float)
    }
    reverse = any(_as_number(member.name) in numbers for member in enum.members)
    if reverse or any(isinstance(member.value, bool) for member in enum.members):
        return build.call("literal", Call(Member(Name(Code("Object")), Code("values")), (values,)))
    return build.call("enum", values)


def _as_number(text: str) -> float | None:
    """What JavaScript's unary plus makes of a decimal text."""
    try:
        return float(text.strip() or "0")
    except ValueError:
        return None


def _literal(values: tuple[ir.Scalar, ...], build: Builder) -> Expression:
    items = tuple(scalar(value) for value in values)
    return build.call("literal", items[0] if len(items) == 1 else ArrayLiteral(items))


def _string(type_: ir.String, scope: Scope) -> Expression:
    form = scope.decoding.form(type_)
    text = scope.build.scalar(type_, text_schema)
    if form is None:
        return branded(text, type_.brand, scope.names)
    return codec_schema(text, form, scope.build)


def _array(type_: ir.Array, scope: Scope, *, deferred: bool) -> Expression:
    build = scope.build
    array = build.call("array", schema(type_.items, scope, deferred=deferred))
    decodes = scope.decoding.decodes(type_.items)
    plain = type_.unique and not decodes
    unique = build.refine("isUnique", "Invalid input: expected unique items") if plain else None
    array = build.checked(array, *length_checks(type_.min_items, type_.max_items), unique)
    if type_.unique and decodes:
        array = build.runtime_call("uniqueAsSent", array)
    form = scope.decoding.form(type_)
    return (
        array
        if form is None
        else build.call("codec", Spread(build.runtime_call(form.codec, array)))
    )


def _tuple(type_: ir.Tuple, scope: Scope, *, deferred: bool) -> Expression:
    build = scope.build
    items = [_element(each, scope, deferred=deferred) for each in type_.prefix]
    items[type_.min_items :] = [build.optional(each) for each in items[type_.min_items :]]
    arguments: list[Expression] = [ArrayLiteral(tuple(items))]
    if type_.rest is not None:
        arguments.append(schema(type_.rest, scope, deferred=deferred))
    low = type_.min_items if type_.min_items > len(items) else None
    tuple_ = build.call("tuple", *arguments)
    if items and type_.min_items == 0 and not build.dialect.exact_optional:
        tuple_ = build.runtime_call("filledUp", tuple_)
    if not build.dialect.requires_unknown:
        tuple_ = build.runtime_call("ownTuple", tuple_, count(min(type_.min_items, len(items))))
    return build.checked(tuple_, *length_checks(low, type_.max_items), methods=False)


def _element(type_: ir.Type, scope: Scope, *, deferred: bool) -> Expression:
    """An element of a tuple, of which zod before 4.4 asks at once whether it is optional; a lazy one can't tell yet."""
    element = schema(type_, scope, deferred=deferred)
    if (
        scope.build.dialect.requires_unknown
        or deferred
        or scope.later.isdisjoint(references(type_))
    ):
        return element
    return scope.build.call("nonoptional", element)


def _record(type_: ir.Record, scope: Scope, *, deferred: bool) -> Expression:
    build = scope.build
    names = record_key(type_, scope.definitions)
    values = literal_keys(names, scope.definitions)
    function = "record" if values is None else "partialRecord"
    key: Expression
    if isinstance(values, ir.Literal):
        # Before 4.4 z.partialRecord can't take a z.literal.
        key = build.call("enum", ArrayLiteral(tuple(scalar(value) for value in values.values)))
    else:
        key = _key(names, scope, deferred=deferred)
    value = schema(type_.value, scope, deferred=deferred)
    low, high = type_.min_properties or None, type_.max_properties
    return build.checked(
        build.runtime_call("ownRecord", build.call(function, key, value)),
        *_property_counts(low, high, build),
    )


def _key(key: ir.Type, scope: Scope, *, deferred: bool) -> Expression:
    """A key is a text, whatever the values of its type are decoded to."""
    if not scope.decoding.decodes(key):
        return schema(key, scope, deferred=deferred)
    while isinstance(key, ir.Ref):
        key = scope.definitions[key.name].type
    return schema(key, replace(scope, decoding=UNDECODED), deferred=deferred)


def _property_counts(low: int | None, high: int | None, build: Builder) -> Iterator[Refinement]:
    expected = "expected object to have"
    if low is not None:
        message = f"Too small: {expected} >={low} properties"
        yield build.refine("hasMinProperties", message, count(low), value="value")
    if high is not None:
        message = f"Too big: {expected} <={high} properties"
        yield build.refine("hasMaxProperties", message, count(high), value="value")


def literal_keys(
    key: ir.Type, definitions: Mapping[str, ir.Definition]
) -> ir.Literal | ir.EnumType | None:
    """The keys of a record if they are finitely many, of which none has to be there."""
    match key:
        case ir.Literal() | ir.EnumType():
            return key
        case ir.Ref(name):
            return literal_keys(definitions[name].type, definitions)
        case _:
            return None


# --- Objects ----------------------------------------------------------------------------------------------------------


def _object(type_: ir.Object, scope: Scope, *, deferred: bool) -> Expression:
    build = scope.build
    extra = type_.extra.value if isinstance(type_.extra, ir.Keep) else ir.Unknown()
    unsure = _unsure_keys(type_, scope)
    # A copy of an object schema, as catchall makes one, runs the getters at once.
    getters = extra == ir.Unknown() and not deferred
    properties = (
        _property(each, scope, deferred=deferred, getters=getters) for each in type_.properties
    )
    object_ = build.call(_constructor(type_.extra), ObjectLiteral(tuple(properties)))
    if extra != ir.Unknown():
        object_ = build.catchall(object_, schema(extra, scope, deferred=deferred))
    if _sees_own_keys(type_, build):
        object_ = build.runtime_call("ownObject", object_)
    if unsure:
        object_ = build.runtime_call("requireKeys", object_, *map(text, unsure))
    if type_.names:
        object_ = build.runtime_call("named", object_, *names_of(type_))
    return object_


def _unsure_keys(type_: ir.Object, scope: Scope) -> tuple[str, ...]:
    """The required keys that zod does not miss."""
    if scope.build.dialect.requires_unknown:
        return ()
    return tuple(
        each.key
        for each in type_.properties
        if each.required and is_unknown(each.type, scope.definitions)
    )


def _sees_own_keys(type_: ir.Object, build: Builder) -> bool:
    """Whether zod would find a key on the prototype, or drop or overlook one that is called ``__proto__``."""
    if any(each.key in INHERITED for each in type_.properties) or isinstance(type_.extra, ir.Keep):
        return True
    return type_.extra is ir.REJECT and not build.dialect.strict_with_proto


def _constructor(extra: ir.Extra) -> str:
    match extra:
        case ir.Strip.STRIP:
            return "object"
        case ir.Reject.REJECT:
            return "strictObject"
        case ir.Keep(ir.Unknown()):
            return "looseObject"
        case ir.Keep():
            return "object"
        case _:
            assert_never(extra)


def _property(each: ir.Property, scope: Scope, *, deferred: bool, getters: bool) -> Entry | Getter:
    key = property_key(each.key)
    refers_later = bool(scope.later) and not scope.later.isdisjoint(references(each.type))
    getter = _getter_type(each.type, scope) if getters and refers_later else None
    with at(each.key):
        value = schema(each.type, scope, deferred=deferred or getter is not None)
    if not each.required:
        value = scope.build.optional(value, scope.optional)
    if getter is None:
        return Entry(key, value)
    if not each.required:
        name = f"{scope.optional[0].upper()}{scope.optional[1:]}"
        getter = Reference(_class(name, scope), (getter,))
    return Getter(key, layout_type(getter), value)


def _getter_type(type_: ir.Type, scope: Scope) -> Reference | None:
    """
    The class of the schema of a type that is one reference, or arrays or dictionaries of it; ``None`` for all others.

    A getter needs its type written out, as its inference would go in circles. Where that would take more than this, the
    reference itself is put behind ``z.lazy``.
    """
    match type_:
        case ir.Ref(name):
            return declared_type(name, scope)
        case ir.Array(items=inner) if scope.decoding.form(type_) is None:
            name, arguments = "Array", _getter_type(inner, scope)
        case ir.Nullable(inner):
            name, arguments = "Nullable", _getter_type(inner, scope)
        case _:
            return None
    return Reference(_class(name, scope), (arguments,)) if arguments is not None else None


def _class(name: str, scope: Scope) -> Code:
    return Code(f"z.{scope.build.dialect.classes}{name}")


def declared_type(name: str, scope: Scope) -> Reference:
    """``Schema<t.Name>``, the type under which a definition's schema is exported."""
    return schema_type(*value_types(name, scope.names, scope.decoding))


def _reference(name: str, scope: Scope, *, deferred: bool) -> Expression:
    """The exported schema: its type is at hand, where that of the constant would be inferred all the way down."""
    scope.exported.add(name)
    exported: Name | Call = Name(identifier(scope.validators[name]))
    if name in scope.open:
        types = declared_type(name, scope).arguments
        exported = Call(Instantiation(Code("typed"), types), (exported,))
    if deferred or name not in scope.later:
        return exported
    return scope.build.call("lazy", Thunk(layout_type(declared_type(name, scope)), exported))


# --- Unions -----------------------------------------------------------------------------------------------------------


def _union(type_: ir.Union, scope: Scope, *, deferred: bool) -> Expression:
    build, tagged = scope.build, _shows_tag(type_, scope)
    scope.decoding.refuse_mixed(type_, scope.definitions)
    members = ArrayLiteral(
        tuple(
            _shape(each, scope)
            if tagged and isinstance(each, ir.Ref)
            else schema(each, scope, deferred=deferred)
            for each in type_.members
        )
    )
    if type_.tag is not None and tagged:
        return build.call("discriminatedUnion", Text(literal(type_.tag)), members)
    union = build.call("union", members)
    if is_open_union(type_):
        return build.runtime_call("openUnion", union)
    if type_.tag is None and may_lose_keys(type_, scope.definitions):
        union = build.runtime_call("keepAll", union)
    if type_.tag is None and scope.decoding.may_lose(type_, scope.definitions):
        union = build.runtime_call("keepDecoded", union)
    tag = shared_tag(type_, scope.definitions) if scope.guarded else None
    return (
        union if tag is None or tag in INHERITED else build.runtime_call("byTag", union, text(tag))
    )


def _shape(ref: ir.Ref, scope: Scope) -> Expression:
    """The constant itself, of whose type the keys are known; that of another definition's name is not more than the name."""
    while isinstance(target := scope.definitions[ref.name].type, ir.Ref):
        ref = target
    if ref.name not in scope.here:
        return Call(Name(SHOWN), (Name(identifier(scope.validators[ref.name])),))
    return Name(identifier(scope.constants[ref.name]))


def _has_awkward_tags(union: ir.Union, scope: Scope) -> bool:
    """Before 4.6 zod puts the literals of members into an object by key, which fails for the keys that it inherits."""
    members = flat_members(union.members, scope.definitions)
    objects = (each.type if isinstance(each, ir.Checked) else each for each in members)
    return any(
        each.key in INHERITED
        for member in objects
        if isinstance(member, ir.Object)
        for each in member.properties
    )


def _shows_tag(type_: ir.Type, scope: Scope) -> bool:
    """Whether zod sees the tag of a union, or of its member, when the union is made: what is behind ``z.lazy`` it doesn't."""
    match type_:
        case ir.Ref(name):
            return name not in scope.later
        case ir.Union(members, tag):
            shown = tag is not None and all(_shows_tag(each, scope) for each in members)
            return shown and not _has_awkward_tags(type_, scope)
        case _:
            return True
