"""
``schemas.ts``: a schema for each definition, in an order in which each can name those it needs; and the proof of its types.

A schema is a constant with its inferred type, which keeps its shape for unions, and an export under the declared type, which
editors and the compiler get at without looking inside. That the second says the same as the first is claimed by an assertion
and proved in ``schemas.proof.ts``. The declared type is an alias, ``Schema<t.Name>``, whose arguments TypeScript does not compare
with constraints each time.

Functions make the constants, for two reasons. A bundler drops a call that is marked as free of effects if nothing uses its
result, but not the calls among its arguments. And TypeScript follows the flow of a program back from each name at the top of a
file, past every constant before it, to where the name is declared, which is quadratic; in a function it stops at once.

What is said here holds for any library of schemas: see :class:`Library`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from samewire.targets.typescript.annotations import Field, Reference, layout_field
from samewire.targets.typescript.decoding import value_types
from samewire.targets.typescript.expressions import (
    Assertion,
    Call,
    Expression,
    Instantiation,
    Name,
    Pure,
)
from samewire.targets.typescript.layout import (
    HARDLINE,
    LINE,
    IfBroken,
    group,
    indent,
    join,
    print_doc,
)
from samewire.targets.typescript.layout_expressions import layout_declaration, layout_return
from samewire.targets.typescript.order import Ordered, order
from samewire.targets.typescript.output import Output
from samewire.targets.typescript.split import enum_imports, validator_files, validator_imports
from samewire.targets.typescript.syntax import Code, identifier, type_key
from samewire.targets.typescript.uses import names as names_in
from samewire.targets.typescript.views import ProofView, SchemasView, SchemaView
from samewire.walk import enumeration

_INDENT: Final = 2


@dataclass(frozen=True, slots=True)
class Library:
    """
    A library of schemas: ``import * as alias from "specifier"``.

    ``declared`` declares ``Schema<T>``, the type of the schemas of a type; with ``Schema<T, Wire>`` that of its JSON is another.
    ``same`` and ``fits`` declare the types ``Same<S, T>``, which is ``true`` if what the schema takes and what it returns is T, and
    ``Fits<S, T>``, if what it returns is assignable to T; with ``Same<S, T, Wire>`` it takes another type.
    """

    alias: Code
    specifier: str
    declared: Code
    same: Code
    fits: Code


def schema_views(
    output: Output,
    expression: Callable[[Ordered], Expression],
    guards: Callable[[str], tuple[Expression, ...]] = lambda _: (),
    inferred: frozenset[str] = frozenset(),
) -> tuple[SchemaView, ...]:
    """
    The schemas in their order; ``expression`` makes the one of a definition, ``guards`` name the guards that it asks first. Those
    of ``inferred`` are exported as they are inferred.
    """

    def view(each: Ordered) -> SchemaView:
        key = each.definition.name
        constant, exported = (
            identifier(names[key]) for names in (output.constants, output.validators)
        )
        value_of = expression(each)
        declaration = made_by_function(constant, identifier(output.factories[key]), value_of)
        used = frozenset(names_in(value_of)) if output.stem else frozenset[Code]()
        if key in inferred:
            left = f"export const {exported}: typeof {constant}"
            asked = guards(key)
            whole = Pure(Call(Name(Code("guarded")), (Name(constant), *asked)))
            export = layout_declaration(left, whole if asked else Name(constant))
            return SchemaView(declaration, Code(print_doc(export)), typed=False, names=used)
        value, source = value_types(key, output.names, output.decoding)
        whole = Pure(Call(Name(Code("schema")), (Name(constant), *guards(key))))
        typed = Assertion(whole, schema_type(value, source))
        text = Code(print_doc(layout_declaration(f"export const {exported}", typed)))
        return SchemaView(declaration, text, typed=True, decodes=value != source, names=used)

    ordered = order(output.contract.definitions)
    views = [output.attempt(each.definition, view, each) for each in ordered]
    return tuple(view for view in views if view is not None)


Proved: TypeAlias = tuple[SchemasView, Callable[[], ProofView]]
"""A file of schemas, and what makes the proof of its types."""


def schema_files(output: Output, file: Callable[[Output], Proved]) -> dict[str, object]:
    """``schemas.ts`` and the files that it is split into, and the proof of their types, which is one file in any case."""
    proves = output.options.type_test
    whole = file(output) if proves or not output.stems else None

    def view(part: Output) -> SchemasView:
        return (whole if whole and not part.stem else file(part))[0]

    files = validator_files(output, "schemas", output.validators, view)
    return {**files, "schemas.proof": whole[1]()} if whole and proves else files


def schema_type(value: Reference, source: Reference) -> Reference:
    """``Schema<t.Name>``, the type under which the schema of a definition is exported."""
    return Reference(Code("Schema"), (value,) if value == source else (value, source))


def branded(expression: Expression, brand: str | None, names: Mapping[str, str]) -> Expression:
    """A schema under the new type that its values are declared as."""
    if brand is None:
        return expression
    target = Reference(Code(f"t.{identifier(names[brand])}"))
    return Call(Instantiation(Code("typed"), (target,)), (expression,))


def made_by_function(constant: Code, factory: Code, value: Expression) -> Code:
    """The declarations of a constant and of the function that makes it."""
    body = indent(HARDLINE, layout_return(value))
    made = layout_declaration(f"const {constant}", Pure(Call(Name(factory))))
    return Code(print_doc((f"function {factory}() {{", body, HARDLINE, "}", HARDLINE, made)))


def schemas_view(
    output: Output,
    library: Library,
    schemas: tuple[SchemaView, ...],
    runtime_imports: Iterable[Code],
    constants: tuple[Code, ...] = (),
) -> SchemasView:
    enums = [each.name for each in output.contract.definitions if enumeration(each.type)]
    has_values = enums and not output.stem
    used = frozenset[Code]().union(*(each.names for each in schemas))
    return SchemasView(
        header=output.header,
        library=Code(
            f"import * as {library.alias} from {output.outside(library.specifier)};"
            if schemas
            else "export {};"
        ),
        declared=library.declared,
        wire_import=Code(f"import type * as w from {output.module('wire')};")
        if output.decoding.types
        else None,
        runtime_imports=tuple(runtime_imports),
        types_import=Code(
            f"import {'' if has_values else 'type '}* as t from {output.module('types')};"
        ),
        constants=constants,
        schemas=schemas,
        imports=(*enum_imports(output, enums), *validator_imports(output, output.validators, used)),
    )


def proof_view(
    output: Output, library: Library, file: SchemasView, exported: Iterable[str], inexact: set[str]
) -> ProofView:
    """``exported``: the definitions to whose exported schema others refer; ``inexact``: those whose type can't be inferred."""
    names = sorted(output.validators[name] for name in exported)
    return ProofView(
        file=file,
        schemas_import=output.import_names("import", names, "schemas") if names else Code(""),
        claims=tuple(_claims(output, inexact)),
        uses=_uses(output),
        same=library.same if len(inexact) < len(output.definitions) else None,
        fits=library.fits if inexact else None,
    )


def _claims(output: Output, inexact: set[str]) -> Iterator[Code]:
    """``Name: Same<typeof Name, t.Name>``, in the order of the definitions."""
    for definition in output.contract.definitions:
        name = output.names[definition.name]
        claim = "Fits" if definition.name in inexact else "Same"
        factory = Reference(Code(f"typeof {output.factories[definition.name]}"))
        inferred = Reference(Code("ReturnType"), (factory,))
        value, source = value_types(definition.name, output.names, output.decoding)
        exact = claim == "Same" and value != source
        compared = (inferred, value, source) if exact else (inferred, value)
        line = layout_field(Field(type_key(name), Reference(Code(claim), compared)))
        yield Code(print_doc((line, ";"), column=_INDENT, indentation=_INDENT))


def _uses(output: Output) -> Code:
    """
    All constants in use: linters take what only its type is used of for a mistake.

    An object, since the type of an array is a union of all its items, which TypeScript gives up on at some 2,000 of them.
    """
    names = [identifier(output.constants[each.name]) for each in output.contract.definitions]
    items = indent(LINE, join((",", LINE), names), IfBroken(","))
    body = ("return ", group("{", items, LINE, "};"))
    head = "export function schemas(): object {"
    return Code(print_doc((head, indent(HARDLINE, body), HARDLINE, "}")))
