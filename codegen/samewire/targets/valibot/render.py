"""Renders the files of a contract, with valibot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from samewire import ir
from samewire.errors import Diagnostic, ModelError
from samewire.render import templates
from samewire.targets.typescript.expressions import ArrayLiteral, Expression, Member, Name
from samewire.targets.typescript.files import contract_views, extension_files, rendered
from samewire.targets.typescript.options import TypeScriptOptions
from samewire.targets.typescript.order import Ordered
from samewire.targets.typescript.output import Output, output
from samewire.targets.typescript.runtime import load
from samewire.targets.typescript.schemas import (
    Library,
    Proved,
    branded,
    proof_view,
    schema_files,
    schema_views,
    schemas_view,
)
from samewire.targets.typescript.syntax import Code, identifier
from samewire.targets.valibot.builder import Builder
from samewire.targets.valibot.schema import Scope, enum_schema, schema
from samewire.walk import enumeration, inside

PACKAGE: Final = "valibot"
_SAME: Final = Code("""\
type Same<S extends v.GenericSchema, T> = [
  Equal<v.InferInput<S>, T>,
  Equal<v.InferOutput<S>, T>,
] extends [true, true]
  ? true
  : false;""")
_FITS: Final = Code("""\
type Fits<S extends v.GenericSchema, T> =
  v.InferOutput<S> extends T ? true : false;""")


@dataclass(frozen=True, slots=True)
class ValibotOptions(TypeScriptOptions):
    """``valibot_import`` is the module specifier of valibot."""

    valibot_import: str = PACKAGE


def render_contract(contract: ir.Contract, options: ValibotOptions | None = None) -> dict[str, str]:
    """
    The files of a contract: their names, relative to its folder, and texts.

    Raises :class:`samewire.errors.ModelError` for types that have no exact form in TypeScript and valibot, and
    :class:`samewire.errors.NameClashError`.
    """
    options = options or ValibotOptions()
    library = load(templates("typescript") / "runtime", "valibot")
    shared = output(contract, options, library, taken={"v"}, exact_optional=True)
    views = contract_views(shared, "valibot")
    views |= schema_files(shared, lambda part: _file(part, options))
    shared.refuse()
    _refuse_extensions(shared)
    return rendered(shared, views, {PACKAGE: options.valibot_import}, extended="valibot")


def _refuse_extensions(shared: Output) -> None:
    """The files of extensions call schemas as zod's are called."""
    lacking = [
        Diagnostic(
            "target-lacks",
            shared.contract.name,
            f"the target valibot does not write the files of {name}",
            f"set {name} = false to do without them, or use the target zod",
        )
        for name in extension_files(shared, but="valibot")
    ]
    if lacking:
        raise ModelError(*lacking)


def _file(shared: Output, options: ValibotOptions) -> Proved:
    library = Library(
        alias=Code("v"),
        specifier=options.valibot_import,
        declared=Code("type Schema<T> = v.GenericSchema<T>;"),
        same=_SAME,
        fits=_FITS,
    )
    build, exported = Builder(), set[str]()

    def expression(each: Ordered) -> Expression:
        names, validators = shared.names, shared.validators
        accepted = each.definition.name in shared.accepted
        scope = Scope(build, shared.definitions, names, validators, each.later, exported, accepted)
        return _expression(each.definition, scope, shared.enums)

    schemas = schema_views(shared, expression)
    view = schemas_view(shared, library, schemas, shared.runtime_imports(build.imported))
    return view, lambda: proof_view(shared, library, view, exported, _inexact(shared))


def _expression(definition: ir.Definition, scope: Scope, enums: Code) -> Expression:
    enum = enumeration(definition.type)
    if enum is None:
        whole = schema(definition.type, scope)
        return branded(whole, definition.name, scope.names) if definition.brand else whole
    values = Member(Name(enums), identifier(scope.names[definition.name]))
    listed = enum_schema(enum, values, scope.build)
    if not isinstance(definition.type, ir.Union):
        return listed
    others = (schema(each, scope) for each in definition.type.members[1:])
    return scope.build.call("union", ArrayLiteral((listed, *others)))


def _inexact(output: Output) -> set[str]:
    """
    The definitions whose declared type valibot can't infer: those with extra keys, for which it infers an intersection, and
    those with an object that has no key at all, for which it infers ``{}``.
    """
    return {
        name
        for name, definition in output.definitions.items()
        if any(
            isinstance(each, ir.Object) and (isinstance(each.extra, ir.Keep) or not each.properties)
            for each in inside(definition.type)
        )
    }
