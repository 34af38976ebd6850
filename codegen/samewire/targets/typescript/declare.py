"""
``types.ts``: an interface, an alias or an enum for each definition, that imports nothing. ``wire.ts``: the JSON of those types that
have a ``Date``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from samewire import ir
from samewire.errors import Diagnostic, NameClashError
from samewire.graph import components
from samewire.targets.typescript.annotations import (
    Annotation,
    ArrayType,
    Field,
    Reference,
    TypeLiteral,
    UnionType,
    Word,
    layout_alias,
    layout_field,
    layout_type,
)
from samewire.targets.typescript.comments import NO_COMMENT, comment, plain_comment
from samewire.targets.typescript.decoding import values_in
from samewire.targets.typescript.expressions import (
    scalar,
)
from samewire.targets.typescript.inheritance import with_bases
from samewire.targets.typescript.layout import Doc, print_doc, width
from samewire.targets.typescript.layout_expressions import layout_assignment
from samewire.targets.typescript.output import Output
from samewire.targets.typescript.split_types import split_types
from samewire.targets.typescript.syntax import Code, property_key, type_key
from samewire.targets.typescript.types import NUMBER, TypeScope, annotation, fields, union
from samewire.targets.typescript.views import (
    AliasView,
    DeclarationView,
    EnumView,
    InterfaceView,
    MemberView,
    TypesView,
)
from samewire.walk import inside

_INDENT: Final = 2
_TAG_NAMES: Final = ("UnknownTag", "UnlistedText")
_SENTINEL: Final = re.compile(r"<[A-Z][A-Z_]*>")
_JSON_VALUE: Final = UnionType(
    (
        *(Word(Code(name)) for name in ("string", "number", "boolean", "null")),
        ArrayType(Reference(Code("JsonValue"))),
        TypeLiteral((Field(Code("[key: string]"), Reference(Code("JsonValue"))),)),
    )
)


def types_views(output: Output, *, wire: bool = False) -> dict[str, object]:
    """``types.ts``, or the types of the JSON of what is decoded, and the files that it is split into, by their names."""
    scope, kind = type_scope(output, wire=wire), "wire" if wire else "types"
    declared = [
        each
        for each in output.contract.definitions
        if not wire or each.name in output.decoding.types
    ]
    views = with_bases(declarations(output, declared, scope), output, scope)
    own = () if wire else tuple(_shared_declarations(output))
    if output.stems:
        return split_types(output, scope, kind, views, own)
    imports: tuple[Code, ...] = ()
    if not wire:
        modules = output.decoding.modules(declared)
        imports = output.package_imports(modules, "import type", output.names.values())
    elif any(_names_types(each.type, scope) for each in declared):
        imports = (Code(f"import type * as t from {output.module('types')};"),)
    return {kind: TypesView(output.header, (*own, *views.values()), imports)}


def type_scope(output: Output, *, wire: bool = False) -> TypeScope:
    return TypeScope(
        output.definitions,
        output.names,
        output.exact_optional,
        decoding=output.decoding,
        wire=wire,
        taken=frozenset(output.names.values()),
        brands=_brands(output.definitions.values()),
    )


def declarations(
    output: Output, declared: Iterable[ir.Definition], scope: TypeScope
) -> dict[str, DeclarationView]:
    """The declarations of definitions by their keys, without those that have none, which are among the problems."""
    taken = not {"Partial", "Record"}.isdisjoint(output.names.values())
    cyclic = _cyclic(output.uses)
    # An alias may lead back to itself through the properties of an interface only.
    circular = _cyclic(
        {
            key: () if isinstance(output.definitions[key].type, ir.Object) else used
            for key, used in output.uses.items()
        }
    )

    def declare(definition: ir.Definition) -> DeclarationView:
        records = not taken and definition.name not in circular
        as_interface = taken or definition.name in cyclic
        accepted = definition.name in output.accepted
        own = replace(scope, records=records, accepted=accepted)
        return _declare(definition, own, as_interface=as_interface)

    views = {each.name: output.attempt(each, declare, each) for each in declared}
    return {name: view for name, view in views.items() if view is not None}


def _names_types(type_: ir.Type, scope: TypeScope) -> bool:
    """Whether the JSON of a type is written with a type that is not decoded, which ``types.ts`` has."""
    for each in values_in(type_):
        match each:
            case ir.JsonValue() | ir.UnlistedObject():
                return True
            case ir.Ref(name) if name not in scope.decoding.types:
                return True
            case ir.Record(key) if _is_enum(key, scope.definitions):
                return True
            case ir.String() | ir.Integer() | ir.Number() if each.brand is not None:
                return True
            case _:
                pass
    return False


def _is_enum(type_: ir.Type, definitions: Mapping[str, ir.Definition]) -> bool:
    while isinstance(type_, ir.Ref):
        type_ = definitions[type_.name].type
    return isinstance(type_, ir.EnumType)


def _cyclic(uses: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """The definitions that lead back to themselves."""
    return frozenset(
        name
        for component in components(uses, uses)
        for name in component
        if len(component) > 1 or name in uses[name]
    )


def _shared_declarations(output: Output) -> Iterator[AliasView]:
    """What definitions need that none of them is."""
    kinds = {type(each) for one in output.contract.definitions for each in inside(one.type)}
    if ir.JsonValue in kinds:
        yield from _json_value(output)
    if ir.UnlistedObject in kinds:
        yield from _unknown_tag(output)


def _json_value(output: Output) -> Iterator[AliasView]:
    """The type of any JSON value, unless a definition is it."""
    key = next((key for key, name in output.names.items() if name == "JsonValue"), None)
    if key is None:
        yield AliasView(plain_comment("Any JSON value."), _alias(Code("JsonValue"), _JSON_VALUE))
    elif output.definitions[key].type != ir.JsonValue():
        hint = f'give it another name: [tool.samewire.contracts.{output.contract.name}.names] "module:Class" = "NewName"'
        raise NameClashError(
            Diagnostic("name-clash", key, "is called as the type of any JSON value is", hint)
        )


def _unknown_tag(output: Output) -> Iterator[AliasView]:
    """
    The type of a tag that is not listed in an open union: a text to TypeScript, and comparable with no literal. So the members
    that are listed are told apart by theirs, where ``string`` would be in the way.
    """
    if clash := [key for key, name in output.names.items() if name in _TAG_NAMES]:
        hint = f'give it another name: [tool.samewire.contracts.{output.contract.name}.names] "module:Class" = "NewName"'
        message = "is called as the tag of what an open union does not list is"
        raise NameClashError(*(Diagnostic("name-clash", key, message, hint) for key in clash))
    text = "A type alone: a text that TypeScript takes for none of the literals."
    yield AliasView(plain_comment(text), Code('declare enum UnlistedText {\n  Value = "",\n}'))
    text = "The tag of a member of an open union that the backend got after this was generated."
    yield AliasView(plain_comment(text), Code("export type UnknownTag = UnlistedText;"))


def _declare(definition: ir.Definition, scope: TypeScope, *, as_interface: bool) -> DeclarationView:
    """``as_interface``: an object that has no properties is one too, and not an alias of a record."""
    name = scope.reference(definition.name)
    above = NO_COMMENT if scope.wire else comment(definition.doc, definition.name)
    if definition.brand and not scope.decoding.decodes(definition.type):
        return AliasView(above, _brand(definition, name, scope))
    match definition.type:
        case (ir.Object(properties) as object_) | ir.Checked(ir.Object(properties) as object_) if (
            properties or as_interface
        ):
            return InterfaceView(above, name, _members(object_, scope))
        case ir.EnumType(members) | ir.Union((ir.EnumType(members), *_)) as type_:
            alias = _enum_alias(name, type_, scope)
            return EnumView(above, name, tuple(map(_enum_member, members)), alias)
        case ir.JsonValue() if name == "JsonValue":
            return AliasView(above, _alias(name, _JSON_VALUE))
        case type_:
            return AliasView(above, _alias(name, annotation(type_, scope)))


def _brands(definitions: Iterable[ir.Definition]) -> dict[str, set[str | None]]:
    found: dict[str, set[str | None]] = {}
    for each in definitions:
        if each.brand:
            found.setdefault(_last_part(each.source or ""), set()).add(each.source)
    return found


def _last_part(source: str) -> str:
    return re.split("[:.]", source)[-1]


def _brand(definition: ir.Definition, name: Code, scope: TypeScope) -> Code:
    """A new type, whose values are made by a schema or an assertion. Its forms in both directions have one brand."""
    own = _last_part(definition.source or definition.name)
    alone = all(source == definition.source for source in scope.brands.get(own, ()))
    key = type_key(own if alone else definition.source or definition.name)
    told = TypeLiteral((Field(Code(f"readonly {key}"), Word(Code("true"))),))
    branded = TypeLiteral((Field(Code("readonly __brand"), told),))
    base = layout_type(annotation(definition.type, scope))
    return Code(print_doc((f"export type {name} = ", base, " & ", layout_type(branded), ";")))


def _enum_alias(name: Code, type_: ir.Type, scope: TypeScope) -> Code:
    """The type of an enumeration: its values, and what an open one may hold beside them."""
    values = Word(Code(f"(typeof {name})[keyof typeof {name}]"))
    others = type_.members[1:] if isinstance(type_, ir.Union) else ()
    beside = [annotation(each, scope) for each in others]
    return _alias(name, NUMBER if beside == [NUMBER] else union((values, *beside)))


def _alias(name: Code, annotation_: Annotation) -> Code:
    return Code(print_doc(layout_alias(f"export type {name}", annotation_)))


def _members(object_: ir.Object, scope: TypeScope) -> tuple[MemberView, ...]:
    docs = [
        NO_COMMENT if scope.wire else comment(_doc(each, scope), each.key, indentation=_INDENT)
        for each in object_.properties
    ]
    lines = list(fields(object_, scope))
    docs += [NO_COMMENT] * (len(lines) - len(docs))
    return tuple(
        MemberView(doc, _line((layout_field(line), ";")))
        for doc, line in zip(docs, lines, strict=True)
    )


def _doc(each: ir.Property, scope: TypeScope) -> ir.Doc:
    """What a property's comment says that its type does not say."""
    doc = each.doc
    if doc is ir.NO_DOC:
        return doc
    said = _documentation(each.type, scope)
    told: dict[str, Any] = {}
    if doc.title is not None and doc.title == said.title:
        told["title"] = None
    if doc.description is not None and doc.description == said.description:
        told["description"] = None
    if doc.default and is_implied(each, scope):
        told["default"] = ()
    return replace(doc, **told) if told else doc


def _documentation(type_: ir.Type, scope: TypeScope) -> ir.Doc:
    """What is said of a type where it is declared, or of its items."""
    match type_:
        case ir.Ref(name):
            return scope.definitions[name].doc
        case ir.Nullable(inner) | ir.Array(inner) | ir.Record(_, inner) | ir.Checked(inner):
            return _documentation(inner, scope)
        case _:
            return ir.NO_DOC


def is_implied(each: ir.Property, scope: TypeScope) -> bool:
    """
    Whether a default tells a reader nothing: the one value that there is, the null of a key that is there anyway, and a sentinel
    (``"<UNSET>"``), by which the backend knows that nothing was sent.
    """
    match each.doc.default:
        case (None,) if each.required or not scope.accepted:
            return True
        case (str(text),) if _SENTINEL.fullmatch(text):
            return True
        case default:
            return isinstance(each.type, ir.Literal) and each.type.values == default


def _enum_member(member: ir.EnumMember) -> MemberView:
    key = property_key(member.name)
    value = scalar(member.value)
    line = (layout_assignment(key, ":", value, short_key=width(key) < 5), ",")
    return MemberView(plain_comment(member.description, indentation=_INDENT), _line(line))


def _line(doc: Doc) -> Code:
    return Code(" " * _INDENT + print_doc(doc, column=_INDENT, indentation=_INDENT))
