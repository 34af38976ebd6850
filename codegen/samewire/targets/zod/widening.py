"""
Schemas of a large contract as TypeScript has them: made of schemas of anything, which it checks several times faster.

``z.object({...})`` becomes ``z.object<z.core.$ZodLooseShape>({...})``: the same schema, of which nothing is inferred. What each
infers is proved in ``schemas.proof.ts``, where the type arguments are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Call,
    Entry,
    Expression,
    Getter,
    Member,
    Name,
    ObjectLiteral,
)
from samewire.targets.typescript.syntax import Code
from samewire.targets.zod.builder import Z

_WIDEST: Final = {
    "object": "z.core.$ZodLooseShape",
    "strictObject": "z.core.$ZodLooseShape",
    "looseObject": "z.core.$ZodLooseShape",
    "array": "z.core.SomeType",
    "literal": "z.core.util.Literal",
    "enum": "z.core.util.EnumLike",
}


def widened(expression: Expression, constants: Mapping[Code, Code]) -> Expression:
    """
    The expression with type arguments where types would be inferred. ``constants`` are the unexported schemas by the exported ones,
    whose declared types differ from each other where those of the constants are the same.
    """
    match expression:
        case Name(code):
            return Name(constants.get(code, code))
        case Member(target, key):
            return Member(widened(target, constants), key)
        case Call(function, arguments):
            of = _widest(function, arguments)
            parts = tuple(widened(each, constants) for each in arguments)
            return Call(of or widened(function, constants), parts)
        case ArrayLiteral(elements):
            return ArrayLiteral(tuple(widened(each, constants) for each in elements))
        case ObjectLiteral(entries):
            # The type of a getter is written out, and is that of the exported schema.
            return ObjectLiteral(
                tuple(
                    each
                    if isinstance(each, Getter)
                    else Entry(each.key, widened(each.value, constants))
                    for each in entries
                )
            )
        case _:
            return expression


def _widest(function: Expression, arguments: tuple[Expression, ...]) -> Member | None:
    """A function of zod's for the widest type that it takes."""
    match function, arguments:
        case Member(target, "enum"), (ArrayLiteral(), *_) if target == Z:
            return None
        case Member(target, "literal"), (ArrayLiteral() | Call(), *_) if target == Z:
            return Member(Z, Code(f"literal<ReadonlyArray<{_WIDEST['literal']}>>"))
        case Member(target, name), _ if target == Z and name in _WIDEST:
            return Member(Z, Code(f"{name}<{_WIDEST[name]}>"))
        case _:
            return None
