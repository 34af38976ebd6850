"""
Expressions that build valibot schemas.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from samewire.targets.typescript.expressions import (
    Arrow,
    Call,
    Comparison,
    Expression,
    Member,
    Name,
    count,
    text,
)
from samewire.targets.typescript.syntax import Code, identifier

V: Final = Name(Code("v"))


@dataclass(frozen=True, slots=True)
class Builder:
    """``imported`` collects the names of the runtime library that the expressions made here refer to."""

    imported: set[str] = field(default_factory=set)

    def call(self, name: str, *arguments: Expression) -> Expression:
        """``v.name(arguments)``"""
        return Call(Member(V, Code(name)), arguments)

    def runtime(self, name: str) -> Name:
        """A name that the runtime library exports."""
        self.imported.add(name)
        return Name(identifier(name))

    def runtime_call(self, name: str, *arguments: Expression) -> Expression:
        return Call(self.runtime(name), arguments)

    def check(
        self, predicate: str, message: str, *arguments: Expression, value: str = "text"
    ) -> Expression:
        """The check that a predicate of the runtime library holds: ``v.check((value) => predicate(value, ...arguments))``."""
        parameter = identifier(value)
        holds = Call(self.runtime(predicate), (Name(parameter), *arguments))
        return self.call("check", Arrow(parameter, holds), text(message))

    def compare(self, compare: str, operator: str, limit: str, message: str) -> Expression:
        """The check that the order of a text and ``limit`` is as asked: ``compare(text, limit) >= 0``."""
        parameter = identifier("text")
        order = Call(self.runtime(compare), (Name(parameter), text(limit)))
        comparison = Comparison(order, Code(operator), count(0))
        return self.call("check", Arrow(parameter, comparison), text(message))

    def pipe(self, schema: Expression, *checks: Expression | None) -> Expression:
        """``v.pipe(schema, check, ...)``; ``None`` is no check."""
        wanted = tuple(check for check in checks if check is not None)
        return self.call("pipe", schema, *wanted) if wanted else schema
