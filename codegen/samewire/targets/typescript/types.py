"""
Converts types to TypeScript types.

Global names are for types that no model is called as: ``T[]`` rather than ``Array<T>``, and an index signature where a model is
called ``Record``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, assert_never

from samewire import ir
from samewire.scalars.decoded import Form
from samewire.targets.typescript.annotations import (
    NULL,
    Annotation,
    ArrayType,
    Field,
    MappedType,
    Optional,
    Reference,
    Rest,
    TupleType,
    TypeLiteral,
    UnionType,
    Word,
)
from samewire.targets.typescript.decoding import UNDECODED, Decoding, wire_name
from samewire.targets.typescript.syntax import (
    Code,
    at,
    identifier,
    literal,
    template,
    template_of,
    type_key,
)

UNKNOWN: Final = Word(Code("unknown"))
NEVER: Final = Word(Code("never"))
UNDEFINED: Final = Word(Code("undefined"))
BOOLEAN: Final = Word(Code("boolean"))
NUMBER: Final = Word(Code("number"))
STRING: Final = Word(Code("string"))
INDEX: Final = Code("[key: string]")
OTHER_STRING: Final = Word(Code("(string & {})"))
ANY_STRING: Final = Word(Code("string & {}"))
"""Any text, in a union with literals, which editors go on to offer: with plain ``string`` they would be gone from it."""


@dataclass(frozen=True, slots=True)
class TypeScope:
    """
    ``records``: whether ``Record`` may be written. An alias that comes back to itself must not, since it is resolved at once.

    ``exact_optional`` and ``accepted``: see :class:`~samewire.targets.typescript.output.Output`. ``wire``: the types are those of
    JSON, in a file that imports the others as ``t``. ``outside``: the file is none of types, and imports them so. ``taken`` are all
    ``names``, and ``brands`` the sources of new types by the last part of each.
    """

    definitions: Mapping[str, ir.Definition]
    names: Mapping[str, str]
    exact_optional: bool
    records: bool = True
    accepted: bool = False
    decoding: Decoding = UNDECODED
    wire: bool = False
    outside: bool = False
    taken: frozenset[str] = frozenset()
    brands: Mapping[str, Collection[str | None]] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        return "t." if self.wire or self.outside else ""

    def reference(self, key: str) -> Code:
        """The name of a definition's type."""
        name = self.names[key]
        if self.wire and key in self.decoding.types:
            return wire_name(name)
        return Code(f"{self.prefix}{identifier(name)}")

    def string(self, type_: ir.String) -> Annotation:
        decodes = self.decoding.form(type_)
        if type_.brand is not None and decodes is None:
            return Reference(self.reference(type_.brand))
        form = None if self.wire else decodes
        if form is not None:
            return self.decoded(form)
        parts = template_of(type_)
        return STRING if parts is None else Word(template(parts))

    def array(self, type_: ir.Array) -> Annotation:
        items = annotation(type_.items, self)
        form = None if self.wire else self.decoding.form(type_)
        return ArrayType(items) if form is None else self.decoded(form, items)

    def decoded(self, form: Form, *arguments: Annotation) -> Annotation:
        """A type that is global or imported, of whose name there may be a model as well."""
        if form.module is None and form.root in self.taken:
            return Reference(Code(f"globalThis.{form.type}"), arguments)
        root = free(form.root, self.taken)
        return Reference(Code(f"{root}{form.type[len(form.root) :]}"), arguments)


def annotation(type_: ir.Type, scope: TypeScope) -> Annotation:
    match type_:
        case ir.Unknown():
            return UNKNOWN
        case ir.JsonValue():
            return Reference(Code(f"{scope.prefix}JsonValue"))
        case ir.Never():
            return NEVER
        case ir.Null():
            return NULL
        case ir.Boolean():
            return BOOLEAN
        case ir.Literal(values):
            return union(Word(literal(value)) for value in values)
        case ir.Integer() | ir.Number():
            return NUMBER if type_.brand is None else Reference(scope.reference(type_.brand))
        case ir.String():
            return scope.string(type_)
        case ir.Array():
            return scope.array(type_)
        case ir.Tuple((), rest) if rest is not None:
            return ArrayType(annotation(rest, scope))
        case ir.Tuple():
            return _tuple(type_, scope)
        case ir.Record(key, value):
            return _record(key, annotation(value, scope), scope)
        case ir.Object(properties=(), extra=extra):
            return record(STRING, _extra(extra, (), scope), scope)
        case ir.Object():
            return TypeLiteral(tuple(fields(type_, scope)))
        case ir.Union(members):
            return union(annotation(member, scope) for member in members)
        case ir.Nullable(inner):
            return union((annotation(inner, scope), NULL))
        case ir.Unlisted(ir.String()):
            return OTHER_STRING
        case ir.Unlisted():
            return NUMBER
        case ir.UnlistedObject(tag):
            return unlisted_object(tag, Code(f"{scope.prefix}UnknownTag"))
        case ir.EnumType(members):
            raise TypeError("an enum is the type of a definition")
        case ir.Ref(name):
            return Reference(scope.reference(name))
        case ir.Checked(inner):
            scope.decoding.refuse_in_checks(type_)
            return annotation(inner, scope)
        case _:
            assert_never(type_)


def free(name: str, taken: Collection[str]) -> str:
    """The name, or one like it that is not taken."""
    while name in taken:
        name += "_"
    return name


def union(members: Iterable[Annotation]) -> Annotation:
    """The union of ``members``, each once, flat, without what the others already say."""
    flat: dict[Annotation, None] = {}
    for member in members:
        for each in member.members if isinstance(member, UnionType) else (member,):
            flat[each] = None
    if UNKNOWN in flat:
        return UNKNOWN
    flat.pop(NEVER, None)
    kept = [each for each in flat if not _is_absorbed(each, flat)]
    match kept:
        case []:
            return NEVER
        case [only]:
            return only
        case _:
            return UnionType(tuple(kept))


def _is_absorbed(member: Annotation, others: Mapping[Annotation, None]) -> bool:
    """A literal, or what may be one, beside its own type."""
    if not isinstance(member, Word):
        return False
    if member.code[0] in "\"'`" or member == OTHER_STRING:
        return STRING in others
    if member.code in ("true", "false"):
        return BOOLEAN in others
    return member.code[0] in "-0123456789" and NUMBER in others


def unlisted_object(tag: str, tag_type: Code) -> TypeLiteral:
    """A member of an open union that is not listed."""
    known = Field(type_key(tag), Reference(tag_type))
    return TypeLiteral((known, Field(INDEX, UNKNOWN)))


def fields(type_: ir.Object, scope: TypeScope) -> Iterable[Field]:
    """
    The members of an object type.

    Beside typed extra keys, TypeScript wants an index signature that all properties fit. An object without any key is one of
    which every key is impossible; ``{}`` would admit everything but ``null``.
    """
    values: list[Annotation] = []
    keeps = isinstance(type_.extra, ir.Keep)
    for each in type_.properties:
        with at(each.key):
            value = property_type(each, scope)
        if keeps:
            values.append(value if each.required else union((value, UNDEFINED)))
        yield Field(field_key(each), value)
    if keeps or not type_.properties:
        yield Field(INDEX, _extra(type_.extra, values, scope))


def _extra(extra: ir.Extra, values: Iterable[Annotation], scope: TypeScope) -> Annotation:
    return union((annotation(extra.value, scope), *values)) if isinstance(extra, ir.Keep) else NEVER


def field_key(each: ir.Property) -> Code:
    return Code(f"{type_key(each.key)}{'' if each.required else '?'}")


def property_type(each: ir.Property, scope: TypeScope) -> Annotation:
    """The type of a property's value; ``undefined`` is part of it where that is the same as no value."""
    value = annotation(each.type, scope)
    if each.required or (scope.exact_optional and not scope.accepted):
        return value
    return union((value, UNDEFINED))


def _tuple(type_: ir.Tuple, scope: TypeScope) -> Annotation:
    elements: list[Annotation | Optional | Rest] = []
    for index, item in enumerate(type_.prefix):
        element = annotation(item, scope)
        if index < type_.min_items:
            elements.append(element)
        else:
            elements.append(
                Optional(element if scope.exact_optional else union((element, UNDEFINED)))
            )
    if type_.rest is not None:
        elements.append(Rest(annotation(type_.rest, scope)))
    return TupleType(tuple(elements))


def _record(key: ir.Type, value: Annotation, scope: TypeScope) -> Annotation:
    match key:
        case ir.Literal():
            return _partial(annotation(key, scope), value, scope)
        case ir.Ref(name):
            target = scope.definitions[name].type
            if isinstance(target, ir.EnumType):
                return _partial(annotation(key, scope), value, scope)
            return _record(target, value, scope)
        case ir.String(brand=brand) if brand is not None:
            return record(Reference(scope.reference(brand)), value, scope)
        case ir.String() if (parts := template_of(key)) is not None:
            return record(Word(template(parts)), value, scope)
        case _:
            return record(STRING, value, scope)


def record(key: Word | Reference, value: Annotation, scope: TypeScope) -> Annotation:
    """An object with any number of keys."""
    if scope.records:
        return Reference(Code("Record"), (key, value))
    return TypeLiteral((Field(Code(f"[key: {key.code}]"), value),))


def _partial(keys: Annotation, value: Annotation, scope: TypeScope) -> Annotation:
    """An object with any of a few keys."""
    if scope.records:
        return Reference(Code("Partial"), (Reference(Code("Record"), (keys, value)),))
    return MappedType(keys, value)
