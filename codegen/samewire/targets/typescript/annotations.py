"""
The type expressions of generated code, and how each is laid out (by prettier's rules, as in ``layout_expressions``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias, assert_never

from samewire.records import record
from samewire.targets.typescript.layout import (
    LINE,
    SOFTLINE,
    Doc,
    Group,
    IfBroken,
    Indent,
    IndentIfBroken,
    concat,
    group,
    indent,
    join,
)
from samewire.targets.typescript.syntax import Code


@record
class Word:
    """A keyword or a literal: ``string``, ``"a"``, ``null``."""

    code: Code


@record
class Reference:
    """A name, with type arguments or without."""

    code: Code
    arguments: tuple[Annotation, ...] = ()


@record
class UnionType:
    members: tuple[Annotation, ...]


@record
class ArrayType:
    items: Annotation


@record
class Optional:
    """``type?``, in a tuple."""

    type: Annotation


@record
class Rest:
    """``...items[]``, in a tuple."""

    items: Annotation


@record
class TupleType:
    elements: tuple[Annotation | Optional | Rest, ...]


@record
class Field:
    """``key: type``; the key with its question mark or as ``[key: string]``."""

    key: Code
    type: Annotation


@record
class TypeLiteral:
    fields: tuple[Field, ...]


@record
class MappedType:
    """``{ [K in keys]?: value }``"""

    keys: Annotation
    value: Annotation


Annotation: TypeAlias = (
    Word | Reference | UnionType | ArrayType | TupleType | TypeLiteral | MappedType
)

NULL: Final = Word(Code("null"))


def layout_type(annotation: Annotation, *, indented: bool = True) -> Doc:
    """``indented``: whether a union that spans lines stands one level deeper than what precedes it."""
    match annotation:
        case Word(code):
            return code
        case Reference(code, arguments):
            return concat(code, _type_arguments(arguments)) if arguments else code
        case UnionType():
            return _union(annotation, indented=indented)
        case ArrayType(items):
            return concat(_in_parentheses(items), "[]")
        case TupleType(elements):
            return _tuple(elements)
        case TypeLiteral(fields):
            docs = [layout_field(field) for field in fields]
            return group("{", indent(LINE, join((";", LINE), docs), IfBroken(";")), LINE, "}")
        case MappedType(keys, value):
            over = (_variable(annotation), " in ", layout_type(keys))
            key = group("[", indent(SOFTLINE, over), SOFTLINE, "]")
            return group(
                "{", indent(LINE, key, "?: ", layout_type(value), IfBroken(";")), LINE, "}"
            )
        case _:
            assert_never(annotation)


def _variable(mapped: MappedType) -> str:
    """What stands for a key: ``K``, or something longer if a type inside is called that."""
    taken = set(_names(mapped))
    name = "K"
    while name in taken:
        name = "Key" if name == "K" else f"{name}_"
    return name


def _names(annotation: Annotation | Optional | Rest) -> Iterator[str]:
    match annotation:
        case Word():
            return
        case Reference(code, arguments):
            yield str(code)
            inner: tuple[Annotation | Optional | Rest, ...] = arguments
        case UnionType(members):
            inner = members
        case ArrayType(items) | Rest(items):
            inner = (items,)
        case Optional(type_):
            inner = (type_,)
        case TupleType(elements):
            inner = elements
        case TypeLiteral(fields):
            inner = tuple(field.type for field in fields)
        case MappedType(keys, value):
            inner = (keys, value)
        case _:
            assert_never(annotation)
    for each in inner:
        yield from _names(each)


def layout_field(field: Field) -> Doc:
    return group(field.key, ": ", layout_type(field.type))


def layout_alias(left: Doc, annotation: Annotation) -> Doc:
    """``left = annotation;``"""
    if isinstance(annotation, UnionType) and not _hugs(annotation):
        return (group(group(left), " =", group(indent(LINE, _bars(annotation)))), ";")
    space = Group(indent(LINE), name="assignment")
    right = layout_type(annotation)
    return (group(group(left), " =", space, IndentIfBroken(right, "assignment")), ";")


def _union(union: UnionType, *, indented: bool) -> Doc:
    if _hugs(union):
        return join(" | ", [layout_type(member) for member in union.members])
    bars = _bars(union)
    return group(indent(SOFTLINE, bars)) if indented else bars


def _bars(union: UnionType) -> Doc:
    """The members on one line, or each on its own behind a bar."""
    first, *rest = (Indent(layout_type(member)) for member in union.members)
    return group(IfBroken("| "), first, *((LINE, "| ", doc) for doc in rest))


def _hugs(union: UnionType) -> bool:
    """Whether the union is one object type or reference and otherwise ``null``, which is never broken at its bars."""
    objects = [member for member in union.members if isinstance(member, Reference | TypeLiteral)]
    return len(objects) == 1 and all(member in (objects[0], NULL) for member in union.members)


def _in_parentheses(annotation: Annotation) -> Doc:
    if not isinstance(annotation, UnionType):
        return layout_type(annotation)
    if _hugs(annotation):
        return ("(", layout_type(annotation), ")")
    return ("(", group(indent(SOFTLINE, _bars(annotation)), SOFTLINE), ")")


def _type_arguments(arguments: tuple[Annotation, ...]) -> Doc:
    docs = [layout_type(argument, indented=False) for argument in arguments]
    if len(arguments) == 1 and _is_inline(arguments[0]):
        return concat("<", docs[0], ">")
    return group("<", indent(SOFTLINE, join((",", LINE), docs)), SOFTLINE, ">")


def _is_inline(argument: Annotation) -> bool:
    match argument:
        case Word() | TypeLiteral() | MappedType():
            return True
        case Reference(_, arguments):
            return not arguments
        case UnionType():
            return _hugs(argument)
        case ArrayType() | TupleType():
            return False
        case _:
            assert_never(argument)


def _tuple(elements: tuple[Annotation | Optional | Rest, ...]) -> Doc:
    if not elements:
        return "[]"
    docs = [group(_element(element, lone=len(elements) == 1)) for element in elements]
    return group("[", indent(SOFTLINE, join((",", LINE), docs), IfBroken(",")), SOFTLINE, "]")


def _element(element: Annotation | Optional | Rest, *, lone: bool) -> Doc:
    match element:
        case Optional(annotation):
            return (_in_parentheses(annotation), "?")
        case Rest(items):
            return ("...", layout_type(ArrayType(items)))
        case UnionType() if not lone and not _hugs(element):
            return group(indent(IfBroken(("(", SOFTLINE)), _bars(element)), SOFTLINE, IfBroken(")"))
        case _:
            return layout_type(element, indented=False)
