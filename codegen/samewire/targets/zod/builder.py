"""Builds zod schemas as expressions, in the contract's dialect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from samewire import ir
from samewire.identifiers import words
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

S = TypeVar("S", ir.Integer, ir.Number, ir.String)

Z: Final = Name(Code("z"))

# z.compile of zod 4.6 checks a format of one of these names by zod's own rules, whatever its predicate.
_RESERVED: Final = words("base64 base64url cidrv6 credit_card httpurl iban ipv6 jwt url")


# Formats that zod knows by name, and what it says of them in English, and likewise in every language.
_FORMATS: Final = {
    "date": ("date", "Invalid ISO date"),
    "date-time": ("datetime", "Invalid ISO datetime"),
    "duration": ("duration", "Invalid ISO duration"),
    "email": ("email", "Invalid email address"),
    "time": ("time", "Invalid ISO time"),
    "ulid": ("ulid", "Invalid ULID"),
    "uuid": ("uuid", "Invalid UUID"),
}


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
class Shared:
    schema: Expression
    comment: str


def maker(shared: str) -> str:
    """The function that makes a shared schema, where bundlers would not see that making it has no effect."""
    return f"make{shared[0].upper()}{shared[1:]}"


@dataclass(frozen=True, slots=True)
class Builder:
    """
    ``shared`` collects the schemas with a name of their own that the expressions made here refer to, ``imported`` the names of
    the runtime library and of other modules. ``scalars`` are the schemas of single values so far: many fields have the same.
    """

    dialect: Dialect
    shared: dict[str, Shared] = field(default_factory=dict)
    imported: set[str] = field(default_factory=set)
    scalars: dict[ir.Type, Expression] = field(default_factory=dict)

    def scalar(self, type_: S, make: Callable[[S, Builder], Expression]) -> Expression:
        """What ``make`` returns for a type, whatever its brand, by which types do not differ here."""
        made = self.scalars.get(type_)
        if made is None:
            made = self.scalars[type_] = make(type_, self)
        return made

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
        self, predicate: str, message: str, *arguments: Expression, value: str = "text"
    ) -> Refinement:
        """A check that a predicate holds, of the runtime library or with a dot a global's: ``predicate(value, ...arguments)``."""
        function = self._applied(predicate, value, arguments)
        return Refinement(self.call("refine", function, self.said(message)))

    def compare(self, compare: str, operator: str, limit: str, message: str) -> Refinement:
        """A check that the order of a text and ``limit`` is as asked: ``compare(text, limit) >= 0``."""
        parameter = identifier("text")
        order = Call(self.runtime(compare), (Name(parameter), text(limit)))
        comparison = Comparison(order, Code(operator), count(0))
        return Refinement(self.call("refine", Arrow(parameter, comparison), self.said(message)))

    def string_format(
        self, name: str, predicate: str, message: str, *arguments: Expression, final: bool = False
    ) -> Expression:
        """
        A schema of the texts for which a predicate holds. ``name`` is what issues and JSON Schema say.

        ``final``: no other check is made of what it refuses, of which it makes no sense.
        """
        stop = (Entry(Code("abort"), Constant(Code("true"))),) if final else ()
        function = self._applied(predicate, "text", arguments)
        own_name, own_message = _FORMATS.get(name, (name, None))
        params: tuple[Expression, ...] = (ObjectLiteral(stop),) if stop else ()
        # Prettier lays out a call whose last argument is a function unlike all others.
        if message != own_message or (arguments and not final):
            params = (self.said(message, *params),)
        format_ = f"python-{name}" if name in _RESERVED else own_name
        return self.call("stringFormat", text(format_), function, *params)

    def said(self, message: str, *others: Expression) -> Expression:
        """The last argument of a check: what it says where zod speaks English."""
        return self.runtime_call("said", text(message), *others)

    def _applied(self, predicate: str, value: str, arguments: tuple[Expression, ...]) -> Expression:
        """A function of the value alone."""
        target, dot, rest = predicate.partition(".")
        function = _path(Name(identifier(target)), rest) if dot else self.runtime(predicate)
        if not arguments:
            return function
        parameter = identifier(value)
        return Arrow(parameter, Call(function, (Name(parameter), *arguments)))

    def declare(self, name: str, schema: Expression, comment: str = "") -> Name:
        """A schema that gets a name of its own in ``schemas.ts``, where many fields share it: zod makes one slowly."""
        self.shared[name] = Shared(schema, comment)
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

    def optional(self, schema: Expression, function: str | None = None) -> Expression:
        return self._wrapped(function or self.dialect.optional, schema)

    def _wrapped(self, name: str, schema: Expression) -> Expression:
        if self.dialect.methods:
            return Call(Member(schema, Code(name)))
        return self.call(name, schema)


def _path(target: Expression, path: str) -> Expression:
    for part in path.split("."):
        target = Member(target, Code(part))
    return target
