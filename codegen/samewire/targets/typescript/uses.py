"""Which names an expression has, by which a file knows what it imports."""

from __future__ import annotations

from collections.abc import Iterator

from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Arrow,
    Assertion,
    Call,
    Comparison,
    Expression,
    Instantiation,
    Logical,
    Member,
    Name,
    Negation,
    ObjectLiteral,
    Pure,
    Spread,
    Thunk,
    TypeOf,
)
from samewire.targets.typescript.syntax import Code


def names(expression: Expression) -> Iterator[Code]:
    """All names in an expression, of functions and parameters; a name may come more than once."""
    match expression:
        case Name(code) | Instantiation(code):
            yield code
            inner: tuple[Expression, ...] = ()
        case Call(called, arguments):
            inner = (called, *arguments)
        case (
            Member(operand)
            | Negation(operand)
            | TypeOf(operand)
            | Spread(operand)
            | Pure(operand)
            | Arrow(body=operand)
            | Thunk(value=operand)
            | Assertion(operand)
        ):
            inner = (operand,)
        case Comparison(left, _, right):
            inner = (left, right)
        case Logical(_, operands) | ArrayLiteral(operands):
            inner = operands
        case ObjectLiteral(entries):
            inner = tuple(entry.value for entry in entries)
        case _:
            inner = ()
    for part in inner:
        yield from names(part)
