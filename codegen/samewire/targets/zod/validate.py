"""
What the files of zod schemas consist of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from samewire import ir
from samewire.targets.typescript.annotations import Reference
from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Call,
    Expression,
    Member,
    Name,
    Pure,
    layout_declaration,
)
from samewire.targets.typescript.layout import print_doc
from samewire.targets.typescript.order import Ordered
from samewire.targets.typescript.output import Output
from samewire.targets.typescript.schemas import (
    Library,
    branded,
    made_by_function,
    proof_view,
    schema_views,
    schemas_view,
)
from samewire.targets.typescript.syntax import Code, identifier
from samewire.targets.typescript.views import ProofView, SchemasView
from samewire.targets.zod.builder import Builder
from samewire.targets.zod.dialect import Dialect
from samewire.targets.zod.guarded import guards_of, is_guarded
from samewire.targets.zod.options import ZodOptions
from samewire.targets.zod.schema import Scope, enum_schema, schema
from samewire.targets.zod.sharing import MANY, in_order, share
from samewire.targets.zod.widening import widened
from samewire.walk import enumeration, inside

_SAME: Final = Code("""\
type Same<S, T> = [Equal<z.input<S>, T>, Equal<z.output<S>, T>] extends [
  true,
  true,
]
  ? true
  : false;""")
_DECODES: Final = Code("""\
type Same<S, T, Wire = T> = [
  Equal<z.input<S>, Wire>,
  Equal<z.output<S>, T>,
] extends [true, true]
  ? true
  : false;""")
_FITS: Final = Code("type Fits<S, T> = z.output<S> extends T ? true : false;")


@dataclass(frozen=True, slots=True)
class Validators:
    schemas: SchemasView
    proof: ProofView | None


def validators(output: Output, flavour: Dialect, options: ZodOptions) -> Validators:
    build, exported = Builder(flavour), set[str]()
    is_large, taken = len(output.definitions) > MANY, output.names_in_schemas
    inexact = _inexact(output)
    open_ = frozenset(_objects(output)) - inexact if options.open_types else frozenset()

    constants = _constants(output)

    def expression(each: Ordered) -> Expression:
        names, own = output.names, output.validators
        scope = Scope(
            build,
            output.definitions,
            names,
            own,
            output.constants,
            each.later,
            exported,
            accepted=each.definition.name in output.accepted,
            guarded=is_guarded(options),
            open=open_,
            decoding=output.decoding,
        )
        made = _expression(each.definition, scope)
        return share(made, build, taken) if is_large else made

    def widest(each: Ordered) -> Expression:
        return widened(expression(each), constants)

    # What is exported as it is inferred has to be inferred.
    widens = is_large and not options.open_types
    library = _library(flavour, options, decodes=bool(output.decoding.types), explicit=widens)
    guards = guards_of(output)
    inferring = partial(schema_views, output, library, expression, guards.of, open_)
    schemas = schema_views(output, library, widest, guards.of, open_) if widens else inferring()
    view = schemas_view(
        output,
        library,
        schemas,
        output.value_imports(build.imported),
        tuple(_shared(build)),
    )
    view = replace(view, guard_imports=guards.imports(), widens=widens)
    if not options.type_test:
        return Validators(view, None)
    inferred = replace(view, schemas=inferring()) if widens else view
    return Validators(view, proof_view(output, library, inferred, exported, inexact))


def _constants(output: Output) -> dict[Code, Code]:
    """The unexported schemas by the exported ones."""
    return {
        identifier(exported): identifier(output.constants[name])
        for name, exported in output.validators.items()
    }


def _objects(output: Output) -> Iterator[str]:
    """The definitions whose schemas are zod's objects, which have a shape."""
    return (name for name, each in output.definitions.items() if isinstance(each.type, ir.Object))


def _shared(build: Builder) -> Iterator[Code]:
    """The declarations of schemas of scalars, each after those that it is made of."""
    for name in in_order(build):
        shared = build.shared[name]
        code = _constant(identifier(name), shared.schema)
        yield Code(f"/** {shared.comment} */\n{code}" if shared.comment else code)


def _constant(name: Code, schema: Expression) -> Code:
    if isinstance(schema, Call) and schema.evaluates_nothing():
        return Code(print_doc(layout_declaration(f"const {name}", Pure(schema))))
    return made_by_function(name, identifier(f"make{name[0].upper()}{name[1:]}"), schema)


def _library(flavour: Dialect, options: ZodOptions, *, decodes: bool, explicit: bool) -> Library:
    return Library(
        alias=Code("z"),
        specifier=options.zod_import,
        declared=lambda type_, source: Reference(Code(f"z.{flavour.base}"), (type_, source)),
        same=_SAME if not decodes else _DECODES,
        fits=_FITS,
        explicit=explicit,
    )


def _expression(definition: ir.Definition, scope: Scope) -> Expression:
    enum = enumeration(definition.type)
    if enum is None:
        whole = schema(definition.type, scope)
        is_brand = definition.brand and not scope.decoding.decodes(definition.type)
        return branded(whole, definition.name, scope.names) if is_brand else whole
    values = Member(Name(Code("t")), identifier(scope.names[definition.name]))
    listed = enum_schema(enum, values, scope.build)
    if not isinstance(definition.type, ir.Union):
        return listed
    others = (schema(each, scope) for each in definition.type.members[1:])
    return scope.build.call("union", ArrayLiteral((listed, *others)))


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
