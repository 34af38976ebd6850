"""
Expressions that build zod schemas, in the dialect at hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from samewire.ts.dialect import METHODS, Dialect
from samewire.ts.expressions import Call, Expression, Member, Name, Number, Text
from samewire.ts.syntax import Code, identifier, number, string

Z: Final = Name(Code("z"))


@dataclass(frozen=True, slots=True)
class Check:
    """A check by the name of its function in zod: ``minLength``, ``regex``, ``refine``."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Builder:
    """``used`` collects the names of the prelude's declarations that the expressions made here refer to."""

    dialect: Dialect
    used: set[str] = field(default_factory=set)

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

    def checked(self, schema: Expression, *checks: Check | None) -> Expression:
        """``schema.min(1).max(2)`` or ``schema.check(z.minLength(1), z.maxLength(2))``. ``None`` is no check."""
        wanted = [check for check in checks if check is not None]
        if not wanted:
            return schema
        if not self.dialect.methods:
            return Call(
                Member(schema, Code("check")),
                tuple(self.call(each.name, *each.arguments) for each in wanted),
            )
        for each in wanted:
            schema = Call(Member(schema, Code(METHODS.get(each.name, each.name))), each.arguments)
        return schema

    def nullable(self, schema: Expression) -> Expression:
        return self._wrapped("nullable", schema)

    def optional(self, schema: Expression) -> Expression:
        return self._wrapped(self.dialect.optional, schema)

    def _wrapped(self, name: str, schema: Expression) -> Expression:
        if self.dialect.methods:
            return Call(Member(schema, Code(name)))
        return self.call(name, schema)

    def refine(self, function: Expression) -> Check:
        return Check("refine", (function,))


def count(value: int) -> Number:
    return Number(number(value))


def text(value: str) -> Text:
    return Text(string(value))
