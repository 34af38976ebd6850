"""
``schemas.ts``: a zod schema for each definition, in an order in which each can name those it needs; and the proof of its types.

A schema is a constant with its inferred type, which keeps its shape for unions, and an export under the declared type, which
editors and the compiler get at without looking inside. That the second says the same as the first is claimed by an assertion
and proved in ``schemas.proof.ts``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from samewire import ir
from samewire.targets.typescript.annotations import Field, Reference, layout_field, layout_type
from samewire.targets.typescript.expressions import (
    Call,
    Expression,
    Member,
    Name,
    layout_declaration,
)
from samewire.targets.typescript.layout import LINE, IfBroken, group, indent, join, print_doc
from samewire.targets.typescript.order import Ordered, order
from samewire.targets.typescript.output import Output
from samewire.targets.typescript.syntax import Code, identifier, string, type_key
from samewire.targets.typescript.views import ProofView, SchemasView, SchemaView
from samewire.targets.zod.builder import Builder
from samewire.targets.zod.dialect import Dialect
from samewire.targets.zod.options import ZodOptions
from samewire.targets.zod.schema import Scope, enum_schema, schema, schema_type
from samewire.targets.zod.shared import SHARED
from samewire.walk import inside

_INDENT: Final = 2


@dataclass(frozen=True, slots=True)
class Validators:
    schemas: SchemasView
    proof: ProofView


def validators(output: Output, flavour: Dialect, options: ZodOptions) -> Validators:
    build = Builder(flavour)
    exported: set[str] = set()
    ordered = order(output.contract.definitions)
    views = [
        output.attempt(each.definition, _schema, each, output, build, exported) for each in ordered
    ]
    has_enums = any(isinstance(each.type, ir.EnumType) for each in output.contract.definitions)
    view = SchemasView(
        header=output.header,
        zod=string(options.zod_import),
        base=Code(f"z.{flavour.base}"),
        runtime_imports=output.runtime_imports(build.imported),
        types_import=Code(
            f"import {'' if has_enums else 'type '}* as t from {output.module('types')};"
        ),
        constants=tuple(_shared(build)),
        schemas=tuple(view for view in views if view is not None),
    )
    inexact = _inexact(output)
    imported = sorted(output.validators[name] for name in exported)
    return Validators(
        view,
        ProofView(
            file=view,
            schemas_import=output.import_names("import", imported, "schemas")
            if imported
            else Code(""),
            claims=tuple(_claims(output, inexact)),
            uses=_uses(output),
            same=len(inexact) < len(output.definitions),
            fits=bool(inexact),
        ),
    )


def _shared(build: Builder) -> Iterator[Code]:
    """The declarations of schemas of scalars, which need no others."""
    for name, schema_ in sorted(build.shared.items()):
        code = print_doc(layout_declaration(f"const {identifier(name)}", schema_))
        comment = SHARED[name].comment if name in SHARED else ""
        yield Code(f"/** {comment} */\n{code}" if comment else code)


def _schema(each: Ordered, output: Output, build: Builder, used: set[str]) -> SchemaView:
    definition = each.definition
    names, validators, constants = output.names, output.validators, output.constants
    scope = Scope(build, output.definitions, names, validators, constants, each.later, used)
    constant = identifier(constants[definition.name])
    exported = identifier(validators[definition.name])
    declaration = layout_declaration(f"const {constant}", _expression(definition, scope))
    left = (f"export const {exported}: ", layout_type(schema_type(definition.name, scope)))
    export = layout_declaration(left, Call(Name(Code("schema")), (Name(constant),)))
    return SchemaView(Code(print_doc(declaration)), Code(print_doc(export)))


def _expression(definition: ir.Definition, scope: Scope) -> Expression:
    if isinstance(definition.type, ir.EnumType):
        values = Member(Name(Code("t")), identifier(scope.names[definition.name]))
        return enum_schema(definition.type, values, scope.build)
    return schema(definition.type, scope)


def _claims(output: Output, inexact: set[str]) -> Iterable[Code]:
    """``Name: Same<typeof Name, t.Name>``, in the order of the definitions."""
    for definition in output.contract.definitions:
        name = output.names[definition.name]
        claim = "Fits" if definition.name in inexact else "Same"
        constant = output.constants[definition.name]
        compared = (Reference(Code(f"typeof {constant}")), Reference(Code(f"t.{name}")))
        line = layout_field(Field(type_key(name), Reference(Code(claim), compared)))
        yield Code(print_doc((line, ";"), column=_INDENT, indentation=_INDENT))


def _uses(output: Output) -> Code:
    """
    All constants in use: linters take what only its type is used of for a mistake.

    An object, since the type of an array is a union of all its items, which TypeScript gives up on at some 2,000 of them.
    """
    names = [identifier(output.constants[each.name]) for each in output.contract.definitions]
    items = indent(LINE, join((",", LINE), names), IfBroken(","))
    return Code(print_doc(group("export const schemas: object = {", items, LINE, "};")))


def _inexact(output: Output) -> set[str]:
    """
    The definitions whose declared type zod can't infer: those with typed extra keys beside others, and unions that know the
    shape of one.

    For the former zod infers an intersection that no property satisfies, where TypeScript has an index signature of the union.
    """
    unions: dict[str, list[str]] = {name: [] for name in output.definitions}
    pending: list[str] = []
    for name, definition in output.definitions.items():
        for each in inside(definition.type):
            if _has_typed_extra(each):
                pending.append(name)
            if isinstance(each, ir.Union) and each.tag is not None:
                for member in each.members:
                    if isinstance(member, ir.Ref):
                        unions[member.name].append(name)
    found: set[str] = set()
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            pending.extend(unions[name])
    return found


def _has_typed_extra(type_: ir.Type) -> bool:
    return (
        isinstance(type_, ir.Object)
        and isinstance(type_.extra, ir.Keep)
        and type_.extra.value != ir.Unknown()
        and bool(type_.properties)
    )
