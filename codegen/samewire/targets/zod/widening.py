"""
Schemas of a large contract as TypeScript has them: made of schemas of anything, which it checks several times faster.

``z.object({...})`` becomes ``z.object<z.core.$ZodLooseShape>({...})``: the same schema, of which nothing is inferred. What each
infers is proved in ``schemas.proof.ts``, where the type arguments are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Widening:
    """
    ``constants`` are the unexported schemas by the exported ones, whose declared types differ from each other where those of the
    constants are the same. ``entries`` are the values of keys so far: many keys have the same.
    """

    constants: Mapping[Code, Code]
    entries: dict[Expression, Expression] = field(default_factory=dict)

    def widened(self, expression: Expression) -> Expression:
        """The expression with type arguments where types would be inferred."""
        match expression:
            case Name(code):
                other = self.constants.get(code)
                return expression if other is None else Name(other)
            case Member(target, key):
                return Member(self.widened(target), key)
            case Call(function, arguments):
                of = _widest(function, arguments)
                parts = tuple([self.widened(each) for each in arguments])
                return Call(of or self.widened(function), parts)
            case ArrayLiteral(elements):
                return ArrayLiteral(tuple([self.widened(each) for each in elements]))
            case ObjectLiteral(entries):
                return ObjectLiteral(tuple([self._entry(each) for each in entries]))
            case _:
                return expression

    def _entry(self, entry: Entry | Getter) -> Entry | Getter:
        """The type of a getter is written out, and is that of the exported schema."""
        if isinstance(entry, Getter):
            return entry
        value = self.entries.get(entry.value)
        if value is None:
            value = self.entries[entry.value] = self.widened(entry.value)
        return entry if value is entry.value else Entry(entry.key, value)


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
