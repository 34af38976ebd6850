"""
The expressions of generated code: the few forms of JavaScript that it is made of.

:mod:`samewire.targets.typescript.layout_expressions` writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from samewire.ir import Scalar
from samewire.targets.typescript.annotations import Annotation
from samewire.targets.typescript.layout import Doc
from samewire.targets.typescript.syntax import Code, literal, number, string

# --- Forms ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name:
    code: Code


@dataclass(frozen=True, slots=True)
class Text:
    """A string literal."""

    code: Code


@dataclass(frozen=True, slots=True)
class Number:
    code: Code


@dataclass(frozen=True, slots=True)
class Constant:
    """``null``, ``true`` or ``false``."""

    code: Code


@dataclass(frozen=True, slots=True)
class RegularExpression:
    code: Code


@dataclass(frozen=True, slots=True)
class Member:
    """``object.key``, or ``object["key"]`` and ``object[0]`` for a key that is a string literal or an index."""

    object: Expression
    key: Code


@dataclass(frozen=True, slots=True)
class Call:
    function: Expression
    arguments: tuple[Expression, ...] = ()

    def evaluates_nothing(self) -> bool:
        """Whether bundlers see that evaluating the arguments, of this call and of those that it is made on, has no effect."""
        inner = self.function
        while isinstance(inner, Member):
            inner = inner.object
        if isinstance(inner, Call) and not inner.evaluates_nothing():
            return False
        return not any(map(_evaluates, self.arguments))


@dataclass(frozen=True, slots=True)
class Pure:
    """A call that bundlers may drop if nothing uses what it returns, provided that evaluating its arguments calls nothing."""

    call: Call


@dataclass(frozen=True, slots=True)
class ArrayLiteral:
    elements: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    key: Code
    value: Expression


@dataclass(frozen=True, slots=True)
class Getter:
    """``get key(): type { return value; }``"""

    key: Code
    type: Doc
    value: Expression


@dataclass(frozen=True, slots=True)
class ObjectLiteral:
    """Printed one entry a line whenever it has any."""

    entries: tuple[Entry | Getter, ...]


@dataclass(frozen=True, slots=True)
class Thunk:
    """``(): type => value``."""

    type: Doc
    value: Name | Call


@dataclass(frozen=True, slots=True)
class Instantiation:
    """A function with its type arguments, ``name<A, B>``, as what is called."""

    function: Code
    arguments: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class Assertion:
    """``value as type``"""

    value: Expression
    type: Annotation


@dataclass(frozen=True, slots=True)
class Comparison:
    """``left operator right``."""

    left: Expression
    operator: Code
    right: Expression


@dataclass(frozen=True, slots=True)
class Logical:
    """``a && b && c`` or ``a || b || c``: at least two operands, none of them of the same operator."""

    operator: Literal["&&", "||"]
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """``!operand``"""

    operand: Expression


@dataclass(frozen=True, slots=True)
class TypeOf:
    """``typeof operand``, of a name or a member."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Spread:
    """``...operand``, an argument."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Arrow:
    """``(parameter) => body``."""

    parameter: Code
    body: Call | Comparison | Constant | Logical | Member | Negation


Expression: TypeAlias = (
    Name
    | Text
    | Number
    | Constant
    | RegularExpression
    | Member
    | Call
    | Pure
    | ArrayLiteral
    | ObjectLiteral
    | Thunk
    | Arrow
    | Instantiation
    | Assertion
    | Comparison
    | Logical
    | Negation
    | TypeOf
    | Spread
)


def _evaluates(argument: Expression) -> bool:
    """Whether evaluating an argument may have an effect: a call does, and so may reading a member, as webpack sees it."""
    match argument:
        case ArrayLiteral(elements):
            return any(map(_evaluates, elements))
        case ObjectLiteral(entries):
            return any(isinstance(each, Entry) and _evaluates(each.value) for each in entries)
        case Name() | Text() | Number() | Constant() | RegularExpression() | Thunk() | Arrow():
            return False
        case _:
            return True


# --- Values -----------------------------------------------------------------------------------------------------------


def text(value: str) -> Text:
    return Text(string(value))


def count(value: int) -> Number:
    return Number(number(value))


def scalar(value: Scalar) -> Expression:
    code = literal(value)
    match value:
        case None | bool():
            return Constant(code)
        case str():
            return Text(code)
        case _:
            return Number(code)
