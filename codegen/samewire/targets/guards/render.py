"""
From a contract to the text of its files, with guards.

``guards.ts`` has ``isMessage(value: unknown): value is Message`` for a type ``Message``, and imports types and the runtime
library alone. A union with a tag is a ``switch``, and so are literals and enums; all else is one condition.

Beside zod there is ``exact.ts``, if schemas drop undeclared keys: the guards of those types, which refuse such keys. What they
accept comes back from the schema as it is.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from samewire import ir
from samewire.identifiers import INHERITED
from samewire.targets.guards.guard import Scope, condition
from samewire.targets.guards.logic import TRUE
from samewire.targets.guards.recursion import Recursion, recursion
from samewire.targets.typescript.annotations import Word
from samewire.targets.typescript.changes import changes
from samewire.targets.typescript.decoding import value_types
from samewire.targets.typescript.expressions import (
    Call,
    Constant,
    Expression,
    Instantiation,
    Member,
    Name,
    Negation,
    scalar,
)
from samewire.targets.typescript.files import contract_views, rendered
from samewire.targets.typescript.layout import (
    INDENT,
    LINE,
    SOFTLINE,
    Doc,
    IfBroken,
    group,
    indent,
    print_doc,
)
from samewire.targets.typescript.layout_expressions import layout, layout_return
from samewire.targets.typescript.names import free, guard_names
from samewire.targets.typescript.options import TypeScriptOptions
from samewire.targets.typescript.output import Output, output_without_schemas
from samewire.targets.typescript.runtime import Runtime
from samewire.targets.typescript.split import guard_imports, validator_files, validator_imports
from samewire.targets.typescript.syntax import Code, identifier, string, type_key
from samewire.targets.typescript.unions import tag_values
from samewire.targets.typescript.uses import names
from samewire.targets.typescript.views import GuardsView

_VALUE: Final = Name(Code("value"))


def render_contract(
    contract: ir.Contract, options: TypeScriptOptions | None = None
) -> dict[str, str]:
    """
    The files of a contract: their names, relative to its folder, and texts.

    Raises :class:`samewire.errors.ModelError` for types that have no exact form in TypeScript and
    :class:`samewire.errors.NameClashError`.
    """
    shared = output_without_schemas(contract, options, "guards")
    views = contract_views(shared, "guards")
    common = _common(shared)
    views |= validator_files(
        shared, "guards", common.names, lambda part: _guards_view(part, common)
    )
    if "zod" in shared.options.beside and common.strict:
        views |= validator_files(
            _only(shared, common.strict),
            "exact",
            common.strict,
            lambda part: _exact_view(part, common),
        )
    shared.refuse()
    return rendered(shared, views, {})


@dataclass(frozen=True, slots=True)
class _Common:
    """
    What all files of a contract have in common: the ``names`` of guards by their types, which are ``taken``. ``aliases`` are other
    names for functions of the runtime library. Where guards have ``strict`` ones beside them, of the same names, they are called
    ``loosely``.
    """

    names: Mapping[str, str]
    taken: frozenset[str]
    aliases: Mapping[str, str]
    recursion: Recursion
    loosely: Mapping[str, str]
    strict: Mapping[str, str]


def _common(output: Output) -> _Common:
    own = guard_names(output.names)
    taken = frozenset(own.values())
    dropping = changes(output.definitions).dropping - output.decoding.types
    strict = {key: name for key, name in own.items() if key in dropping}
    if output.stems:  # one module would have every guard there is
        loosely = own | {key: free(f"{name}Loosely", taken) for key, name in strict.items()}
    else:
        loosely = {key: f"guards.{name}" for key, name in own.items()}
    aliases = _aliases(taken, output.runtime)
    return _Common(own, taken, aliases, recursion(output.definitions), loosely, strict)


def _only(output: Output, names: Container[str]) -> Output:
    definitions = tuple(each for each in output.contract.definitions if each.name in names)
    return replace(output, contract=replace(output.contract, definitions=definitions))


def _guards_view(output: Output, common: _Common) -> GuardsView:
    def returned(key: str) -> str:
        return f"value is {_json_type(key, output)}"

    file = _File(output, common, common.names, returned)
    views = file.guards(output.contract.definitions)
    decoded = [each.name in output.decoding.types for each in output.contract.definitions]
    types = Code(f"import type * as t from {output.module('types')};")
    wire = Code(f"import type * as w from {output.module('wire')};")
    imports = (
        *((types,) if not decoded or not all(decoded) else ()),
        *((wire,) if any(decoded) else ()),
    )
    elsewhere = validator_imports(output, common.names, file.used)
    lines = (*file.imports(), *imports, *elsewhere)
    return GuardsView(output.header, lines, views)


def _json_type(key: str, output: Output) -> Code:
    """The type to which a guard narrows: that of the JSON, because guards decode nothing."""
    _, source = value_types(key, output.names, output.decoding)
    return source.code


def _exact_view(output: Output, common: _Common) -> GuardsView:
    file = _File(
        output, common, common.loosely, lambda _: "boolean", {**common.loosely, **common.strict}
    )
    views = file.guards(output.contract.definitions)
    needed: tuple[Code, ...] = ()
    if output.stem:
        needed = guard_imports(output, common.names, common.loosely, file.used)
    elif any(name.startswith("guards.") for name in file.used):
        needed = (Code(f"import * as guards from {output.module('guards')};"),)
    elsewhere = validator_imports(output, common.strict, file.used)
    lines = (*needed, *file.imports(), *elsewhere)
    return GuardsView(output.header, lines, views)


class _File:
    """A file of guards; what it has to import is among the names ``used`` when all of them are written."""

    def __init__(
        self,
        output: Output,
        common: _Common,
        guards: Mapping[str, str],
        returned: Callable[[str], str],
        exact: Mapping[str, str] | None = None,
    ) -> None:
        """``returned`` is the type that a guard of a definition returns."""
        self._output = output
        self._common = common
        self._returned = returned
        deep = common.recursion.deep
        self._scope = Scope(output.definitions, guards, common.aliases, deep, exact)
        self.used: set[Code] = set()

    def guards(self, definitions: Iterable[ir.Definition]) -> tuple[Code, ...]:
        views = (self._output.attempt(each, self._guard, each) for each in definitions)
        return tuple(view for view in views if view is not None)

    def imports(self) -> tuple[Code, ...]:
        homes = self._output.runtime.homes
        imported = (name for name in homes if self._scope.runtime(name) in self.used)
        return self._output.runtime_imports(imported, aliases=self._common.aliases)

    def _guard(self, definition: ir.Definition) -> Code:
        key, output = definition.name, self._output
        accepted = not output.exact_optional or key in output.accepted
        scope = replace(self._scope, accepted=accepted)
        statements = tuple(_statements(definition.type, scope))
        self.used.update(name for each in statements for name in each.names())
        guard = self._common.names[key]
        returned = self._returned(key)
        if key not in self._common.recursion.repeated:
            return _function(guard, returned, statements)
        anew = free(f"{guard}Anew", self._common.taken)
        remembered = Return(scope.call("remembered", _VALUE, Name(identifier(anew))))
        self.used.update(remembered.names())
        first = _function(guard, returned, (remembered,))
        second = _function(anew, "boolean", statements).removeprefix("export ")
        return Code(f"{first}\n{second}")


def _aliases(guards: frozenset[str], runtime: Runtime) -> dict[str, str]:
    """What functions of the runtime library are called here that are called like a guard."""
    taken = {*guards, *runtime.homes}
    aliases = {}
    for name in sorted(guards & runtime.homes.keys()):
        alias = f"{name}Value"
        while alias in taken:
            alias += "_"
        taken.add(alias)
        aliases[name] = alias
    return aliases


# --- Guards -----------------------------------------------------------------------------------------------------------


def _function(guard: str, returned: str, statements: tuple[Return | Unless | Switch, ...]) -> Code:
    parameter = indent(SOFTLINE, "value: unknown", IfBroken(","))
    head = group(f"export function {identifier(guard)}(", parameter, SOFTLINE, f"): {returned} {{")
    body = "\n".join(each.text() for each in statements)
    return Code(f"{print_doc(head)}\n{body}\n}}")


@dataclass(frozen=True, slots=True)
class Return:
    value: Expression

    def names(self) -> Iterator[Code]:
        return names(self.value)

    def text(self, depth: int = 1) -> str:
        return _line(layout_return(self.value), depth)


@dataclass(frozen=True, slots=True)
class Unless:
    """``if (!condition) return false;``"""

    condition: Expression

    def names(self) -> Iterator[Code]:
        return names(self.condition)

    def text(self) -> str:
        test = group(indent(SOFTLINE, layout(Negation(self.condition))), SOFTLINE)
        return _line(group("if (", test, ")", indent(LINE, "return false;")), 1)


@dataclass(frozen=True, slots=True)
class Switch:
    """The results for values, each an expression; ``false`` for all others."""

    value: Expression
    cases: tuple[tuple[tuple[Expression, ...], Expression], ...]

    def names(self) -> Iterator[Code]:
        return names(*(result for _, result in self.cases))

    def text(self) -> str:
        lines = [f"  switch ({print_doc(layout(self.value))}) {{"]
        for values, result in self.cases:
            lines += [f"    case {print_doc(layout(value))}:" for value in values]
            lines.append(Return(result).text(3))
        return "\n".join([*lines, "    default:", "      return false;", "  }"])


def _line(doc: Doc, depth: int) -> str:
    columns = depth * INDENT
    return " " * columns + print_doc(doc, column=columns, indentation=columns)


def _statements(type_: ir.Type, scope: Scope) -> Iterator[Return | Unless | Switch]:
    match type_:
        case ir.Union(members, tag) if tag is not None and tag not in INHERITED:
            if (cases := _tagged_cases(members, tag, scope)) is None:
                yield Return(condition(type_, _VALUE, scope))
            else:
                shape = Instantiation(scope.runtime("hasShape"), (Word(string(tag)),))
                yield Unless(Call(shape, (_VALUE,)))
                yield Switch(Member(_VALUE, type_key(tag)), cases)
        case ir.EnumType(members):
            yield Switch(_VALUE, ((_scalars(each.value for each in members), TRUE),))
        case ir.Literal(values) if len(values) > 1:
            yield Switch(_VALUE, ((_scalars(values), TRUE),))
        case _:
            yield Return(_decided(type_, scope))


def _scalars(values: Iterable[ir.Scalar]) -> tuple[Expression, ...]:
    """As expressions, each once. ``True`` and ``1`` are equal in Python, and their expressions are not."""
    return tuple(dict.fromkeys(map(scalar, values)))


def _decided(type_: ir.Type, scope: Scope) -> Expression:
    """The condition on the parameter, which it always names, so that no compiler finds it unused."""
    holds = condition(type_, _VALUE, scope)
    if isinstance(holds, Constant):
        return scope.call("isAnything" if holds == TRUE else "isNothing", _VALUE)
    return holds


def _tagged_cases(
    members: tuple[ir.Type, ...], tag: str, scope: Scope
) -> tuple[tuple[tuple[Expression, ...], Expression], ...] | None:
    """The values of the tag of each member, and what is then to be checked; ``None`` if those of one are not known."""
    cases = []
    for member in members:
        values = list(tag_values(member, tag, scope.definitions))
        if not all(values):
            return None
        cases.append((_scalars(itertools.chain(*values)), condition(member, _VALUE, scope)))
    return tuple(cases)
