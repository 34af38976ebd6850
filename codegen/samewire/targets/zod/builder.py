"""
Expressions that build zod schemas, in the dialect at hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from samewire.targets.typescript.expressions import Call, Expression, Member, Name, text
from samewire.targets.typescript.syntax import Code, identifier
from samewire.targets.zod.dialect import METHODS, Dialect

Z: Final = Name(Code("z"))


@dataclass(frozen=True, slots=True)
class Check:
    """A check by the name of its function in zod: ``minLength``, ``regex``."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class OwnCheck:
    """A check that is declared in the prelude, as an expression."""

    code: Expression


@dataclass(frozen=True, slots=True)
class Builder:
    """
    ``used`` collects the names of the prelude's declarations that the expressions made here refer to, ``imported`` those of the
    runtime library.
    """

    dialect: Dialect
    used: set[str] = field(default_factory=set)
    imported: set[str] = field(default_factory=set)

    def call(self, name: str, *arguments: Expression) -> Expression:
        """``z.name(arguments)``; ``name`` may have dots."""
        function: Expression = Z
        for part in name.split("."):
            function = Member(function, Code(part))
        return Call(function, arguments)

    def prelude(self, name: str) -> Name:
        self.used.add(name)
        return Name(identifier(name))

    def prelude_call(self, name: str, *arguments: Expression) -> Expression:
        return Call(self.prelude(name), arguments)

    def own(self, name: str, *arguments: Expression) -> OwnCheck:
        """A check of the prelude: a constant, or a function if it has arguments."""
        return OwnCheck(self.prelude_call(name, *arguments) if arguments else self.prelude(name))

    def runtime(self, name: str) -> Name:
        """A name that the runtime library exports."""
        self.imported.add(name)
        return Name(identifier(name))

    def refine(self, predicate: str, message: str) -> OwnCheck:
        """A check that a predicate of the runtime library holds."""
        return OwnCheck(self.call("refine", self.runtime(predicate), text(message)))

    def checked(
        self, schema: Expression, *checks: Check | OwnCheck | None, methods: bool = True
    ) -> Expression:
        """
        ``schema.min(1).max(2).check(own)`` or ``schema.check(z.minLength(1), z.maxLength(2), own)``. ``None`` is no check.

        ``methods``: whether this kind of schema has methods for checks, where the interface has any.
        """
        remaining: list[Expression] = []
        for each in checks:
            if isinstance(each, OwnCheck):
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
