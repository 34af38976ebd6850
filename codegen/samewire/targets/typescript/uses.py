"""The names that an expression uses, from which a file derives its imports."""

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


def names(*expressions: Expression) -> Iterator[Code]:
    """All names in expressions, of functions and parameters, in any order; a name may come more than once."""
    waiting = list(expressions)
    while waiting:
        match waiting.pop():
            case Name(code) | Instantiation(code):
                yield code
            case Member(part):
                waiting.append(part)
            case Call(called, arguments):
                waiting.append(called)
                waiting += arguments
            case (
                Negation(part)
                | TypeOf(part)
                | Spread(part)
                | Pure(part)
                | Arrow(body=part)
                | Thunk(value=part)
                | Assertion(part)
            ):
                waiting.append(part)
            case Comparison(left, _, right):
                waiting += (left, right)
            case Logical(_, parts) | ArrayLiteral(parts):
                waiting += parts
            case ObjectLiteral(entries):
                waiting += [entry.value for entry in entries]
            case _:
                pass
