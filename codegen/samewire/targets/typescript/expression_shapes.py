"""The properties of an expression by which prettier decides where a line breaks."""

from __future__ import annotations

from typing import assert_never

from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Arrow,
    Assertion,
    Call,
    Comparison,
    Constant,
    Entry,
    Expression,
    Instantiation,
    Logical,
    Member,
    Name,
    Negation,
    Number,
    ObjectLiteral,
    Pure,
    RegularExpression,
    Spread,
    Text,
    Thunk,
    TypeOf,
)
from samewire.targets.typescript.layout import WIDTH, width


def size(expression: Expression) -> int:
    match expression:
        case ArrayLiteral(elements):
            return len(elements)
        case ObjectLiteral(entries):
            return len(entries)
        case _:
            return 0


def composes(arguments: tuple[Expression, ...]) -> bool:
    """Whether one of several arguments is a call that takes a function, which prettier puts on lines of their own."""
    return len(arguments) > 1 and any(
        isinstance(item, Thunk | Arrow)
        for argument in arguments
        if isinstance(argument, Call)
        for item in argument.arguments
    )


def hugs_last(arguments: tuple[Expression, ...]) -> bool:
    """Whether the call may open its last argument on the line of the call itself: ``f(a, {``, ``f(a, (b) =>``."""
    *_, last = arguments
    if not size(last) and not (isinstance(last, Arrow) and isinstance(last.body, Call)):
        return False
    if len(arguments) > 1 and type(arguments[-2]) is type(last):
        return False
    # A list of numbers is filled line by line, which looks odd after other arguments.
    numbers = isinstance(last, ArrayLiteral) and all(
        isinstance(item, Number) for item in last.elements
    )
    return not (numbers and len(arguments) > 1)


def is_simple(argument: Expression, depth: int = 2) -> bool:
    """Prettier's notion of an argument so simple that it does not force a chain to break."""
    if depth <= 0:
        return False
    match argument:
        case RegularExpression(code):
            return width(code[1 : code.rindex("/")]) <= 5
        case Name() | Text() | Number() | Constant():
            return True
        case ObjectLiteral(entries):
            return all(
                isinstance(entry, Entry)
                and not entry.key.startswith("[")
                and is_simple(entry.value, depth - 1)
                for entry in entries
            )
        case ArrayLiteral(elements):
            return all(is_simple(element, depth - 1) for element in elements)
        case Call(function, arguments):
            return (
                is_simple(function, depth)
                and len(arguments) <= depth
                and all(is_simple(item, depth - 1) for item in arguments)
            )
        case Member(target, _):
            return is_simple(target, depth)
        case Pure(call):
            return is_simple(call, depth)
        case Spread(operand):
            return is_simple(operand, depth)
        case Thunk() | Arrow() | Instantiation() | Comparison() | Logical() | Negation() | TypeOf():
            return False
        case Assertion():
            return False
        case _:
            assert_never(argument)


def is_short(argument: Expression) -> bool:
    threshold = WIDTH // 4
    match argument:
        case Name(code) | Text(code):
            return len(code) <= threshold
        case RegularExpression(code):
            return len(code[1 : code.rindex("/")]) <= threshold
        case Number() | Constant():
            return True
        case Call(Name(code), ()):
            return len(code) <= threshold - 2
        case _:
            return False
