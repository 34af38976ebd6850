"""
Constants for the schemas that many fields of a large contract have: zod takes long to make them, and TypeScript to infer them.

``z.string().min(1)`` becomes ``stringMin1``. In a small contract they stand where they are used, which is easier to read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from samewire.graph import components
from samewire.identifiers import KEYWORDS
from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Call,
    Expression,
    Member,
    Name,
    Number,
    ObjectLiteral,
    Spread,
)
from samewire.targets.typescript.syntax import identifier
from samewire.targets.zod.builder import Builder, Shared, Z

MANY: Final = 300
"""With how many definitions a contract is large: loading them takes some 50 ms longer if nothing is shared."""

_LONGEST: Final = 40


def share(expression: Expression, build: Builder, taken: frozenset[str]) -> Expression:
    """
    The expression, with constants that ``build`` declares in place of those parts that can be named.

    ``taken`` are names that a constant may not have.
    """
    match expression:
        case Call():
            return _shared_call(expression, build, taken)
        case ArrayLiteral(elements):
            return ArrayLiteral(tuple(share(each, build, taken) for each in elements))
        case ObjectLiteral(entries):
            return ObjectLiteral(
                tuple(replace(entry, value=share(entry.value, build, taken)) for entry in entries)
            )
        case Member(target, key):
            return Member(share(target, build, taken), key)
        case _:
            return expression


def _shared_call(call: Call, build: Builder, taken: frozenset[str]) -> Expression:
    name = _name(call, build)
    arguments = tuple(share(each, build, taken) for each in call.arguments)
    if name is None:
        return Call(share(call.function, build, taken), arguments)
    part = Call(_with_shared_arguments(call.function, build, taken), arguments)
    if len(name) > _LONGEST or name in KEYWORDS or name in taken or not part.evaluates_nothing():
        return part
    shared = build.shared.setdefault(name, Shared(part, ""))
    return Name(identifier(name)) if shared.schema == part else part


def _with_shared_arguments(
    function: Expression, build: Builder, taken: frozenset[str]
) -> Expression:
    """What a method is called on, which gets no constant of its own, but what it was made of does."""
    match function:
        case Member(Call(inner, arguments), key):
            shared = tuple(share(each, build, taken) for each in arguments)
            return Member(Call(_with_shared_arguments(inner, build, taken), shared), key)
        case _:
            return function


def _name(expression: Expression, build: Builder) -> str | None:
    """
    Says how a schema is made, from the inside out: ``z.array(z.string()).max(3)`` is ``stringArrayMax3``.

    ``None`` if there is more in it than calls, counts and constants.
    """
    match expression:
        case Name(code) if code in build.shared:
            return code
        case Number(code):
            return code.replace("-", "Minus").replace("+", "").replace(".", "_")
        case Call(function, arguments):
            names = [_name(each, build) for each in arguments]
        case _:
            return None
    match function:
        case Member(target, method) if target == Z:
            counts = [isinstance(each, Number) for each in arguments].count(True)
            at = len(names) - counts
            names = [*names[:at], method, *names[at:]]
        case Member(target, method):
            names = [_name(target, build), method, *names]
        case Name(code):
            names = ["own", *names] if code.startswith("own") else [*names, code]
        case _:
            return None
    known = [name for name in names if name is not None]
    if len(known) < len(names):
        return None
    return known[0] + "".join(name[0].upper() + name[1:] for name in known[1:])


def in_order(build: Builder) -> list[str]:
    """The names of the constants, each after those that it is made of."""
    parts = {name: tuple(_names(each.schema)) for name, each in build.shared.items()}
    return [name for component in components(sorted(parts), parts) for name in component]


def _names(schema: Expression) -> Iterator[str]:
    match schema:
        case Name(code):
            yield code
        case Member(target) | Spread(target):
            yield from _names(target)
        case Call(function, arguments):
            for part in (function, *arguments):
                yield from _names(part)
        case _:
            pass
