"""
The view models of the templates: small frozen records of finished code.

Each declaration names the template that arranges it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Final, TypeAlias

from samewire.targets.typescript.syntax import Code

NO_CODE: Final = Code("")
SHOWN: Final = Code("withTag")
"""The function that gives the schema of another file the type that a union with a tag asks of its members."""


@dataclass(frozen=True, slots=True)
class MemberView:
    """A line of an interface or an enum, with the comment above it."""

    comment: Code
    code: Code


@dataclass(frozen=True, slots=True)
class InterfaceView:
    """``heritage`` is `` extends Parent`` for one whose other members are in the interfaces that it names."""

    template: ClassVar[str] = "interface.ts.jinja"

    comment: Code
    name: Code
    members: tuple[MemberView, ...]
    heritage: Code = NO_CODE


@dataclass(frozen=True, slots=True)
class AliasView:
    template: ClassVar[str] = "alias.ts.jinja"

    comment: Code
    code: Code


@dataclass(frozen=True, slots=True)
class EnumView:
    """The values of an enum as an object, and their union under the same name."""

    template: ClassVar[str] = "enum.ts.jinja"

    comment: Code
    name: Code
    members: tuple[MemberView, ...]
    union: Code


_OF_TYPES: Final = re.compile(r"\bt\.")
_OF_DECLARED: Final = re.compile(r"\bSchema<t\.")
_OF_WIRE: Final = re.compile(r"\bw\.\w+Wire\b")

DeclarationView: TypeAlias = InterfaceView | AliasView | EnumView


def code_of(view: DeclarationView) -> str:
    """What may refer to other types in a declaration."""
    match view:
        case InterfaceView():
            return "\n".join((view.heritage, *(each.code for each in view.members)))
        case AliasView():
            return view.code
        case EnumView():
            return view.union


@dataclass(frozen=True, slots=True)
class TypesView:
    """``imports`` are of types in other files, and ``exports`` of those that the files of a split contract declare."""

    header: Code
    declarations: tuple[DeclarationView, ...]
    imports: tuple[Code, ...] = ()
    exports: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class SchemaView:
    """
    ``declaration`` is the constant with its inferred type, ``export`` gives it the declared one if it is ``typed``, which is not
    that of its JSON if it ``decodes``. ``names`` are those that its expression has, in a file of a contract that is split.
    """

    declaration: Code
    export: Code
    typed: bool
    decodes: bool = False
    names: frozenset[Code] = frozenset()


@dataclass(frozen=True, slots=True)
class SchemasView:
    """
    ``library`` imports what the schemas are made with, ``declared`` declares ``Schema<T>``, the type of a schema of ``T``;
    ``constants`` are those of scalars. All need what ``runtime_imports`` import. ``guard_imports`` are there if schemas ask guards
    first. ``wire_import`` is of the types of JSON that schemas decode. ``widens``: less is inferred than where the types are
    proved. ``imports`` are of schemas in other files, and ``exports`` of those that the contract has here and that stand there.
    """

    header: Code
    library: Code
    declared: Code
    wire_import: Code | None
    runtime_imports: tuple[Code, ...]
    types_import: Code
    constants: tuple[Code, ...]
    schemas: tuple[SchemaView, ...]
    guard_imports: tuple[Code, ...] = ()
    widens: bool = False
    imports: tuple[Code, ...] = ()
    exports: tuple[Code, ...] = ()

    @property
    def refers_to_named(self) -> bool:
        """Whether a schema gives another one its declared type, which that is not exported under."""
        return any("typed<t." in each.declaration for each in self.schemas)

    @property
    def typed(self) -> Code:
        """The function that gives a schema its declared type where another one refers to it."""
        parameters, of = ("T, Wire = T", "T, Wire") if self.wire_import else ("T", "T")
        return Code(
            f"function typed<{parameters}>(inferred: unknown): Schema<{of}> {{\n"
            f"  return inferred as Schema<{of}>;\n}}"
        )

    @property
    def refers_to_declared(self) -> bool:
        """Whether a schema is made with the declared type of another one."""
        declarations = (each.declaration for each in self.schemas)
        return self.refers_to_named or any(map(_OF_DECLARED.search, declarations))

    @property
    def shows_tags(self) -> bool:
        """Whether a union with a tag has members in other files, whose declared types do not say what tags they have."""
        return any(SHOWN in each.names for each in self.schemas)

    @property
    def decodes(self) -> bool:
        """Whether any schema here decodes, which asks no guard."""
        return any(each.decodes for each in self.schemas)

    @property
    def uses_wire(self) -> bool:
        """Whether anything here needs what ``wire_import`` imports."""
        declarations = (each.declaration for each in self.schemas)
        return self.decodes or (
            self.wire_import is not None and any(map(_OF_WIRE.search, declarations))
        )

    @property
    def types_schemas(self) -> bool:
        """Whether any schema is exported under its declared type."""
        return any(each.typed for each in self.schemas)

    @property
    def uses_types(self) -> bool:
        """Whether anything here needs what ``types_import`` imports."""
        codes = (*self.constants, *(each.declaration for each in self.schemas))
        return self.types_schemas or any(_OF_TYPES.search(code) for code in codes)


@dataclass(frozen=True, slots=True)
class ProofView:
    """
    ``claims`` are members of a type that are ``true`` only where a schema and its type agree. ``uses`` names the schemas once more.

    ``same`` is the type of the claim that the two are one type, ``fits`` of the one that says less, if anything claims so.
    """

    file: SchemasView
    schemas_import: Code
    claims: tuple[Code, ...]
    uses: Code
    same: Code | None
    fits: Code | None

    @property
    def uses_wire(self) -> bool:
        """Whether anything here needs the types of JSON."""
        declarations = (each.declaration for each in self.file.schemas)
        return self.file.wire_import is not None and any(
            map(_OF_WIRE.search, (*self.claims, *declarations))
        )


@dataclass(frozen=True, slots=True)
class StreamsView:
    """``imports`` and ``exports`` name what the runtime library has; ``order`` is the specifier of the file with the order."""

    header: Code
    imports: tuple[Code, ...]
    exports: tuple[Code, ...]
    order: Code | None


@dataclass(frozen=True, slots=True)
class OrderView:
    """
    ``imports`` and ``exports`` name what the runtime library has; ``tag`` is the key of the property that tells events apart.

    ``rules`` is the declaration of the table.
    """

    header: Code
    imports: tuple[Code, ...]
    exports: tuple[Code, ...]
    tag: Code
    rules: Code


@dataclass(frozen=True, slots=True)
class ReporterView:
    """The function for a root, and the table of its open types."""

    name: Code
    type: Code
    table: Code


@dataclass(frozen=True, slots=True)
class UnknownMembersView:
    """``imports`` and ``exports`` name what the runtime library and the guards have; ``find`` is the function that walks."""

    header: Code
    imports: tuple[Code, ...]
    exports: tuple[Code, ...]
    find: Code
    tables: tuple[Code, ...]
    reporters: tuple[ReporterView, ...]


@dataclass(frozen=True, slots=True)
class IndexView:
    header: Code
    exports: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class GuardsView:
    """``imports`` and ``exports`` are as those of :class:`SchemasView`."""

    header: Code
    imports: tuple[Code, ...]
    guards: tuple[Code, ...]
    exports: tuple[Code, ...] = ()


ValidatorsView: TypeAlias = SchemasView | GuardsView | IndexView
"""A file of validators. That of a split contract whose own stand in another one is a list of what it exports from there."""
