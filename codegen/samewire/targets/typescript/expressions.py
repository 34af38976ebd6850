"""
The expressions of generated code: the few forms of JavaScript that it uses.

:mod:`samewire.targets.typescript.layout_expressions` writes them.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from samewire.ir import Scalar
from samewire.records import record
from samewire.targets.typescript.annotations import Annotation
from samewire.targets.typescript.layout import Doc
from samewire.targets.typescript.syntax import Code, literal, number, string

# --- Forms ------------------------------------------------------------------------------------------------------------


@record
class Name:
    code: Code


@record
class Text:
    """A string literal."""

    code: Code


@record
class Number:
    code: Code


@record
class Constant:
    """``null``, ``true`` or ``false``."""

    code: Code


@record
class RegularExpression:
    code: Code


@record
class Member:
    """``object.key``, or ``object["key"]`` and ``object[0]`` for a key that is a string literal or an index."""

    object: Expression
    key: Code


@record
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


@record
class Pure:
    """A call that bundlers may drop if nothing uses what it returns, provided that evaluating its arguments calls nothing."""

    call: Call


@record
class ArrayLiteral:
    elements: tuple[Expression, ...]


@record
class Entry:
    key: Code
    value: Expression


@record
class Getter:
    """``get key(): type { return value; }``"""

    key: Code
    type: Doc
    value: Expression


@record
class ObjectLiteral:
    """Printed one entry a line whenever it has any."""

    entries: tuple[Entry | Getter, ...]


@record
class Thunk:
    """``(): type => value``."""

    type: Doc
    value: Name | Call


@record
class Instantiation:
    """A function with its type arguments, ``name<A, B>``, as what is called."""

    function: Code
    arguments: tuple[Annotation, ...]


@record
class Assertion:
    """``value as type``"""

    value: Expression
    type: Annotation


@record
class Comparison:
    """``left operator right``."""

    left: Expression
    operator: Code
    right: Expression


@record
class Logical:
    """``a && b && c`` or ``a || b || c``: at least two operands, none of them of the same operator."""

    operator: Literal["&&", "||"]
    operands: tuple[Expression, ...]


@record
class Negation:
    """``!operand``"""

    operand: Expression


@record
class TypeOf:
    """``typeof operand``, of a name or a member."""

    operand: Expression


@record
class Spread:
    """``...operand``, an argument."""

    operand: Expression


@record
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
