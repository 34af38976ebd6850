"""The content of the files of zod schemas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from samewire import ir
from samewire.targets.typescript.changes import changes
from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Call,
    Expression,
    Member,
    Name,
    Pure,
)
from samewire.targets.typescript.layout import print_doc
from samewire.targets.typescript.layout_expressions import layout_declaration
from samewire.targets.typescript.names import guard_names
from samewire.targets.typescript.order import Ordered
from samewire.targets.typescript.output import Output
from samewire.targets.typescript.schemas import (
    Library,
    Proved,
    branded,
    made_by_function,
    proof_view,
    schema_views,
    schemas_view,
)
from samewire.targets.typescript.syntax import Code, identifier
from samewire.targets.typescript.views import ProofView
from samewire.targets.zod.builder import Builder, maker
from samewire.targets.zod.dialect import Dialect
from samewire.targets.zod.guarded import Guards, is_guarded
from samewire.targets.zod.options import ZodOptions
from samewire.targets.zod.schema import Scope, enum_schema, schema
from samewire.targets.zod.sharing import MANY, Sharing, in_order
from samewire.targets.zod.widening import Widening
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


class Files:
    """What makes the files of schemas of a contract, and what they have in common."""

    def __init__(self, output: Output, flavour: Dialect, options: ZodOptions) -> None:
        self._flavour, self._options = flavour, options
        self._taken = output.names_in_schemas
        self._inexact, self._changes = _inexact(output), changes(output.definitions)
        self._guard_names = guard_names(output.names)
        objects = frozenset(_objects(output)) - self._inexact
        self._open = objects if options.open_types else frozenset[str]()

    def file(self, output: Output) -> Proved:
        """A file, and what makes the proof of its types."""
        build, exported = Builder(self._flavour), set[str]()
        own = frozenset(each.name for each in output.contract.definitions)
        widening = Widening(_constants(output, own))
        sharing = Sharing(build, self._taken) if len(own) > MANY else None
        # What is exported as it is inferred has to be inferred.
        widens = sharing is not None and not self._options.open_types

        def expression(each: Ordered) -> Expression:
            scope = Scope(
                build,
                output.definitions,
                output.names,
                output.validators,
                output.constants,
                each.later,
                exported,
                own,
                accepted=each.definition.name in output.accepted,
                guarded=is_guarded(self._options),
                open=self._open,
                decoding=output.decoding,
            )
            made = _expression(each.definition, scope, output.enums)
            return made if sharing is None else sharing.share(made)

        def widest(each: Ordered) -> Expression:
            return widening.widened(expression(each))

        decodes = bool(output.decoding.types)
        library = _library(self._flavour, self._options, decodes=decodes)
        guards = Guards(output, self._changes, self._guard_names)
        inferring = partial(schema_views, output, expression, guards.of, self._open)
        schemas = schema_views(output, widest, guards.of, self._open) if widens else inferring()
        imported = frozenset(build.imported)
        imports = output.value_imports(imported | ({"guarded"} if guards.used else frozenset()))
        view = schemas_view(output, library, schemas, imports, tuple(_shared(build)))
        view = replace(view, guard_imports=guards.imports(), widens=widens)

        def proof() -> ProofView:
            # No schema there is exported, and none asks guards.
            unguarded = replace(view, runtime_imports=output.value_imports(imported))
            inferred = replace(unguarded, schemas=inferring()) if widens else unguarded
            return proof_view(output, library, inferred, exported, self._inexact)

        return view, proof


def _constants(output: Output, own: Iterable[str]) -> dict[Code, Code]:
    """The unexported schemas of a file by the exported ones."""
    return {identifier(output.validators[name]): identifier(output.constants[name]) for name in own}


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
    return made_by_function(name, identifier(maker(name)), schema)


def _library(flavour: Dialect, options: ZodOptions, *, decodes: bool) -> Library:
    return Library(
        alias=Code("z"),
        specifier=options.zod_import,
        declared=Code(
            f"type Schema<T, Wire = T> = z.{flavour.base}<T, Wire>;"
            if decodes
            else f"type Schema<T> = z.{flavour.base}<T, T>;"
        ),
        same=_SAME if not decodes else _DECODES,
        fits=_FITS,
    )


def _expression(definition: ir.Definition, scope: Scope, enums: Code) -> Expression:
    enum = enumeration(definition.type)
    if enum is None:
        whole = schema(definition.type, scope)
        is_brand = definition.brand and not scope.decoding.decodes(definition.type)
        return branded(whole, definition.name, scope.names) if is_brand else whole
    values = Member(Name(enums), identifier(scope.names[definition.name]))
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
