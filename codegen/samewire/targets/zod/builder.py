"""
Expressions that build zod schemas, in the dialect at hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from samewire.targets.typescript.checks import argument
from samewire.targets.typescript.expressions import (
    Arrow,
    Call,
    Comparison,
    Constant,
    Entry,
    Expression,
    Member,
    Name,
    ObjectLiteral,
    count,
    text,
)
from samewire.targets.typescript.syntax import Code, identifier
from samewire.targets.zod.dialect import METHODS, Dialect
from samewire.targets.zod.shared import SHARED

Z: Final = Name(Code("z"))


@dataclass(frozen=True, slots=True)
class Check:
    """A check by the name of its function in zod: ``minLength``, ``regex``."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Refinement:
    """A check that is no function of zod's own, as an expression."""

    code: Expression


@dataclass(frozen=True, slots=True)
class Builder:
    """
    ``shared`` collects the schemas with a name of their own that the expressions made here refer to, ``imported`` the names of
    the runtime library.
    """

    dialect: Dialect
    shared: dict[str, Expression] = field(default_factory=dict)
    imported: set[str] = field(default_factory=set)

    def call(self, name: str, *arguments: Expression) -> Expression:
        """``z.name(arguments)``; ``name`` may have dots."""
        return Call(_path(Z, name), arguments)

    # --- The runtime library ------------------------------------------------------------------------------------------

    def runtime(self, name: str) -> Name:
        """A name that the runtime library exports."""
        self.imported.add(name)
        return Name(identifier(name))

    def runtime_call(self, name: str, *arguments: Expression) -> Expression:
        return Call(self.runtime(name), arguments)

    def refine(
        self,
        predicate: str,
        message: str,
        *arguments: Expression,
        value: str = "text",
        final: bool = False,
    ) -> Refinement:
        """
        A check that a predicate holds, of the runtime library or with a dot a global's: ``predicate(value, ...arguments)``.

        ``final``: no other check is made of what it refuses.
        """
        function = self._predicate(predicate)
        if arguments:
            parameter = identifier(value)
            function = Arrow(parameter, Call(function, (Name(parameter), *arguments)))
        return self._refine(function, message, final=final)

    def compare(self, compare: str, operator: str, limit: str, message: str) -> Refinement:
        """A check that the order of a text and ``limit`` is as asked: ``compare(text, limit) >= 0``."""
        parameter = identifier("text")
        order = Call(self.runtime(compare), (Name(parameter), text(limit)))
        comparison = Comparison(order, Code(operator), count(0))
        return self._refine(Arrow(parameter, comparison), message, final=False)

    def _predicate(self, name: str) -> Expression:
        target, dot, rest = name.partition(".")
        return _path(Name(identifier(target)), rest) if dot else self.runtime(name)

    def _refine(self, function: Expression, message: str, *, final: bool) -> Refinement:
        said: Expression = text(message)
        if final:
            stop = Entry(Code("abort"), Constant(Code("true")))
            said = ObjectLiteral((Entry(Code("error"), said), stop))
        return Refinement(self.call("refine", function, said))

    def named(self, name: str) -> Name:
        """A schema of :data:`samewire.targets.zod.shared.SHARED`."""
        shared = SHARED[name]
        check = self.refine(
            shared.predicate.name,
            shared.predicate.message,
            *map(argument, shared.predicate.arguments),
            value="value" if shared.base == "number" else "text",
            final=shared.final,
        )
        return self.declare(name, self.checked(self.call(shared.base), check))

    def declare(self, name: str, schema: Expression) -> Name:
        """A schema that gets a name of its own."""
        self.shared[name] = schema
        return Name(identifier(name))

    # --- Schemas ------------------------------------------------------------------------------------------------------

    def checked(
        self, schema: Expression, *checks: Check | Refinement | None, methods: bool = True
    ) -> Expression:
        """
        ``schema.min(1).max(2).check(own)`` or ``schema.check(z.minLength(1), z.maxLength(2), own)``. ``None`` is no check.

        ``methods``: whether this kind of schema has methods for checks, where the interface has any.
        """
        remaining: list[Expression] = []
        for each in checks:
            if isinstance(each, Refinement):
                remaining.append(each.code)
            elif each is not None and self.dialect.methods and methods:
                schema = Call(
                    Member(schema, Code(METHODS.get(each.name, each.name))), each.arguments
                )
            elif each is not None:
                remaining.append(self.call(each.name, *each.arguments))
        return Call(Member(schema, Code("check")), tuple(remaining)) if remaining else schema

    def catchall(self, schema: Expression, extra: Expression) -> Expression:
        """An object schema whose unknown keys are of the type ``extra``."""
        if self.dialect.methods:
            return Call(Member(schema, Code("catchall")), (extra,))
        return self.call("catchall", schema, extra)

    def nullable(self, schema: Expression) -> Expression:
        return self._wrapped("nullable", schema)

    def optional(self, schema: Expression) -> Expression:
        return self._wrapped(self.dialect.optional, schema)

    def _wrapped(self, name: str, schema: Expression) -> Expression:
        if self.dialect.methods:
            return Call(Member(schema, Code(name)))
        return self.call(name, schema)


def _path(target: Expression, path: str) -> Expression:
    for part in path.split("."):
        target = Member(target, Code(part))
    return target
